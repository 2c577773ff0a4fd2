//! Two judges of our signatures that share no code with us: pyHanko, brought by package name, and poppler's
//! `pdfsig`. Both must find every signature valid, with the test authority's root as the one that is trusted.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::{machine, run};

/// The package and the version that the verdicts were tried with.
const PACKAGE: &str = "pyhanko==0.38.0";

/// What a judge said of one file.
pub(crate) struct Verdict {
    /// Whether every signature in it holds.
    pub(crate) keeps: bool,
    /// The whole line, for a person.
    pub(crate) says: String,
}

/// Asks both judges of every file.
pub(crate) fn judge(root: &Path, anchor: &Path, files: &[PathBuf]) -> Result<Vec<Verdict>> {
    ensure!(!files.is_empty(), "the demo signed nothing");
    let python = fetch(root)?;
    let script = root.join("xtask/pyhanko/validate.py");
    let said = run::quietly(Command::new(python).arg(script).arg(anchor).args(files))?;
    let mut verdicts: Vec<Verdict> = said
        .out
        .lines()
        .filter_map(|line| {
            let (word, says) = line.split_once('\t')?;
            Some(Verdict { keeps: word == "keeps", says: format!("pyHanko {says}") })
        })
        .collect();
    ensure!(verdicts.len() == files.len(), "pyHanko broke off:\n{}", said.everything());
    for file in files {
        let said = run::quietly(Command::new("pdfsig").arg(file))?;
        verdicts.push(poppler(file, &said.out));
    }
    Ok(verdicts)
}

/// `pdfsig` tells of each signature in turn; those of timestamps it does not validate.
fn poppler(file: &Path, said: &str) -> Verdict {
    let count = |words: &str| said.lines().filter(|line| line.contains(words)).count();
    let asked = count("Signature Type: ETSI.CAdES.detached");
    let valid = count("Signature Validation: Signature is Valid.");
    Verdict {
        keeps: asked > 0 && asked == valid,
        says: format!("pdfsig {}: {valid} of {asked} signatures valid", file.display()),
    }
}

/// A Python environment with pyHanko in it.
fn fetch(root: &Path) -> Result<PathBuf> {
    let home = root.join("target/judges/pyhanko");
    let python = home.join("bin/python");
    if !python.is_file() {
        let system = machine::python().context("Python with venv is not here")?;
        let made = run::quietly(Command::new(system).args(["-m", "venv"]).arg(&home))?;
        ensure!(made.ok, "no environment for pyHanko:\n{}", made.everything());
    }
    let held = run::quietly(Command::new(&python).args(["-c", "import pyhanko"]))?;
    if !held.ok {
        println!("  fetching {PACKAGE}");
        let done = run::quietly(Command::new(home.join("bin/pip")).args(["install", "--quiet", PACKAGE]))?;
        ensure!(done.ok, "pip could not fetch {PACKAGE}:\n{}", done.everything());
    }
    Ok(python)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_signature_that_does_not_hold_breaks_the_file() {
        let one = "Signature #1:\n  - Signature Type: ETSI.CAdES.detached\n  - Signature Validation: Signature is Valid.\n";
        let other = "Signature #2:\n  - Signature Type: ETSI.CAdES.detached\n  - Signature Validation: Digest Mismatch.\n";
        assert!(poppler(Path::new("a.pdf"), one).keeps);
        assert!(!poppler(Path::new("a.pdf"), &format!("{one}{other}")).keeps);
        assert!(!poppler(Path::new("a.pdf"), "File 'a.pdf' does not contain any signatures").keeps);
    }
}
