//! Help, and what is said when arguments cannot be read: clap's shapes with words from the bundles.
//!
//! A verb's words are under its path (`help-log-verify`, and `…-more` for what only `--help` tells), an
//! argument's under the verb and its own name (`help-log-verify-checkpoint`), or under its name alone where
//! several verbs share it (`help-arg-data`). What stands in the comments of the verbs is for those who read
//! the code. Names of values (`DATE`, `FILE`) and `[OPTIONS]` are clap's own and the same in both languages.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

use crate::language::Words;

/// The command with its words.
pub(super) fn in_words(command: Command, l: Words) -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let after = format!("{}\n\n{}", l.t("help-kvarter-after"), examples(l, EXAMPLES));
    let command = command.disable_version_flag(true).arg(version);
    worded(command, l, "").after_help(after.clone()).after_long_help(after)
}

const EXAMPLES: &str = "\
  kvarter demo --open
  kvarter programme duties lua-2008 --municipality Stockholm --in-force 2008-10-20
  kvarter agreement compare A.pdf B.pdf
  kvarter log verify --data /var/lib/kvarter --checkpoint yesterday.txt";

fn examples(l: Words, lines: &str) -> String {
    format!("{}\n{lines}", l.t("help-examples"))
}

fn worded(command: Command, l: Words, path: &str) -> Command {
    let key = if path.is_empty() { "help-kvarter".to_owned() } else { format!("help-{path}") };
    let (about, more) = (l.t(&key), format!("{key}-more"));
    let long = if l.has(&more) { format!("{about}\n\n{}", l.t(&more)) } else { about.clone() };
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    // The comments hold commands only; the heading over them is ours.
    let after = command.get_after_help().map(ToString::to_string);
    let mut command = command
        .about(about)
        .long_about(long)
        .help_template(format!(
            "{{before-help}}{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
            l.t("help-usage")
        ))
        .subcommand_help_heading(l.t("help-heading-verbs"))
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .arg(help)
        .mut_args(|arg| argument(arg, l, path));
    if let Some(lines) = after.as_deref().and_then(|text| text.strip_prefix("Examples:\n")) {
        command = command.after_help(examples(l, lines));
    }
    let under = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}-{name}") };
    command.mut_subcommands(|verb| match verb.is_hide_set() {
        true => verb,
        false => {
            let path = under(verb.get_name());
            worded(verb, l, &path)
        }
    })
}

fn argument(arg: Arg, l: Words, path: &str) -> Arg {
    let name = arg.get_id().as_str().replace('_', "-");
    let own = format!("help-{path}-{name}");
    let help = if l.has(&own) { l.t(&own) } else { l.t(&format!("help-arg-{name}")) };
    let heading = match (arg.get_help_heading().is_some(), arg.is_positional()) {
        (true, _) => "help-heading-house",
        (false, true) => "help-heading-arguments",
        (false, false) => "help-heading-options",
    };
    let takes_value = arg.get_action().takes_values();
    let arg = arg.help(help.clone()).long_help(help).help_heading(l.t(heading));
    // What a value may be and what it otherwise is stands in the words, in the reader's language.
    if takes_value { arg.hide_default_value(true).hide_possible_values(true) } else { arg }
}

/// What clap could not read, in words.
pub(super) fn told(l: Words, error: &clap::Error) -> String {
    let of = |kind| error.get(kind).map(written).unwrap_or_default();
    let argument = of(ContextKind::InvalidArg);
    let said = match error.kind() {
        ErrorKind::MissingSubcommand => l.t("asked-no-verb"),
        ErrorKind::InvalidSubcommand => l.with(
            "asked-verb-unknown",
            [("verb", of(ContextKind::InvalidSubcommand)), ("nearest", of(ContextKind::SuggestedSubcommand))],
        ),
        ErrorKind::UnknownArgument => l.with(
            "asked-argument-unknown",
            [("argument", argument), ("nearest", of(ContextKind::SuggestedArg))],
        ),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = of(ContextKind::InvalidValue);
            let known = of(ContextKind::ValidValue);
            match value.is_empty() {
                true => l.with("asked-value-missing", [("argument", argument)]),
                false => l.with(
                    "asked-value-unusable",
                    [("argument", argument), ("value", value), ("known", known)],
                ),
            }
        }
        ErrorKind::MissingRequiredArgument => l.with("asked-argument-missing", [("arguments", argument)]),
        // clap calls it a conflict with itself.
        ErrorKind::ArgumentConflict if of(ContextKind::PriorArg) == argument => {
            l.with("asked-argument-twice", [("argument", argument)])
        }
        ErrorKind::ArgumentConflict => {
            l.with("asked-arguments-conflict", [("argument", argument), ("other", of(ContextKind::PriorArg))])
        }
        _ => l.t("asked-otherwise"),
    };
    format!("{said}\n{}", l.t("asked-see-help"))
}

fn written(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use crate::language::Language;
    use clap::CommandFactory as _;

    fn every(command: &mut Command, told: &mut Vec<String>) {
        told.push(command.render_long_help().to_string());
        for verb in command.get_subcommands_mut().filter(|verb| !verb.is_hide_set()) {
            every(verb, told);
        }
    }

    #[test]
    fn every_verb_and_argument_has_its_words_in_both_languages() {
        for language in [Language::Sv, Language::En] {
            let mut command = in_words(Cli::command(), Words(language));
            command.build();
            let mut told = Vec::new();
            every(&mut command, &mut told);
            assert!(told.len() > 20, "all verbs were asked");
            for help in told {
                assert!(!help.contains("[help-"), "{help}");
            }
        }
    }

    #[test]
    fn the_swedish_help_has_none_of_claps_own_english() {
        let mut command = in_words(Cli::command(), Words(Language::Sv));
        command.build();
        let mut told = Vec::new();
        every(&mut command, &mut told);
        for help in told {
            for english in [
                "Usage:",
                "Commands:",
                "Options:",
                "Arguments:",
                "Examples:",
                "Print ",
                "[default",
                "[possible",
                "Answers",
            ] {
                assert!(!help.contains(english), "{english}:\n{help}");
            }
        }
    }
}
