//! `kvarter agreement`: issue, see how one stands, and whether two copies are identical.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use kvarter_domain::district::AgreementDistrict;
use kvarter_domain::ids::{AgreementId, OrganisationId, ProgrammeId};
use kvarter_domain::likalydande::{Clause, Comparison, Deviation, Difference};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::reference::ReferenceRole;
use kvarter_domain::validity::{Leaf, Validity};
use kvarter_services::agreement::{self, AgreementPage};
use kvarter_services::dispatch::{self, Issue, Issued};
use kvarter_services::registry::UPLOAD_BYTES_MAX;
use kvarter_services::{App, Ctx, Error, likalydande, operations, organisation, programme};
use serde::Serialize;

use super::answer::{self, Answer, Outcome, Trouble, say, say_json};
use super::duty::{DutyTold, duties_table};
use super::house::House;
use super::progress::Progress;
use crate::language::Words;

/// Agreements: issue them, see how one stands, and whether two copies are identical.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Agreement {
    /// Issues agreements: for each municipality two originals and the covering letter.
    ///
    /// Each municipality is a whole of its own, so the same command can be given again after an
    /// interruption: what is issued already is passed over. A municipality without district codes cannot
    /// be issued one (§ 2); give its codes with --districts. Ends with 1 if any municipality was refused.
    #[command(after_help = "Examples:\n  \
        kvarter agreement issue lua-2008 --all --districts districts.csv --reference IJ2008/1818/IU \\\n      \
        --state-signatory \"Nyamko Sabuni\" --officer \"Name of the officer\"\n  \
        kvarter agreement issue lua-2008 --municipality 0180 --dated 2008-09-18 …")]
    Issue(Box<IssueArguments>),
    /// Shows an agreement: its parties and districts, whether it is in force, and its duties.
    #[command(
        after_help = "Examples:\n  kvarter agreement show lua-2008/0180\n  kvarter agreement show lua-2008/Stockholm --as-of 2009-10-02 --json"
    )]
    Show {
        /// The agreement: programme and municipality, as lua-2008/0180
        #[arg(value_name = "ID")]
        agreement: String,
        /// How the duties stood on a day [default: today]
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
        #[command(flatten)]
        house: House,
        /// Answers with JSON
        #[arg(long)]
        json: bool,
    },
    /// Tells whether an agreement is in force, with the proof: each condition, its clause, what shows that
    /// it is met or what is missing.
    ///
    /// Ends with 1 if the agreement is not in force.
    #[command(
        after_help = "Examples:\n  kvarter agreement validity lua-2008/0180\n  kvarter agreement validity lua-2008/0180 --as-of 2008-10-17 --json"
    )]
    Validity {
        /// The agreement: programme and municipality, as lua-2008/0180
        #[arg(value_name = "ID")]
        agreement: String,
        /// By what had been met on a day [default: today]
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
        #[command(flatten)]
        house: House,
        /// Answers with JSON
        #[arg(long)]
        json: bool,
    },
    /// Compares two PDFs: are they word for word the same agreement (likalydande)?
    ///
    /// If not, tells page, clause and words of every place where they part, beside the programme's own
    /// text too. No house is needed. Ends with 0 if they are likalydande, 1 if not, and 2 if a file cannot
    /// be read.
    ///
    /// As JSON: `likalydande`, `identical`, `same_agreement`, `same_text`; `parameters` that are filled
    /// otherwise (`parameter`, `a`, `b`); `deviations` of B from A, and of each from the programme's text
    /// (`a_from_text`, `b_from_text`), each with `kind`, `page`, `clause`, `expected`, `found`, `context`.
    #[command(
        after_help = "Examples:\n  kvarter agreement compare A.pdf B.pdf\n  kvarter agreement compare signed.pdf issued.pdf --json"
    )]
    Compare {
        /// The first file
        #[arg(value_name = "A.pdf")]
        a: PathBuf,
        /// The second file
        #[arg(value_name = "B.pdf")]
        b: PathBuf,
        /// The programme whose text it is, by id or folder
        #[arg(long, value_name = "ID|FOLDER", default_value = "lua-2008")]
        programme: String,
        /// Answers with JSON
        #[arg(long)]
        json: bool,
    },
}

