//! One act that issues everything: 42 agreements and 21 letters, beside Typst itself and WeasyPrint.
//!
//! The peers set the same text, the programme's own, so that nobody is given an easier page. Kvarter's figure is the whole act, from the command to the last document stored and
//! logged; the peers only set type.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

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
        // An installation that is there: making its tables is not part of the act.
        must(Command::new(binary).args(["migrate", "--data"]).arg(&work))?;
        let (seconds, issued) = timed(|| issue(root, binary, &work))?;
        ours.push(seconds);
        count = issued;
    }
    ensure!(count == 63, "the act made {count} documents, not 42 agreements and 21 letters");

    let text = text(root)?;
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

/// Issues the agreements of all 21 municipalities in an empty store; gives how many documents: two originals
/// and a letter for each agreement.
fn issue(root: &Path, binary: &Path, data: &Path) -> Result<usize> {
    let districts = root.join("bench/documents/districts.csv");
    let said = must(
        Command::new(binary)
            .args(["agreement", "issue", "lua-2008", "--all", "--json", "--dated", "2008-09-18"])
            .args(["--reference", "IJ2008/1818/IU", "--state-signatory", "Nyamko Sabuni"])
            .args(["--officer", "Evert Kroes"])
            .arg("--districts")
            .arg(districts)
            .arg("--data")
            .arg(data),
    )?;
    let answer: Value = serde_json::from_str(&said).context("`agreement issue --json` answers in JSON")?;
    let agreements = answer["agreements"].as_array().context("the answer lists its agreements")?;
    Ok(agreements.len() * 3)
}

/// The text of the 63 documents, for the peers to set: the clauses and the letter as the programme's source
/// has them, with each municipality's name in its place.
fn text(root: &Path) -> Result<PathBuf> {
    let programme = root.join("programmes/lua-2008");
    let source = std::fs::read_to_string(programme.join("source.txt"))?;
    let (mut clauses, mut letter) = (Vec::new(), Vec::new());
    for section in source.split("\n## ").skip(1) {
        let (head, body) = section.split_once('\n').unwrap_or((section, ""));
        let (id, heading) = head.split_once(' ').unwrap_or((head, ""));
        let lines = body.lines().map(str::trim).filter(|line| !line.is_empty());
        let (items, paragraphs): (Vec<_>, Vec<_>) = lines.partition(|line| line.starts_with("- "));
        let items: Vec<&str> = items.into_iter().map(|item| &item[2..]).collect();
        let clause = json!({ "heading": heading, "paragraphs": paragraphs, "items": items });
        if id.parse::<u8>().is_ok() {
            clauses.push(clause);
        } else if matches!(id, "L" | "recipients") {
            letter.push(clause);
        }
    }
    ensure!(clauses.len() == 8 && letter.len() == 2, "the source has eight clauses and a letter");
    let recipients = std::fs::read_to_string(programme.join("recipients.csv"))?;
    let mut documents = Vec::new();
    for line in recipients.lines().skip(1) {
        let name = line.split(',').nth(2).context("a recipient has a name as a party")?;
        let own: Value =
            serde_json::from_str(&json!(clauses).to_string().replace("Stockholms kommun", name))?;
        for mark in ["A", "B"] {
            let title = format!("Lokalt utvecklingsavtal för perioden 2008–2010, {name}, {mark}");
            documents.push(json!({ "title": title, "clauses": own }));
        }
        documents.push(json!({ "title": format!("Till {name}"), "clauses": letter }));
    }
    ensure!(documents.len() == 63, "there are {} documents to set", documents.len());
    let file = root.join("target/bench/documents-text.json");
    std::fs::write(&file, json!(documents).to_string())?;
    Ok(file)
}

/// A peer's script prints the seconds of each run, one a line.
fn peer(root: &Path, name: &str, packages: &[&str], text: &Path, runs: usize) -> Result<Vec<f64>> {
    let venv = Venv::of(root, &format!("documents-{name}"), packages)?;
    let script = root.join(format!("bench/documents/{name}_peer.py"));
    let said = must(Command::new(venv.program("python")).arg(script).arg(text).arg(runs.to_string()))?;
    said.lines().map(|line| line.trim().parse().with_context(|| format!("{name} said “{line}”"))).collect()
}
