//! A note in the agreement's margin: who owes what to whom, by when, how it stands and what shows it.
//!
//! An obligation gives many duties: one for each district, or each year, or both. A note says them all at a
//! glance: one line, or a table of years, or of districts × years.

use jiff::civil::Date;
use kvarter_domain::programme::rule::DueRule;
use kvarter_domain::programme::{Debtor, Obligation, Per};
use kvarter_services::duty::DutyView;

use super::paths;
use super::sheet::{Laid, What, duties_of};
use crate::language::Words;
use crate::standing::{self, Stand};

/// A note.
#[derive(Debug, Clone)]
pub struct Note {
    /// Its number: clause and running number.
    pub key: String,
    /// Where a link finds it.
    pub anchor: String,
    /// What kind: `obligation`, `permission`, `intent`.
    pub kind: &'static str,
    /// What is owed, or allowed, or intended.
    pub title: String,
    /// The page of the duty, or of the duties.
    pub address: Option<String>,
    /// Who, and to whom.
    pub owes: String,
    /// By when.
    pub due: Option<String>,
    /// What another law would make of the day.
    pub statutory: Option<String>,
    /// How it stands.
    pub lines: Vec<Line>,
    /// How it stands for each object and year.
    pub grid: Option<Grid>,
    /// What shows it: the latest acts.
    pub proofs: Vec<Proof>,
    /// How many acts there are beyond those.
    pub more: usize,
    /// What was chosen where the text leaves a choice.
    pub reading: Option<String>,
}

/// How one thing stands, or several that stand alike.
#[derive(Debug, Clone)]
pub struct Line {
    /// The sign and the class.
    pub code: &'static str,
    /// The words.
    pub words: String,
    /// Where to read more.
    pub address: Option<String>,
}

/// A table of how things stand.
#[derive(Debug, Clone)]
pub struct Grid {
    /// What the table shows.
    pub caption: String,
    /// The words over the first column.
    pub corner: String,
    /// The years; a single unnamed one where the duties have none.
    pub years: Vec<String>,
    /// Name and cells.
    pub rows: Vec<(String, Vec<Option<Cell>>)>,
    /// Whether it is folded away at first.
    pub folded: Option<String>,
}

/// One duty in a table.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The sign and the class.
    pub code: &'static str,
    /// The shortest words: a day, mostly.
    pub short: String,
    /// The whole sentence, for those who do not see the table.
    pub sentence: String,
    /// The duty's page.
    pub address: Option<String>,
}

/// An act that shows how a duty was met.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The record's number.
    pub number: String,
    /// The record's page.
    pub address: String,
    /// The day, in words.
    pub day: String,
    /// What was done, in a few words.
    pub note: Option<String>,
    /// A web address that shows it.
    pub link: Option<String>,
    /// The document, where there is one.
    pub document: Option<String>,
}

/// How many acts a note shows.
const PROOFS_MAX: usize = 2;

/// The note of an entry.
pub(super) fn of(laid: Laid<'_>, what: What<'_>, key: &str, anchor: String) -> Note {
    let l = laid.l;
    let empty = |kind, title: &str, bound: Debtor, reading: Option<String>| Note {
        key: key.to_owned(),
        anchor: anchor.clone(),
        kind,
        title: title.to_owned(),
        address: None,
        owes: standing::debtor(bound, l),
        due: None,
        statutory: None,
        lines: Vec::new(),
        grid: None,
        proofs: Vec::new(),
        more: 0,
        reading,
    };
    let reading = |r: &Option<kvarter_domain::text::Bilingual>| r.as_ref().map(|r| r.get(l.0).to_owned());
    match what {
        What::Permission(p) => empty("permission", p.name.get(l.0), p.bound, reading(&p.reading)),
        What::Intent(i) => empty("intent", i.name.get(l.0), i.bound, reading(&i.reading)),
        What::Obligation(o) => {
            let note = empty("obligation", o.name.get(l.0), o.bound, reading(&o.reading));
            filled(laid, o, note)
        }
    }
}

