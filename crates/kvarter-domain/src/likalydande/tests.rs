//! A small agreement of three clauses on four pages, and everything that can be done to it.

use super::{Deviation, Hole, Kind, Template, TemplateError};

/// A page's words and its foot.
fn page(number: usize, of: usize, reference: &str, original: &str, body: &str) -> String {
    format!(
        "{body}\nUrbant avtal 2008–2010\n{reference} · Exemplar {original}\nSida {number} av {of}\nStaten Kommunen"
    )
}

struct Copy<'a> {
    original: &'a str,
    municipality: &'a str,
    districts: &'a [(&'a str, &'a str)],
    day: &'a str,
}

const STOCKHOLM: Copy<'static> = Copy {
    original: "A",
    municipality: "Stockholms kommun",
    districts: &[("Husby", "01800154"), ("Rågsved", "01800063")],
    day: "",
};
const VÄXJÖ: Copy<'static> =
    Copy {
        original: "A", municipality: "Växjö kommun", districts: &[("”Araby”", "07800001")], day: ""
    };

fn bodies(copy: &Copy<'_>) -> Vec<String> {
    let Copy { municipality, districts, day, .. } = copy;
    let districts: Vec<String> =
        districts.iter().map(|(name, code)| format!("– Stadsdelen {name} med SAMS-kod {code}")).collect();
    vec![
        "Urbant avtal\nINNEHÅLL\n1 Utgångspunkter\n2 Omfattning\n3 Godkännande".to_owned(),
        format!(
            "mellan staten och {municipality} (kommunen).\n1 Utgångspunkter\n\
             Parterna har denna dag enats om ett avtal, som gäller till och med utgången av år 2010.\n\
             De ska ”varje år” göra en gemensam avstämning av arbetet för att bedöma fortsättningen."
        ),
        format!(
            "2 Omfattning\nArbetet ska riktas mot:\n{}.\n\
             Kommunen redovisar planerna senast den 31 december. Staten för en dialog med kommunen om insatser.",
            districts.join("\n")
        ),
        format!(
            "3 Godkännande\nDetta avtal ska godkännas av kommunstyrelsen i {municipality}, och av regeringen.\n\
             Stockholm, {day} 2008\nStaten\nNyamko Sabuni\n{municipality}"
        ),
    ]
}

fn pages(copy: &Copy<'_>) -> Vec<String> {
    let bodies = bodies(copy);
    let feet = |(place, body): (usize, &String)| {
        page(place + 1, bodies.len(), "IJ2008/1818/IU", copy.original, body)
    };
    bodies.iter().enumerate().map(feet).collect()
}

fn template() -> Template {
    let specimen = Copy {
        original: "{original}",
        municipality: "{municipality}",
        districts: &[("{district_name}", "{district_code}")],
        day: "{state_day}",
    };
    let specimen: Vec<String> = pages(&specimen)
        .iter()
        .map(|page| {
            page.replace("SAMS", "{code_system}")
                .replace("IJ2008/1818/IU", "{reference}")
                .replace("Stockholm,", "{state_place},")
                .replace("} 2008", "} {state_year}")
                .replace("Nyamko Sabuni", "{state_signatory}")
        })
        .collect();
    Template::from_specimen(&specimen).expect("a specimen")
}

fn changed(from: &str, to: &str) -> Vec<Deviation> {
    let pages: Vec<String> = pages(&STOCKHOLM).iter().map(|page| page.replacen(from, to, 1)).collect();
    template().instance_of(&pages).deviations
}

#[test]
fn an_unchanged_copy_is_an_instance_and_its_holes_are_read() {
    let instance = template().instance_of(&pages(&STOCKHOLM));
    assert_eq!(instance.deviations, []);
    let value = |hole| instance.parameters.values[&hole].as_str();
    assert_eq!(value(Hole::Municipality), "Stockholms kommun");
    assert_eq!(value(Hole::Reference), "IJ2008/1818/IU");
    assert_eq!(value(Hole::Original), "A");
    assert_eq!(value(Hole::StatePlace), "Stockholm");
    assert_eq!(value(Hole::StateDay), "");
    assert_eq!(value(Hole::StateYear), "2008");
    assert_eq!(value(Hole::StateSignatory), "Nyamko Sabuni");
    let districts: Vec<_> = instance.parameters.districts.iter().map(|d| (&*d.name, &*d.code)).collect();
    assert_eq!(districts, [("Husby", "01800154"), ("Rågsved", "01800063")]);
    assert_eq!(instance.parameters.districts[0].code_system, "SAMS");
}

