//! `cargo xtask test`: every suite, one after the other, and an honest summary.
//!
//! The workspace is built once, in the dev profile, and everything that runs the product runs
//! that build. Lints and docs share the lighter `check` artefacts.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;

use crate::demo::{Demo, Papers};
use crate::postgres::Cluster;
use crate::run::{self, Outcome};
use crate::summary::{End, Suite, Summary};
use crate::{machine, signatures, tidy, verapdf};

/// The suites that may be left out, because each needs something from outside the workspace.
#[derive(Args)]
pub(crate) struct Without {
    /// Leave out the tests on PostgreSQL.
    #[arg(long)]
    without_postgres: bool,
    /// Leave out the browser journeys and their accessibility checks.
    #[arg(long)]
    without_browser: bool,
    /// Leave out `qpdf --check` and `pdfinfo` on every document.
    #[arg(long)]
    without_pdf: bool,
    /// Leave out pyHanko and `pdfsig` on every signed document.
    #[arg(long)]
    without_signatures: bool,
    /// Leave out veraPDF, which needs a JDK.
    #[arg(long)]
    without_verapdf: bool,
}

/// Runs everything and says how it went; true when nothing failed and nothing is missing.
pub(crate) fn everything(root: &Path, without: &Without) -> Result<bool> {
    let mut hall = Hall { summary: Summary::default() };
    hall.suite("format", || format(root));
    hall.suite("tidy", || tidied(root));
    hall.suite("licences", || licences(root));
    hall.suite("lints", || lints(root));
    hall.suite("docs", || docs(root));

    println!("building");
    match build(root) {
        Ok(binary) => built(root, without, &binary, &mut hall)?,
        Err(error) => {
            println!("{error:#}");
            for suite in ["tests", "postgres", "programmes", "browser", "pdf", "signatures", "verapdf"] {
                hall.suite(suite, || bail!("the workspace does not build"));
            }
        }
    }
    print!("{}", hall.summary.text());
    Ok(hall.summary.good())
}

/// The suites that run what was built.
fn built(root: &Path, without: &Without, binary: &Path, hall: &mut Hall) -> Result<()> {
    let cluster = if without.without_postgres {
        None
    } else {
        Some(machine::provide("postgres").and_then(|()| Cluster::start()))
    };
    let started = run::now();
    let (tests, on_postgres) = tests(root, cluster.as_ref().and_then(|cluster| cluster.as_ref().ok()))?;
    hall.enter("tests", started.elapsed(), tests);
    match &cluster {
        None => hall.enter("postgres", Duration::ZERO, End::LeftOut("--without-postgres")),
        Some(Ok(_)) => hall.enter("postgres", started.elapsed(), on_postgres),
        Some(Err(error)) => hall.enter("postgres", Duration::ZERO, End::CouldNot(format!("{error:#}"))),
    }
    drop(cluster);

    hall.suite("programmes", || programmes(root, binary));
    hall.unless(without.without_browser, "browser", "--without-browser", || browser(root, binary));
    if without.without_pdf && without.without_verapdf && without.without_signatures {
        hall.enter("pdf", Duration::ZERO, End::LeftOut("--without-pdf"));
        hall.enter("signatures", Duration::ZERO, End::LeftOut("--without-signatures"));
        hall.enter("verapdf", Duration::ZERO, End::LeftOut("--without-verapdf"));
        return Ok(());
    }
    // Stays until the last check has read its documents.
    let papers = Demo::papers(binary);
    let files = || match &papers {
        Ok(papers) => Ok(papers.files()),
        Err(error) => bail!("the demo made no documents: {error:#}"),
    };
    hall.unless(without.without_pdf, "pdf", "--without-pdf", || pdf(&files()?));
    hall.unless(without.without_signatures, "signatures", "--without-signatures", || match &papers {
        Ok(papers) => signed(root, papers),
        Err(error) => bail!("the demo made no documents: {error:#}"),
    });
    hall.unless(without.without_verapdf, "verapdf", "--without-verapdf", || archival(root, &files()?));
    Ok(())
}

/// Where suites are run and their ends written down.
struct Hall {
    summary: Summary,
}

impl Hall {
    fn suite(&mut self, name: &'static str, run: impl FnOnce() -> Result<End>) {
        let started = run::now();
        let end = run().unwrap_or_else(|error| End::CouldNot(format!("{error:#}")));
        self.enter(name, started.elapsed(), end);
    }

    fn unless(
        &mut self,
        left_out: bool,
        name: &'static str,
        flag: &'static str,
        run: impl FnOnce() -> Result<End>,
    ) {
        if left_out {
            self.enter(name, Duration::ZERO, End::LeftOut(flag));
        } else {
            self.suite(name, run);
        }
    }

