//! `kvarter evaluate`: did it work?

use std::path::{Path, PathBuf};

use kvarter_domain::problem::{Problem, Problems};
use kvarter_services::evaluation::{
    self, Asked, AskedPredictor, Circumstances, Direction, KnownBreak, KnownBreakKind, Method, PanelFile,
    Study, Test, power,
};
use kvarter_services::operations;

use super::answer::{self, Answer, Outcome, Trouble, say, say_json};
use super::file;
use crate::judgement::wording;
use crate::language::Words;

/// How many of the areas compared with are written out.
const WEIGHTS_MAX: usize = 15;

/// Whether an outcome changed because of a programme, from a panel of places over time.
///
/// Reads a file with one row for each place and period, compares the treated with what others give reason to
/// expect, and says what may be said of it: a grade from A to E with its reasons. With a plan file, what is done
/// otherwise than planned is labelled. Ends with 0 if something could be estimated, whatever the verdict; with 1
/// if the method can say nothing of this panel, which is told with its reasons; and with 2 if arguments, plan or
/// panel are wrong.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  kvarter evaluate --panel prop99.csv --unit State --time Year --outcome PacksPerCapita --treated California --start 1989 --method sc\n  kvarter evaluate --panel mpdta.csv --unit countyreal --time year --outcome lemp --cohort first_treat --method cs --json\n  kvarter evaluate plan.toml --power\n  kvarter evaluate plan.toml --lock\n  kvarter evaluate plan.toml --pdf studie.pdf"
)]
pub(super) struct Evaluate {
    /// A plan file
    #[arg(value_name = "PLAN.toml")]
    plan: Option<PathBuf>,
    /// The panel
    #[arg(long, value_name = "FILE.csv")]
    panel: Option<PathBuf>,
    /// The column with the units
    #[arg(long, value_name = "COLUMN")]
    unit: Option<String>,
    /// The column with the periods
    #[arg(long, value_name = "COLUMN")]
    time: Option<String>,
    /// The column with the outcome
    #[arg(long, value_name = "COLUMN")]
    outcome: Option<String>,
    /// The treated units, or a column with 1 for them
    #[arg(long, value_name = "UNIT,…|COLUMN", value_delimiter = ',')]
    treated: Option<Vec<String>>,
    /// The column with each unit's start
    #[arg(long, value_name = "COLUMN")]
    cohort: Option<String>,
    /// The first treated period
    #[arg(long, value_name = "PERIOD", allow_negative_numbers = true)]
    start: Option<i64>,
    /// The method
    #[arg(long, value_enum, value_name = "METHOD")]
    method: Option<MethodName>,
    /// What the estimate is held against
    #[arg(long, value_enum, value_name = "TEST")]
    placebo: Option<TestName>,
    /// What units should be alike in, or what is adjusted for
    #[arg(long, value_name = "NAME[:FROM-TO],…", value_delimiter = ',')]
    covariates: Option<Vec<String>>,
    /// Who may be compared with
    #[arg(long, value_name = "UNIT,…", value_delimiter = ',')]
    donors: Option<Vec<String>>,
    /// Who may not
    #[arg(long, value_name = "UNIT,…", value_delimiter = ',')]
    exclude: Option<Vec<String>>,
    /// So many donors only, those most like the treated
    #[arg(long, value_name = "COUNT")]
    nearest: Option<u32>,
    /// The periods to use
    #[arg(long, value_name = "FROM-TO", allow_hyphen_values = true)]
    window: Option<String>,
    /// Which way it was meant to go
    #[arg(long, value_enum, value_name = "DIRECTION")]
    intended: Option<DirectionName>,
    /// The smallest effect that would matter
    #[arg(long, value_name = "SIZE")]
    relevant: Option<f64>,
    /// The level
    #[arg(long, value_name = "LEVEL")]
    alpha: Option<f64>,
    /// The seed of whatever is random
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// Neighbours are kept out of the comparison
    #[arg(long)]
    ring_excluded: bool,
    /// The share of residents who moved in after the start
    #[arg(long, value_name = "SHARE")]
    movers: Option<f64>,
    /// A break in the series or borders
    #[arg(long = "break", value_name = "KIND:PERIOD[:handled]")]
    breaks: Vec<String>,
    /// Answers with JSON
    #[arg(long)]
    json: bool,
    /// Writes the study as a PDF
    #[arg(long, value_name = "FILE.pdf")]
    pdf: Option<PathBuf>,
    /// Locks the plan instead of evaluating
    #[arg(long, requires = "plan", conflicts_with = "pdf")]
    lock: bool,
    /// What could be found, before the intervention
    #[arg(long, conflicts_with_all = ["pdf", "lock"])]
    power: bool,
    /// So many periods from the start on
    #[arg(long, requires = "power", value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    periods_after: Option<u32>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum MethodName {
    Sc,
    PenalisedSc,
    Asc,
    Sdid,
    Did,
    Cs,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum TestName {
    Space,
    Time,
    Conformal,
    StandardError,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum DirectionName {
    Increase,
    Decrease,
}

pub(super) fn run(l: Words, verb: Evaluate) -> Answer {
    if verb.lock {
        return lock(l, verb);
    }
    if verb.power {
        return foresee(l, verb);
    }
    let (plan, pdf, json) = (verb.plan.clone(), verb.pdf.clone(), verb.json);
    let asked = asked(verb)?;
    let study = evaluation::evaluate(asked, plan.as_deref()).map_err(Trouble::Asked)?;
    if let Some(target) = &pdf {
        let bytes = evaluation::print(&study, wording(l.0), operations::now())?;
        file::write(target, "--pdf", &bytes)?;
    }
    let outcome = if study.is_estimated() { Outcome::Yes } else { Outcome::No };
    if json {
        say_json(&study)?;
    } else {
        say(&in_words(l, &study, pdf.as_deref()))?;
    }
    Ok(outcome)
}

/// The study for a person: the verdict first, then what it rests on.
fn in_words(l: Words, study: &Study, pdf: Option<&Path>) -> String {
    let said = evaluation::said(study, wording(l.0));
    let mut text = format!("{}\n\n{}: {}\n{}\n", said.question, said.grade, said.meaning, said.finding);
    let heading = |text: &mut String, key: &str| text.push_str(&format!("\n{}\n", l.t(key)));
    heading(&mut text, "evaluation-heading-reasons");
    for (gravity, named, reason) in &said.reasons {
        let sign = match *gravity {
            "blocks" => "✗",
            "reservation" => "!",
            _ => "·",
        };
        text.push_str(&format!("  {sign} {named}: {reason}\n"));
    }
    heading(&mut text, "evaluation-heading-numbers");
    pairs(&mut text, &said.numbers);
    if !said.weights.is_empty() {
        heading(&mut text, "evaluation-heading-weights");
        pairs(&mut text, said.weights.get(..WEIGHTS_MAX).unwrap_or(&said.weights));
        if said.weights.len() > WEIGHTS_MAX {
            text.push_str(&format!("  + {}\n", said.weights.len() - WEIGHTS_MAX));
        }
    }
    for (key, lines) in [
        ("evaluation-heading-cautions", &said.cautions),
        ("evaluation-heading-assumed", &said.assumed),
        ("evaluation-heading-unexamined", &said.unexamined),
    ] {
        if !lines.is_empty() {
            heading(&mut text, key);
            for line in lines {
                text.push_str(&format!("  · {line}\n"));
            }
        }
    }
    heading(&mut text, "evaluation-heading-plan");
    text.push_str(&format!("  {}\n", said.plan));
    for (field, planned, done) in &said.deviations {
        text.push_str(&format!("  ! {field}: {planned} → {done}\n"));
    }
    heading(&mut text, "evaluation-heading-method");
    pairs(&mut text, &said.method);
    heading(&mut text, "evaluation-heading-sources");
    pairs(&mut text, &said.sources);
    text.push_str(&format!("\n{}\n", said.not_attainment));
    if let Some(file) = pdf {
        text.push_str(&format!(
            "\n{}\n",
            l.with("evaluation-pdf-written", [("file", file.display().to_string())])
        ));
    }
    text
}

/// What could be found, before anybody intervened.
fn foresee(l: Words, verb: Evaluate) -> Answer {
    let (plan, after, json) = (verb.plan.clone(), verb.periods_after, verb.json);
    let told = power::foresee(asked(verb)?, plan.as_deref(), after).map_err(Trouble::Asked)?;
    if json {
        say_json(&told)?;
    } else {
        say(&foreseen(l, &told))?;
    }
    Ok(if told.is_answered() { Outcome::Yes } else { Outcome::No })
}

/// What could be found, for a person: the answer first, then what it rests on.
fn foreseen(l: Words, told: &power::Foresight) -> String {
    let said = power::said(told, wording(l.0));
    let mut text =
        format!("{}\n\n{}\n{}\n{}\n", said.question, said.answer, said.relevant, said.false_alarms);
    text.push_str(&format!("\n{}\n", l.t("evaluation-heading-power-curve")));
    pairs(&mut text, &said.curve);
    for (key, lines) in
        [("evaluation-heading-cautions", &said.cautions), ("evaluation-heading-power-rests", &said.rests_on)]
    {
        if !lines.is_empty() {
            text.push_str(&format!("\n{}\n", l.t(key)));
            for line in lines {
                text.push_str(&format!("  · {line}\n"));
            }
        }
    }
    text.push_str(&format!("\n{}\n  {}\n", l.t("evaluation-heading-plan"), said.plan));
    for (field, planned, done) in &said.deviations {
        text.push_str(&format!("  ! {field}: {planned} → {done}\n"));
    }
    text.push_str(&format!("\n{}\n", l.t("evaluation-heading-method")));
    pairs(&mut text, &said.method);
    text
}

fn pairs(text: &mut String, pairs: &[(String, String)]) {
    let wide = pairs.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
    for (label, value) in pairs {
        text.push_str(&format!("  {label:<wide$}  {value}\n"));
    }
}

/// Locks the plan file. Arguments would not be in it.
fn lock(l: Words, verb: Evaluate) -> Answer {
    let (plan, json) = (verb.plan.clone().unwrap_or_default(), verb.json);
    if asked(verb)? != Asked::default() {
        return Err(Trouble::Asked(Problem::new("evaluation-lock-with-arguments", "--lock").into()));
    }
    let lock = evaluation::lock_plan(&plan).map_err(Trouble::Asked)?;
    if json {
        say_json(&lock)?;
    } else {
        let file = evaluation::path_of(&plan).display().to_string();
        say(&l.with("evaluation-locked", [("file", &file), ("digest", &lock.digest)]))?;
    }
    Ok(Outcome::Yes)
}

/// The arguments as what they ask for.
fn asked(verb: Evaluate) -> Result<Asked, Trouble> {
    let mut problems = Problems::none();
    let window = verb.window.as_ref().and_then(|written| {
        let read = evaluation::span(written);
        problems.add_if(read.is_none(), || {
            Problem::new("evaluation-window-unreadable", "--window").with("written", written)
        });
        read
    });
    let mut predictors = Vec::new();
    for written in verb.covariates.iter().flatten() {
        match written.parse::<AskedPredictor>() {
            Ok(one) => predictors.push(one),
            Err(()) => problems.add(
                Problem::new("evaluation-covariate-unreadable", "--covariates").with("written", written),
            ),
        }
    }
    let breaks = verb.breaks.iter().filter_map(|written| {
        let read = known_break(written);
        problems.add_if(read.is_none(), || {
            Problem::new("evaluation-break-unreadable", "--break").with("written", written)
        });
        read
    });
    let breaks: Vec<KnownBreak> = breaks.collect();
    problems.add_if(verb.movers.is_some_and(|share| !(0.0..=1.0).contains(&share)), || {
        Problem::new("evaluation-movers-no-share", "--movers")
    });
    answer::usable(problems)?;
    let units = |list: Option<Vec<String>>| {
        list.map(|names| {
            names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
        })
    };
    Ok(Asked {
        outcome: verb.outcome,
        intended: verb.intended.map(|one| match one {
            DirectionName::Increase => Direction::Increase,
            DirectionName::Decrease => Direction::Decrease,
        }),
        relevant: verb.relevant,
        treated: units(verb.treated),
        start: verb.start,
        window,
        donors: units(verb.donors),
        excluded: units(verb.exclude),
        nearest: verb.nearest,
        method: verb.method.map(|one| match one {
            MethodName::Sc => Method::Sc,
            MethodName::PenalisedSc => Method::PenalisedSc,
            MethodName::Asc => Method::Asc,
            MethodName::Sdid => Method::Sdid,
            MethodName::Did => Method::Did,
            MethodName::Cs => Method::Cs,
        }),
        predictors: verb.covariates.is_some().then_some(predictors),
        test: verb.placebo.map(|one| match one {
            TestName::Space => Test::Space,
            TestName::Time => Test::Time,
            TestName::Conformal => Test::Conformal,
            TestName::StandardError => Test::StandardError,
        }),
        alpha: verb.alpha,
        seed: verb.seed,
        panel: PanelFile {
            file: verb.panel,
            unit: verb.unit,
            time: verb.time,
            outcome: None,
            cohort: verb.cohort,
        },
        circumstances: Circumstances { ring_excluded: verb.ring_excluded, movers: verb.movers, breaks },
        ..Asked::default()
    })
}

/// `definition:1995` or `border:2007:handled`.
fn known_break(written: &str) -> Option<KnownBreak> {
    let mut parts = written.split(':').map(str::trim);
    let kind = match parts.next()? {
        "definition" => KnownBreakKind::Definition,
        "border" => KnownBreakKind::Border,
        "collection" => KnownBreakKind::Collection,
        _ => return None,
    };
    let period = parts.next()?.parse().ok()?;
    let handled = match (parts.next(), parts.next()) {
        (None, _) => false,
        (Some("handled"), None) => true,
        _ => return None,
    };
    Some(KnownBreak { kind, period, handled, note: None })
}
