//! Whether a definition is true to its text and to itself: all problems at once.
//!
//! The shape has been read in [`super::definition`]; here ids are resolved, clauses and quotations looked up,
//! days laid against the period, and the send list and districts against the rest.

mod quotation;

use super::definition::{self, Definition, Placed, PlacedTree};
use super::file::{Places, nearest};
use super::lists::{self, Rowed};
use super::ordinance::Ordinances;
use super::rule::DueRule;
use super::source::Source;
use super::wording::district_words;
use super::{
    Clause, Creditor, Debtor, EventKind, FILE_BYTES_MAX, HoleKind, Obligation, Part, Programme,
    ProgrammeFiles, Recipient, too_large,
};
use crate::district::District;
use crate::problem::{Problem, Problems};
use crate::reference::ReferenceRole;
use crate::signing::Party;
use crate::text::{folded, squeeze};
use quotation::clause_unknown;
use std::collections::{HashMap, HashSet};

/// So many problems are told: nobody reads further before correcting.
const PROBLEMS_MAX: usize = 300;

/// Reads and checks everything.
pub(super) fn programme(files: &ProgrammeFiles) -> Result<Programme, Problems> {
    let mut problems = Problems::none();
    for (name, text) in files.named() {
        problems.add_if(text.len() > FILE_BYTES_MAX, || too_large(name, text.len()));
        let may_be_empty = name == ProgrammeFiles::ORDINANCE && text.is_empty();
        problems
            .add_if(text.trim().is_empty() && !may_be_empty, || Problem::new("programme-file-empty", name));
        if let Some(at) = text.find(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            let line = 1 + text[..at].matches('\n').count();
            problems.add(Problem::new("programme-file-not-text", format!("{name}:{line}")));
        }
    }
    // What is not text at all would only yield problems that mean nothing.
    if !problems.is_empty() {
        return Err(problems);
    }

    let definition = definition::read(&files.definition, &mut problems);
    let source = Source::read(&files.source, &mut problems);
    let recipients = lists::recipients(&files.recipients, &mut problems);
    let districts = lists::districts(&files.districts, &mut problems);
    let ordinances = Ordinances::read(&files.ordinance);
    let mut check = Check { definition, source, ordinances, recipients, districts, problems, near_misses: 0 };
    if check.definition.head.is_some() {
        check.all();
    }
    check.programme(files)
}

struct Check {
    definition: Definition,
    source: Source,
    ordinances: Ordinances,
    recipients: Vec<Rowed<Recipient>>,
    districts: Vec<Rowed<District>>,
    problems: Problems,
    near_misses: usize,
}

impl Check {
    fn all(&mut self) {
        self.head();
        self.ids();
        self.clauses();
        self.quotations();
        self.dues();
        self.rings_of_waiting();
        self.parties();
        self.references();
        self.trees();
        self.signing();
        self.lists();
        self.holes();
        self.plans();
    }

    /// The programme, or the problems in the order of the files and their lines.
    fn programme(self, files: &ProgrammeFiles) -> Result<Programme, Problems> {
        if !self.problems.is_empty() {
            return Err(in_order(self.problems));
        }
        let without_places = "a definition with a part missing has a problem that names it";
        let definition = self.definition;
        let (head, _) = definition.head.expect(without_places);
        Ok(Programme {
            id: head.id,
            edition: files.edition(),
            name: head.name,
            period: head.period,
            law: head.law,
            state: definition.state.expect(without_places),
            deadlines: definition.deadlines.expect(without_places).0,
            clauses: values(definition.clauses),
            references: values(definition.references),
            target_areas: values(definition.target_areas),
            plan: definition.plan.map(|(rules, _)| rules),
            required_partners: values(definition.required_partners),
            obligations: values(definition.obligations),
            permissions: values(definition.permissions),
            intents: values(definition.intents),
            declarations: values(definition.declarations),
            validity: definition.validity.into_iter().map(|placed| placed.tree).collect(),
            letter: definition.letter.expect(without_places),
            signing: definition.signing.expect(without_places).0,
            holes: values(definition.holes),
            district_system: definition.district_system.expect(without_places),
            recipients: values(self.recipients),
            districts: values(self.districts),
            agreement_template: files.agreement.clone(),
            letter_template: files.letter.clone(),
            source: self.source,
            duty_words: definition.duty_words,
        })
    }

