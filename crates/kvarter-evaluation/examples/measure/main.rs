//! Our side of `cargo xtask bench evaluation`: each workload timed, its figures told, as lines of JSON.
//!
//! `measure draw FILE` writes the drawn country for the peers to read; `measure memory AREAS` tells how much
//! memory a whole country's evaluation takes; `measure counties FILE` tells the figures of the
//! counties of Callaway & Sant'Anna; `measure WORKLOAD…` times workloads (all without a name).
//! Processor time is that of all threads, from the kernel, and a run is as many repetitions as fill a tenth
//! of a second, for the kernel counts in steps of some milliseconds.

#![expect(clippy::print_stdout, reason = "a measurement talks to the program that ran it")]

mod panels;
mod size;

use std::collections::BTreeMap;

use kvarter_evaluation::{
    did::{Term, TwoWay},
    national::{National, evaluate},
    placebo::in_space,
    staggered::{Aggregation, Staggered},
    synthetic::{Method, Sdid, Search, VarianceMethod, Weights, fit, variance},
};
use serde_json::{Value, json};

use panels::{Country, START, TREATED, counties, prop99};

const AREAS: usize = 9200;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["draw", file] => {
            std::fs::write(file, Country::drawn(AREAS).file()).expect("the file can be written");
        }
        ["memory", areas] => memory(areas.parse().expect("how many areas")),
        ["counties", file] => {
            tell_counties(&std::fs::read_to_string(file).expect("the counties can be read"));
        }
        ["size", trials] => size::tell(trials.parse().expect("how many trials")),
        _ => workloads(&words),
    }
}

fn question() -> National {
    National { start: START, donors: 50, window: None, rings: BTreeMap::new() }
}

fn workloads(wanted: &[&str]) {
    let is_wanted = |name: &str| wanted.is_empty() || wanted.contains(&name);
    let country = Country::drawn(AREAS);
    let panel = country.panel();
    let (together, cohorts) = (country.treatment(&panel, false), country.treatment(&panel, true));

    if is_wanted("panel") {
        timed("panel", || json!({ "units": country.panel().units().len() }));
    }
    if is_wanted("P1") {
        timed("P1", || {
            let found = evaluate(&panel, &together, &question()).expect("complete");
            let effect = found.treated.iter().map(|area| area.effect).sum::<f64>() / TREATED as f64;
            let areas = found.treated.iter().chain(&found.placebos);
            let squares: f64 =
                areas.clone().map(|area| area.rmspe_before.powi(2) * found.before as f64).sum();
            let widest = areas.map(|area| area.relative_gap).fold(0.0, f64::max);
            json!({ "effect": effect, "squares": squares, "widest_gap": widest })
        });
    }
    if is_wanted("outcomes") {
        timed("outcomes", || {
            let p_values = (0..4)
                .map(|_| evaluate(&panel, &together, &question()).expect("complete").p_values.len())
                .sum::<usize>();
            json!({ "p_values": p_values })
        });
    }
    if is_wanted("P2") {
        let design = prop99();
        timed("P2", || {
            let fit = fit(&design, &Method::Predictors(Search::default())).expect("a fit");
            let shares: BTreeMap<&str, f64> = design
                .donors()
                .iter()
                .zip(&fit.weights)
                .filter(|(_, w)| **w > 5e-4)
                .map(|(d, w)| (d.as_str(), *w))
                .collect();
            json!({ "mspe": fit.mspe_before(), "effect": fit.effect, "weights": shares })
        });
    }
    if is_wanted("P3") {
        let design = prop99();
        timed("P3", || {
            let space = in_space(&design, &Method::Predictors(Search::default())).expect("placebos");
            json!({ "p": space.p_value, "rank": space.rank, "of": space.placebos.len() + 1 })
        });
    }
    if is_wanted("P4") {
        timed("P4", || {
            let fit = Staggered::default().fit(&panel, &cohorts).expect("cells");
            let overall = fit.aggregate(Aggregation::Simple).expect("a sum").overall;
            json!({ "att": overall.value, "error": overall.standard_error, "cells": cells(&fit) })
        });
    }
    if is_wanted("P5 two-way") {
        timed("P5 two-way", || {
            let fit = TwoWay::default().fit(&panel, &together).expect("an estimate");
            let effect = fit.coefficient(&Term::Treated).expect("the effect");
            json!({ "att": effect.estimate, "error": effect.inference.map(|i| i.standard_error) })
        });
    }
    if is_wanted("P5 event study") {
        timed("P5 event study", || {
            let fit = TwoWay::default().event_study(&panel, &together, -1).expect("an estimate");
            let found: Vec<f64> = fit.coefficients.iter().map(|c| c.estimate).collect();
            json!({ "coefficients": found })
        });
    }
    let design = country.design(&panel);
    for (name, weights) in [("P6", Weights::Customary), ("P6 published", Weights::Published)] {
        let settings = Sdid { weights, ..Sdid::default() };
        if is_wanted(name) {
            timed(name, || {
                let design = country.design(&panel);
                let found = fit(&design, &Method::DifferenceInDifferences(settings)).expect("a fit");
                json!({ "effect": found.effect, "objective": found.certificate.objective })
            });
        }
        let name = format!("{name}, jackknife");
        if is_wanted(&name) {
            timed(&name, || {
                let found = variance(&design, &settings, VarianceMethod::Jackknife).expect("a variance");
                json!({ "error": found.standard_error })
            });
        }
    }
    if is_wanted("sdid") {
        let design = prop99();
        timed("sdid", || {
            let found = fit(&design, &Method::DifferenceInDifferences(Sdid::default())).expect("a fit");
            json!({ "effect": found.effect })
        });
    }
}

