//! A panel read from a file: rows of unit, period and values, checked as they pass, everything wrong told with
//! its line.
//!
//! Comma, semicolon or tab between the cells, found from the first line. A decimal comma is read where the cells
//! are not parted by commas, but not in the same file as a decimal point: `1,234` could then be either of two
//! numbers. Memory is linear in the file; reading stops where no panel may be so large.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read};
use std::path::Path;

use kvarter_domain::problem::{Problem, Problems};
use kvarter_evaluation::panel::{MAX_CELLS, Panel, PanelProblem, Row};
use sha2::{Digest as _, Sha256};

use crate::file::cause;

/// More rows than this are not read.
const ROWS_MAX: usize = 20_000_000;

/// So many problems are written out; the rest are counted.
const TOLD_MAX: usize = 20;

/// What stands for a missing value.
const MISSING: &[&str] = &["", "NA", "N/A", "NaN", "nan", ".", ".."];

/// Which columns to read.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    pub(super) unit: String,
    pub(super) time: String,
    pub(super) outcome: String,
    pub(super) covariates: Vec<String>,
    pub(super) marks: Option<Marks>,
}

/// A column that says who was treated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Marks {
    /// 1 when treated, 0 when not.
    Treated(String),
    /// The period of the start; nothing or 0 for who never starts.
    Cohort(String),
}

/// A panel with what its file says of who was treated.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) panel: Panel,
    pub(super) rows: usize,
    /// SHA-256 of the file, in hex.
    pub(super) digest: String,
    /// Per treated unit its start; `None` where the mark is 1 in every row and no start can be seen.
    pub(super) marked: Vec<(String, Option<i64>)>,
}

/// A file whose first line has been read.
pub(super) struct Opened {
    name: String,
    reader: csv::Reader<BufReader<Hashed>>,
    header: Vec<String>,
    delimiter: u8,
}

impl Opened {
    /// Opens a file and reads the names of its columns.
    pub(super) fn open(path: &Path) -> Result<Self, Problems> {
        let name = path.display().to_string();
        let at = |problem: Problem| Problems::from(problem);
        let unreadable =
            |error: &io::Error| at(Problem::new("file-unreadable", &name).with("cause", cause(error)));
        if path.is_dir() {
            return Err(at(Problem::new("file-unreadable", &name).with("cause", "is-a-folder")));
        }
        let file = File::open(path).map_err(|error| unreadable(&error))?;
        let mut buffer = BufReader::with_capacity(1 << 18, Hashed { file, hash: Sha256::new() });
        let start = buffer.fill_buf().map_err(|error| unreadable(&error))?;
        if start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) {
            return Err(at(Problem::new("evaluation-not-utf8", &name).with("line", 1)));
        }
        let mark = if start.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let first = start[mark..].split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
        let delimiter = delimiter(first);
        buffer.consume(mark);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(true)
            .from_reader(buffer);
        let header = reader.byte_headers().map_err(|error| at(broken(&name, &error)))?.clone();
        if header.iter().all(<[u8]>::is_empty) {
            return Err(at(Problem::new("evaluation-file-empty", &name)));
        }
        let header = header.iter().map(|cell| std::str::from_utf8(cell).map(|cell| cell.trim().to_owned()));
        let header = header
            .collect::<Result<Vec<String>, _>>()
            .map_err(|_| at(Problem::new("evaluation-not-utf8", &name).with("line", 1)))?;
        Ok(Self { name, reader, header, delimiter })
    }

    /// Whether the file has the column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.header.iter().any(|name| name == column)
    }

    /// Reads all rows.
    pub(super) fn read(mut self, columns: &Columns) -> Result<Table, Problems> {
        let places = self.places(columns)?;
        let mut read = Rows::new(&self.name, self.delimiter != b',', columns, places);
        let mut record = csv::ByteRecord::new();
        loop {
            match self.reader.read_byte_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {}
                Err(error) => {
                    read.found.add(broken(&self.name, &error));
                    break;
                }
            }
            let line = record.position().map_or(0, csv::Position::line);
            if !read.row(&record, line) {
                break;
            }
        }
        let digest = hex::encode(self.reader.into_inner().into_inner().hash.finalize());
        read.finish(digest)
    }

    /// Where each column is; every one that is not there is told, with those that are.
    fn places(&self, columns: &Columns) -> Result<Places, Problems> {
        let mut problems = Problems::none();
        let mut find = |column: &String, argument: &str| {
            let mut at = (0..self.header.len()).filter(|at| self.header[*at] == *column);
            match (at.next(), at.next()) {
                (Some(at), None) => at,
                (Some(at), Some(_)) => {
                    problems.add(
                        Problem::new("evaluation-column-twice", format!("{}:1", self.name))
                            .with("column", column),
                    );
                    at
                }
                (None, _) => {
                    let known: Vec<&str> = self.header.iter().take(30).map(String::as_str).collect();
                    problems.add(
                        Problem::new("evaluation-column-unknown", argument)
                            .with("column", column)
                            .with("known", known.join(", ")),
                    );
                    0
                }
            }
        };
        let places = Places {
            unit: find(&columns.unit, "--unit"),
            time: find(&columns.time, "--time"),
            outcome: find(&columns.outcome, "--outcome"),
            covariates: columns.covariates.iter().map(|name| find(name, "--covariates")).collect(),
            marks: columns.marks.as_ref().map(|marks| match marks {
                Marks::Treated(name) => find(name, "--treated"),
                Marks::Cohort(name) => find(name, "--cohort"),
            }),
        };
        problems.or(places)
    }
}

