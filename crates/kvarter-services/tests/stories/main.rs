//! Stories told through the services: one binary, a file per noun.

mod demo;
mod story;