fn filled(laid: Laid<'_>, obligation: &Obligation, mut note: Note) -> Note {
    let l = laid.l;
    let duties = duties_of(laid.duties, &obligation.id);
    if let Some(first) = duties.first() {
        note.owes = standing::owes(&first.duty, l);
    }
    note.due = due(obligation, laid.life.districts.len(), l).map(|due| with_agreed(due, &duties, l));
    note.statutory = statutory(&duties, l);
    let condition = obligation.due == DueRule::BeforeValidity;
    if duties.iter().all(|view| view.prospective) && !condition {
        let stand = Stand::not_yet(l);
        note.lines = vec![Line { code: stand.code, words: stand.line, address: None }];
        return note;
    }
    note.address = match duties.as_slice() {
        [] => None,
        [one] if one.prospective => None,
        [one] => Some(paths::duty(&one.duty.id)),
        [one, ..] => Some(paths::duties_of(&one.duty.agreement, obligation.id.as_str())),
    };
    match duties.as_slice() {
        [one] => {
            let stand = stand(one, l);
            note.lines = vec![Line { code: stand.code, words: stand.line, address: None }];
        }
        many => {
            let grid = grid(many, note.title.clone(), l);
            let alike = summed(many, l);
            note.lines = if grid.years.len() > 1 { Vec::new() } else { alike };
            note.grid = Some(grid);
        }
    }
    let mut acts: Vec<&kvarter_domain::duty::Discharge> =
        duties.iter().flat_map(|view| &view.acts.discharges).collect();
    acts.sort_by_key(|act| std::cmp::Reverse(act.met_on));
    note.more = acts.len().saturating_sub(PROOFS_MAX);
    note.proofs = acts
        .into_iter()
        .take(PROOFS_MAX)
        .map(|act| Proof {
            number: laid.numbers.get(&act.record).cloned().unwrap_or_else(|| l.t("record-unnumbered")),
            address: paths::record(&act.record),
            day: l.day(act.met_on),
            note: act.note.clone(),
            link: act.link.clone(),
            document: act.document.as_ref().map(|_| paths::record_document(&act.record)),
        })
        .collect();
    note
}

/// Beside a text that names no day, the day that the parties have agreed on.
fn with_agreed(due: String, duties: &[&DutyView], l: Words) -> String {
    let mut days: Vec<Date> = duties.iter().filter_map(|view| view.agreed_day).collect();
    days.sort_unstable();
    days.dedup();
    let written: Vec<String> = days.into_iter().map(|day| l.day(day)).collect();
    if written.is_empty() {
        return due;
    }
    l.with("due-agreed", [("due", due), ("days", written.join(", "))])
}

/// How a duty stands; a condition that is not met is missing, whoever asks.
fn stand(view: &DutyView, l: Words) -> Stand {
    let mut stand = Stand::of(&view.standing, l);
    if stand.code == "before-validity" {
        stand.code = "missing";
    }
    stand
}

/// By when, in the rule's own words.
pub(super) fn due(obligation: &Obligation, districts: usize, l: Words) -> Option<String> {
    let rule = match obligation.due {
        DueRule::By(day) => l.with("due-by", [("day", &l.day(day))]),
        DueRule::Yearly(day) => {
            let day = day.in_year(2009)?;
            l.with("due-yearly", [("day", &day_month(day, l))])
        }
        DueRule::EachYear => l.t("due-each-year"),
        DueRule::Standing => l.t("due-standing"),
        DueRule::Undated => l.t("due-undated"),
        DueRule::BeforeValidity => l.t("due-before-validity"),
        DueRule::After { event, .. } => {
            l.with("due-after", [("event", &l.t(&format!("event-{}", event.code())))])
        }
    };
    Some(match obligation.per {
        Per::District => l.with("due-per-district", [("due", &rule), ("count", &districts.to_string())]),
        Per::Programme if obligation.due != DueRule::Standing => {
            l.with("due-per-programme", [("due", &rule)])
        }
        _ => rule,
    })
}

fn day_month(day: Date, l: Words) -> String {
    l.with("day-month", [("day", &day.day().to_string()), ("month", &l.t(&format!("month-{}", day.month())))])
}

fn statutory(duties: &[&DutyView], l: Words) -> Option<String> {
    let mut days: Vec<Date> = duties
        .iter()
        .filter_map(|view| view.duty.statutory().filter(|day| Some(*day) != view.duty.effective))
        .collect();
    days.sort_unstable();
    days.dedup();
    let written: Vec<String> = days.into_iter().map(|day| l.day(day)).collect();
    (!written.is_empty()).then(|| l.with("due-statutory", [("days", &written.join(", "))]))
}

