//! `kvarter programme`: is it right, what does it oblige, which sentences does it cover.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kvarter_domain::duty::Duty;
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::Programme as Read;
use kvarter_domain::programme::coverage::{CarrierKind, Coverage, SentenceCoverage};
use kvarter_domain::text::Bilingual;
use kvarter_services::programme;
use serde::Serialize;

use super::answer::{self, Answer, Outcome, Trouble, say, say_json, told};
use super::table;
use crate::language::Words;
use crate::standing;

/// Programmes: are they right, what do they oblige, which sentences do they cover.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Programme {
    /// Checks programmes, and tells every problem at once with its place.
    ///
    /// Sets agreement and letter as specimens too: every word in which they depart from the source is a
    /// problem. A sentence that binds someone and that no entry quotes is a warning, and the coverage is told.
    /// Ends with 1 if there are problems; warnings alone end with 0.
    #[command(
        after_help = "Examples:\n  kvarter programme check\n  kvarter programme check programmes/lua-2008 --json"
    )]
    Check {
        /// A programme that comes with Kvarter, by its id, or the folder of another. All that come with
        /// it, if left out
        #[arg(value_name = "ID|FOLDER")]
        programme: Option<String>,
        /// Answers with JSON: one object per programme
        #[arg(long)]
        json: bool,
    },
    /// Lists the duties that follow for a municipality from the day the agreement is in force.
    ///
    /// As JSON: a list with one object per duty. `id`, `obligation`, `clause`, `debtor`, `creditor`,
    /// `object` (such as a district's code), `object_name`, `object_kind`, `year`; the last day that the
    /// text names (`nominal`), that is counted (`effective`) and that lag (1930:173) would give
    /// (`statutory`), or the `reason` why there is none; `says`, the words it rests on, and `reading`,
    /// what was chosen where the words can be read in two ways.
    #[command(
        after_help = "Examples:\n  kvarter programme duties lua-2008 --municipality 0180 --in-force 2008-10-20\n  \
                            kvarter programme duties lua-2008 --municipality \"Stockholms stad\" --in-force 2008-10-20 --json"
    )]
    Duties {
        /// A programme's id or folder
        #[arg(value_name = "ID|FOLDER")]
        programme: String,
        /// A municipality on the send list, by its code or any name it goes by
        #[arg(long, value_name = "CODE|NAME")]
        municipality: String,
        /// The day from which the agreement is in force, as 2008-10-20
        #[arg(long, value_name = "DATE")]
        in_force: String,
        /// Answers with JSON: one object per duty
        #[arg(long)]
        json: bool,
    },
    /// Shows which sentences of the text are carried by an entry, and which are not.
    ///
    /// Ends with 1 if a sentence that binds someone is carried by nothing.
    #[command(
        after_help = "Examples:\n  kvarter programme coverage lua-2008\n  kvarter programme coverage lua-2008 --json"
    )]
    Coverage {
        /// A programme's id or folder
        #[arg(value_name = "ID|FOLDER")]
        programme: String,
        /// Answers with JSON: the counts (`coverage`), and one object per sentence (`sentences`)
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(l: Words, verb: Programme) -> Answer {
    match verb {
        Programme::Check { programme, json } => check(l, programme, json),
        Programme::Duties { programme, municipality, in_force, json } => {
            duties(l, &programme, &municipality, &in_force, json)
        }
        Programme::Coverage { programme, json } => coverage(l, &programme, json),
    }
}

/// What checking one programme found, as JSON tells it.
#[derive(Debug, Serialize)]
struct Checked {
    programme: String,
    edition: Option<String>,
    problems: Vec<Told>,
    warnings: Vec<Told>,
    coverage: Option<Covered>,
}

/// A problem with its sentence, so that a program can show it as it is.
#[derive(Debug, Serialize)]
struct Told {
    #[serde(flatten)]
    problem: Problem,
    sentence: String,
}

#[derive(Debug, Serialize)]
struct Covered {
    covered: usize,
    sentences: usize,
    binding_covered: usize,
    binding: usize,
}

impl Covered {
    fn of(coverage: &Coverage) -> Self {
        let (covered, sentences) = coverage.of_all();
        let (binding_covered, binding) = coverage.of_asking();
        Self { covered, sentences, binding_covered, binding }
    }

    fn sentence(&self, l: Words) -> String {
        let count = |n: usize| n.to_string();
        l.with(
            "cli-coverage",
            [
                ("covered", &count(self.covered)),
                ("sentences", &count(self.sentences)),
                ("binding_covered", &count(self.binding_covered)),
                ("binding", &count(self.binding)),
            ],
        )
    }
}

fn check(l: Words, named: Option<String>, json: bool) -> Answer {
    let all = named.map_or_else(programme::shipped, |one| vec![one]);
    let mut outcome = Outcome::Yes;
    let mut checked = Vec::new();
    for source in all {
        let (read, problems) = match programme::check(&source) {
            Ok(checked) => checked,
            // A folder that is not there was asked for wrongly; one that does not hold together has problems.
            Err(problems) if problems.0.iter().any(|p| p.code == "no-such-programme") => {
                return Err(Trouble::Asked(problems));
            }
            Err(problems) => (None, problems),
        };
        let warnings = read.as_ref().map_or_else(Problems::none, Read::warnings);
        if !problems.is_empty() {
            outcome = Outcome::No;
        }
        if json {
            checked.push(Checked {
                programme: read.as_ref().map_or(source, |p| p.id.to_string()),
                edition: read.as_ref().map(|p| p.edition.to_string()),
                problems: each(l, problems),
                warnings: each(l, warnings),
                coverage: read.as_ref().map(|p| Covered::of(&p.coverage())),
            });
        } else {
            say(&report(l, &source, read.as_ref(), &problems, &warnings))?;
        }
    }
    if json {
        say_json(&checked)?;
    }
    Ok(outcome)
}

fn each(l: Words, problems: Problems) -> Vec<Told> {
    problems.0.into_iter().map(|problem| Told { sentence: answer::sentence(l, &problem), problem }).collect()
}

fn report(l: Words, source: &str, read: Option<&Read>, problems: &Problems, warnings: &Problems) -> String {
    let mut text = told(l, problems);
    if !warnings.is_empty() {
        text.push_str(&format!("{}\n{}", l.t("cli-check-warnings"), told(l, warnings)));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let counts = [("programme", source), ("count", &problems.0.len().to_string())];
    text.push_str(&format!("{}\n", l.with("cli-check-problems", counts)));
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for problem in &problems.0 {
        *kinds.entry(&problem.code).or_default() += 1;
    }
    for (code, count) in kinds {
        text.push_str(&format!("  {count:>4}  {code}\n"));
    }
    match read {
        Some(programme) => text.push_str(&Covered::of(&programme.coverage()).sentence(l)),
        None => text.push_str(&l.t("cli-check-no-coverage")),
    }
    text.push('\n');
    text
}

/// A duty that would follow, as JSON tells it.
#[derive(Debug, Serialize)]
struct Owed<'a> {
    id: &'a str,
    obligation: &'a str,
    clause: &'a str,
    debtor: &'static str,
    creditor: &'static str,
    object: Option<&'a str>,
    object_name: Option<&'a str>,
    object_kind: &'static str,
    year: Option<i64>,
    nominal: Option<Date>,
    effective: Option<Date>,
    statutory: Option<Date>,
    reason: Option<&'static str>,
    says: &'a str,
    reading: Option<&'a Bilingual>,
}

fn duties(l: Words, source: &str, municipality: &str, in_force: &str, json: bool) -> Answer {
    // Everything that cannot be used is told at once.
    let mut problems = Problems::none();
    let day = answer::day("--in-force", in_force, &mut problems);
    let read = programme::read(source).map_err(|found| problems.0.extend(found.0)).ok();
    let found = read.as_ref().and_then(|programme| {
        // A day that is none must not hide what is wrong with the municipality.
        let from = day.unwrap_or(programme.period.from);
        programme::duties(programme, municipality, from)
            .map_err(|found| problems.0.extend(found.0.into_iter().map(as_argument)))
            .ok()
    });
    answer::usable(problems)?;
    // With no problems there are a programme, a day and a list.
    let (Some(programme), Some(duties)) = (read, found) else { return Ok(Outcome::No) };
    if json {
        let owed: Vec<Owed<'_>> = duties.iter().map(|duty| owed(&programme, duty)).collect();
        say_json(&owed)?;
    } else {
        say(&listed(l, &programme, &duties))?;
    }
    Ok(Outcome::Yes)
}

/// Names the argument that a problem is about, as it is written on the command line.
fn as_argument(mut problem: Problem) -> Problem {
    if matches!(problem.place.as_str(), "municipality" | "in-force") {
        problem.place = format!("--{}", problem.place);
    }
    problem
}

fn owed<'a>(programme: &'a Read, duty: &'a Duty) -> Owed<'a> {
    Owed {
        id: duty.id.as_str(),
        obligation: duty.obligation.as_str(),
        clause: &duty.clause,
        debtor: duty.debtor.code(),
        creditor: duty.creditor.code(),
        object: duty.object.as_deref(),
        object_name: duty.object_name.as_deref(),
        object_kind: duty.object_kind.code(),
        year: duty.year,
        nominal: duty.nominal,
        effective: duty.effective,
        statutory: duty.statutory(),
        reason: duty.reason.map(|reason| reason.code()),
        says: &duty.says,
        reading: programme.obligation(&duty.obligation).and_then(|o| o.reading.as_ref()),
    }
}

fn listed(l: Words, programme: &Read, duties: &[Duty]) -> String {
    let mut sorted: Vec<&Duty> = duties.iter().collect();
    sorted.sort_by_key(|duty| (duty.effective.is_none(), duty.effective));
    let rows: Vec<[String; 5]> = sorted
        .iter()
        .map(|duty| {
            let obligation = programme.obligation(&duty.obligation);
            let name = obligation.map_or(duty.obligation.as_str(), |o| o.name.get(l.0));
            let object = duty.object_name.as_ref().map(|object| format!(", {object}")).unwrap_or_default();
            let when = match (duty.effective, duty.reason) {
                (Some(day), _) => day.to_string(),
                (None, Some(reason)) => l.t(&format!("cli-reason-{}", reason.code())),
                (None, None) => String::new(),
            };
            [
                when,
                l.clause(&duty.clause),
                standing::debtor(duty.debtor, l),
                standing::creditor(duty.creditor, l),
                format!("{name}{object}"),
            ]
        })
        .collect();
    let heading =
        ["day", "clause", "debtor", "creditor", "duty"].map(|column| l.t(&format!("cli-column-{column}")));
    let dated = duties.iter().filter(|duty| duty.effective.is_some()).count();
    let counts = [("dated", dated), ("undated", duties.len() - dated)].map(|(name, n)| (name, n.to_string()));
    let counts = counts.each_ref().map(|(name, n)| (*name, n.as_str()));
    format!("{}\n{}\n", table::set(heading, &rows), l.with("cli-duties-counted", counts))
}

/// Coverage as JSON tells it.
#[derive(Debug, Serialize)]
struct CoverageTold<'a> {
    programme: &'a str,
    edition: &'a str,
    coverage: Covered,
    sentences: &'a [SentenceCoverage],
}

