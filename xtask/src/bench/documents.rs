//! One act that issues everything: 42 agreements and 21 letters, beside Typst itself and WeasyPrint.
//!
//! The peers set the same text, taken out of our own documents, so that nobody is given an easier
//! page. Kvarter's figure is the whole act, from the command to the last document stored and
//! logged; the peers only set type.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::peer::{Venv, must, version};
use super::result::{Bench, Goal, Measure, timed};

const TYPST: &str = "typst==0.15.2";
const WEASYPRINT: &str = "weasyprint==70.0";
const RUNS: usize = 5;

pub(super) fn compare(root: &Path, binary: &Path) -> Result<Bench> {
    let mut bench = Bench::new("documents");
    bench.version("typst (PyPI)", version(TYPST));
    bench.version("WeasyPrint", version(WEASYPRINT));
    let work = root.join("target/bench/documents-work");

    let mut ours = Vec::new();
    let mut count = 0;
    for _ in 0..RUNS {
        let _ = std::fs::remove_dir_all(&work);
        let (seconds, issued) = timed(|| issue(binary, &work))?;
        ours.push(seconds);
        count = issued;
    }
    ensure!(count == 63, "the act made {count} documents, not 42 agreements and 21 letters");

    let text = text_of(binary, &work)?;
    let typst = peer(root, "typst", &[TYPST], &text, RUNS)?;
    let weasy = peer(root, "weasyprint", &[WEASYPRINT], &text, 3)?;

    let ours = bench.measure(Measure::new("Kvarter: the whole act, 63 documents", "s", ours));
    let typst = bench.measure(Measure::new("Typst, compiler reused", "s", typst));
    let weasy = bench.measure(Measure::new("WeasyPrint", "s", weasy));
    bench.reach("documents per second, Kvarter", 63.0 / ours, Goal::Told);
    bench.reach("Typst's time to ours", typst / ours, Goal::AtLeast(1.0));
    bench.reach("WeasyPrint's time to ours", weasy / ours, Goal::AtLeast(12.0));
    Ok(bench)
}

/// Issues the agreements of all 21 municipalities in an empty store; gives how many documents.
fn issue(binary: &Path, data: &Path) -> Result<u64> {
    let said = must(
        Command::new(binary)
            .args(["agreement", "issue", "lua-2008", "--everyone", "--json", "--data"])
            .arg(data),
    )?;
    let answer: Value = serde_json::from_str(&said).context("`agreement issue --json` answers in JSON")?;
    answer["documents"].as_u64().context("the answer counts its documents")
}

/// The text of every agreement, for the peers to set.
fn text_of(binary: &Path, data: &Path) -> Result<PathBuf> {
    let said =
        must(Command::new(binary).args(["agreement", "show", "--everyone", "--json", "--data"]).arg(data))?;
    let file = data.join("text.json");
    std::fs::write(&file, said)?;
    Ok(file)
}

/// A peer's script prints the seconds of each run, one a line.
fn peer(root: &Path, name: &str, packages: &[&str], text: &Path, runs: usize) -> Result<Vec<f64>> {
    let venv = Venv::of(root, &format!("documents-{name}"), packages)?;
    let script = root.join(format!("bench/documents/{name}_peer.py"));
    let said = must(Command::new(venv.program("python")).arg(script).arg(text).arg(runs.to_string()))?;
    said.lines().map(|line| line.trim().parse().with_context(|| format!("{name} said “{line}”"))).collect()
}
