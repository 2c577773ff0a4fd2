//! Documents rendered, read back and examined, through the crate's public doors.

mod models;
