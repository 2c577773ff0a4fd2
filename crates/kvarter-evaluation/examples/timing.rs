//! Prints CPU and wall time of the synthetic control workloads that peers are measured on.
//!
//! Named arguments choose among `national` (9,200 areas, 50 nearest donors, 12 periods before: every
//! area a placebo), `districts` (the same for 4 outcomes), `nested` (Proposition 99 with predictors),
//! `nested-placebos` (the same for all 39 states) and `sdid` (9,200 areas); all without arguments.
//! A `PANEL.csv` as the peers' scripts write it (one line for an area) is read instead of the panel
//! that is made up here. Ten runs each; the median is printed.

use std::{collections::BTreeMap, process::ExitCode};

use kvarter_evaluation::{
    design::{Design, Donors, Predictor, Question},
    national::{National, evaluate},
    panel::{Panel, Row, Treatment},
    placebo::in_space,
    stream::Stream,
    synthetic::{Method, Sdid, Search, VarianceMethod, Weights, fit, variance},
};

const AREAS: usize = 9200;
const TREATED: usize = 38;
const PERIODS: usize = 20;
const BEFORE: usize = 12;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let file = arguments.iter().find(|argument| argument.ends_with(".csv"));
    let wanted: Vec<&String> = arguments.iter().filter(|argument| !argument.ends_with(".csv")).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|w| *w == name);
    let values = match file.map(std::fs::read_to_string) {
        None => made_up(),
        Some(Ok(text)) => read(&text),
        Some(Err(error)) => {
            eprintln!("the panel cannot be read: {error}");
            return ExitCode::FAILURE;
        }
    };
    let names: Vec<String> = (0..values.len()).map(|unit| format!("A{unit:05}")).collect();
    let panel = panel(&names, &values);
    let start = 2010;
    let treatment = Treatment::new(&panel, names[..TREATED].iter().map(|name| (name.as_str(), start)))
        .expect("the treated are in the panel");
    let question = National { start, donors: 50, window: None, rings: BTreeMap::new() };

    if is_wanted("national") {
        timed("national", 10, || {
            let country = evaluate(&panel, &treatment, &question).expect("complete");
            let effect = country.treated.iter().map(|area| area.effect).sum::<f64>() / TREATED as f64;
            let misfit: f64 = country
                .treated
                .iter()
                .chain(&country.placebos)
                .map(|area| area.rmspe_before.powi(2) * BEFORE as f64)
                .sum();
            let gap = country.placebos.iter().map(|area| area.relative_gap).fold(0.0, f64::max);
            format!("mean effect {effect:.6}, sum of squares before {misfit:.6}, widest gap {gap:.1e}")
        });
    }
    if is_wanted("districts") {
        timed("districts", 5, || {
            let count = (0..4)
                .map(|_| evaluate(&panel, &treatment, &question).expect("complete").p_values.len())
                .sum::<usize>();
            format!("{count} p-values of {} placebos each", AREAS - TREATED)
        });
    }
    if is_wanted("nested") {
        let design = prop99();
        timed("nested", 10, || {
            let fit = fit(&design, &Method::Predictors(Search::default())).expect("a fit");
            format!("mean squared gap {:.6}, effect {:.4}", fit.mspe_before(), fit.effect)
        });
    }
    if is_wanted("nested-placebos") {
        let design = prop99();
        timed("nested-placebos", 5, || {
            let space = in_space(&design, &Method::Predictors(Search::default())).expect("placebos");
            format!("p = {}/{}", space.rank, space.placebos.len() + 1)
        });
    }
    if is_wanted("sdid") {
        let question = Question {
            treated: names[..TREATED].to_vec(),
            start,
            donors: Donors::All,
            excluded: [].into(),
            window: None,
        };
        let design = Design::new(&panel, &question, &[]).expect("a design");
        for weights in [Weights::Published, Weights::Exact] {
            let settings = Sdid { weights, ..Sdid::default() };
            timed(&format!("sdid, {weights:?}"), 10, || {
                let fit = fit(&design, &Method::DifferenceInDifferences(settings)).expect("a fit");
                format!("effect {:.6}", fit.effect)
            });
            if weights == Weights::Published {
                continue;
            }
            timed(&format!("sdid, {weights:?}, 50 placebo draws"), 3, || {
                let method = VarianceMethod::Placebo { draws: 50, seed: 1 };
                let variance = variance(&design, &settings, method).expect("a variance");
                format!("standard error {:.6}", variance.standard_error)
            });
        }
    }
    ExitCode::SUCCESS
}

