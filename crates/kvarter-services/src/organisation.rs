//! Organisations and the districts' codes that municipalities register.

use kvarter_domain::access::{Act, Thing};
use kvarter_domain::district::{self, CodeSystem, District};
use kvarter_domain::event::Happened;
use kvarter_domain::ids::{OrganisationId, ProgrammeId};
use kvarter_domain::organisation::{Alias, Organisation, OrganisationKind, check_orgnr, resolve};
use kvarter_domain::partnership::{SHORT_MAX, check_text, slug_of};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::text::squeeze;
use serde_json::json;
use std::collections::BTreeSet;

use crate::App;
use crate::context::Ctx;
use crate::error::Result;

/// The most that a list of districts may hold, in bytes.
const LIST_BYTES_MAX: usize = 1024 * 1024;

/// Every organisation with the names it goes by.
///
/// # Errors
/// When the store cannot be read.
pub async fn all(app: &App) -> Result<(Vec<Organisation>, Vec<Alias>)> {
    let mut tx = app.store.read().await?;
    Ok((tx.every::<Organisation>().await?, tx.every::<Alias>().await?))
}

/// Enters a state authority, so that its people can sign in and act where it takes part in a partnership.
///
/// # Errors
/// Everything to correct; when the actor may not.
pub async fn register_authority(
    ctx: &Ctx,
    app: &App,
    programme: &ProgrammeId,
    name: &str,
    orgnr: Option<&str>,
) -> Result<OrganisationId> {
    let programme = app.programme(programme)?;
    ctx.require(Act::ManageOrganisations, &Thing::Of(programme.state.organisation.clone()))?;
    let mut tx = app.store.write().await?;
    let known = tx.every::<Organisation>().await?;
    let aliases = tx.every::<Alias>().await?;
    let name = squeeze(name);
    let organisation = Organisation {
        id: slug_of(&name).into(),
        kind: OrganisationKind::Authority,
        name,
        orgnr: orgnr.map(squeeze).filter(|orgnr| !orgnr.is_empty()),
    };
    let mut problems = check_text(&organisation.name, "name", "organisation-name-missing", SHORT_MAX);
    problems.add_if(!organisation.name.is_empty() && organisation.id.as_str().is_empty(), || {
        Problem::new("partner-name-unreadable", "name").with("name", &organisation.name)
    });
    if let Some(orgnr) = &organisation.orgnr
        && let Err(problem) = check_orgnr(orgnr, "orgnr")
    {
        problems.add(problem);
    }
    let same = known.iter().any(|other| other.id == organisation.id)
        || resolve(&known, &aliases, &organisation.name).is_some();
    problems.add_if(same, || Problem::new("organisation-twice", "name").with("name", &organisation.name));
    problems.or(())?;
    tx.insert(&organisation).await?;
    let summary = json!({ "kind": organisation.kind });
    ctx.append(&mut tx, Happened::OrganisationRegistered, organisation.id.as_str(), summary).await?;
    tx.commit().await?;
    Ok(organisation.id)
}

