//! The shape of `programme.toml`; nobody else sees it.
//!
//! What is read here has the right keys and kinds. Whether it is true – that clauses exist, that quotations
//! stand in the text, that dates lie in the period – is asked in [`super::check`].

use super::file::{Document, Entry, Places, TextOrEntry};
use super::plan_rules;
use super::rule::{DueRule, MonthDay, Roll};
use super::{
    Clause, Condition, Creditor, Deadlines, Debtor, Declaration, Deliverable, EventKind, Force, Hole,
    HoleKind, Intent, LetterHead, Obligation, Part, Per, Permission, ProgrammeReference, Signatory, Signing,
    StateParty, TargetArea, ValidityLeaf, ValidityTree,
};
use crate::district::CodeSystem;
use crate::ids::{ObligationId, OrganisationId, ProgrammeId};
use crate::partnership::RequiredPartner;
use crate::person::Role;
use crate::plan::rules::PlanRules;
use crate::problem::{Problem, Problems};
use crate::reference::ReferenceRole;
use crate::signing::Party;
use crate::text::Bilingual;
use crate::time::Period;

/// Something with the places of its keys.
pub(super) type Placed<T> = (T, Places);

/// The definition as the file has it.
#[derive(Default)]
pub(super) struct Definition {
    pub(super) head: Option<Placed<Head>>,
    pub(super) state: Option<StateParty>,
    pub(super) deadlines: Option<Placed<Deadlines>>,
    pub(super) duty_words: Vec<String>,
    pub(super) district_system: Option<CodeSystem>,
    pub(super) clauses: Vec<Placed<Clause>>,
    pub(super) references: Vec<Placed<ProgrammeReference>>,
    pub(super) target_areas: Vec<Placed<TargetArea>>,
    pub(super) plan: Option<Placed<PlanRules>>,
    pub(super) required_partners: Vec<Placed<RequiredPartner>>,
    pub(super) obligations: Vec<Placed<Obligation>>,
    pub(super) permissions: Vec<Placed<Permission>>,
    pub(super) intents: Vec<Placed<Intent>>,
    pub(super) declarations: Vec<Placed<Declaration>>,
    pub(super) validity: Vec<PlacedTree>,
    pub(super) letter: Option<LetterHead>,
    pub(super) signing: Option<Placed<Signing>>,
    pub(super) signatories: Vec<Places>,
    pub(super) holes: Vec<Placed<Hole>>,
}

/// A tree with the places of its leaves.
pub(super) struct PlacedTree {
    pub(super) tree: ValidityTree,
    pub(super) places: Places,
    pub(super) leaves: Vec<Places>,
}

/// What stands under `[programme]`.
pub(super) struct Head {
    pub(super) id: ProgrammeId,
    pub(super) name: Bilingual,
    pub(super) period: Period,
    pub(super) law: Vec<String>,
}

/// Reads the definition; the problems of its shape are added to the others.
pub(super) fn read(text: &str, problems: &mut Problems) -> Definition {
    let document = Document::parse("programme.toml", text);
    let definition = if document.is_hopeless() { Definition::default() } else { of_root(document.root()) };
    problems.0.extend(document.into_problems().0);
    definition
}

fn of_root(root: Entry<'_>) -> Definition {
    let head = root.entry("programme").and_then(head);
    let state = root.entry("state").map(|entry| {
        let state = StateParty {
            organisation: OrganisationId::new(entry.text("organisation")),
            name: entry.text("name"),
            aliases: entry.maybe_texts("aliases"),
        };
        entry.close();
        state
    });
    let deadlines = root.entry("deadlines").map(deadlines);
    let defaults = deadlines.as_ref().map(|(deadlines, _)| deadlines.clone());
    let duty_words = root.entry("coverage").map(|entry| {
        let words = entry.texts("words");
        entry.close();
        words
    });
    let district_system = root.entry("districts").and_then(|entry| {
        let system = entry.word("system", &CodeSystem::ALL, CodeSystem::code);
        entry.close();
        system
    });
    let mut definition = Definition {
        head,
        state,
        deadlines,
        duty_words: duty_words.unwrap_or_default(),
        district_system,
        clauses: root.entries("clause").into_iter().map(clause).collect(),
        references: root.entries("reference").into_iter().map(reference).collect(),
        target_areas: root.entries("target_area").into_iter().map(target_area).collect(),
        plan: root.maybe_entry("plan").map(plan_rules::read),
        required_partners: root.entries("required_partner").into_iter().map(required_partner).collect(),
        obligations: root
            .entries("obligation")
            .into_iter()
            .map(|entry| obligation(entry, defaults.as_ref()))
            .collect(),
        permissions: root.entries("permission").into_iter().map(permission).collect(),
        intents: root.entries("intent").into_iter().map(intent).collect(),
        declarations: root.entries("declaration").into_iter().map(declaration).collect(),
        validity: root.entries("validity").into_iter().map(tree).collect(),
        letter: root.entry("letter").map(letter),
        signing: None,
        signatories: Vec::new(),
        holes: root.entries("hole").into_iter().map(hole).collect(),
    };
    if let Some(entry) = root.entry("signing") {
        let (signing, places, signatories) = signing(entry);
        definition.signing = Some((signing, places));
        definition.signatories = signatories;
    }
    root.close();
    definition
}

