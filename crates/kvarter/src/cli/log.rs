//! `kvarter log`: is it whole, and proofs of it to give away.

use std::path::PathBuf;

use kvarter_domain::problem::{Problem, Problems};
use kvarter_services::log::{Checkpoint, Finding, Report};
use kvarter_services::{Error, operations};

use super::answer::{self, Answer, Outcome, Trouble, say, say_json};
use super::house::House;
use super::progress::Progress;
use crate::language::Words;

/// The log of all acts: is it whole, and proofs of it to give away.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Log {
    /// Recomputes everything from what is stored, and names every place that is not as it was.
    ///
    /// Reads each row, event and document. Alone this shows that log and data agree with each other; with
    /// a checkpoint kept elsewhere, that nothing before it has been altered, removed or put in between.
    /// Ends with 1 if anything is not as it was. Only reads; can be run while the server runs.
    #[command(
        after_help = "Examples:\n  kvarter log verify\n  kvarter log verify --checkpoint yesterday.txt --json"
    )]
    Verify {
        #[command(flatten)]
        house: House,
        /// A checkpoint kept elsewhere, as `kvarter log checkpoint` wrote it, as text or JSON
        #[arg(long, value_name = "FILE")]
        checkpoint: Option<PathBuf>,
        /// Answers with JSON: size, root, counts and every finding
        #[arg(long)]
        json: bool,
    },
    /// Writes the log's checkpoint: how many events, and the root over them.
    ///
    /// Keep it with someone else. Whoever can rewrite the database cannot rewrite that.
    #[command(after_help = "Examples:\n  kvarter log checkpoint > checkpoint-$(date +%F).txt")]
    Checkpoint {
        #[command(flatten)]
        house: House,
        /// Answers with JSON instead of the text of a signed note
        #[arg(long)]
        json: bool,
    },
    /// Writes a proof (RFC 6962) as JSON: that an event is in the log, or that the log continues an
    /// earlier one.
    ///
    /// Whoever holds a checkpoint can check it without us; nothing can be read from it about other events.
    #[command(
        after_help = "Examples:\n  kvarter log proof 17 > proof.json\n  kvarter log proof --from 100 --to 250 > continued.json"
    )]
    Proof {
        /// The event's number, from 1
        #[arg(required_unless_present = "from", conflicts_with_all = ["from", "to"])]
        event: Option<String>,
        /// The size of the earlier log
        #[arg(long, value_name = "SIZE")]
        from: Option<String>,
        /// The size of the later log [default: the present]
        #[arg(long, value_name = "SIZE", requires = "from")]
        to: Option<String>,
        #[command(flatten)]
        house: House,
        /// Answers with JSON, which a proof always is
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(l: Words, verb: Log) -> Answer {
    match verb {
        Log::Verify { house, checkpoint, json } => verify(l, &house, checkpoint, json).await,
        Log::Checkpoint { house, json } => {
            let head = operations::checkpoint(&house.standing()?.store).await?;
            if json {
                say_json(&head)?
            } else {
                say(&head.to_string())?
            }
            Ok(Outcome::Yes)
        }
        Log::Proof { event, from, to, house, json: _ } => proof(&house, event, from, to).await,
    }
}

async fn verify(l: Words, house: &House, kept: Option<PathBuf>, json: bool) -> Answer {
    let mut problems = Problems::none();
    let settings = answer::gathered(house.standing(), &mut problems)?;
    let checkpoint = kept.and_then(|file| match std::fs::read_to_string(&file) {
        Ok(text) => {
            let read = operations::read_checkpoint(&text);
            problems.add_if(read.is_none(), || Problem::new("not-a-checkpoint", file.display().to_string()));
            read
        }
        Err(cause) => {
            problems.add(
                Problem::new("file-unreadable", file.display().to_string())
                    .with("cause", answer::cause(&cause)),
            );
            None
        }
    });
    let (true, Some(settings)) = (problems.is_empty(), settings) else {
        return Err(Trouble::Asked(problems));
    };
    let bar = Progress::begin(l, "cli-log-verifying", json);
    let report = operations::verify(&settings.store, checkpoint.as_ref(), &mut |progress| {
        let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        bar.tell(count(progress.events), count(progress.events_total));
    })
    .await?;
    drop(bar);
    if json {
        let sound = report.is_sound();
        let mut value = serde_json::to_value(&report).map_err(std::io::Error::other)?;
        value["sound"] = sound.into();
        value["origin"] = settings.store.origin.into();
        say_json(&value)?;
    } else {
        say(&told(l, &report, checkpoint.as_ref()))?;
    }
    Ok(if report.is_sound() { Outcome::Yes } else { Outcome::No })
}

fn told(l: Words, report: &Report, checkpoint: Option<&Checkpoint>) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        text.push_str(&format!("{}\n", one(l, finding)));
    }
    if report.more_findings > 0 {
        let more = [("count", report.more_findings.to_string())];
        text.push_str(&format!(
            "{}\n",
            l.with("cli-log-more-findings", more.each_ref().map(|(n, v)| (*n, v.as_str())))
        ));
    }
    if !report.strays.is_empty() {
        let count = [("count", report.strays.len().to_string())];
        text.push_str(&format!("{}\n", l.with("cli-log-strays", count)));
        report.strays.iter().for_each(|name| text.push_str(&format!("  {name}\n")));
    }
    let counts = [report.size, report.facts, report.documents].map(|n| n.to_string());
    let values = [("events", counts[0].as_str()), ("facts", &counts[1]), ("documents", &counts[2])];
    let verdict = match (report.is_sound(), checkpoint) {
        (true, Some(_)) => "cli-log-sound-and-continued",
        (true, None) => "cli-log-sound",
        (false, _) => "cli-log-unsound",
    };
    text.push_str(&format!("{}\n{}\n", l.t(verdict), l.with("cli-log-counted", values)));
    text.push_str(&l.with("cli-log-root", [("root", &report.root)]));
    text
}