    fn head(&mut self) {
        let Some((head, places)) = &self.definition.head else { return };
        if head.period.to < head.period.from {
            self.problems.add(
                Problem::new("period-ends-before-it-begins", places.key("period"))
                    .with("from", head.period.from)
                    .with("to", head.period.to),
            );
        }
        if let Some((deadlines, places)) = &self.definition.deadlines {
            check_reminders(&deadlines.remind, places, &mut self.problems);
        }
        self.problems.add_if(self.definition.duty_words.is_empty(), || {
            Problem::new("coverage-without-words", "programme.toml coverage.words")
        });
    }

    /// Ids are readable, and no two things of a kind share one.
    fn ids(&mut self) {
        let d = &self.definition;
        let mut kinds: Vec<Vec<(&str, &Places)>> = vec![
            d.head.iter().map(|(h, p)| (h.id.as_str(), p)).collect(),
            d.target_areas.iter().map(|(a, p)| (a.id.as_str(), p)).collect(),
            d.obligations.iter().map(|(o, p)| (o.id.as_str(), p)).collect(),
            d.permissions.iter().map(|(x, p)| (x.id.as_str(), p)).collect(),
            d.intents.iter().map(|(x, p)| (x.id.as_str(), p)).collect(),
            d.declarations.iter().map(|(x, p)| (x.id.as_str(), p)).collect(),
            d.validity.iter().map(|t| (t.tree.id.as_str(), &t.places)).collect(),
        ];
        kinds.push(
            d.validity
                .iter()
                .flat_map(|t| t.tree.leaves.iter().zip(&t.leaves))
                .map(|(leaf, places)| (leaf.id.as_str(), places))
                .collect(),
        );
        for kind in kinds {
            unique("id", &kind, &mut self.problems);
            for (id, places) in kind {
                let readable = id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
                self.problems
                    .add_if(!readable, || Problem::new("id-malformed", places.key("id")).with("id", id));
            }
        }
        let clauses: Vec<(&str, &Places)> = d.clauses.iter().map(|(c, p)| (c.id.as_str(), p)).collect();
        unique("id", &clauses, &mut self.problems);
        let letters: Vec<(&str, &Places)> =
            d.target_areas.iter().map(|(a, p)| (a.letter.as_str(), p)).collect();
        unique("letter", &letters, &mut self.problems);
        let numbers: Vec<(&str, &Places)> =
            d.references.iter().map(|(r, p)| (r.number.as_str(), p)).collect();
        unique("number", &numbers, &mut self.problems);
    }

    /// Clauses of the definition and of the text are the same, with the same headings.
    fn clauses(&mut self) {
        for (clause, places) in &self.definition.clauses {
            match self.source.clauses().iter().find(|c| c.id == clause.id) {
                None => self
                    .problems
                    .add(Problem::new("clause-not-in-source", places.entry()).with("clause", &clause.id)),
                Some(text) if text.heading != squeeze(&clause.heading) => self.problems.add(
                    Problem::new("clause-heading-differs", places.key("heading"))
                        .with("clause", &clause.id)
                        .with("written", &clause.heading)
                        .with("stands", &text.heading),
                ),
                Some(_) => {}
            }
            if let Some(heading) = &clause.contents_heading
                && self.source.clause_saying(heading).is_none()
            {
                self.problems.add(
                    Problem::new("heading-not-in-contents", places.key("contents"))
                        .with("clause", &clause.id)
                        .with("written", heading),
                );
            }
        }
        for text in self.source.clauses() {
            if !self.definition.clauses.iter().any(|(c, _)| c.id == text.id) {
                let line = self.source.line_of(&text.id).unwrap_or(1);
                self.problems.add(
                    Problem::new("source-clause-not-in-programme", format!("source.txt:{line}"))
                        .with("clause", &text.id),
                );
            }
        }
    }

