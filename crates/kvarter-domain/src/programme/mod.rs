//! A programme is data: what the text says, read and checked.
//!
//! A programme is a folder with a definition (`programme.toml`), the text it was read from (`source.txt`),
//! the send list, the districts and two templates, and the sections of ordinances that it quotes
//! (`ordinance.txt`). [`Programme::read`] gives all of it checked, or every
//! problem at once. After that nothing has to be checked again: every id resolves, every quotation
//! stands in the clause it names, every date exists.
//!
//! [`rule`] says what a date rule means. [`source`] gives the text its addresses. [`coverage`] tells which
//! sentences of the text are carried by something here. [`wording`] fills the text's holes for one
//! municipality. Duties, which are obligations made concrete, are in [`crate::duty`].

mod check;
pub mod coverage;
mod definition;
mod file;
mod lists;
mod ordinance;
mod plan_rules;
mod quoted_day;
pub mod rule;
pub mod source;
mod vocabulary;
pub mod wording;

pub(crate) use vocabulary::codes;
pub use vocabulary::{Condition, Creditor, Debtor, Deliverable, EventKind, Force, HoleKind, Part, Per};

use crate::district::{CodeSystem, District};
use crate::ids::{Digest, ObligationId, OrganisationId, ProgrammeId};
use crate::organisation::{Alias, Organisation, OrganisationKind};
use crate::partnership::RequiredPartner;
use crate::person::Role;
use crate::plan::rules::PlanRules;
use crate::problem::{Problem, Problems};
use crate::reference::ReferenceRole;
use crate::signing::Party;
use crate::text::{Bilingual, folded};
use crate::time::Period;
use rule::{DueRule, Roll};
use source::{ClauseText, SentenceId, Source};

/// The most that one file of a programme may hold; a definition is prose, not data by the megabyte.
pub const FILE_BYTES_MAX: usize = 1024 * 1024;

/// The texts of a programme's files. Whoever calls has read them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProgrammeFiles {
    /// `programme.toml`: the definition.
    pub definition: String,
    /// `source.txt`: the text that quotations are checked against.
    pub source: String,
    /// `recipients.csv`: the send list.
    pub recipients: String,
    /// `districts.csv`: the districts with their codes.
    pub districts: String,
    /// `agreement.typ`: the agreement's template.
    pub agreement: String,
    /// `letter.typ`: the covering letter's template.
    pub letter: String,
    /// `ordinance.txt`: the sections of ordinances that are quoted. Empty where none are, and the file may then be
    /// left out.
    pub ordinance: String,
}

impl ProgrammeFiles {
    /// The names of the files, in the order of the fields.
    pub const NAMES: [&'static str; 7] = [
        "programme.toml",
        "source.txt",
        "recipients.csv",
        "districts.csv",
        "agreement.typ",
        "letter.typ",
        Self::ORDINANCE,
    ];

    /// The one file that may be left out.
    pub const ORDINANCE: &'static str = "ordinance.txt";

    /// Takes the files as bytes, `read` giving the bytes of a name; what is missing, too large or not
    /// text is a problem that names the file.
    ///
    /// # Errors
    /// Every file that cannot be used.
    pub fn from_bytes(read: impl Fn(&str) -> Option<Vec<u8>>) -> Result<Self, Problems> {
        let mut problems = Problems::none();
        let mut texts = Self::NAMES.map(|name| {
            let Some(bytes) = read(name) else {
                problems.add_if(name != Self::ORDINANCE, || Problem::new("programme-file-missing", name));
                return String::new();
            };
            if bytes.len() > FILE_BYTES_MAX {
                problems.add(too_large(name, bytes.len()));
                return String::new();
            }
            match String::from_utf8(bytes) {
                Ok(text) => text,
                Err(error) => {
                    let good = error.utf8_error().valid_up_to();
                    let line = 1 + error.as_bytes()[..good].iter().filter(|b| **b == b'\n').count();
                    problems.add(Problem::new("programme-file-not-text", format!("{name}:{line}")));
                    String::new()
                }
            }
        });
        let [definition, source, recipients, districts, agreement, letter, ordinance] =
            texts.each_mut().map(std::mem::take);
        problems.or(Self { definition, source, recipients, districts, agreement, letter, ordinance })
    }

