//! What is asked of an evaluation: by arguments, by a plan file, or by a plan file with arguments over it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kvarter_domain::problem::{Problem, Problems};
use kvarter_evaluation::plan::{PlannedMethod, PlannedTest};
use kvarter_evaluation::verdict::{Break, BreakKind, Direction};
use serde::{Deserialize, Serialize};

/// An evaluation as it is asked for. What is left out comes from the panel, or is the method's own choice.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Asked {
    /// The outcome: a column's name, and what it is.
    pub outcome: Option<String>,
    /// Which way the programme was meant to change it.
    pub intended: Option<Direction>,
    /// The smallest effect, in size and in the outcome's unit, that would matter.
    pub relevant: Option<f64>,
    /// The treated units, or one column that holds 1 for them and 0 for others.
    pub treated: Option<Vec<String>>,
    /// The first treated period.
    pub start: Option<i64>,
    /// Treated units that start in another period.
    pub starts: BTreeMap<String, i64>,
    /// The first and last period to use; all of the panel if left out.
    pub window: Option<(i64, i64)>,
    /// Who may be compared with; all that are not treated if left out.
    pub donors: Option<Vec<String>>,
    /// Who may not.
    pub excluded: Option<Vec<String>>,
    /// So many donors only: those most like the treated before the start.
    pub nearest: Option<u32>,
    /// The method.
    pub method: Option<PlannedMethod>,
    /// What units should be alike in, or what is adjusted for.
    pub predictors: Option<Vec<AskedPredictor>>,
    /// What the estimate is held against.
    pub test: Option<PlannedTest>,
    /// The level; 0.05 if left out.
    pub alpha: Option<f64>,
    /// The seed of whatever is random; 0 if left out.
    pub seed: Option<u64>,
    /// The digest that the plan was locked with.
    pub digest: Option<String>,
    /// Where the panel is.
    pub panel: PanelFile,
    /// What is known of the outcome and the place beside the numbers.
    pub circumstances: Circumstances,
}

/// A covariate, or the outcome itself, over some periods before the start.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AskedPredictor {
    /// The covariate; the outcome itself if left out.
    pub covariate: Option<String>,
    /// The first period; the window's first if left out.
    pub from: Option<i64>,
    /// The last period; the last before the start if left out.
    pub to: Option<i64>,
}

impl std::str::FromStr for AskedPredictor {
    type Err = ();

    /// `beer`, `beer:1984-1988` or `beer:1984`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        let (name, periods) = match text.rsplit_once(':') {
            Some((name, periods)) => (name.trim(), Some(span(periods).ok_or(())?)),
            None => (text, None),
        };
        if name.is_empty() {
            return Err(());
        }
        Ok(Self {
            covariate: Some(name.to_owned()),
            from: periods.map(|(from, _)| from),
            to: periods.map(|(_, to)| to),
        })
    }
}

/// Two periods with a dash between, or one: `1970-2000`, `1980`.
pub fn span(text: &str) -> Option<(i64, i64)> {
    let text = text.trim();
    if let Ok(one) = text.parse() {
        return Some((one, one));
    }
    // A first period may be negative; the dash between is the first after a digit.
    let at = text.char_indices().skip(1).find(|(_, c)| matches!(c, '-' | '–')).map(|(at, _)| at)?;
    let (from, to) = (&text[..at], text[at..].trim_start_matches(['-', '–']));
    Some((from.trim().parse().ok()?, to.trim().parse().ok()?))
}

/// Where the panel is, and what its columns are called.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PanelFile {
    /// The file; from a plan file, relative to it.
    pub file: Option<PathBuf>,
    /// The column with the units.
    pub unit: Option<String>,
    /// The column with the periods, as whole numbers.
    pub time: Option<String>,
    /// The column with the outcome, where it is not called as the outcome is.
    pub outcome: Option<String>,
    /// The column with the period in which each unit starts; nothing or 0 for who never does.
    pub cohort: Option<String>,
}

/// What is known beside the numbers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Circumstances {
    /// Whether neighbours that the programme may spill over to are kept out of the comparison.
    pub ring_excluded: bool,
    /// The share of residents at the end who did not live there at the start, between 0 and 1.
    pub movers: Option<f64>,
    /// Breaks in the series or in the borders.
    #[serde(rename = "break")]
    pub breaks: Vec<KnownBreak>,
}