#[test]
fn the_clauses_are_the_headings_and_not_the_contents() {
    let template = template();
    let clauses: Vec<_> = template.clauses().iter().map(|clause| (clause.number, &*clause.heading)).collect();
    assert_eq!(clauses, [(1, "Utgångspunkter"), (2, "Omfattning"), (3, "Godkännande")]);
}

#[test]
fn a_day_filled_in_is_read_as_the_day() {
    let signed = Copy { day: "18/9", ..STOCKHOLM };
    let instance = template().instance_of(&pages(&signed));
    assert_eq!(instance.deviations, []);
    assert_eq!(instance.parameters.values[&Hole::StateDay], "18/9");
    assert_eq!(instance.parameters.values[&Hole::StateYear], "2008");
}

#[test]
fn how_a_text_is_set_is_no_difference() {
    let reset: Vec<String> = pages(&STOCKHOLM)
        .iter()
        .map(|page| {
            page.replace("gemensam avstämning", "gemen\u{AD}\nsam av-\nstämning")
                .replace("”varje år”", "“varje\u{A0}år\"")
                .replace("a\u{308}", "ä")
                .replace('ö', "o\u{308}")
                .replace("– Stadsdelen", "•  Stadsdelen")
        })
        .collect();
    assert_eq!(template().instance_of(&reset).deviations, []);
}

#[test]
fn a_word_divided_between_two_pages_is_whole() {
    let bodies = bodies(&STOCKHOLM);
    let moved = [
        bodies[0].clone(),
        bodies[1].replace("fortsättningen.", "fort\u{AD}"),
        format!("sättningen.\n{}", bodies[2]),
        bodies[3].clone(),
    ];
    let pages: Vec<_> =
        moved.iter().enumerate().map(|(n, body)| page(n + 1, 4, "IJ2008/1818/IU", "A", body)).collect();
    assert_eq!(template().instance_of(&pages).deviations, []);
}

#[test]
fn a_removed_comma_is_located() {
    let deviations = changed("avtal, som", "avtal som");
    let [deviation] = deviations.as_slice() else { panic!("{deviations:?}") };
    assert_eq!(deviation.kind, Kind::Missing);
    assert_eq!((deviation.page, deviation.clause.as_ref().map(|clause| clause.number)), (2, Some(1)));
    assert_eq!((&*deviation.expected, &*deviation.found), (",", ""));
    assert_eq!(deviation.at, 17);
    assert!(deviation.before.ends_with("ett avtal"), "{deviation:?}");
    assert!(deviation.after.starts_with("som gäller"), "{deviation:?}");
}

#[test]
fn a_changed_word_is_located() {
    let deviations = changed("31 december", "31 januari");
    let [deviation] = deviations.as_slice() else { panic!("{deviations:?}") };
    assert_eq!(deviation.kind, Kind::Changed);
    assert_eq!((deviation.page, deviation.clause.as_ref().map(|clause| clause.number)), (3, Some(2)));
    assert_eq!((&*deviation.expected, &*deviation.found), ("december", "januari"));
    assert_eq!(&*deviation.before, "Kommunen redovisar planerna senast den 31");
    assert_eq!(&*deviation.after, ". Staten för en dialog med");
}

#[test]
fn an_added_not_is_located_even_beside_a_hole() {
    let deviations = changed("i Stockholms kommun, och", "i Stockholms kommun inte, och");
    let [deviation] = deviations.as_slice() else { panic!("{deviations:?}") };
    assert_eq!(deviation.kind, Kind::Added);
    assert_eq!((deviation.page, deviation.clause.as_ref().map(|clause| clause.number)), (4, Some(3)));
    assert_eq!((&*deviation.expected, &*deviation.found), ("", "inte"));
}

#[test]
fn a_missing_sentence_is_located() {
    let deviations = changed(" Staten för en dialog med kommunen om insatser.", "");
    let [deviation] = deviations.as_slice() else { panic!("{deviations:?}") };
    assert_eq!(deviation.kind, Kind::Missing);
    // It is missed where the next words stand: at the top of the page after.
    assert_eq!((deviation.page, deviation.clause.as_ref().map(|clause| clause.number)), (4, Some(2)));
    assert_eq!(deviation.expected, "Staten för en dialog med kommunen om insatser.");
}

#[test]
fn a_misspelt_district_line_is_located() {
    let deviations = changed("Stadsdelen Rågsved med", "Stadsdelen Rågsved utan");
    assert!(!deviations.is_empty());
    assert!(deviations.iter().all(|deviation| deviation.page == 3), "{deviations:?}");
    assert!(deviations.iter().any(|deviation| deviation.found.contains("utan")), "{deviations:?}");
}

