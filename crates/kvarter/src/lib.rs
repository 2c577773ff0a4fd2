//! Kvarter's web and terminal: they ask the services and show the answers, nothing else.

pub mod language;
pub mod standing;
pub mod web;
