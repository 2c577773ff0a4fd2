//! How a verb ends: its exit code, and what is said when it does not end well.
//!
//! Answers go to standard output; what went wrong goes to standard error, all of it at once: where, what and
//! why with the clause it rests on, and what to do.

use std::io::{self, Write as _};
use std::process::ExitCode;

use jiff::civil::Date;
use kvarter_domain::problem::{Problem, Problems};
use kvarter_services::Error;
pub(crate) use kvarter_services::file::cause;
use serde::Serialize;

use crate::language::Words;

/// How a verb that could be done came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is done, or it is as asked.
    Yes,
    /// It is not.
    No,
}

/// Why a verb could not be done.
#[derive(Debug)]
pub(super) enum Trouble {
    /// Arguments, settings or files are not usable.
    Asked(Problems),
    /// A rule says no.
    Refused(Problems),
    /// The use case did not happen.
    Service(Error),
    /// Reading or writing failed.
    Io(io::Error),
}

/// What a verb returns.
pub(super) type Answer = Result<Outcome, Trouble>;

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error {
            Error::Problems(problems) => Self::Refused(problems),
            other => Self::Service(other),
        }
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Trouble {
    /// What was asked names something that is not there.
    pub(super) fn no_such(code: &str, argument: &str, written: &str) -> Self {
        Self::Asked(Problem::new(code, argument).with("written", written).into())
    }
}

/// Says what went wrong, if something did, and gives the exit code.
pub(super) fn ended(l: Words, answer: Answer) -> ExitCode {
    let (code, text) = match answer {
        Ok(Outcome::Yes) => return ExitCode::SUCCESS,
        Ok(Outcome::No) => return ExitCode::from(1),
        Err(Trouble::Refused(problems)) => (1, told(l, &problems)),
        Err(Trouble::Asked(problems)) => (2, told(l, &problems)),
        Err(Trouble::Service(error)) => of_service(l, &error),
        // The reader has closed its end, as `head` does: there is no one to tell.
        Err(Trouble::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
        Err(Trouble::Io(error)) => (3, l.with("cli-failed-io", [("cause", &cause(&error))])),
    };
    // If not even this can be written, the code still tells.
    let _ = writeln!(io::stderr().lock(), "{}", text.trim_end());
    ExitCode::from(code)
}

fn of_service(l: Words, error: &Error) -> (u8, String) {
    match error {
        Error::Problems(problems) => (1, told(l, problems)),
        Error::Denied => (1, l.t("cli-failed-denied")),
        Error::NotFound => (2, l.t("cli-failed-not-found")),
        Error::Stale | Error::Conflict => (1, l.t("cli-failed-conflict")),
        Error::Unavailable(cause) => (3, l.with("cli-failed-unavailable", [("cause", cause)])),
        Error::Corrupt(cause) => (1, l.with("cli-failed-corrupt", [("cause", cause)])),
        Error::Internal(cause) => (3, l.with("cli-failed-internal", [("cause", cause)])),
    }
}

/// Problems in words: each with its place, what is wrong and why, and what would do.
pub(super) fn told(l: Words, problems: &Problems) -> String {
    let mut text = String::new();
    for problem in &problems.0 {
        text.push_str(&one(l, problem));
    }
    text
}

fn one(l: Words, problem: &Problem) -> String {
    let mut sentence = sentence(l, problem);
    if let Some(clause) = &problem.clause {
        sentence.push_str(&format!(" ({})", l.clause(clause)));
    }
    format!("{}\n    {sentence}\n", problem.place)
}

/// What is wrong, and why.
pub(super) fn sentence(l: Words, problem: &Problem) -> String {
    let key = format!("problem-{}", problem.code);
    if l.has(&key) {
        return l.problem(problem);
    }
    // Words may be missing; what is known is told all the same.
    let values: Vec<String> = problem.args.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    l.with("cli-problem-unnamed", [("code", &problem.code), ("values", &values.join(", "))])
}

/// Writes text to standard output.
pub(super) fn say(text: &str) -> Result<(), Trouble> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// Writes JSON to standard output, indented so that a person can read it too.
pub(super) fn say_json(value: &impl Serialize) -> Result<(), Trouble> {
    let text = serde_json::to_string_pretty(value).map_err(io::Error::other)?;
    say(&text)
}

/// The day in an argument. What is no day becomes a problem, and reading goes on.
pub(super) fn day(argument: &str, written: &str, problems: &mut Problems) -> Option<Date> {
    let day = written.trim().parse().ok();
    problems.add_if(day.is_none(), || Problem::new("argument-not-a-day", argument).with("written", written));
    day
}

/// Keeps what was asked wrongly, so that the rest can be looked at before anything is told.
pub(super) fn gathered<T>(read: Result<T, Trouble>, problems: &mut Problems) -> Result<Option<T>, Trouble> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(Trouble::Asked(found)) => {
            problems.0.extend(found.0);
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

/// Goes on only if every argument could be used.
pub(super) fn usable(problems: Problems) -> Result<(), Trouble> {
    problems.or(()).map_err(Trouble::Asked)
}
