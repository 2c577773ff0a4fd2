//! What a document says, as plain structs: one per document, and templates read nothing else.
//!
//! A model holds words that are ready to print. Dates, standings and labels arrive as text in the
//! reader's language, so that no rule and no translation hides in a template. The two programme
//! documents ([`Agreement`] and [`Letter`]) carry only what differs between copies: their common
//! wording stands in the programme's own template.

mod plan;
mod study;

pub use plan::{
    Plan, PlanCriterion, PlanGoal, PlanGoalArea, PlanGoalColumns, PlanGoals, PlanIntervention,
    PlanInterventions, PlanLink, PlanPart, PlanPath, PlanPoint, PlanSurroundings, PlanTable,
};
pub use study::{Study, StudyChart, StudyLine, StudyLineKind, StudyPart, StudyPoint, StudyReason, StudyTick};

use serde::{Deserialize, Serialize};

/// The language a document declares, and in which its page labels are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Swedish.
    #[default]
    Sv,
    /// English.
    En,
}

/// Which of an agreement's two originals a copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Original {
    /// The first original.
    A,
    /// The second original.
    B,
    /// Both: one file that is signed with keys and kept by both parties.
    #[serde(rename = "AB")]
    Both,
    /// Neither: a specimen, whose holes hold their own names. See [`Agreement::specimen`].
    #[serde(rename = "{original}")]
    Specimen,
}

/// One original of one agreement: everything in which it differs from the programme's other copies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// The reference printed at the foot of every page, for instance the ministry's number.
    pub reference: String,
    /// Which original this is: a discreet mark at the foot, and the file's own identity.
    pub original: Original,
    /// The municipality's name as a party, in the form the clauses use: "Stockholms kommun".
    pub municipality: String,
    /// The districts of § 2, in the order they are to stand.
    pub districts: Vec<AgreementDistrict>,
    /// The state's place, day and signatory.
    pub state: SignatureLine,
    /// The municipality's place, day and signatory.
    pub municipality_signature: SignatureLine,
}

impl Agreement {
    /// The agreement with the name of each hole in its place, in braces. Rendered and read back, it
    /// tells what the programme's common text is and where copies may differ; it is never issued.
    pub fn specimen() -> Self {
        let hole = |name: &str| format!("{{{name}}}");
        let line = |party: &str| SignatureLine {
            place: hole(&format!("{party}_place")),
            day: Some(hole(&format!("{party}_day"))),
            year: hole(&format!("{party}_year")),
            name: hole(&format!("{party}_signatory")),
        };
        Self {
            reference: hole("reference"),
            original: Original::Specimen,
            municipality: hole("municipality"),
            districts: vec![AgreementDistrict {
                name: hole("district_name"),
                code: hole("district_code"),
                code_system: hole("code_system"),
            }],
            state: line("state"),
            municipality_signature: line("municipality"),
        }
    }
}

/// A district as § 2 names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementDistrict {
    /// The district's name: "Husby".
    pub name: String,
    /// Its code: "01800154".
    pub code: String,
    /// The code system: "SAMS".
    pub code_system: String,
}

/// What stands on and under a signature line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureLine {
    /// The place: "Stockholm".
    pub place: String,
    /// The day as it is to be printed: "18/9". `None` leaves a line to be filled in by hand.
    pub day: Option<String>,
    /// The year, printed after the day or after the line left for it.
    pub year: String,
    /// The signatory's name in clear, under the line.
    pub name: String,
}

/// The cover letter that goes out with the two originals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The sending ministry.
    pub department: String,
    /// Its unit.
    pub unit: String,
    /// The desk officer's title.
    pub officer_title: String,
    /// The desk officer's name: beside the title and under the closing words.
    pub officer: String,
    /// The letter's date: "2008-09-18".
    pub date: String,
    /// The letter's own reference number.
    pub reference: String,
    /// The mark that the letter is an annex, where it is one: "Bilaga".
    pub attachment: Option<String>,
    /// To whom: "Se Sändlista", or one recipient's name.
    pub recipient: String,
    /// The number of the Government's offer.
    pub offer_reference: String,
    /// The lines of the return address, which the text joins with commas.
    pub return_address: Vec<String>,
    /// The number that the returned original is to quote.
    pub return_reference: String,
    /// The Government's page on urban development work.
    pub web_page: String,
    /// To whom a municipality sends the address of its own page.
    pub links_to: String,
    /// Every recipient, in the order of the list.
    pub send_list: Vec<String>,
}

