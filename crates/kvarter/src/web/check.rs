//! Check: is a PDF one of ours, whole and in the common words; are two of them likalydande.
//!
//! Nothing that is handed in is kept.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use kvarter_domain::ids::{AgreementId, ProgrammeId};
use kvarter_domain::likalydande::{Deviation, Hole, Instance};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::signing::Mark;
use kvarter_services::{Error, likalydande, verification};

use super::Served;
use super::error::{Failure, OrPage as _, Result};
use super::form::{Form, Sent};
use super::page::{Frame, show_with};
use super::paths;
use super::request::Visit;
use crate::language::Words;
use crate::verdict::Told;

/// How many departures are shown; what differs from there on is counted.
const SHOWN_MAX: usize = 40;

#[derive(Template)]
#[template(path = "check/page.html")]
struct Page {
    frame: Frame,
    l: Words,
    form: Form,
    outcome: Option<Outcome>,
    /// Each file's signatures: its name, and what was found.
    verified: Vec<(String, Told)>,
}

/// What was found.
struct Outcome {
    good: bool,
    title: String,
    /// Sentences under the title.
    says: Vec<String>,
    /// The agreement it belongs to: words and address.
    agreement: Option<(String, String)>,
    /// What stands in the holes: name and value, or name and both values.
    holes: Vec<(String, String)>,
    different: Vec<(String, String, String)>,
    departures: Vec<Departures>,
}

/// Departures of one text from another.
struct Departures {
    heading: String,
    old: String,
    new: String,
    shown: Vec<Departure>,
    more: usize,
}

/// One departure.
struct Departure {
    place: String,
    kind: String,
    before: String,
    expected: String,
    found: String,
    after: String,
}

/// The page, before anything has been handed in.
///
/// # Errors
/// Never, so far; like every handler it may.
pub async fn page(State(_): State<Served>, visit: Visit) -> Result {
    Ok(shown(&visit, StatusCode::OK, Form::default(), None, Vec::new()))
}

fn shown(
    visit: &Visit,
    status: StatusCode,
    form: Form,
    outcome: Option<Outcome>,
    verified: Vec<(String, Told)>,
) -> axum::response::Response {
    let l = visit.l;
    let mut frame = Frame::new(visit, "nav-check", l.t("check-title"));
    frame.failed = !form.problems.is_empty();
    show_with(status, &Page { frame, l, form, outcome, verified })
}

/// Looks at one file, or compares two.
///
/// # Errors
/// When the store cannot be read.
pub async fn compare(State(served): State<Served>, visit: Visit, sent: Sent) -> Result {
    let l = visit.l;
    let files = (sent.file("a"), sent.file("b"));
    let names = [&files.0, &files.1].map(|file| file.as_ref().map(|f| f.name.clone()).unwrap_or_default());
    let programme = served.app.programmes().next().map(|p| p.id.clone());
    let programme = programme.ok_or(Error::NotFound).or_page(&visit)?;
    let (mut verified, mut ours, mut collaboration) = (Vec::new(), false, None);
    for one in [&files.0, &files.1].into_iter().flatten() {
        let found = verification::verify(&visit.ctx, &served.app, one.bytes.clone()).await.or_page(&visit)?;
        ours |= found.known.is_some();
        collaboration = found.collaboration.clone().or(collaboration);
        // What nobody has signed with a key has nothing to show of it.
        if !found.report.signatures.is_empty() || found.known.is_some() {
            verified.push((one.name.clone(), Told::of(&found, l)));
        }
    }
    let found = match files {
        (Some(a), Some(b)) => two(&served, &visit, &programme, a, b).await,
        (Some(_), None) | (None, Some(_)) if collaboration.is_some() => {
            Ok(of_collaboration(collaboration, l))
        }
        (Some(one), None) | (None, Some(one)) => one_file(&served, &visit, &programme, one).await,
        (None, None) => Err(Problem::new("upload-missing", "a").into()),
    };
    match found {
        Ok(mut outcome) => {
            if ours {
                // A signed version is not the file that was issued, and is ours all the same.
                outcome.says.retain(|said| *said != l.t("check-is-common-but"));
            }
            Ok(shown(&visit, StatusCode::OK, Form::default(), Some(outcome), verified))
        }
        Err(Error::Problems(problems)) => {
            let form = Form::again(&sent, &at_fields(problems, &names), l, String::new());
            Ok(shown(&visit, StatusCode::UNPROCESSABLE_ENTITY, form, None, verified))
        }
        Err(other) => Err(Failure::new(visit, other)),
    }
}

