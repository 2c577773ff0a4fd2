//! A text laid beside the template, word by word, at the least cost.
//!
//! It is the alignment of two sequences, with two additions: a hole takes a few words at almost no
//! cost, and the list of districts takes any number of them.

use std::collections::HashMap;

use super::wording::{self, Word};
use super::{Hole, NamedDistrict, TemplateError};

/// What the template has at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expected {
    /// A word or a mark.
    Word(String),
    /// A hole, with letters that are written together with it.
    Hole { hole: Hole, before: String, after: String },
    /// One or more districts.
    Districts,
}

impl Expected {
    pub(super) fn read(word: &Word) -> Result<Self, TemplateError> {
        let holed = word.text.split_once('{').and_then(|(before, rest)| {
            let (name, after) = rest.split_once('}')?;
            Some((before, name, after))
        });
        let Some((before, name, after)) = holed else { return Ok(Self::Word(word.text.clone())) };
        let hole = Hole::named(name).ok_or_else(|| TemplateError::UnknownHole(name.to_owned()))?;
        Ok(Self::Hole { hole, before: before.to_owned(), after: after.to_owned() })
    }

    pub(super) fn written(&self) -> String {
        match self {
            Self::Word(word) => word.clone(),
            Self::Hole { hole, before, after } => format!("{before}{{{}}}{after}", name(*hole)),
            Self::Districts => format!("{{{}}}", name(Hole::Districts)),
        }
    }

    fn is(&self, found: &Found) -> bool {
        match (self, found) {
            (Self::Word(expected), Found::Word(word)) => *expected == word.text,
            (Self::Districts, Found::Districts { .. }) => true,
            _ => false,
        }
    }

    /// The value of a hole that takes exactly this word.
    fn value<'w>(&self, word: &'w str) -> Option<&'w str> {
        let Self::Hole { before, after, .. } = self else { return None };
        word.strip_prefix(before.as_str())?.strip_suffix(after.as_str()).filter(|value| !value.is_empty())
    }
}

fn name(hole: Hole) -> String {
    serde_json::to_value(hole).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// What the text has at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// A word or a mark.
    Word(Word),
    /// Districts, one after another.
    Districts { districts: Vec<NamedDistrict>, words: Vec<Word> },
}

impl Found {
    fn first(&self) -> &Word {
        match self {
            Self::Word(word) => word,
            Self::Districts { words, .. } => &words[0],
        }
    }

    pub(super) fn page(&self) -> usize {
        self.first().page
    }

    fn same_line(&self, next: &Found) -> bool {
        (self.first().page, self.first().line) == (next.first().page, next.first().line)
    }

    pub(super) fn at(&self) -> usize {
        self.first().at
    }

    pub(super) fn written(&self) -> String {
        match self {
            Self::Word(word) => word.text.clone(),
            Self::Districts { words, .. } => wording::written(words),
        }
    }
}

/// One step of an alignment: places in the template and in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The text has what the template has.
    Same(usize, usize),
    /// The text has another word.
    Other(usize, usize),
    /// The text lacks it.
    Missing(usize),
    /// The template lacks it.
    Added(usize),
    /// A hole's first word.
    Fill(usize, usize),
    /// A hole's further word.
    FillOn(usize, usize),
    /// A hole left empty.
    Blank(usize),
}

impl Step {
    pub(super) fn expected(self) -> Option<usize> {
        match self {
            Self::Same(expected, _)
            | Self::Other(expected, _)
            | Self::Missing(expected)
            | Self::Fill(expected, _)
            | Self::FillOn(expected, _)
            | Self::Blank(expected) => Some(expected),
            Self::Added(_) => None,
        }
    }

    pub(super) fn found(self) -> Option<usize> {
        match self {
            Self::Same(_, found)
            | Self::Other(_, found)
            | Self::Added(found)
            | Self::Fill(_, found)
            | Self::FillOn(_, found) => Some(found),
            Self::Missing(_) | Self::Blank(_) => None,
        }
    }
}

/// Which words each hole took: its place in the template, and theirs in the text.
pub(super) fn fillings(steps: &[Step]) -> Vec<(usize, Vec<usize>)> {
    let mut fillings: Vec<(usize, Vec<usize>)> = Vec::new();
    for step in steps {
        match (*step, fillings.last_mut()) {
            (Step::Fill(expected, word), _) => fillings.push((expected, vec![word])),
            (Step::FillOn(_, word), Some((_, taken))) => taken.push(word),
            _ => {}
        }
    }
    fillings
}