/// A break in the series or in the borders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownBreak {
    /// What kind.
    pub kind: KnownBreakKind,
    /// The first period after it.
    pub period: i64,
    /// Whether it was handled: linked, recomputed, or shown to touch treated and others alike.
    #[serde(default)]
    pub handled: bool,
    /// What it was, and how it was handled.
    #[serde(default)]
    pub note: Option<String>,
}

/// What kind of break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KnownBreakKind {
    /// What is counted was defined anew.
    Definition,
    /// The area's borders were moved.
    Border,
    /// The way of collecting changed.
    Collection,
}

impl KnownBreak {
    pub(super) fn evidence(&self) -> Break {
        let kind = match self.kind {
            KnownBreakKind::Definition => BreakKind::Definition,
            KnownBreakKind::Border => BreakKind::Border,
            KnownBreakKind::Collection => BreakKind::Collection,
        };
        Break { kind, period: self.period, handled: self.handled }
    }
}

impl Asked {
    /// Reads a plan file. Its panel's path is relative to the file.
    ///
    /// # Errors
    /// A file that cannot be read, or is no plan, with its line.
    pub fn from_file(path: &Path) -> Result<Self, Problems> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| {
            Problems::from(Problem::new("file-unreadable", &name).with("cause", crate::file::cause(&error)))
        })?;
        let mut asked: Self = toml::from_str(&text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start).min(text.len());
            let line = 1 + text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
            let detail = error.message().lines().next().unwrap_or_default().to_owned();
            let problem = Problem::new("evaluation-plan-unreadable", format!("{name}:{line}"));
            Problems::from(problem.with("detail", detail))
        })?;
        if let (Some(file), Some(folder)) = (&asked.panel.file, path.parent()) {
            asked.panel.file = Some(folder.join(file));
        }
        Ok(asked)
    }

    /// The same with what `over` says instead, where it says something.
    #[must_use]
    pub fn with(mut self, over: Self) -> Self {
        fn put<T>(old: &mut Option<T>, new: Option<T>) {
            if new.is_some() {
                *old = new;
            }
        }
        put(&mut self.outcome, over.outcome);
        put(&mut self.intended, over.intended);
        put(&mut self.relevant, over.relevant);
        if over.treated.is_some() {
            self.starts.clear();
        }
        put(&mut self.treated, over.treated);
        if over.start.is_some() {
            self.starts.clear();
        }
        put(&mut self.start, over.start);
        if !over.starts.is_empty() {
            self.starts = over.starts;
        }
        put(&mut self.window, over.window);
        put(&mut self.donors, over.donors);
        put(&mut self.excluded, over.excluded);
        put(&mut self.nearest, over.nearest);
        put(&mut self.method, over.method);
        put(&mut self.predictors, over.predictors);
        put(&mut self.test, over.test);
        put(&mut self.alpha, over.alpha);
        put(&mut self.seed, over.seed);
        put(&mut self.digest, over.digest);
        put(&mut self.panel.file, over.panel.file);
        put(&mut self.panel.unit, over.panel.unit);
        put(&mut self.panel.time, over.panel.time);
        put(&mut self.panel.outcome, over.panel.outcome);
        put(&mut self.panel.cohort, over.panel.cohort);
        self.circumstances.ring_excluded |= over.circumstances.ring_excluded;
        put(&mut self.circumstances.movers, over.circumstances.movers);
        self.circumstances.breaks.extend(over.circumstances.breaks);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_predictor_is_a_name_and_perhaps_its_periods() {
        let read = |text: &str| text.parse::<AskedPredictor>();
        let whole = |name: &str, from, to| AskedPredictor { covariate: Some(name.into()), from, to };
        assert_eq!(read("beer"), Ok(whole("beer", None, None)));
        assert_eq!(read("beer:1984-1988"), Ok(whole("beer", Some(1984), Some(1988))));
        assert_eq!(read("packs:1980"), Ok(whole("packs", Some(1980), Some(1980))));
        assert_eq!(read("beer:soon"), Err(()));
        assert_eq!(span("-3–4"), Some((-3, 4)));
    }
}
