//! Statistics as a goal needs them: which series there are, how they have moved, and when the next value comes.
//!
//! [`Observations`] is the port: whoever judges a goal asks it and does not care where the figures lie.
//! [`Table`] answers from a file of observations; the statistics store takes its place when it comes.
//! Every figure carries its source and its vintage (the day it was published), and one that is kept back says
//! so: a suppressed value is never nought.

use crate::ids::{Digest, OrganisationId, PersonId, ProgrammeId};
use crate::problem::{Problem, Problems};
use crate::text::squeeze;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The most bytes of one file of observations.
pub const FILE_BYTES_MAX: usize = 16 * 1024 * 1024;
/// So many problems of one file are told; whoever made more of them starts with these.
const PROBLEMS_MAX: usize = 200;

/// The time that a figure is about: a year, a month, or several years together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
}

impl Reference {
    /// Reads `2007`, `2007-06` or `2005–2007`; anything else is none.
    pub fn parse(text: &str) -> Option<Self> {
        let text = squeeze(text);
        if let Some((from, to)) = text.split_once('–').or_else(|| {
            // A hyphen between two years is a dash that somebody typed.
            text.split_once('-').filter(|(from, to)| from.trim().len() == 4 && to.trim().len() == 4)
        }) {
            let (from, to) = (Self::parse(from)?, Self::parse(to)?);
            return (from.from < to.from).then_some(Self { from: from.from, to: to.to });
        }
        if let Some((year, month)) = text.split_once('-') {
            let from = Date::new(year_of(year)?, month.parse().ok().filter(|_| month.len() == 2)?, 1).ok()?;
            return Some(Self { from, to: from.last_of_month() });
        }
        let year = year_of(&text)?;
        Some(Self { from: Date::new(year, 1, 1).ok()?, to: Date::new(year, 12, 31).ok()? })
    }

    /// The middle of the time, in years: what lies between two figures is the distance of their middles.
    fn middle(self) -> f64 {
        f64::midpoint(years(self.from), years(self.to))
    }

    /// Years from this time to a day, by the middles of both.
    pub fn years_until(self, day: Date) -> f64 {
        years(day) - self.middle()
    }
}

fn year_of(text: &str) -> Option<i16> {
    text.parse().ok().filter(|year| text.len() == 4 && (1749..=2999).contains(year))
}

/// A day as years and parts of a year.
fn years(day: Date) -> f64 {
    f64::from(day.year()) + f64::from(day.day_of_year() - 1) / f64::from(day.days_in_year())
}

impl fmt::Display for Reference {
    /// As a person writes it: the shortest of the forms that are read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole_years = self.from.day_of_year() == 1 && self.to.day_of_year() == self.to.days_in_year();
        match (whole_years, self.from.year() == self.to.year()) {
            (true, true) => write!(f, "{}", self.from.year()),
            (true, false) => write!(f, "{}–{}", self.from.year(), self.to.year()),
            _ => write!(f, "{:04}-{:02}", self.from.year(), self.from.month()),
        }
    }
}

impl Serialize for Reference {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("not a period: {text}")))
    }
}

crate::programme::codes! {
    /// What stands in a cell beside its value.
    CellState {
        /// A value as it was published.
        Final = "final",
        /// A value that its source may still change.
        Preliminary = "preliminary",
        /// A value that was estimated or moved to these borders.
        Estimated = "estimated",
        /// A value that noise was added to before it was published.
        Perturbed = "perturbed",
        /// Kept back, so that nobody can be recognised; never nought.
        Suppressed = "suppressed",
        /// There should be a value and there is none.
        Missing = "missing",
    }
}

impl CellState {
    /// Whether a value stands in the cell.
    pub fn has_value(self) -> bool {
        !matches!(self, Self::Suppressed | Self::Missing)
    }
}

/// What is measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// Its id, such as `employment-20-64`.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The unit: `procent`, `kronor`, `per 100 000 invånare`.
    pub unit: String,
    /// Days from the end of a period until its value is published.
    pub lag_days: i64,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// The time it is about.
    pub period: Reference,
    /// The value, where one stands.
    pub value: Option<f64>,
    /// What stands beside it.
    pub state: CellState,
    /// Who published it and where.
    pub source: String,
    /// The day it was published: its vintage.
    pub published: Date,
}

/// The figures of one indicator, one area and one group of people, in the order of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The area's code.
    pub area: String,
    /// The area's name.
    pub area_name: String,
    /// The people it is about, such as `20–64 år`.
    pub group: String,
    /// The figures; of two of one period the later published stands.
    pub observations: Vec<Observation>,
}

