//! Tables for a terminal: columns as wide as what is in them, two spaces between.

/// A table with a heading.
pub(super) fn set<const N: usize>(heading: [String; N], rows: &[[String; N]]) -> String {
    let mut widths = heading.each_ref().map(|cell| cell.chars().count());
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = line(&heading, &widths);
    text.push_str(&line(&widths.map(|width| "─".repeat(width)), &widths));
    for row in rows {
        text.push_str(&line(row, &widths));
    }
    text
}

fn line<const N: usize>(cells: &[String; N], widths: &[usize; N]) -> String {
    let mut text = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        text.push_str(cell);
        text.push_str(&" ".repeat(width - cell.chars().count() + 2));
    }
    format!("{}\n", text.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell_whatever_its_letters() {
        let rows = [["Rågsved".to_owned(), "1".to_owned()], ["Åö".to_owned(), "22".to_owned()]];
        let text = set(["a".to_owned(), "b".to_owned()], &rows);
        assert_eq!(text, "a        b\n───────  ──\nRågsved  1\nÅö       22\n");
    }
}
