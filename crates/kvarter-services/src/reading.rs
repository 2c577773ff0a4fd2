//! Files from strangers are read in a process of their own, with bounded memory and time.
//!
//! The process is this same program, started by a verb that nobody types. What it does stands in
//! `kvarter_documents::read::apart`; here the program only offers itself and serves.

use std::path::Path;
use std::process::ExitCode;

use kvarter_documents::read::apart;

/// The verb by which the program is started to read one file.
pub const VERB: &str = "read-pdf-apart";

/// Let files be read in processes of this program. Called once, before anything is served.
pub fn offer_this_program() {
    // The link holds even when the file has been replaced by a newer version.
    let link = Path::new("/proc/self/exe");
    let program = if link.exists() { Ok(link.to_owned()) } else { std::env::current_exe() };
    match program {
        Ok(program) => apart::offer(apart::Program::new(program, [VERB])),
        Err(error) => tracing::warn!(%error, "files are read in this process: where it lies is not known"),
    }
}

/// Read the one file on standard input, and answer on standard output.
pub fn serve() -> ExitCode {
    match apart::serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
