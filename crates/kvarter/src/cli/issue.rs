//! `kvarter agreement issue`: two originals and a letter for each municipality, in one act.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use kvarter_domain::ids::{OrganisationId, ProgrammeId};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::reference::ReferenceRole;
use kvarter_domain::signing::Mode;
use kvarter_services::dispatch::{self, Issue, Issued};
use kvarter_services::{App, Error, operations, organisation};

use super::answer::{self, Answer, Outcome, Trouble, say, say_json};
use super::file::contents;
use super::house::House;
use super::progress::Progress;
use crate::language::Words;

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
    /// One file for both parties, to be signed with keys, instead of two originals on paper
    #[arg(long)]
    electronic: bool,
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

pub(super) async fn run(l: Words, arguments: &IssueArguments) -> Answer {
    let mut problems = Problems::none();
    let settings = answer::gathered(arguments.house.standing(), &mut problems)?;
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
    let app = match super::house::enter(&settings).await {
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
    let issued = dispatch::issue(&ctx, &app, &issue, &|done, total| bar.tell(done, total)).await;
    drop(bar);
    let issued = match issued {
        // What has its agreement is passed over, so the act can be repeated; there was nothing more to do.
        Err(Error::Problems(problems)) if problems.0.iter().all(|p| p.code == "nothing-to-issue") => {
            if arguments.json {
                say_json(&issued_as_json(&Issued::default()))?;
            } else {
                say(&l.t("cli-issued-before"))?;
            }
            return Ok(Outcome::Yes);
        }
        other => other?,
    };
    if arguments.json {
        say_json(&issued_as_json(&issued))?;
    } else {
        say(&issued_in_words(l, &issued))?;
    }
    Ok(if issued.refused.is_empty() { Outcome::Yes } else { Outcome::No })
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
        mode: if arguments.electronic { Mode::Electronic } else { Mode::Paper },
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
