//! The project's own tasks: test everything, keep the tree tidy, measure beside the peers.
//!
//! `cargo xtask` lists them. Nothing here is part of the product; what a task needs from the
//! machine is looked for in [`machine`], and said plainly when it is not there.
#![expect(clippy::print_stdout, reason = "a task talks to the person who ran it")]

mod bench;
mod demo;
mod machine;
mod postgres;
mod run;
mod signatures;
mod summary;
mod test;
mod tidy;
mod verapdf;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Kvarter's own tasks", version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run every suite: format, lints, docs, tidy, tests on both engines, browser, PDFs.
    Test(test::Without),
    /// Check the tree's own rules and say where each is broken.
    Tidy,
    /// Say what this machine has of what the tests use, and how to get the rest.
    Doctor,
    /// Measure Kvarter beside its peers (`documents`, `pages`, `startup`).
    Bench(bench::Which),
}

fn main() -> ExitCode {
    let root = root();
    let done = match Arguments::parse().task {
        Task::Test(without) => test::everything(&root, &without),
        Task::Tidy => tidy::report(&root),
        Task::Doctor => machine::doctor(&root),
        Task::Bench(which) => bench::run(&root, &which),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The project's root: the folder above this crate, wherever the command was given.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lives one step below the root").to_path_buf()
}
