//! Running other programs: quietly, with the output kept for when it is wanted.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result};

/// What a program did.
pub(crate) struct Outcome {
    /// Whether it ended with exit code 0.
    pub(crate) ok: bool,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Outcome {
    /// Both streams, for a person who must find out what went wrong.
    pub(crate) fn everything(&self) -> String {
        format!("{}{}", self.out, self.err)
    }
}

/// Runs `command` to its end. Each line is handed to `hear` as it comes, so that a suite may let
/// some of them through while the rest waits in the outcome.
pub(crate) fn listen(command: &mut Command, hear: fn(&str)) -> Result<Outcome> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start {}", name(command)))?;
    let err = child.stderr.take().expect("stderr was piped above");
    let err = thread::spawn(move || gather(err, hear));
    let out = gather(child.stdout.take().expect("stdout was piped above"), hear);
    let err = err.join().expect("gathering lines does not panic");
    let status = child.wait().with_context(|| format!("could not wait for {}", name(command)))?;
    Ok(Outcome { ok: status.success(), out, err })
}

/// Runs `command` to its end without a sound.
pub(crate) fn quietly(command: &mut Command) -> Result<Outcome> {
    listen(command, |_| {})
}

/// The first line a program writes, e.g. for its version; nothing when it cannot be run.
pub(crate) fn first_line(command: &mut Command) -> Option<String> {
    let outcome = quietly(command).ok()?;
    let said = if outcome.out.trim().is_empty() { outcome.err } else { outcome.out };
    Some(said.lines().next().unwrap_or_default().trim().to_owned())
}

/// `cargo` itself, the same one that runs us, standing in the root.
pub(crate) fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

/// Where a program of this name stands on the machine's path.
pub(crate) fn which(program: impl AsRef<OsStr>) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program.as_ref()))
        .find(|candidate| candidate.is_file())
}

/// Where time is read in the tasks: only to say how long something took.
#[expect(clippy::disallowed_methods, reason = "measures a duration; nothing in the product sees it")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

fn gather(stream: impl Read, hear: fn(&str)) -> String {
    let mut all = String::new();
    let mut lines = BufReader::new(stream);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).unwrap_or(0) > 0 {
        let text = String::from_utf8_lossy(&line);
        hear(text.trim_end());
        all.push_str(&text);
        line.clear();
    }
    all
}
