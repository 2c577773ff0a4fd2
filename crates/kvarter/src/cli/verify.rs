//! `kvarter verify`: is a file whole, and who signed it with what.

use std::path::{Path, PathBuf};

use kvarter_domain::likalydande::Deviation;
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::Programme;
use kvarter_domain::time::stockholm_day;
use kvarter_services::verification::{self, Opened, Sealed, Standing, Verified};
use kvarter_services::{App, Error, keys, likalydande, operations, programme};
use kvarter_signatures::certificate::Anchors;
use serde::Serialize;

use super::answer::{self, Answer, Outcome, Trouble, say, say_json};
use super::compare::deviation_in_words;
use super::file::contents;
use super::house::House;
use crate::language::Words;
use crate::verdict::{Good, Told};

/// How many departures are written out.
const DEPARTURES_MAX: usize = 20;

/// Checks the signatures in a PDF: is it whole, who signed what and when, is each page the one that was
/// initialled, and did whoever signed hold the office.
///
/// With --data or --settings it asks an installation too, which knows its agreements and mandates. Without, it
/// needs nothing but the file, and the certificates that you trust. Ends with 0 if the file passes and 1 if it
/// does not.
///
/// As JSON: `digest`; `report` with `verdict` (and `because`, the standard's reason), `signatures` (each with
/// `intact`, `valid`, `trusted`), `changes`, `seal` and `findings`; `known`, the agreement and version, if it
/// is one of the installation's; and `offices`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  kvarter verify avtal.pdf --anchors /etc/kvarter/anchors\n  kvarter verify avtal.pdf --data /var/lib/kvarter --json"
)]
pub(super) struct Verify {
    /// The file
    #[arg(value_name = "FILE.pdf")]
    file: PathBuf,
    /// A folder with the certificates that you trust, in PEM or DER
    #[arg(long, value_name = "DIR")]
    anchors: Option<PathBuf>,
    /// The programme whose text it should have, by id or folder
    #[arg(long, value_name = "ID|FOLDER", default_value = "lua-2008")]
    programme: String,
    #[command(flatten)]
    house: House,
    /// Answers with JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(l: Words, verb: Verify) -> Answer {
    let mut problems = Problems::none();
    let bytes = contents(&verb.file, &mut problems);
    let programme = programme::read(&verb.programme).map_err(|found| problems.0.extend(found.0)).ok();
    if let Some(folder) = verb.anchors.as_ref().filter(|folder| !folder.is_dir()) {
        problems.add(Problem::new("settings-no-such-folder", "--anchors").with("folder", folder.display()));
    }
    let settings = match verb.house.is_named() {
        true => answer::gathered(verb.house.standing(), &mut problems)?,
        false => None,
    };
    answer::usable(problems)?;
    let (Some(bytes), Some(programme)) = (bytes, programme) else { return Ok(Outcome::No) };
    let asks = match settings {
        Some(mut settings) => {
            if let Some(folder) = verb.anchors {
                settings.keys.anchors = Some(folder);
            }
            Asks::House(Box::new(super::house::enter(&settings).await?))
        }
        None => Asks::Nobody(match &verb.anchors {
            Some(folder) => keys::anchors(folder)?,
            None => Anchors::none(),
        }),
    };
    match verification::open(&bytes, asks.anchors(), operations::now())
        .map_err(|error| at_file(error, &verb.file))?
    {
        Some(opened) => package(l, &asks, &programme, opened, verb.json).await,
        None => {
            let departures = likalydande::departures(&programme, &bytes)?;
            let verified = asks.examine(bytes).await?;
            if verb.json {
                say_json(&AsData::of(&verified, departures))?;
            } else {
                say(&in_words(l, &verified, departures.as_deref()))?;
            }
            Ok(if verified.passes() { Outcome::Yes } else { Outcome::No })
        }
    }
}

/// A problem with the file is told by the file's own name.
fn at_file(error: Error, file: &Path) -> Trouble {
    match error {
        Error::Problems(mut problems) => {
            for problem in &mut problems.0 {
                problem.place = file.display().to_string();
            }
            Trouble::Asked(problems)
        }
        other => other.into(),
    }
}

/// Whom to ask besides the bytes.
enum Asks {
    /// An installation.
    House(Box<App>),
    /// Nobody; these are trusted.
    Nobody(Anchors),
}

impl Asks {
    fn anchors(&self) -> &Anchors {
        match self {
            Self::House(app) => app.anchors(),
            Self::Nobody(anchors) => anchors,
        }
    }

    async fn examine(&self, bytes: Vec<u8>) -> kvarter_services::Result<Verified> {
        match self {
            Self::House(app) => verification::verify(&app.system(), app, bytes).await,
            Self::Nobody(anchors) => {
                verification::examine_alone(bytes, anchors.clone(), operations::now()).await
            }
        }
    }
}