/// The words with each run of districts, named as the template names them, made one.
pub(super) fn gather_districts(words: Vec<Word>, pattern: &[Expected]) -> Vec<Found> {
    let mut gathered: Vec<Found> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let Some((district, length)) = district(pattern, &words[at..]) else {
            gathered.push(Found::Word(words[at].clone()));
            at += 1;
            continue;
        };
        let named = &words[at..at + length];
        match gathered.last_mut() {
            Some(Found::Districts { districts, words }) => {
                districts.push(district);
                words.extend_from_slice(named);
            }
            _ => gathered.push(Found::Districts { districts: vec![district], words: named.to_vec() }),
        }
        at += length;
    }
    gathered
}

fn district(pattern: &[Expected], words: &[Word]) -> Option<(NamedDistrict, usize)> {
    let mut named = NamedDistrict { name: String::new(), code: String::new(), code_system: String::new() };
    if pattern.is_empty() {
        return None;
    }
    let length = take_district(pattern, words, &mut named)?;
    Some((named, length))
}

fn take_district(pattern: &[Expected], words: &[Word], named: &mut NamedDistrict) -> Option<usize> {
    let Some((expected, pattern)) = pattern.split_first() else { return Some(0) };
    let word = words.first()?;
    match expected {
        Expected::Word(expected) if *expected == word.text => {
            Some(1 + take_district(pattern, &words[1..], named)?)
        }
        Expected::Hole { hole: Hole::DistrictName, .. } => (1..=words.len().min(super::MOST_WORDS_IN_HOLE))
            .find_map(|length| {
                let rest = take_district(pattern, &words[length..], named)?;
                named.name = wording::written(&words[..length]);
                Some(length + rest)
            }),
        Expected::Hole { hole, .. } => {
            let value = expected.value(&word.text)?.to_owned();
            let length = 1 + take_district(pattern, &words[1..], named)?;
            match hole {
                Hole::DistrictCode if value.chars().any(|c| c.is_ascii_digit()) => named.code = value,
                Hole::CodeSystem => named.code_system = value,
                _ => return None,
            }
            Some(length)
        }
        _ => None,
    }
}

/// Where in the template a page's words stand, told by the runs of three words that the template
/// has only once. `None` when there are too few to tell.
pub(super) fn place_of(expected: &[Expected], words: &[&Word]) -> Option<usize> {
    let mut places = places_of(expected, words);
    places.sort_unstable();
    (places.len() >= 3).then(|| places[places.len() / 2])
}

/// Where in the template the first words of a page stand, told in the same way.
pub(super) fn first_place_of(expected: &[Expected], words: &[&Word]) -> Option<usize> {
    let middle = place_of(expected, words)?;
    places_of(expected, words).into_iter().find(|place| *place <= middle)
}

/// The places of a page's runs of three words that the template has only once, in the page's order.
fn places_of(expected: &[Expected], words: &[&Word]) -> Vec<usize> {
    let texts: Vec<Option<&str>> = expected
        .iter()
        .map(|one| if let Expected::Word(word) = one { Some(word.as_str()) } else { None })
        .collect();
    let mut runs: HashMap<[&str; 3], Option<usize>> = HashMap::new();
    for (place, run) in texts.windows(3).enumerate() {
        if let [Some(a), Some(b), Some(c)] = run {
            runs.entry([a, b, c]).and_modify(|once| *once = None).or_insert(Some(place));
        }
    }
    let known =
        |run: &[&Word]| *runs.get(&[run[0].text.as_str(), run[1].text.as_str(), run[2].text.as_str()])?;
    words.windows(3).filter_map(known).collect()
}

/// What a step costs. Changing a word is dearer than losing one and cheaper than losing one and
/// gaining another.
mod cost {
    pub(super) const MISSING: u32 = 20;
    pub(super) const ADDED: u32 = 20;
    pub(super) const OTHER: u32 = 31;
    /// An empty hole is likelier than a missing word.
    pub(super) const BLANK: u32 = 10;
    /// A hole's first word.
    pub(super) const FILL: u32 = 1;
    /// A value stands where the hole is, and not after words that have been added before it.
    pub(super) const FILL_LATE: u32 = 60;