/// Levels, three common factors and noise, as the peers' script makes them; the numbers are our own.
fn made_up() -> Vec<Vec<f64>> {
    let mut stream = Stream::new(20_080_918, 0);
    let mut walks = vec![vec![0.0; PERIODS]; 4];
    for (at, walk) in walks.iter_mut().enumerate() {
        let mut level = 0.0;
        for value in walk.iter_mut() {
            level += if at == 3 { 0.15 + 0.5 * stream.normal() } else { 0.8 * stream.normal() };
            *value = level;
        }
    }
    (0..AREAS)
        .map(|unit| {
            let treated = unit < TREATED;
            let level = 70.0 + 9.0 * if treated { -1.5 - 0.3 * stream.uniform() } else { stream.normal() };
            let loads = [stream.normal(), stream.normal(), stream.normal(), 1.0];
            (0..PERIODS)
                .map(|t| {
                    let common: f64 = walks.iter().zip(&loads).map(|(walk, load)| walk[t] * load).sum();
                    let effect = if treated && t >= BEFORE { 1.5 } else { 0.0 };
                    level + common + 0.9 * stream.normal() + effect
                })
                .collect()
        })
        .collect()
}

fn read(text: &str) -> Vec<Vec<f64>> {
    let line = |line: &str| line.split(',').skip(2).take(PERIODS).filter_map(|x| x.parse().ok()).collect();
    text.lines().skip(1).map(line).collect()
}

fn panel(names: &[String], values: &[Vec<f64>]) -> Panel {
    let rows = names.iter().zip(values).flat_map(|(unit, values)| {
        (1998..).zip(values).map(move |(period, y)| Row { unit, period, outcome: Some(*y), covariates: &[] })
    });
    Panel::from_rows(&[], rows).expect("complete and finite")
}

fn prop99() -> Design {
    let text = include_str!("../tests/evaluation/data/prop99.csv");
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).skip(1).collect();
    let mut rows = Vec::new();
    for line in lines {
        let (state, numbers) = line.split_once(',').expect("a state and its numbers");
        let numbers: Vec<f64> = numbers.split(',').filter_map(|x| x.parse().ok()).collect();
        let covariates: Vec<Option<f64>> = numbers[..4].iter().copied().map(Some).collect();
        rows.extend(
            (1970..).zip(numbers[4..].to_vec()).map(|(year, y)| (state, year, y, covariates.clone())),
        );
    }
    let rows = rows.iter().map(|(unit, period, y, covariates)| Row {
        unit,
        period: *period,
        outcome: Some(*y),
        covariates,
    });
    let panel = Panel::from_rows(&["lnincome", "retprice", "age15to24", "beer"], rows).expect("complete");
    let covariate = |name: &str, from| Predictor { covariate: Some(name.to_owned()), from, to: 1988 };
    let packs = |year| Predictor { covariate: None, from: year, to: year };
    let predictors = [
        covariate("lnincome", 1980),
        covariate("retprice", 1980),
        covariate("age15to24", 1980),
        covariate("beer", 1984),
        packs(1988),
        packs(1980),
        packs(1975),
    ];
    Design::new(&panel, &Question::new("California", 1989), &predictors).expect("a design")
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
#[expect(clippy::print_stdout, reason = "a bench prints what it found")]
fn timed(name: &str, runs: usize, mut work: impl FnMut() -> String) {
    let mut found = work();
    let (mut walls, mut cpus) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let (cpu, wall) = (cpu_seconds(), std::time::Instant::now());
        found = work();
        walls.push(wall.elapsed().as_secs_f64());
        cpus.push(cpu_seconds() - cpu);
    }
    walls.sort_by(f64::total_cmp);
    cpus.sort_by(f64::total_cmp);
    println!("{name}: wall {:.4} s, cpu {:.4} s; {found}", walls[runs / 2], cpus[runs / 2]);
}

/// The time that the threads of this process have run, from the kernel.
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let own: f64 = text.split(' ').next().and_then(|x| x.parse().ok()).unwrap_or(0.0);
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let all: f64 = tasks
        .filter_map(|task| std::fs::read_to_string(task.path().join("schedstat")).ok())
        .filter_map(|text| text.split(' ').next().and_then(|x| x.parse::<f64>().ok()))
        .sum();
    all.max(own) / 1e9
}
