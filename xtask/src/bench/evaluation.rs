//! The evaluation engine beside the libraries that do the same, and its figures beside the published ones.

mod exact;
mod promises;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::peer::{Venv, must, version};
use super::result::{Bench, Goal, Measure};
use crate::{run, tidy};

const RUNS: usize = 5;

/// A peer: its script, what it brings in, and what it is asked for.
struct Peer {
    script: &'static str,
    venv: &'static str,
    packages: &'static [&'static str],
    works: &'static [&'static str],
    /// What takes minutes and is asked for once.
    once: &'static [&'static str],
}

const DIFF_DIFF: &[&str] = &["diff-diff==3.13.0", "scipy==1.17.1", "numpy==2.4.6", "pandas==3.1.1"];

const PEERS: [Peer; 5] = [
    Peer { script: "numpy", venv: "diffdiff", packages: DIFF_DIFF, works: &["P1"], once: &[] },
    Peer {
        script: "diff_diff",
        venv: "diffdiff",
        packages: DIFF_DIFF,
        works: &["P1", "P2", "P4", "P6", "counties", "sdid"],
        once: &["P3", "P6, jackknife"],
    },
    Peer {
        script: "mlsynth",
        venv: "mlsynth",
        packages: &["mlsynth==1.0.0", "numpy==2.4.6"],
        works: &["P2"],
        once: &[],
    },
    Peer {
        script: "csdid",
        venv: "csdid",
        packages: &["csdid==0.4.3", "numpy==2.4.6"],
        works: &["P4", "counties"],
        once: &[],
    },
    Peer {
        script: "pyfixest",
        venv: "pyfixest",
        packages: &["pyfixest==0.60.0", "numpy==2.4.6"],
        works: &["P5 two-way", "P5 event study"],
        once: &[],
    },
];

/// Ours, its peers, and how many times as long the peer must take, in processor time.
const RATIOS: [(&str, &str, &str, Goal); 14] = [
    ("P1", "numpy", "P1", Goal::AtLeast(4.0)),
    ("P1", "diff_diff", "P1", Goal::AtLeast(200.0)),
    ("P2", "mlsynth", "P2", Goal::AtLeast(20.0)),
    ("P2", "diff_diff", "P2", Goal::AtLeast(20.0)),
    ("P3", "diff_diff", "P3", Goal::AtLeast(150.0)),
    ("P4", "diff_diff", "P4", Goal::AtLeast(10.0)),
    ("P4", "csdid", "P4", Goal::AtLeast(10.0)),
    ("P5 two-way", "pyfixest", "P5 two-way", Goal::AtLeast(40.0)),
    ("P5 event study", "pyfixest", "P5 event study", Goal::AtLeast(40.0)),
    ("P6", "diff_diff", "P6", Goal::AtLeast(10.0)),
    ("P6 published", "diff_diff", "P6", Goal::Told),
    ("P6, jackknife", "diff_diff", "P6, jackknife", Goal::AtLeast(10.0)),
    ("P6 published, jackknife", "diff_diff", "P6, jackknife", Goal::AtLeast(10.0)),
    ("sdid", "diff_diff", "sdid", Goal::Told),
];

/// What everybody found, by who and what: seconds of wall and processor time for each run, and figures.
#[derive(Default)]
struct Told {
    wall: BTreeMap<(String, String), Vec<f64>>,
    cpu: BTreeMap<(String, String), Vec<f64>>,
    figures: BTreeMap<(String, String), Value>,
    notes: BTreeMap<(String, String), String>,
}

impl Told {
    fn hear(&mut self, who: &str, said: &str) -> Result<()> {
        for line in said.lines() {
            let told: Value = serde_json::from_str(line).with_context(|| format!("{who} said “{line}”"))?;
            let work = told["work"].as_str().context("a line names its work")?;
            let key = (who.to_owned(), work.to_owned());
            let (wall, cpu) = (told["wall"].as_f64(), told["cpu"].as_f64());
            self.wall.entry(key.clone()).or_default().extend(wall);
            self.cpu.entry(key.clone()).or_default().extend(cpu);
            if let Some(note) = told["note"].as_str() {
                self.notes.insert(key.clone(), note.to_owned());
            }
            self.figures.insert(key, told["figures"].clone());
        }
        Ok(())
    }

    fn figure(&self, who: &str, work: &str, name: &str) -> Result<f64> {
        let figures = self.figures.get(&(who.to_owned(), work.to_owned()));
        let figure = figures.and_then(|figures| figures[name].as_f64());
        figure.with_context(|| format!("{who} told no {name} for {work}"))
    }
}

