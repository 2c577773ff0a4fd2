//! Reading in a process of its own: the same answers, and limits that no file can pass.

use std::path::PathBuf;
use std::time::Duration;

use kvarter_documents::model::Original;
use kvarter_documents::read::apart::Program;
use kvarter_documents::read::{Excess, Limits, ReadError, read};
use kvarter_documents::render;

use crate::models::{agreement_document, moment, stockholm};
use crate::reading::{bytes, file};

/// The program in `examples/read_apart.rs`, which cargo builds together with these tests.
fn program() -> Program {
    let tests = std::env::current_exe().expect("these tests");
    let built: PathBuf = tests.ancestors().nth(2).expect("where cargo builds").join("examples/read_apart");
    assert!(built.exists(), "{} is built by `cargo test`", built.display());
    Program::new(built, [""; 0])
}

/// An object stream that names the same long list a million times over: four megabytes as a file,
/// and more memory than any machine has when it is parsed.
fn hoard() -> Vec<u8> {
    const OBJECTS: usize = 1_000_000;
    let mut content: Vec<u8> = (10..10 + OBJECTS).flat_map(|number| format!("{number} 0 ").into_bytes()).collect();
    let first = content.len();
    content.extend(format!("[{}]", "0 ".repeat(5_000)).into_bytes());
    let mut stream = lopdf::Stream::new(
        lopdf::dictionary! { "Type" => "ObjStm", "N" => OBJECTS as i64, "First" => first as i64 },
        content,
    );
    stream.compress().expect("packed");
    let mut document = file(b"");
    document.add_object(stream);
    bytes(document)
}

#[test]
fn a_process_reads_what_a_thread_reads() {
    let agreement = render(agreement_document(&stockholm(Original::A)), moment()).expect("the agreement").bytes;
    assert_eq!(program().read(&agreement, Limits::default()), read(&agreement, Limits::default()));
    let damaged = b"%PDF-1.7\nnothing";
    assert_eq!(program().read(damaged, Limits::default()), read(damaged, Limits::default()));
}

#[test]
fn a_file_that_asks_for_all_memory_gets_none() {
    let file = hoard();
    assert!(file.len() < 5 << 20);
    let limits = Limits { memory: 256 << 20, ..Limits::default() };
    let told = program().read(&file, limits);
    assert_eq!(told, Err(ReadError::TooMuch { what: Excess::Memory, most: limits.memory }));
}

#[test]
fn a_process_that_takes_too_long_is_ended() {
    let limits = Limits { patience: Duration::ZERO, operations: usize::MAX, ..Limits::default() };
    let told = program().read(&bytes(file(&b"q Q ".repeat(2_000_000))), limits);
    assert_eq!(told, Err(ReadError::TooSlow(Duration::ZERO)));
}

#[test]
fn a_program_that_is_not_there_is_the_operators_concern() {
    let missing = Program::new("/nowhere/to/be/found", [""; 0]);
    let told = missing.read(&bytes(file(b"")), Limits::default());
    assert!(matches!(told, Err(ReadError::NoReader(_))), "{told:?}");
}
