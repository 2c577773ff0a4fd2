//! The binary: everything is in the library, so that tests and examples can reach it too.

use std::process::ExitCode;

fn main() -> ExitCode {
    kvarter::cli::run()
}
