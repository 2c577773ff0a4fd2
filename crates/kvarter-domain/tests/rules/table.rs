//! Tables in Markdown, read as rows of named cells.

use kvarter_domain::programme::{Programme, ProgrammeFiles};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A row of a table, with the heading it stands under and the settings of that section.
pub(crate) struct Row {
    pub(crate) at: String,
    pub(crate) settings: toml::Table,
    cells: BTreeMap<String, String>,
}

impl Row {
    /// A cell's text without code marks; `–` means nothing.
    pub(crate) fn cell(&self, column: &str) -> &str {
        let cell = self.cells.get(column);
        cell.unwrap_or_else(|| panic!("{}: no column `{column}`", self.at))
    }

    /// A cell's text, if it says something.
    pub(crate) fn maybe(&self, column: &str) -> Option<&str> {
        Some(self.cell(column)).filter(|text| *text != "–" && !text.is_empty())
    }

    /// A cell's text, if the table has the column and the cell says something.
    pub(crate) fn maybe_column(&self, column: &str) -> Option<&str> {
        self.cells.get(column).and_then(|_| self.maybe(column))
    }

    /// A cell read as something.
    pub(crate) fn read<T: std::str::FromStr<Err: std::fmt::Display>>(&self, column: &str) -> T {
        self.cell(column).parse().unwrap_or_else(|error| panic!("{} {column}: {error}", self.at))
    }

    /// A cell read as something, if it says something.
    pub(crate) fn maybe_read<T: std::str::FromStr<Err: std::fmt::Display>>(&self, column: &str) -> Option<T> {
        self.maybe(column).map(|_| self.read(column))
    }

    /// A setting of the section: `in_force = "2008-10-20"`.
    pub(crate) fn setting(&self, key: &str) -> &str {
        self.settings
            .get(key)
            .and_then(toml::Value::as_str)
            .unwrap_or_else(|| panic!("{}: no setting `{key}`", self.at))
    }
}

/// The rows of every table in a file, in order; columns of tables in one file may differ.
pub(crate) fn rows(file: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules").join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut rows = Vec::new();
    let (mut settings, mut fence) = (toml::Table::new(), None::<String>);
    let mut columns: Vec<String> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let at = format!("{file}:{}", index + 1);
        if let Some(code) = &mut fence {
            if line.starts_with("```") {
                settings = code.parse().unwrap_or_else(|error| panic!("{at}: {error}"));
                fence = None;
            } else {
                code.push_str(line);
                code.push('\n');
            }
        } else if line.starts_with("```toml") {
            fence = Some(String::new());
        } else if let Some(cells) = line.strip_prefix('|') {
            let cells: Vec<String> = cells
                .trim_end()
                .trim_end_matches('|')
                .split('|')
                .map(|cell| cell.trim().trim_matches('`').to_owned())
                .collect();
            if columns.is_empty() {
                columns = cells;
            } else if !cells.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':'))) {
                assert_eq!(cells.len(), columns.len(), "{at}: the row has other columns than its table");
                let cells = columns.iter().cloned().zip(cells).collect();
                rows.push(Row { at, settings: settings.clone(), cells });
            }
        } else {
            columns.clear();
        }
    }
    assert!(!rows.is_empty(), "{file} has no rows");
    rows
}

/// Tries every row and fails with all that do not hold.
pub(crate) fn each(file: &str, hold: impl Fn(&Row) -> Result<(), String>) {
    let rows = rows(file);
    let wrong: Vec<String> =
        rows.iter().filter_map(|row| hold(row).err().map(|why| format!("{}: {why}", row.at))).collect();
    assert!(wrong.is_empty(), "{} of {} rows do not hold:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

/// Whether what was found is what the row expects.
pub(crate) fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: T, expected: T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what} is {found:?}, expected {expected:?}")) }
}

/// The folder of the programme that ships with the product.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes/lua-2008")
}

/// Its files.
pub(crate) fn files() -> ProgrammeFiles {
    ProgrammeFiles::from_bytes(|name| std::fs::read(folder().join(name)).ok()).expect("files of text")
}

/// The programme.
pub(crate) fn lua_2008() -> Programme {
    Programme::read(&files()).unwrap_or_else(|problems| panic!("{problems}"))
}
