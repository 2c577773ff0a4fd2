//! The printed plan: whole, in both languages, with words that are hard to set, and long.

use kvarter_documents::model::{
    Fact, Language, Plan, PlanCriterion, PlanGoal, PlanGoalArea, PlanGoalColumns, PlanGoals,
    PlanIntervention, PlanInterventions, PlanLink, PlanPart, PlanPath, PlanPoint, PlanSurroundings,
    PlanTable, Section, Tone,
};
use kvarter_documents::read::{Limits, read};
use kvarter_documents::{Document, Pdf, render};

use crate::models::moment;

/// Words longer than a column, as Swedish makes them.
const LONG: &str = "Arbetsmarknadsintroduktionsverksamhetens samhällsbyggnadsförvaltningsövergripande \
                    stadsdelsutvecklingsprogramsamordning";

fn words(all: &[&str]) -> Vec<String> {
    all.iter().map(|one| (*one).to_owned()).collect()
}

fn fact(label: &str, value: &str) -> Fact {
    Fact { label: label.into(), value: value.into() }
}

fn table(heading: &str, provision: Option<&str>, columns: &[&str], rows: &[&[&str]]) -> PlanTable {
    PlanTable {
        heading: heading.into(),
        provision: provision.map(Into::into),
        introduction: Vec::new(),
        columns: words(columns),
        rows: rows.iter().map(|row| words(row)).collect(),
    }
}

fn criterion(letter: &str, name: &str, standing: &str, tone: Tone, reason: &str) -> PlanCriterion {
    PlanCriterion {
        letter: letter.into(),
        name: name.into(),
        standing: standing.into(),
        tone,
        reasons: vec![reason.into()],
        accepted: (tone == Tone::Remark)
            .then(|| "Godtas därför att samtliga parter tillför medel under 2009.".into()),
    }
}

fn goal(number: usize) -> PlanGoal {
    let point =
        |along, up, value: &str, day: &str| PlanPoint { along, up, value: value.into(), day: day.into() };
    PlanGoal {
        label: format!("Mål g{number}"),
        statement:
            "Andelen sysselsatta bland utrikes födda 20–64 år i Husby når genomsnittet för jämförbara \
                    stadsdelar"
                .into(),
        base: "52,1 procent (2006)".into(),
        target: "56 procent".into(),
        by: "2010-12-31".into(),
        facts: vec![
            fact(
                "Problem",
                "Många som vill arbeta får inte sitt första arbete, trots att arbetsplatserna i Kista ligger på gångavstånd.",
            ),
            fact("Nationellt mål", "Färre i utanförskap i stadsdelar med ett utbrett utanförskap."),
            fact("Kommunalt mål", "Stockholmarna ska vara självförsörjande."),
            fact("Mått", "Andel sysselsatta, utrikes födda 20–64 år, procent"),
            fact("Ansvarig", "Arbetsmarknadsförvaltningen"),
            fact("Parter", "Arbetsförmedlingen, Försäkringskassan"),
            fact("Insatser", "i1, i2"),
        ],
        path: Some(PlanPath {
            alternative: "Från 52,1 procent 2006 till 54 procent den 31 december 2009 och 56 procent den \
                          31 december 2010."
                .into(),
            points: vec![
                point(0, 0, "52,1", "2006"),
                point(778, 487, "54", "2009-12-31"),
                point(1000, 1000, "56", "2010-12-31"),
            ],
        }),
        criteria: vec![
            criterion(
                "S",
                "Specifikt",
                "uppfyllt",
                Tone::Good,
                "Målet har en indikator, ett målområde och en grupp, och är formulerat som ett utfall.",
            ),
            criterion(
                "M",
                "Mätbart",
                "uppfyllt",
                Tone::Good,
                "Värdet för 2009 är publicerat senast 2010-11-30. Målet går att följa upp.",
            ),
            criterion(
                "A",
                "Accepterat",
                "brister",
                Tone::Bad,
                "Försäkringskassan har inte accepterat målet. Be om accepten.",
            ),
            criterion(
                "R",
                "Realistiskt",
                "brister",
                Tone::Remark,
                "Målet kräver 0,98 procentenheter per år. Det är sällsynt: 2 av 18 jämförbara områden har haft en så stor förändring över 4 år. Längst kom Spånga-Tensta.",
            ),
            criterion(
                "T",
                "Tidsatt",
                "går inte att bedöma",
                Tone::Open,
                "Slutdatumet 2010-12-31 ligger inom avtalets tid.",
            ),
        ],
    }
}

