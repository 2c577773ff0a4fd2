//! The programme of 2008: its text, its parameters, its names.

use crate::table::{each, folder, lua_2008, rows, same};
use kvarter_domain::district::{CodeSystem, District, check};
use kvarter_domain::ids::OrganisationId;
use kvarter_domain::programme::source::{ClauseText, ParagraphKind};
use kvarter_domain::programme::wording::Parameters;
use kvarter_domain::programme::{Condition, Programme};
use kvarter_domain::reference::ReferenceRole;
use kvarter_domain::text::squeeze;

#[test]
fn every_sentence_that_asks_for_it_is_carried_and_so_is_every_other() {
    let coverage = lua_2008().coverage();
    let uncovered: Vec<&str> = coverage.uncovered().map(|s| s.text.as_str()).collect();
    assert!(uncovered.is_empty(), "{uncovered:?}");
    assert_eq!(coverage.of_asking(), (26, 26));
    let (carried, all) = coverage.of_all();
    assert_eq!(carried, all);
    assert!(lua_2008().warnings().is_empty());
}

#[test]
fn every_sentence_is_what_the_table_says() {
    let programme = lua_2008();
    let coverage = programme.coverage();
    each("sentences.md", |row| {
        let found = coverage
            .sentences
            .iter()
            .find(|s| s.sentence.as_str() == row.cell("sentence"))
            .ok_or_else(|| "no such sentence".to_owned())?;
        same("address", found.address.to_string(), row.cell("address").to_owned())?;
        if !found.text.starts_with(row.cell("begins")) {
            return Err(format!("it begins: {}", found.text));
        }
        let kinds: Vec<String> =
            found.carried_by.iter().map(|c| format!("{:?}", c.kind).to_lowercase()).collect();
        same("kinds", kinds.join(" "), row.cell("is").to_owned())?;
        let ids: Vec<&str> = found.carried_by.iter().map(|c| c.id.as_str()).collect();
        same("carriers", ids.join(" "), row.cell("carried by").to_owned())
    });
    let told = rows("sentences.md").len();
    let numbered = |s: &&kvarter_domain::programme::coverage::SentenceCoverage| {
        s.address.clause == "L" || s.address.clause.bytes().all(|b| b.is_ascii_digit())
    };
    // The letter's closing line is left out of the table.
    assert_eq!(told + 1, coverage.sentences.iter().filter(numbered).count());
}

#[test]
fn a_sentence_that_nothing_carries_is_a_warning_and_not_a_problem() {
    let mut files = crate::table::files();
    let permission = files.definition.find("[[permission]]").expect("there is one permission");
    let after = files.definition[permission..].find("[[obligation]]").expect("obligations follow");
    files.definition.replace_range(permission..permission + after, "");
    let programme = Programme::read(&files).expect("a definition without permissions is whole");
    let warnings = programme.warnings();
    assert_eq!(warnings.0.len(), 1);
    assert_eq!(warnings.0[0].code, "sentence-uncovered");
    assert_eq!(warnings.0[0].args["sentence"], "5.2");
    assert_eq!(programme.coverage().of_asking(), (25, 26));
}

#[test]
fn the_text_for_stockholm_is_the_source_itself() {
    let programme = lua_2008();
    let parameters = Parameters {
        party_name: "Stockholms kommun".into(),
        districts: programme.districts_of(&"0180".into()),
        municipality_signatory: Some("Sten Nordin".into()),
        municipality_place: Some("Stockholm".into()),
        state_signatory: Some("Nyamko Sabuni".into()),
        links_to: Some("[…]".into()),
    };
    let words = |text: &[ClauseText]| -> Vec<String> {
        let sentences = text.iter().flat_map(|c| &c.paragraphs).flat_map(|p| &p.sentences);
        sentences.map(|s| format!("{} {}", s.id, s.text)).collect()
    };
    assert_eq!(words(&programme.text_for(&parameters)), words(programme.text()));
}

#[test]
fn the_text_for_another_municipality_differs_in_its_parameters_and_nowhere_else() {
    let programme = lua_2008();
    let araby = District {
        municipality: "0780".into(),
        code: "07800001".into(),
        system: CodeSystem::Sams,
        name: "Araby".into(),
    };
    let parameters = Parameters {
        party_name: "Växjö kommun".into(),
        districts: vec![araby],
        links_to: Some("[…]".into()),
        ..Parameters::default()
    };
    let text = programme.text_for(&parameters);
    let clause = |id: &str| text.iter().find(|c| c.id == id).expect("the clause is in the text");
    let first = &clause("8").paragraphs[0].sentences[0];
    assert!(first.text.contains("kommunstyrelsen i Växjö kommun, och av"), "{}", first.text);
    let hole = first.holes[0];
    assert_eq!(&first.text[hole.from..hole.to], "Växjö kommun");
    let items: Vec<&str> = clause("2")
        .paragraphs
        .iter()
        .filter(|p| p.kind == ParagraphKind::ListItem)
        .map(|p| p.sentences[0].text.as_str())
        .collect();
    assert_eq!(items, ["Stadsdelen Araby med SAMS-kod 07800001."]);
    // Only the agreement's own clauses have parameters; the letter is the same for all.
    let differing: Vec<&str> = text
        .iter()
        .zip(programme.text())
        .filter(|(ours, source)| {
            let words = |c: &ClauseText| {
                let sentences = c.paragraphs.iter().flat_map(|p| &p.sentences);
                sentences.map(|s| s.text.clone()).collect::<Vec<_>>()
            };
            words(ours) != words(source)
        })
        .map(|(ours, _)| ours.id.as_str())
        .collect();
    assert_eq!(differing, ["preamble", "2", "8", "signatures"]);
}