    fn enter(&mut self, name: &'static str, took: Duration, end: End) {
        match &end {
            End::Ran { passed, failed } => {
                println!("{name}: {passed} passed, {failed} failed ({:.0} s)", took.as_secs_f64());
            }
            End::CouldNot(why) => println!("{name}: did not run: {why}"),
            End::LeftOut(flag) => println!("{name}: left out ({flag})"),
        }
        self.summary.add(Suite { name, end, took });
    }
}

/// One check whose whole output is its fault.
fn single(outcome: &Outcome) -> End {
    if !outcome.ok {
        println!("{}", outcome.everything());
    }
    End::Ran { passed: outcome.ok.into(), failed: (!outcome.ok).into() }
}

fn format(root: &Path) -> Result<End> {
    let mut command = run::cargo(root);
    Ok(single(&run::quietly(command.args(["fmt", "--all", "--check"]))?))
}

fn lints(root: &Path) -> Result<End> {
    let mut command = run::cargo(root);
    command.args(["clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--", "-D", "warnings"]);
    Ok(single(&run::quietly(&mut command)?))
}

fn docs(root: &Path) -> Result<End> {
    let mut command = run::cargo(root);
    command.args(["doc", "--workspace", "--no-deps", "--locked", "--quiet", "--document-private-items"]);
    command.env("RUSTDOCFLAGS", "-D warnings");
    Ok(single(&run::quietly(&mut command)?))
}

fn tidied(root: &Path) -> Result<End> {
    let (rules, findings) = tidy::findings(root)?;
    for finding in &findings {
        println!("{finding}");
    }
    let broken = tidy::broken_rules(&findings);
    Ok(End::Ran { passed: rules - broken, failed: broken })
}

fn licences(root: &Path) -> Result<End> {
    let (packages, findings) = tidy::licences::check(root)?;
    for finding in &findings {
        println!("{finding}");
    }
    let failed = findings.len() as u64;
    Ok(End::Ran { passed: packages.saturating_sub(failed), failed })
}

/// Builds everything that is run later, tests and the binary alike, in one go so that nothing is
/// compiled twice with different features. Returns the binary.
fn build(root: &Path) -> Result<PathBuf> {
    let mut command = run::cargo(root);
    command.args(["build", "--workspace", "--all-targets", "--locked"]);
    let done = run::listen(&mut command, |line| {
        if line.trim_start().starts_with("Compiling kvarter") {
            println!("  {}", line.trim());
        }
    })?;
    ensure!(done.ok, "{}", done.everything());
    let binary = tidy::licences::target(root)?.join("debug/kvarter");
    ensure!(binary.is_file(), "the build left no {}", binary.display());
    Ok(binary)
}

/// All Rust tests. Those on PostgreSQL say so in their name (a module `postgres`, or `…_on_postgres`)
/// and are counted on their own; without a server they return at once, and are then not counted.
fn tests(root: &Path, cluster: Option<&Cluster>) -> Result<(End, End)> {
    let mut command = run::cargo(root);
    command.args(["test", "--workspace", "--locked", "--no-fail-fast"]);
    match cluster {
        Some(cluster) => command.env("KVARTER_TEST_POSTGRES", cluster.address()),
        None => command.env_remove("KVARTER_TEST_POSTGRES"),
    };
    let done = run::listen(&mut command, |line| {
        if line.trim_start().starts_with("Running ") || line.trim_start().starts_with("Doc-tests") {
            println!("  {}", line.trim());
        }
    })?;
    let count = Count::of(&done.out);
    if !done.ok {
        for line in done.everything().lines().filter(|line| !line.ends_with(" ... ok")) {
            println!("{line}");
        }
        if count.failed + count.failed_on_postgres == 0 {
            bail!("cargo test ended badly without naming a failing test");
        }
    }
    for ignored in &count.ignored {
        println!("  ignored, so not run: {ignored}");
    }
    let on_postgres = if count.passed_on_postgres + count.failed_on_postgres == 0 {
        End::CouldNot("no test says in its name that it runs on PostgreSQL".into())
    } else {
        End::Ran { passed: count.passed_on_postgres, failed: count.failed_on_postgres }
    };
    // An ignored test is one that did not run: it fails the suite that holds it.
    let failed = count.failed + count.ignored.len() as u64;
    Ok((End::Ran { passed: count.passed, failed }, on_postgres))
}

/// What the lines of `cargo test` add up to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    passed: u64,
    failed: u64,
    passed_on_postgres: u64,
    failed_on_postgres: u64,
    ignored: Vec<String>,
}

impl Count {
    fn of(output: &str) -> Self {
        let mut count = Self::default();
        for line in output.lines() {
            let Some((name, result)) = line.strip_prefix("test ").and_then(|rest| rest.rsplit_once(" ... "))
            else {
                continue;
            };
            let on_postgres =
                name.split("::").any(|part| part == "postgres" || part.ends_with("_on_postgres"));
            match result.split(',').next().unwrap_or_default() {
                "ok" if on_postgres => count.passed_on_postgres += 1,
                "ok" => count.passed += 1,
                "FAILED" if on_postgres => count.failed_on_postgres += 1,
                "FAILED" => count.failed += 1,
                "ignored" => count.ignored.push(name.to_owned()),
                _ => {}
            }
        }
        count
    }
}

