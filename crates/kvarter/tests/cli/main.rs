//! The terminal, run as its users run it: what it answers, how it ends, what it says when it cannot.

mod asked;
mod evaluate;
mod house;
mod plan;
mod programme;
mod verify;

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A run that has ended.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().expect("the program was not killed"),
            out: String::from_utf8(output.stdout.clone()).expect("answers are text"),
            err: String::from_utf8(output.stderr.clone()).expect("errors are text"),
        }
    }

    /// Goes on only if it ended so.
    #[track_caller]
    fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\nout:\n{}\nerr:\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}:\n{}\n{}", self.out, self.err))
    }

    /// Nothing went wrong on our side: no key without words, no panic.
    #[track_caller]
    fn kind(self) -> Self {
        for text in [&self.out, &self.err] {
            for ugly in ["[cli-", "[problem-", "[doctor-", "panicked", "RUST_BACKTRACE", "a message"] {
                assert!(!text.contains(ugly), "{ugly} in:\n{text}");
            }
        }
        self
    }
}

/// The program, in a folder, with nothing of our own environment in the way. Swedish.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kvarter"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).env("LANG", "C.UTF-8");
    for (name, _) in
        std::env::vars().filter(|(name, _)| name.starts_with("KVARTER_") || name.starts_with("LC_"))
    {
        command.env_remove(name);
    }
    command
}

/// Runs the program in a folder.
fn run_in(folder: &Path, arguments: &[&str]) -> Ran {
    Ran::of(&command(folder, arguments).output().expect("the program starts")).kind()
}

/// Runs the program in an empty folder.
fn run(arguments: &[&str]) -> Ran {
    let folder = tempfile::tempdir().expect("a folder for the test");
    run_in(folder.path(), arguments)
}

/// Runs a verb with all its words in one text, as one types it.
fn typed(line: &str) -> Ran {
    run(&line.split_whitespace().collect::<Vec<_>>())
}