fn cells(fit: &kvarter_evaluation::staggered::GroupTime) -> Vec<Value> {
    fit.cells().iter().map(|cell| json!([cell.cohort, cell.period, cell.estimate.as_ref().ok()])).collect()
}

fn tell_counties(text: &str) {
    let (panel, treatment) = counties(text).expect("the columns of the counties");
    let fit = Staggered::default().fit(&panel, &treatment).expect("cells");
    let overall = fit.aggregate(Aggregation::Simple).expect("a sum").overall;
    println!("{}", json!({ "att": overall.value, "error": overall.standard_error, "cells": cells(&fit) }));
}

fn memory(areas: usize) {
    let country = Country::drawn(areas);
    let panel = country.panel();
    let treatment = country.treatment(&panel, false);
    drop(country);
    // What the panel's own making needed is not the evaluation's: the mark is set anew.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let panel_alone = status("VmRSS:");
    let found = evaluate(&panel, &treatment, &question()).expect("complete");
    println!(
        "{}",
        json!({ "areas": areas, "placebos": found.placebos.len(), "panel_kib": panel_alone, "peak_kib": status("VmHWM:") })
    );
}

fn status(field: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find(|line| line.starts_with(field))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[expect(clippy::disallowed_methods, reason = "a measurement asks the clock")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

/// Once to get warm, then one run.
fn timed(name: &str, mut work: impl FnMut() -> Value) {
    let first = now();
    let mut figures = work();
    let repetitions = (0.1 / first.elapsed().as_secs_f64()).ceil().clamp(1.0, 1000.0);
    let (cpu, wall) = (cpu_seconds(), now());
    for _ in 0..repetitions as usize {
        figures = work();
    }
    let wall = wall.elapsed().as_secs_f64() / repetitions;
    let cpu = (cpu_seconds() - cpu) / repetitions;
    println!("{}", json!({ "work": name, "wall": wall, "cpu": cpu, "figures": figures }));
}

/// The time that the threads of this process have run.
fn cpu_seconds() -> f64 {
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let all: f64 = tasks
        .filter_map(|task| std::fs::read_to_string(task.path().join("schedstat")).ok())
        .filter_map(|text| text.split(' ').next().and_then(|x| x.parse::<f64>().ok()))
        .sum();
    all / 1e9
}