/// A problem whose place is no field of the form stands at the first; each names its file.
fn at_fields(mut problems: Problems, names: &[String; 2]) -> Problems {
    for problem in &mut problems.0 {
        if !matches!(problem.place.as_str(), "a" | "b") {
            problem.place = "a".to_owned();
        }
        let name = &names[usize::from(problem.place == "b")];
        problem.args.entry("name".to_owned()).or_insert_with(|| name.clone());
    }
    problems
}

async fn one_file(
    served: &Served,
    visit: &Visit,
    programme: &ProgrammeId,
    upload: kvarter_services::registry::Upload,
) -> kvarter_services::Result<Outcome> {
    let l = visit.l;
    let checked = likalydande::check(&visit.ctx, &served.app, programme, upload).await?;
    let clean = checked.instance.deviations.is_empty();
    let (title, mut says) = match (&checked.original, clean) {
        (Some((_, mark)), _) => {
            (l.with("check-is-original", [("mark", mark.code())]), vec![l.t("check-to-the-byte")])
        }
        (None, true) => (l.t("check-is-common"), vec![l.t("check-is-common-but")]),
        (None, false) => (l.t("check-deviates"), Vec::new()),
    };
    if checked.original.is_none() && !checked.same_wording.is_empty() {
        let marks: Vec<&str> = checked.same_wording.iter().map(|(_, mark)| mark.code()).collect();
        says.push(l.with("check-same-wording", [("marks", marks.join(", "))]));
    }
    says.push(l.with("check-digest", [("digest", checked.digest.as_str())]));
    let belongs = checked.original.as_ref().or(checked.same_wording.first());
    Ok(Outcome {
        good: checked.original.is_some() || clean,
        title,
        says,
        agreement: belongs.map(|one| agreement(one, l)),
        holes: holes(&checked.instance, l),
        different: Vec::new(),
        departures: departures(&checked.instance.deviations, l.t("check-from-common"), l, true)
            .into_iter()
            .collect(),
    })
}

/// A collaboration agreement's own file has no common text to be laid beside.
fn of_collaboration(known: Option<verification::KnownCollaboration>, l: Words) -> Outcome {
    let belongs =
        known.as_ref().map(|known| (l.t("check-of-collaboration"), paths::collaboration(&known.partner)));
    Outcome {
        good: true,
        title: l.t("check-is-collaboration"),
        says: vec![l.t("check-to-the-byte")],
        agreement: belongs,
        holes: Vec::new(),
        different: Vec::new(),
        departures: Vec::new(),
    }
}

fn agreement((id, mark): &(AgreementId, Mark), l: Words) -> (String, String) {
    let words = l.with("check-of-agreement", [("mark", mark.code()), ("agreement", id.as_str())]);
    (words, paths::agreement(id))
}

async fn two(
    served: &Served,
    visit: &Visit,
    programme: &ProgrammeId,
    a: kvarter_services::registry::Upload,
    b: kvarter_services::registry::Upload,
) -> kvarter_services::Result<Outcome> {
    let l = visit.l;
    let found = likalydande::compare_uploads(&visit.ctx, &served.app, programme, a, b).await?;
    let key = match (found.identical, found.likalydande, found.same_text) {
        (true, _, true) => "identical",
        (_, true, true) => "likalydande",
        (_, true, false) => "likalydande-but",
        (_, _, true) => "same-text",
        _ => "different",
    };
    let says = vec![l.t(&format!("check-{key}-why"))];
    let lists = [
        departures(&found.deviations, l.t("check-from-first"), l, false),
        departures(&found.a_from_template, l.t("check-first-from-common"), l, true),
        departures(&found.b_from_template, l.t("check-second-from-common"), l, true),
    ];
    Ok(Outcome {
        good: found.likalydande && found.same_text,
        title: l.t(&format!("check-{key}")),
        says,
        agreement: None,
        holes: Vec::new(),
        different: found
            .differences
            .iter()
            .map(|one| (hole(one.hole, l), or_blank(&one.a, l), or_blank(&one.b, l)))
            .collect(),
        departures: lists.into_iter().flatten().collect(),
    })
}