    /// The files with their names.
    pub fn named(&self) -> [(&'static str, &str); 7] {
        let texts = [
            self.definition.as_str(),
            &self.source,
            &self.recipients,
            &self.districts,
            &self.agreement,
            &self.letter,
            &self.ordinance,
        ];
        std::array::from_fn(|i| (Self::NAMES[i], texts[i]))
    }

    /// The digest of the files, which names this edition of the programme.
    fn edition(&self) -> Digest {
        let listed: Vec<String> = self
            .named()
            .iter()
            // A file that is left out changes nothing.
            .filter(|(name, text)| *name != Self::ORDINANCE || !text.is_empty())
            .map(|(name, text)| format!("{} {name}\n", Digest::of(text.as_bytes())))
            .collect();
        Digest::of(listed.concat().as_bytes())
    }
}

fn too_large(name: &str, bytes: usize) -> Problem {
    Problem::new("programme-file-too-large", name).with("bytes", bytes).with("most", FILE_BYTES_MAX)
}

/// A programme that has been read and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// Its id, such as `lua-2008`.
    pub id: ProgrammeId,
    /// The edition: the digest of its files.
    pub edition: Digest,
    /// Its name.
    pub name: Bilingual,
    /// The period that its agreements cover.
    pub period: Period,
    /// The ordinances it rests on, such as `SFS 2008:348`.
    pub law: Vec<String>,
    /// The organisation that acts for the state, with the names it goes by.
    pub state: StateParty,
    /// How deadlines are counted where an obligation does not say otherwise.
    pub deadlines: Deadlines,
    /// Clauses, in the order of the text.
    pub clauses: Vec<Clause>,
    /// Reference numbers that the text uses, kept as written.
    pub references: Vec<ProgrammeReference>,
    /// The areas in which local goals are set.
    pub target_areas: Vec<TargetArea>,
    /// What plans must hold, where the programme has plans.
    pub plan: Option<PlanRules>,
    /// The partners that were ordered to take part in the partnerships.
    pub required_partners: Vec<RequiredPartner>,
    /// Who owes what.
    pub obligations: Vec<Obligation>,
    /// What a party may do.
    pub permissions: Vec<Permission>,
    /// What the parties intend, without owing a particular act.
    pub intents: Vec<Intent>,
    /// What the text states: definitions, data, references.
    pub declarations: Vec<Declaration>,
    /// What must be true for the agreement to bind, and to be valid.
    pub validity: Vec<ValidityTree>,
    /// What the covering letter says of its sender.
    pub letter: LetterHead,
    /// How the agreement is signed and returned.
    pub signing: Signing,
    /// What differs between municipalities.
    pub holes: Vec<Hole>,
    /// The code system that the agreement's text gives districts in.
    pub district_system: CodeSystem,
    /// The send list.
    pub recipients: Vec<Recipient>,
    /// Districts with their codes, in every system the file knows.
    pub districts: Vec<District>,
    /// The template of the agreement.
    pub agreement_template: String,
    /// The template of the covering letter.
    pub letter_template: String,
    source: Source,
    duty_words: Vec<String>,
}

impl Programme {
    /// Reads a programme from the texts of its files.
    ///
    /// # Errors
    /// Every problem in every file, each with its place and a hint.
    pub fn read(files: &ProgrammeFiles) -> Result<Self, Problems> {
        check::programme(files)
    }

    /// An obligation by its id.
    pub fn obligation(&self, id: &ObligationId) -> Option<&Obligation> {
        self.obligations.iter().find(|o| o.id == *id)
    }

