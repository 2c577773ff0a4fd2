//! Whether agreements are *likalydande*: identically worded, but for what may differ.
//!
//! ”Härmed skickas två likalydande lokala utvecklingsavtal” and ”samtliga lokala utvecklingsavtal
//! är likalydande” (the cover letter) are two claims, and they are kept apart here:
//!
//! - two originals of one agreement agree in everything but the mark that tells A from B;
//! - two agreements of one programme are the same text with other names, districts and signatories.
//!
//! The programme's text is known as a [`Template`]: the words of a specimen in which each hole
//! holds its own name, `{municipality}` and so on. Texts come here as pages of words, already read
//! from their files; how they were read is another's business.
//!
//! `wording` turns pages into words, `furniture` knows the foot of a page, `alignment` lays a text
//! beside the template, and `report` says what came of it. `specimen` lays the programme's own templates
//! beside its source.

mod alignment;
mod furniture;
mod report;
pub mod specimen;
mod wording;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use alignment::{Expected, Found, Step};
use furniture::Furniture;
use report::Report;
use wording::{Line, Word};

/// More words than any agreement has; a text beyond this is not laid beside the template at all.
const MOST_WORDS: usize = 20_000;
/// More words than a name has.
const MOST_WORDS_IN_HOLE: usize = 8;
/// Words of context shown on either side of a deviation.
const CONTEXT: usize = 6;

/// What may differ between copies of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hole {
    /// The reference number at the foot of each page.
    Reference,
    /// The mark that tells original A from original B.
    Original,
    /// The municipality's name.
    Municipality,
    /// The districts of § 2, with their codes.
    Districts,
    /// A district's name, within the list.
    DistrictName,
    /// A district's code, within the list.
    DistrictCode,
    /// The code's system, within the list.
    CodeSystem,
    /// Where the state signs.
    StatePlace,
    /// On which day the state signs; empty until it is filled in.
    StateDay,
    /// In which year the state signs.
    StateYear,
    /// Who signs for the state.
    StateSignatory,
    /// Where the municipality signs.
    MunicipalityPlace,
    /// On which day the municipality signs; empty until it is filled in.
    MunicipalityDay,
    /// In which year the municipality signs.
    MunicipalityYear,
    /// Who signs for the municipality.
    MunicipalitySignatory,
}

impl Hole {
    fn named(name: &str) -> Option<Self> {
        serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
    }

    /// Whether a value can stand in the hole at all.
    fn takes(self, value: &str) -> bool {
        match self {
            Hole::Original => matches!(value, "A" | "B" | "AB"),
            Hole::StateYear | Hole::MunicipalityYear => is_year(value),
            Hole::StateDay | Hole::MunicipalityDay => !is_year(value) && !value.contains(['.', ',']),
            _ => true,
        }
    }

    /// Whether its value can have several words.
    fn takes_several(self) -> bool {
        !matches!(self, Hole::Original | Hole::StateYear | Hole::MunicipalityYear)
    }
}

fn is_year(value: &str) -> bool {
    value.len() == 4 && value.chars().all(|c| c.is_ascii_digit())
}

/// A district as § 2 names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedDistrict {
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// The code's system: "SAMS".
    pub code_system: String,
}

/// A clause of the programme's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// Its number, as in "§ 4".
    pub number: usize,
    /// Its heading.
    pub heading: String,
}

/// The programme's common text: its words, its holes and its clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    expected: Vec<Expected>,
    /// For each expected word, the clause it stands in.
    clause_of: Vec<Option<usize>>,
    clauses: Vec<Clause>,
    /// How one district is named.
    district: Vec<Expected>,
    furniture: Vec<Furniture>,
}

/// Why a specimen is not a template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// A name in braces that is no hole.
    #[error("the specimen has a hole that is not known: {0}")]
    UnknownHole(String),
    /// There is nothing in it.
    #[error("the specimen has no words")]
    Empty,
}

/// What stands in a text's holes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameters {
    /// The value of each hole; the empty string where it is left to be filled in.
    pub values: BTreeMap<Hole, String>,
    /// The districts, in order.
    pub districts: Vec<NamedDistrict>,
}

/// A text laid beside the template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instance {
    /// What stands in the holes.
    pub parameters: Parameters,
    /// Where the text departs from the template.
    pub deviations: Vec<Deviation>,
    /// Digest of the text's words without the foot of the pages: equal for A and B, or they are
    /// not identical in wording.
    pub wording: String,
    /// Whether so little of it is the programme's text, and so little of the programme's text is in it, that
    /// it is another document. Word by word it departs everywhere, which tells nobody anything.
    pub stranger: bool,
}

