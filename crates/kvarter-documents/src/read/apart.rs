//! Reading in a process of its own, where the operating system keeps the limits.
//!
//! A program that reads what strangers send [`offer`]s another to read it in: usually itself, by a
//! hidden verb that does nothing but [`serve`]. The process is given the file on its standard input
//! and answers on its standard output; it opens no file and no connection, its memory and time are
//! bounded before it looks at the first byte, and it ends with the one answer. Where it does not
//! end it is ended.

use std::ffi::OsString;
use std::io::{self, BufRead, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rustix::process::{Resource, Rlimit, setrlimit};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Excess, Limits, ReadError, Readable, count, on_a_thread, read_pages};

/// An answer is at most this many bytes for each character it may have, and some more.
const ANSWER_PER_CHARACTER: usize = 6;
/// The process is given a little longer than the work in it, so that it can say that it was slow.
const GRACE: Duration = Duration::from_secs(2);

static OFFERED: OnceLock<Program> = OnceLock::new();

/// A program that serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    path: PathBuf,
    arguments: Vec<OsString>,
}

/// What is asked of the process: one line, before the file.
#[derive(Serialize, Deserialize)]
struct Question {
    task: Task,
    limits: Limits,
}

#[derive(Serialize, Deserialize)]
enum Task {
    Read,
    Count,
}

/// Let every PDF from now on be read in processes of this program. The first offer counts.
pub fn offer(program: Program) {
    // A second offer is as good as the first, and changes nothing.
    let _ = OFFERED.set(program);
}

pub(super) fn offered() -> Option<&'static Program> {
    OFFERED.get()
}

/// Answer the one question on standard input, and return.
///
/// The answer itself says whether the file could be read; an error here is one of input or output.
pub fn serve() -> io::Result<()> {
    let mut input = io::stdin().lock();
    let mut question = String::new();
    input.by_ref().take(4096).read_line(&mut question)?;
    let Question { task, limits } = serde_json::from_str(&question)?;
    confine(limits)?;
    let mut bytes = Vec::new();
    input.take(limits.bytes as u64).read_to_end(&mut bytes)?;
    let answer = match task {
        Task::Read => serde_json::to_vec(&on_a_thread(bytes, limits, read_pages)),
        Task::Count => serde_json::to_vec(&on_a_thread(bytes, limits, count)),
    }?;
    io::stdout().lock().write_all(&answer)
}

/// From here on this process has only so much memory and time, and leaves nothing behind.
fn confine(limits: Limits) -> io::Result<()> {
    let at_most = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(Resource::As, at_most(limits.memory as u64))?;
    setrlimit(Resource::Cpu, at_most((limits.patience + GRACE).as_secs() + 1))?;
    setrlimit(Resource::Fsize, at_most(0))?;
    setrlimit(Resource::Core, at_most(0))?;
    Ok(())
}

impl Program {
    /// A program, and the arguments with which it serves.
    pub fn new(path: impl Into<PathBuf>, arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        Self { path: path.into(), arguments: arguments.into_iter().map(Into::into).collect() }
    }

    /// Read a PDF in a process of this program.
    pub fn read(&self, bytes: &[u8], limits: Limits) -> Result<Readable, ReadError> {
        self.ask(Task::Read, bytes, limits)
    }

    pub(super) fn count(&self, bytes: &[u8], limits: Limits) -> Result<usize, ReadError> {
        self.ask(Task::Count, bytes, limits)
    }

    fn ask<T: DeserializeOwned>(&self, task: Task, bytes: &[u8], limits: Limits) -> Result<T, ReadError> {
        super::check(bytes, limits)?;
        let failed = |error: io::Error| ReadError::NoReader(error.to_string());
        let mut question = serde_json::to_vec(&Question { task, limits })
            .map_err(|error| ReadError::NoReader(error.to_string()))?;
        question.push(b'\n');
        let mut process = Command::new(&self.path)
            .args(&self.arguments)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;

        let result = converse(&mut process, &question, bytes, limits);
        // Ended already when it has answered, and of no use any more when it has not.
        let _ = process.kill();
        let _ = process.wait();
        match result {
            Ok(answer) if !answer.is_empty() => {
                serde_json::from_slice(&answer).map_err(|error| ReadError::NoReader(error.to_string()))?
            }
            // It was ended before it could answer: memory is what it lacks then.
            Ok(_) => Err(ReadError::TooMuch { what: Excess::Memory, most: limits.memory }),
            Err(error) => Err(error),
        }
    }
}

/// Give the process its question and file, and wait for the answer.
fn converse(
    process: &mut Child,
    question: &[u8],
    bytes: &[u8],
    limits: Limits,
) -> Result<Vec<u8>, ReadError> {
    let (Some(mut input), Some(output)) = (process.stdin.take(), process.stdout.take()) else {
        return Err(ReadError::NoReader("it has no input or output".to_owned()));
    };
    let (answer, answered) = mpsc::sync_channel(1);
    let longest = limits.characters.saturating_mul(ANSWER_PER_CHARACTER).saturating_add(1 << 20);
    thread::scope(|scope| {
        // A process that has ended does not take its input; what it answered tells why.
        scope.spawn(move || input.write_all(question).and_then(|()| input.write_all(bytes)));
        scope.spawn(move || {
            let mut text = Vec::new();
            let read = output.take(longest as u64).read_to_end(&mut text);
            drop(answer.send(read.map(|_| text)));
        });
        let answer = answered.recv_timeout(limits.patience + GRACE);
        // The two threads end when the process does.
        let _ = process.kill();
        match answer {
            Ok(Ok(text)) => Ok(text),
            Ok(Err(error)) => Err(ReadError::NoReader(error.to_string())),
            Err(_) => Err(ReadError::TooSlow(limits.patience)),
        }
    })
}
