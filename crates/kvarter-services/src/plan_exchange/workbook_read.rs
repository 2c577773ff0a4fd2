//! Goals and interventions from a workbook: all of it, or every problem with its cell.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Xlsx, open_workbook_from_rs};
use kvarter_domain::plan::Plan;
use kvarter_domain::plan::part::{Key, Kind, Parts, next_id};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::text::{folded, nearest};
use serde_json::Value;

use super::field::{Field, Shape, fields};
use super::package::unpack;
use super::value::body;
use super::workbook_raw::{RawSheet, look_through};
use super::workbook_row::{Cell, value};
use super::workbook_write::SHEETS;
use super::{Terms, guarded, limit, settled, told};

/// What a workbook changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// The goals and interventions that read otherwise than they do now, and those that are new, whole.
    pub changes: Parts,
    /// What was passed over, for the person to know: hidden sheets and rows, numbers shown as percentages. Codes,
    /// places and words as for problems.
    pub notes: Vec<Problem>,
}

/// Cells by row and column, both from 0.
type Cells = BTreeMap<u32, BTreeMap<u32, Cell>>;

/// Reads a workbook against the plan as it is. Rows keep the ids that they have; a row without one, or with one like
/// `ny1`, is new. Goals and interventions that the workbook does not name are left as they are. `taken` is every id
/// that there has been in the series.
///
/// # Errors
/// Everything that is wrong, each with its cell as place: `Insatser!F17`.
pub fn read_xlsx(bytes: &[u8], current: &Plan, taken: &[Key], terms: &Terms<'_>) -> Result<Taken, Problems> {
    let raw = look_through(&unpack(bytes)?)?;
    let mut problems = Problems::none();
    let mut notes = Vec::new();
    let mut sheets: Vec<(Kind, &RawSheet)> = Vec::new();
    for (key, kind) in SHEETS {
        let wanted = terms.word(key);
        match raw.iter().find(|sheet| !sheet.hidden && folded(&sheet.name) == folded(&wanted)) {
            Some(sheet) => sheets.push((*kind, sheet)),
            None => {
                let known: Vec<&str> = raw.iter().filter(|s| !s.hidden).map(|s| s.name.as_str()).collect();
                let missing = Problem::new("exchange-sheet-missing", wanted.clone());
                problems.add(missing.with("sheet", wanted).with("known", known.join(", ")));
            }
        }
    }
    for hidden in raw.iter().filter(|sheet| sheet.hidden) {
        let note = Problem::new("exchange-sheet-hidden", hidden.name.clone());
        notes.push(note.with("sheet", &hidden.name));
    }
    let values = match guarded(|| values(bytes, &sheets), "exchange-unreadable") {
        Ok(values) => values,
        Err(more) => {
            problems.0.extend(more.0);
            return Err(told(problems));
        }
    };

    let mut ids = Ids { current, taken: taken.to_vec(), given: BTreeMap::new(), seen: BTreeMap::new() };
    ids.taken.extend(current.parts().into_keys());
    let mut rows: Vec<Row> = Vec::new();
    for ((kind, sheet), cells) in sheets.iter().zip(&values) {
        let reading = Reading { kind: *kind, sheet, terms };
        rows.extend(reading.rows(cells, &mut ids, &mut notes, &mut problems));
    }
    let changes = bodies(rows, &ids, terms, &mut problems);
    problems.or(()).map_err(told)?;
    let plan = Plan::of_parts(&changes)?;
    let now = settled(current).parts();
    let changes = settled(&plan).parts().into_iter().filter(|(key, body)| now.get(key) != Some(body));
    Ok(Taken { changes: changes.collect(), notes })
}

/// The values of the sheets, one at a time and no further than is read.
fn values(bytes: &[u8], sheets: &[(Kind, &RawSheet)]) -> Result<Vec<Cells>, Problems> {
    let broken = |_| Problems::from(Problem::new("exchange-unreadable", ""));
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let mut all = Vec::new();
    for (kind, sheet) in sheets {
        let widest = u32::try_from(fields(*kind).len() * 2 + 20).unwrap_or(u32::MAX);
        let mut cells = Cells::new();
        let mut reader = workbook.worksheet_cells_reader(&sheet.name).map_err(broken)?;
        while let Some(cell) = reader.next_cell().map_err(broken)? {
            let (row, column) = cell.get_position();
            let Some(value) = Cell::of(cell.get_value()) else { continue };
            if row as usize >= limit::ROWS_MAX {
                let place = format!("{}!{}", sheet.name, name_of(row, column));
                let most = limit::ROWS_MAX;
                return Err(Problem::new("exchange-too-many-rows", place).with("most", most).into());
            }
            // Notes far out to the right are nobody's column.
            if column < widest {
                cells.entry(row).or_default().insert(column, value);
            }
        }
        all.push(cells);
    }
    Ok(all)
}

