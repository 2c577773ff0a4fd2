//! A programme's own templates, laid beside the source that they are to repeat.
//!
//! ”samtliga lokala utvecklingsavtal är likalydande” (the cover letter): what is signed is what the
//! template says, so a template that departs from the source by a word departs for every municipality
//! at once. Set as specimens, agreement and letter must say what the source says, but for their holes.
//!
//! In the agreement's specimen each hole holds its own name in braces, `{municipality}`. The letter has
//! other parameters, which here are ordinary words: `<officer>`, `<return_address>` and so on.

use crate::district::District;
use crate::programme::source::{ClauseText, Paragraph};
use crate::programme::wording::Parameters;
use crate::programme::{HoleKind, Part, Programme};
use crate::reference::ReferenceRole;
use crate::text::squeeze;

use super::alignment::Expected;
use super::{Deviation, Hole, Template};

/// A district code that names no district.
const NO_DISTRICT: &str = "00000000";
/// The parameters that stand in the letter's head and nowhere else, whichever way it is set.
const ONLY_IN_HEAD: [&str; 5] = ["<unit>", "<officer_title>", "<attachment>", "<recipient>", "<date>"];
/// The parameters that a letter's head may show.
const IN_HEAD: [&str; 8] = [
    "<department>",
    "<unit>",
    "<officer_title>",
    "<officer>",
    "<date>",
    "<reference>",
    "<attachment>",
    "<recipient>",
];

/// One place where a template does not say what the source says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// The clause, where the place is within one.
    pub clause: Option<String>,
    /// What the source says; empty where it says nothing.
    pub source: String,
    /// What the template says; empty where it says nothing.
    pub template: String,
    /// The source's words before.
    pub before: String,
    /// The source's words after.
    pub after: String,
}

impl Departure {
    /// A template's deviation, seen from the source: what the source has was *found* beside the template.
    fn of(deviation: Deviation, clause: impl FnOnce(&Deviation) -> Option<String>) -> Self {
        Self {
            clause: clause(&deviation),
            source: deviation.found,
            template: deviation.expected,
            before: deviation.before,
            after: deviation.after,
        }
    }
}

impl Template {
    /// Where the agreement's template departs from the programme's source.
    pub fn agreement_departures(&self, programme: &Programme) -> Vec<Departure> {
        let hole = |name: &str| Some(format!("{{{name}}}"));
        let district = District {
            municipality: "".into(),
            code: NO_DISTRICT.to_owned(),
            system: programme.district_system,
            name: "{district_name}".to_owned(),
        };
        let parameters = Parameters {
            party_name: "{municipality}".to_owned(),
            districts: vec![district],
            municipality_signatory: hole("municipality_signatory"),
            municipality_place: hole("municipality_place"),
            state_signatory: hole("state_signatory"),
            links_to: None,
        };
        let source = written(programme, &programme.text_for(&parameters), Part::Agreement);
        let instance = self.without_feet().instance_of(&[source]);
        let clause = |one: &Deviation| one.clause.as_ref().map(|clause| clause.number.to_string());
        let mut departures: Vec<Departure> =
            instance.deviations.into_iter().map(|one| Departure::of(one, clause)).collect();
        // A hole that has taken other words than its own stands in the wrong place.
        for (hole, name) in declared(programme) {
            let named = format!("{{{name}}}");
            let took = instance.parameters.values.get(&hole).cloned().unwrap_or_default();
            if took != named && !departures.iter().any(|d| d.source.contains(&named)) {
                departures.push(Departure {
                    clause: None,
                    source: took,
                    template: named,
                    before: String::new(),
                    after: String::new(),
                });
            }
        }
        departures
    }

    /// Where the letter's template departs from the programme's source.
    ///
    /// The head is set in columns, so of it only the words are compared and not their order.
    pub fn letter_departures(&self, programme: &Programme) -> Vec<Departure> {
        let (head, body) = self.without_feet().parted_after(&ONLY_IN_HEAD);
        let parameters = Parameters { links_to: Some("<links_to>".to_owned()), ..Parameters::default() };
        let text: Vec<ClauseText> = programme
            .text_for(&parameters)
            .into_iter()
            .filter(|clause| clause.id == "L" || clause.id == "recipients")
            .map(|mut clause| {
                if clause.id == "recipients" {
                    clause.paragraphs.clear();
                }
                clause
            })
            .collect();
        let mut source = written(programme, &text, Part::Letter);
        for (value, name) in letter_values(programme) {
            source = source.replace(&value, name);
        }
        source.push_str("<send_list>\n");
        let instance = body.instance_of(&[source]);
        let clause = |_: &Deviation| Some("L".to_owned());
        let head = head_departures(programme, &head);
        head.into_iter()
            .chain(instance.deviations.into_iter().map(|one| Departure::of(one, clause)))
            .collect()
    }

