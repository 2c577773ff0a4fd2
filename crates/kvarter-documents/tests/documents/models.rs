//! Documents with real content, to be rendered by the tests.

use kvarter_documents::Document;
use kvarter_documents::model::{
    Act, Agreement, AgreementDistrict, Attestation, Collaboration, CollaborationCommitment, Fact, Language,
    Letter, MatrixCell, MatrixColumn, MatrixRow, Minutes, Original, Overview, OverviewColumns, OverviewGroup,
    OverviewRow, ProofNode, ProofTree, Section, SignatureLine, SignedParty, SigningMatrix, Tone, Total,
    ValidityCertificate,
};

pub(crate) const AGREEMENT: &str = include_str!("../../../../programmes/lua-2008/agreement.typ");
pub(crate) const LETTER: &str = include_str!("../../../../programmes/lua-2008/letter.typ");

pub(crate) fn moment() -> jiff::Timestamp {
    "2008-09-18T08:00:00Z".parse().expect("a moment")
}

pub(crate) fn agreement_document(model: &Agreement) -> Document<'_> {
    Document::Agreement { model, template: AGREEMENT }
}

pub(crate) fn letter_document(model: &Letter) -> Document<'_> {
    Document::Letter { model, template: LETTER }
}

fn district(name: &str, code: &str) -> AgreementDistrict {
    AgreementDistrict { name: name.into(), code: code.into(), code_system: "SAMS".into() }
}

fn line(place: &str, day: Option<&str>, name: &str) -> SignatureLine {
    SignatureLine { place: place.into(), day: day.map(Into::into), year: "2008".into(), name: name.into() }
}

/// Stockholm's agreement as the source has it: signed by the state, not yet by the municipality.
pub(crate) fn stockholm(original: Original) -> Agreement {
    Agreement {
        reference: "IJ2008/1818/IU".into(),
        original,
        municipality: "Stockholms kommun".into(),
        districts: vec![
            district("Husby", "01800154"),
            district("Rinkeby", "01800148"),
            district("Rågsved", "01800063"),
            district("Skärholmen", "01800143"),
            district("Tensta", "01800151"),
        ],
        state: line("Stockholm", Some("18/9"), "Nyamko Sabuni"),
        municipality_signature: line("Stockholm", None, "Sten Nordin"),
    }
}

/// An agreement with as many districts as asked for, some with names that are hard to set.
pub(crate) fn with_districts(count: usize) -> Agreement {
    let names = [
        "Väster",
        "Öster om ån",
        "”Gamla stan”",
        "Norra Ängby-Åkerö",
        "Södra Bjärshög",
        "Mårtensdal",
        "Sjöängen",
    ];
    Agreement {
        reference: "IJ2008/1818/IU".into(),
        original: Original::A,
        municipality: "Växjö kommun".into(),
        districts: (0..count).map(|n| district(names[n % names.len()], &format!("0780{n:04}"))).collect(),
        state: line("Stockholm", None, "Nyamko Sabuni"),
        municipality_signature: line("Växjö", None, "Kommunstyrelsens ordförande"),
    }
}

pub(crate) fn letter() -> Letter {
    let send_list = [
        "Borås stad",
        "Botkyrka kommun",
        "Gävle kommun",
        "Göteborgs Stad",
        "Halmstads kommun",
        "Haninge kommun",
        "Huddinge kommun",
        "Jönköpings kommun",
        "Kristianstads kommun",
        "Landskrona kommun",
        "Linköping kommun",
        "Luleå kommun",
        "Malmö stad",
        "Nacka kommun",
        "Norrköpings kommun",
        "Stockholms stad",
        "Sundsvalls kommun",
        "Södertälje kommun",
        "Trollhättans stad",
        "Uppsala kommun",
        "Växjö kommun",
    ];
    Letter {
        department: "Integrations- och jämställdhetsdepartementet".into(),
        unit: "Enheten för integration och urban utveckling".into(),
        officer_title: "Departementssekreterare".into(),
        officer: "Evert Kroes".into(),
        date: "2008-09-18".into(),
        reference: "IJ2008/1818/IU".into(),
        attachment: Some("Bilaga".into()),
        recipient: "Se Sändlista".into(),
        offer_reference: "IJ2008/1218/IU".into(),
        return_address: vec![
            "Integrations- och Jämställdhetsdepartementet".into(),
            "Enheten för integration och urban utveckling".into(),
            "103 33 Stockholm".into(),
        ],
        return_reference: "IJ2007/1818/STO".into(),
        web_page: "www.regeringen.se/urbanutveckling".into(),
        links_to: "Evert Kroes".into(),
        send_list: send_list.map(Into::into).into(),
    }
}