/// How a text departs from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Other words than expected.
    Changed,
    /// Words that should be there are not.
    Missing,
    /// Words that should not be there are.
    Added,
    /// A page out of its order.
    Moved,
    /// The foot of a page is missing or numbered otherwise than the page stands.
    Foot,
    /// The same hole filled differently in different places, or with what cannot stand there.
    Hole,
}

/// One departure, located.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deviation {
    /// How it departs.
    pub kind: Kind,
    /// The page of the text, from 1.
    pub page: usize,
    /// The clause, where the place is within one.
    pub clause: Option<Clause>,
    /// Which word on the page, from 1. For missing words, the one before which they should stand.
    pub at: usize,
    /// What was expected; empty where nothing was.
    pub expected: String,
    /// What was found; empty where nothing was.
    pub found: String,
    /// The words before.
    pub before: String,
    /// The words after.
    pub after: String,
}

/// A hole that two texts fill differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The hole.
    pub hole: Hole,
    /// What stands there in the first text.
    pub a: String,
    /// What stands there in the second text.
    pub b: String,
}

/// Two texts compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The same to the letter, the foot of the pages included.
    pub identical: bool,
    /// Likalydande as two originals of one agreement: only the mark of the original differs.
    pub likalydande: bool,
    /// The same municipality, districts, signatories, places and reference.
    pub same_agreement: bool,
    /// Both are the programme's text, whatever stands in the holes.
    pub same_text: bool,
    /// The holes that are filled differently.
    pub differences: Vec<Difference>,
    /// Where the second departs from the first, outside the holes.
    pub deviations: Vec<Deviation>,
    /// Where the first departs from the programme's text.
    pub a_from_template: Vec<Deviation>,
    /// Where the second departs from the programme's text.
    pub b_from_template: Vec<Deviation>,
    /// Whether the first and the second are other documents altogether: see [`Instance::stranger`].
    pub strangers: [bool; 2],
}

impl Template {
    /// Read the template from the pages of a specimen.
    pub fn from_specimen<P: AsRef<str>>(pages: &[P]) -> Result<Self, TemplateError> {
        let mut pages = wording::pages(pages);
        let furniture = furniture::common(&mut pages)?;
        let lines: Vec<Line> = pages.into_iter().flatten().collect();
        let headings = headings(&lines);

        let mut template = Self {
            expected: Vec::new(),
            clause_of: Vec::new(),
            clauses: Vec::new(),
            district: Vec::new(),
            furniture,
        };
        for (place, line) in lines.iter().enumerate() {
            if let Some(clause) = headings.iter().find(|(at, _)| *at == place) {
                template.clauses.push(clause.1.clone());
            }
            let expected: Vec<Expected> = line.words.iter().map(Expected::read).collect::<Result<_, _>>()?;
            let is =
                |hole| move |one: &Expected| matches!(one, Expected::Hole { hole: is, .. } if *is == hole);
            match expected.iter().position(is(Hole::DistrictCode)) {
                // The line that names a district stands for any number of such lines.
                Some(code) if expected[..code].iter().any(is(Hole::DistrictName)) => {
                    template.district = expected[..=code].to_vec();
                    template.push(Expected::Districts);
                    for one in &expected[code + 1..] {
                        template.push(one.clone());
                    }
                }
                _ => expected.into_iter().for_each(|one| template.push(one)),
            }
        }
        if template.expected.is_empty() { Err(TemplateError::Empty) } else { Ok(template) }
    }

    fn push(&mut self, expected: Expected) {
        self.expected.push(expected);
        self.clause_of.push(self.clauses.len().checked_sub(1));
    }

    /// The clauses, in order.
    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// Lay a text beside the template: what stands in its holes, and where it departs.
    pub fn instance_of<P: AsRef<str>>(&self, pages: &[P]) -> Instance {
        self.lay(&wording::pages(pages)).instance
    }