/// The name of a cell: `F17`.
fn name_of(row: u32, column: u32) -> String {
    let (mut letters, mut rest) = (Vec::new(), column + 1);
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default()));
        rest = (rest - 1) / 26;
    }
    letters.reverse();
    format!("{}{}", letters.into_iter().collect::<String>(), row.saturating_add(1))
}

/// The ids: which there are, which are given, and which have been seen where.
struct Ids<'a> {
    current: &'a Plan,
    taken: Vec<Key>,
    /// What a new row called itself, and the id that it was given.
    given: BTreeMap<String, String>,
    seen: BTreeMap<String, String>,
}

impl Ids<'_> {
    fn exists(&self, kind: Kind, id: &str) -> bool {
        match kind {
            Kind::Goal => self.current.goal(id).is_some(),
            _ => self.current.intervention(id).is_some(),
        }
    }

    /// The next id that nobody has had.
    fn give(&mut self, kind: Kind) -> String {
        let id = next_id(kind, &self.taken);
        self.taken.push(Key::new(kind, id.clone()));
        id
    }

    /// The goal that a cell means, if there is one.
    fn goal(&self, written: &str) -> Option<String> {
        let written = folded(written);
        let is_new = || self.given.values().any(|id| *id == written);
        let known = self.exists(Kind::Goal, &written) || is_new();
        self.given.get(&written).cloned().or_else(|| known.then_some(written))
    }
}

/// A row that was read.
struct Row {
    key: Key,
    /// The cell with the id.
    at: String,
    fields: Vec<(&'static Field, Value, String)>,
}

/// One sheet being read.
struct Reading<'a> {
    kind: Kind,
    sheet: &'a RawSheet,
    terms: &'a Terms<'a>,
}

