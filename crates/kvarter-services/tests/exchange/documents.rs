//! Documents for Word.

use std::io::{Cursor, Read, Write};

use kvarter_services::plan_exchange::{read_docx, settled, write_docx};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::world::{found, plans, terms, whole};

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn what_was_written_is_read_again(plan in plans()) {
        let bytes = write_docx(&plan, &terms()).expect("room in memory");
        prop_assert_eq!(read_docx(&bytes, &[], &terms()).expect("our own file"), settled(&plan));
    }
}

/// The file with its document changed.
fn changed(bytes: &[u8], change: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a file");
        let name = file.name().expect("a name").into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).expect("text");
        out.start_file(&name, SimpleFileOptions::default()).expect("a file");
        let text = if name == "word/document.xml" { change(text) } else { text };
        out.write_all(text.as_bytes()).expect("room");
    }
    out.finish().expect("a zip").into_inner()
}

#[test]
fn a_whole_plan_is_read_as_it_was_and_the_same_plan_is_the_same_file() {
    let bytes = write_docx(&whole(), &terms()).expect("room in memory");
    assert_eq!(bytes, write_docx(&whole(), &terms()).expect("room in memory"));
    assert_eq!(read_docx(&bytes, &[], &terms()).expect("our own file"), whole());
    if let Some(folder) = std::env::var_os("KVARTER_LOOK_AT") {
        std::fs::write(std::path::Path::new(&folder).join("plan.docx"), &bytes).expect("somewhere to look");
    }
}

#[test]
fn what_word_does_to_a_text_leaves_the_text_as_it_reads() {
    let bytes = write_docx(&whole(), &terms()).expect("room in memory");
    let run = |words: &str| format!(r#"<w:r><w:t xml:space="preserve">{words}</w:t></w:r>"#);
    let edited = changed(&bytes, |document| {
        // A run split, a word struck and another put in its place, a proofing mark, a field with its instruction.
        let tracked = format!(
            r#"{}<w:proofErr w:type="spellStart"/>{}<w:del w:id="1"><w:r><w:delText>minskar</w:delText></w:r></w:del><w:ins w:id="2">{}</w:ins><w:r><w:instrText>PAGE</w:instrText></w:r>"#,
            run("Andelen sys"),
            run("selsatta "),
            run("ökar mest"),
        );
        let one = run("Andelen sysselsatta ökar");
        let one = one.strip_prefix("<w:r>").expect("a run");
        let old = format!("<w:r>{one}");
        assert!(document.contains(&old));
        let document = document.replace(&old, &tracked);
        // The words of a field no longer bold, and the heading in a style of one's own level.
        document
            .replace(
                r#"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Problem:</w:t></w:r>"#,
                &run("Problem:"),
            )
            .replacen(
                r#"<w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t xml:space="preserve">g12"#,
                r#"<w:outlineLvl w:val="1"/></w:pPr><w:r><w:t xml:space="preserve">g12"#,
                1,
            )
    });
    let plan = read_docx(&edited, &[], &terms()).expect("Word's own");
    assert_eq!(plan.goals[0].statement, "Andelen sysselsatta ökar mest");
    assert_eq!(plan.goals[0].problem, whole().goals[0].problem);
    assert_eq!(plan.goals[1], whole().goals[1]);
}

#[test]
fn headings_are_known_by_the_names_of_their_styles() {
    let bytes = write_docx(&whole(), &terms()).expect("room in memory");
    // Swedish Word names its styles in Swedish and keeps the English name beside.
    let swedish = changed(&bytes, |document| document.replace("Heading1", "Rubrik1"));
    let problems = read_docx(&swedish, &[], &terms()).expect_err("no style of that id");
    assert_eq!(found(&problems), [("exchange-nothing-found", "")]);
}

#[test]
fn everything_that_is_wrong_is_told_at_its_paragraph() {
    let bytes = write_docx(&whole(), &terms()).expect("room in memory");
    let wrong = changed(&bytes, |document| {
        document
            .replacen(">Målvärde:<", ">Malvarde:<", 1)
            .replace(">2010-12-31<", ">nyår<")
            .replace(">Analys<", ">Annalys<")
    });
    let problems = read_docx(&wrong, &[], &terms()).expect_err("wrong in three ways");
    let codes: Vec<&str> = found(&problems).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["exchange-heading-unknown", "exchange-field-unknown", "exchange-no-day"]);
    assert!(problems.0.iter().all(|problem| problem.place.starts_with("plan.docx:")));
}
