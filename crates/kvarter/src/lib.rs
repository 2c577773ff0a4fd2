//! Kvarter's web and terminal: they ask the services and show the answers, nothing else.

pub mod cli;
pub mod judgement;
pub mod language;
mod settings;
pub mod standing;
pub mod verdict;
pub mod web;
