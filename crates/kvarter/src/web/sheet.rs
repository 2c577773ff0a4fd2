//! The agreement's text as a sheet: every paragraph with the notes that belong in its margin.
//!
//! The words come from the programme as the agreement was issued; what is owed comes from the duties. Here
//! the two are laid beside each other: which words are quoted, which are filled in, and where the number
//! that leads to a note stands. How a note is worded is left to [`super::note`].

use std::collections::HashMap;

use kvarter_domain::agreement::Life;
use kvarter_domain::district::District;
use kvarter_domain::ids::{ObligationId, RecordId};
use kvarter_domain::programme::source::{ClauseText, Paragraph, ParagraphKind, SentenceId};
use kvarter_domain::programme::wording::Parameters;
use kvarter_domain::programme::{HoleKind, Part, Programme};
use kvarter_services::duty::DutyView;

use super::note::{self, Note};
use crate::language::Words;

/// The whole text, in the order it is read.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The title, as on the first page.
    pub title: String,
    /// Between whom, as in the preamble.
    pub between: Vec<Piece>,
    /// The agreement's clauses.
    pub clauses: Vec<ClauseView>,
    /// The covering letter.
    pub letter: Option<ClauseView>,
    /// The send list of the letter.
    pub recipients: Vec<String>,
}

/// A clause.
#[derive(Debug, Clone)]
pub struct ClauseView {
    /// The clause's id in the programme.
    pub id: String,
    /// Where a link finds it.
    pub anchor: String,
    /// Its number, if it has one.
    pub ordinal: Option<String>,
    /// Its heading.
    pub heading: String,
    /// Its passages.
    pub passages: Vec<Passage>,
}

/// A paragraph with its list, and what belongs beside it.
#[derive(Debug, Clone)]
pub struct Passage {
    /// Paragraphs and lists.
    pub blocks: Vec<Block>,
    /// Notes in the margin.
    pub notes: Vec<Note>,
}

/// A paragraph, or a list.
#[derive(Debug, Clone)]
pub struct Block {
    /// Whether it is a list.
    pub list: bool,
    /// Whether the list's items bear labels of their own.
    pub lettered: bool,
    /// The paragraph, or the items.
    pub items: Vec<Item>,
}

/// A paragraph or an item.
#[derive(Debug, Clone)]
pub struct Item {
    /// The label as written, such as `a)`.
    pub label: Option<String>,
    /// The target area that it names: its id and its letter.
    pub area: Option<(String, String)>,
    /// The words.
    pub pieces: Vec<Piece>,
}

/// Words that are alike: quoted or not, filled in or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether a note rests on them.
    pub bound: bool,
    /// Whether they are this agreement's own.
    pub filled: bool,
    /// The notes whose quotation ends here: number and place.
    pub keys: Vec<(String, String)>,
}

/// What the text was filled with, as it was issued.
pub fn parameters(life: &Life, districts: Vec<District>) -> Parameters {
    Parameters {
        party_name: life.agreement.party_name.clone(),
        districts,
        municipality_signatory: life.agreement.municipality_signatory.clone(),
        municipality_place: None,
        state_signatory: Some(life.agreement.state_signatory.clone()),
        links_to: None,
    }
}

/// The districts of an agreement, as the text needs them.
pub fn districts(life: &Life, programme: &Programme) -> Vec<District> {
    let district = |d: &kvarter_domain::district::AgreementDistrict| District {
        municipality: life.agreement.municipality.clone(),
        code: d.code.clone(),
        system: programme.district_system,
        name: d.name.clone(),
    };
    life.districts.iter().map(district).collect()
}

/// What the sheet is laid out from.
#[derive(Debug, Clone, Copy)]
pub struct Laid<'a> {
    /// The programme, in the agreement's edition.
    pub programme: &'a Programme,
    /// The agreement's facts.
    pub life: &'a Life,
    /// Its duties.
    pub duties: &'a [DutyView],
    /// Numbers of records, as registered.
    pub numbers: &'a HashMap<RecordId, String>,
    /// The words.
    pub l: Words,
}

/// Lays out the sheet.
pub fn lay(laid: Laid<'_>) -> Sheet {
    let text = laid.programme.text_for(&parameters(laid.life, districts(laid.life, laid.programme)));
    let of = |id: &str| text.iter().find(|clause| clause.id == id);
    let first = |id: &str| of(id).and_then(|clause| clause.paragraphs.first());
    let title = first("title").map(plain).unwrap_or_default();
    let between = first("preamble").map(|paragraph| without_title(paragraph, &title)).unwrap_or_default();
    let clauses =
        text.iter().filter(|clause| numbered(laid.programme, clause)).map(|c| view(laid, c)).collect();
    Sheet {
        title,
        between,
        clauses,
        letter: of("L").map(|clause| view(laid, clause)),
        recipients: of("recipients")
            .map(|clause| clause.paragraphs.iter().map(plain).collect())
            .unwrap_or_default(),
    }
}

fn numbered(programme: &Programme, clause: &ClauseText) -> bool {
    programme.clause(&clause.id).is_some_and(|c| c.part == Part::Agreement && c.is_numbered())
}

