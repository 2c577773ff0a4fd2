//! What is issued says what the source says, word for word.

use kvarter_documents::model::Original;
use kvarter_documents::read::{Limits, read};
use kvarter_documents::render;

use crate::models::{agreement_document, letter, letter_document, moment, stockholm};

/// The text that the programme was read from.
const SOURCE: &str = include_str!("../../../../programmes/lua-2008/source.txt");

/// The foot of an agreement's pages, which is ours and no part of the text.
const AGREEMENT_FOOT: [&str; 4] =
    ["Lokalt utvecklingsavtal 2008–2010", "IJ2008/1818/IU · Exemplar A", "Sida ", "Staten Kommunen"];
const LETTER_FOOT: [&str; 3] = ["Integrations- och jämställdhetsdepartementet", "IJ2008/1818/IU", "Sida "];

/// A part of the source: from the heading with the first key up to the one with the second.
///
/// Two things are ours and taken out: the keys by which the parts are addressed, and the list marks.
/// The line that stands for a blank to be filled in by hand is a hole.
fn source(from: &str, to: Option<&str>) -> Vec<String> {
    let start = SOURCE.find(&format!("## {from}")).expect("the part");
    let end = to.map_or(SOURCE.len(), |to| SOURCE.find(&format!("## {to}")).expect("the next part"));
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    let lines = SOURCE[start..end].lines().map(|line| match line.strip_prefix("## ") {
        Some(heading) => match heading.split_once(' ') {
            Some((key, _)) if is_number(key) => heading,
            Some((_, heading)) => heading,
            None => "",
        },
        None => line.strip_prefix("- ").unwrap_or(line),
    });
    lines.flat_map(str::split_whitespace).filter(|word| *word != "_____").map(str::to_owned).collect()
}

/// The words of rendered pages without their feet. What stands alone at a line's beginning to mark
/// a list item is taken out.
fn rendered(bytes: &[u8], foot: &[&str]) -> Vec<String> {
    let pages = read(bytes, Limits::default()).expect("our own file").pages;
    let bodies = pages.iter().map(|page| {
        let lines: Vec<&str> = page.lines().collect();
        let (body, end) = lines.split_at(lines.len() - foot.len());
        for (line, begins) in end.iter().zip(foot) {
            assert!(line.starts_with(begins), "{line} should begin with {begins}");
        }
        body.to_vec()
    });
    let mut words: Vec<String> = Vec::new();
    for line in bodies.flatten() {
        let line = line.strip_prefix("– ").unwrap_or(line);
        for word in line.split_whitespace() {
            match words.last_mut() {
                // A word divided between two pages.
                Some(begun) if begun.ends_with('\u{AD}') => {
                    begun.pop();
                    begun.push_str(word);
                }
                _ => words.push(word.to_owned()),
            }
        }
    }
    words
}

#[test]
fn stockholms_agreement_says_what_the_source_says_word_for_word() {
    let model = stockholm(Original::A);
    let pdf = render(agreement_document(&model), moment()).expect("the agreement");
    assert_eq!(rendered(&pdf.bytes, &AGREEMENT_FOOT), source("title", None));
}

#[test]
fn the_letter_says_what_the_source_says_word_for_word() {
    // To whom links are sent is a hole: the source has a person's address there.
    let model = kvarter_documents::model::Letter { links_to: "[…]".into(), ..letter() };
    let pdf = render(letter_document(&model), moment()).expect("the letter");
    let words = rendered(&pdf.bytes, &LETTER_FOOT);
    let begins = words.iter().position(|word| word == "Undertecknande").expect("the subject");
    let (head, letter) = words.split_at(begins);
    assert_eq!(letter, source("L", Some("title")));

    // The head is set in two columns, so only its words are the same, not their order.
    let mut head = head.to_vec();
    let mut source = source("letterhead", Some("L"));
    head.sort();
    source.sort();
    assert_eq!(head, source);
}