fn coverage(l: Words, source: &str, json: bool) -> Answer {
    let programme = programme::read(source).map_err(Trouble::Asked)?;
    let coverage = programme.coverage();
    let outcome = if coverage.uncovered().next().is_none() { Outcome::Yes } else { Outcome::No };
    if json {
        say_json(&CoverageTold {
            programme: programme.id.as_str(),
            edition: programme.edition.as_str(),
            coverage: Covered::of(&coverage),
            sentences: &coverage.sentences,
        })?;
        return Ok(outcome);
    }
    let rows: Vec<[String; 3]> = coverage
        .sentences
        .iter()
        .map(|sentence| {
            let carried: Vec<String> =
                sentence.carried_by.iter().map(|c| format!("{} {}", l.t(carrier(c.kind)), c.id)).collect();
            let carried = match (carried.is_empty(), sentence.duty_words.is_empty()) {
                (false, _) => carried.join(", "),
                (true, false) => l.t("cli-coverage-uncovered"),
                (true, true) => "–".to_owned(),
            };
            [sentence.sentence.to_string(), carried, sentence.text.clone()]
        })
        .collect();
    let heading = ["sentence", "carrier", "text"].map(|column| l.t(&format!("cli-column-{column}")));
    say(&format!("{}\n{}\n", table::set(heading, &rows), Covered::of(&coverage).sentence(l)))?;
    Ok(outcome)
}

fn carrier(kind: CarrierKind) -> &'static str {
    match kind {
        CarrierKind::Obligation => "cli-carrier-obligation",
        CarrierKind::Permission => "cli-carrier-permission",
        CarrierKind::Intent => "cli-carrier-intent",
        CarrierKind::Declaration => "cli-carrier-declaration",
    }
}
