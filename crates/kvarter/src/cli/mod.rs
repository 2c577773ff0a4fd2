//! The terminal: the same questions and acts as the pages, one verb each.
//!
//! A verb reads its arguments, asks a service and shows the answer, nothing else. What it shows comes from
//! the Fluent bundles, or is JSON; only the help is written here, in the comments that clap makes it from.
//! How a verb ends is in `answer`.

mod agreement;
mod answer;
mod compare;
mod completions;
mod demo;
mod doctor;
mod duty;
mod file;
mod house;
mod issue;
mod listen;
mod log;
mod migrate;
mod person;
mod programme;
mod progress;
mod registry;
mod serve;
mod table;
mod verify;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use kvarter_services::operations;

use crate::language::{Language, Words};
pub(crate) use answer::cause;
use answer::{Answer, Outcome, Trouble};

/// From clause to duty to register: agreements between state and municipality as living documents.
///
/// The text of a programme is data. From it come two identical originals, the acts that make them
/// valid, and dated duties for both parties, each with the act that met it. Begin with `kvarter demo`.
#[derive(Debug, Parser)]
#[command(name = "kvarter", version, after_help = AFTER, after_long_help = AFTER)]
struct Cli {
    /// The language of answers: sv or en [default: English if LANG or LC_ALL says so, otherwise Swedish]
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "LANGUAGE",
        hide_possible_values = true,
        env = "KVARTER_LANGUAGE",
        hide_env_values = true
    )]
    language: Option<Tongue>,
    #[command(subcommand)]
    verb: Verb,
}

const AFTER: &str = "\
Exit codes:
  0  yes: it is done, or it is as asked
  1  no: problems were found, or the agreement is not valid, the copies differ, the log does not verify
  2  asked wrongly: an argument, a file or a setting is not usable, or names what does not exist
  3  could not: the database or the disk is away, or the fault is ours

Examples:
  kvarter demo --open
  kvarter programme duties lua-2008 --municipality Stockholm --in-force 2008-10-20
  kvarter agreement compare A.pdf B.pdf
  kvarter log verify --data /var/lib/kvarter --checkpoint yesterday.txt";

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Tongue {
    /// Swedish.
    Sv,
    /// English.
    En,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// The Stockholm case of 2008, in a house of its own on this machine.
    Demo(demo::Demo),
    /// Serves the house on your own data.
    Serve(serve::Serve),
    /// Brings a database to this version, and lists what was applied.
    Migrate(migrate::Migrate),
    /// Programmes: are they right, what do they oblige, which sentences do they cover.
    #[command(subcommand)]
    Programme(programme::Programme),
    /// Agreements: issue them, see how one stands, and whether two copies are identical.
    #[command(subcommand)]
    Agreement(agreement::Agreement),
    /// Checks the signatures in a PDF: is it whole, who signed what, and by what office.
    Verify(verify::Verify),
    /// Duties of agreements in force, with how each stands.
    #[command(subcommand)]
    Duty(duty::Duty),
    /// The register (diarium): records in and out.
    #[command(subcommand)]
    Registry(registry::Registry),
    /// The log of all acts: is it whole, and proofs of it to give away.
    #[command(subcommand)]
    Log(log::Log),
    /// People who act for an organisation, and can sign in.
    #[command(subcommand)]
    Person(person::Person),
    /// Looks at settings, database, documents, log and disk, and says what is wrong and what to do.
    Doctor(doctor::Doctor),
    /// Writes completions for a shell to standard output.
    Completions(completions::Completions),
    /// Reads one PDF for a process that will not read it itself.
    #[command(name = READ_APART, hide = true)]
    ReadApart,
}

/// The hidden verb by which this program reads what strangers send, in a process that may do nothing else.
const READ_APART: &str = "read-apart";

/// Reads the arguments, does what they ask, and says how it went.
pub fn run() -> ExitCode {
    // What clap refuses ends here, with code 2; help and version with code 0.
    let cli = Cli::parse();
    let l = Words(match cli.language {
        Some(Tongue::Sv) => Language::Sv,
        Some(Tongue::En) => Language::En,
        None => spoken(|name| std::env::var(name).ok()),
    });
    if let Some(program) = this_program() {
        operations::let_read_apart(program, READ_APART);
    }
    let answer = match cli.verb {
        Verb::Demo(verb) => in_time(demo::run(l, verb)),
        Verb::Serve(verb) => in_time(serve::run(l, verb)),
        Verb::Migrate(verb) => in_time(migrate::run(l, verb)),
        Verb::Programme(verb) => programme::run(l, verb),
        Verb::Agreement(verb) => in_time(agreement::run(l, verb)),
        Verb::Verify(verb) => in_time(verify::run(l, verb)),
        Verb::Duty(verb) => in_time(duty::run(l, verb)),
        Verb::Registry(verb) => in_time(registry::run(l, verb)),
        Verb::Log(verb) => in_time(log::run(l, verb)),
        Verb::Person(verb) => in_time(person::run(l, verb)),
        Verb::Doctor(verb) => in_time(doctor::run(l, verb)),
        Verb::Completions(verb) => completions::run(verb),
        Verb::ReadApart => operations::read_apart().map(|()| Outcome::Yes).map_err(Trouble::Io),
    };
    answer::ended(l, answer)
}

/// Where this program is. Linux knows it even after a newer one has been put in its place.
fn this_program() -> Option<PathBuf> {
    let running = Path::new("/proc/self/exe");
    if running.exists() { Some(running.to_path_buf()) } else { std::env::current_exe().ok() }
}

/// The language of the environment: English if it says so, otherwise Swedish.
fn spoken(environment: impl Fn(&str) -> Option<String>) -> Language {
    let said =
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(environment).find(|value| !value.is_empty());
    match said {
        Some(locale) if locale.to_lowercase().starts_with("en") => Language::En,
        _ => Language::Sv,
    }
}

/// Runs what waits for others, on every core.
fn in_time(work: impl Future<Output = Answer>) -> Answer {
    // Until a server says otherwise, only what is wrong is told.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let answer = runtime.block_on(work);
    // Work that was left behind is not waited for: what it had written is whole.
    runtime.shutdown_background();
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn every_verb_and_argument_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_language_is_swedish_unless_the_environment_says_english() {
        let of = |pairs: &'static [(&str, &str)]| {
            spoken(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(of(&[]), Language::Sv);
        assert_eq!(of(&[("LANG", "C.UTF-8")]), Language::Sv);
        assert_eq!(of(&[("LANG", "en_GB.UTF-8")]), Language::En);
        assert_eq!(of(&[("LANG", "en_GB.UTF-8"), ("LC_ALL", "sv_SE.UTF-8")]), Language::Sv);
        assert_eq!(of(&[("LC_ALL", ""), ("LANG", "en_US")]), Language::En);
    }
}
