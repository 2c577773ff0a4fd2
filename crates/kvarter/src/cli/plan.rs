//! `kvarter plan`: district plans; their drafts judged, their versions read, compared and reported.

use std::path::{Path, PathBuf};

use kvarter_domain::ids::{AgreementId, MandateId};
use kvarter_domain::plan::PlanVersion;
use kvarter_domain::plan::difference::PartChange;
use kvarter_domain::plan::smart::Assessment;
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::Programme;
use kvarter_services::plan::{self, VersionPage, Workshop};
use kvarter_services::plan_file::{self, Format, What};
use kvarter_services::registry::Upload;
use kvarter_services::{App, Ctx, Error, identity};
use serde_json::json;

use super::answer::{self, Answer, Outcome, Trouble, say, say_json};
use super::house::House;
use super::{agreement, table};
use crate::judgement::judged;
use crate::language::Words;
use crate::web::plan_compare::{field_name, field_words};

/// A district plan, and which house it is in.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Where {
    /// The agreement and the district's code, as lua-2008/0180/01800154
    district: String,
    #[command(flatten)]
    house: House,
}

/// District plans: drafts judged, versions read, compared and reported.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Plan {
    /// Shows an adopted version: its goals and how each is judged, its interventions, its lessons.
    #[command(
        after_help = "Examples:\n  kvarter plan show lua-2008/0180/01800154\n  kvarter plan show lua-2008/0180/01800154 --number 1 --json"
    )]
    Show {
        #[command(flatten)]
        r#where: Where,
        /// Which version [default: the latest]
        #[arg(long, value_name = "NUMBER")]
        number: Option<i64>,
        /// Answers with JSON: version, content and judgement
        #[arg(long)]
        json: bool,
    },
    /// Judges a draft: what is missing, and how each goal stands against the five criteria.
    #[command(after_help = "Examples:\n  kvarter plan check lua-2008/0180/01800154 --json")]
    Check {
        #[command(flatten)]
        r#where: Where,
        /// Answers with JSON: problems and judgements
        #[arg(long)]
        json: bool,
    },
    /// Tells how two versions differ.
    #[command(after_help = "Examples:\n  kvarter plan diff lua-2008/0180/01800154 --from 1 --to 2")]
    Diff {
        #[command(flatten)]
        r#where: Where,
        /// The earlier version [default: the one before the later]
        #[arg(long, value_name = "NUMBER")]
        from: Option<i64>,
        /// The later version [default: the latest]
        #[arg(long, value_name = "NUMBER")]
        to: Option<i64>,
        /// Answers with JSON: one object for each part that differs
        #[arg(long)]
        json: bool,
    },
    /// Writes an empty form to fill in: Markdown, Word or workbook, by the file's ending.
    #[command(after_help = "Examples:\n  kvarter plan new lua-2008/0180/01800154 --output husby.docx")]
    New {
        #[command(flatten)]
        r#where: Where,
        /// The file that is written: .md, .docx or .xlsx
        #[arg(long, value_name = "FILE")]
        output: PathBuf,
        /// Answers with JSON: the file that was written
        #[arg(long)]
        json: bool,
    },
    /// Writes the draft or a version to a file.
    #[command(
        after_help = "Examples:\n  kvarter plan export lua-2008/0180/01800154 --number 1 --output husby.xlsx"
    )]
    Export {
        #[command(flatten)]
        r#where: Where,
        /// Which version [default: the draft]
        #[arg(long, value_name = "NUMBER")]
        number: Option<i64>,
        /// The file that is written: .md, .docx or .xlsx
        #[arg(long, value_name = "FILE")]
        output: PathBuf,
        /// Answers with JSON: the file that was written
        #[arg(long)]
        json: bool,
    },
    /// Takes a file into the draft: all of it, or nothing and every fault.
    #[command(
        after_help = "Examples:\n  kvarter plan import lua-2008/0180/01800154 husby.xlsx --mandate 0192…"
    )]
    Import {
        #[command(flatten)]
        r#where: Where,
        /// The file: .md, .docx or .xlsx
        file: PathBuf,
        /// The mandate by which it is done, as `kvarter person list` names it
        #[arg(long, value_name = "ID")]
        mandate: String,
        /// Answers with JSON: how many parts were written, and what was passed over
        #[arg(long)]
        json: bool,
    },
    /// Reports the latest version to the state, and answers with the receipt.
    #[command(after_help = "Examples:\n  kvarter plan report lua-2008/0180/01800154 --mandate 0192…")]
    Report {
        #[command(flatten)]
        r#where: Where,
        /// The mandate by which it is done, as `kvarter person list` names it
        #[arg(long, value_name = "ID")]
        mandate: String,
        /// Answers with JSON: the record and the duty that was met
        #[arg(long)]
        json: bool,
    },
}

/// The house opened, and the plan in it that was meant.
struct Opened {
    app: App,
    ctx: Ctx,
    agreement: AgreementId,
    district: String,
}