#[test]
fn swapped_pages_are_told_as_pages_out_of_order_and_nothing_else() {
    let mut pages = pages(&STOCKHOLM);
    pages.swap(1, 2);
    let deviations = template().instance_of(&pages).deviations;
    let moved: Vec<_> = deviations
        .iter()
        .filter(|d| d.kind == Kind::Moved)
        .map(|d| (d.page, d.clause.clone().map(|c| c.number)))
        .collect();
    assert_eq!(moved, [(2, Some(2)), (3, Some(1))]);
    assert!(deviations.iter().all(|d| matches!(d.kind, Kind::Moved | Kind::Foot)), "{deviations:?}");
}

#[test]
fn a_page_out_of_order_is_told_by_the_clause_it_begins_in_wherever_it_ends() {
    let longer = |pages: Vec<String>| -> Vec<String> {
        let mut pages = pages;
        let last = pages.pop().expect("a last page");
        let more = "Kommunen bekostar sina egna insatser och staten sina, var och en för sig under perioden.";
        let begins = format!("{more}\n3 Godkännande");
        pages.push(last.replacen("3 Godkännande", &begins, 1));
        pages
    };
    let specimen = longer(pages(&Copy { municipality: "{municipality}", ..STOCKHOLM }));
    let template = Template::from_specimen(&specimen).expect("a specimen");
    let mut swapped = longer(pages(&STOCKHOLM));
    swapped.swap(1, 3);
    let deviations = template.instance_of(&swapped).deviations;
    let moved = deviations.iter().find(|d| d.kind == Kind::Moved && d.page == 2).expect("a moved page");
    assert!(moved.found.starts_with("Kommunen bekostar"), "{moved:?}");
    assert_eq!(moved.clause.as_ref().map(|clause| clause.number), Some(2));
}

#[test]
fn another_document_is_a_stranger_and_a_part_of_the_agreement_is_none() {
    let letter = "Protokoll från styrelsens möte i bostadsrättsföreningen. Närvarande var ordföranden och \
                  kassören. Mötet öppnades, och föregående protokoll lades till handlingarna. Stugan ska målas.";
    let comparison = template().compare(&[letter.to_owned()], &pages(&STOCKHOLM));
    assert_eq!(comparison.strangers, [true, false]);
    assert!(!template().instance_of(&pages(&VÄXJÖ)[2..3]).stranger);
    assert!(!template().instance_of(&pages(&STOCKHOLM)).stranger);
}

#[test]
fn an_added_page_is_located() {
    let mut pages = pages(&STOCKHOLM);
    let extra = "Kommunen betalar därutöver en avgift till staten för varje stadsdel som anges ovan.";
    pages.insert(3, page(4, 5, "IJ2008/1818/IU", "A", extra));
    let deviations = template().instance_of(&pages).deviations;
    let added: Vec<_> = deviations.iter().filter(|d| d.kind == Kind::Added).collect();
    assert_eq!(added.len(), 1, "{deviations:?}");
    assert_eq!((added[0].page, added[0].clause.as_ref().map(|clause| clause.number)), (4, Some(2)));
    assert_eq!(added[0].found, extra);
}

#[test]
fn a_page_added_after_the_last_is_no_part_of_the_last_name() {
    let mut pages = pages(&STOCKHOLM);
    pages.push("Tillägg: avtalet gäller inte.".to_owned());
    let instance = template().instance_of(&pages);
    assert_eq!(instance.parameters.values[&Hole::Municipality], "Stockholms kommun");
    let added: Vec<_> = instance.deviations.iter().filter(|d| d.kind == Kind::Added).collect();
    assert_eq!(added.len(), 1, "{:?}", instance.deviations);
    assert_eq!((added[0].page, &*added[0].found), (5, "Tillägg: avtalet gäller inte."));
}

#[test]
fn a_missing_page_is_missed_clause_by_clause() {
    let mut pages = pages(&STOCKHOLM);
    pages.remove(2);
    let deviations = template().instance_of(&pages).deviations;
    let missing: Vec<_> = deviations.iter().filter(|d| d.kind == Kind::Missing).collect();
    assert_eq!(missing.len(), 1, "{deviations:?}");
    assert_eq!(missing[0].clause.as_ref().map(|clause| clause.number), Some(2));
    assert!(
        deviations.iter().any(|d| d.kind == Kind::Foot && d.expected == "4" && d.found == "3"),
        "{deviations:?}"
    );
}