fn one(l: Words, finding: &Finding) -> String {
    let trouble = serde_json::to_value(finding.trouble).ok();
    let code = trouble.as_ref().and_then(|code| code.as_str()).unwrap_or_default().to_owned();
    let mut text = l.t(&format!("cli-trouble-{code}"));
    if let Some(seq) = finding.seq {
        text.push_str(&format!(" · {}", l.with("cli-trouble-event", [("event", &seq.to_string())])));
    }
    for part in [&finding.table, &finding.key].into_iter().flatten() {
        text.push_str(&format!(" · {part}"));
    }
    if let Some(detail) = &finding.detail {
        // Figures speak for themselves; what the engine says is in its own language, and is said to be.
        let speaks = matches!(
            finding.trouble,
            operations::Trouble::Unreadable
                | operations::Trouble::FactAltered
                | operations::Trouble::EventAltered
        );
        let detail = match speaks {
            true => l.with("cli-trouble-engine", [("detail", detail)]),
            false => detail.clone(),
        };
        text.push_str(&format!(" · {detail}"));
    }
    text
}

async fn proof(house: &House, event: Option<String>, from: Option<String>, to: Option<String>) -> Answer {
    let mut problems = Problems::none();
    let mut number = |argument: &str, written: Option<&String>| {
        let written = written?;
        let number = written.trim().parse::<u64>().ok().filter(|n| *n > 0 && i64::try_from(*n).is_ok());
        problems.add_if(number.is_none(), || {
            Problem::new("argument-not-a-number", argument).with("written", written)
        });
        number
    };
    let event = number("EVENT", event.as_ref());
    let (from, to) = (number("--from", from.as_ref()), number("--to", to.as_ref()));
    let backwards = from.zip(to).is_some_and(|(from, to)| from > to);
    problems.add_if(backwards, || Problem::new("proof-backwards", "--from, --to"));
    let settings = answer::gathered(house.standing(), &mut problems)?;
    let (true, Some(settings)) = (problems.is_empty(), settings) else {
        return Err(Trouble::Asked(problems));
    };
    let size = operations::checkpoint(&settings.store).await?.size;
    let largest = event.max(from).max(to).unwrap_or_default();
    if largest > size {
        let problem =
            Problem::new("log-not-so-long", "EVENT, --from, --to").with("asked", largest).with("size", size);
        return Err(Trouble::Asked(problem.into()));
    }
    match (event, from) {
        (Some(event), _) => {
            let seq = i64::try_from(event).map_err(|_| Error::NotFound)?;
            say_json(&operations::inclusion(&settings.store, seq).await?)?;
        }
        (None, Some(from)) => say_json(&operations::consistency(&settings.store, from, to).await?)?,
        // clap has seen to it that one of them is there.
        (None, None) => {}
    }
    Ok(Outcome::Yes)
}
