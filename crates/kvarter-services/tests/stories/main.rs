//! Stories told through the services: one binary, a file per noun.

mod access;
mod collaboration;
mod demo;
mod duty;
mod electronic;
mod evaluation;
mod foresight;
mod identity;
mod organisation;
mod partnership;
mod plan;
mod registry;
mod signing;
mod story;
mod validity;
