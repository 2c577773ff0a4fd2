//! Goals and interventions as a workbook, with a sheet that says how it is filled in.

use kvarter_domain::observation::CellState;
use kvarter_domain::plan::Plan;
use kvarter_domain::plan::part::{Key, Kind};
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use serde_json::Value;

use super::Terms;
use super::field::{Field, Shape, fields};
use super::outline::capital;
use super::value::shown;
use crate::error::{Error, Result};

/// The sheets: message key of the name, and what is in it.
pub(super) const SHEETS: &[(&str, Kind)] =
    &[("exchange-sheet-goals", Kind::Goal), ("exchange-sheet-interventions", Kind::Intervention)];

/// What the sheet of guidance says, a row each.
const GUIDE: &[&str] = &[
    "exchange-guide-sheets",
    "exchange-guide-ids",
    "exchange-guide-new",
    "exchange-guide-columns",
    "exchange-guide-days",
    "exchange-guide-numbers",
    "exchange-guide-milestones",
    "exchange-guide-formulas",
    "exchange-guide-removed",
    "exchange-guide-all-or-nothing",
];

/// The last row that gets help with filling in.
const HELPED_ROWS: u32 = 2_000;

/// The plan's goals and interventions as a workbook (`.xlsx`). The same plan gives the same bytes.
///
/// Text is written as text: what begins with `=`, `+`, `-` or `@` is no formula, and stays none when the cell is
/// changed by hand.
///
/// # Errors
/// When a text is longer than a cell can be.
pub fn write_xlsx(plan: &Plan, terms: &Terms<'_>) -> Result<Vec<u8>> {
    workbook(plan, terms).map_err(|error| Error::Internal(error.to_string()))
}

struct Formats {
    head: Format,
    text: Format,
    quoted: Format,
    day: Format,
    number: Format,
}

fn workbook(plan: &Plan, terms: &Terms<'_>) -> std::result::Result<Vec<u8>, XlsxError> {
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let formats = Formats {
        head: Format::new().set_bold().set_text_wrap().set_background_color(Color::RGB(0x00E4_EBF1)),
        // Text is text for the spreadsheet too: ids and codes stay as they are written.
        text: cell.clone().set_num_format("@"),
        quoted: cell.clone().set_num_format("@").set_quote_prefix(),
        day: cell.clone().set_num_format("yyyy-mm-dd"),
        number: cell,
    };
    let mut workbook = Workbook::new();
    // Without a time of day, so that the same content is the same file.
    let created = ExcelDateTime::from_ymd(2008, 1, 1)?;
    let title = capital(&terms.rules.name.sv);
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    let parts = plan.parts();
    for (name, kind) in SHEETS {
        let sheet = workbook.add_worksheet().set_name(terms.word(name))?;
        let fields = fields(*kind);
        head(sheet, fields, &formats, terms)?;
        let mut keys: Vec<&Key> = parts.keys().filter(|key| key.kind == *kind).collect();
        keys.sort_by_key(|key| key.number());
        for (row, key) in (1..).zip(keys) {
            sheet.write_string_with_format(row, 0, key.id.as_str(), &formats.text)?;
            for (column, field) in (1..).zip(fields) {
                put(sheet, (row, column), &parts[key], field, &formats, terms)?;
            }
        }
    }
    guide(workbook.add_worksheet(), &formats, terms)?;
    workbook.save_to_buffer()
}

fn head(
    sheet: &mut Worksheet,
    fields: &[Field],
    formats: &Formats,
    terms: &Terms<'_>,
) -> std::result::Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 1)?;
    sheet.write_string_with_format(0, 0, terms.word("exchange-column-id"), &formats.head)?;
    sheet.set_column_width(0, 8)?;
    for (column, field) in (1..).zip(fields) {
        sheet.write_string_with_format(0, column, terms.word(field.key), &formats.head)?;
        let (width, format) = match field.shape {
            Shape::Text => (34, &formats.text),
            Shape::Milestones => (26, &formats.text),
            Shape::Ids | Shape::Area | Shape::State | Shape::Document => (16, &formats.text),
            Shape::Period | Shape::Year => (12, &formats.text),
            Shape::Day => (12, &formats.day),
            Shape::Number => (12, &formats.number),
        };
        sheet.set_column_width(column, width)?;
        sheet.set_column_format(column, format)?;
        let choices: Vec<String> = match field.shape {
            Shape::Area => terms.areas.iter().map(|area| area.name.sv.clone()).collect(),
            Shape::State => CellState::ALL.iter().map(|s| terms.word(&format!("cell-state-{s}"))).collect(),
            _ => Vec::new(),
        };
        // A comma parts the choices in the file, and there is room for 255 letters of them.
        let fits = !choices.is_empty() && choices.iter().all(|choice| !choice.contains(','));
        if fits && choices.iter().map(String::len).sum::<usize>() < 200 {
            let validation = DataValidation::new().allow_list_strings(&choices)?;
            sheet.add_data_validation(1, column, HELPED_ROWS, column, &validation)?;
        }
    }
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    body: &Value,
    field: &Field,
    formats: &Formats,
    terms: &Terms<'_>,
) -> std::result::Result<(), XlsxError> {
    let words = shown(body, field, terms);
    if words.is_empty() {
        return Ok(());
    }
    let mut value = body;
    for step in field.name.split('.') {
        value = value.get(step).unwrap_or(&Value::Null);
    }
    match (field.shape, value.as_f64()) {
        (Shape::Number, Some(number)) => {
            sheet.write_number_with_format(row, column, number, &formats.number)?;
        }
        (Shape::Day, _) => match ExcelDateTime::parse_from_str(&words) {
            Ok(day) => {
                sheet.write_datetime_with_format(row, column, &day, &formats.day)?;
            }
            // A spreadsheet knows no day before 1900.
            Err(_) => {
                sheet.write_string_with_format(row, column, words, &formats.text)?;
            }
        },
        _ => {
            let format =
                if words.starts_with(['=', '+', '-', '@', '\t']) { &formats.quoted } else { &formats.text };
            sheet.write_string_with_format(row, column, words, format)?;
        }
    }
    Ok(())
}

fn guide(sheet: &mut Worksheet, formats: &Formats, terms: &Terms<'_>) -> std::result::Result<(), XlsxError> {
    sheet.set_name(terms.word("exchange-sheet-guide"))?;
    sheet.set_column_width(0, 100)?;
    sheet.write_string_with_format(0, 0, terms.word("exchange-guide-title"), &formats.head)?;
    for (row, key) in (1..).zip(GUIDE) {
        sheet.write_string_with_format(row, 0, terms.word(key), &formats.text)?;
    }
    Ok(())
}
