//! What a bench found: medians, ratios against what must be reached, and what the machine was like.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::run;

/// Times of runs by what was done, as the programs that are measured tell them.
pub(super) type Told = BTreeMap<String, Vec<f64>>;

/// Reads what such a program has said.
pub(super) fn told(said: &str) -> Result<Told> {
    serde_json::from_str(said.trim()).context("the times come as JSON")
}

/// One thing measured several times.
pub(super) struct Measure {
    pub(super) what: String,
    pub(super) unit: &'static str,
    pub(super) runs: Vec<f64>,
}

impl Measure {
    pub(super) fn new(what: impl Into<String>, unit: &'static str, runs: Vec<f64>) -> Self {
        Self { what: what.into(), unit, runs }
    }

    /// The middle of the runs: one slow run on a shared machine says nothing.
    pub(super) fn median(&self) -> f64 {
        let mut sorted = self.runs.clone();
        sorted.sort_by(f64::total_cmp);
        match sorted.len() {
            0 => f64::NAN,
            odd if odd % 2 == 1 => sorted[odd / 2],
            even => f64::midpoint(sorted[even / 2 - 1], sorted[even / 2]),
        }
    }
}

/// A figure beside the one it must reach.
pub(super) struct Reach {
    pub(super) what: String,
    pub(super) figure: f64,
    pub(super) goal: Goal,
}

/// What counts as reaching it.
#[derive(Clone, Copy)]
pub(super) enum Goal {
    AtLeast(f64),
    AtMost(f64),
    /// Told and not judged.
    Told,
}

impl Reach {
    fn met(&self) -> bool {
        match self.goal {
            Goal::AtLeast(least) => self.figure >= least,
            Goal::AtMost(most) => self.figure <= most,
            Goal::Told => true,
        }
    }
}

/// A whole bench.
pub(super) struct Bench {
    name: &'static str,
    measures: Vec<Measure>,
    reaches: Vec<Reach>,
    versions: BTreeMap<String, String>,
    load_before: String,
}

impl Bench {
    pub(super) fn new(name: &'static str) -> Self {
        Self {
            name,
            measures: Vec::new(),
            reaches: Vec::new(),
            versions: BTreeMap::new(),
            load_before: load(),
        }
    }

    /// Notes a measure and gives its median.
    pub(super) fn measure(&mut self, measure: Measure) -> f64 {
        let median = measure.median();
        self.measures.push(measure);
        median
    }

    pub(super) fn reach(&mut self, what: impl Into<String>, figure: f64, goal: Goal) {
        self.reaches.push(Reach { what: what.into(), figure, goal });
    }

    pub(super) fn version(&mut self, of: &str, version: impl Into<String>) {
        self.versions.insert(of.to_owned(), version.into());
    }

    pub(super) fn reached(&self) -> bool {
        self.reaches.iter().all(Reach::met)
    }

    /// The tables a person reads.
    pub(super) fn table(&self) -> String {
        let mut text = format!("\n{}: load before {}, after {}\n\n", self.name, self.load_before, load());
        for measure in &self.measures {
            let runs: Vec<String> = measure.runs.iter().map(|run| format!("{run:.3}")).collect();
            let _ = writeln!(
                text,
                "  {:<46} {:>12.3} {:<5} ({})",
                measure.what,
                measure.median(),
                measure.unit,
                runs.join(" ")
            );
        }
        text.push('\n');
        for reach in &self.reaches {
            let goal = match reach.goal {
                Goal::AtLeast(least) => format!("at least {least}"),
                Goal::AtMost(most) => format!("at most {most}"),
                Goal::Told => "told, not judged".to_owned(),
            };
            let verdict = if reach.met() { "reached" } else { "NOT REACHED" };
            let _ = writeln!(text, "  {:<46} {:>12.2}  {goal}: {verdict}", reach.what, reach.figure);
        }
        text
    }

    /// Writes the result beside the earlier ones, for git to remember.
    pub(super) fn keep(&self, root: &Path) -> Result<PathBuf> {
        let measures: Vec<Value> = self
            .measures
            .iter()
            .map(|measure| json!({ "what": measure.what, "unit": measure.unit, "median": measure.median(), "runs": measure.runs }))
            .collect();
        let reaches: Vec<Value> = self
            .reaches
            .iter()
            .map(|reach| {
                let (at_least, at_most) = match reach.goal {
                    Goal::AtLeast(least) => (Some(least), None),
                    Goal::AtMost(most) => (None, Some(most)),
                    Goal::Told => (None, None),
                };
                json!({ "what": reach.what, "figure": reach.figure, "at_least": at_least, "at_most": at_most, "reached": reach.met() })
            })
            .collect();
        let result = json!({
            "bench": self.name,
            "machine": { "processor": processor(), "cores": cores(), "load_before": self.load_before, "load_after": load() },
            "versions": self.versions,
            "measures": measures,
            "reaches": reaches,
        });
        let file = root.join(format!("bench/results/{}.json", self.name));
        std::fs::create_dir_all(root.join("bench/results"))?;
        std::fs::write(&file, format!("{}\n", serde_json::to_string_pretty(&result)?))?;
        Ok(file)
    }
}

/// The machine's load over the last minute, five and fifteen.
fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').take(3).collect::<Vec<_>>().join(" ")
}

fn processor() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name =
        text.lines().find_map(|line| line.strip_prefix("model name")).and_then(|line| line.split_once(':'));
    name.map_or_else(|| "unknown".to_owned(), |(_, name)| name.trim().to_owned())
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Runs something and says how many seconds it took.
pub(super) fn timed<T>(work: impl FnOnce() -> Result<T>) -> Result<(f64, T)> {
    let started = run::now();
    let done = work()?;
    Ok((started.elapsed().as_secs_f64(), done))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slow_run_does_not_move_the_median() {
        assert_eq!(Measure::new("a", "s", vec![1.0, 9.0, 1.2]).median(), 1.2);
        assert_eq!(Measure::new("a", "s", vec![1.0, 2.0]).median(), 1.5);
    }

    #[test]
    fn a_figure_short_of_its_goal_fails_the_bench() {
        let mut bench = Bench::new("trial");
        bench.reach("faster", 2.0, Goal::AtLeast(1.0));
        assert!(bench.reached());
        bench.reach("smaller", 90.0, Goal::AtMost(80.0));
        assert!(!bench.reached());
        assert!(bench.table().contains("NOT REACHED"));
    }
}