/// What agreements are issued with.
#[derive(Debug, clap::Args)]
pub(super) struct IssueArguments {
    /// The programme's id
    programme: String,
    /// Every municipality on the send list
    #[arg(long, conflicts_with = "municipality")]
    all: bool,
    /// One municipality, by its code or any name it goes by; can be given several times
    #[arg(long, value_name = "CODE|NAME")]
    municipality: Vec<String>,
    /// The letter's reference number, which is also the matter's
    #[arg(long, value_name = "NUMBER", default_value = "", hide_default_value = true)]
    reference: String,
    /// The number of the offer [default: the programme's]
    #[arg(long, value_name = "NUMBER")]
    offer_reference: Option<String>,
    /// What the offer was decided by
    #[arg(long, value_name = "TEXT")]
    offer_decision: Option<String>,
    /// The number to be quoted on return [default: the programme's]
    #[arg(long, value_name = "NUMBER")]
    quote_on_return: Option<String>,
    /// The name under the state's line
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    state_signatory: String,
    /// The desk officer's name on the letter
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    officer: String,
    /// The name under a municipality's line, as 0180=NAME; can be given several times
    #[arg(long, value_name = "CODE=NAME")]
    municipality_signatory: Vec<String>,
    /// The day on the letter [default: today]
    #[arg(long, value_name = "DATE")]
    dated: Option<String>,
    /// A list of district codes to register first: municipality,code,name with a heading
    #[arg(long, value_name = "FILE.csv")]
    districts: Option<PathBuf>,
    #[command(flatten)]
    house: House,
    /// Answers with JSON: the dispatch, agreements issued, and municipalities refused with the reasons
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(l: Words, verb: Agreement) -> Answer {
    match verb {
        Agreement::Issue(arguments) => issue(l, &arguments).await,
        Agreement::Show { agreement, as_of, house, json } => {
            let (_, page, day) = opened(&house, &agreement, as_of.as_deref()).await?;
            if json {
                say_json(&shown(&page))?
            } else {
                say(&page_in_words(l, &page, day))?
            }
            Ok(Outcome::Yes)
        }
        Agreement::Validity { agreement, as_of, house, json } => {
            let (_, page, day) = opened(&house, &agreement, as_of.as_deref()).await?;
            let judged = by_day(page.validity.clone(), as_of.is_some().then_some(day));
            let in_force = judged.in_force_from.is_some();
            if json {
                say_json(&serde_json::json!({
                    "agreement": page.life.agreement.id,
                    "as_of": day,
                    "in_force": in_force,
                    "in_force_from": judged.in_force_from,
                    "proofs": judged.proofs,
                }))?;
            } else {
                say(&proof_in_words(l, &page, &judged))?;
            }
            Ok(if in_force { Outcome::Yes } else { Outcome::No })
        }
        Agreement::Compare { a, b, programme, json } => compare(l, [&a, &b], &programme, json),
    }
}

async fn issue(l: Words, arguments: &IssueArguments) -> Answer {
    let mut problems = Problems::none();
    let settings = arguments.house.standing().map_err(|trouble| keep(trouble, &mut problems)).ok();
    for (argument, written, code) in [
        ("--reference", &arguments.reference, "letter-without-reference"),
        ("--state-signatory", &arguments.state_signatory, "state-without-signatory"),
        ("--officer", &arguments.officer, "letter-without-officer"),
    ] {
        problems.add_if(written.trim().is_empty(), || Problem::new(code, argument));
    }
    let today = operations::today();
    let dated =
        arguments.dated.as_deref().map_or(Some(today), |day| answer::day("--dated", day, &mut problems));
    problems.add_if(dated.is_some_and(|day| day > today), || {
        Problem::new("day-in-the-future", "--dated").with("day", dated.unwrap_or(today)).with("today", today)
    });
    problems.add_if(!arguments.all && arguments.municipality.is_empty(), || {
        Problem::new("nobody-to-issue-to", "--all, --municipality")
    });
    let list = arguments.districts.as_deref().and_then(|file| contents(file, &mut problems));
    let Some(settings) = settings else { return Err(Trouble::Asked(problems)) };
    let app = match super::house::open(&settings, false, kvarter_services::clock::Clock::System).await {
        Ok(app) if problems.is_empty() => app,
        Ok(app) => {
            // What is wrong with the names can be told as well.
            let _ = named(&app, arguments, &mut problems);
            return Err(Trouble::Asked(problems));
        }
        Err(trouble) => return Err(trouble),
    };
    let issue = named(&app, arguments, &mut problems);
    answer::usable(problems)?;
    let (Some(mut issue), Some(dated)) = (issue, dated) else { return Ok(Outcome::No) };
    issue.dated = dated;
    let ctx = app.system();
    if let (Some(list), Some(file)) = (list, &arguments.districts) {
        let registered = organisation::register_districts(&ctx, &app, &issue.programme, &list).await;
        registered.map_err(|error| at_file(error, file))?;
    }
    let bar = Progress::begin(l, "cli-issue-working", arguments.json);
    let issued = dispatch::issue(&ctx, &app, &issue, &|done, total| bar.tell(done, total)).await?;
    drop(bar);
    if arguments.json {
        say_json(&issued_as_json(&issued))?;
    } else {
        say(&issued_in_words(l, &issued))?;
    }
    Ok(if issued.refused.is_empty() { Outcome::Yes } else { Outcome::No })
}

/// What was asked wrongly is kept, so that the rest can be looked at too.
fn keep(trouble: Trouble, problems: &mut Problems) {
    if let Trouble::Asked(found) = trouble {
        problems.0.extend(found.0);
    }
}

/// The command with programme and municipalities looked up; what names nothing becomes a problem.
fn named(app: &App, arguments: &IssueArguments, problems: &mut Problems) -> Option<Issue> {
    let id = ProgrammeId::new(&arguments.programme);
    let Ok(programme) = app.programme(&id) else {
        let known: Vec<&str> = app.programmes().map(|p| p.id.as_str()).collect();
        problems.add(
            Problem::new("no-such-programme", "PROGRAMME")
                .with("programme", &arguments.programme)
                .with("shipped", known.join(", ")),
        );
        return None;
    };
    let mut look = |argument: &str, written: &str| -> Option<OrganisationId> {
        let found = programme.recipient(written).map(|r| r.municipality.clone());
        problems.add_if(found.is_none(), || {
            Problem::new("municipality-not-on-send-list", argument).with("municipality", written)
        });
        found
    };
    let municipalities =
        arguments.municipality.iter().filter_map(|one| look("--municipality", one)).collect();
    let mut signatories = std::collections::BTreeMap::new();
    for pair in &arguments.municipality_signatory {
        let (code, name) = pair.split_once('=').unwrap_or((pair, ""));
        if let Some(municipality) = look("--municipality-signatory", code) {
            signatories.insert(municipality, name.trim().to_owned());
        }
    }
    let of_programme = |role| programme.reference(role).map(|r| r.number.clone()).unwrap_or_default();
    Some(Issue {
        programme: id,
        municipalities,
        dated: Date::default(),
        reference: arguments.reference.clone(),
        offer_reference: arguments
            .offer_reference
            .clone()
            .unwrap_or_else(|| of_programme(ReferenceRole::Offer)),
        offer_decision: arguments.offer_decision.clone(),
        quote_on_return: arguments
            .quote_on_return
            .clone()
            .unwrap_or_else(|| programme.signing.quote_on_return.clone()),
        state_signatory: arguments.state_signatory.clone(),
        municipality_signatories: signatories,
        officer: arguments.officer.clone(),
    })
}

/// A list's problems are told by the file's own name, and mean that it was the wrong list.
fn at_file(error: Error, file: &Path) -> Trouble {
    match error {
        Error::Problems(mut problems) => {
            for problem in &mut problems.0 {
                problem.place = problem.place.replacen("districts", &file.display().to_string(), 1);
            }
            Trouble::Asked(problems)
        }
        other => other.into(),
    }
}

fn issued_as_json(issued: &Issued) -> serde_json::Value {
    let refused: Vec<_> = issued
        .refused
        .iter()
        .map(|(municipality, problems)| serde_json::json!({ "municipality": municipality, "problems": problems }))
        .collect();
    serde_json::json!({ "dispatch": issued.dispatch, "agreements": issued.agreements, "refused": refused })
}

fn issued_in_words(l: Words, issued: &Issued) -> String {
    let count = |n: usize| n.to_string();
    let mut text = l.with("cli-issued", [("count", &count(issued.agreements.len()))]);
    for id in &issued.agreements {
        text.push_str(&format!("\n  {id}"));
    }
    if !issued.refused.is_empty() {
        text.push_str(&format!(
            "\n\n{}\n",
            l.with("cli-issue-refused", [("count", &count(issued.refused.len()))])
        ));
        for (municipality, problems) in &issued.refused {
            for problem in &problems.0 {
                text.push_str(&format!("  {municipality}  {}\n", answer::sentence(l, problem)));
            }
        }
    }
    text
}

/// Opens the house and the agreement in it, as of a day.
async fn opened(
    house: &House,
    written: &str,
    as_of: Option<&str>,
) -> Result<(App, AgreementPage, Date), Trouble> {
    let mut problems = Problems::none();
    let settings = house.standing().map_err(|trouble| keep(trouble, &mut problems)).ok();
    let day = as_of.and_then(|day| answer::day("--as-of", day, &mut problems));
    answer::usable(problems)?;
    let Some(settings) = settings else { return Err(Error::NotFound.into()) };
    let app = super::house::open(&settings, false, kvarter_services::clock::Clock::System).await?;
    let mut ctx = app.system();
    if let Some(day) = day {
        ctx = as_of_day(ctx, day)?;
    }
    let id = id_of(&app, written);
    let page = match agreement::show(&ctx, &app, &id).await {
        Err(Error::NotFound) => return Err(no_such_agreement(&app, written).await),
        other => other?,
    };
    Ok((app, page, ctx.today()))
}

/// The context at the end of a day in Sweden: what was done that day counts.
pub(super) fn as_of_day(mut ctx: Ctx, day: Date) -> Result<Ctx, Trouble> {
    let zoned = day.at(23, 59, 59, 0).to_zoned_datetime(kvarter_domain::time::stockholm());
    ctx.now = zoned.map_err(|error| Error::Internal(error.to_string()))?.timestamp();
    Ok(ctx)
}

/// The agreement's id; the municipality may be written by any name it goes by.
fn id_of(app: &App, written: &str) -> AgreementId {
    let by_name = written.trim().split_once('/').and_then(|(programme, name)| {
        let programme = app.programme(&ProgrammeId::new(programme)).ok()?;
        Some(AgreementId::of(&programme.id, &programme.recipient(name)?.municipality))
    });
    by_name.unwrap_or_else(|| AgreementId::new(written.trim()))
}

/// Names the agreements that there are, since the one asked for is not among them.
async fn no_such_agreement(app: &App, written: &str) -> Trouble {
    let mut known = Vec::new();
    for programme in app.programmes() {
        if let Ok(rows) = agreement::board(&app.system(), app, &programme.id).await {
            known.extend(rows.iter().map(|row| row.life.agreement.id.to_string()));
        }
    }
    let problem = Problem::new("agreement-not-found", "ID")
        .with("written", written)
        .with("known", if known.is_empty() { "none".to_owned() } else { known.join(", ") });
    Trouble::Asked(problem.into())
}

/// An agreement as JSON tells it.
#[derive(Debug, Serialize)]
struct Shown<'a> {
    id: &'a AgreementId,
    programme: &'a ProgrammeId,
    edition: &'a str,
    municipality: &'a OrganisationId,
    party_name: &'a str,
    state: &'a OrganisationId,
    issued_on: Date,
    districts: &'a [AgreementDistrict],
    in_force_from: Option<Date>,
    event: i64,
    duties: Vec<DutyTold<'a>>,
}