    /// Days lie in the period and exist in every year of it; reminders are days before a last day.
    fn dues(&mut self) {
        let Some((head, _)) = &self.definition.head else { return };
        let period = head.period;
        for (o, places) in &self.definition.obligations {
            let about = |code: &str, key: &str| Problem::new(code, places.key(key)).resting_on(&o.clause);
            match o.due {
                DueRule::By(day) => self.problems.add_if(!period.contains(day), || {
                    about("day-outside-period", "due")
                        .with("day", day)
                        .with("from", period.from)
                        .with("to", period.to)
                }),
                DueRule::Yearly(day) => {
                    for year in period.years().filter(|year| day.in_year(*year).is_none()).take(1) {
                        self.problems
                            .add(about("day-not-in-every-year", "due").with("day", day).with("year", year));
                    }
                }
                DueRule::Standing
                | DueRule::EachYear
                | DueRule::After { .. }
                | DueRule::Undated
                | DueRule::BeforeValidity => {}
            }
            check_reminders(&o.remind, places, &mut self.problems);
            for key in ["remind", "roll"] {
                self.problems.add_if(places.has(key) && !o.due.has_days(), || {
                    about("setting-without-day", key).with("field", key).with("due", o.due.code())
                });
            }
        }
    }

    /// No obligation waits, directly or through others, for itself.
    fn rings_of_waiting(&mut self) {
        let waits: HashMap<EventKind, (&Obligation, EventKind)> = self
            .definition
            .obligations
            .iter()
            .filter_map(|(o, _)| match o.due {
                DueRule::After { event, .. } => Some((o.met_by, (o, event))),
                _ => None,
            })
            .collect();
        for (o, places) in &self.definition.obligations {
            let DueRule::After { event, .. } = o.due else { continue };
            let mut path = vec![o.id.as_str()];
            let mut next = event;
            let mut seen = HashSet::new();
            while next != o.met_by && seen.insert(next) {
                let Some((other, event)) = waits.get(&next) else { break };
                path.push(other.id.as_str());
                next = *event;
            }
            if next == o.met_by {
                self.problems.add(
                    Problem::new("obligation-waits-for-itself", places.key("due"))
                        .resting_on(&o.clause)
                        .with("ring", path.join(" → "))
                        .with("event", event),
                );
            }
        }
    }

    fn parties(&mut self) {
        for (o, places) in &self.definition.obligations {
            let to_itself = match (o.bound, o.towards) {
                (Debtor::Municipality, Creditor::Municipality)
                | (Debtor::State, Creditor::State | Creditor::GovernmentOffices)
                | (Debtor::Municipality | Debtor::State, Creditor::EachOther) => true,
                (Debtor::Municipality | Debtor::State | Debtor::Both, _) => false,
            };
            self.problems.add_if(to_itself, || {
                Problem::new("owed-to-oneself", places.key("towards"))
                    .resting_on(&o.clause)
                    .with("bound", o.bound)
                    .with("towards", o.towards)
            });
        }
    }