struct Places {
    unit: usize,
    time: usize,
    outcome: usize,
    covariates: Vec<usize>,
    marks: Option<usize>,
}

/// Problems, so many written out and the rest counted.
#[derive(Default)]
struct Found {
    problems: Problems,
    more: usize,
}

impl Found {
    fn add(&mut self, problem: Problem) {
        if self.problems.0.len() < TOLD_MAX {
            self.problems.add(problem);
        } else {
            self.more += 1;
        }
    }

    fn all(mut self, name: &str) -> Problems {
        if self.more > 0 {
            self.problems.add(Problem::new("evaluation-more-problems", name).with("count", self.more));
        }
        self.problems
    }
}

/// What a unit's rows say of its treatment.
#[derive(Clone, Copy)]
struct Mark {
    first_one: Option<i64>,
    last_zero: Option<i64>,
    cohort: Option<i64>,
}

/// The rows that have been read.
struct Rows<'a> {
    name: &'a str,
    comma: bool,
    columns: &'a Columns,
    places: Places,
    names: HashMap<String, u32>,
    order: Vec<String>,
    periods: std::collections::HashSet<i64>,
    rows: Vec<(u32, i64, u32)>,
    outcomes: Vec<Option<f64>>,
    covariates: Vec<Option<f64>>,
    marks: Vec<Option<Mark>>,
    decimal: [Option<u64>; 2],
    found: Found,
}

enum Cell {
    Missing,
    Number(f64),
    NoNumber,
    Infinite,
}

impl<'a> Rows<'a> {
    fn new(name: &'a str, comma: bool, columns: &'a Columns, places: Places) -> Self {
        Self {
            name,
            comma,
            columns,
            places,
            names: HashMap::new(),
            order: Vec::new(),
            periods: std::collections::HashSet::new(),
            rows: Vec::new(),
            outcomes: Vec::new(),
            covariates: Vec::new(),
            marks: Vec::new(),
            decimal: [None, None],
            found: Found::default(),
        }
    }

    fn problem(&self, code: &str, line: u64) -> Problem {
        Problem::new(code, format!("{}:{line}", self.name))
    }

    /// Takes a row; `false` when no more need be read.
    fn row(&mut self, record: &csv::ByteRecord, line: u64) -> bool {
        let Places { unit, time, outcome, .. } = self.places;
        let widest = [unit, time, outcome].into_iter().chain(self.places.covariates.iter().copied());
        let widest = widest.chain(self.places.marks).max().unwrap_or(0);
        if record.len() <= widest {
            let problem = self.problem("evaluation-row-short", line).with("found", record.len());
            self.found.add(problem.with("needed", widest + 1));
            return true;
        }
        let Ok(name) = std::str::from_utf8(&record[unit]).map(str::trim) else {
            let problem = self.problem("evaluation-not-utf8", line).with("line", line);
            self.found.add(problem);
            return false;
        };
        if name.is_empty() {
            let problem = self.problem("evaluation-unit-missing", line).with("column", &self.columns.unit);
            self.found.add(problem);
            return true;
        }
        let Some(period) = self.period(&record[time], line) else { return true };
        let outcome = self.value(&record[outcome], line, &self.columns.outcome.clone());
        let covariates: Vec<Option<f64>> = (0..self.places.covariates.len())
            .map(|k| {
                let column = self.columns.covariates[k].clone();
                self.value(&record[self.places.covariates[k]], line, &column)
            })
            .collect();
        let unit = match self.names.get(name) {
            Some(unit) => *unit,
            None => {
                let next = u32::try_from(self.order.len()).unwrap_or(u32::MAX);
                self.names.insert(name.to_owned(), next);
                self.order.push(name.to_owned());
                self.marks.push(None);
                next
            }
        };
        if let Some(at) = self.places.marks {
            self.mark(unit as usize, period, &record[at], line);
        }
        self.periods.insert(period);
        self.rows.push((unit, period, u32::try_from(line).unwrap_or(u32::MAX)));
        self.outcomes.push(outcome);
        self.covariates.extend(covariates);
        self.fits()
    }