fn head(entry: Entry<'_>) -> Option<Placed<Head>> {
    let places = entry.places();
    let id = ProgrammeId::new(entry.text("id"));
    let name = entry.bilingual("name");
    let law = entry.maybe_texts("law");
    let period = entry.entry("period").and_then(|period| {
        let (from, to) = (period.day("from"), period.day("to"));
        period.close();
        Some(Period { from: from?, to: to? })
    });
    entry.close();
    Some((Head { id, name, period: period?, law }, places))
}

fn deadlines(entry: Entry<'_>) -> Placed<Deadlines> {
    let places = entry.places();
    let roll = entry.word("roll", Roll::ALL, Roll::code).unwrap_or(Roll::None);
    let remind = entry.maybe_integers("remind").unwrap_or_default();
    let reading = entry.maybe_bilingual("reading");
    entry.close();
    (Deadlines { roll, remind, reading }, places)
}

fn clause(entry: Entry<'_>) -> Placed<Clause> {
    let places = entry.places();
    let clause = Clause {
        id: entry.text("id"),
        heading: entry.maybe_text("heading").unwrap_or_default(),
        contents_heading: entry.maybe_text("contents"),
        part: entry.word("part", Part::ALL, Part::code).unwrap_or(Part::Agreement),
    };
    entry.close();
    (clause, places)
}

const REFERENCE_ROLES: [ReferenceRole; 7] = [
    ReferenceRole::Own,
    ReferenceRole::Counterparty,
    ReferenceRole::Offer,
    ReferenceRole::Decision,
    ReferenceRole::Letter,
    ReferenceRole::ToQuote,
    ReferenceRole::Quoted,
];

fn reference_role_code(role: ReferenceRole) -> &'static str {
    match role {
        ReferenceRole::Own => "own",
        ReferenceRole::Counterparty => "counterparty",
        ReferenceRole::Offer => "offer",
        ReferenceRole::Decision => "decision",
        ReferenceRole::Letter => "letter",
        ReferenceRole::ToQuote => "to-quote",
        ReferenceRole::Quoted => "quoted",
    }
}

fn reference(entry: Entry<'_>) -> Placed<ProgrammeReference> {
    let places = entry.places();
    let reference = ProgrammeReference {
        number: entry.text("number"),
        role: entry.word("role", &REFERENCE_ROLES, reference_role_code).unwrap_or(ReferenceRole::Own),
        used_for: entry.bilingual("used_for"),
        organisation: entry.maybe_text("organisation").map(OrganisationId::new),
        note: entry.maybe_bilingual("note"),
    };
    entry.close();
    (reference, places)
}

fn target_area(entry: Entry<'_>) -> Placed<TargetArea> {
    let places = entry.places();
    let area =
        TargetArea { id: entry.text("id"), letter: entry.text("letter"), name: entry.bilingual("name") };
    entry.close();
    (area, places)
}