    /// A clause by its id, such as `4` or `L`.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|c| c.id == id)
    }

    /// A tree of conditions by its id: `binding` or `complete`.
    pub fn validity(&self, id: &str) -> Option<&ValidityTree> {
        self.validity.iter().find(|t| t.id == id)
    }

    /// A reference number by what it is to the matter.
    pub fn reference(&self, role: ReferenceRole) -> Option<&ProgrammeReference> {
        self.references.iter().find(|r| r.role == role)
    }

    /// The recipient that a code or a written name means; case and spacing do not matter.
    pub fn recipient(&self, written: &str) -> Option<&Recipient> {
        let wanted = folded(written);
        self.recipients
            .iter()
            .find(|r| r.municipality.as_str() == wanted || r.names().any(|name| folded(name) == wanted))
    }

    /// The districts of a municipality with the codes that its agreement states.
    pub fn districts_of(&self, municipality: &OrganisationId) -> Vec<District> {
        self.districts
            .iter()
            .filter(|d| d.municipality == *municipality && d.system == self.district_system)
            .cloned()
            .collect()
    }

    /// The text as it was read, clause by clause.
    pub fn text(&self) -> &[ClauseText] {
        self.source.clauses()
    }

    /// The words whose presence makes a sentence ask for an entry here.
    pub fn duty_words(&self) -> &[String] {
        &self.duty_words
    }

    /// The organisations that the programme names: the state's, and every municipality on the send list.
    pub fn organisations(&self) -> Vec<Organisation> {
        let state = Organisation {
            id: self.state.organisation.clone(),
            kind: OrganisationKind::State,
            name: self.state.name.clone(),
            orgnr: None,
        };
        let municipalities = self.recipients.iter().map(|r| Organisation {
            id: r.municipality.clone(),
            kind: OrganisationKind::Municipality,
            name: r.name.clone(),
            orgnr: None,
        });
        std::iter::once(state).chain(municipalities).collect()
    }

    /// The other names that those organisations go by.
    pub fn aliases(&self) -> Vec<Alias> {
        let state = self
            .state
            .aliases
            .iter()
            .map(|name| Alias { organisation: self.state.organisation.clone(), name: name.clone() });
        let municipalities = self.recipients.iter().flat_map(|r| {
            r.names()
                .skip(1)
                .map(|name| Alias { organisation: r.municipality.clone(), name: name.to_owned() })
        });
        state.chain(municipalities).collect()
    }
}

/// The organisation that acts for the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateParty {
    /// Its id.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// Other names that the text uses for it.
    pub aliases: Vec<String>,
}

/// How deadlines are counted where an obligation does not say otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadlines {
    /// Whether a last day moves.
    pub roll: Roll,
    /// Days before the last day on which a reminder is due, most first.
    pub remind: Vec<i64>,
    /// What was chosen, and what a lawyer may see differently.
    pub reading: Option<Bilingual>,
}

/// A clause of the letter or of the agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its address: `4`, or `L` for the letter.
    pub id: String,
    /// The heading over the clause, as written there; empty if it has none.
    pub heading: String,
    /// The heading in the list of contents, where that differs.
    pub contents_heading: Option<String>,
    /// Letter or agreement.
    pub part: Part,
}

impl Clause {
    /// Whether the clause is one of the agreement's numbered sections.
    pub fn is_numbered(&self) -> bool {
        self.id.bytes().all(|b| b.is_ascii_digit())
    }
}

/// A reference number that the text uses, exactly as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammeReference {
    /// The number.
    pub number: String,
    /// What it is to the matter.
    pub role: ReferenceRole,
    /// Where it is used.
    pub used_for: Bilingual,
    /// The municipality whose number it is, if it is not the state's.
    pub organisation: Option<OrganisationId>,
    /// What does not agree about it, if something does not.
    pub note: Option<Bilingual>,
}

/// An area in which local goals are set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetArea {
    /// Its id.
    pub id: String,
    /// Its letter in the list.
    pub letter: String,
    /// Its name.
    pub name: Bilingual,
}

/// Who owes what to whom by when, in the words of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obligation {
    /// Its id.
    pub id: ObligationId,
    /// What it is called in a list.
    pub name: Bilingual,
    /// The clause it stands in.
    pub clause: String,
    /// The words it rests on.
    pub says: String,
    /// The sentences that those words stand in.
    pub sentences: Vec<SentenceId>,
    /// How strongly the words bind.
    pub force: Force,
    /// Who owes it.
    pub bound: Debtor,
    /// To whom.
    pub towards: Creditor,
    /// For what there is one duty each.
    pub per: Per,
    /// What is handed over, if something is.
    pub delivers: Option<Deliverable>,
    /// When it is due.
    pub due: DueRule,
    /// Whether its last day moves.
    pub roll: Roll,
    /// What meets it.
    pub met_by: EventKind,
    /// Days before the last day on which a reminder is due, most first.
    pub remind: Vec<i64>,
    /// What was chosen where the text leaves a choice.
    pub reading: Option<Bilingual>,
}

/// What a party may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permission {
    /// Its id.
    pub id: String,
    /// What it is called in a list.
    pub name: Bilingual,
    /// The clause it stands in.
    pub clause: String,
    /// The words it rests on.
    pub says: String,
    /// The sentences that those words stand in.
    pub sentences: Vec<SentenceId>,
    /// Who may.
    pub bound: Debtor,
    /// What was chosen where the text leaves a choice.
    pub reading: Option<Bilingual>,
}