fn hole(hole: Hole, l: Words) -> String {
    let code = serde_json::to_value(hole).ok();
    let code = code.as_ref().and_then(|v| v.as_str()).unwrap_or_default().replace('_', "-");
    l.t(&format!("check-hole-{code}"))
}

fn or_blank(value: &str, l: Words) -> String {
    if value.trim().is_empty() { l.t("check-left-blank") } else { value.to_owned() }
}

fn holes(instance: &Instance, l: Words) -> Vec<(String, String)> {
    let values = instance.parameters.values.iter().map(|(one, value)| (hole(*one, l), or_blank(value, l)));
    let districts = instance.parameters.districts.iter().map(|d| format!("{} {}", d.name, d.code));
    let districts = districts.collect::<Vec<_>>().join(", ");
    let listed = (!districts.is_empty()).then(|| (l.t("check-districts"), districts));
    values.chain(listed).collect()
}

fn departures(found: &[Deviation], heading: String, l: Words, common: bool) -> Option<Departures> {
    if found.is_empty() {
        return None;
    }
    let shown = found.iter().take(SHOWN_MAX).map(|one| {
        let page = one.page.to_string();
        let place = match &one.clause {
            Some(clause) => l.with(
                "check-place-clause",
                [
                    ("page", page.as_str()),
                    ("clause", &l.clause(&clause.number.to_string())),
                    ("heading", &clause.heading),
                ],
            ),
            None => l.with("check-place", [("page", page.as_str())]),
        };
        let kind = serde_json::to_value(one.kind).ok();
        let kind = kind.as_ref().and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        Departure {
            place,
            kind: l.t(&format!("check-kind-{kind}")),
            before: one.before.clone(),
            expected: one.expected.clone(),
            found: one.found.clone(),
            after: one.after.clone(),
        }
    });
    Some(Departures {
        heading,
        old: l.t(if common { "check-common-text" } else { "check-first-file" }),
        new: l.t(if common { "check-this-file" } else { "check-second-file" }),
        shown: shown.collect(),
        more: found.len().saturating_sub(SHOWN_MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kvarter_domain::likalydande::Kind;
    use kvarter_domain::text::Language;

    const HOLES: [Hole; 15] = [
        Hole::Reference,
        Hole::Original,
        Hole::Municipality,
        Hole::Districts,
        Hole::DistrictName,
        Hole::DistrictCode,
        Hole::CodeSystem,
        Hole::StatePlace,
        Hole::StateDay,
        Hole::StateYear,
        Hole::StateSignatory,
        Hole::MunicipalityPlace,
        Hole::MunicipalityDay,
        Hole::MunicipalityYear,
        Hole::MunicipalitySignatory,
    ];

    #[test]
    fn every_hole_and_every_kind_of_departure_has_its_words() {
        let kinds = [Kind::Changed, Kind::Missing, Kind::Added, Kind::Moved, Kind::Foot, Kind::Hole];
        for l in [Words(Language::Sv), Words(Language::En)] {
            for one in HOLES {
                assert!(!hole(one, l).contains('['), "{}", hole(one, l));
            }
            for kind in kinds {
                let deviation = Deviation {
                    kind,
                    page: 1,
                    clause: None,
                    at: 1,
                    expected: String::new(),
                    found: String::new(),
                    before: String::new(),
                    after: String::new(),
                };
                let found = departures(&[deviation], String::new(), l, true).expect("one departure");
                assert!(!found.shown[0].kind.contains('['), "{}", found.shown[0].kind);
            }
        }
    }
}
