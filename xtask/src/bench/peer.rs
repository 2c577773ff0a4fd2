//! Peers brought in by package name and kept under `target/bench/`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::{machine, run};

/// A Python environment holding one peer.
pub(super) struct Venv {
    folder: PathBuf,
}

impl Venv {
    /// Makes it, or takes up the one that is there. Versions are pinned by the caller.
    pub(super) fn of(root: &Path, name: &str, packages: &[&str]) -> Result<Self> {
        let folder = root.join("target/bench").join(name);
        let venv = Self { folder };
        if !venv.program("python").is_file() {
            let python = machine::python()
                .context("python3 with venv is not here; on Debian: apt-get install python3-venv")?;
            must(Command::new(python).args(["-m", "venv"]).arg(&venv.folder))?;
        }
        must(Command::new(venv.program("pip")).args(["install", "--quiet"]).args(packages))?;
        Ok(venv)
    }

    /// A program inside it.
    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.folder.join("bin").join(name)
    }
}

/// The version in a pinned package, `name==version`.
pub(super) fn version(package: &str) -> &str {
    package.split_once("==").map_or("", |(_, version)| version)
}

/// Runs to the end and gives what was said; anything but success is an error.
pub(super) fn must(command: &mut Command) -> Result<String> {
    let done = run::quietly(command)?;
    ensure!(done.ok, "{:?} failed:\n{}", command.get_program(), done.everything());
    Ok(done.out)
}