#[test]
fn the_same_municipality_is_found_by_every_name_that_the_source_gives_it() {
    let programme = lua_2008();
    for (written, code) in [
        ("Stockholms stad", "0180"),
        ("Stockholms kommun", "0180"),
        ("STOCKHOLMS STAD", "0180"),
        ("0180", "0180"),
        ("Linköping kommun", "0580"),
        ("Linköpings kommun", "0580"),
        ("Göteborgs Stad", "1480"),
    ] {
        let found = programme.recipient(written).map(|r| r.municipality.as_str());
        assert_eq!(found, Some(code), "{written}");
    }
    assert!(programme.recipient("Solna stad").is_none());
    assert_eq!(programme.recipients.len(), 21);
}

#[test]
fn all_reference_numbers_are_kept_with_their_roles() {
    let programme = lua_2008();
    for (role, number) in [
        (ReferenceRole::Letter, "IJ2008/1818/IU"),
        (ReferenceRole::Offer, "IJ2008/1218/IU"),
        (ReferenceRole::ToQuote, "IJ2007/1818/STO"),
        (ReferenceRole::Decision, "IJ2007/258/IU"),
        (ReferenceRole::Counterparty, "539-1756/2008"),
    ] {
        assert_eq!(programme.reference(role).map(|r| r.number.as_str()), Some(number));
    }
    assert_eq!(programme.signing.quote_on_return, "IJ2007/1818/STO");
}

#[test]
fn both_headings_of_clause_8_are_kept() {
    let programme = lua_2008();
    let clause = programme.clause("8").expect("there is a § 8");
    assert_eq!(clause.heading, "Godkännande av avtalet");
    assert_eq!(clause.contents_heading.as_deref(), Some("Godkännande av avtal"));
}

#[test]
fn validity_has_two_trees_and_each_condition_one_leaf() {
    let programme = lua_2008();
    let leaves = |id: &str| -> Vec<Condition> {
        let tree = programme.validity(id).expect("the tree is in the programme");
        tree.leaves.iter().map(|leaf| leaf.condition).collect()
    };
    assert_eq!(leaves("binding"), [Condition::ApprovedByMunicipality, Condition::ApprovedByState]);
    let mut all = [leaves("binding"), leaves("complete")].concat();
    all.sort_unstable();
    assert_eq!(all, Condition::ALL);
    assert_eq!(programme.validity("complete").expect("it is there").includes, ["binding"]);
}

#[test]
fn a_changed_day_in_the_definition_moves_every_duty_that_rests_on_it_and_the_edition() {
    let mut files = crate::table::files();
    files.definition = files.definition.replacen("{ yearly = \"10-01\" }", "{ yearly = \"10-15\" }", 1);
    let changed = Programme::read(&files).expect("the definition is whole");
    let stockholm: OrganisationId = "0180".into();
    let scope = kvarter_domain::duty::Scope::offered(&changed, &stockholm);
    let duties = kvarter_domain::duty::concretise(&changed, &scope, "2008-10-20".parse().expect("a day"));
    let days: Vec<String> = duties
        .iter()
        .filter(|d| d.obligation.as_str() == "report-followup")
        .filter_map(|d| d.effective.map(|day| day.to_string()))
        .collect();
    assert_eq!(days, ["2009-10-15", "2010-10-15"]);
    assert_ne!(changed.edition, lua_2008().edition);
}

#[test]
fn codes_have_the_shape_of_their_system_and_the_prefix_of_their_municipality() {
    each("codes.md", |row| {
        let found = match CodeSystem::from_code(row.cell("system")) {
            None => Some("code-system-unknown".to_owned()),
            Some(system) => {
                let district = District {
                    municipality: row.cell("municipality").into(),
                    code: row.cell("code").to_owned(),
                    system,
                    name: "Husby".into(),
                };
                check(&[district], "districts").err().map(|problems| problems.0[0].code.clone())
            }
        };
        same("problem", found.as_deref(), row.maybe("found"))
    });
}

/// The text that ships is the source document's, word for word and nothing added, apart from the ids of
/// clauses and the mark where a contact detail is left out.
#[test]
fn the_text_is_the_source_documents_own() {
    let path = folder().join("../../../shared/source/lokalt-utvecklingsavtal-stockholm-2008-2010.md");
    let Ok(document) = std::fs::read_to_string(&path) else {
        // A checkout without the source document beside it has nothing to compare with.
        return;
    };
    let plain: String = document
        .replace(
            "[www.regeringen.se/urbanutveckling](http://www.regeringen.se/urbanutveckling)",
            "www.regeringen.se/urbanutveckling",
        )
        .replace("\\_", "_")
        .chars()
        .filter(|c| !matches!(c, '*' | '#'))
        .collect();
    let document = squeeze(&plain);
    let programme = lua_2008();
    for sentence in programme.text().iter().flat_map(|c| &c.paragraphs).flat_map(|p| &p.sentences) {
        let mut parts: Vec<&str> = sentence.text.split(" […].").collect();
        if sentence.text == "Stockholm, _____ 2008" {
            parts = vec!["Stockholm, _____"];
        }
        for part in parts {
            assert!(document.contains(part), "{}: {part}", sentence.id);
        }
    }
}
