//! `kvarter completions`.

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::answer::{Answer, Outcome, say};
use super::{Cli, help};
use crate::language::Words;

/// Writes completions for a shell to standard output.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  kvarter completions bash > /etc/bash_completion.d/kvarter\n  \
    kvarter completions fish > ~/.config/fish/completions/kvarter.fish")]
pub(super) struct Completions {
    /// Which shell.
    shell: Shell,
}

pub(super) fn run(l: Words, verb: Completions) -> Answer {
    let mut text = Vec::new();
    clap_complete::generate(verb.shell, &mut help::in_words(Cli::command(), l), "kvarter", &mut text);
    say(&String::from_utf8_lossy(&text))?;
    Ok(Outcome::Yes)
}