async fn opened(place: &Where) -> Result<Opened, Trouble> {
    let settings = place.house.standing()?;
    let app = super::house::enter(&settings).await?;
    let ctx = app.system();
    let Some((written, district)) = place.district.trim().rsplit_once('/') else {
        return Err(Trouble::no_such("argument-not-a-district", "DISTRICT", &place.district));
    };
    let agreement = agreement::id_of(&app, written);
    Ok(Opened { app, ctx, agreement, district: district.to_owned() })
}

impl Opened {
    async fn workshop(&self, written: &str) -> Result<Workshop, Trouble> {
        match plan::workshop(&self.ctx, &self.app, &self.agreement, &self.district).await {
            Err(Error::NotFound) => Err(Trouble::no_such("no-such-plan", "DISTRICT", written)),
            other => Ok(other?),
        }
    }

    /// The versions of the plan, oldest first; none is answered as nothing to show.
    async fn versions(&self, written: &str) -> Result<Vec<PlanVersion>, Trouble> {
        let versions = self.workshop(written).await?.versions;
        if versions.is_empty() {
            return Err(Trouble::no_such("plan-without-versions", "DISTRICT", written));
        }
        Ok(versions)
    }

    async fn version(
        &self,
        versions: &[PlanVersion],
        number: Option<i64>,
        argument: &str,
    ) -> Result<VersionPage, Trouble> {
        let found = match number {
            Some(number) => versions.iter().find(|version| version.serial == number),
            None => versions.last(),
        };
        let Some(found) = found else {
            let known: Vec<String> = versions.iter().map(|version| version.serial.to_string()).collect();
            let problem = Problem::new("no-such-version", argument).with("known", known.join(", "));
            return Err(Trouble::Asked(problem.with("written", number.unwrap_or_default()).into()));
        };
        Ok(plan::show(&self.ctx, &self.app, &found.id).await?)
    }
}

