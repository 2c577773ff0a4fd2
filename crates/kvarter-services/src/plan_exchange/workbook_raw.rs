//! What a workbook says besides its values: which rows and sheets are hidden, which cells are merged, hold formulas
//! or show a percentage. Looked through whole, so that the library that reads the values meets nothing that asks
//! for more than it gives.

use std::collections::{BTreeMap, BTreeSet};

use kvarter_domain::problem::Problem;

use super::limit;
use super::package::Entries;
use super::xml::{Seen, follow};

/// A sheet besides its values.
#[derive(Debug, Default)]
pub(super) struct RawSheet {
    /// Its name.
    pub(super) name: String,
    /// Whether it is hidden.
    pub(super) hidden: bool,
    /// The hidden rows, from 1.
    pub(super) hidden_rows: BTreeSet<u32>,
    /// The merged ranges: `B2:C3`.
    pub(super) merged: Vec<String>,
    /// The cells that hold a formula: `F17`.
    pub(super) formulas: BTreeSet<String>,
    /// The cells that show a percentage.
    pub(super) percents: BTreeSet<String>,
}

/// Looks through a workbook.
///
/// # Errors
/// That it is none, or asks for too much.
pub(super) fn look_through(entries: &Entries) -> Result<Vec<RawSheet>, Problem> {
    for xml in entries.values() {
        check(xml)?;
    }
    let none = || Problem::new("exchange-no-workbook", "");
    let workbook = entries.get("xl/workbook.xml").ok_or_else(none)?;
    let targets = targets(entries.get("xl/_rels/workbook.xml.rels").ok_or_else(none)?)?;
    let percents = match entries.get("xl/styles.xml") {
        Some(styles) => percent_styles(styles)?,
        None => BTreeSet::new(),
    };
    let mut sheets: Vec<(RawSheet, String)> = Vec::new();
    follow(workbook, |seen| {
        if let Seen::Open("sheet", attributes) = seen {
            let name = attributes.get("name").unwrap_or_default();
            let hidden = attributes.get("state").is_some_and(|state| state != "visible");
            let target = attributes.get("id").and_then(|id| targets.get(&id).cloned()).unwrap_or_default();
            sheets.push((RawSheet { name, hidden, ..RawSheet::default() }, target));
        }
    })?;
    for (sheet, target) in &mut sheets {
        // A sheet of another kind, a chart or a macro sheet, has no rows and is not read.
        if let Some(xml) = entries.get(target.as_str()) {
            look_at(sheet, xml, &percents)?;
        }
    }
    Ok(sheets.into_iter().map(|(sheet, _)| sheet).collect())
}

/// The library makes room for as many strings as the file says that it has before it looks for them.
fn check(xml: &[u8]) -> Result<(), Problem> {
    let mut asks = false;
    follow(xml, |seen| {
        if let Seen::Open("sst", attributes) = seen {
            for name in ["count", "uniqueCount"] {
                let count = attributes.get(name);
                asks |= count
                    .is_some_and(|n| n.trim().parse().is_ok_and(|n: u128| n > limit::ELEMENTS_MAX as u128));
            }
        }
    })?;
    if asks { Err(Problem::new("exchange-asks-too-much", "")) } else { Ok(()) }
}

fn targets(relations: &[u8]) -> Result<BTreeMap<String, String>, Problem> {
    let mut targets = BTreeMap::new();
    follow(relations, |seen| {
        if let Seen::Open("Relationship", attributes) = seen
            && let (Some(id), Some(target)) = (attributes.get("Id"), attributes.get("Target"))
        {
            let path = match target.strip_prefix('/') {
                Some(whole) => whole.to_owned(),
                None => format!("xl/{}", target.trim_start_matches("./")),
            };
            targets.insert(id, path);
        }
    })?;
    Ok(targets)
}

/// The places in the table of cell formats whose numbers are shown as percentages.
fn percent_styles(styles: &[u8]) -> Result<BTreeSet<String>, Problem> {
    // Nine and ten are the two that every workbook has.
    let mut formats = BTreeSet::from(["9".to_owned(), "10".to_owned()]);
    let mut percents = BTreeSet::new();
    let (mut in_cells, mut place) = (false, 0_usize);
    follow(styles, |seen| match seen {
        Seen::Open("numFmt", attributes)
            if attributes.get("formatCode").is_some_and(|code| code.contains('%')) =>
        {
            formats.extend(attributes.get("numFmtId"));
        }
        Seen::Open("cellXfs", _) => in_cells = true,
        Seen::Close("cellXfs") => in_cells = false,
        Seen::Open("xf", attributes) if in_cells => {
            if attributes.get("numFmtId").is_some_and(|format| formats.contains(&format)) {
                percents.insert(place.to_string());
            }
            place += 1;
        }
        _ => {}
    })?;
    Ok(percents)
}

fn look_at(sheet: &mut RawSheet, xml: &[u8], percents: &BTreeSet<String>) -> Result<(), Problem> {
    let mut row = 0;
    let mut cell = String::new();
    follow(xml, |seen| match seen {
        Seen::Open("row", attributes) => {
            row = attributes.get("r").and_then(|r| r.parse().ok()).unwrap_or(row + 1);
            if attributes.get("hidden").is_some_and(|hidden| hidden == "1" || hidden == "true") {
                sheet.hidden_rows.insert(row);
            }
        }
        Seen::Open("c", attributes) => {
            cell = attributes.get("r").unwrap_or_default();
            if attributes.get("s").is_some_and(|style| percents.contains(&style)) {
                sheet.percents.insert(cell.clone());
            }
        }
        Seen::Open("f", _) => {
            sheet.formulas.insert(cell.clone());
        }
        Seen::Open("mergeCell", attributes) => sheet.merged.extend(attributes.get("ref")),
        _ => {}
    })
}
