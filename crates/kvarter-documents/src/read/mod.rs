//! The text of a PDF that came from outside, in reading order, page by page.
//!
//! Nothing about the file is trusted. Its size, its pages, what its streams unpack to, the work
//! and the time it may take are all bounded by [`Limits`]; reading happens on a thread of its own,
//! so that neither a deep nesting nor a fault in a parser reaches the caller. What cannot be read
//! is told as a [`ReadError`], never guessed at.
//!
//! A file of a few megabytes can still make a parser ask for gigabytes. Whoever reads what strangers
//! send therefore offers a program to read it in, see [`apart`]: the operating system then bounds
//! the memory, and ends what does not end.
//!
//! The order of the text is the order in which the page paints it, which is the reading order of
//! word processors and typesetters, columns included. What a tagged file *says* its text is counts
//! only where it agrees with the glyphs that are painted: a page must not read otherwise than it
//! looks.

pub mod apart;

mod content;
mod font;
mod lines;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use lopdf::{DecompressError, Document, LoadOptions, ObjectId};
use serde::{Deserialize, Serialize};

/// Parsing recurses at most a hundred levels deep; this is room for that many times over.
const STACK: usize = 32 << 20;

/// How much a file may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The file itself, in bytes.
    pub bytes: usize,
    /// Pages.
    pub pages: usize,
    /// What any one stream may unpack to, in bytes.
    pub stream: usize,
    /// What all streams that are read may unpack to together, in bytes.
    pub unpacked: usize,
    /// Painting operations in all.
    pub operations: usize,
    /// Characters of text in all.
    pub characters: usize,
    /// The memory of a program that reads apart, in bytes. On a thread it cannot be bounded.
    pub memory: usize,
    /// How long the caller waits.
    pub patience: Duration,
}

impl Default for Limits {
    /// Far more than an agreement or a plan needs, far less than would trouble the machine.
    fn default() -> Self {
        Self {
            bytes: 50 << 20,
            pages: 2_000,
            stream: 32 << 20,
            unpacked: 128 << 20,
            operations: 4_000_000,
            characters: 8_000_000,
            memory: 1 << 30,
            patience: Duration::from_secs(30),
        }
    }
}

/// What could be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readable {
    /// The text of each page: lines in reading order, words divided at line ends made whole.
    pub pages: Vec<String>,
    /// The number of pages.
    pub page_count: usize,
    /// Glyphs that say nothing about which character they are, for instance in a font without a
    /// table of characters. Text with many of them is not to be relied on.
    pub unreadable: usize,
}

impl Readable {
    /// Whether there is any text at all; a scanned paper has none.
    pub fn has_text(&self) -> bool {
        self.pages.iter().any(|page| page.chars().any(char::is_alphanumeric))
    }
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ReadError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It does not begin as a PDF does.
    #[error("the file is not a PDF")]
    NotPdf,
    /// It needs a password.
    #[error("the file is encrypted")]
    Encrypted,
    /// It is a PDF by name, but broken: cut short, or never whole.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// It has no pages.
    #[error("the file has no pages")]
    NoPages,
    /// It asks for more than is allowed.
    #[error("the file goes beyond the limit for {what}: at most {most}")]
    TooMuch {
        /// What there is too much of.
        what: Excess,
        /// The most that is allowed.
        most: usize,
    },
    /// It took too long.
    #[error("the file could not be read within {} seconds", .0.as_secs())]
    TooSlow(Duration),
    /// The program that was offered to read in could not be used. The operator's concern, not the
    /// file's.
    #[error("the reading program failed: {0}")]
    NoReader(String),
}

/// What a file can have too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Excess {
    /// Bytes in the file.
    Bytes,
    /// Pages.
    Pages,
    /// Unpacked bytes, in one stream or in all.
    Unpacked,
    /// Painting operations.
    Operations,
    /// Characters of text.
    Characters,
    /// Bytes of memory.
    Memory,
}

impl std::fmt::Display for Excess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Excess::Bytes => "bytes",
            Excess::Pages => "pages",
            Excess::Unpacked => "unpacked bytes",
            Excess::Operations => "painting operations",
            Excess::Characters => "characters",
            Excess::Memory => "bytes of memory",
        })
    }
}

/// Read the text of a PDF.
pub fn read(bytes: &[u8], limits: Limits) -> Result<Readable, ReadError> {
    check(bytes, limits)?;
    match apart::offered() {
        Some(program) => program.read(bytes, limits),
        None => on_a_thread(bytes.to_vec(), limits, read_pages),
    }
}

/// Count the pages of a PDF without reading them.
pub(crate) fn count_pages(bytes: &[u8], limits: Limits) -> Result<usize, ReadError> {
    check(bytes, limits)?;
    match apart::offered() {
        Some(program) => program.count(bytes, limits),
        None => on_a_thread(bytes.to_vec(), limits, count),
    }
}

