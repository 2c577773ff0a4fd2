//! `cargo xtask bench NAME`: Kvarter measured beside its peers, in the same run, on this machine.
//!
//! Machines are shared and noisy, so what is worth keeping is a ratio of medians with the load
//! printed beside it. Each bench says in `bench/NAME/README.md` what it compares and why so.

mod documents;
mod pages;
mod peer;
mod plans;
mod result;
mod signatures;
mod startup;

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use clap::{Args, ValueEnum};

use crate::{run, tidy};

/// Which comparison to make.
#[derive(Args)]
pub(crate) struct Which {
    /// The bench.
    name: Name,
}

#[derive(Clone, Copy, ValueEnum)]
enum Name {
    /// 42 agreements and 21 letters, beside Typst itself and WeasyPrint.
    Documents,
    /// The public agreement page under load, beside a minimal Django page.
    Pages,
    /// A plan of 60 goals with 12 interventions each: opened, judged, compared; beside a script and git.
    Plans,
    /// Signing and verifying, beside pyHanko and pdfsig.
    Signatures,
    /// Cold start to first page, idle memory, size of the binary.
    Startup,
}

/// Runs one bench; true when it reached what it must.
pub(crate) fn run(root: &Path, which: &Which) -> Result<bool> {
    let binary = release(root)?;
    let result = match which.name {
        Name::Documents => documents::compare(root, &binary)?,
        Name::Pages => pages::compare(root, &binary)?,
        Name::Plans => plans::compare(root)?,
        Name::Signatures => signatures::compare(root, &binary)?,
        Name::Startup => startup::measure(root, &binary)?,
    };
    println!("{}", result.table());
    let file = result.keep(root)?;
    println!("kept in {}", file.strip_prefix(root).unwrap_or(&file).display());
    Ok(result.reached())
}

/// The product as it is shipped.
fn release(root: &Path) -> Result<PathBuf> {
    println!("building the release");
    let done =
        run::quietly(run::cargo(root).args(["build", "--release", "--locked", "--package", "kvarter"]))?;
    ensure!(done.ok, "{}", done.everything());
    Ok(tidy::licences::target(root)?.join("release/kvarter"))
}