impl Series {
    /// The figures with a value.
    fn values(&self) -> impl Iterator<Item = (Reference, f64)> + '_ {
        self.observations.iter().filter_map(|o| Some((o.period, o.value.filter(|_| o.state.has_value())?)))
    }

    /// The changes per year between any two figures that lie about so many years apart (half a year more or
    /// less), oldest first.
    pub fn yearly_changes(&self, apart: f64) -> Vec<f64> {
        let values: Vec<(f64, f64)> = self.values().map(|(period, value)| (period.middle(), value)).collect();
        let mut changes = Vec::new();
        for (i, (then, was)) in values.iter().enumerate() {
            for (now, is) in &values[i + 1..] {
                let years = now - then;
                if (years - apart).abs() <= 0.5 && years > 0.0 {
                    changes.push((is - was) / years);
                }
            }
        }
        changes
    }
}

/// That a file of observations was loaded for a programme (fact); its bytes are kept as a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservationFile {
    /// The programme whose goals are judged by it.
    pub programme: ProgrammeId,
    /// The file.
    pub document: Digest,
    /// What the file is called.
    pub name: String,
    /// The day it was loaded.
    pub loaded_on: Date,
    /// The organisation that answers for it.
    pub by: OrganisationId,
    /// Who loaded it.
    pub person: PersonId,
}

/// Where figures come from.
pub trait Observations {
    /// The indicator with that id.
    fn indicator(&self, id: &str) -> Option<&Indicator>;
    /// The series of an indicator for an area and a group.
    fn series(&self, indicator: &str, area: &str, group: &str) -> Option<&Series>;
    /// The series of every area that is comparable, for an indicator and a group.
    fn comparable(&self, indicator: &str, group: &str) -> &[Series];
}

/// Observations held in memory, as read from files.
#[derive(Debug, Clone, Default)]
pub struct Table {
    indicators: BTreeMap<String, Indicator>,
    /// By indicator and group; in each the areas in the order of their codes.
    series: BTreeMap<(String, String), Vec<Series>>,
}

impl Observations for Table {
    fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.get(id)
    }

    fn series(&self, indicator: &str, area: &str, group: &str) -> Option<&Series> {
        let all = self.comparable(indicator, group);
        all.binary_search_by(|series| series.area.as_str().cmp(area)).ok().map(|at| &all[at])
    }

    fn comparable(&self, indicator: &str, group: &str) -> &[Series] {
        self.series.get(&(indicator.to_owned(), group.to_owned())).map_or(&[], Vec::as_slice)
    }
}

/// The columns of a file of observations, all of which it must have.
pub const COLUMNS: [&str; 12] = [
    "indicator",
    "indicator_name",
    "unit",
    "lag_days",
    "group",
    "area",
    "area_name",
    "period",
    "value",
    "state",
    "source",
    "published",
];

impl Table {
    /// Every indicator, by id.
    pub fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.indicators.values()
    }

    /// The groups of people that an indicator is given for.
    pub fn groups(&self, indicator: &str) -> Vec<&str> {
        self.series.keys().filter(|(id, _)| id == indicator).map(|(_, group)| group.as_str()).collect()
    }

    /// Reads a file of observations: comma-separated, UTF-8, with [`COLUMNS`] as its first row. `name` is what
    /// the file is called in problems, which name row and column: `statistik.csv:17 value`.
    ///
    /// # Errors
    /// Every row that cannot be used, up to a bound.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Problems> {
        let mut table = Self::default();
        table.add(name, bytes)?;
        Ok(table)
    }

    /// Adds the observations of one more file.
    ///
    /// # Errors
    /// As [`Table::read`]; then nothing was added.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), Problems> {
        if bytes.len() > FILE_BYTES_MAX {
            let problem = Problem::new("observations-too-large", name);
            return Err(problem.with("megabytes_max", FILE_BYTES_MAX >> 20).into());
        }
        let Ok(text) = str::from_utf8(bytes) else {
            return Err(Problem::new("observations-not-text", name).into());
        };
        let mut next = self.clone();
        let mut reading = Reading { name, problems: Problems::none() };
        reading.rows(text.trim_start_matches('\u{feff}'), &mut next);
        reading.problems.or(())?;
        for all in next.series.values_mut() {
            all.sort_by(|a, b| a.area.cmp(&b.area));
            for series in all {
                series.observations.sort_by_key(|o| (o.period, o.published));
                // Of one period the latest vintage stands.
                series.observations.reverse();
                series.observations.dedup_by_key(|o| o.period);
                series.observations.reverse();
            }
        }
        *self = next;
        Ok(())
    }

    fn keep(&mut self, indicator: Indicator, group: String, area: (String, String), seen: Observation) {
        let all = self.series.entry((indicator.id.clone(), group.clone())).or_default();
        self.indicators.insert(indicator.id.clone(), indicator);
        match all.iter_mut().rev().find(|series| series.area == area.0) {
            Some(series) => series.observations.push(seen),
            None => all.push(Series { area: area.0, area_name: area.1, group, observations: vec![seen] }),
        }
    }
}