/// What the parties intend, without owing a particular act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// Its id.
    pub id: String,
    /// What it is called in a list.
    pub name: Bilingual,
    /// The clause it stands in.
    pub clause: String,
    /// The words it rests on.
    pub says: String,
    /// The sentences that those words stand in.
    pub sentences: Vec<SentenceId>,
    /// Who intends it.
    pub bound: Debtor,
    /// What was chosen where the text leaves a choice.
    pub reading: Option<Bilingual>,
}

/// What the text states: a definition, a fact, a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// Its id.
    pub id: String,
    /// The clause it stands in.
    pub clause: String,
    /// The words it rests on; none where the clause as a whole is data, such as a send list.
    pub says: Option<String>,
    /// The sentences that those words stand in.
    pub sentences: Vec<SentenceId>,
    /// Why the words bind no one to an act, where that could be doubted.
    pub reading: Option<Bilingual>,
}

/// What must be true together, each leaf with the words it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidityTree {
    /// Its id: `binding` or `complete`.
    pub id: String,
    /// What it is called.
    pub name: Bilingual,
    /// The clause it stands in.
    pub clause: String,
    /// The words it rests on.
    pub says: String,
    /// Other trees that must be true too.
    pub includes: Vec<String>,
    /// Its conditions.
    pub leaves: Vec<ValidityLeaf>,
    /// What was chosen where the text leaves a choice.
    pub reading: Option<Bilingual>,
}

/// One condition of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidityLeaf {
    /// Its id, unique in the programme.
    pub id: String,
    /// The clause it stands in.
    pub clause: String,
    /// The words it rests on.
    pub says: String,
    /// The sentences that those words stand in.
    pub sentences: Vec<SentenceId>,
    /// What facts must show.
    pub condition: Condition,
    /// What was chosen where the text leaves a choice.
    pub reading: Option<Bilingual>,
}

/// What the covering letter says of its sender, besides what differs from one dispatch to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterHead {
    /// The sending ministry.
    pub department: String,
    /// Its unit.
    pub unit: String,
    /// The desk officer's title.
    pub officer_title: String,
    /// The mark that the letter is an annex, where it is one.
    pub attachment: Option<String>,
    /// To whom it is addressed.
    pub recipient: String,
    /// The lines of the return address.
    pub return_address: Vec<String>,
    /// The Government's page on the work.
    pub web_page: String,
    /// To whom a municipality sends the address of its own page.
    pub links_to: String,
}

/// How the agreement is signed and returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signing {
    /// How many identical originals there are.
    pub copies: i64,
    /// Which party signs first.
    pub order: Vec<Party>,
    /// Who signs for each party.
    pub signatories: Vec<Signatory>,
    /// The reference number to quote when an original is returned.
    pub quote_on_return: String,
}

impl Signing {
    /// Who signs for a party.
    pub fn signatory(&self, party: Party) -> Option<&Signatory> {
        self.signatories.iter().find(|s| s.party == party)
    }
}

/// Who signs for a party, and by what right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signatory {
    /// For which party.
    pub party: Party,
    /// As what.
    pub role: Role,
    /// Who may sign in their place on evidence.
    pub deputy: Option<Role>,
    /// The clause it rests on.
    pub clause: String,
    /// The words it rests on.
    pub says: String,
    /// What was chosen where the text leaves a choice.
    pub reading: Option<Bilingual>,
}

/// What in the agreement's text differs between municipalities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole {
    /// What it is.
    pub kind: HoleKind,
    /// What stands there in the source, for holes in running text.
    pub source: String,
    /// How the value stands there: `{value}`; for a district `{name}`, `{system}` and `{code}`.
    pub pattern: String,
    /// The clause, where the hole is in one clause only.
    pub clause: Option<String>,
}

/// A municipality on the send list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The municipality's code.
    pub municipality: OrganisationId,
    /// The name on the send list, such as `Stockholms stad`.
    pub name: String,
    /// The name as party in the agreement, such as `Stockholms kommun`.
    pub party_name: String,
    /// Other names it goes by.
    pub aliases: Vec<String>,
}

impl Recipient {
    /// The place before the municipality's line: its short name, or the party's.
    pub fn seat(&self) -> &str {
        self.aliases.first().map_or(self.party_name.as_str(), String::as_str)
    }

    /// Every name, the one on the send list first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [self.name.as_str(), &self.party_name].into_iter().chain(self.aliases.iter().map(String::as_str))
    }
}