pub(crate) fn overview() -> Overview {
    let row = |duty: &str, last: &str, reported: &str, standing: &str, tone| OverviewRow {
        duty: duty.into(),
        last_day: last.into(),
        reported: reported.into(),
        standing: standing.into(),
        tone,
    };
    Overview {
        language: Language::Sv,
        title: "Nationell översikt 2009".into(),
        subtitle: "Vem redovisade vad, och när. Läget den 31 december 2009.".into(),
        reference: "lua-2008, översikt 2009".into(),
        introduction: vec!["Åtagandena i de lokala utvecklingsavtalen binder båda parter.".into()],
        totals: vec![
            Total { figure: "14".into(), label: "uppfyllda i tid".into() },
            Total { figure: "2".into(), label: "uppfyllda för sent".into() },
            Total { figure: "1".into(), label: "försenade".into() },
        ],
        columns: OverviewColumns {
            duty: "Åtagande".into(),
            last_day: "Sista dag".into(),
            reported: "Redovisat".into(),
            standing: "Läge".into(),
        },
        groups: vec![
            OverviewGroup {
                name: "Staten".into(),
                note: None,
                rows: vec![
                    row(
                        "§ 6 Sammanställning av utvecklingen i alla stadsdelar",
                        "varje år",
                        "2009-11-20",
                        "uppfyllt",
                        Tone::Good,
                    ),
                    row("§ 7 Nationell konferens", "varje år", "", "löpande", Tone::Open),
                ],
            },
            OverviewGroup {
                name: "Stockholms kommun".into(),
                note: Some("I kraft sedan 2008-10-20".into()),
                rows: vec![
                    row(
                        "§ 4 Strategisk stadsdelsplan, Husby",
                        "2009-12-31",
                        "2009-12-29",
                        "uppfyllt",
                        Tone::Good,
                    ),
                    row(
                        "§ 4 Strategisk stadsdelsplan, Rågsved",
                        "2009-12-31",
                        "2010-01-04",
                        "uppfyllt för sent",
                        Tone::Remark,
                    ),
                    row("§ 4 Strategisk stadsdelsplan, Skärholmen", "2009-12-31", "", "försenat", Tone::Bad),
                    row("§ 6 Redovisning av utvecklingen", "2009-10-01", "", "anstånd", Tone::Excused),
                ],
            },
        ],
        notes: vec!["Sista dagen räknas in.".into()],
    }
}

pub(crate) fn signing_matrix() -> SigningMatrix {
    let cell = |done| MatrixCell { done, note: done.then(|| "2008-09-18".to_owned()) };
    let cells = vec![cell(true), cell(false), cell(true), cell(false)];
    let column =
        |original: &str, party: &str| MatrixColumn { original: original.into(), party: party.into() };
    SigningMatrix {
        language: Language::Sv,
        title: "Signeringskontroll".into(),
        subtitle: "Lokalt utvecklingsavtal, Stockholms kommun".into(),
        reference: "539-1756/2008".into(),
        introduction: vec!["Kryssa varje sida när parten har signerat den.".into()],
        row_head: "Sida".into(),
        columns: vec![
            column("Exemplar A", "Staten"),
            column("Exemplar A", "Kommunen"),
            column("Exemplar B", "Staten"),
            column("Exemplar B", "Kommunen"),
        ],
        rows: (1..=7)
            .map(|page| MatrixRow { label: page.to_string(), cells: cells.clone() })
            .chain([MatrixRow { label: "Underskrift, sida 7".into(), cells: cells.clone() }])
            .collect(),
        attestation: Attestation {
            text: "Jag intygar att märkena ovan finns i originalen.".into(),
            lines: vec!["Ort och datum".into(), "Registrator".into()],
        },
    }
}

