//! `kvarter demo`.

use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::signing::Mode;
use kvarter_services::clock::Clock;
use kvarter_services::demo;
use kvarter_services::identity::{self, Someone};
use kvarter_services::{App, Error};
use tokio::net::TcpListener;

use super::answer::{self, Answer, Outcome, Trouble, say};
use super::house;
use super::listen::{self, Server};
use super::progress::Progress;
use super::serve::cannot_listen;
use crate::language::Words;
use crate::settings::{PORT, Settings};
use crate::web::Site;

/// How many ports are tried when the usual one is taken.
const PORTS_TRIED: u16 = 20;
/// The morning on which the case begins.
const BEGINNING: &str = "2008-09-18T06:00:00Z";

/// The Stockholm case of 2008, in a house of its own on this machine.
///
/// Replays the agreement of the source and stops where the source stops: the state has signed, the
/// municipality's line is blank, and the agreement is not yet in force. Then anyone can be signed in as, and
/// the case carried on, by hand or act by act. Listens on this machine only; the data is gone when it ends,
/// unless --data says where to keep it.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  kvarter demo --open\n  kvarter demo --until 2010-12-31\n  kvarter demo --electronic\n  kvarter demo --data stockholm --port 9000"
)]
pub(super) struct Demo {
    /// Carries the case on to a day, as 2010-12-31
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// The port [default: 8008, or the next that is free]
    #[arg(long, value_name = "NUMBER")]
    port: Option<u16>,
    /// A folder to keep the data in, and to carry on from
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The agreement is one file that is signed with keys, made for trying, instead of two on paper
    #[arg(long)]
    electronic: bool,
    /// Opens the first page in the browser
    #[arg(long)]
    open: bool,
}

pub(super) async fn run(l: Words, verb: Demo) -> Answer {
    listen::tell_on_stderr("warn");
    let mut problems = Problems::none();
    let until = verb.until.as_deref().and_then(|day| answer::day("--until", day, &mut problems));
    let beginning: Timestamp = BEGINNING.parse().map_err(|error| Error::Internal(format!("{error}")))?;
    let first_day = kvarter_domain::time::stockholm_day(beginning);
    problems.add_if(until.is_some_and(|day| day < first_day), || {
        Problem::new("demo-until-before-beginning", "--until")
            .with("day", until.unwrap_or(first_day))
            .with("first_day", first_day)
    });
    problems.add_if(verb.data.as_ref().is_some_and(|folder| folder.is_file()), || {
        Problem::new("not-a-folder", "--data")
            .with("written", verb.data.clone().unwrap_or_default().display())
    });
    answer::usable(problems)?;
    let listener = bind(verb.port).await?;
    let address = listener.local_addr()?;
    // Removed when it is dropped, which is when the demonstration ends.
    let fresh = match &verb.data {
        Some(_) => None,
        None => Some(tempfile::Builder::new().prefix("kvarter-demo-").tempdir()?),
    };
    let folder = fresh.as_ref().map(|fresh| fresh.path().to_path_buf()).or(verb.data).unwrap_or_default();
    let mut settings = Settings::of_folder(&folder);
    settings.keys.test_authority = Some(folder.join("keys"));
    house::make(&mut settings)?;
    let mode = if verb.electronic { Mode::Electronic } else { Mode::Paper };
    let app = Arc::new(house::open(&settings, Some(mode), Clock::at(beginning)).await?);
    demo::prepare(&app).await?;
    let here = format!("http://{address}");
    let site = Site { address: here.clone(), secure: false };
    let server = Server::begin(listener, Arc::clone(&app), site);
    if let Some(day) = until {
        carry_on(l, &app, day).await?;
    }
    say(&welcome(l, &app, &here, fresh.is_none().then_some(&folder)).await?)?;
    if verb.open {
        open(l, &here);
    }
    server.until_ended().await?;
    // The database is let go of before its folder goes.
    drop(app);
    Ok(Outcome::Yes)
}