fn shown(page: &AgreementPage) -> Shown<'_> {
    let head = &page.life.agreement;
    Shown {
        id: &head.id,
        programme: &head.programme,
        edition: head.edition.as_str(),
        municipality: &head.municipality,
        party_name: &head.party_name,
        state: &head.state,
        issued_on: head.issued_on,
        districts: &page.life.districts,
        in_force_from: page.in_force_from(),
        event: page.seen,
        duties: page.duties.iter().map(DutyTold::of).collect(),
    }
}

fn page_in_words(l: Words, page: &AgreementPage, day: Date) -> String {
    let head = &page.life.agreement;
    let mut text = format!("{}\n{} · {}\n", head.id, page.programme.name.get(l.0), head.party_name);
    for district in &page.life.districts {
        text.push_str(&format!("  {}  {}\n", district.code, district.name));
    }
    text.push('\n');
    match page.in_force_from().filter(|from| *from <= day) {
        Some(from) => text.push_str(&l.with("cli-in-force-since", [("day", &l.day(from))])),
        None => text.push_str(&format!("{}\n{}", l.t("cli-not-in-force"), missing(l, &page.validity))),
    }
    if page.duties.iter().any(|view| view.prospective) {
        text.push_str(&format!("\n{}", l.t("cli-duties-prospective")));
    }
    format!("{}\n\n{}", text.trim_end(), duties_table(l, &page.programme, &page.duties))
}