impl Reading<'_> {
    fn place(&self, row: u32, column: u32) -> String {
        format!("{}!{}", self.sheet.name, name_of(row, column))
    }

    /// Whether a cell stands in a row that nobody sees.
    fn is_hidden(&self, cell: &str) -> bool {
        let row = cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse();
        row.is_ok_and(|row: u32| self.sheet.hidden_rows.contains(&row))
    }

    fn rows(
        &self,
        cells: &Cells,
        ids: &mut Ids<'_>,
        notes: &mut Vec<Problem>,
        problems: &mut Problems,
    ) -> Vec<Row> {
        for range in &self.sheet.merged {
            let at = format!("{}!{range}", self.sheet.name);
            problems.add(Problem::new("exchange-merged", at).with("range", range));
        }
        for cell in self.sheet.formulas.iter().filter(|cell| !self.is_hidden(cell)) {
            let at = format!("{}!{cell}", self.sheet.name);
            problems.add(Problem::new("exchange-formula", at).with("cell", cell));
        }
        let Some((head, _)) = cells.first_key_value() else {
            problems.add(Problem::new("exchange-sheet-empty", self.sheet.name.clone()));
            return Vec::new();
        };
        let columns = self.columns(cells, *head, problems);
        let mut rows = Vec::new();
        let mut hidden = 0;
        for (row, cells) in cells.range(head + 1..) {
            if self.sheet.hidden_rows.contains(&(row + 1)) {
                hidden += 1;
                continue;
            }
            let of_ours = cells.keys().any(|column| columns.contains_key(column));
            if of_ours {
                rows.extend(self.row(*row, cells, &columns, ids, notes, problems));
            }
        }
        if hidden > 0 {
            let note = Problem::new("exchange-rows-hidden", self.sheet.name.clone());
            notes.push(note.with("rows", hidden).with("sheet", &self.sheet.name));
        }
        rows
    }

    /// Which field each column is; none is the id's. Every field has its column: a column that is not there would
    /// otherwise empty the field in every row.
    fn columns(
        &self,
        cells: &Cells,
        head: u32,
        problems: &mut Problems,
    ) -> BTreeMap<u32, Option<&'static Field>> {
        let fields = fields(self.kind);
        let id_word = self.terms.word("exchange-column-id");
        let mut columns: BTreeMap<u32, Option<&'static Field>> = BTreeMap::new();
        let words: Vec<String> =
            std::iter::once(id_word.clone()).chain(fields.iter().map(|f| self.terms.word(f.key))).collect();
        let known: Vec<&str> = words.iter().map(String::as_str).collect();
        for (column, cell) in &cells[&head] {
            let at = self.place(head, *column);
            let Cell::Text(written) = cell else {
                problems.add(Problem::new("exchange-column-unnamed", at));
                continue;
            };
            let Some(place) = known.iter().position(|word| folded(word) == folded(written)) else {
                let cut: String = written.trim().chars().take(80).collect();
                problems.add(
                    Problem::new("exchange-column-unknown", at)
                        .with("nearest", nearest(&known, &cut).unwrap_or("none"))
                        .with("label", cut),
                );
                continue;
            };
            let field = place.checked_sub(1).map(|place| &fields[place]);
            if columns.values().any(|other| *other == field) {
                problems.add(Problem::new("exchange-column-twice", at).with("label", known[place]));
            } else {
                columns.insert(*column, field);
            }
        }
        let there: BTreeSet<Option<&str>> = columns.values().map(|field| field.map(|f| f.name)).collect();
        let asked = std::iter::once(None).chain(fields.iter().map(|field| Some(field.name)));
        for (field, word) in asked.zip(&known) {
            problems.add_if(!there.contains(&field), || {
                let at = format!("{}!{}", self.sheet.name, head + 1);
                Problem::new("exchange-column-missing", at).with("label", word)
            });
        }
        columns
    }

    fn row(
        &self,
        row: u32,
        cells: &BTreeMap<u32, Cell>,
        columns: &BTreeMap<u32, Option<&'static Field>>,
        ids: &mut Ids<'_>,
        notes: &mut Vec<Problem>,
        problems: &mut Problems,
    ) -> Option<Row> {
        let id_column = columns.iter().find_map(|(column, field)| field.is_none().then_some(*column))?;
        let at = self.place(row, id_column);
        let id = self.id(cells.get(&id_column), &at, ids, problems)?;
        let mut fields = Vec::new();
        for (column, field) in columns {
            let (Some(field), Some(cell)) = (field, cells.get(column)) else { continue };
            let at = self.place(row, *column);
            let name = name_of(row, *column);
            let percent = self.sheet.percents.contains(&name);
            // A formula has been told of; what it came to is not read.
            if self.sheet.formulas.contains(&name) {
                continue;
            }
            match value(cell, field, percent, self.terms) {
                Ok(value) => {
                    if percent && field.shape == Shape::Number && matches!(cell, Cell::Number(_)) {
                        let shown = super::value::number(value.as_f64().unwrap_or_default());
                        notes.push(Problem::new("exchange-percent", at.clone()).with("value", shown));
                    }
                    fields.push((*field, value, at));
                }
                Err(problem) => problems.add(Problem { place: at, ..problem }),
            }
        }
        Some(Row { key: Key::new(self.kind, id), at, fields })
    }

    fn id(
        &self,
        cell: Option<&Cell>,
        at: &str,
        ids: &mut Ids<'_>,
        problems: &mut Problems,
    ) -> Option<String> {
        let written = match cell {
            None => return Some(ids.give(self.kind)),
            Some(Cell::Text(text)) => folded(text),
            Some(_) => {
                problems.add(Problem::new("exchange-id-unknown", at).with("id", "none"));
                return None;
            }
        };
        if let Some(first) = ids.seen.insert(format!("{}/{written}", self.kind), at.to_owned()) {
            problems.add(Problem::new("exchange-id-twice", at).with("id", &written).with("first", first));
            return None;
        }
        let new = folded(&self.terms.word("exchange-new"));
        if written.strip_prefix(&new).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == ' '))
        {
            let id = ids.give(self.kind);
            if self.kind == Kind::Goal {
                ids.given.insert(written, id.clone());
            }
            return Some(id);
        }
        if ids.exists(self.kind, &written) {
            return Some(written);
        }
        let shown: String = written.chars().take(40).collect();
        problems.add(Problem::new("exchange-id-unknown", at).with("id", shown));
        None
    }
}

/// The bodies of the rows, with every goal that an intervention names found.
fn bodies(rows: Vec<Row>, ids: &Ids<'_>, terms: &Terms<'_>, problems: &mut Problems) -> Parts {
    let mut parts = Parts::new();
    for row in rows {
        let mut read = Vec::new();
        for (field, value, at) in row.fields {
            let value = match (row.key.kind, field.name, value) {
                (Kind::Intervention, "goals", Value::Array(goals)) => {
                    let mut found: Vec<Value> = Vec::new();
                    for written in goals.iter().filter_map(Value::as_str) {
                        match ids.goal(written) {
                            Some(id) => found.push(id.into()),
                            None => problems
                                .add(Problem::new("exchange-goal-unknown", at.clone()).with("goal", written)),
                        }
                    }
                    Value::Array(found)
                }
                (_, _, value) => value,
            };
            read.push((field, value));
        }
        match body(&row.key, read, terms) {
            Ok(body) => {
                parts.insert(row.key, body);
            }
            Err(problem) => problems.add(Problem { place: row.at, ..problem }),
        }
    }
    parts
}