    fn lay(&self, pages: &[Vec<Line>]) -> Laid {
        let (bodies, foot) = furniture::take_off(&self.furniture, pages);
        let order = self.page_order(&bodies);
        let lines: Vec<Line> = order.iter().flat_map(|page| bodies[*page].iter().cloned()).collect();
        let mut words = wording::whole(lines);
        let excess = words.split_off(words.len().min(MOST_WORDS));
        let wording = digest(words.iter().chain(&excess));
        let found = alignment::gather_districts(words, &self.district);
        let mut steps = alignment::align(&self.expected, &found);
        let settled = self.settled(&found, &steps);
        let template = settled.as_ref().map_or(self, |(template, _)| template);
        if settled.is_some() {
            steps = alignment::align(&template.expected, &found);
        }

        let mut report = Report::new(template, &found);
        report.read(&steps);
        let Report { mut deviations, mut parameters, .. } = report;
        parameters.values.extend(settled.iter().flat_map(|(_, values)| values.clone()));
        deviations.extend(self.moved(&order, &bodies));
        if let Some(word) = excess.first() {
            deviations.push(Deviation {
                kind: Kind::Added,
                page: word.page,
                clause: self.clauses.last().cloned(),
                at: word.at,
                expected: String::new(),
                found: wording::written(&excess[..excess.len().min(CONTEXT)]),
                before: String::new(),
                after: String::new(),
            });
        }
        deviations.extend(foot.deviations);
        for (hole, value) in foot.values {
            parameters.values.insert(hole, value);
        }
        deviations.sort_by_key(|deviation| (deviation.page, deviation.at));
        let same = steps.iter().filter(|step| matches!(step, Step::Same(..) | Step::Fill(..))).count();
        let stranger = same * 2 < template.expected.len() && same * 2 < found.len();
        let instance = Instance { parameters, deviations, wording, stranger };
        let template = settled.map_or_else(|| self.clone(), |(template, _)| template);
        Laid { instance, template, found, steps }
    }

    /// The pages in the order in which the template has their words; a page that has none of them
    /// stays behind the one before it.
    fn page_order(&self, bodies: &[Vec<Line>]) -> Vec<usize> {
        let mut before = 0;
        let mut places: Vec<(usize, usize)> = Vec::with_capacity(bodies.len());
        for (page, body) in bodies.iter().enumerate() {
            let words: Vec<&Word> = body.iter().flat_map(|line| &line.words).collect();
            before = alignment::place_of(&self.expected, &words).unwrap_or(before);
            places.push((before, page));
        }
        places.sort();
        places.into_iter().map(|(_, page)| page).collect()
    }

    fn moved(&self, order: &[usize], bodies: &[Vec<Line>]) -> Vec<Deviation> {
        let first_words = |page: usize| {
            let words: Vec<Word> =
                bodies[page].iter().flat_map(|line| line.words.clone()).take(CONTEXT).collect();
            wording::written(&words)
        };
        // A page may end in another clause than it begins in; it is told by the words it begins with.
        let clause_of = |page: usize| {
            let words: Vec<&Word> = bodies[page].iter().flat_map(|line| &line.words).collect();
            let begins = alignment::first_place_of(&self.expected, &words);
            let middle = alignment::place_of(&self.expected, &words);
            let clause = |place: Option<usize>| self.clause_of[place?];
            clause(begins).or_else(|| clause(middle)).map(|clause| self.clauses[clause].clone())
        };
        let misplaced = order.iter().enumerate().filter(|(place, page)| place != *page);
        misplaced
            .map(|(place, belongs)| Deviation {
                kind: Kind::Moved,
                page: place + 1,
                clause: clause_of(place),
                at: 1,
                expected: first_words(*belongs),
                found: first_words(place),
                before: String::new(),
                after: String::new(),
            })
            .collect()
    }

    /// Compare two texts, each with the template and with one another.
    pub fn compare<P: AsRef<str>>(&self, a: &[P], b: &[P]) -> Comparison {
        let (a, b) = (wording::pages(a), wording::pages(b));
        let identical = a == b;
        let (a, b_instance) = (self.lay(&a), self.lay(&b).instance);
        let same_text = a.instance.deviations.is_empty() && b_instance.deviations.is_empty();
        let deviations =
            if identical || same_text { Vec::new() } else { a.as_template().lay(&b).instance.deviations };

        let differences = differences(&a.instance.parameters, &b_instance.parameters);
        let same_agreement = differences.iter().all(|difference| difference.hole == Hole::Original);
        Comparison {
            identical,
            likalydande: same_agreement && deviations.is_empty(),
            same_agreement,
            same_text,
            strangers: [a.instance.stranger, b_instance.stranger],
            differences,
            deviations,
            a_from_template: a.instance.deviations,
            b_from_template: b_instance.deviations,
        }
    }