/// What is missing, one line for each thing.
fn missing(l: Words, validity: &Validity) -> String {
    let notes = validity.proofs.iter().flat_map(|proof| proof.missing()).flat_map(|leaf| &leaf.missing);
    let mut lines: Vec<String> =
        notes.map(|note| format!("  – {}\n", l.args(&note.code, &note.args))).collect();
    // The same thing can be missing from both trees.
    let mut told = std::collections::HashSet::new();
    lines.retain(|line| told.insert(line.clone()));
    lines.concat()
}

/// The validity by what had been met on a day.
fn by_day(mut validity: Validity, day: Option<Date>) -> Validity {
    let Some(day) = day else { return validity };
    let by = |met: &mut Option<Date>| *met = met.filter(|on| *on <= day);
    by(&mut validity.in_force_from);
    for proof in &mut validity.proofs {
        by(&mut proof.met_on);
        for leaf in &mut proof.leaves {
            by(&mut leaf.met_on);
        }
    }
    validity
}

fn proof_in_words(l: Words, page: &AgreementPage, judged: &Validity) -> String {
    let mut text = match judged.in_force_from {
        Some(from) => l.with("cli-in-force-since", [("day", &l.day(from))]),
        None => l.t("cli-not-in-force"),
    };
    text = format!("{}\n{text}\n", page.life.agreement.id);
    for proof in &judged.proofs {
        text.push_str(&format!(
            "\n{} {} ({})\n",
            mark(proof.met_on.is_some()),
            proof.name.get(l.0),
            l.clause(&proof.clause)
        ));
        for leaf in &proof.leaves {
            text.push_str(&leaf_in_words(l, leaf));
        }
    }
    text
}