/// The port asked for, or the usual one, or the next that is free.
async fn bind(asked: Option<u16>) -> Result<TcpListener, Trouble> {
    let on = |port| SocketAddr::from(([127, 0, 0, 1], port));
    if let Some(port) = asked {
        return listen::bind(on(port)).await.map_err(|cause| cannot_listen(&on(port), &cause));
    }
    let mut refused = None;
    for port in PORT..PORT + PORTS_TRIED {
        match listen::bind(on(port)).await {
            Ok(listener) => return Ok(listener),
            Err(cause) => refused = Some(cause),
        }
    }
    Err(refused.map_or_else(|| Error::NotFound.into(), |cause| cannot_listen(&on(PORT), &cause)))
}

/// Runs the script on to the end of a day, unless asked to end before.
async fn carry_on(l: Words, app: &Arc<App>, day: Date) -> Result<(), Trouble> {
    let bar = Progress::begin(l, "cli-demo-carrying-on", !std::io::stderr().is_terminal());
    let evening = day.at(23, 0, 0, 0);
    let tell = |done, total| bar.tell(done, total);
    tokio::select! {
        ran = demo::run_until(app, evening, &tell) => Ok(ran?),
        // Each act is whole, so the case stands where it was left.
        () = listen::asked_to_end() => Ok(()),
    }
}

async fn welcome(l: Words, app: &App, here: &str, kept: Option<&PathBuf>) -> Result<String, Trouble> {
    let stage = demo::stage(app).await?;
    let people = identity::demo_people(&app.system(), app).await?;
    let mut text = format!("{}\n\n  {here}/\n\n", l.t("cli-demo-open"));
    text.push_str(&format!("{}\n", l.with("cli-demo-today", [("day", &l.day(stage.today))])));
    text.push_str(&match stage.next {
        Some(next) => {
            l.with("cli-demo-next", [("day", &l.day(next.date())), ("left", &stage.left.to_string())])
        }
        None => l.t("cli-demo-done"),
    });
    text.push_str(&format!(
        "\n\n{}\n",
        l.with("cli-demo-people", [("address", &format!("{here}/logga-in"))])
    ));
    text.push_str(&people_listed(l, &people));
    text.push_str(&format!("\n{}\n", l.t("cli-demo-look")));
    for (path, key) in [
        (format!("/avtal/{}", stage.agreement), "cli-demo-look-agreement"),
        ("/ataganden".to_owned(), "cli-demo-look-duties"),
        ("/diarium".to_owned(), "cli-demo-look-registry"),
        ("/kontrollera".to_owned(), "cli-demo-look-check"),
    ] {
        text.push_str(&format!("  {here}{path}\n      {}\n", l.t(key)));
    }
    text.push('\n');
    text.push_str(&match kept {
        Some(folder) => l.with("cli-demo-kept", [("folder", &folder.display().to_string())]),
        None => l.t("cli-demo-not-kept"),
    });
    Ok(text)
}

fn people_listed(l: Words, people: &[Someone]) -> String {
    let rows: Vec<[String; 3]> = people
        .iter()
        .map(|someone| {
            let role = l.t(&format!("role-{}", someone.mandate.role.code()));
            [someone.person.name.clone(), role, someone.organisation.clone()]
        })
        .collect();
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let (first, second) = (width(0), width(1));
    let lines = rows
        .iter()
        .map(|[name, role, organisation]| format!("  {name:first$}  {role:second$}  {organisation}\n"));
    lines.collect()
}

/// Opens the browser, as far as the machine knows how.
fn open(l: Words, address: &str) {
    let openers: &[&str] =
        if cfg!(target_os = "macos") { &["open"] } else { &["xdg-open", "sensible-browser"] };
    let opened = openers.iter().any(|opener| {
        let mut command = std::process::Command::new(opener);
        let quiet = std::process::Stdio::null;
        command.arg(address).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn().is_ok()
    });
    if !opened {
        // Not worth ending for: the address has been told.
        tracing::warn!("{}", l.t("cli-demo-no-browser"));
    }
}