impl Letter {
    /// The letter with the name of each parameter in its place, between `<` and `>`. Rendered and read
    /// back, it tells what the programme's letter says to everyone; it is never sent.
    pub fn specimen() -> Self {
        let named = |name: &str| format!("<{name}>");
        Self {
            department: named("department"),
            unit: named("unit"),
            officer_title: named("officer_title"),
            officer: named("officer"),
            date: named("date"),
            reference: named("reference"),
            attachment: Some(named("attachment")),
            recipient: named("recipient"),
            offer_reference: named("offer_reference"),
            return_address: vec![named("return_address")],
            return_reference: named("return_reference"),
            web_page: named("web_page"),
            links_to: named("links_to"),
            send_list: vec![named("send_list")],
        }
    }
}

/// The national overview of one year: what each party owed, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Overview {
    /// The language of all the words below.
    pub language: Language,
    /// The title, which is also the document's title.
    pub title: String,
    /// A line under the title: the year, and as of which day.
    pub subtitle: String,
    /// The reference printed at the foot of every page.
    pub reference: String,
    /// Paragraphs before the tables.
    pub introduction: Vec<String>,
    /// The totals at the top, each a figure and what it counts.
    pub totals: Vec<Total>,
    /// The words of the tables' head.
    pub columns: OverviewColumns,
    /// A table per party.
    pub groups: Vec<OverviewGroup>,
    /// Paragraphs after the tables: sources, readings, how late is counted.
    pub notes: Vec<String>,
}

/// A figure and what it counts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Total {
    /// The figure, already written out.
    pub figure: String,
    /// What it counts.
    pub label: String,
}

/// The head of the overview's tables.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OverviewColumns {
    /// Above the duties.
    pub duty: String,
    /// Above the last days.
    pub last_day: String,
    /// Above the days of reporting.
    pub reported: String,
    /// Above the standings.
    pub standing: String,
}

/// One party's part of the overview.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OverviewGroup {
    /// The party: a municipality or the state.
    pub name: String,
    /// A line under the name, where there is something to say: "not yet in force".
    pub note: Option<String>,
    /// A row per duty.
    pub rows: Vec<OverviewRow>,
}

/// One duty in the overview.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OverviewRow {
    /// What is owed: the clause and the duty.
    pub duty: String,
    /// The last day, or the words for there being none.
    pub last_day: String,
    /// The day it was reported, or nothing.
    pub reported: String,
    /// How it stands.
    pub standing: String,
    /// The sign before the standing, so that it is never told by colour alone.
    pub tone: Tone,
}

/// How good or bad a thing is, shown as a sign whose shape differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Done, met.
    Good,
    /// Done, but with a remark: late.
    Remark,
    /// Not done, and should have been.
    Bad,
    /// Not yet due, standing, or without a day.
    #[default]
    Open,
    /// Excused, or not applicable.
    Excused,
}

/// The sheet on which a registrar follows a signing on paper: page × party × original.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SigningMatrix {
    /// The language of all the words below.
    pub language: Language,
    /// The title, which is also the document's title.
    pub title: String,
    /// A line under the title.
    pub subtitle: String,
    /// The reference printed at the foot of every page.
    pub reference: String,
    /// Paragraphs before the table: how the sheet is used.
    pub introduction: Vec<String>,
    /// The word above the row labels: "Sida".
    pub row_head: String,
    /// A column per original and party.
    pub columns: Vec<MatrixColumn>,
    /// A row per page, and one for the signature on the last page.
    pub rows: Vec<MatrixRow>,
    /// What the registrar attests, and the lines to fill in under it.
    pub attestation: Attestation,
}

/// One party's marks in one original.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MatrixColumn {
    /// The original: "Exemplar A".
    pub original: String,
    /// The party: "Staten".
    pub party: String,
}

/// One page, or the signature on the last one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MatrixRow {
    /// The page: "3", or "Underskrift, sida 8".
    pub label: String,
    /// One for each column, in the columns' order.
    pub cells: Vec<MatrixCell>,
}

/// Whether a mark is in place.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MatrixCell {
    /// Ticked already, when the sheet is printed after registration.
    pub done: bool,
    /// A small note beside the box: the day, or who.
    pub note: Option<String>,
}

/// Words to stand over blank lines that a person fills in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Attestation {
    /// What is attested.
    pub text: String,
    /// The labels under the blank lines, one line each: "Ort och datum", "Registrator".
    pub lines: Vec<String>,
}