/// A package: whether it is whole, and then each file in it that somebody has signed.
async fn package(l: Words, asks: &Asks, programme: &Programme, mut opened: Opened, json: bool) -> Answer {
    let (mut signed, mut names) = (Vec::new(), Vec::new());
    for (name, bytes) in std::mem::take(&mut opened.files) {
        names.push(name.clone());
        if bytes.starts_with(b"%PDF-") {
            let departures = likalydande::departures(programme, &bytes)?;
            let verified = asks.examine(bytes).await?;
            if !verified.report.signatures.is_empty() {
                signed.push((name, verified, departures));
            }
        }
    }
    let passes = opened.passes() && signed.iter().all(|(_, verified, _)| verified.passes());
    if json {
        let files: Vec<_> = signed
            .iter()
            .map(|(name, verified, departures)| {
                serde_json::json!({ "name": name, "found": AsData::of(verified, departures.clone()) })
            })
            .collect();
        say_json(&serde_json::json!({
            "package": { "complete": opened.complete, "seals": opened.seals, "files": names },
            "signed": files,
        }))?;
    } else {
        let (good, key) = match opened.complete {
            true => (Good::Yes, "verify-package-whole"),
            false => (Good::No, "verify-package-broken"),
        };
        let mut text = format!("{} {}\n", mark(good), l.with(key, [("files", names.join(", "))]));
        for seal in &opened.seals {
            text.push_str(&format!("  {}\n", sealed(l, seal)));
        }
        for (name, verified, departures) in &signed {
            text.push_str(&format!("\n{name}\n{}", in_words(l, verified, departures.as_deref())));
        }
        say(&text)?;
    }
    Ok(if passes { Outcome::Yes } else { Outcome::No })
}

fn sealed(l: Words, seal: &Sealed) -> String {
    let name = seal.by.as_ref().and_then(|holder| holder.name.clone());
    let name = name.unwrap_or_else(|| l.t("verify-package-nameless"));
    let day = seal.time.map_or_else(|| "none".to_owned(), |at| l.day(stockholm_day(at)));
    let key = match seal.standing {
        Standing::Trusted => "verify-package-sealed",
        Standing::RevocationUnknown => "verify-package-sealed-unasked",
        Standing::Untrusted => "verify-package-sealed-untrusted",
    };
    l.with(key, [("name", name), ("day", day)])
}

fn mark(good: Good) -> &'static str {
    match good {
        Good::Yes => "✓",
        Good::No => "✗",
        Good::Unknown => "?",
    }
}

/// A file's signatures and its words, as JSON tells them.
#[derive(Serialize)]
struct AsData<'a> {
    #[serde(flatten)]
    verified: &'a Verified,
    /// Whether it has the programme's words; nothing where it is no agreement of the programme.
    likalydande: Option<bool>,
    departures: Option<Vec<Deviation>>,
}

impl<'a> AsData<'a> {
    fn of(verified: &'a Verified, departures: Option<Vec<Deviation>>) -> Self {
        Self { verified, likalydande: departures.as_ref().map(Vec::is_empty), departures }
    }
}

fn in_words(l: Words, verified: &Verified, departures: Option<&[Deviation]>) -> String {
    let told = Told::of(verified, l);
    let mut text = format!("{} {}\n", mark(told.good), told.title);
    for line in &told.says {
        text.push_str(&format!("  {line}\n"));
    }
    text.push_str(&format!("  {}: {}\n", l.t("verify-digest"), verified.digest));
    text.push_str(&format!(
        "  {}\n",
        l.t(match departures {
            None => "verify-words-unknown",
            Some([]) => "verify-words-same",
            Some(_) => "verify-words-depart",
        })
    ));
    for one in departures.unwrap_or_default().iter().take(DEPARTURES_MAX) {
        text.push_str(&deviation_in_words(l, one));
    }
    if !told.signatures.is_empty() {
        text.push_str(&format!("\n{}\n", l.t("verify-signatures")));
    }
    for signature in &told.signatures {
        text.push_str(&format!("{} {}\n  {}\n", mark(signature.good), signature.title, signature.when));
        let answers = signature
            .answers
            .iter()
            .map(|(asked, yes)| format!("{}: {}", asked, l.t(if *yes { "verify-yes" } else { "verify-no" })));
        text.push_str(&format!("  {}\n", answers.collect::<Vec<_>>().join(" · ")));
        for line in &signature.says {
            text.push_str(&format!("  {line}\n"));
        }
    }
    if !told.pages.is_empty() {
        text.push_str(&format!("\n{}\n", l.t("verify-pages")));
    }
    for (page, cells) in &told.pages {
        let cells = cells
            .iter()
            .zip(&told.parties)
            .map(|(cell, party)| format!("{} {party}: {}", mark(cell.good), cell.words));
        text.push_str(&format!("  {page:<8} {}\n", cells.collect::<Vec<_>>().join("   ")));
    }
    if !told.findings.is_empty() {
        text.push_str(&format!("\n{}\n", l.t("verify-findings")));
    }
    for (level, _, words) in &told.findings {
        text.push_str(&format!("  {level}: {words}\n"));
    }
    text
}