/// A file being read.
struct Reading<'a> {
    name: &'a str,
    problems: Problems,
}

impl Reading<'_> {
    fn add(&mut self, problem: Problem) {
        if self.problems.0.len() < PROBLEMS_MAX {
            self.problems.add(problem);
        }
    }

    fn rows(&mut self, text: &str, table: &mut Table) {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let headers = match reader.headers() {
            Ok(headers) => headers.clone(),
            Err(_) => return self.add(Problem::new("observations-not-text", self.name)),
        };
        let places: Vec<Option<usize>> =
            COLUMNS.iter().map(|column| headers.iter().position(|header| header.trim() == *column)).collect();
        for (column, place) in COLUMNS.iter().zip(&places) {
            if place.is_none() {
                self.add(Problem::new("observations-column-missing", self.name).with("column", column));
            }
        }
        let Some(places) = places.into_iter().collect::<Option<Vec<usize>>>() else { return };
        let mut seen = 0_usize;
        for (index, row) in reader.records().enumerate() {
            let line = row.as_ref().ok().and_then(|r| r.position()).map_or(index as u64 + 2, |p| p.line());
            let Ok(row) = row else {
                self.add(Problem::new("observations-row-broken", format!("{}:{line}", self.name)));
                continue;
            };
            seen += 1;
            let cells: Vec<&str> = places.iter().map(|at| row.get(*at).unwrap_or_default().trim()).collect();
            self.row(line, &cells, table);
        }
        if seen == 0 {
            self.add(Problem::new("observations-empty", self.name));
        }
    }

    fn row(&mut self, line: u64, cells: &[&str], table: &mut Table) {
        let mut sound = true;
        let mut wrong = |column: usize, code: &str, this: &mut Self| {
            sound = false;
            this.add(
                Problem::new(code, format!("{}:{line} {}", this.name, COLUMNS[column]))
                    .with("column", COLUMNS[column])
                    .with("written", cells[column]),
            );
        };
        for column in [0, 1, 2, 4, 5, 6, 10] {
            if cells[column].is_empty() {
                wrong(column, "observation-cell-empty", self);
            } else if cells[column].starts_with(['=', '@']) {
                wrong(column, "cell-is-formula", self);
            }
        }
        let lag_days = cells[3].parse::<i64>().ok().filter(|days| (0..=3660).contains(days));
        if lag_days.is_none() {
            wrong(3, "observation-lag-impossible", self);
        }
        let period = Reference::parse(cells[7]);
        if period.is_none() {
            wrong(7, "period-impossible", self);
        }
        let state = CellState::from_code(cells[9]);
        if state.is_none() {
            wrong(9, "observation-state-unknown", self);
        }
        let value = cells[8].replace(',', ".").parse::<f64>().ok().filter(|value| value.is_finite());
        if state.is_some_and(CellState::has_value) && value.is_none() {
            wrong(8, "number-impossible", self);
        }
        if state.is_some_and(|state| !state.has_value()) && !cells[8].is_empty() {
            wrong(8, "observation-value-kept-back", self);
        }
        let published: Option<Date> = cells[11].parse().ok();
        if published.is_none() || published.zip(period).is_some_and(|(day, period)| day < period.from) {
            wrong(11, "observation-published-impossible", self);
        }
        let known = table.indicators.get(cells[0]);
        if known.is_some_and(|k| k.unit != cells[2] || Some(k.lag_days) != lag_days) {
            wrong(2, "indicator-told-twice", self);
        }
        let (Some(lag_days), Some(period), Some(state), Some(published)) =
            (lag_days, period, state, published)
        else {
            return;
        };
        if !sound {
            return;
        }
        let indicator =
            Indicator { id: cells[0].into(), name: cells[1].into(), unit: cells[2].into(), lag_days };
        let seen = Observation { period, value, state, source: cells[10].into(), published };
        table.keep(indicator, cells[4].into(), (cells[5].into(), cells[6].into()), seen);
    }
}

