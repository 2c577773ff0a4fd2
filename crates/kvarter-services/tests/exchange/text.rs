//! Markdown.

use kvarter_domain::plan::part::{Key, Kind};
use kvarter_services::plan_exchange::{read_markdown, settled, write_markdown};
use proptest::prelude::*;

use crate::world::{found, plans, terms, whole};

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_was_written_is_read_again(plan in plans()) {
        let settled = settled(&plan);
        let read = read_markdown(&write_markdown(&plan, &terms()), &[], &terms()).expect("our own words");
        prop_assert_eq!(&read, &settled);
        let again = read_markdown(&write_markdown(&read, &terms()), &[], &terms()).expect("our own words");
        prop_assert_eq!(again, read);
    }

    #[test]
    fn whatever_somebody_writes_is_answered(text in "(#{0,4} ?|\\*\\*|Mål|g1|:|\n| |[a-zåäö]{1,9}|\\PC){0,40}") {
        let _ = read_markdown(&text, &[], &terms());
    }
}

#[test]
fn a_whole_plan_is_written_for_people_and_read_as_it_was() {
    let plan = whole();
    let text = write_markdown(&plan, &terms());
    for line in [
        "# Strategisk stadsdelsplan",
        "## Lägesbeskrivning",
        "### Sociala aspekter",
        "### g1",
        "**Målområde:** arbete",
        "**Basvärde:** 52,1",
        "**Basvärdets period:** 2005–2007",
        "**Delmål:** 2009-12-31: 54,25",
        "\\# långt i vardagen",
    ] {
        assert!(text.lines().any(|written| written.trim_end() == line), "{line} in\n{text}");
    }
    assert_eq!(read_markdown(&text, &[], &terms()).expect("our own words"), plan);
    assert_eq!(settled(&plan), plan);
}

#[test]
fn everything_that_is_wrong_is_told_at_its_line() {
    let text = "## Mål\n### g1\n**Målvarde:** 5\n**Målvärde:** mycket\n**Senast:** i morgon\n\
                **Målområde:** idrott\n**Basvärdets källa:** SCB\n### g1\n### mål ett\n## Mal\n## Mål\n";
    let problems = read_markdown(text, &[], &terms()).expect_err("wrong in eight ways");
    assert_eq!(
        found(&problems),
        [
            ("exchange-field-unknown", "plan.md:3"),
            ("exchange-no-number", "plan.md:4"),
            ("exchange-no-day", "plan.md:5"),
            ("exchange-word-unknown", "plan.md:6"),
            ("exchange-id-twice", "plan.md:8"),
            ("exchange-id-malformed", "plan.md:9"),
            ("exchange-heading-unknown", "plan.md:10"),
            ("exchange-heading-twice", "plan.md:11"),
            ("exchange-base-without-value", "plan.md:2"),
        ]
    );
    assert_eq!(problems.0[0].args["nearest"], "Målvärde");
    assert_eq!(problems.0[6].args["nearest"], "Mål");
}

#[test]
fn what_is_new_is_given_the_next_id_that_nobody_has_had() {
    let text = "## Mål\n### g2\n**Mål:** Kvar\n### Nytt mål om skolan\n**Mål:** Fler behöriga\n\
                ## Insatser\n### Ny\n**Benämning:** Läxhjälp\n";
    let taken = [Key::new(Kind::Goal, "g7"), Key::new(Kind::Intervention, "i4")];
    let plan = read_markdown(text, &taken, &terms()).expect("nothing is wrong");
    assert_eq!(plan.goals.iter().map(|goal| goal.id.as_str()).collect::<Vec<_>>(), ["g2", "g8"]);
    assert_eq!(plan.goals[1].statement, "Fler behöriga");
    assert_eq!(plan.interventions[0].id, "i5");
}

#[test]
fn a_text_that_belongs_nowhere_is_told_and_one_before_the_parts_is_for_people() {
    let text =
        "# Planen\nSkriv så här.\n## Analys\nUtan rubrik, men det finns bara en.\n## Insatser\nAllmänt.\n";
    let problems = read_markdown(text, &[], &terms()).expect_err("a text without place");
    assert_eq!(found(&problems), [("exchange-text-without-place", "plan.md:6")]);
    let plan = read_markdown(&text.replace("Allmänt.", ""), &[], &terms()).expect("nothing is wrong");
    assert_eq!(plan.text("analysis"), "Utan rubrik, men det finns bara en.");
    let problems = read_markdown("Hej!", &[], &terms()).expect_err("no plan");
    assert_eq!(found(&problems), [("exchange-nothing-found", "")]);
}