/// Every programme in the tree reads without a problem, its quotations found in its source.
fn programmes(root: &Path, binary: &Path) -> Result<End> {
    let (mut passed, mut failed) = (0, 0);
    for folder in std::fs::read_dir(root.join("programmes"))?.flatten().filter(|entry| entry.path().is_dir())
    {
        let mut command = Command::new(binary);
        command.args(["programme", "check"]).arg(folder.path()).current_dir(root);
        let done = run::quietly(&mut command)?;
        if done.ok {
            passed += 1;
        } else {
            failed += 1;
            println!("{}", done.everything());
        }
    }
    ensure!(passed + failed > 0, "there is no programme in the tree");
    Ok(End::Ran { passed, failed })
}

/// The journeys in headless Chromium, with axe on every page they and the crawler reach.
fn browser(root: &Path, binary: &Path) -> Result<End> {
    machine::provide("browser")?;
    let home = root.join("e2e");
    let installed = home.join("node_modules/.package-lock.json");
    if !newer(&installed, &home.join("package-lock.json")) {
        let done = run::quietly(
            Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--silent"]).current_dir(&home),
        )?;
        ensure!(done.ok, "npm ci failed in e2e:\n{}", done.everything());
    }
    let chromium = machine::chromium().context("Chromium is not here")?;
    let mut command = Command::new("node");
    command.arg("run.mjs").arg("--binary").arg(binary).arg("--chromium").arg(chromium).current_dir(&home);
    let done = run::listen(&mut command, |line| {
        if line.starts_with("journey ") || line.starts_with("not ok") || line.starts_with("    ") {
            println!("  {line}");
        }
    })?;
    let passed = done.out.lines().filter(|line| line.starts_with("ok ")).count() as u64;
    let failed = done.out.lines().filter(|line| line.starts_with("not ok ")).count() as u64;
    ensure!(done.ok || failed > 0, "the journeys broke off:\n{}", done.everything());
    ensure!(passed + failed > 0, "no journey was made");
    Ok(End::Ran { passed, failed })
}

fn newer(made: &Path, from: &Path) -> bool {
    let time = |path: &Path| std::fs::metadata(path).and_then(|data| data.modified()).ok();
    matches!((time(made), time(from)), (Some(made), Some(from)) if made >= from)
}

/// Every document of the demo opens clean in two readers that are not ours.
fn pdf(files: &[PathBuf]) -> Result<End> {
    machine::provide("pdf")?;
    let (mut passed, mut failed) = (0, 0);
    for file in files {
        for (program, arguments) in [("qpdf", &["--check"][..]), ("pdfinfo", &[])] {
            let done = run::quietly(Command::new(program).args(arguments).arg(file))?;
            if done.ok && !done.err.to_lowercase().contains("error") {
                passed += 1;
            } else {
                failed += 1;
                println!("  {program} {}: {}", file.display(), done.everything());
            }
        }
    }
    Ok(End::Ran { passed, failed })
}

/// Every signature of the demo holds, by the judgement of two programs that are not ours.
fn signed(root: &Path, papers: &Papers) -> Result<End> {
    machine::provide("signatures")?;
    let verdicts = signatures::judge(root, papers.anchor(), &papers.signed())?;
    for verdict in verdicts.iter().filter(|verdict| !verdict.keeps) {
        println!("  {}", verdict.says);
    }
    let passed = verdicts.iter().filter(|verdict| verdict.keeps).count() as u64;
    Ok(End::Ran { passed, failed: verdicts.len() as u64 - passed })
}

/// Every document of the demo keeps the profiles it claims, by veraPDF's judgement.
fn archival(root: &Path, files: &[PathBuf]) -> Result<End> {
    machine::provide("verapdf")?;
    let verdicts = verapdf::judge(root, files)?;
    for verdict in verdicts.iter().filter(|verdict| !verdict.keeps) {
        println!("  {}", verdict.says);
    }
    let passed = verdicts.iter().filter(|verdict| verdict.keeps).count() as u64;
    Ok(End::Ran { passed, failed: verdicts.len() as u64 - passed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_on_postgres_are_counted_on_their_own() {
        let count = Count::of(
            "running 4 tests\n\
             test agreement::a_signature_before_approval_is_refused ... ok\n\
             test postgres::the_log_survives ... FAILED\n\
             test numbers_are_unique_on_postgres ... ok\n\
             test slow::a_long_one ... ignored, takes an hour\n\
             test result: FAILED. 2 passed; 1 failed; 1 ignored",
        );
        let expected = Count {
            passed: 1,
            failed: 0,
            passed_on_postgres: 1,
            failed_on_postgres: 1,
            ignored: vec!["slow::a_long_one".into()],
        };
        assert_eq!(count, expected);
    }
}