pub(super) async fn run(l: Words, verb: Plan) -> Answer {
    match verb {
        Plan::Show { r#where, number, json } => {
            let opened = opened(&r#where).await?;
            let versions = opened.versions(&r#where.district).await?;
            let page = opened.version(&versions, number, "--number").await?;
            if json {
                say_json(&json!({
                    "version": page.version, "content": page.plan, "reports": page.reports,
                    "assessments": page.assessments,
                }))?;
            } else {
                say(&version_in_words(l, &page))?;
            }
            Ok(Outcome::Yes)
        }
        Plan::Check { r#where, json } => {
            let opened = opened(&r#where).await?;
            let workshop = opened.workshop(&r#where.district).await?;
            if json {
                say_json(&json!({
                    "district": r#where.district, "problems": workshop.hindrances,
                    "assessments": workshop.assessments,
                }))?;
            } else {
                say(&check_in_words(l, &workshop))?;
            }
            Ok(if workshop.hindrances.is_empty() { Outcome::Yes } else { Outcome::No })
        }
        Plan::Diff { r#where, from, to, json } => {
            let opened = opened(&r#where).await?;
            let versions = opened.versions(&r#where.district).await?;
            let later = opened.version(&versions, to, "--to").await?.version;
            let earlier =
                opened.version(&versions, Some(from.unwrap_or(later.serial - 1)), "--from").await?.version;
            let compared = plan::compare(&opened.ctx, &opened.app, &earlier.id, &later.id).await?;
            if json {
                say_json(&compared.changes)?;
            } else {
                say(&changes_in_words(l, &compared.changes, &compared.after.programme))?;
            }
            Ok(Outcome::Yes)
        }
        Plan::New { r#where, output, json } => written(l, &r#where, What::Empty, &output, json).await,
        Plan::Export { r#where, number, output, json } => {
            let what = number.map_or(What::Draft, What::Version);
            written(l, &r#where, what, &output, json).await
        }
        Plan::Import { r#where, file, mandate, json } => {
            let mut problems = Problems::none();
            let bytes = super::file::contents(&file, &mut problems);
            answer::usable(problems)?;
            let opened = opened(&r#where).await?;
            let ctx = acting(&opened.app, &mandate).await?;
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let upload = Upload::new(&name, bytes.unwrap_or_default());
            let imported =
                plan_file::import(&ctx, &opened.app, &opened.agreement, &opened.district, upload).await?;
            if json {
                say_json(&json!({ "written": imported.written, "notes": imported.notes }))?;
            } else {
                say(&l.with("flash-plan-imported", [("number", imported.written.to_string().as_str())]))?;
                for note in &imported.notes {
                    say(&answer::sentence(l, note))?;
                }
            }
            Ok(Outcome::Yes)
        }
        Plan::Report { r#where, mandate, json } => {
            let opened = opened(&r#where).await?;
            let ctx = acting(&opened.app, &mandate).await?;
            let versions = opened.versions(&r#where.district).await?;
            let latest = versions.last().map(|version| version.id.clone()).unwrap_or_default();
            let (record, duty) = plan::report(&ctx, &opened.app, &latest).await?;
            let number = kvarter_services::registry::show(&ctx, &opened.app, &record).await?.record.number;
            if json {
                say_json(&json!({ "record": record, "number": number, "duty": duty.id }))?;
            } else {
                say(&l.with("flash-plan-reported", [("number", number.as_str())]))?;
            }
            Ok(Outcome::Yes)
        }
    }
}

/// Writes a plan to a file of the kind that its ending names.
async fn written(l: Words, place: &Where, what: What, output: &Path, json: bool) -> Answer {
    let shown = output.display().to_string();
    let Some(format) = Format::of(&shown) else {
        let known = Format::ALL.map(Format::ending).join(", ");
        let problem = Problem::new("plan-file-of-unknown-kind", "--output").with("name", &shown);
        return Err(Trouble::Asked(problem.with("known", known).into()));
    };
    let opened = opened(place).await?;
    let workshop = opened.workshop(&place.district).await?;
    if let What::Version(number) = &what {
        opened.version(&workshop.versions, Some(*number), "--number").await?;
    }
    let made =
        plan_file::export(&opened.ctx, &opened.app, &opened.agreement, &opened.district, what, format).await;
    let made = made?;
    super::file::write(output, "--output", &made.bytes)?;
    if json {
        say_json(&json!({ "file": shown, "bytes": made.bytes.len() }))?;
    } else {
        say(&l.with("cli-plan-written", [("file", shown.as_str())]))?;
    }
    Ok(Outcome::Yes)
}

/// Someone who acts, by a mandate.
pub(super) async fn acting(app: &App, mandate: &str) -> Result<Ctx, Trouble> {
    match identity::by_mandate(app, &MandateId::new(mandate)).await {
        Err(Error::Denied) => Err(Trouble::no_such("mandate-not-held", "--mandate", mandate)),
        other => Ok(other?),
    }
}

fn goals_table(l: Words, goals: &[kvarter_domain::plan::goal::Goal], assessments: &[Assessment]) -> String {
    let rows: Vec<[String; 5]> = goals
        .iter()
        .map(|goal| {
            let judged =
                assessments.iter().find(|a| a.goal == goal.id).map(|a| judged(a, l)).unwrap_or_default();
            let letters = judged.iter().map(|one| {
                let sign = match one.outcome {
                    "holds" => '+',
                    "falls-short" => '-',
                    _ => '?',
                };
                format!("{}{sign}", one.letter)
            });
            let target = goal.target.map(|target| format!("{} {}", l.number(target), goal.unit));
            [
                goal.id.clone(),
                letters.collect::<Vec<_>>().join(" "),
                target.unwrap_or_default(),
                goal.by.map(|day| day.to_string()).unwrap_or_default(),
                goal.statement.clone(),
            ]
        })
        .collect();
    let heading =
        ["number", "smart", "target", "day", "goal"].map(|column| l.t(&format!("cli-column-{column}")));
    table::set(heading, &rows)
}

fn version_in_words(l: Words, page: &VersionPage) -> String {
    let version = &page.version;
    let title = l.with(
        "plan-title",
        [("district", version.district_name.as_str()), ("number", &version.serial.to_string())],
    );
    let adopted = format!("{} {}. {}", l.t("plan-adopted-on"), l.day(version.adopted_on), version.adopted_by);
    let mut lines = vec![title, adopted, String::new(), goals_table(l, &page.plan.goals, &page.assessments)];
    lines.push(String::new());
    for one in &page.plan.interventions {
        lines.push(format!("{}  {} ({})", one.id, one.title, one.responsible));
    }
    for lesson in &page.plan.lessons {
        lines.push(String::new());
        lines.push(format!("{}: {}", l.t("plan-field-learned"), lesson.learned));
        lines.push(format!("{}: {}", l.t("plan-field-changed"), lesson.changed));
    }
    lines.join("\n")
}

fn check_in_words(l: Words, workshop: &Workshop) -> String {
    let mut lines = vec![goals_table(l, &workshop.draft.plan.goals, &workshop.assessments)];
    for assessment in &workshop.assessments {
        for one in judged(assessment, l).iter().filter(|one| one.outcome != "holds") {
            for reason in &one.reasons {
                lines.push(format!("{} {}: {reason}", assessment.goal, one.name));
            }
        }
    }
    lines.push(String::new());
    if workshop.hindrances.is_empty() {
        lines.push(l.t("workshop-whole"));
    } else {
        lines.push(answer::told(l, &workshop.hindrances));
    }
    lines.join("\n")
}

fn changes_in_words(l: Words, changes: &[PartChange], programme: &Programme) -> String {
    if changes.is_empty() {
        return l.t("plan-compare-none");
    }
    let mut lines = Vec::new();
    for change in changes {
        lines.push(format!("{}  {}", change.part, l.t(&format!("change-{}", change.change))));
        for field in &change.fields {
            let side = |pieces: &[kvarter_domain::plan::difference::Piece]| {
                let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
                field_words(&field.field, &text, programme, l)
            };
            lines.push(format!("  {}", field_name(&field.field, l)));
            for (sign, text) in [('-', side(&field.before)), ('+', side(&field.after))] {
                lines.extend(
                    text.lines().filter(|line| !line.is_empty()).map(|line| format!("  {sign} {line}")),
                );
            }
        }
    }
    lines.join("\n")
}