fn intervention(number: usize) -> PlanIntervention {
    let link = |label: &str, all: &[&str]| PlanLink { label: label.into(), words: words(all) };
    PlanIntervention {
        label: format!("Insats i{number}"),
        title: "Vägen till Kista: praktik och första anställning".into(),
        description:
            "Arbetsgivare i Kista tar emot arbetssökande från Husby i tre månaders handledd praktik.".into(),
        facts: vec![
            fact("Ansvarig", "Arbetsförmedlingen"),
            fact("Tid", "2009-01-01 till 2010-12-31"),
            fact("Budget", "Arbetsförmedlingens förvaltningsanslag 2009"),
        ],
        chain: vec![
            link("Problem", &["Få har en första anställning."]),
            link("Mål", &["g1 Andelen sysselsatta ökar", "g2 Fler företag anställer lokalt"]),
            link("Insats", &["Handledd praktik hos arbetsgivare i Kista"]),
            link("Prestation", &["120 praktikplatser om året"]),
            link("Effekt", &["Hälften har arbete sex månader efter praktiken"]),
            link(
                "Lärande",
                &["Handledarna möts varje kvartal, och det som fungerar tas in i ordinarie avtal"],
            ),
        ],
    }
}

/// A plan of the eight parts, with as many goals in each area and interventions as asked for.
pub(crate) fn plan(goals: usize, interventions: usize) -> Plan {
    let part = |name: &str, point: usize, says: &str, headings: &[&str]| {
        PlanPart {
        name: name.into(),
        provision: format!("SFS 2008:348 8 § {point}"),
        quotation: says.into(),
        texts: headings
            .iter()
            .map(|heading| Section {
                heading: (headings.len() > 1).then(|| (*heading).to_owned()),
                paragraphs: vec![
                    "Husby byggdes på 1970-talet på åsen ovanför Kista. Bilar och gående är skilda åt, och från \
                     torget är det en kvart till fots till en av landets största arbetsplatser.\n\nAvståndet är \
                     kort på kartan och långt i vardagen: gångvägen går över motorvägen."
                        .into(),
                ],
            })
            .collect(),
        ..PlanPart::default()
    }
    };
    let areas = ["Arbete", "Utbildning", "Trygghet", "Tillväxt"];
    let area = |at: usize| PlanGoalArea {
        name: areas[at].into(),
        goals: (0..goals).map(|n| goal(at * goals + n + 1)).collect(),
        nothing: "Inget mål är formulerat.".into(),
    };
    let mut parts = vec![
        part(
            "Lägesbeskrivning",
            1,
            "en lägesbeskrivning utifrån fysiska, sociala och ekonomiska aspekter",
            &["Fysiska aspekter", "Sociala aspekter", "Ekonomiska aspekter"],
        ),
        part("Analys", 2, "en analys av stadsdelens förutsättningar och utvecklingsmöjligheter", &["Analys"]),
        part(
            "Mål",
            3,
            "direkt uppföljningsbara mål för stadsdelens utveckling i fråga om arbete, utbildning, trygghet och tillväxt",
            &[],
        ),
        part("Strategi", 4, "en strategi för det urbana utvecklingsarbetet", &["Strategi"]),
        part("Insatser", 5, "en förteckning över insatser som förutses leda till måluppfyllelse", &[]),
        part("Uppföljning", 6, "en beskrivning av planerade uppföljningsinsatser", &["Uppföljning"]),
        part("Utvärdering", 7, "en beskrivning av planerade utvärderingsinsatser", &["Utvärdering"]),
        part(
            "Spridning och återföring",
            8,
            "en beskrivning av planerade insatser för att sprida erfarenheter och kunskaper och återföra dem till verksamheterna",
            &["Spridning", "Återföring"],
        ),
    ];
    parts[2].goals = Some(PlanGoals {
        introduction: words(&[
            "Varje mål prövas mot fem kriterier. + betyder uppfyllt, – att målet brister och ? att det inte går att bedöma.",
        ]),
        columns: PlanGoalColumns {
            goal: "Mål".into(),
            base: "Från".into(),
            target: "Till".into(),
            by: "Senast".into(),
            criteria: "SMART".into(),
        },
        areas: (0..areas.len()).map(area).collect(),
    });
    parts[4].interventions = Some(PlanInterventions {
        introduction: Vec::new(),
        list: (1..=interventions).map(intervention).collect(),
        nothing: "Inga insatser.".into(),
    });
    Plan {
        language: Language::Sv,
        sender: "Stockholms kommun".into(),
        title: "Strategisk stadsdelsplan för Husby".into(),
        subtitle: "2008–2010, version 2".into(),
        reference: "lua-2008/0180/plan/01800154/2".into(),
        digest: "SHA-256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        mark: Some("Denna plan hör till en demonstration.".into()),
        facts: vec![
            fact("Kommun", "Stockholms kommun"),
            fact("Stadsdel", "Husby, SAMS-kod 01800154"),
            fact("Avtalets tid", "2008-09-18 till 2010-12-31"),
            fact("Antagen", "2009-12-09 av partnerskapet, § 4"),
            fact("Diarienummer", "IJ2009/0042/IU"),
        ],
        provision: Some("Kommunen ska inom det lokala partnerskapet upprätta en strategisk stadsdelsplan för varje stadsdel som omfattas av detta avtal (§ 4).".into()),
        contents: "Innehåll".into(),
        changes: Some(PlanTable {
            introduction: words(&["Planen revideras varje år utifrån det som lärts."]),
            ..table("Vad som ändrats sedan förra versionen", Some("SFS 2008:348 9 §"), &["Lärdom", "Underlag", "Ändring", "Gäller"], &[
                &["De som fick handledning av en tidigare deltagare stannade oftare kvar.", "Uppföljning hösten 2009", "Handledningen bygger på tidigare deltagare.", "i1, g1"],
                &[LONG, LONG, LONG, "g1, g2, i1, i2, i3"],
            ])
        }),
        parts,
        surroundings: PlanSurroundings {
            documents: table("Dokument som beaktats", Some("SFS 2008:348 7 §"), &["Slag", "Dokument", "Hur det beaktats"], &[
                &["översiktsplanering", "Stockholms översiktsplan 1999", "Stråket mot Kista byggs inåt i stället för utåt."],
                &["strukturfondsprogram", LONG, LONG],
            ]),
            allocations: table("Hur behoven vägts in i budgeten", Some("§ 4"), &["År", "Hur behoven vägts in", "Beslut"], &[&["2009", "Resurser fördelas efter barnens förutsättningar.", "KF 2008-11-20 § 3"]]),
            consultations: table("Samråd med de boende", Some("SFS 2008:348 6 §"), &["Dag", "Vad som sades", "Vad det ledde till"], &[&["2009-11-11", "Gångvägen till Kista är mörk.", "Belysningen byts under våren 2010."]]),
            acceptances: table("Vilka som accepterat målen", Some("§ 4"), &["Mål", "Part", "Dag", "Underlag"], &[&["g1", "Arbetsförmedlingen", "2009-12-01", "Möte 2009-12-01 § 3"]]),
            sources: table("Varifrån uppgifterna kommer", None, &["Mål", "Uppgift", "Källa", "Publicerad"], &[&["g1", "52,1 procent (2006)", "Statistiska centralbyrån, registerbaserad arbetsmarknadsstatistik", "2008-01-31"]]),
        },
    }
}