    /// The same text, whatever stands at the foot of its pages: the source has no pages.
    fn without_feet(&self) -> Self {
        Self { furniture: Vec::new(), ..self.clone() }
    }

    /// The words up to the last of these, and the text after it.
    fn parted_after(mut self, last: &[&str]) -> (Vec<String>, Self) {
        let is = |one: &Expected| matches!(one, Expected::Word(word) if last.contains(&word.as_str()));
        let at = self.expected.iter().rposition(is).map_or(0, |place| place + 1);
        self.clause_of.drain(..at);
        let head = self.expected.drain(..at).map(|one| one.written()).collect();
        (head, self)
    }
}

/// The agreement's holes that the programme declares and that hold one value.
fn declared(programme: &Programme) -> impl Iterator<Item = (Hole, &'static str)> {
    programme.holes.iter().filter_map(|hole| match hole.kind {
        HoleKind::Municipality => Some((Hole::Municipality, "municipality")),
        HoleKind::MunicipalitySignatory => Some((Hole::MunicipalitySignatory, "municipality_signatory")),
        HoleKind::MunicipalityPlace => Some((Hole::MunicipalityPlace, "municipality_place")),
        HoleKind::StateSignatory => Some((Hole::StateSignatory, "state_signatory")),
        HoleKind::Districts | HoleKind::LinksTo => None,
    })
}

/// A part's clauses as one text, a line for each heading, paragraph and item.
fn written(programme: &Programme, text: &[ClauseText], part: Part) -> String {
    let mut written = String::new();
    let clauses = text.iter().filter_map(|text| Some((text, programme.clause(&text.id)?)));
    for (text, clause) in clauses.filter(|(_, clause)| clause.part == part) {
        let number = if clause.is_numbered() { clause.id.as_str() } else { "" };
        written.push_str(&format!("{number} {}\n", text.heading));
        for paragraph in &text.paragraphs {
            written.push_str(&format!("{}\n", line(paragraph)));
        }
    }
    written
}

fn line(paragraph: &Paragraph) -> String {
    let sentences = paragraph.sentences.iter().map(|sentence| sentence.text.as_str());
    paragraph.label.as_deref().into_iter().chain(sentences).collect::<Vec<_>>().join(" ")
}

/// What the source says where the letter has a parameter, the longest first.
fn letter_values(programme: &Programme) -> Vec<(String, &'static str)> {
    let letter = &programme.letter;
    let number = |role| programme.reference(role).map(|r| r.number.clone()).unwrap_or_default();
    let mut values = vec![
        (letter.return_address.join(", "), "<return_address>"),
        (letter.web_page.clone(), "<web_page>"),
        (programme.signing.quote_on_return.clone(), "<return_reference>"),
        (number(ReferenceRole::Offer), "<offer_reference>"),
        (officer(programme).unwrap_or_default(), "<officer>"),
    ];
    values.retain(|(value, _)| !value.is_empty());
    values.sort_by_key(|(value, _)| std::cmp::Reverse(value.len()));
    values
}

/// The lines of the letter's head in the source.
fn head(programme: &Programme) -> Vec<String> {
    let head = programme.text().iter().find(|clause| clause.id == "letterhead");
    head.into_iter()
        .flat_map(|clause| &clause.paragraphs)
        .map(|paragraph| squeeze(&line(paragraph)))
        .collect()
}

/// The desk officer's name in the source: it stands under the title.
fn officer(programme: &Programme) -> Option<String> {
    head(programme).into_iter().skip_while(|line| *line != programme.letter.officer_title).nth(1)
}

/// Fixed words of the head that source and template do not share.
fn head_departures(programme: &Programme, found: &[String]) -> Vec<Departure> {
    let letter = &programme.letter;
    let reference = programme.reference(ReferenceRole::Letter).map(|r| r.number.clone());
    let officer = officer(programme);
    let values = [
        Some(&letter.department),
        Some(&letter.unit),
        Some(&letter.officer_title),
        Some(&letter.recipient),
        letter.attachment.as_ref(),
        reference.as_ref(),
        officer.as_ref(),
    ];
    let fixed: Vec<String> = head(programme)
        .into_iter()
        .filter(|line| !values.contains(&Some(line)) && line.parse::<jiff::civil::Date>().is_err())
        .collect();
    let wanted: Vec<&str> = fixed.iter().flat_map(|line| line.split(' ')).collect();
    let stands: Vec<&str> = found.iter().map(String::as_str).filter(|word| !IN_HEAD.contains(word)).collect();
    let departure = |source: &str, template: &str| Departure {
        clause: Some("L".to_owned()),
        source: source.to_owned(),
        template: template.to_owned(),
        before: String::new(),
        after: String::new(),
    };
    let missing = wanted.iter().filter(|word| !stands.contains(word)).map(|word| departure(word, ""));
    let added = stands.iter().filter(|word| !wanted.contains(word)).map(|word| departure("", word));
    missing.chain(added).collect()
}