/// The certificate of an agreement's validity: the proof trees, printed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ValidityCertificate {
    /// The language of all the words below.
    pub language: Language,
    /// The title, which is also the document's title.
    pub title: String,
    /// A line under the title: which agreement, as of which day.
    pub subtitle: String,
    /// The reference printed at the foot of every page.
    pub reference: String,
    /// Labelled facts about the agreement.
    pub facts: Vec<Fact>,
    /// The answer in one sentence: in force since, or not yet in force.
    pub verdict: String,
    /// Whether that is good.
    pub tone: Tone,
    /// The trees: what makes it binding, what makes it valid.
    pub trees: Vec<ProofTree>,
    /// Paragraphs at the end: by what record this can be checked.
    pub closing: Vec<String>,
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fact {
    /// The label.
    pub label: String,
    /// The value.
    pub value: String,
}

/// One question and its proof.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProofTree {
    /// The heading.
    pub title: String,
    /// What is proved, and from where the condition comes.
    pub root: ProofNode,
}

/// One condition, and those it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProofNode {
    /// The condition in words.
    pub label: String,
    /// Whether it is met.
    pub tone: Tone,
    /// "uppfyllt", "saknas": the tone in words.
    pub standing: String,
    /// By which act and document it is met, or what is missing.
    pub evidence: Option<String>,
    /// The words of the source that set the condition.
    pub quotation: Option<String>,
    /// The conditions under it.
    pub children: Vec<ProofNode>,
}

/// An extract from a body's minutes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Minutes {
    /// The language of all the words below.
    pub language: Language,
    /// What it is: "Protokollsutdrag".
    pub title: String,
    /// The body that decided: "Kommunstyrelsen".
    pub body: String,
    /// The body's organisation.
    pub organisation: String,
    /// The reference printed at the foot of every page.
    pub reference: String,
    /// The paragraph: "§ 21".
    pub paragraph: String,
    /// What the paragraph is about.
    pub heading: String,
    /// Labelled facts: day of the meeting, day the minutes were adjusted, reference.
    pub facts: Vec<Fact>,
    /// The text, in parts: the decision, the reasons.
    pub sections: Vec<Section>,
    /// A mark that must not be missed, such as that the extract belongs to a demonstration.
    pub mark: Option<String>,
    /// Names in clear under the text: who presided, who adjusted.
    pub signed_by: Vec<Fact>,
}

/// A collaboration agreement between a municipality and a partner, to be signed by both.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Collaboration {
    /// The language of all the words below.
    pub language: Language,
    /// What it is: "Samverkansöverenskommelse".
    pub title: String,
    /// Which version: "Version 2".
    pub version: String,
    /// The reference printed at the foot of every page.
    pub reference: String,
    /// The municipality, as it stands over its line, and over its initials.
    pub municipality: SignedParty,
    /// The partner.
    pub partner: SignedParty,
    /// Labelled facts: the local development agreement, the period.
    pub facts: Vec<Fact>,
    /// The heading over what it is for.
    pub purpose_heading: String,
    /// What it is for, paragraph by paragraph.
    pub purpose: Vec<String>,
    /// The heading over the commitments.
    pub commitments_heading: String,
    /// What is committed to.
    pub commitments: Vec<CollaborationCommitment>,
    /// The heading over the last words.
    pub closing_heading: String,
    /// What holds for the whole: the ordinary budget, revision, reporting.
    pub closing: Vec<String>,
    /// The heading over the lines to sign on.
    pub signing_heading: String,
}

/// Someone who signs a document of this house.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SignedParty {
    /// Its name.
    pub name: String,
    /// A short name over its initials.
    pub short: String,
    /// What stands before the day on its line: "Ort och dag".
    pub place_and_day: String,
    /// What stands under its line: "Namnförtydligande".
    pub name_in_clear: String,
}

/// One thing that is committed to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CollaborationCommitment {
    /// Its number and who does it: "1. Polismyndigheten i Stockholms län".
    pub heading: String,
    /// What is done, paragraph by paragraph.
    pub what: Vec<String>,
    /// Labelled facts: by when, with which resources, bound to what in which plan.
    pub facts: Vec<Fact>,
}

/// Any other act that comes as a document: a plan, a yearly account, a compilation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Act {
    /// The language of all the words below.
    pub language: Language,
    /// The title, which is also the document's title.
    pub title: String,
    /// Who sends it.
    pub sender: String,
    /// The reference printed at the foot of every page.
    pub reference: String,
    /// Labelled facts: receiver, date, reference, clause.
    pub facts: Vec<Fact>,
    /// The text.
    pub sections: Vec<Section>,
    /// A mark that must not be missed, such as that the act belongs to a demonstration.
    pub mark: Option<String>,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Section {
    /// Its heading, where it has one.
    pub heading: Option<String>,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}