    /// What is said of plans rests on words of the text where it names a clause and on words of an ordinance where
    /// it names one, and the duty that a report meets is one of the programme's.
    fn plans(&mut self) {
        let Some((rules, places)) = &self.definition.plan else { return };
        let known =
            |id: &crate::ids::ObligationId| self.definition.obligations.iter().any(|(o, _)| o.id == *id);
        // An id that is wrong has been told already; that nothing else finds it is no second fault.
        let ids_are_sound =
            !self.problems.0.iter().any(|p| matches!(p.code.as_str(), "duplicate" | "id-malformed"));
        self.problems.add_if(ids_are_sound && !known(&rules.reported_by), || {
            Problem::new("plan-obligation-unknown", places.key("reported_by")).with("id", &rules.reported_by)
        });
        let provisions =
            [&rules.consultation, &rules.regard, &rules.revision, &rules.adoption, &rules.smart.provision];
        for provision in provisions.into_iter().chain(rules.parts.iter().map(|part| &part.provision)) {
            let is_clause = self.definition.clauses.iter().any(|(clause, _)| clause.id == provision.at);
            let said =
                self.source.clause_saying(&provision.says).is_some_and(|clause| clause == provision.at);
            self.problems.add_if(is_clause && !said, || {
                Problem::new("plan-words-not-in-clause", places.entry())
                    .resting_on(&provision.at)
                    .with("says", &provision.says)
            });
            let in_ordinance = || self.ordinances.says(&provision.at, &provision.says);
            let is_astray = !is_clause && !provision.at.is_empty() && !in_ordinance();
            self.problems.add_if(is_astray, || {
                Problem::new("plan-words-not-in-ordinance", places.entry())
                    .resting_on(&provision.at)
                    .with("file", ProgrammeFiles::ORDINANCE)
                    .with("says", &provision.says)
            });
        }
        let mut ids = HashSet::new();
        for (_, section) in rules.sections() {
            let readable =
                section.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            self.problems
                .add_if(!readable, || Problem::new("id-malformed", places.entry()).with("id", &section.id));
            self.problems.add_if(!ids.insert(&section.id), || {
                Problem::new("plan-section-twice", places.entry()).with("id", &section.id)
            });
        }
    }

    /// Numbers stand in the text exactly as written; whose they are is on the send list.
    fn references(&mut self) {
        for (reference, places) in &self.definition.references {
            self.problems.add_if(self.source.clause_saying(&reference.number).is_none(), || {
                Problem::new("reference-not-in-source", places.key("number"))
                    .with("number", &reference.number)
            });
            if let Some(organisation) = &reference.organisation {
                let known = self.recipients.iter().any(|(r, _)| r.municipality == *organisation);
                self.problems.add_if(!known, || {
                    Problem::new("municipality-not-on-list", places.key("organisation"))
                        .with("municipality", organisation)
                });
            }
        }
    }

    /// Trees that are included exist, and none includes itself.
    fn trees(&mut self) {
        let trees = &self.definition.validity;
        self.problems
            .add_if(trees.is_empty(), || Problem::new("validity-missing", "programme.toml validity"));
        let ids: Vec<&str> = trees.iter().map(|t| t.tree.id.as_str()).collect();
        for PlacedTree { tree, places, .. } in trees {
            self.problems.add_if(tree.leaves.is_empty(), || {
                Problem::new("validity-without-leaves", places.entry()).with("tree", &tree.id)
            });
            for other in &tree.includes {
                if !ids.contains(&other.as_str()) {
                    self.problems.add(
                        Problem::new("tree-unknown", places.key("includes"))
                            .with("tree", other)
                            .with("nearest", nearest(&ids, other).unwrap_or_default())
                            .with("known", ids.join(", ")),
                    );
                }
            }
            self.problems.add_if(includes_itself(trees, &tree.id), || {
                Problem::new("tree-includes-itself", places.key("includes")).with("tree", &tree.id)
            });
        }
    }

