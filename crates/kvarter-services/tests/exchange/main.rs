//! Plans written to files and read from them, through the crate's public doors.

mod demonstration;
mod documents;
mod hostile;
mod text;
mod workbook;
mod world;