/// Registers districts with their codes from a list: `municipality,code,name` with a heading, in one act.
///
/// The municipality may be written by code or by any name it goes by. A list replaces nothing: a code that
/// is registered already with the same name is passed over.
///
/// # Errors
/// Every fault in every row, by line; nothing is written then.
pub async fn register_districts(ctx: &Ctx, app: &App, programme: &ProgrammeId, list: &[u8]) -> Result<usize> {
    let programme = app.programme(programme)?;
    ctx.require(Act::ManageOrganisations, &Thing::Of(programme.state.organisation.clone()))?;
    let mut tx = app.store.write().await?;
    let organisations = tx.every::<Organisation>().await?;
    let aliases = tx.every::<Alias>().await?;
    let registered = tx.every::<District>().await?;
    let mut problems = Problems::none();
    let rows = read_list(list, programme.district_system, &organisations, &aliases, &mut problems);
    let municipalities: BTreeSet<_> = rows.iter().map(|(_, d)| d.municipality.clone()).collect();
    for municipality in &municipalities {
        let of_one: Vec<District> =
            rows.iter().filter(|(_, d)| d.municipality == *municipality).map(|(_, d)| d.clone()).collect();
        let lines: Vec<usize> =
            rows.iter().filter(|(_, d)| d.municipality == *municipality).map(|(line, _)| *line).collect();
        if let Err(found) = district::check(&of_one, "districts") {
            problems.0.extend(found.0.into_iter().map(|problem| at_line(problem, &lines)));
        }
    }
    for (line, new) in &rows {
        let clash =
            registered.iter().any(|d| d.code == new.code && d.system == new.system && d.name != new.name);
        problems.add_if(clash, || {
            Problem::new("district-code-registered-otherwise", format!("districts:{line}"))
                .with("code", &new.code)
        });
    }
    problems.or(())?;
    let mut added = 0;
    for (_, district) in rows {
        if !registered.iter().any(|d| d.code == district.code && d.system == district.system) {
            tx.insert(&district).await?;
            added += 1;
        }
    }
    if added > 0 {
        ctx.append(
            &mut tx,
            Happened::DistrictsRegistered,
            programme.id.as_str(),
            json!({ "districts": added }),
        )
        .await?;
        tx.commit().await?;
    }
    Ok(added)
}

/// A problem in the nth row of one municipality, told by its line in the list.
fn at_line(mut problem: Problem, lines: &[usize]) -> Problem {
    let nth = problem.place.trim_start_matches("districts[").trim_end_matches(']').parse::<usize>();
    if let Some(line) = nth.ok().and_then(|nth| lines.get(nth.wrapping_sub(1))) {
        problem.place = format!("districts:{line}");
    }
    problem
}

/// What parts the columns: Swedish spreadsheets write semicolons, others commas.
fn separator(text: &str) -> u8 {
    let heading = text.lines().next().unwrap_or_default();
    if heading.contains(';') && !heading.contains(',') { b';' } else { b',' }
}

fn read_list(
    list: &[u8],
    system: CodeSystem,
    organisations: &[Organisation],
    aliases: &[Alias],
    problems: &mut Problems,
) -> Vec<(usize, District)> {
    let mut rows = Vec::new();
    if list.len() > LIST_BYTES_MAX {
        problems.add(Problem::new("list-too-large", "districts").with("bytes_max", LIST_BYTES_MAX));
        return rows;
    }
    let Ok(text) = std::str::from_utf8(list) else {
        problems.add(Problem::new("list-not-text", "districts"));
        return rows;
    };
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let heading: Vec<String> =
        reader.headers().map(|h| h.iter().map(str::to_lowercase).collect()).unwrap_or_default();
    let column = |name: &str| heading.iter().position(|h| h == name);
    let (Some(municipality_at), Some(code_at), Some(name_at)) =
        (column("municipality"), column("code"), column("name"))
    else {
        problems.add(
            Problem::new("list-without-columns", "districts:1").with("columns", "municipality,code,name"),
        );
        return rows;
    };
    for row in reader.records() {
        let Ok(row) = row else {
            problems.add(Problem::new("list-row-unreadable", format!("districts:{}", rows.len() + 2)));
            continue;
        };
        let line = row.position().map_or(0, |p| usize::try_from(p.line()).unwrap_or(0));
        let cell = |at: usize| squeeze(row.get(at).unwrap_or_default());
        let written = cell(municipality_at);
        match resolve(organisations, aliases, &written) {
            Some(municipality) => rows.push((
                line,
                District {
                    municipality: municipality.id.clone(),
                    code: cell(code_at),
                    system,
                    name: cell(name_at),
                },
            )),
            None => problems
                .add(Problem::new("no-such-organisation", format!("districts:{line}")).with("name", written)),
        }
    }
    problems.add_if(rows.is_empty() && problems.is_empty(), || Problem::new("list-empty", "districts"));
    rows
}
