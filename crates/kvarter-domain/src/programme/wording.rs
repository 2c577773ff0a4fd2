//! The whole text as it reads for one municipality: the source with its holes filled.
//!
//! All agreements of a programme are the same but for a few parameters. What the source says where a
//! parameter stands is Stockholm's; for another municipality its own words stand there, and where a
//! parameter is not known the line is left blank to be filled by hand.

use super::source::{ClauseText, HoleSpan, Paragraph, Sentence};
use super::{Hole, HoleKind, LetterHead, Programme};
use crate::district::District;

/// What stands where a parameter is not known.
pub const BLANK: &str = "_____";

/// What differs between the agreements of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parameters {
    /// The municipality's name as party, such as `Stockholms kommun`.
    pub party_name: String,
    /// Its districts, in order.
    pub districts: Vec<District>,
    /// The name in clear under the municipality's line.
    pub municipality_signatory: Option<String>,
    /// The place before the municipality's date.
    pub municipality_place: Option<String>,
    /// The name in clear under the state's line.
    pub state_signatory: Option<String>,
    /// To whom links are sent; what the letter's own settings say, if nothing else is said.
    pub links_to: Option<String>,
}

impl Parameters {
    fn value(&self, kind: HoleKind, letter: &LetterHead) -> String {
        let known = match kind {
            HoleKind::Municipality => Some(&self.party_name),
            HoleKind::MunicipalitySignatory => self.municipality_signatory.as_ref(),
            HoleKind::MunicipalityPlace => self.municipality_place.as_ref(),
            HoleKind::StateSignatory => self.state_signatory.as_ref(),
            HoleKind::LinksTo => self.links_to.as_ref().or(Some(&letter.links_to)),
            HoleKind::Districts => None,
        };
        known.filter(|value| !value.is_empty()).cloned().unwrap_or_else(|| BLANK.to_owned())
    }
}

impl Programme {
    /// The text of letter and agreement for one municipality, clause by clause, with every parameter's
    /// place marked.
    pub fn text_for(&self, parameters: &Parameters) -> Vec<ClauseText> {
        self.text().iter().map(|clause| self.clause_for(clause, parameters)).collect()
    }

    fn clause_for(&self, clause: &ClauseText, parameters: &Parameters) -> ClauseText {
        let of_clause = |hole: &&Hole| hole.clause.as_ref().is_none_or(|id| *id == clause.id);
        let running: Vec<&Hole> = self
            .holes
            .iter()
            .filter(|hole| hole.kind != HoleKind::Districts)
            .filter(of_clause)
            .filter(|hole| hole.clause.is_some() || self.is_in_agreement(&clause.id))
            .collect();
        let list = self
            .holes
            .iter()
            .find(|hole| hole.kind == HoleKind::Districts && hole.clause.as_ref() == Some(&clause.id));
        let mut paragraphs = Vec::new();
        let mut listed = false;
        for paragraph in &clause.paragraphs {
            match list {
                Some(hole) if paragraph.continues_a_sentence() => {
                    if !std::mem::replace(&mut listed, true) {
                        paragraphs.extend(district_items(hole, paragraph, &parameters.districts));
                    }
                }
                _ => paragraphs.push(filled(paragraph, &running, parameters, &self.letter)),
            }
        }
        ClauseText { id: clause.id.clone(), heading: clause.heading.clone(), paragraphs }
    }

    fn is_in_agreement(&self, clause: &str) -> bool {
        self.clause(clause).is_some_and(|c| c.part == super::Part::Agreement)
    }
}

impl Paragraph {
    /// Whether it is a list item that continues the sentence before the list.
    fn continues_a_sentence(&self) -> bool {
        self.sentences.iter().any(|s| s.continues.is_some())
    }
}

fn filled(paragraph: &Paragraph, holes: &[&Hole], parameters: &Parameters, letter: &LetterHead) -> Paragraph {
    let sentences = paragraph
        .sentences
        .iter()
        .map(|sentence| {
            let (text, spans) = fill(&sentence.text, holes, parameters, letter);
            Sentence { text, holes: spans, ..sentence.clone() }
        })
        .collect();
    Paragraph { sentences, ..paragraph.clone() }
}

fn fill(
    text: &str,
    holes: &[&Hole],
    parameters: &Parameters,
    letter: &LetterHead,
) -> (String, Vec<HoleSpan>) {
    let mut found: Vec<(usize, &Hole)> =
        holes.iter().flat_map(|hole| text.match_indices(&hole.source).map(|(at, _)| (at, *hole))).collect();
    // The longest of two holes that begin at the same place is the one that is meant.
    found.sort_by_key(|(at, hole)| (*at, std::cmp::Reverse(hole.source.len())));
    let mut out = String::new();
    let mut spans = Vec::new();
    let mut read = 0;
    for (at, hole) in found {
        if at < read {
            continue;
        }
        out.push_str(&text[read..at]);
        let from = out.len();
        out.push_str(&hole.pattern.replace("{value}", &parameters.value(hole.kind, letter)));
        spans.push(HoleSpan { kind: hole.kind, from, to: out.len() });
        read = at + hole.source.len();
    }
    out.push_str(&text[read..]);
    (out, spans)
}

/// One item for each district, worded as the source words Stockholm's; the last one ends the sentence.
fn district_items(hole: &Hole, like: &Paragraph, districts: &[District]) -> Vec<Paragraph> {
    let Some(pattern) = like.sentences.first() else { return Vec::new() };
    let last = districts.len();
    districts
        .iter()
        .enumerate()
        .map(|(index, district)| {
            let number = index + 1;
            let words = district_words(&hole.pattern, district);
            let span = HoleSpan { kind: HoleKind::Districts, from: 0, to: words.len() };
            let text = if number == last { format!("{words}.") } else { words };
            Paragraph {
                sentences: vec![Sentence {
                    id: pattern.id.item(pattern.continues.as_ref(), number),
                    address: pattern.address.item(number),
                    text,
                    continues: pattern.continues.clone(),
                    holes: vec![span],
                }],
                ..like.clone()
            }
        })
        .collect()
}

/// How the text names a district: `Stadsdelen {name} med {system}-kod {code}`.
pub(super) fn district_words(pattern: &str, district: &District) -> String {
    pattern
        .replace("{name}", &district.name)
        .replace("{system}", &district.system.code().to_uppercase())
        .replace("{code}", &district.code)
}
