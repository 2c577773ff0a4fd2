//! Files that are wrong: what is found, where, and that everything is found at once.

use crate::table::{each, files, same};
use kvarter_domain::problem::Problems;
use kvarter_domain::programme::{FILE_BYTES_MAX, Programme, ProgrammeFiles};

fn file<'a>(files: &'a mut ProgrammeFiles, name: &str) -> &'a mut String {
    match name {
        "programme.toml" => &mut files.definition,
        "source.txt" => &mut files.source,
        "recipients.csv" => &mut files.recipients,
        "districts.csv" => &mut files.districts,
        other => panic!("no file {other}"),
    }
}

fn problems(files: &ProgrammeFiles) -> Problems {
    match Programme::read(files) {
        Ok(_) => Problems::none(),
        Err(problems) => problems,
    }
}

#[test]
fn one_thing_wrong_gives_its_own_problem_and_no_other() {
    each("broken-programmes.md", |row| {
        let mut files = files();
        let text = file(&mut files, row.setting("file"));
        let change = row.cell("change");
        if !text.contains(change) {
            return Err(format!("`{change}` does not stand in the file"));
        }
        *text = text.replacen(change, row.cell("to"), 1);
        let found = problems(&files);
        let mut codes: Vec<&str> = found.0.iter().map(|p| p.code.as_str()).collect();
        codes.sort_unstable();
        let mut expected: Vec<&str> = row.cell("gives").split(' ').collect();
        expected.sort_unstable();
        same("problems", codes, expected).map_err(|why| format!("{why}: {found}"))?;
        let at = row.cell("at");
        let placed = found.0.iter().any(|p| p.place.contains(at));
        if placed { Ok(()) } else { Err(format!("no problem stands at {at}: {found}")) }
    });
}

#[test]
fn everything_wrong_in_every_file_is_told_at_once_in_the_order_of_the_files() {
    let mut files = files();
    let definition = file(&mut files, "programme.toml");
    *definition = definition
        .replacen("law = [", "lag = [", 1)
        .replacen("\"12-31\"", "\"13-31\"", 1)
        .replacen("årligen en nationell konferens", "årligen en internationell konferens", 1);
    *file(&mut files, "source.txt") = files.source.replacen("- Borås stad", "- Boras stad", 1);
    *file(&mut files, "districts.csv") = files.districts.replacen("0180R036", "180R036", 1);
    let found = problems(&files);
    let told: Vec<(&str, &str)> =
        found.0.iter().map(|p| (p.code.as_str(), p.place.split(':').next().unwrap_or_default())).collect();
    assert_eq!(
        told,
        [
            ("key-unknown", "programme.toml"),
            ("month-day-malformed", "programme.toml"),
            ("quotation-differs", "programme.toml"),
            ("recipient-missing", "source.txt"),
            ("recipient-not-in-source", "recipients.csv"),
            ("district-code-malformed", "districts.csv"),
        ]
    );
}

#[test]
fn a_misquotation_names_the_sentence_and_the_word_that_differs() {
    let mut files = files();
    files.definition = files.definition.replacen("genomför årligen en", "genomför varje år en", 1);
    let found = problems(&files);
    let args = &found.0[0].args;
    assert_eq!(args["sentence"], "7.5");
    assert_eq!((args["quoted"].as_str(), args["stands"].as_str()), ("varje år", "årligen"));
    assert_eq!(found.0[0].clause.as_deref(), Some("7"));
}

#[test]
fn a_quotation_from_another_clause_says_which() {
    let mut files = files();
    let right = "clause = \"6\"\nsays = \"Staten sammanställer varje år";
    files.definition = files.definition.replacen(right, &right.replacen('6', "5", 1), 1);
    let found = problems(&files);
    assert_eq!(found.0[0].code, "quotation-in-another-clause");
    assert_eq!(found.0[0].args["elsewhere"], "6");
}

#[test]
fn an_unknown_key_is_told_with_the_nearest_known() {
    let mut files = files();
    files.definition = files.definition.replacen("towards = \"eukn\"", "toward = \"eukn\"", 1);
    let found = problems(&files);
    let unknown = found.0.iter().find(|p| p.code == "key-unknown").expect("the key is unknown");
    assert_eq!(unknown.args["nearest"], "towards");
}

#[test]
fn an_empty_file_is_named() {
    for name in ["programme.toml", "source.txt", "recipients.csv", "districts.csv"] {
        let mut files = files();
        file(&mut files, name).clear();
        let found = problems(&files);
        assert_eq!(found.0.len(), 1, "{found}");
        assert_eq!((found.0[0].code.as_str(), found.0[0].place.as_str()), ("programme-file-empty", name));
    }
}

#[test]
fn a_missing_file_and_one_that_is_not_text_are_named_with_the_line() {
    let found = ProgrammeFiles::from_bytes(|name| match name {
        "letter.typ" => None,
        "programme.toml" => Some(b"[programme]\nid = \"\xff\xfe\"\n".to_vec()),
        _ => Some(b"text".to_vec()),
    });
    let found = found.expect_err("two files cannot be used");
    let told: Vec<(&str, &str)> = found.0.iter().map(|p| (p.code.as_str(), p.place.as_str())).collect();
    assert_eq!(
        told,
        [("programme-file-not-text", "programme.toml:2"), ("programme-file-missing", "letter.typ")]
    );
}

#[test]
fn binary_garbage_is_refused_as_not_being_text() {
    let garbage: String = (0..4096_u32).filter_map(|i| char::from_u32(i * 7919 % 0x1_0000)).collect();
    for name in ["programme.toml", "source.txt", "recipients.csv", "districts.csv"] {
        let mut files = files();
        file(&mut files, name).clone_from(&garbage);
        let found = problems(&files);
        assert_eq!(found.0[0].code, "programme-file-not-text", "{name}: {found}");
    }
}

#[test]
fn ten_megabytes_are_refused_without_being_read() {
    let mut files = files();
    files.definition = "a = 1\n".repeat(10 * 1024 * 1024 / 6);
    let found = problems(&files);
    assert_eq!(found.0[0].code, "programme-file-too-large");
    assert_eq!(found.0[0].args["most"], FILE_BYTES_MAX.to_string());
}

#[test]
fn a_megabyte_of_nonsense_gives_a_readable_number_of_problems() {
    for (name, nonsense) in [
        ("programme.toml", "[[obligation]]\nid = 1\nx = y\n"),
        ("programme.toml", "[[[[[[[["),
        ("source.txt", "## 1 x\nord ord. Ord ord.\n\n"),
        ("recipients.csv", "1,\"2\n"),
        ("districts.csv", "0180,Husby,sams,01800154\n"),
    ] {
        let mut files = files();
        *file(&mut files, name) = nonsense.repeat(FILE_BYTES_MAX / nonsense.len() - 1);
        let found = problems(&files);
        assert!((1..=301).contains(&found.0.len()), "{name}: {} problems", found.0.len());
        assert!(found.0.iter().any(|p| p.place.starts_with(name)), "{name}: {found}");
    }
}