    /// Two originals, both parties once, each with a signatory; the number to quote is a reference.
    fn signing(&mut self) {
        let Some((signing, places)) = &self.definition.signing else { return };
        self.problems.add_if(signing.copies != 2, || {
            Problem::new("originals-not-two", places.key("copies"))
                .resting_on("L")
                .with("copies", signing.copies)
        });
        for party in Party::BOTH {
            let times = signing.order.iter().filter(|p| **p == party).count();
            self.problems.add_if(times != 1, || {
                Problem::new("signing-order-incomplete", places.key("order")).with("party", party.code())
            });
            let times = signing.signatories.iter().filter(|s| s.party == party).count();
            self.problems.add_if(times != 1, || {
                Problem::new("signatory-not-one", places.entry())
                    .with("party", party.code())
                    .with("found", times)
            });
        }
        let to_quote = self
            .definition
            .references
            .iter()
            .find(|(reference, _)| reference.role == ReferenceRole::ToQuote)
            .map(|(reference, _)| reference.number.as_str());
        self.problems.add_if(to_quote != Some(signing.quote_on_return.as_str()), || {
            Problem::new("number-to-quote-differs", places.key("quote_on_return"))
                .resting_on("L")
                .with("written", &signing.quote_on_return)
                .with("reference", to_quote.unwrap_or_default())
        });
    }

    /// Districts lie in municipalities on the send list, and the send list is the text's.
    fn lists(&mut self) {
        for (district, at) in &self.districts {
            let known = self.recipients.iter().any(|(r, _)| r.municipality == district.municipality);
            self.problems.add_if(!known, || {
                Problem::new("municipality-not-on-list", at).with("municipality", &district.municipality)
            });
        }
        let Some(list) = self.source.clauses().iter().find(|c| c.id == "recipients") else { return };
        let written: Vec<&str> =
            list.paragraphs.iter().flat_map(|p| &p.sentences).map(|s| s.text.as_str()).collect();
        for (recipient, at) in self.recipients.iter().take(PROBLEMS_MAX + written.len()) {
            self.problems.add_if(!written.contains(&recipient.name.as_str()), || {
                Problem::new("recipient-not-in-source", at)
                    .with("name", &recipient.name)
                    .with("nearest", nearest(&written, &recipient.name).unwrap_or_default())
            });
        }
        for name in written {
            self.problems.add_if(!self.recipients.iter().any(|(r, _)| r.name == name), || {
                let line = self.source.line_of("recipients").unwrap_or(1);
                Problem::new("recipient-missing", format!("source.txt:{line}")).with("name", name)
            });
        }
    }

    /// What differs between municipalities stands in the agreement's text; the source's own districts are
    /// those that the list gives the municipality that the source names.
    fn holes(&mut self) {
        let holes = &self.definition.holes;
        let kinds: Vec<(&str, &Places)> = holes.iter().map(|(h, p)| (h.kind.code(), p)).collect();
        unique("kind", &kinds, &mut self.problems);
        for (hole, places) in holes {
            if let Some(clause) = &hole.clause {
                self.problems.0.extend(clause_unknown(&self.definition.clauses, clause, places));
            }
            if hole.kind == HoleKind::Districts {
                for part in ["{name}", "{code}"] {
                    self.problems.add_if(!hole.pattern.contains(part), || {
                        Problem::new("pattern-lacks-part", places.key("pattern")).with("part", part)
                    });
                }
                continue;
            }
            self.problems.add_if(!hole.pattern.contains("{value}"), || {
                Problem::new("pattern-lacks-part", places.key("pattern")).with("part", "{value}")
            });
            let stands = self.definition.clauses.iter().any(|(clause, _)| {
                let named = hole.clause.as_ref() == Some(&clause.id);
                (named || (hole.clause.is_none() && clause.part == Part::Agreement))
                    && self.source.find(&clause.id, &hole.source).is_some()
            });
            self.problems.add_if(!stands && !hole.source.is_empty(), || {
                Problem::new("hole-not-in-agreement", places.key("source")).with("words", &hole.source)
            });
        }
        self.districts_of_the_source();
    }

