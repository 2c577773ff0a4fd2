//! The ordinances that a programme rests on, as far as it quotes them: `ordinance.txt`.
//!
//! Plain text. A line with a number of the statute book in parentheses, `Förordning (2008:348) om …`, begins an
//! ordinance; a line that begins `8 § ` is a section of it. Items are numbered within the line, `3. …`.

/// The sections that are quoted.
#[derive(Debug, Clone, Default)]
pub(super) struct Ordinances {
    /// Number, section, words: `2008:348`, `8`, `En strategisk …`.
    sections: Vec<(String, String, String)>,
}

impl Ordinances {
    pub(super) fn read(text: &str) -> Self {
        let mut number = String::new();
        let mut sections = Vec::new();
        for line in text.lines().map(str::trim) {
            match line.split_once(" § ") {
                Some((section, words)) if is_section(section) => {
                    sections.push((number.clone(), section.to_owned(), words.to_owned()));
                }
                _ => {
                    if let Some(begun) = numbered(line) {
                        begun.clone_into(&mut number);
                    }
                }
            }
        }
        Self { sections }
    }

    /// Whether an ordinance says so where a provision says that it does: `SFS 2008:348 8 § 3`. An item's words
    /// begin the item.
    pub(super) fn says(&self, at: &str, words: &str) -> bool {
        let Some((number, place)) = at.strip_prefix("SFS ").and_then(|at| at.split_once(' ')) else {
            return false;
        };
        let (section, item) = match place.split_once(" §") {
            Some((section, item)) => (section, item.trim()),
            None => return false,
        };
        let found = self.sections.iter().find(|(n, s, _)| n == number && s == section);
        found.is_some_and(|(_, _, text)| match item {
            "" => !words.is_empty() && text.contains(words),
            item => !words.is_empty() && text.contains(&format!("{item}. {words}")),
        })
    }
}

/// `8`, `8 a`.
fn is_section(text: &str) -> bool {
    let (number, letter) = text.split_once(' ').unwrap_or((text, "a"));
    !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
        && letter.len() == 1
        && letter.bytes().all(|b| b.is_ascii_lowercase())
}

/// The number in `Förordning (2008:348) om …`.
fn numbered(line: &str) -> Option<&str> {
    let inner = line.split_once('(')?.1.split_once(')')?.0;
    let (year, number) = inner.split_once(':')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (digits(year) && digits(number)).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::Ordinances;

    const TEXT: &str = "Förordning (2008:348) om urbant utvecklingsarbete\n\n\
        5 § Partnerskapen ska samordna sitt arbete enligt förordningen (2007:713) om tillväxtarbete.\n\n\
        8 § En plan ska innehålla 1. en lägesbeskrivning, och 2. en analys.\n\n8 a § Mer.\n";

    #[test]
    fn words_are_found_in_their_section_and_item_and_nowhere_else() {
        let read = Ordinances::read(TEXT);
        assert!(read.says("SFS 2008:348 8 §", "En plan ska innehålla"));
        assert!(read.says("SFS 2008:348 8 § 2", "en analys"));
        assert!(read.says("SFS 2008:348 8 a §", "Mer"));
        assert!(!read.says("SFS 2008:348 8 § 1", "en analys"), "it is item 2");
        assert!(!read.says("SFS 2008:348 5 §", "En plan"), "another section");
        assert!(!read.says("SFS 2007:713 5 §", "Partnerskapen"), "a law that is mentioned is not the law");
        assert!(!read.says("SFS 2008:348 9 §", "x") && !read.says("8 §", "Mer") && !read.says("", ""));
    }
}