    /// Whether a panel may still be so large.
    fn fits(&mut self) -> bool {
        let wide = 1 + self.columns.covariates.len();
        let cells = self.order.len().saturating_mul(self.periods.len()).saturating_mul(wide);
        if cells <= MAX_CELLS && self.rows.len() <= ROWS_MAX {
            return true;
        }
        let problem = Problem::new("evaluation-too-large", self.name)
            .with("units", self.order.len())
            .with("periods", self.periods.len())
            .with("cells", MAX_CELLS)
            .with("rows", ROWS_MAX);
        self.found = Found::default();
        self.found.add(problem);
        false
    }

    fn period(&mut self, cell: &[u8], line: u64) -> Option<i64> {
        let text = String::from_utf8_lossy(cell);
        let text = text.trim();
        let whole = text.strip_suffix(".0").unwrap_or(text).parse::<i64>().ok();
        if whole.is_none() {
            let problem = self.problem("evaluation-period-not-whole", line);
            self.found.add(problem.with("column", &self.columns.time).with("written", shown(text)));
        }
        whole
    }

    fn value(&mut self, cell: &[u8], line: u64, column: &str) -> Option<f64> {
        let code = match self.cell(cell, line) {
            Cell::Missing => return None,
            Cell::Number(value) => return Some(value),
            Cell::NoNumber => "evaluation-not-a-number",
            Cell::Infinite => "evaluation-not-finite",
        };
        let written = shown(String::from_utf8_lossy(cell).trim());
        let problem = self.problem(code, line).with("column", column).with("written", written);
        self.found.add(problem);
        None
    }

    fn cell(&mut self, cell: &[u8], line: u64) -> Cell {
        let Ok(text) = std::str::from_utf8(cell).map(str::trim) else { return Cell::NoNumber };
        if MISSING.contains(&text) {
            return Cell::Missing;
        }
        let with_comma = self.comma && text.contains(',');
        if (with_comma && text.contains('.')) || text.contains('_') {
            return Cell::NoNumber;
        }
        let parsed = if with_comma { text.replacen(',', ".", 1).parse() } else { text.parse::<f64>() };
        match parsed {
            Ok(value) if !value.is_finite() => Cell::Infinite,
            Ok(value) => {
                if with_comma || text.contains('.') {
                    self.decimal[usize::from(with_comma)].get_or_insert(line);
                }
                Cell::Number(value)
            }
            Err(_) => Cell::NoNumber,
        }
    }

    fn mark(&mut self, unit: usize, period: i64, cell: &[u8], line: u64) {
        let Some(marks) = &self.columns.marks else { return };
        let (column, cohort) = match marks {
            Marks::Treated(column) => (column.clone(), false),
            Marks::Cohort(column) => (column.clone(), true),
        };
        let written = shown(String::from_utf8_lossy(cell).trim());
        let value = match self.cell(cell, line) {
            Cell::Missing => 0.0,
            Cell::Number(value) => value,
            Cell::NoNumber | Cell::Infinite => f64::NAN,
        };
        let whole = (value.fract() == 0.0 && value.abs() < 9.0e15).then_some(value as i64);
        let told = |read: &mut Self, code| {
            let problem = read.problem(code, line).with("column", &column).with("written", &written);
            read.found.add(problem.with("unit", read.order[unit].clone()));
        };
        match (cohort, whole) {
            (_, None) => {
                told(self, if cohort { "evaluation-cohort-not-whole" } else { "evaluation-treated-not-01" })
            }
            (false, Some(mark @ (0 | 1))) => {
                let so_far =
                    self.marks[unit].get_or_insert(Mark { first_one: None, last_zero: None, cohort: None });
                if mark == 1 {
                    so_far.first_one = Some(so_far.first_one.map_or(period, |first| first.min(period)));
                } else {
                    so_far.last_zero = Some(so_far.last_zero.map_or(period, |last| last.max(period)));
                }
            }
            (false, Some(_)) => told(self, "evaluation-treated-not-01"),
            (true, Some(start)) => {
                let start = (start != 0).then_some(start);
                match self.marks[unit] {
                    Some(earlier) if earlier.cohort != start => told(self, "evaluation-cohort-differs"),
                    Some(_) => {}
                    None => {
                        self.marks[unit] = Some(Mark { first_one: None, last_zero: None, cohort: start });
                    }
                }
            }
        }
    }

