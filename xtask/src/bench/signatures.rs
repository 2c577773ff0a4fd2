//! Signing and verifying beside pyHanko, and `kvarter verify` beside `pdfsig`.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::peer::{Venv, must, version};
use super::result::{Bench, Goal, Measure, Told, timed, told};
use crate::{machine, run, tidy};

const PYHANKO: &str = "pyhanko==0.38.0";
const RUNS: usize = 21;

pub(super) fn compare(root: &Path, binary: &Path) -> Result<Bench> {
    machine::provide("signatures")?;
    let mut bench = Bench::new("signatures");
    bench.version("pyHanko", version(PYHANKO));
    bench.version("pdfsig", run::first_line(Command::new("pdfsig").arg("-v")).unwrap_or_default());
    let folder = root.join("target/bench/signatures-work");
    std::fs::create_dir_all(&folder)?;

    must(run::cargo(root).args([
        "build",
        "--release",
        "--locked",
        "--quiet",
        "--package",
        "kvarter-signatures",
        "--example",
        "timing",
    ]))?;
    let timing = tidy::licences::target(root)?.join("release/examples/timing");
    let ours: Told = told(&must(Command::new(timing).arg(&folder).arg(RUNS.to_string()))?)?;
    let venv = Venv::of(root, "signatures", &[PYHANKO])?;
    let script = root.join("bench/signatures/pyhanko_peer.py");
    let said = must(Command::new(venv.program("python")).arg(script).arg(&folder).arg(RUNS.to_string()))?;
    let theirs: Told = told(&said)?;

    let mut medians = BTreeMap::new();
    for (who, told) in [("Kvarter", &ours), ("pyHanko", &theirs)] {
        for (what, runs) in told {
            let median = bench.measure(Measure::new(format!("{who}: {what}"), "ms", runs.clone()));
            medians.insert((who, what.as_str()), median);
        }
    }
    let ratio = |what: &str| medians[&("pyHanko", what)] / medians[&("Kvarter", what)];
    bench.reach("pyHanko's time to sign with P-256 to ours", ratio("sign P-256"), Goal::AtLeast(20.0));
    bench.reach("pyHanko's time to sign with RSA-2048 to ours", ratio("sign RSA-2048"), Goal::AtLeast(50.0));
    bench.reach("pyHanko's time to verify 2 to ours", ratio("verify 2 signatures"), Goal::AtLeast(50.0));
    let sealed = medians[&("Kvarter", "verify 30 pages, 2 parties")];
    bench.reach("30 pages, 2 parties, ms", sealed, Goal::AtMost(50.0));
    let per =
        |count: u32| medians[&("Kvarter", format!("verify {count} signatures").as_str())] / f64::from(count);
    bench.reach("time for each of 60 to each of 20 signatures", per(60) / per(20), Goal::AtMost(1.5));

    let file = folder.join("signed-2.pdf");
    let (mut verify, mut pdfsig) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let arguments = ["verify", "--json", "--anchors"];
        let mut command = Command::new(binary);
        command.args(arguments).arg(&folder).arg(&file);
        verify.push(timed(|| run::quietly(&mut command))?.0 * 1000.0);
        pdfsig.push(timed(|| run::quietly(Command::new("pdfsig").arg(&file)))?.0 * 1000.0);
    }
    let verify = bench.measure(Measure::new("kvarter verify, 2 signatures, as a program", "ms", verify));
    let pdfsig = bench.measure(Measure::new("pdfsig, 2 signatures, as a program", "ms", pdfsig));
    bench.reach("pdfsig's time to kvarter verify's, both as programs", pdfsig / verify, Goal::Told);
    let library = medians[&("Kvarter", "verify 2 signatures")];
    bench.reach("pdfsig's time, as a program, to the library's", pdfsig / library, Goal::AtLeast(5.0));
    Ok(bench)
}