/// The last period, of those as long as the one that is known, whose value is published on a day at the latest.
///
/// Reading: periods follow each other without gaps, and each value comes as late after its period as the
/// indicator's usually do.
pub fn last_published_by(known: Reference, lag_days: i64, day: Date) -> Option<Reference> {
    let length =
        if known.to.year() == known.from.year() && known.to.month() == known.from.month() { 0 } else { 1 };
    let published = |period: Reference| period.to.checked_add(lag_days.days()).ok();
    let mut last = None;
    let mut next = known;
    // No goal lies so far ahead that a month at a time takes longer than this.
    for _ in 0..1_200 {
        next = if length == 0 {
            let from = next.to.tomorrow().ok()?;
            Reference { from, to: from.last_of_month() }
        } else {
            Reference { from: next.from.checked_add(1.year()).ok()?, to: next.to.checked_add(1.year()).ok()? }
        };
        if published(next)? > day {
            break;
        }
        last = Some(next);
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "indicator,indicator_name,unit,lag_days,group,area,area_name,period,value,state,source,published\n";

    fn read(rows: &str) -> Result<Table, Problems> {
        Table::read("statistik.csv", format!("{HEAD}{rows}").as_bytes())
    }

    #[test]
    fn a_period_is_read_as_people_write_it_and_written_the_same_way() {
        for (written, shown) in
            [("2007", "2007"), ("2005-2007", "2005–2007"), ("2005–2007", "2005–2007"), ("2007-06", "2007-06")]
        {
            assert_eq!(Reference::parse(written).expect(written).to_string(), shown);
        }
        for garbage in ["", "07", "2007-13", "2007-6", "2008-2007", "i fjol", "2007-06-01", "20 07", "–"] {
            assert_eq!(Reference::parse(garbage), None, "{garbage}");
        }
    }

    #[test]
    fn a_later_vintage_of_the_same_period_takes_the_place_of_the_earlier() {
        let table = read(
            "e,Sysselsatta,procent,300,20–64 år,01800154,Husby,2006,50.0,preliminary,SCB,2007-11-01\n\
             e,Sysselsatta,procent,300,20–64 år,01800154,Husby,2006,50.4,final,SCB,2008-02-01\n",
        )
        .expect("reads");
        let series = table.series("e", "01800154", "20–64 år").expect("there");
        assert_eq!(series.observations.len(), 1);
        assert_eq!(series.observations[0].value, Some(50.4));
    }

    #[test]
    fn a_suppressed_value_is_no_value() {
        let table = read("e,S,procent,300,alla,1,A,2006,,suppressed,SCB,2007-11-01\n").expect("reads");
        assert_eq!(table.comparable("e", "alla")[0].values().count(), 0);
        let problems = read("e,S,procent,300,alla,1,A,2006,0,suppressed,SCB,2007-11-01\n").expect_err("both");
        assert_eq!(problems.0[0].code, "observation-value-kept-back");
    }

    #[test]
    fn every_wrong_cell_is_told_at_once_with_its_row_and_column() {
        let problems = read(
            "e,S,procent,snart,alla,1,A,2006,femtio,final,,2007-11-01\n\
             =cmd(),S,procent,1,alla,1,A,06,1,finall,SCB,1999-01-01\n",
        )
        .expect_err("garbage");
        let places: Vec<_> = problems.0.iter().map(|p| (p.place.as_str(), p.code.as_str())).collect();
        assert_eq!(
            places,
            [
                ("statistik.csv:2 source", "observation-cell-empty"),
                ("statistik.csv:2 lag_days", "observation-lag-impossible"),
                ("statistik.csv:2 value", "number-impossible"),
                ("statistik.csv:3 indicator", "cell-is-formula"),
                ("statistik.csv:3 period", "period-impossible"),
                ("statistik.csv:3 state", "observation-state-unknown"),
            ]
        );
        assert_eq!(
            Table::read("x.csv", &[0xff, 0xfe]).expect_err("bytes").0[0].code,
            "observations-not-text"
        );
        assert_eq!(read("").expect_err("no rows").0[0].code, "observations-empty");
    }

    #[test]
    fn a_value_that_comes_two_years_late_is_out_before_the_goal_only_for_an_early_year() {
        let base = Reference::parse("2006").expect("year");
        let day = "2010-12-31".parse().expect("day");
        assert_eq!(last_published_by(base, 300, day).map(|p| p.to_string()), Some("2009".into()));
        assert_eq!(last_published_by(base, 730, day).map(|p| p.to_string()), Some("2008".into()));
        assert_eq!(last_published_by(base, 2_000, day), None);
    }

    #[test]
    fn changes_are_per_year_and_only_between_figures_as_far_apart_as_asked() {
        let table = read(
            "e,S,procent,300,alla,1,A,2003,40,final,SCB,2004-11-01\n\
             e,S,procent,300,alla,1,A,2004,41,final,SCB,2005-11-01\n\
             e,S,procent,300,alla,1,A,2005,44,final,SCB,2006-11-01\n",
        )
        .expect("reads");
        let series = &table.comparable("e", "alla")[0];
        let near = |changes: Vec<f64>, expected: &[f64]| {
            assert_eq!(changes.len(), expected.len());
            for (change, expected) in changes.iter().zip(expected) {
                assert!((change - expected).abs() < 0.01, "{change} {expected}");
            }
        };
        near(series.yearly_changes(1.0), &[1.0, 3.0]);
        near(series.yearly_changes(2.0), &[2.0]);
    }
}