/// The same plan with the words that surround it in English, as a reader of English is given it.
pub(crate) fn english() -> Plan {
    let mut plan = plan(1, 2);
    plan.language = Language::En;
    plan.title = "Strategic district plan for Husby".into();
    plan.contents = "Contents".into();
    plan
}

fn set(plan: &Plan) -> Pdf {
    let pdf = render(Document::Plan(plan), moment()).expect("a sound template");
    assert_eq!(pdf.warnings, []);
    if let Some(folder) = std::env::var_os("KVARTER_LOOK_AT") {
        let file = format!("plan-{:?}-{}.pdf", plan.language, pdf.pages);
        std::fs::write(std::path::Path::new(&folder).join(file), &pdf.bytes).expect("somewhere to look");
    }
    pdf
}

fn said(pdf: &Pdf) -> String {
    let pages = read(&pdf.bytes, Limits::default()).expect("our own file").pages;
    pages.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_plan_has_its_parts_in_order_each_with_its_provision() {
    let model = plan(1, 3);
    let said = said(&set(&model));
    let mut from = said.find("Vad som ändrats sedan förra versionen").expect("the changes");
    for part in &model.parts {
        let at = said[from..].find(&part.provision).unwrap_or_else(|| panic!("{} in {said}", part.provision));
        from += at;
    }
    for words in
        ["Spånga-Tensta", "120 praktikplatser", "Innehåll", "Stockholms översiktsplan 1999", "SHA-256"]
    {
        assert!(said.contains(words), "{words} in {said}");
    }
}

#[test]
fn a_plan_in_english_has_english_about_its_pages() {
    let said = said(&set(&english()));
    assert!(said.contains("Page 1 of") && said.contains("Contents"), "{said}");
}

#[test]
fn a_draft_with_nothing_in_it_is_still_a_document() {
    let mut model = plan(0, 0);
    model.parts.iter_mut().for_each(|part| part.texts.clear());
    model.changes = None;
    model.surroundings = PlanSurroundings::default();
    let said = said(&set(&model));
    assert!(said.contains("Inget mål är formulerat.") && said.contains("Inga insatser."), "{said}");
    assert!(render(Document::Plan(&Plan { title: "Plan".into(), ..Plan::default() }), moment()).is_ok());
}

#[test]
fn a_goal_without_a_way_and_one_whose_way_stands_still_are_set() {
    let mut model = plan(2, 0);
    let goals = model.parts[2].goals.as_mut().expect("the goals");
    goals.areas[0].goals[0].path = None;
    let path = goals.areas[0].goals[1].path.as_mut().expect("a path");
    path.points.iter_mut().for_each(|point| point.up = 500);
    set(&model);
}

#[test]
fn what_people_write_is_only_text() {
    let mut model = plan(1, 1);
    model.parts[0].texts[0].paragraphs =
        vec!["= Rubrik #panic(\"x\") $ *fet*\nnästa rad\n\nnytt stycke".into()];
    let said = said(&set(&model));
    assert!(said.contains("= Rubrik #panic(\"x\") $ *fet* nästa rad nytt stycke"), "{said}");
}

/// A plan that is as long as a book. Sixty goals and seven hundred and twenty interventions become 295 pages, which
/// takes a minute or two where nothing is optimised; a part of that shows that pages break as they should.
#[test]
fn a_plan_of_many_goals_and_interventions_runs_over_many_pages() {
    let pdf = set(&plan(3, 30));
    assert!(pdf.pages > 20, "{}", pdf.pages);
    assert!(said(&pdf).contains("Insats i30"));
}
