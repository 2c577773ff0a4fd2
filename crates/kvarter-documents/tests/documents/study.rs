//! The printed study: whole, in both languages, and with little in it.

use kvarter_documents::model::{
    Fact, Language, Study, StudyChart, StudyLine, StudyLineKind, StudyPart, StudyPoint, StudyReason,
    StudyTick, Tone,
};
use kvarter_documents::read::{Limits, read};
use kvarter_documents::{Document, Pdf, render};

use crate::models::moment;

fn tick(at: u16, words: &str) -> StudyTick {
    StudyTick { at, words: words.into() }
}

fn fact(label: &str, value: &str) -> Fact {
    Fact { label: label.into(), value: value.into() }
}

fn chart(heading: &str) -> StudyChart {
    let line = |kind, from: u16| StudyLine {
        kind,
        label: (kind != StudyLineKind::Placebo).then(|| tick(from, "Husby")),
        points: (0..11).map(|t| (t * 1000, from / 2 + t * 400)).collect(),
    };
    StudyChart {
        heading: heading.into(),
        alternative: "Kurvor från 1996 till 2006 som följs åt till 2003.".into(),
        caption: "Heldragen linje: de behandlade.".into(),
        lines: vec![
            line(StudyLineKind::Placebo, 2000),
            line(StudyLineKind::Placebo, 6000),
            line(StudyLineKind::Comparison, 5000),
            line(StudyLineKind::Treated, 4000),
        ],
        points: vec![StudyPoint { along: 5000, up: 4000, interval: Some((3000, 5000)) }],
        along: vec![tick(0, "1996"), tick(10_000, "2006")],
        up: vec![tick(0, "0"), tick(10_000, "60")],
        start: Some(tick(7500, "Start 2003")),
        zero: Some(0),
    }
}

/// A study with something in every place.
pub(crate) fn study() -> Study {
    Study {
        language: Language::Sv,
        sender: "Utvärdering av effekt".into(),
        title: "Vad hände med andel i arbete i Husby från 2003?".into(),
        lines: vec!["Vad hände med andel i arbete i Husby?".into(), "SHA-256 0123".into()],
        letter: "C".into(),
        grade: "Omdöme C".into(),
        tone: Tone::Remark,
        meaning: "En effekt syns, med flera förbehåll.".into(),
        finding: "Andelen ökade till följd av insatsen: med 2,1 i genomsnitt per period.".into(),
        figures: vec![
            fact("Skattad effekt", "2,1"),
            fact("Intervall", "0,4 till 3,8"),
            fact("P-värde", "0,02"),
        ],
        reasons_heading: "Skälen".into(),
        reasons: vec![StudyReason {
            tone: Tone::Remark,
            weight: "Förbehåll".into(),
            words: "Ingen plan låstes innan resultaten fanns.".into(),
        }],
        note: "Omdömet gäller om insatsen hade effekt.".into(),
        charts: vec![chart("År för år"), chart("Samma beräkning där inget hände")],
        parts: vec![
            StudyPart {
                heading: "Jämförelsen består av".into(),
                columns: vec!["Område".into(), "Vikt".into(), "Effekt utan".into()],
                rows: vec![vec!["Rågsved".into(), "0,61".into(), "1,9".into()], vec!["och 3 till".into()]],
                numbers: true,
                ..StudyPart::default()
            },
            StudyPart {
                heading: "Vad som har antagits".into(),
                paragraphs: vec!["Detta vilar allt på:".into()],
                list: vec!["Ingenting ändrades i förväg.".into(), "= inget #panic(\"x\") $ *fett*".into()],
                facts: vec![fact("Metod", "Syntetisk kontroll")],
                ..StudyPart::default()
            },
        ],
    }
}

fn set(study: &Study) -> Pdf {
    let pdf = render(Document::Study(study), moment()).expect("a sound template");
    assert_eq!(pdf.warnings, []);
    if let Some(folder) = std::env::var_os("KVARTER_LOOK_AT") {
        let file = format!("study-{:?}.pdf", study.language);
        std::fs::write(std::path::Path::new(&folder).join(file), &pdf.bytes).expect("somewhere to look");
    }
    pdf
}

fn said(pdf: &Pdf) -> String {
    let pages = read(&pdf.bytes, Limits::default()).expect("our own file").pages;
    pages.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_study_says_its_verdict_first_and_then_what_it_rests_on() {
    let said = said(&set(&study()));
    let mut from = 0;
    for words in [
        "Vad hände med andel i arbete i Husby från 2003?",
        "En effekt syns, med flera förbehåll.",
        "0,4 till 3,8",
        "Ingen plan låstes",
        "Start 2003",
        "Heldragen linje",
        "Rågsved",
        "och 3 till",
        "= inget #panic(\"x\") $ *fett*",
        "Syntetisk kontroll",
    ] {
        let at = said[from..].find(words).unwrap_or_else(|| panic!("{words} after {from} in {said}"));
        from += at;
    }
    assert!(said.contains("Sida 1 av"), "{said}");
}

#[test]
fn a_study_in_english_has_english_about_its_pages() {
    let said = said(&set(&Study { language: Language::En, ..study() }));
    assert!(said.contains("Page 1 of"), "{said}");
}

#[test]
fn a_study_in_which_nothing_could_be_estimated_is_still_a_document() {
    let study = Study { figures: vec![], charts: vec![], parts: vec![], reasons: vec![], ..study() };
    assert_eq!(set(&study).pages, 1);
    let lines = vec![StudyLine::default(), StudyLine { points: vec![(0, 0)], ..StudyLine::default() }];
    let bare = StudyChart {
        lines,
        heading: "Inget".into(),
        alternative: "Ingenting.".into(),
        ..StudyChart::default()
    };
    set(&Study { charts: vec![bare], ..study });
}

#[test]
fn five_hundred_placebos_fit_in_a_drawing() {
    let mut study = study();
    let placebo = study.charts[1].lines[0].clone();
    study.charts[1].lines.splice(0..0, std::iter::repeat_n(placebo, 500));
    assert!(set(&study).pages <= 4);
}