/// Duties that stand alike, said together: `Uppfylld, 5 av 5`.
fn summed(duties: &[&DutyView], l: Words) -> Vec<Line> {
    let mut codes: Vec<(&'static str, usize)> = Vec::new();
    let mut acts = 0;
    for view in duties {
        if let kvarter_domain::duty::Standing::Standing { acts: some, .. } = view.standing {
            acts += some;
        }
        let code = stand(view, l).code;
        match codes.iter_mut().find(|(known, _)| *known == code) {
            Some((_, count)) => *count += 1,
            None => codes.push((code, 1)),
        }
    }
    let of = duties.len().to_string();
    codes
        .into_iter()
        .map(|(code, count)| {
            let words = if code == "standing" {
                let values =
                    [("acts".to_owned(), acts.to_string()), ("latest".to_owned(), "none".to_owned())];
                l.args("standing-line-standing", &values.into_iter().collect())
            } else {
                let word = l.t(&format!("standing-word-{code}"));
                l.with("standing-some", [("word", &word), ("count", &count.to_string()), ("of", &of)])
            };
            Line { code, words, address: None }
        })
        .collect()
}

/// The table of an obligation's duties: a row for each object, a column for each year.
fn grid(duties: &[&DutyView], caption: String, l: Words) -> Grid {
    let mut years: Vec<Option<i64>> = duties.iter().map(|view| view.duty.year).collect();
    years.sort_unstable();
    years.dedup();
    let mut objects: Vec<Option<&str>> = Vec::new();
    for view in duties {
        let object = view.duty.object_name.as_deref();
        if !objects.contains(&object) {
            objects.push(object);
        }
    }
    let by_year_only = objects == [None];
    let cell_of = |object: Option<&str>, year: Option<i64>| {
        let found = duties.iter().find(|v| v.duty.object_name.as_deref() == object && v.duty.year == year);
        found.map(|view| cell(view, by_year_only, l))
    };
    let rows = if by_year_only {
        years.iter().map(|year| (named_year(*year), vec![cell_of(None, *year)])).collect()
    } else {
        let row = |object: &Option<&str>| {
            let cells = years.iter().map(|year| cell_of(*object, *year)).collect();
            (object.unwrap_or_default().to_owned(), cells)
        };
        objects.iter().map(row).collect()
    };
    let columns =
        if by_year_only { vec![String::new()] } else { years.iter().map(|y| named_year(*y)).collect() };
    let folded = (!by_year_only && columns.len() == 1)
        .then(|| l.with("grid-show", [("count", &objects.len().to_string())]));
    let corner = l.t(if by_year_only { "grid-year" } else { "grid-district" });
    Grid { caption, corner, years: columns, rows, folded }
}

fn named_year(year: Option<i64>) -> String {
    year.map(|y| y.to_string()).unwrap_or_default()
}

fn cell(view: &DutyView, wide: bool, l: Words) -> Cell {
    let stand = stand(view, l);
    let day = view.standing.met_on().or_else(|| view.standing.last_day());
    let short = match (wide, day) {
        (true, _) => stand.line.clone(),
        (false, Some(_)) if stand.code == "overdue" => l.t("grid-overdue"),
        (false, Some(day)) => short_day(day, view.duty.year, l),
        (false, None) => match &view.standing {
            kvarter_domain::duty::Standing::Standing { acts, .. } => {
                l.with("grid-acts", [("acts", &acts.to_string())])
            }
            _ => stand.word.clone(),
        },
    };
    Cell { code: stand.code, short, sentence: stand.sentence, address: Some(paths::duty(&view.duty.id)) }
}

/// `17 dec`, with the year where it is not the column's.
fn short_day(day: Date, year: Option<i64>, l: Words) -> String {
    let month = l.t(&format!("month-short-{}", day.month()));
    let day_month = l.with("day-month", [("day", &day.day().to_string()), ("month", &month)]);
    if year.is_none_or(|year| year == i64::from(day.year())) {
        day_month
    } else {
        format!("{day_month} {}", day.year())
    }
}
