//! The binary: everything is in the library, so that tests and examples can reach it too.

use std::process::ExitCode;

use kvarter_services::reading;

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|verb| verb == reading::VERB) {
        return reading::serve();
    }
    reading::offer_this_program();
    kvarter::cli::run()
}