fn required_partner(entry: Entry<'_>) -> Placed<RequiredPartner> {
    let places = entry.places();
    let partner = RequiredPartner {
        id: entry.text("id"),
        name: entry.bilingual("name"),
        decision: entry.text("decision"),
        from_day: entry.day("from").unwrap_or_default(),
        to_day: if entry.has("to") { entry.day("to") } else { None },
        source: entry.bilingual("source"),
    };
    let to_day = partner.to_day.filter(|to| *to < partner.from_day);
    if let Some(to) = to_day {
        entry.add(
            Problem::new("period-ends-before-it-begins", places.key("to"))
                .with("from", partner.from_day)
                .with("to", to),
        );
    }
    entry.close();
    (partner, places)
}

fn obligation(entry: Entry<'_>, defaults: Option<&Deadlines>) -> Placed<Obligation> {
    let mut places = entry.places();
    let due = due(&entry);
    if due.is_none() {
        // What goes with a rule cannot be judged when the rule could not be read.
        places.forget(&["remind", "roll"]);
    }
    let defaults = defaults.filter(|_| due.is_some_and(DueRule::may_get_a_day));
    let obligation = Obligation {
        id: ObligationId::new(entry.text("id")),
        name: entry.bilingual("name"),
        clause: entry.text("clause"),
        says: entry.text("says"),
        sentences: Vec::new(),
        force: entry.maybe_word("force", Force::ALL, Force::code).unwrap_or(Force::Shall),
        bound: entry.word("bound", Debtor::ALL, Debtor::code).unwrap_or(Debtor::Both),
        towards: entry.word("towards", Creditor::ALL, Creditor::code).unwrap_or(Creditor::EachOther),
        per: entry.maybe_word("per", Per::ALL, Per::code).unwrap_or(Per::Agreement),
        delivers: entry.maybe_word("delivers", Deliverable::ALL, Deliverable::code),
        due: due.unwrap_or(DueRule::Undated),
        roll: entry
            .maybe_word("roll", Roll::ALL, Roll::code)
            .or(defaults.map(|d| d.roll))
            .unwrap_or(Roll::None),
        met_by: entry.word("met_by", EventKind::ALL, EventKind::code).unwrap_or(EventKind::WorkDirected),
        remind: entry.maybe_integers("remind").or(defaults.map(|d| d.remind.clone())).unwrap_or_default(),
        reading: entry.maybe_bilingual("reading"),
    };
    entry.close();
    (obligation, places)
}

const RULES: [&str; 4] = ["standing", "each-year", "undated", "before-validity"];

fn due(entry: &Entry<'_>) -> Option<DueRule> {
    match entry.text_or_entry("due")? {
        TextOrEntry::Text(written) => match written.as_str() {
            "standing" => Some(DueRule::Standing),
            "each-year" => Some(DueRule::EachYear),
            "undated" => Some(DueRule::Undated),
            "before-validity" => Some(DueRule::BeforeValidity),
            _ => {
                entry.maybe_word("due", &RULES, |rule| rule);
                None
            }
        },
        TextOrEntry::Entry(rule) => {
            let found = due_table(&rule);
            rule.close();
            found
        }
    }
}

fn due_table(rule: &Entry<'_>) -> Option<DueRule> {
    let places = rule.places();
    if let Some(written) = rule.maybe_text("yearly") {
        let day = MonthDay::parse(&written);
        if day.is_none() {
            let at = places.key("yearly");
            rule.add(Problem::new("month-day-malformed", at).with("written", &written));
        }
        return day.map(DueRule::Yearly);
    }
    if rule.has("by") {
        return rule.day("by").map(DueRule::By);
    }
    let event = rule.maybe_word("after", EventKind::ALL, EventKind::code);
    let within = rule.maybe_integer("within_days");
    if !rule.has("after") {
        rule.add(Problem::new("due-rule-unknown", places.entry()).with("known", "yearly, by, after"));
    }
    let within_days = within.and_then(|days| u16::try_from(days).ok());
    if within_days.is_none() && within.is_some() {
        let at = places.key("within_days");
        rule.add(Problem::new("days-out-of-range", at).with("days", within.unwrap_or_default()));
    }
    event.map(|event| DueRule::After { event, within_days })
}

fn permission(entry: Entry<'_>) -> Placed<Permission> {
    let places = entry.places();
    let permission = Permission {
        id: entry.text("id"),
        name: entry.bilingual("name"),
        clause: entry.text("clause"),
        says: entry.text("says"),
        sentences: Vec::new(),
        bound: entry.word("bound", Debtor::ALL, Debtor::code).unwrap_or(Debtor::Both),
        reading: entry.maybe_bilingual("reading"),
    };
    entry.close();
    (permission, places)
}

