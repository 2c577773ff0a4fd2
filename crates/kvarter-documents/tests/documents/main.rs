//! Documents rendered, read back and examined, through the crate's public doors.

mod hostile;
mod likalydande;
mod models;
mod plan;
mod reading;
mod rendering;
mod scanning;
mod source;
mod study;
