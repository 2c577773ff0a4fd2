//! `kvarter doctor`.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use kvarter_services::operations::{self, Looked};
use kvarter_services::{likalydande, programme};
use serde::Serialize;

use super::answer::{Answer, Outcome, Trouble, say, say_json};
use super::house::House;
use crate::language::Words;
use crate::settings::Settings;

/// Less free room than this is too little: an act must never be refused for lack of it.
const ROOM_BYTES_MIN: u64 = 500 * 1024 * 1024;

/// Looks at settings, programmes, typesetting, database, documents, log and disk, and says what is wrong
/// and what to do.
///
/// Writes one small document and reads it back; otherwise only reads. It does not verify the log: that is
/// `kvarter log verify`. Ends with 1 if anything is wrong, and with 2 if the settings are.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  kvarter doctor --settings /etc/kvarter/kvarter.toml\n  kvarter doctor --data /var/lib/kvarter --json"
)]
pub(super) struct Doctor {
    #[command(flatten)]
    house: House,
    /// Answers with JSON: one object per thing looked at
    #[arg(long)]
    json: bool,
}

/// A thing looked at, with its words.
#[derive(Debug, Serialize)]
struct Found {
    #[serde(flatten)]
    looked: Looked,
    /// What was found.
    says: String,
    /// What to do about it, if something is wrong.
    remedy: Option<String>,
}

pub(super) async fn run(l: Words, verb: Doctor) -> Answer {
    let settings = verb.house.settings().map_err(Trouble::Asked)?;
    let mut looked = vec![named(&settings), programmes(&settings), typesetting()];
    looked.extend(match settings.database_file.as_deref().filter(|file| !file.is_file()) {
        Some(file) => vec![ill("database", "absent", file.display().to_string())],
        None => operations::examine(&settings.store).await,
    });
    looked.extend(access(&settings));
    looked.extend(room(&settings));
    let found: Vec<Found> = looked.into_iter().map(|looked| in_words(l, looked)).collect();
    let well = found.iter().all(|found| found.looked.well);
    if verb.json {
        say_json(&serde_json::json!({ "well": well, "found": found }))?;
    } else {
        let mut text = String::new();
        for found in &found {
            let sign = if found.looked.well { "✓" } else { "✗" };
            text.push_str(&format!("{sign} {}\n", found.says));
            if let Some(remedy) = &found.remedy {
                text.push_str(&format!("    {remedy}\n"));
            }
        }
        let verdict = if well { "cli-doctor-well" } else { "cli-doctor-ill" };
        say(&format!("{text}\n{}", l.t(verdict)))?;
    }
    Ok(if well { Outcome::Yes } else { Outcome::No })
}

fn in_words(l: Words, looked: Looked) -> Found {
    let key = format!("doctor-{}-{}", looked.at, looked.code);
    let detail = looked.detail.clone().unwrap_or_default();
    let general = format!("doctor-{}", looked.code);
    let key = if l.has(&key) { key } else { general };
    let part = l.t(&format!("doctor-part-{}", looked.at));
    let remedy = format!("{key}-remedy");
    Found {
        says: l.with(&key, [("part", &part), ("detail", &detail)]),
        remedy: (!looked.well && l.has(&remedy)).then(|| l.t(&remedy)),
        looked,
    }
}

fn well(at: &'static str, detail: String) -> Looked {
    Looked { at, well: true, code: "well", detail: Some(detail) }
}

fn ill(at: &'static str, code: &'static str, detail: String) -> Looked {
    Looked { at, well: false, code, detail: Some(detail) }
}

/// The settings have been read; this says from where.
fn named(settings: &Settings) -> Looked {
    let file = settings.file.as_ref().map(|file| file.display().to_string());
    well("settings", file.unwrap_or_else(|| "–".to_owned()))
}

/// Whether every programme holds together.
fn programmes(settings: &Settings) -> Looked {
    let all: Vec<String> = settings.programmes.iter().cloned().chain(programme::shipped()).collect();
    let broken =
        all.iter().filter(|one| !programme::check(one).is_ok_and(|(_, problems)| problems.is_empty()));
    let broken: Vec<&str> = broken.map(String::as_str).collect();
    if broken.is_empty() {
        well("programmes", all.join(", "))
    } else {
        ill("programmes", "broken", broken.join(", "))
    }
}

/// Whether a page can be set: templates and typefaces are in the binary, and a page shows that they are whole.
fn typesetting() -> Looked {
    let Some(Ok(programme)) = programme::shipped().first().map(|id| programme::read(id)) else {
        return ill("typesetting", "unavailable", String::new());
    };
    match likalydande::template(&programme) {
        Ok(_) => well("typesetting", String::new()),
        Err(error) => ill("typesetting", "unavailable", format!("{error:?}")),
    }
}

/// Whether other accounts on the machine can get at what is kept.
fn access(settings: &Settings) -> Option<Looked> {
    let database = settings.database_file.as_deref();
    let places = [database, database.and_then(Path::parent), settings.documents_folder.as_deref()];
    let modes: Vec<(&Path, u32)> = places
        .into_iter()
        .flatten()
        .filter_map(|place| Some((place, std::fs::metadata(place).ok()?.permissions().mode() & 0o777)))
        .collect();
    let wide = modes.iter().filter(|(_, mode)| mode & 0o077 != 0);
    let wide: Vec<String> = wide.map(|(place, mode)| format!("{} ({mode:o})", place.display())).collect();
    match (modes.is_empty(), wide.is_empty()) {
        (true, _) => None,
        (false, true) => Some(well("access", String::new())),
        (false, false) => Some(ill("access", "wide", wide.join(", "))),
    }
}

/// How much room is left where things are kept.
fn room(settings: &Settings) -> Vec<Looked> {
    let database = settings.database_file.as_deref().and_then(Path::parent);
    let folders = [database, settings.documents_folder.as_deref()];
    let folder = folders.into_iter().flatten().find(|folder| folder.is_dir());
    folder.map(room_in).into_iter().collect()
}

fn room_in(folder: &Path) -> Looked {
    match rustix::fs::statvfs(folder) {
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            let detail = (free / (1024 * 1024)).to_string();
            if free < ROOM_BYTES_MIN { ill("room", "little", detail) } else { well("room", detail) }
        }
        Err(error) => ill("room", "unavailable", error.to_string()),
    }
}
