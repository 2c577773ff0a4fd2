//! Whether the figures are the published ones and the peers'.

use anyhow::{Context, Result};
use serde_json::Value;

use super::super::result::{Bench, Goal};
use super::Told;

/// Abadie, Diamond & Hainmueller 2010, table 2.
const WEIGHTS: [(&str, f64); 5] =
    [("Utah", 0.335), ("Nevada", 0.236), ("Montana", 0.202), ("Colorado", 0.160), ("Connecticut", 0.068)];

/// What rounding and a peer's own tolerance may leave between two optima.
const NO_WORSE: f64 = 1.0 + 1e-5;

pub(super) fn check(bench: &mut Bench, told: &Told, counties: &str) -> Result<()> {
    let mspe = told.figure("Kvarter", "P2", "mspe")?;
    bench.reach("Proposition 99: MSPE before", mspe, Goal::AtMost(3.0767 * (1.0 + 1e-3)));
    for peer in ["mlsynth", "diff_diff"] {
        let ratio = mspe / told.figure(peer, "P2", "mspe")?;
        bench.reach(format!("Proposition 99: our MSPE to {peer}'s"), ratio, Goal::AtMost(NO_WORSE));
    }
    let weights = &told.figures[&("Kvarter".to_owned(), "P2".to_owned())]["weights"];
    let off = WEIGHTS.iter().map(|(state, share)| (weights[state].as_f64().unwrap_or(0.0) - share).abs());
    bench.reach("Proposition 99: weights off by at most", off.fold(0.0, f64::max), Goal::AtMost(1e-3));
    let gap = (told.figure("Kvarter", "P2", "effect")? + 18.98).abs();
    bench.reach("Proposition 99: mean gap off −18.98 by", gap, Goal::AtMost(0.005));
    let p = (told.figure("Kvarter", "P3", "p")? * 39.0 - 1.0).abs();
    bench.reach("Proposition 99: p off 1/39 by", p, Goal::AtMost(1e-12));
    let sdid = (told.figure("Kvarter", "sdid", "effect")? + 15.60383).abs();
    bench.reach("Proposition 99: synthetic DiD off −15.60383 by", sdid, Goal::AtMost(5e-6));

    let own: Value = serde_json::from_str(counties.trim()).context("the counties come as JSON")?;
    let value = |name: &str| own[name].as_f64().context("the counties have a sum");
    let (att, error) = (value("att")?, value("error")?);
    bench.reach("Counties: ATT off −0.0399513 by", (att + 0.039_951_3).abs(), Goal::AtMost(5e-8));
    bench.reach("Counties: error off 0.0120340 by", (error - 0.012_034_0).abs(), Goal::AtMost(5e-8));
    for peer in ["csdid", "diff_diff"] {
        for (work, own) in
            [("counties", &own), ("P4", &told.figures[&("Kvarter".to_owned(), "P4".to_owned())])]
        {
            let theirs = &told.figures[&(peer.to_owned(), work.to_owned())];
            let (apart, cells) = apart(own, theirs);
            bench.reach(
                format!("{work}: {cells} ATT(g,t) off {peer}'s by at most"),
                apart,
                Goal::AtMost(1e-10),
            );
        }
    }
    let squares = told.figure("Kvarter", "P1", "squares")? / told.figure("numpy", "P1", "squares")?;
    bench.reach("P1: our sum of squares to numpy's", squares, Goal::AtMost(NO_WORSE));
    let gap = told.figure("Kvarter", "P1", "widest_gap")?;
    bench.reach("P1: widest relative duality gap", gap, Goal::AtMost(1e-10));
    let published = told.figure("Kvarter", "P6 published", "effect")?;
    let apart = (published - told.figure("diff_diff", "P6", "effect")?).abs();
    bench.reach("P6 published: estimate off diff_diff's by", apart, Goal::AtMost(1e-9));
    let lower =
        told.figure("Kvarter", "P6", "objective")? / told.figure("Kvarter", "P6 published", "objective")?;
    bench.reach("P6: our objective to that of the published steps", lower, Goal::AtMost(1.0));
    let effects = (
        told.figure("Kvarter", "P5 two-way", "att")? - told.figure("pyfixest", "P5 two-way", "att")?,
        told.figure("Kvarter", "P5 two-way", "error")? - told.figure("pyfixest", "P5 two-way", "error")?,
    );
    bench.reach("P5: effect off pyfixest's by", effects.0.abs(), Goal::AtMost(1e-10));
    bench.reach("P5: clustered error off pyfixest's by", effects.1.abs(), Goal::AtMost(1e-9));
    Ok(())
}

/// The largest difference between cells of the same cohort and period, and how many there are; infinite
/// where a peer's cell has none of ours.
fn apart(own: &Value, theirs: &Value) -> (f64, usize) {
    let cells = |of: &Value| of["cells"].as_array().cloned().unwrap_or_default();
    let own = cells(own);
    let mut most = 0.0_f64;
    let theirs = cells(theirs);
    for cell in &theirs {
        let same = own.iter().find(|one| one[0] == cell[0] && one[1] == cell[1]);
        let difference = same.and_then(|one| Some((one[2].as_f64()? - cell[2].as_f64()?).abs()));
        most = most.max(difference.unwrap_or(f64::INFINITY));
    }
    (if theirs.is_empty() { f64::INFINITY } else { most }, theirs.len())
}
