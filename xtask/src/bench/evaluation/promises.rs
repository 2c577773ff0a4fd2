//! Memory that grows with the panel and no faster, and tests that reject as often as they say.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::super::peer::must;
use super::super::result::{Bench, Goal, Measure};

const SIZES: [u32; 3] = [9_200, 18_400, 36_800];
const TRIALS: u32 = 2000;

/// The peak over the panel's own, for each area, at three sizes.
pub(super) fn memory(bench: &mut Bench, measure: &Path) -> Result<()> {
    let mut each = Vec::new();
    for areas in SIZES {
        let said = must(Command::new(measure).arg("memory").arg(areas.to_string()))?;
        let told: Value = serde_json::from_str(said.trim()).context("memory comes as JSON")?;
        let kib = |name: &str| told[name].as_f64().with_context(|| format!("no {name}"));
        let (panel, peak) = (kib("panel_kib")?, kib("peak_kib")?);
        bench.measure(Measure::new(format!("memory, {areas} areas: the panel"), "KiB", vec![panel]));
        bench.measure(Measure::new(format!("memory, {areas} areas: peak"), "KiB", vec![peak]));
        each.push(peak / f64::from(areas));
    }
    let growth = each[2] / each[0];
    bench.reach("memory for each area, 36,800 to 9,200 areas", growth, Goal::AtMost(1.2));
    Ok(())
}

/// Rejections at five per cent in worlds without an effect, and of effects of which a history promised
/// that four in five would be found.
pub(super) fn size(bench: &mut Bench, measure: &Path) -> Result<()> {
    let said = must(Command::new(measure).arg("size").arg(TRIALS.to_string()))?;
    for line in said.lines() {
        let told: Value = serde_json::from_str(line).context("sizes come as JSON")?;
        let (Some(rate), Some(error)) = (told["rate"].as_f64(), told["monte_carlo_error"].as_f64()) else {
            continue;
        };
        let test = told["test"].as_str().unwrap_or_default();
        let world =
            format!("{test}, {} of {} treated, {} before", told["treated"], told["units"], told["before"]);
        let effect = told["effect"].as_f64().unwrap_or(0.0);
        let factor = told["factor"].as_f64().unwrap_or(0.0);
        let (what, goal) = if effect == 0.0 {
            let most = 5.0 + 300.0 * (0.05 * 0.95 / f64::from(TRIALS)).sqrt();
            // Gaps that hang together may not be put in any order: no verdict rests on that.
            let goal = if test.ends_with("any order") { Goal::Told } else { Goal::AtMost(most) };
            (format!("size in %: {world}"), goal)
        } else {
            // The promise itself is a simulation of sixteen histories with four hundred trials each.
            let least = 80.0 - 300.0 * (0.8 * 0.2 * (1.0 / f64::from(TRIALS) + 1.0 / 400.0)).sqrt();
            let goal = if factor == 0.0 { Goal::AtLeast(least) } else { Goal::Told };
            (format!("power in %: {world}, effect {effect:.2}, common factor {factor}"), goal)
        };
        bench.reach(format!("{what} (± {:.1})", 100.0 * error), 100.0 * rate, goal);
    }
    Ok(())
}