fn plain(paragraph: &Paragraph) -> String {
    paragraph.sentences.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// The preamble repeats the title; the page has it as its heading.
fn without_title(paragraph: &Paragraph, title: &str) -> Vec<Piece> {
    let (text, holes) = joined(paragraph);
    let cut = if text.starts_with(title) { title.len() } else { 0 };
    let rest = text[cut..].trim_start();
    let shift = text.len() - rest.len();
    let holes: Vec<(usize, usize)> =
        holes.into_iter().filter(|(from, _)| *from >= shift).map(|(a, b)| (a - shift, b - shift)).collect();
    pieces(rest.trim_end_matches('.'), &holes, &[])
}

/// A paragraph's words with the places that are filled in.
fn joined(paragraph: &Paragraph) -> (String, Vec<(usize, usize)>) {
    let mut text = String::new();
    let mut holes = Vec::new();
    for sentence in &paragraph.sentences {
        if !text.is_empty() {
            text.push(' ');
        }
        let at = text.len();
        holes.extend(sentence.holes.iter().map(|hole| (at + hole.from, at + hole.to)));
        text.push_str(&sentence.text);
    }
    (text, holes)
}

/// What rests on words of a clause: an obligation, a permission or an intent.
struct Entry<'a> {
    says: &'a str,
    sentences: &'a [SentenceId],
    what: What<'a>,
}

/// Which of the three.
#[derive(Clone, Copy)]
pub(super) enum What<'a> {
    /// Someone owes it.
    Obligation(&'a kvarter_domain::programme::Obligation),
    /// Someone may.
    Permission(&'a kvarter_domain::programme::Permission),
    /// The parties intend it.
    Intent(&'a kvarter_domain::programme::Intent),
}

fn entries<'a>(programme: &'a Programme, clause: &str) -> Vec<Entry<'a>> {
    let obligations = programme.obligations.iter().filter(|o| o.clause == clause);
    let permissions = programme.permissions.iter().filter(|p| p.clause == clause);
    let intents = programme.intents.iter().filter(|i| i.clause == clause);
    obligations
        .map(|o| Entry { says: &o.says, sentences: &o.sentences, what: What::Obligation(o) })
        .chain(permissions.map(|p| Entry {
            says: &p.says,
            sentences: &p.sentences,
            what: What::Permission(p),
        }))
        .chain(intents.map(|i| Entry { says: &i.says, sentences: &i.sentences, what: What::Intent(i) }))
        .collect()
}

/// Where an entry's words stand: which paragraph, and from where to where in it.
struct Place<'a> {
    paragraph: usize,
    from: usize,
    to: usize,
    what: What<'a>,
}

fn place<'a>(clause: &ClauseText, entry: &Entry<'a>) -> Option<Place<'a>> {
    let at = |paragraph: usize, from: usize, to: usize| Place { paragraph, from, to, what: entry.what };
    let quoted = clause.paragraphs.iter().enumerate().find_map(|(index, paragraph)| {
        let (text, _) = joined(paragraph);
        text.find(entry.says).map(|from| at(index, from, from + entry.says.len()))
    });
    // A quotation with a parameter in it reads otherwise here; then the whole sentence is what it rests on.
    quoted.or_else(|| {
        clause.paragraphs.iter().enumerate().find_map(|(index, paragraph)| {
            let mut from = 0;
            for sentence in &paragraph.sentences {
                if entry.sentences.contains(&sentence.id) {
                    return Some(at(index, from, from + sentence.text.len()));
                }
                from += sentence.text.len() + 1;
            }
            None
        })
    })
}