    /// Where a hole's occurrences are filled differently, the value most of them have is taken for
    /// the hole's, and the template is read with it: so the odd one departs word by word.
    fn settled(&self, found: &[Found], steps: &[Step]) -> Option<(Self, BTreeMap<Hole, String>)> {
        let mut values: BTreeMap<Hole, Vec<Vec<String>>> = BTreeMap::new();
        for (place, taken) in alignment::fillings(steps) {
            if let Expected::Hole { hole, before, after } = &self.expected[place]
                && before.is_empty()
                && after.is_empty()
            {
                let words = taken.iter().map(|word| found[*word].written()).collect();
                values.entry(*hole).or_default().push(words);
            }
        }
        let most_common = |values: &Vec<Vec<String>>| {
            let times = |value: &Vec<String>| values.iter().filter(|other| *other == value).count();
            // Of equals, the first.
            values.iter().rev().max_by_key(|value| times(value)).cloned()
        };
        values.retain(|_, values| values.iter().any(|value| *value != values[0]));
        let values: BTreeMap<Hole, Vec<String>> =
            values.iter().filter_map(|(hole, values)| Some((*hole, most_common(values)?))).collect();
        if values.is_empty() {
            return None;
        }

        let mut template = Self { expected: Vec::new(), clause_of: Vec::new(), ..self.clone() };
        for (expected, clause) in self.expected.iter().zip(&self.clause_of) {
            let value = match expected {
                Expected::Hole { hole, .. } => values.get(hole),
                _ => None,
            };
            let words = value.map_or_else(
                || vec![expected.clone()],
                |words| words.iter().cloned().map(Expected::Word).collect(),
            );
            template.clause_of.extend(words.iter().map(|_| *clause));
            template.expected.extend(words);
        }
        let written = |words: &Vec<String>| wording::spaced(words.iter().map(String::as_str));
        let values = values.iter().map(|(hole, words)| (*hole, written(words))).collect();
        Some((template, values))
    }
}

/// A text laid beside the template.
struct Laid {
    instance: Instance,
    /// The template beside which it was laid in the end.
    template: Template,
    found: Vec<Found>,
    steps: Vec<Step>,
}

impl Laid {
    /// The template as this text has it: the text's own words, with the holes where they were found.
    fn as_template(&self) -> Template {
        let mut own = Template { expected: Vec::new(), clause_of: Vec::new(), ..self.template.clone() };
        let mut clause = None;
        for step in &self.steps {
            if let Some(expected) = step.expected() {
                clause = self.template.clause_of[expected];
            }
            let expected = match *step {
                Step::Blank(expected) | Step::Fill(expected, _) => self.template.expected[expected].clone(),
                Step::FillOn(..) | Step::Missing(_) => continue,
                Step::Same(_, word) | Step::Other(_, word) | Step::Added(word) => match &self.found[word] {
                    Found::Word(word) => Expected::Word(word.text.clone()),
                    Found::Districts { .. } => Expected::Districts,
                },
            };
            own.expected.push(expected);
            own.clause_of.push(clause);
        }
        own
    }
}

/// The lines that head the clauses, numbered from 1 on. A contents list has the same lines before
/// them, so of each number the last line counts.
fn headings(lines: &[Line]) -> Vec<(usize, Clause)> {
    let mut headings: Vec<(usize, Clause)> = Vec::new();
    let numbered = |line: &Line, number: usize| {
        let (first, rest) = line.words.split_first()?;
        let heads = first.text == number.to_string()
            && rest.first()?.text.starts_with(char::is_uppercase)
            && rest.len() <= 12
            && !rest.iter().any(|word| word.text == ".");
        heads.then(|| Clause { number, heading: wording::written(rest) })
    };
    for number in 1.. {
        let after = headings.last().map_or(0, |(place, _)| place + 1);
        let place = lines.iter().enumerate().rev().take_while(|(place, _)| *place >= after);
        let Some(found) = place.filter_map(|(place, line)| Some((place, numbered(line, number)?))).next()
        else {
            return headings;
        };
        headings.push(found);
    }
    headings
}

fn digest<'a>(words: impl Iterator<Item = &'a Word>) -> String {
    let mut digest = Sha256::new();
    for word in words {
        digest.update(word.text.as_bytes());
        digest.update(b" ");
    }
    hex::encode(digest.finalize())
}

fn differences(a: &Parameters, b: &Parameters) -> Vec<Difference> {
    let empty = String::new();
    let holes: std::collections::BTreeSet<_> = a.values.keys().chain(b.values.keys()).copied().collect();
    let mut differences: Vec<_> = holes
        .into_iter()
        .map(|hole| Difference {
            hole,
            a: a.values.get(&hole).unwrap_or(&empty).clone(),
            b: b.values.get(&hole).unwrap_or(&empty).clone(),
        })
        .filter(|difference| difference.a != difference.b)
        .collect();
    if a.districts != b.districts {
        let listed = |parameters: &Parameters| {
            let one = |district: &NamedDistrict| format!("{} {}", district.name, district.code);
            parameters.districts.iter().map(one).collect::<Vec<_>>().join(", ")
        };
        differences.push(Difference { hole: Hole::Districts, a: listed(a), b: listed(b) });
    }
    differences
}