pub(crate) fn certificate() -> ValidityCertificate {
    let leaf = |label: &str, tone, standing: &str, evidence: &str| ProofNode {
        label: label.into(),
        tone,
        standing: standing.into(),
        evidence: Some(evidence.into()),
        quotation: None,
        children: vec![],
    };
    ValidityCertificate {
        language: Language::Sv,
        title: "Giltighetsbevis".into(),
        subtitle: "Lokalt utvecklingsavtal, Stockholms kommun. Läget den 25 september 2008.".into(),
        reference: "539-1756/2008".into(),
        facts: vec![Fact { label: "Avtal".into(), value: "lua-2008/0180".into() }],
        verdict: "Ännu inte i kraft: två villkor saknas.".into(),
        tone: Tone::Open,
        trees: vec![ProofTree {
            title: "Bindande".into(),
            root: ProofNode {
                label: "Avtalet är godkänt av båda parter".into(),
                tone: Tone::Open,
                standing: "saknas".into(),
                evidence: None,
                quotation: Some("”Detta avtal ska godkännas av kommunstyrelsen”".into()),
                children: vec![
                    leaf("Godkänt för staten", Tone::Good, "uppfyllt", "Underskrivet 2008-09-18"),
                    leaf("Godkänt av kommunstyrelsen", Tone::Bad, "saknas", "Beslut är inte registrerat"),
                ],
            },
        }],
        closing: vec!["Beviset kan prövas mot diariets logg.".into()],
    }
}

pub(crate) fn collaboration() -> Collaboration {
    let fact = |label: &str, value: &str| Fact { label: label.into(), value: value.into() };
    let party = |name: &str, short: &str| SignedParty {
        name: name.into(),
        short: short.into(),
        place_and_day: "Ort och dag".into(),
        name_in_clear: "Underskrift och namnförtydligande".into(),
    };
    let commitment = |number: usize, who: &str| CollaborationCommitment {
        heading: format!("{number}. {who}"),
        what: vec![
            "Handläggare finns på plats i Husby två dagar i veckan, i samma lokal som kommunens vägledare."
                .into(),
        ],
        facts: vec![
            fact("Senast", "2009-06-30"),
            fact("Inom ordinarie budget", "En halv tjänst inom kontorets ordinarie anslag."),
            fact("Stadsdelsplan", "Husby 1"),
            fact("Utgår från", "Fler i arbete (g1)"),
        ],
    };
    Collaboration {
        language: Language::Sv,
        title: "Samverkansöverenskommelse".into(),
        version: "Version 2".into(),
        reference: "lua-2008/0180/forsakringskassan/collaboration".into(),
        municipality: party("Stockholms kommun", "Kommunen"),
        partner: party("Försäkringskassan", "Parten"),
        facts: vec![
            fact("Träffas enligt", "Lokala utvecklingsavtal 2008–2010"),
            fact("Gäller", "2009-01-01 – 2010-12-31"),
        ],
        purpose_heading: "Syfte".into(),
        purpose: vec!["Fler i arbete i Husby, med stöd där de bor.".into()],
        commitments_heading: "Åtaganden".into(),
        commitments: (1..=4)
            .map(|n| commitment(n, if n % 2 == 0 { "Stockholms kommun" } else { "Försäkringskassan" }))
            .collect(),
        closing_heading: "Giltighet och revidering".into(),
        closing: vec!["Var och en av parterna utför sina åtaganden inom sin ordinarie budget.".into()],
        signing_heading: "Underskrifter".into(),
    }
}

pub(crate) fn minutes() -> Minutes {
    let fact = |label: &str, value: &str| Fact { label: label.into(), value: value.into() };
    Minutes {
        language: Language::Sv,
        title: "Protokollsutdrag".into(),
        body: "Kommunstyrelsen".into(),
        organisation: "Stockholms kommun".into(),
        reference: "539-1756/2008".into(),
        paragraph: "§ 21".into(),
        heading: "Lokalt utvecklingsavtal för perioden 2008–2010".into(),
        facts: vec![fact("Sammanträdesdag", "2008-10-15"), fact("Justerat", "2008-10-16")],
        sections: vec![Section {
            heading: Some("Beslut".into()),
            paragraphs: vec!["Kommunstyrelsen godkänner avtalet.".into()],
        }],
        mark: Some("Egen fortsättning för demonstration; ingår inte i källan.".into()),
        signed_by: vec![fact("Vid protokollet", "Sekreteraren")],
    }
}

pub(crate) fn act() -> Act {
    Act {
        language: Language::En,
        title: "Yearly account 2009".into(),
        sender: "Stockholms kommun".into(),
        reference: "539-1756/2008".into(),
        facts: vec![Fact { label: "Received".into(), value: "2009-09-30".into() }],
        sections: vec![Section {
            heading: Some("Work".into()),
            paragraphs: vec!["How the districts have developed.".into(), "“Quoted” – and more.".into()],
        }],
        mark: None,
    }
}
