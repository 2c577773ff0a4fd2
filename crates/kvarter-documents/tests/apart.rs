//! Reading in a process of its own: the same answers, and limits that no file can pass.
//!
//! This program starts itself to read in, as the product does. That is why it is not one of the
//! ordinary tests: what starts it must speak nothing but the answer on its standard output.

use std::time::Duration;

use kvarter_documents::read::apart::{self, Program};
use kvarter_documents::read::{Excess, Limits, ReadError, read};
use lopdf::{Dictionary, Document, Stream, dictionary};

const SERVE: &str = "serve";

fn main() -> std::io::Result<()> {
    if std::env::args().any(|argument| argument == SERVE) {
        return apart::serve();
    }
    a_process_reads_what_a_thread_reads();
    a_file_that_asks_for_all_memory_gets_none();
    a_process_that_takes_too_long_is_ended();
    a_program_that_is_not_there_is_the_operators_concern();
    once_offered_every_file_is_read_apart();
    Ok(())
}

fn program() -> Program {
    Program::new(std::env::current_exe().expect("this program"), [SERVE])
}

fn file(content: &[u8]) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    });
    let content = document.add_object(Stream::new(Dictionary::new(), content.to_vec()));
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
    });
    document.set_object(pages, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 });
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a file in memory");
    bytes
}

/// An object stream that names the same long list a million times over: a few megabytes as a file,
/// and more memory than most machines have once it is parsed.
fn hoard() -> Vec<u8> {
    const OBJECTS: usize = 1_000_000;
    let mut content: Vec<u8> =
        (10..10 + OBJECTS).flat_map(|number| format!("{number} 0 ").into_bytes()).collect();
    let first = content.len();
    content.extend(format!("[{}]", "0 ".repeat(5_000)).into_bytes());
    let mut packed = Stream::new(Dictionary::new(), content);
    packed.compress().expect("packed");

    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R>>".to_vec(),
        [
            format!(
                "<</Type/ObjStm/N {OBJECTS}/First {first}/Filter/FlateDecode/Length {}>>",
                packed.content.len()
            )
            .as_bytes(),
            b"stream\n",
            &packed.content,
            b"\nendstream",
        ]
        .concat(),
    ];
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (place, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", bytes.len()));
        bytes.extend(format!("{} 0 obj\n", place + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend(table.bytes());
    bytes.extend(
        format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", objects.len() + 1).bytes(),
    );
    bytes
}

fn a_process_reads_what_a_thread_reads() {
    let sound = file(b"BT /F1 12 Tf 72 700 Td (r\xE5d och \xE5tg\xE4rd) Tj ET");
    let told = program().read(&sound, Limits::default());
    assert_eq!(told.as_ref().map(|readable| &*readable.pages[0]), Ok("råd och åtgärd"));
    assert_eq!(told, read(&sound, Limits::default()));
    let damaged = b"%PDF-1.7\nnothing";
    let told = program().read(damaged, Limits::default());
    assert!(matches!(told, Err(ReadError::Damaged(_))), "{told:?}");
    assert_eq!(told, read(damaged, Limits::default()));
}

fn a_file_that_asks_for_all_memory_gets_none() {
    let file = hoard();
    assert!(file.len() < 5 << 20);
    let limits = Limits { memory: 256 << 20, ..Limits::default() };
    let told = program().read(&file, limits);
    assert_eq!(told, Err(ReadError::TooMuch { what: Excess::Memory, most: limits.memory }));
}

fn a_process_that_takes_too_long_is_ended() {
    let limits = Limits { patience: Duration::ZERO, operations: usize::MAX, ..Limits::default() };
    let told = program().read(&file(&b"q Q ".repeat(2_000_000)), limits);
    assert_eq!(told, Err(ReadError::TooSlow(Duration::ZERO)));
}

fn a_program_that_is_not_there_is_the_operators_concern() {
    let told = Program::new("/nowhere/to/be/found", [SERVE]).read(&file(b""), Limits::default());
    assert!(matches!(told, Err(ReadError::NoReader(_))), "{told:?}");
}

fn once_offered_every_file_is_read_apart() {
    apart::offer(program());
    let limits = Limits { memory: 256 << 20, ..Limits::default() };
    let told = read(&hoard(), limits);
    assert_eq!(told, Err(ReadError::TooMuch { what: Excess::Memory, most: limits.memory }));
}