    /// A hole's further words. Names are short; and a value that goes on in the next line costs
    /// more than one that does not, which is how two holes on lines of their own are told apart.
    pub(super) fn fill_on(words_before: u8, same_line: bool) -> u32 {
        let length = match words_before {
            0..4 => 1,
            4..8 => 12,
            _ => 40,
        };
        if same_line { length } else { length + 5 }
    }
}

/// The cheapest way from the template to the text.
pub(super) fn align(expected: &[Expected], found: &[Found]) -> Vec<Step> {
    const SAME: u8 = 0;
    const OTHER: u8 = 1;
    const MISSING: u8 = 2;
    const ADDED: u8 = 3;
    const FILL: u8 = 4;
    const FILL_ON: u8 = 5;
    const BLANK: u8 = 6;
    const SAME_ON: u8 = 7;

    let width = found.len() + 1;
    let mut way = vec![ADDED; (expected.len() + 1) * width];
    let mut above: Vec<u32> = (0..width as u32).map(|count| count * cost::ADDED).collect();
    let mut row = vec![0; width];
    // How many words the hole of this row has taken on the cheapest way to a cell.
    let mut taken = vec![0_u8; width];
    for (i, one) in expected.iter().enumerate() {
        let hole = matches!(one, Expected::Hole { .. });
        let lost = if hole { (cost::BLANK, BLANK) } else { (cost::MISSING, MISSING) };
        row[0] = above[0] + lost.0;
        way[(i + 1) * width] = lost.1;
        taken[0] = 0;
        for (j, word) in found.iter().enumerate() {
            let (diagonal, up, left) = (above[j], above[j + 1], row[j]);
            let mut best = (up + lost.0, lost.1);
            let mut try_way = |cost: u32, step: u8| {
                if cost < best.0 {
                    best = (cost, step);
                }
            };
            try_way(left + cost::ADDED, ADDED);
            match (one, word) {
                (Expected::Hole { hole, before, after }, Found::Word(filling)) => {
                    if one.value(&filling.text).is_some_and(|value| hole.takes(value)) {
                        let late = i > 0 && j > 0 && way[i * width + j] == ADDED;
                        try_way(diagonal + if late { cost::FILL_LATE } else { cost::FILL }, FILL);
                    } else {
                        try_way(diagonal + cost::OTHER, OTHER);
                    }
                    let several = hole.takes_several() && before.is_empty() && after.is_empty();
                    if several && taken[j] > 0 {
                        try_way(left + cost::fill_on(taken[j], found[j - 1].same_line(word)), FILL_ON);
                    }
                }
                _ if one.is(word) => {
                    try_way(diagonal, SAME);
                    if matches!(one, Expected::Districts) {
                        try_way(left + cost::FILL, SAME_ON);
                    }
                }
                _ => try_way(diagonal + cost::OTHER, OTHER),
            }
            row[j + 1] = best.0;
            taken[j + 1] = match best.1 {
                FILL => 1,
                FILL_ON => taken[j].saturating_add(1),
                _ => 0,
            };
            way[(i + 1) * width + j + 1] = best.1;
        }
        std::mem::swap(&mut above, &mut row);
    }

    let (mut i, mut j) = (expected.len(), found.len());
    let mut steps = Vec::with_capacity(i.max(j));
    while i > 0 || j > 0 {
        let step = way[i * width + j];
        let (up, left) = match step {
            SAME | OTHER | FILL => (1, 1),
            MISSING | BLANK => (1, 0),
            _ => (0, 1),
        };
        // Places count from the cell just left behind; the first row and column have only one way.
        steps.push(match step {
            SAME => Step::Same(i - 1, j - 1),
            SAME_ON => Step::Same(i - 1, j - 1),
            OTHER => Step::Other(i - 1, j - 1),
            MISSING => Step::Missing(i - 1),
            BLANK => Step::Blank(i - 1),
            FILL => Step::Fill(i - 1, j - 1),
            FILL_ON => Step::FillOn(i - 1, j - 1),
            _ => Step::Added(j - 1),
        });
        i -= up;
        j -= left;
    }
    steps.reverse();
    steps
}