fn view(laid: Laid<'_>, clause: &ClauseText) -> ClauseView {
    let mut places: Vec<Place<'_>> =
        entries(laid.programme, &clause.id).iter().filter_map(|entry| place(clause, entry)).collect();
    places.sort_by_key(|place| (place.paragraph, place.to, place.from));
    let keys: Vec<String> = (1..=places.len()).map(|n| format!("{}.{n}", clause.id)).collect();
    let mut passages: Vec<Passage> = Vec::new();
    let mut last_number = None;
    for (index, paragraph) in clause.paragraphs.iter().enumerate() {
        let (text, holes) = joined(paragraph);
        let here: Vec<(usize, &Place<'_>)> =
            places.iter().enumerate().filter(|(_, place)| place.paragraph == index).collect();
        let quoted: Vec<(usize, usize, (String, String))> = here
            .iter()
            .map(|(n, place)| (place.from, place.to, (keys[*n].clone(), anchor(&keys[*n]))))
            .collect();
        let mut item =
            Item { label: paragraph.label.clone(), area: None, pieces: pieces(&text, &holes, &quoted) };
        item.area = area(laid.programme, &item, &text);
        let notes =
            here.iter().map(|(n, place)| note::of(laid, place.what, &keys[*n], anchor(&keys[*n]))).collect();
        let list = paragraph.kind == ParagraphKind::ListItem;
        let continues = paragraph.sentences.iter().any(|s| s.continues.is_some());
        let alone = last_number != Some(paragraph.number) || (list && !continues);
        add(&mut passages, item, list, alone, notes);
        last_number = Some(paragraph.number);
    }
    ClauseView {
        id: clause.id.clone(),
        anchor: clause_anchor(&clause.id),
        ordinal: laid.programme.clause(&clause.id).filter(|c| c.is_numbered()).map(|c| c.id.clone()),
        heading: clause.heading.clone(),
        passages,
    }
}

/// Where a link finds a clause.
pub fn clause_anchor(clause: &str) -> String {
    if clause == "L" { "brevet".to_owned() } else { format!("p{clause}") }
}

fn anchor(key: &str) -> String {
    format!("not-{key}")
}

fn add(passages: &mut Vec<Passage>, item: Item, list: bool, alone: bool, notes: Vec<Note>) {
    let lettered = item.label.is_some();
    if alone || passages.is_empty() {
        passages.push(Passage { blocks: vec![Block { list, lettered, items: vec![item] }], notes });
        return;
    }
    let Some(passage) = passages.last_mut() else { return };
    passage.notes.extend(notes);
    match passage.blocks.last_mut() {
        Some(block) if block.list && list => block.items.push(item),
        _ => passage.blocks.push(Block { list, lettered, items: vec![item] }),
    }
}

/// The target area that a lettered item names.
fn area(programme: &Programme, item: &Item, text: &str) -> Option<(String, String)> {
    let label = item.label.as_deref()?.trim_end_matches(')');
    let named = |area: &&kvarter_domain::programme::TargetArea| {
        area.letter == label && text.starts_with(&area.name.sv)
    };
    programme.target_areas.iter().find(named).map(|area| (area.id.clone(), area.letter.clone()))
}

/// Cuts a text where a quotation or a parameter begins or ends.
fn pieces(text: &str, holes: &[(usize, usize)], quoted: &[(usize, usize, (String, String))]) -> Vec<Piece> {
    let mut cuts: Vec<usize> = [0, text.len()].into_iter().collect();
    cuts.extend(holes.iter().flat_map(|(from, to)| [*from, *to]));
    cuts.extend(quoted.iter().flat_map(|(from, to, _)| [*from, *to]));
    cuts.retain(|cut| *cut <= text.len() && text.is_char_boundary(*cut));
    cuts.sort_unstable();
    cuts.dedup();
    let within = |from: usize, to: usize, a: usize, b: usize| a <= from && to <= b;
    cuts.windows(2)
        .map(|cut| (cut[0], cut[1]))
        .map(|(from, to)| Piece {
            text: text[from..to].to_owned(),
            bound: quoted.iter().any(|(a, b, _)| within(from, to, *a, *b)),
            filled: holes.iter().any(|(a, b)| within(from, to, *a, *b)),
            keys: quoted.iter().filter(|(_, b, _)| *b == to).map(|(_, _, key)| key.clone()).collect(),
        })
        .collect()
}

/// What was filled in in this agreement only, by kind.
pub fn filled_in(programme: &Programme, life: &Life) -> Vec<(HoleKind, String)> {
    let districts: Vec<String> = life.districts.iter().map(|d| format!("{} {}", d.name, d.code)).collect();
    programme
        .holes
        .iter()
        .filter_map(|hole| {
            let value = match hole.kind {
                HoleKind::Municipality => Some(life.agreement.party_name.clone()),
                HoleKind::Districts => Some(districts.join(", ")),
                HoleKind::MunicipalitySignatory => life.agreement.municipality_signatory.clone(),
                HoleKind::StateSignatory => Some(life.agreement.state_signatory.clone()),
                HoleKind::MunicipalityPlace | HoleKind::LinksTo => None,
            };
            value.map(|value| (hole.kind, value))
        })
        .fold(Vec::new(), |mut kept, one| {
            if !kept.iter().any(|(kind, _)| *kind == one.0) {
                kept.push(one);
            }
            kept
        })
}

/// The duties of one obligation.
pub(super) fn duties_of<'a>(duties: &'a [DutyView], obligation: &ObligationId) -> Vec<&'a DutyView> {
    duties.iter().filter(|view| view.duty.obligation == *obligation).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: &str) -> (String, String) {
        (n.to_owned(), anchor(n))
    }

    #[test]
    fn overlapping_quotations_each_keep_their_number_where_they_end() {
        let text = "revideras vid behov och därefter redovisas till";
        let short = text.find(" och").unwrap_or_default();
        let found = pieces(text, &[], &[(0, short, key("5.3")), (0, text.len(), key("5.4"))]);
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|piece| piece.bound));
        assert_eq!(found[0].keys, [key("5.3")]);
        assert_eq!(found[1].keys, [key("5.4")]);
    }

    #[test]
    fn a_parameter_within_a_quotation_is_both_quoted_and_filled_in() {
        let found = pieces("i Stockholms kommun", &[(2, 19)], &[(0, 19, key("8.1"))]);
        assert_eq!(
            found.iter().map(|p| (p.bound, p.filled)).collect::<Vec<_>>(),
            [(true, false), (true, true)]
        );
    }
}