/// What can be told without opening the file.
fn check(bytes: &[u8], limits: Limits) -> Result<(), ReadError> {
    if bytes.is_empty() {
        Err(ReadError::Empty)
    } else if bytes.len() > limits.bytes {
        Err(ReadError::TooMuch { what: Excess::Bytes, most: limits.bytes })
    } else if !is_pdf(bytes) {
        Err(ReadError::NotPdf)
    } else {
        Ok(())
    }
}

/// Do the work on a thread of its own, and wait for it as long as patience lasts.
fn on_a_thread<T: Send + 'static>(
    bytes: Vec<u8>,
    limits: Limits,
    work: fn(&[u8], Allowance) -> Result<T, ReadError>,
) -> Result<T, ReadError> {
    let allowance = Allowance::new(limits);
    let given_up = Arc::clone(&allowance.given_up);
    let (answer, answered) = mpsc::sync_channel(1);
    // When the caller has lost patience nobody listens any more, and the answer falls to the floor.
    let work = move || drop(answer.send(work(&bytes, allowance)));
    thread::Builder::new()
        .name("read-pdf".to_owned())
        .stack_size(STACK)
        .spawn(work)
        .map_err(|error| ReadError::NoReader(error.to_string()))?;
    match answered.recv_timeout(limits.patience) {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => {
            given_up.store(true, Ordering::Relaxed);
            Err(ReadError::TooSlow(limits.patience))
        }
        // The thread ended without an answer: a parser met something it could not bear.
        Err(RecvTimeoutError::Disconnected) => Err(ReadError::Damaged("it cannot be parsed".to_owned())),
    }
}

/// Whether the content begins as a PDF does. Readers allow some bytes before the mark.
pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}

/// The document and its pages.
fn open(bytes: &[u8], allowance: &Allowance) -> Result<(Document, Vec<ObjectId>), ReadError> {
    let options =
        LoadOptions { max_decompressed_size: Some(allowance.limits.stream), ..LoadOptions::default() };
    let document =
        Document::load_mem_with_options(bytes, options).map_err(|error| allowance.explain(&error))?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(ReadError::Encrypted);
    }
    let pages: Vec<_> = document.page_iter().take(allowance.limits.pages + 1).collect();
    match pages.len() {
        0 => Err(ReadError::NoPages),
        count if count > allowance.limits.pages => {
            Err(ReadError::TooMuch { what: Excess::Pages, most: allowance.limits.pages })
        }
        _ => Ok((document, pages)),
    }
}

fn count(bytes: &[u8], allowance: Allowance) -> Result<usize, ReadError> {
    Ok(open(bytes, &allowance)?.1.len())
}

fn read_pages(bytes: &[u8], mut allowance: Allowance) -> Result<Readable, ReadError> {
    let (document, ids) = open(bytes, &allowance)?;
    let mut unreadable = 0;
    let mut pages = Vec::with_capacity(ids.len());
    let mut fonts = font::Fonts::new(&document);
    for id in &ids {
        let glyphs = content::glyphs(&document, *id, &mut fonts, &mut allowance)?;
        unreadable += glyphs.iter().filter(|glyph| glyph.text.contains(char::REPLACEMENT_CHARACTER)).count();
        pages.push(lines::text(&glyphs));
    }
    Ok(Readable { page_count: pages.len(), pages, unreadable })
}

/// What is left of the limits while a file is being read.
struct Allowance {
    limits: Limits,
    unpacked: usize,
    operations: usize,
    characters: usize,
    given_up: Arc<AtomicBool>,
}

impl Allowance {
    fn new(limits: Limits) -> Self {
        Self {
            unpacked: limits.unpacked,
            operations: limits.operations,
            characters: limits.characters,
            limits,
            given_up: Arc::new(AtomicBool::new(false)),
        }
    }

    /// The most that the next stream may unpack to.
    fn stream(&self) -> usize {
        self.limits.stream.min(self.unpacked)
    }

    fn take_unpacked(&mut self, bytes: usize) -> Result<(), ReadError> {
        self.unpacked = self
            .unpacked
            .checked_sub(bytes)
            .ok_or(ReadError::TooMuch { what: Excess::Unpacked, most: self.limits.unpacked })?;
        Ok(())
    }

    fn take_operation(&mut self) -> Result<(), ReadError> {
        if self.given_up.load(Ordering::Relaxed) {
            return Err(ReadError::TooSlow(self.limits.patience));
        }
        self.operations = self
            .operations
            .checked_sub(1)
            .ok_or(ReadError::TooMuch { what: Excess::Operations, most: self.limits.operations })?;
        Ok(())
    }

    fn take_characters(&mut self, characters: usize) -> Result<(), ReadError> {
        self.characters = self
            .characters
            .checked_sub(characters)
            .ok_or(ReadError::TooMuch { what: Excess::Characters, most: self.limits.characters })?;
        Ok(())
    }

    fn explain(&self, error: &lopdf::Error) -> ReadError {
        use lopdf::Error;
        match error {
            Error::InvalidPassword | Error::Decryption(_) | Error::AlreadyEncrypted => ReadError::Encrypted,
            Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => {
                ReadError::TooMuch { what: Excess::Unpacked, most: self.stream() }
            }
            other => ReadError::Damaged(other.to_string()),
        }
    }
}