    fn districts_of_the_source(&mut self) {
        let hole = |kind| self.definition.holes.iter().find(|(hole, _)| hole.kind == kind);
        let (Some((party, _)), Some((list, places))) =
            (hole(HoleKind::Municipality), hole(HoleKind::Districts))
        else {
            return;
        };
        let named = folded(&party.source);
        let Some((municipality, _)) = self.recipients.iter().find(|(r, _)| folded(&r.party_name) == named)
        else {
            let written = &party.source;
            self.problems
                .add(Problem::new("party-not-on-list", places.entry()).resting_on("2").with("name", written));
            return;
        };
        // Without a pattern, or a system that is known, nothing can be said of the districts.
        let spelt = ["{name}", "{code}"].iter().all(|part| list.pattern.contains(part));
        let Some(system) = self.definition.district_system.filter(|_| spelt) else { return };
        let expected: Vec<String> = self
            .districts
            .iter()
            .filter(|(d, _)| d.municipality == municipality.municipality)
            .filter(|(d, _)| d.system == system)
            .map(|(d, _)| district_words(&list.pattern, d))
            .collect();
        let clause = list.clause.clone().unwrap_or_default();
        let stands: Vec<String> = self
            .source
            .clauses()
            .iter()
            .filter(|c| c.id == clause)
            .flat_map(|c| &c.paragraphs)
            .flat_map(|p| &p.sentences)
            .filter(|s| s.continues.is_some())
            .map(|s| s.text.trim_end_matches('.').to_owned())
            .collect();
        for words in expected.iter().filter(|words| !stands.contains(words)) {
            self.problems.add(
                Problem::new("district-not-in-source", "districts.csv")
                    .resting_on(&clause)
                    .with("words", words),
            );
        }
        for words in stands.iter().filter(|words| !expected.contains(words)) {
            self.problems.add(
                Problem::new("district-not-on-list", "districts.csv")
                    .resting_on(&clause)
                    .with("words", words),
            );
        }
    }
}

fn values<T, P>(placed: Vec<(T, P)>) -> Vec<T> {
    placed.into_iter().map(|(value, _)| value).collect()
}

fn unique(key: &str, all: &[(&str, &Places)], problems: &mut Problems) {
    let mut seen: HashMap<&str, &Places> = HashMap::new();
    for (value, places) in all {
        if value.is_empty() {
            continue;
        }
        match seen.get(value) {
            Some(first) => problems.add(
                Problem::new("duplicate", places.key(key))
                    .with("field", key)
                    .with("value", value)
                    .with("first", first.key(key)),
            ),
            None => {
                seen.insert(value, places);
            }
        }
    }
}

fn check_reminders(remind: &[i64], places: &Places, problems: &mut Problems) {
    let mut seen = HashSet::new();
    for days in remind {
        problems.add_if(!(1..=366).contains(days), || {
            Problem::new("days-out-of-range", places.key("remind")).with("days", days)
        });
        problems.add_if(!seen.insert(days), || {
            Problem::new("reminder-twice", places.key("remind")).with("days", days)
        });
    }
}

fn includes_itself(trees: &[PlacedTree], id: &str) -> bool {
    let included = |id: &str| {
        trees.iter().filter(|t| t.tree.id == id).flat_map(|t| t.tree.includes.clone()).collect::<Vec<_>>()
    };
    let mut seen = HashSet::new();
    let mut next = included(id);
    while let Some(other) = next.pop() {
        if other == id {
            return true;
        }
        if seen.insert(other.clone()) {
            next.extend(included(&other));
        }
    }
    false
}

/// Problems in the order of the files and their lines; that there are more than anyone reads is said last.
fn in_order(mut problems: Problems) -> Problems {
    let key = |problem: &Problem| {
        let file = ProgrammeFiles::NAMES.iter().position(|name| problem.place.starts_with(name));
        let line = problem.place.split_once(':').and_then(|(_, rest)| {
            rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<usize>().ok()
        });
        (file.unwrap_or(usize::MAX), line.unwrap_or(0))
    };
    problems.0.sort_by_key(key);
    let more = problems.0.len().saturating_sub(PROBLEMS_MAX);
    problems.0.truncate(PROBLEMS_MAX);
    problems.add_if(more > 0, || Problem::new("more-problems", "programme.toml").with("more", more));
    problems
}