fn leaf_in_words(l: Words, leaf: &Leaf) -> String {
    let sign = if leaf.advisory && leaf.met_on.is_none() { "!" } else { mark(leaf.met_on.is_some()) };
    let mut text = format!("  {sign} ”{}” ({})\n", leaf.says, l.clause(&leaf.clause));
    let notes: Vec<_> = match leaf.met_on {
        Some(_) => leaf.evidence.iter().chain(&leaf.remarks).collect(),
        None => leaf.missing.iter().chain(&leaf.remarks).collect(),
    };
    for note in notes {
        text.push_str(&format!("      {}\n", l.args(&note.code, &note.args)));
    }
    text
}

fn mark(met: bool) -> &'static str {
    if met { "✓" } else { "✗" }
}

/// A file's bytes, no more than a document may hold; what cannot be read becomes a problem.
fn contents(file: &Path, problems: &mut Problems) -> Option<Vec<u8>> {
    let name = file.display().to_string();
    let mut bytes = Vec::new();
    let limit = UPLOAD_BYTES_MAX as u64 + 1;
    match std::fs::File::open(file).and_then(|file| file.take(limit).read_to_end(&mut bytes)) {
        Err(cause) => {
            problems.add(Problem::new("file-unreadable", name).with("cause", answer::cause(&cause)));
            None
        }
        Ok(_) if bytes.len() > UPLOAD_BYTES_MAX => {
            let megabytes = UPLOAD_BYTES_MAX / (1024 * 1024);
            problems.add(Problem::new("upload-too-large", name).with("megabytes_max", megabytes));
            None
        }
        Ok(_) => Some(bytes),
    }
}

/// Two files compared, as JSON tells it.
#[derive(Debug, Serialize)]
struct Compared<'a> {
    likalydande: bool,
    identical: bool,
    same_agreement: bool,
    same_text: bool,
    parameters: Vec<serde_json::Value>,
    deviations: Vec<Parted<'a>>,
    a_from_text: Vec<Parted<'a>>,
    b_from_text: Vec<Parted<'a>>,
}

/// Where a text departs from another, as JSON tells it.
#[derive(Debug, Serialize)]
struct Parted<'a> {
    kind: serde_json::Value,
    page: usize,
    clause: Option<&'a Clause>,
    word: usize,
    expected: &'a str,
    found: &'a str,
    context: String,
}