fn intent(entry: Entry<'_>) -> Placed<Intent> {
    let places = entry.places();
    let intent = Intent {
        id: entry.text("id"),
        name: entry.bilingual("name"),
        clause: entry.text("clause"),
        says: entry.text("says"),
        sentences: Vec::new(),
        bound: entry.word("bound", Debtor::ALL, Debtor::code).unwrap_or(Debtor::Both),
        reading: entry.maybe_bilingual("reading"),
    };
    entry.close();
    (intent, places)
}

fn declaration(entry: Entry<'_>) -> Placed<Declaration> {
    let places = entry.places();
    let declaration = Declaration {
        id: entry.text("id"),
        clause: entry.text("clause"),
        says: entry.maybe_text("says"),
        sentences: Vec::new(),
        reading: entry.maybe_bilingual("reading"),
    };
    entry.close();
    (declaration, places)
}

fn tree(entry: Entry<'_>) -> PlacedTree {
    let places = entry.places();
    let (leaves, leaf_places) = entry.entries("leaf").into_iter().map(leaf).unzip();
    let tree = ValidityTree {
        id: entry.text("id"),
        name: entry.bilingual("name"),
        clause: entry.text("clause"),
        says: entry.text("says"),
        includes: entry.maybe_texts("includes"),
        leaves,
        reading: entry.maybe_bilingual("reading"),
    };
    entry.close();
    PlacedTree { tree, places, leaves: leaf_places }
}

fn leaf(entry: Entry<'_>) -> Placed<ValidityLeaf> {
    let places = entry.places();
    let leaf = ValidityLeaf {
        id: entry.text("id"),
        clause: entry.text("clause"),
        says: entry.text("says"),
        sentences: Vec::new(),
        condition: entry
            .word("condition", Condition::ALL, Condition::code)
            .unwrap_or(Condition::ApprovedByMunicipality),
        reading: entry.maybe_bilingual("reading"),
    };
    entry.close();
    (leaf, places)
}

fn letter(entry: Entry<'_>) -> LetterHead {
    let letter = LetterHead {
        department: entry.text("department"),
        unit: entry.text("unit"),
        officer_title: entry.text("officer_title"),
        attachment: entry.maybe_text("attachment"),
        recipient: entry.text("recipient"),
        return_address: entry.texts("return_address"),
        web_page: entry.text("web_page"),
        links_to: entry.text("links_to"),
    };
    entry.close();
    letter
}

fn signing(entry: Entry<'_>) -> (Signing, Places, Vec<Places>) {
    let places = entry.places();
    let (signatories, signatory_places) = entry.entries("signatory").into_iter().map(signatory).unzip();
    let signing = Signing {
        copies: entry.integer("copies").unwrap_or(2),
        order: entry.words("order", &Party::BOTH, Party::code),
        signatories,
        quote_on_return: entry.text("quote_on_return"),
    };
    entry.close();
    (signing, places, signatory_places)
}

fn signatory(entry: Entry<'_>) -> Placed<Signatory> {
    let places = entry.places();
    let party = entry.word("party", &Party::BOTH, Party::code).unwrap_or(Party::State);
    let signatory = Signatory {
        party,
        role: entry.word("role", &Role::ALL, Role::code).unwrap_or(party.signatory()),
        deputy: entry.maybe_word("deputy", &Role::ALL, Role::code),
        clause: entry.text("clause"),
        says: entry.text("says"),
        reading: entry.maybe_bilingual("reading"),
    };
    entry.close();
    (signatory, places)
}

fn hole(entry: Entry<'_>) -> Placed<Hole> {
    let places = entry.places();
    let kind = entry.word("kind", HoleKind::ALL, HoleKind::code).unwrap_or(HoleKind::Municipality);
    let lists = kind == HoleKind::Districts;
    let hole = Hole {
        kind,
        source: if lists { String::new() } else { entry.text("source") },
        pattern: if lists {
            entry.text("pattern")
        } else {
            entry.maybe_text("pattern").unwrap_or_else(|| "{value}".to_owned())
        },
        clause: if lists { Some(entry.text("clause")) } else { entry.maybe_text("clause") },
    };
    entry.close();
    (hole, places)
}
