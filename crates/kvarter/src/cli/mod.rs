//! The terminal: the same questions and acts as the pages, one verb each.
//!
//! A verb reads its arguments, asks a service and shows the answer, nothing else. What it shows comes from
//! the Fluent bundles, or is JSON, and so is the help. How a verb ends is in `answer`.

mod agreement;
mod answer;
mod compare;
mod completions;
mod demo;
mod doctor;
mod duty;
mod evaluate;
mod file;
mod help;
mod house;
mod issue;
mod listen;
mod log;
mod migrate;
mod partnership;
mod person;
mod plan;
mod programme;
mod progress;
mod registry;
mod serve;
mod table;
mod verify;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use kvarter_services::operations;

use crate::language::{Language, Words};
pub(crate) use answer::cause;
use answer::{Answer, Outcome, Trouble};

/// From clause to duty to register: agreements between state and municipality as living documents.
///
/// The text of a programme is data. From it come two identical originals, the acts that make them
/// valid, and dated duties for both parties, each with the act that met it. Begin with `kvarter demo`.
#[derive(Debug, Parser)]
#[command(name = "kvarter", version)]
struct Cli {
    /// The language of answers.
    #[arg(long, global = true, value_enum, value_name = "LANGUAGE")]
    language: Option<Tongue>,
    #[command(subcommand)]
    verb: Verb,
}

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
    /// District plans: drafts judged, versions read, compared and reported.
    #[command(subcommand)]
    Plan(plan::Plan),
    /// Partnerships: who is in them, what they lack, what was said and answered.
    #[command(subcommand)]
    Partnership(partnership::Partnership),
    /// Collaboration agreements: whether every member has one that holds.
    #[command(subcommand)]
    Collaboration(partnership::Collaboration),
    /// Did it work? Whether an outcome changed because of a programme, from a panel of places over time.
    Evaluate(evaluate::Evaluate),
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
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let environment = |name: &str| std::env::var(name).ok();
    let l = Words(asked_for(&arguments).unwrap_or_else(|| spoken(environment)));
    let cli = match read(l, arguments, environment) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
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
        Verb::Plan(verb) => in_time(plan::run(l, verb)),
        Verb::Partnership(verb) => in_time(partnership::run(l, verb)),
        Verb::Collaboration(verb) => in_time(partnership::collaboration(l, verb)),
        Verb::Evaluate(verb) => evaluate::run(l, verb),
        Verb::Registry(verb) => in_time(registry::run(l, verb)),
        Verb::Log(verb) => in_time(log::run(l, verb)),
        Verb::Person(verb) => in_time(person::run(l, verb)),
        Verb::Doctor(verb) => in_time(doctor::run(l, verb)),
        Verb::Completions(verb) => completions::run(l, verb),
        Verb::ReadApart => operations::read_apart().map(|()| Outcome::Yes).map_err(Trouble::Io),
    };
    answer::ended(l, answer)
}

/// The arguments read. What cannot be read ends here with code 2, help and version with code 0.
fn read(
    l: Words,
    arguments: Vec<OsString>,
    environment: impl Fn(&str) -> Option<String>,
) -> Result<Cli, ExitCode> {
    // Set by a script from a variable that is not, it is empty, and means that nothing was asked for.
    let written = environment(LANGUAGE).filter(|written| !written.is_empty());
    if let Some(written) = written.filter(|written| language(written).is_none()) {
        eprintln!("{}", l.with("asked-language-unknown", [("written", written)]));
        return Err(ExitCode::from(2));
    }
    let read = help::in_words(Cli::command(), l).try_get_matches_from(of_help(arguments));
    read.and_then(|matches| Cli::from_arg_matches(&matches)).map_err(|error| match error.kind() {
        // If not even this can be written, the code still tells.
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print();
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            ExitCode::from(2)
        }
        _ => {
            eprintln!("{}", help::told(l, &error));
            ExitCode::from(2)
        }
    })
}

/// `kvarter help log verify` is `kvarter log verify --help`.
fn of_help(mut arguments: Vec<OsString>) -> Vec<OsString> {
    if arguments.get(1).is_some_and(|verb| verb == "help") {
        arguments.remove(1);
        arguments.push("--help".into());
    }
    arguments
}

/// The variable that decides the language before the environment's own.
const LANGUAGE: &str = "KVARTER_LANGUAGE";

/// The language with that tag.
fn language(tag: &str) -> Option<Language> {
    match tag {
        "sv" => Some(Language::Sv),
        "en" => Some(Language::En),
        _ => None,
    }
}

/// The language that the arguments ask for, known before they are read: what is wrong with them is told in it.
fn asked_for(arguments: &[OsString]) -> Option<Language> {
    let texts: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let apart = texts.windows(2).filter(|pair| pair[0] == "--language").map(|pair| pair[1]);
    let joined = texts.iter().filter_map(|text| text.strip_prefix("--language="));
    apart.chain(joined).find_map(language)
}

/// Where this program is. Linux knows it even after a newer one has been put in its place.
fn this_program() -> Option<PathBuf> {
    let running = Path::new("/proc/self/exe");
    if running.exists() { Some(running.to_path_buf()) } else { std::env::current_exe().ok() }
}

/// The language of the environment: what ours says, or else English if its own says so, otherwise Swedish.
fn spoken(environment: impl Fn(&str) -> Option<String>) -> Language {
    if let Some(language) = environment(LANGUAGE).as_deref().and_then(language) {
        return language;
    }
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

    #[test]
    fn every_verb_and_argument_is_well_formed() {
        help::in_words(Cli::command(), Words(Language::Sv)).debug_assert();
    }

    #[test]
    fn the_language_asked_for_is_known_before_the_arguments_are_read() {
        let of = |line: &str| asked_for(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of("kvarter --language en nothing"), Some(Language::En));
        assert_eq!(of("kvarter doctor --language=sv"), Some(Language::Sv));
        assert_eq!(of("kvarter doctor --language fi"), None);
        assert_eq!(of("kvarter doctor"), None);
    }

    #[test]
    fn the_language_is_swedish_unless_the_environment_says_english() {
        let of = |pairs: &'static [(&str, &str)]| {
            spoken(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(of(&[]), Language::Sv);
        assert_eq!(of(&[("KVARTER_LANGUAGE", ""), ("LANG", "C.UTF-8")]), Language::Sv);
        assert_eq!(of(&[("KVARTER_LANGUAGE", "en"), ("LC_ALL", "sv_SE.UTF-8")]), Language::En);
        assert_eq!(of(&[("LANG", "en_GB.UTF-8")]), Language::En);
        assert_eq!(of(&[("LANG", "en_GB.UTF-8"), ("LC_ALL", "sv_SE.UTF-8")]), Language::Sv);
        assert_eq!(of(&[("LC_ALL", ""), ("LANG", "en_US")]), Language::En);
    }
}