#[test]
fn a_page_without_its_foot_is_told() {
    let mut pages = pages(&STOCKHOLM);
    pages[1] = pages[1].replace("IJ2008/1818/IU · Exemplar A\n", "");
    let deviations = template().instance_of(&pages).deviations;
    let [deviation] = deviations.as_slice() else { panic!("{deviations:?}") };
    assert_eq!((deviation.kind, deviation.page), (Kind::Foot, 2));
}

#[test]
fn a_page_of_the_other_original_among_the_rest_is_told() {
    let mut pages = pages(&STOCKHOLM);
    pages[2] = pages[2].replace("Exemplar A", "Exemplar B");
    let deviations = template().instance_of(&pages).deviations;
    let [deviation] = deviations.as_slice() else { panic!("{deviations:?}") };
    assert_eq!((deviation.kind, deviation.page), (Kind::Hole, 3));
    assert_eq!((&*deviation.expected, &*deviation.found), ("A", "B"));
}

#[test]
fn two_originals_of_one_agreement_are_likalydande() {
    let b = Copy { original: "B", ..STOCKHOLM };
    let comparison = template().compare(&pages(&STOCKHOLM), &pages(&b));
    assert!(
        !comparison.identical && comparison.likalydande && comparison.same_agreement && comparison.same_text
    );
    let differences: Vec<_> = comparison.differences.iter().map(|d| (d.hole, &*d.a, &*d.b)).collect();
    assert_eq!(differences, [(Hole::Original, "A", "B")]);
    let wording = |copy| template().instance_of(&pages(copy)).wording;
    assert_eq!(wording(&STOCKHOLM), wording(&b));
}

#[test]
fn a_text_is_identical_to_itself() {
    let comparison = template().compare(&pages(&STOCKHOLM), &pages(&STOCKHOLM));
    assert!(comparison.identical && comparison.likalydande);
}

#[test]
fn originals_of_two_municipalities_are_the_same_text_but_not_the_same_agreement() {
    let comparison = template().compare(&pages(&STOCKHOLM), &pages(&VÄXJÖ));
    assert!(comparison.same_text && !comparison.same_agreement && !comparison.likalydande);
    let holes: Vec<_> = comparison.differences.iter().map(|difference| difference.hole).collect();
    assert_eq!(holes, [Hole::Municipality, Hole::Districts]);
    assert_eq!(comparison.differences[1].b, "”Araby” 07800001");
}

#[test]
fn two_originals_with_the_same_departure_are_likalydande_but_not_the_programmes_text() {
    let depart = |copy: &Copy<'_>| -> Vec<String> {
        pages(copy).iter().map(|page| page.replace("31 december", "30 november")).collect()
    };
    let b = Copy { original: "B", ..STOCKHOLM };
    let comparison = template().compare(&depart(&STOCKHOLM), &depart(&b));
    assert!(comparison.likalydande && !comparison.same_text);
    assert_eq!(comparison.deviations, []);
    assert_eq!(comparison.a_from_template.len(), 1);
}

#[test]
fn a_departure_in_one_original_is_found_between_the_two() {
    let b = Copy { original: "B", ..STOCKHOLM };
    let b: Vec<String> = pages(&b).iter().map(|page| page.replace("31 december", "31 januari")).collect();
    let comparison = template().compare(&pages(&STOCKHOLM), &b);
    assert!(comparison.same_agreement && !comparison.likalydande && !comparison.same_text);
    let [deviation] = comparison.deviations.as_slice() else { panic!("{comparison:?}") };
    assert_eq!((&*deviation.expected, &*deviation.found, deviation.page), ("december", "januari", 3));
    assert_eq!(deviation.clause.as_ref().map(|clause| clause.number), Some(2));
}

#[test]
fn garbage_departs_and_does_no_harm() {
    let template = template();
    for garbage in [
        vec![],
        vec![String::new(), String::new()],
        vec!["\u{AD}\n-\n{}\n{original}\n…".to_owned()],
        vec!["Stadsdelen Stadsdelen med med SAMS-kod".to_owned(); 50],
        vec!["1 1 1 – – ( ( ” ” Sida 9999999999999999999999 av 0".to_owned()],
        vec!["ord ".repeat(30_000)],
    ] {
        let instance = template.instance_of(&garbage);
        assert!(!instance.deviations.is_empty());
        assert!(!template.compare(&garbage, &pages(&STOCKHOLM)).likalydande);
    }
}

#[test]
fn a_specimen_with_an_unknown_hole_is_refused() {
    let specimen = ["Avtal med {kommunen} om arbete"];
    assert_eq!(Template::from_specimen(&specimen), Err(TemplateError::UnknownHole("kommunen".to_owned())));
    assert_eq!(Template::from_specimen::<&str>(&[]), Err(TemplateError::Empty));
}