    fn finish(mut self, digest: String) -> Result<Table, Problems> {
        if let [Some(point), Some(comma)] = self.decimal {
            let problem = Problem::new("evaluation-mixed-decimals", self.name);
            self.found.add(problem.with("point", point).with("comma", comma));
        }
        let marked = self.treated();
        if !self.found.problems.is_empty() {
            return Err(self.found.all(self.name));
        }
        let wide = self.columns.covariates.len();
        let names: Vec<&str> = self.columns.covariates.iter().map(String::as_str).collect();
        let rows = self.rows.iter().enumerate().map(|(at, (unit, period, _))| Row {
            unit: &self.order[*unit as usize],
            period: *period,
            outcome: self.outcomes[at],
            covariates: &self.covariates[at * wide..(at + 1) * wide],
        });
        match Panel::from_rows(&names, rows) {
            Ok(panel) => Ok(Table { panel, rows: self.rows.len(), digest, marked }),
            Err(found) => {
                for problem in found.problems() {
                    let told = self.of_panel(problem);
                    self.found.add(told);
                }
                self.found.more += found.more();
                Err(self.found.all(self.name))
            }
        }
    }

    /// Who is treated from when, by the marks.
    fn treated(&mut self) -> Vec<(String, Option<i64>)> {
        let mut treated = Vec::new();
        for (unit, mark) in self.marks.iter().enumerate() {
            let (name, Some(mark)) = (&self.order[unit], mark) else { continue };
            match (mark.cohort, mark.first_one, mark.last_zero) {
                (Some(start), ..) => treated.push((name.clone(), Some(start))),
                (None, Some(first), Some(last)) if last > first => {
                    self.found.add(
                        Problem::new("evaluation-treatment-ends", self.name)
                            .with("unit", name)
                            .with("from", first)
                            .with("to", last),
                    );
                }
                (None, Some(first), Some(_)) => treated.push((name.clone(), Some(first))),
                (None, Some(_), None) => treated.push((name.clone(), None)),
                (None, None, _) => {}
            }
        }
        treated
    }

    /// A panel's problem with the lines that it is about.
    fn of_panel(&self, problem: &PanelProblem) -> Problem {
        let lines = |unit: &String, period: i64| {
            let unit = self.names.get(unit).copied();
            let rows = self.rows.iter().filter(|row| Some(row.0) == unit && row.1 == period);
            rows.map(|row| row.2).collect::<Vec<u32>>()
        };
        match problem {
            PanelProblem::Duplicate { unit, period } => {
                let lines = lines(unit, *period);
                let last = lines.get(1).or(lines.first()).copied().unwrap_or(0);
                self.problem("evaluation-row-twice", u64::from(last))
                    .with("unit", unit)
                    .with("period", period)
                    .with("first", lines.first().copied().unwrap_or(0))
            }
            PanelProblem::DuplicateCovariate { covariate } => {
                Problem::new("evaluation-covariate-twice", "--covariates").with("column", covariate)
            }
            PanelProblem::TooLarge { units, periods, limit, .. } => {
                Problem::new("evaluation-too-large", self.name)
                    .with("units", units)
                    .with("periods", periods)
                    .with("cells", limit)
                    .with("rows", ROWS_MAX)
            }
            PanelProblem::AllMissing => {
                Problem::new("evaluation-all-missing", self.name).with("column", &self.columns.outcome)
            }
            // The others were found row by row before this.
            _ => Problem::new("evaluation-no-rows", self.name),
        }
    }
}

/// The separator that the first line has most of; a semicolon where they are as many.
fn delimiter(first: &[u8]) -> u8 {
    let count = |wanted: u8| first.iter().filter(|byte| **byte == wanted).count();
    [b',', b'\t', b';'].into_iter().max_by_key(|byte| count(*byte)).unwrap_or(b',')
}

fn broken(name: &str, error: &csv::Error) -> Problem {
    match error.kind() {
        csv::ErrorKind::Io(error) => Problem::new("file-unreadable", name).with("cause", cause(error)),
        _ => {
            let line = error.position().map_or(0, csv::Position::line);
            Problem::new("evaluation-row-broken", format!("{name}:{line}"))
        }
    }
}

/// What was written, no longer than a line.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}

/// A file whose bytes are digested as they are read.
struct Hashed {
    file: File,
    hash: Sha256,
}

impl Read for Hashed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(into)?;
        self.hash.update(&into[..count]);
        Ok(count)
    }
}
