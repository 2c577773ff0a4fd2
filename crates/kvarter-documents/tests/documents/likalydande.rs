//! The programme's own agreement, rendered and read back, laid beside its template.

use kvarter_documents::model::{Agreement, Original};
use kvarter_documents::read::{Limits, read};
use kvarter_documents::{Document, render};
use kvarter_domain::likalydande::{Hole, Kind, Template};

use crate::models::{AGREEMENT, agreement_document, moment, stockholm, with_districts};

fn pages(document: Document<'_>) -> Vec<String> {
    let pdf = render(document, moment()).expect("the agreement");
    read(&pdf.bytes, Limits::default()).expect("our own file").pages
}

fn template() -> Template {
    Template::from_specimen(&pages(agreement_document(&Agreement::specimen()))).expect("the specimen")
}

#[test]
fn the_template_knows_the_eight_clauses() {
    let template = template();
    let headings: Vec<_> =
        template.clauses().iter().map(|clause| (clause.number, &*clause.heading)).collect();
    assert_eq!(headings.len(), 8);
    assert_eq!(headings[3], (4, "Strategiska stadsdelsplaner"));
    assert_eq!(headings[7], (8, "Godkännande av avtalet"));
}

#[test]
fn every_issued_agreement_is_the_template_and_its_parameters() {
    let template = template();
    for model in [
        stockholm(Original::A),
        stockholm(Original::B),
        with_districts(1),
        with_districts(9),
        with_districts(40),
    ] {
        let instance = template.instance_of(&pages(agreement_document(&model)));
        assert_eq!(instance.deviations, []);
        let value = |hole| instance.parameters.values[&hole].clone();
        assert_eq!(value(Hole::Municipality), model.municipality);
        assert_eq!(value(Hole::StateSignatory), model.state.name);
        assert_eq!(value(Hole::MunicipalitySignatory), model.municipality_signature.name);
        assert_eq!(value(Hole::MunicipalityPlace), model.municipality_signature.place);
        assert_eq!(value(Hole::StateDay), model.state.day.clone().unwrap_or_default());
        assert_eq!(value(Hole::Reference), model.reference);
        let districts: Vec<_> = instance.parameters.districts.iter().map(|d| (&*d.name, &*d.code)).collect();
        let given: Vec<_> = model.districts.iter().map(|d| (&*d.name, &*d.code)).collect();
        assert_eq!(districts, given);
    }
}

#[test]
fn the_two_originals_are_likalydande() {
    let [a, b] = [Original::A, Original::B].map(|original| pages(agreement_document(&stockholm(original))));
    let comparison = template().compare(&a, &b);
    assert!(comparison.likalydande && comparison.same_text && !comparison.identical);
    assert_eq!(comparison.differences.len(), 1);
}

#[test]
fn a_word_changed_in_the_wording_itself_is_found_in_its_clause() {
    let model = stockholm(Original::B);
    let forged = AGREEMENT.replace("senast den 31 december", "senast den 31 mars");
    assert_ne!(forged, AGREEMENT);
    let forged = pages(Document::Agreement { model: &model, template: &forged });
    let comparison = template().compare(&pages(agreement_document(&stockholm(Original::A))), &forged);
    assert!(!comparison.likalydande && comparison.same_agreement);
    let [deviation] = comparison.deviations.as_slice() else { panic!("{comparison:?}") };
    assert_eq!(
        (deviation.kind, &*deviation.expected, &*deviation.found),
        (Kind::Changed, "december", "mars")
    );
    assert_eq!(deviation.clause.as_ref().map(|clause| clause.number), Some(4));
}
