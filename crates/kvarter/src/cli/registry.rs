//! `kvarter registry`: the register (diarium), as the public sees it.

use kvarter_domain::ids::{AgreementId, OrganisationId, RecordId};
use kvarter_domain::organisation::resolve;
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::registry::RecordView;
use kvarter_services::registry::{self, Filter, RecordPage};
use kvarter_services::{App, Error, organisation};

use super::answer::{self, Answer, Outcome, Trouble, say, say_json};
use super::house::House;
use super::table;
use crate::language::Words;

/// The register (diarium): records in and out, as the public sees them.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Registry {
    /// Lists records, the latest first. What is kept apart by a secrecy marking is left out.
    #[command(
        after_help = "Examples:\n  kvarter registry list --organisation Stockholm\n  kvarter registry list --agreement lua-2008/0180 --words kommunstyrelsen --json"
    )]
    List {
        /// Only an organisation's, by its code or any name it goes by
        #[arg(long, value_name = "CODE|NAME")]
        organisation: Option<String>,
        /// Only those about an agreement, as lua-2008/0180
        #[arg(long, value_name = "ID")]
        agreement: Option<String>,
        /// Only those with these words in number, subject, counterpart or reference
        #[arg(long, value_name = "TEXT")]
        words: Option<String>,
        /// At the most so many; 0 for all
        #[arg(long, value_name = "NUMBER", default_value = "100")]
        limit: String,
        #[command(flatten)]
        house: House,
        /// Answers with JSON: how many there are in all, and one object per record
        #[arg(long)]
        json: bool,
    },
    /// Shows one record, with its matter's reference numbers and the event that registered it.
    #[command(after_help = "Examples:\n  kvarter registry show 0180-main-539-1756-2008-1")]
    Show {
        /// The record's id, as `registry list` tells it
        #[arg(value_name = "ID")]
        record: String,
        #[command(flatten)]
        house: House,
        /// Answers with JSON
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(l: Words, verb: Registry) -> Answer {
    match verb {
        Registry::List { organisation, agreement, words, limit, house, json } => {
            let mut problems = Problems::none();
            let limit: Option<usize> = limit.trim().parse().ok();
            problems.add_if(limit.is_none(), || Problem::new("argument-not-a-number", "--limit"));
            let settings = answer::gathered(house.standing(), &mut problems)?;
            answer::usable(problems)?;
            let Some(settings) = settings else { return Ok(Outcome::No) };
            let app = super::house::enter(&settings).await?;
            let (organisations, _) = organisation::all(&app).await?;
            let organisation = match organisation {
                Some(written) => Some(organisation_named(&app, &written).await?),
                None => None,
            };
            let filter = Filter {
                organisation,
                agreement: agreement.map(AgreementId::new),
                words,
                offset: 0,
                limit: limit.unwrap_or_default(),
            };
            let (records, total) = registry::list(&app.system(), &app, &filter).await?;
            if json {
                say_json(&serde_json::json!({ "total": total, "records": records }))?;
            } else {
                let name = |id: &OrganisationId| {
                    organisations
                        .iter()
                        .find(|o| o.id == *id)
                        .map_or_else(|| id.to_string(), |o| o.name.clone())
                };
                say(&listed(l, &records, total, name))?;
            }
            Ok(Outcome::Yes)
        }
        Registry::Show { record, house, json } => {
            let app = house.open().await?;
            let shown = registry::show(&app.system(), &app, &RecordId::new(record.trim())).await;
            let page = match shown {
                Err(Error::NotFound) => return Err(Trouble::no_such("record-not-found", "ID", &record)),
                other => other?,
            };
            if json {
                say_json(&as_json(&page))?
            } else {
                say(&in_words(l, &page))?
            }
            Ok(Outcome::Yes)
        }
    }
}

/// The organisation that `--organisation` names, by its code or any name it goes by.
pub(super) async fn organisation_named(app: &App, written: &str) -> Result<OrganisationId, Trouble> {
    let (organisations, aliases) = organisation::all(app).await?;
    let found = resolve(&organisations, &aliases, written).map(|o| o.id.clone());
    found.ok_or_else(|| {
        Trouble::Asked(Problem::new("no-such-organisation", "--organisation").with("name", written).into())
    })
}

fn listed(
    l: Words,
    records: &[RecordView],
    total: usize,
    name: impl Fn(&OrganisationId) -> String,
) -> String {
    let rows: Vec<[String; 6]> = records
        .iter()
        .map(|record| {
            [
                record.day.to_string(),
                l.t(&format!("cli-direction-{}", record.direction.code())),
                record.number.clone(),
                name(&record.organisation),
                seen(l, record.counterpart.as_ref(), record),
                seen(l, record.subject.as_ref(), record),
            ]
        })
        .collect();
    let heading = ["day-registered", "direction", "number", "organisation", "counterpart", "subject"]
        .map(|column| l.t(&format!("cli-column-{column}")));
    let counts = [("shown", records.len().to_string()), ("total", total.to_string())];
    let counts = counts.each_ref().map(|(name, n)| (*name, n.as_str()));
    format!("{}\n{}\n", table::set(heading, &rows), l.with("cli-records-counted", counts))
}

/// A field as it may be shown: what is kept apart says so.
fn seen(l: Words, field: Option<&String>, record: &RecordView) -> String {
    match field {
        Some(text) => text.clone(),
        None if record.separated.is_empty() => "–".to_owned(),
        None => l.t("cli-record-kept-apart"),
    }
}

fn as_json(page: &RecordPage) -> serde_json::Value {
    serde_json::json!({
        "record": page.record,
        "matter_title": page.matter_title,
        "references": page.references,
        "document": page.document,
        "event": page.event,
    })
}

fn in_words(l: Words, page: &RecordPage) -> String {
    let record = &page.record;
    let mut rows = vec![
        ("cli-column-number", record.number.clone()),
        ("cli-column-day-registered", record.day.to_string()),
        ("cli-column-direction", l.t(&format!("cli-direction-{}", record.direction.code()))),
        ("cli-column-organisation", record.organisation.to_string()),
        ("cli-column-counterpart", seen(l, record.counterpart.as_ref(), record)),
        ("cli-column-subject", seen(l, record.subject.as_ref(), record)),
    ];
    let mut more = |key, value: Option<String>| rows.extend(value.map(|value| (key, value)));
    more("cli-record-their-reference", record.their_reference.clone());
    more("cli-record-routed-to", record.routed_to.clone());
    more("cli-record-agreement", record.agreement.as_ref().map(ToString::to_string));
    more("cli-record-document", page.document.as_ref().map(|d| format!("{} ({})", d.name, d.digest)));
    for reference in &page.references {
        more("cli-record-reference", Some(reference.number.clone()));
    }
    more("cli-record-event", Some(page.event.to_string()));
    let labels: Vec<(String, String)> = rows.into_iter().map(|(key, value)| (l.t(key), value)).collect();
    let width = labels.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
    let lines = labels
        .iter()
        .map(|(label, value)| format!("{label}{}  {value}\n", " ".repeat(width - label.chars().count())));
    lines.collect()
}