impl<'a> Parted<'a> {
    fn all(deviations: &'a [Deviation]) -> Vec<Self> {
        let parted = deviations.iter().map(|one| Self {
            kind: serde_json::to_value(one.kind).unwrap_or_default(),
            page: one.page,
            clause: one.clause.as_ref(),
            word: one.at,
            expected: &one.expected,
            found: &one.found,
            context: context(one),
        });
        parted.collect()
    }
}

/// The words found with those around them.
fn context(one: &Deviation) -> String {
    let parts = [one.before.as_str(), &one.found, &one.after];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn compare(l: Words, files: [&PathBuf; 2], source: &str, json: bool) -> Answer {
    let mut problems = Problems::none();
    let read = programme::read(source).map_err(|found| problems.0.extend(found.0)).ok();
    let [a, b] = files.map(|file| contents(file, &mut problems));
    answer::usable(problems)?;
    let (Some(programme), Some(a), Some(b)) = (read, a, b) else { return Ok(Outcome::No) };
    let compared = likalydande::compare(&programme, &a, &b).map_err(|error| match error {
        Error::Problems(mut problems) => {
            for problem in &mut problems.0 {
                let file = if problem.place == "a" { files[0] } else { files[1] };
                problem.place = file.display().to_string();
                problem.args.entry("name".to_owned()).or_insert_with(|| file.display().to_string());
            }
            Trouble::Asked(problems)
        }
        other => other.into(),
    })?;
    if json {
        say_json(&Compared {
            likalydande: compared.likalydande,
            identical: compared.identical,
            same_agreement: compared.same_agreement,
            same_text: compared.same_text,
            parameters: compared.differences.iter().map(parameter).collect(),
            deviations: Parted::all(&compared.deviations),
            a_from_text: Parted::all(&compared.a_from_template),
            b_from_text: Parted::all(&compared.b_from_template),
        })?;
    } else {
        say(&compared_in_words(l, &compared, files))?;
    }
    Ok(if compared.likalydande { Outcome::Yes } else { Outcome::No })
}

fn parameter(difference: &Difference) -> serde_json::Value {
    serde_json::json!({ "parameter": difference.hole, "a": difference.a, "b": difference.b })
}

fn compared_in_words(l: Words, compared: &Comparison, files: [&PathBuf; 2]) -> String {
    let verdict = match (compared.identical, compared.likalydande, compared.same_text) {
        (true, true, _) => "cli-compare-identical",
        (_, true, _) => "cli-compare-likalydande",
        (_, _, true) => "cli-compare-same-text",
        _ => "cli-compare-differ",
    };
    let mut text = format!("{}\n", l.t(verdict));
    if !compared.differences.is_empty() {
        text.push_str(&format!("\n{}\n", l.t("cli-compare-parameters")));
    }
    for one in &compared.differences {
        let hole = serde_json::to_value(one.hole).ok();
        let code = hole.as_ref().and_then(|code| code.as_str()).unwrap_or_default().replace('_', "-");
        let value = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
        text.push_str(&format!(
            "  {}: {} | {}\n",
            l.t(&format!("cli-hole-{code}")),
            value(&one.a),
            value(&one.b)
        ));
    }
    let [a, b] = files.map(|file| file.display().to_string());
    for (heading, deviations) in [
        (l.with("cli-compare-deviations", [("a", a.as_str()), ("b", &b)]), &compared.deviations),
        (l.with("cli-compare-from-text", [("file", a.as_str())]), &compared.a_from_template),
        (l.with("cli-compare-from-text", [("file", b.as_str())]), &compared.b_from_template),
    ] {
        if !deviations.is_empty() {
            text.push_str(&format!("\n{heading}\n"));
        }
        for one in deviations {
            text.push_str(&deviation_in_words(l, one));
        }
    }
    text
}

fn deviation_in_words(l: Words, one: &Deviation) -> String {
    let page = one.page.to_string();
    let place = match &one.clause {
        Some(clause) => l.with(
            "cli-compare-place",
            [("page", &page), ("clause", &clause.number.to_string()), ("heading", &clause.heading)],
        ),
        None => l.with("cli-compare-place-without-clause", [("page", &page)]),
    };
    let value = |text: &str| if text.is_empty() { "–".to_owned() } else { format!("”{text}”") };
    let words =
        l.with("cli-compare-words", [("expected", &value(&one.expected)), ("found", &value(&one.found))]);
    format!("  {place}: {words}\n      … {} …\n", context(one))
}
