//! Opening, judging and comparing a plan of 60 goals with 12 interventions each, beside a script and git.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::peer::must;
use super::result::{Bench, Goal, Measure, Told, timed, told};
use crate::{machine, run, tidy};

const RUNS: usize = 21;

pub(super) fn compare(root: &Path) -> Result<Bench> {
    let mut bench = Bench::new("plans");
    let python = machine::python().context("python3 is not here")?;
    bench.version("Python", run::first_line(Command::new(&python).arg("--version")).unwrap_or_default());
    bench.version("git", run::first_line(Command::new("git").arg("--version")).unwrap_or_default());
    let folder = root.join("target/bench/plans-work");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;

    let arguments = ["--quiet", "--package", "kvarter-services", "--example", "plan_timing"];
    must(run::cargo(root).args(["build", "--release", "--locked"]).args(arguments))?;
    let timing = tidy::licences::target(root)?.join("release/examples/plan_timing");
    let ours: Told = told(&must(Command::new(timing).arg(&folder).arg(RUNS.to_string()))?)?;
    let script = root.join("bench/plans/script_peer.py");
    let theirs = told(&must(Command::new(python).arg(script).arg(&folder).arg(RUNS.to_string()))?)?;
    let mut git = Vec::new();
    for _ in 0..RUNS {
        let mut command = Command::new("git");
        command.args(["diff", "--no-index", "--word-diff=porcelain", "--no-color"]);
        command.args([folder.join("before.json"), folder.join("after.json")]);
        git.push(timed(|| run::quietly(&mut command))?.0 * 1000.0);
    }

    let mut measure = |who: &str, told: &Told, what: &str| {
        let runs = told.get(what).cloned().unwrap_or_default();
        bench.measure(Measure::new(format!("{who}: {what}"), "ms", runs))
    };
    let open = measure("Kvarter", &ours, "open 60 x 12 and judge all after an edit");
    let differ = measure("Kvarter", &ours, "difference of two versions of 60 x 12");
    let read = measure("Python", &theirs, "read and parse the draft");
    let difflib = measure("Python", &theirs, "difference by difflib");
    let git = bench.measure(Measure::new("git: word difference of the two files, as a program", "ms", git));
    bench.reach("open and judge, ms", open, Goal::AtMost(20.0));
    bench.reach("difference, ms", differ, Goal::AtMost(50.0));
    bench.reach("Python's time to read alone, to ours to read and judge", read / open, Goal::Told);
    bench.reach("difflib's time to ours", difflib / differ, Goal::Told);
    bench.reach("git's time, as a program, to ours", git / differ, Goal::Told);
    Ok(bench)
}
