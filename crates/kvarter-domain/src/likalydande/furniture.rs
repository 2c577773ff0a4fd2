//! The foot of a page: its number, the reference, the mark of the original, the labels of the
//! places for initials. It is not the text, but it must be there and in order.

use std::collections::BTreeMap;

use super::wording::{self, Line, Word};
use super::{Deviation, Hole, Kind, TemplateError};

/// One line at the foot of every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Furniture(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Word(String),
    Page,
    Pages,
    Hole(Hole),
}

/// What the feet of a text's pages say.
pub(super) struct Foot {
    pub(super) values: BTreeMap<Hole, String>,
    pub(super) deviations: Vec<Deviation>,
}

/// The last lines that all pages have in common, but for the page's number. They are taken off.
pub(super) fn common(pages: &mut [Vec<Line>]) -> Result<Vec<Furniture>, TemplateError> {
    let mut furniture = Vec::new();
    if pages.len() < 2 {
        return Ok(furniture);
    }
    while let Some(parts) = last_in_common(pages) {
        let parts = parts.into_iter().map(|part| match part {
            Part::Word(word) => match word.strip_prefix('{').and_then(|word| word.strip_suffix('}')) {
                Some(name) => Hole::named(name)
                    .map(Part::Hole)
                    .ok_or_else(|| TemplateError::UnknownHole(name.to_owned())),
                None => Ok(Part::Word(word)),
            },
            part => Ok(part),
        });
        furniture.insert(0, Furniture(parts.collect::<Result<_, _>>()?));
        for page in pages.iter_mut() {
            page.pop();
        }
    }
    Ok(furniture)
}

fn last_in_common(pages: &[Vec<Line>]) -> Option<Vec<Part>> {
    let last: Vec<&Line> = pages.iter().map(|page| page.last()).collect::<Option<_>>()?;
    let length = last[0].words.len();
    if last.iter().any(|line| line.words.len() != length) {
        return None;
    }
    let count = pages.len().to_string();
    let mut parts = Vec::new();
    for place in 0..length {
        let words: Vec<&str> = last.iter().map(|line| line.words[place].text.as_str()).collect();
        let numbers_pages = words.iter().enumerate().all(|(page, word)| *word == (page + 1).to_string());
        parts.push(if numbers_pages {
            Part::Page
        } else if words.iter().any(|word| *word != words[0]) {
            return None;
        } else if words[0] == count && parts.contains(&Part::Page) {
            Part::Pages
        } else {
            Part::Word(words[0].to_owned())
        });
    }
    Some(parts)
}

/// What a foot says on one page.
#[derive(Default)]
struct Said {
    page: Option<usize>,
    pages: Option<usize>,
    values: BTreeMap<Hole, String>,
}

/// The pages without their feet, and what the feet say.
pub(super) fn take_off(furniture: &[Furniture], pages: &[Vec<Line>]) -> (Vec<Vec<Line>>, Foot) {
    let mut foot = Foot { values: BTreeMap::new(), deviations: Vec::new() };
    let mut bodies = Vec::with_capacity(pages.len());
    let mut number_before = 0;
    for (place, page) in pages.iter().enumerate() {
        let mut body = page.clone();
        let mut said = Said::default();
        for line in furniture.iter().rev() {
            match body.iter().rposition(|candidate| line.reads(&candidate.words, &mut said)) {
                Some(at) => drop(body.remove(at)),
                None => foot.deviations.push(deviation(place, page, line.written(), String::new())),
            }
        }
        // A page out of its order is told once: where the numbers break off.
        if let Some(number) = said.page {
            if number != place + 1 && number != number_before + 1 {
                foot.deviations.push(deviation(place, page, (place + 1).to_string(), number.to_string()));
            }
            number_before = number;
        }
        if let Some(of) = said.pages.filter(|of| *of != pages.len() && place + 1 == pages.len()) {
            foot.deviations.push(deviation(place, page, of.to_string(), pages.len().to_string()));
        }
        for (hole, value) in said.values {
            match foot.values.get(&hole) {
                Some(known) if *known != value => {
                    let found = deviation(place, page, known.clone(), value);
                    foot.deviations.push(Deviation { kind: Kind::Hole, ..found });
                }
                Some(_) => {}
                None if !hole.takes(&value) => {
                    let found = deviation(place, page, format!("{hole:?}"), value);
                    foot.deviations.push(Deviation { kind: Kind::Hole, ..found });
                }
                None => drop(foot.values.insert(hole, value)),
            }
        }
        bodies.push(body);
    }
    (bodies, foot)
}

fn deviation(place: usize, page: &[Line], expected: String, found: String) -> Deviation {
    let at = page.last().and_then(|line| line.words.first()).map_or(1, |word| word.at);
    Deviation {
        kind: Kind::Foot,
        page: place + 1,
        clause: None,
        at,
        expected,
        found,
        before: String::new(),
        after: String::new(),
    }
}

impl Furniture {
    /// Whether a line is this one; if so, what it says is noted.
    fn reads(&self, words: &[Word], said: &mut Said) -> bool {
        let mut heard = Said::default();
        let reads = reads(&self.0, words, &mut heard);
        if reads {
            said.page = heard.page.or(said.page);
            said.pages = heard.pages.or(said.pages);
            said.values.append(&mut heard.values);
        }
        reads
    }

    fn written(&self) -> String {
        let words = self.0.iter().map(|part| match part {
            Part::Word(word) => word.as_str(),
            Part::Page | Part::Pages | Part::Hole(_) => "…",
        });
        wording::spaced(words)
    }
}

fn reads(parts: &[Part], words: &[Word], heard: &mut Said) -> bool {
    let Some((part, parts)) = parts.split_first() else { return words.is_empty() };
    let Some((word, rest)) = words.split_first() else { return false };
    match part {
        Part::Word(expected) => word.text == *expected && reads(parts, rest, heard),
        Part::Page | Part::Pages => {
            let Ok(number) = word.text.parse() else { return false };
            let kept = if *part == Part::Page { &mut heard.page } else { &mut heard.pages };
            *kept = Some(number);
            reads(parts, rest, heard)
        }
        // The shortest value with which the rest of the line still reads.
        Part::Hole(hole) => (1..=words.len().min(super::MOST_WORDS_IN_HOLE)).any(|length| {
            let (value, rest) = words.split_at(length);
            heard.values.insert(*hole, wording::written(value));
            reads(parts, rest, heard)
        }),
    }
}