pub(super) fn compare(root: &Path) -> Result<Bench> {
    let counties = root.join("../shared/data/causal/mpdta.csv");
    ensure!(counties.is_file(), "the counties are not at {}", counties.display());
    let measure = measure(root)?;
    let mut venvs = Vec::new();
    for peer in &PEERS {
        venvs.push(Venv::of(root, &format!("evaluation-{}", peer.venv), peer.packages)?);
    }
    let country = root.join("target/bench/evaluation-country.csv");
    must(Command::new(&measure).arg("draw").arg(&country))?;

    // After whatever was built or installed, or that would be the load that is told.
    let mut bench = Bench::new("evaluation");
    for package in PEERS.iter().flat_map(|peer| peer.packages) {
        bench.version(package.split('=').next().unwrap_or(package), version(package));
    }
    let mut told = Told::default();
    for round in 0..RUNS {
        println!("round {} of {RUNS}", round + 1);
        for (peer, venv) in PEERS.iter().zip(&venvs) {
            // Ours before each peer, so that both meet the same machine.
            told.hear("Kvarter", &must(Command::new(&measure).args(ours(peer)))?)?;
            let mut command = Command::new(venv.program("python"));
            command.env("OPENBLAS_NUM_THREADS", "1").env("NUMBA_NUM_THREADS", "1");
            command.arg(root.join(format!("bench/evaluation/{}_peer.py", peer.script)));
            command.arg(&country).arg(&counties).args(peer.works);
            if round == 0 {
                command.args(peer.once);
            }
            told.hear(peer.script, &must(&mut command)?)?;
        }
        told.hear("Kvarter", &must(Command::new(&measure).args(["panel", "outcomes"]))?)?;
    }
    speeds(&mut bench, &told)?;
    exact::check(&mut bench, &told, &must(Command::new(&measure).arg("counties").arg(&counties))?)?;
    promises::memory(&mut bench, &measure)?;
    promises::size(&mut bench, &measure)?;
    Ok(bench)
}

/// Our works that stand against a peer's.
fn ours(peer: &Peer) -> Vec<&'static str> {
    let mut works: Vec<&str> =
        RATIOS.iter().filter(|ratio| ratio.1 == peer.script).map(|ratio| ratio.0).collect();
    works.dedup();
    works
}

fn measure(root: &Path) -> Result<PathBuf> {
    let package = ["--package", "kvarter-evaluation", "--example", "measure"];
    must(run::cargo(root).args(["build", "--release", "--locked", "--quiet"]).args(package))?;
    Ok(tidy::licences::target(root)?.join("release/examples/measure"))
}

fn speeds(bench: &mut Bench, told: &Told) -> Result<()> {
    let mut medians = BTreeMap::new();
    for (kind, all) in [("cpu", &told.cpu), ("wall", &told.wall)] {
        for ((who, work), runs) in all {
            if runs.is_empty() {
                continue;
            }
            let note = told.notes.get(&(who.clone(), work.clone()));
            let note = note.map_or_else(String::new, |note| format!(" ({note})"));
            let runs: Vec<f64> = runs.iter().map(|seconds| seconds * 1000.0).collect();
            let median = bench.measure(Measure::new(format!("{who}: {work}, {kind}{note}"), "ms", runs));
            medians.insert((kind, who.as_str(), work.as_str()), median);
        }
    }
    let median = |kind, who, work| {
        medians.get(&(kind, who, work)).copied().with_context(|| format!("{who} told no time for {work}"))
    };
    for (own, who, theirs, goal) in RATIOS {
        let ratio = median("cpu", who, theirs)? / median("cpu", "Kvarter", own)?;
        bench.reach(format!("{own}: {who}'s processor time to ours"), ratio, goal);
    }
    let wall = median("wall", "numpy", "P1")? / median("wall", "Kvarter", "P1")?;
    bench.reach("P1: numpy's wall time to ours", wall, Goal::AtLeast(8.0));
    let country = median("wall", "Kvarter", "outcomes")? / 1000.0;
    bench.reach("38 districts, 4 outcomes, 9,200 areas, s", country, Goal::AtMost(5.0));
    // Two operations for each multiply-add; README.md says what is counted.
    let floor = 9200.0 * 2.0 * (50.0 * 51.0 / 2.0 * 12.0 + 50.0 * 20.0) / (4.0 * 2.4e9);
    let own = median("cpu", "Kvarter", "P1")? / 1000.0;
    bench.reach("P1: our processor time to the floating-point floor", own / floor, Goal::Told);
    Ok(())
}
