//! How a duty stands, in words: a word for tables, a line for margins, a sentence that explains itself.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kvarter_domain::duty::{Duty, LateExtension, Standing};
use kvarter_domain::ids::RecordId;
use kvarter_domain::programme::{Creditor, Debtor};

use crate::language::Words;

/// How a duty stands, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// The code: the sign's name and the class.
    pub code: &'static str,
    /// A word or two.
    pub word: String,
    /// What a margin has room for.
    pub line: String,
    /// One whole sentence.
    pub sentence: String,
    /// The record that shows it.
    pub record: Option<RecordId>,
}

impl Stand {
    /// How a duty stands, in a language.
    pub fn of(standing: &Standing, l: Words) -> Self {
        if let Standing::Half { done, on, record, rest } = standing {
            let mut half = Self::half(Self::of(rest, l), *done, *on, record, l);
            // Something is registered, by the one; that nothing is would be said of the other.
            if let Standing::Overdue { last_day, days_late, .. } = rest.as_ref() {
                let (day, last_day) = (l.day(*on), l.day(*last_day));
                let late = days_late.to_string();
                let values = [
                    ("done", done.code()),
                    ("day", day.as_str()),
                    ("last_day", last_day.as_str()),
                    ("days_late", late.as_str()),
                ];
                half.sentence = l.with("standing-half-overdue", values);
            }
            return half;
        }
        let code = standing.code();
        let values = values(standing, l);
        let (record, registered_late) = match standing {
            Standing::Met { record, registered_late, .. }
            | Standing::Excused { record, registered_late, .. } => (Some(record), *registered_late),
            Standing::MetLate { record, .. } => (Some(record), None),
            _ => (None, None),
        };
        let mut sentence = l.args(&format!("standing-{code}"), &values);
        let mut word = l.t(&format!("standing-word-{code}"));
        let mut line = l.args(&format!("standing-line-{code}"), &values);
        if let Some(day) = registered_late {
            word = l.with("standing-word-registered-late", [("word", word)]);
            line = l.with("standing-line-registered-late", [("line", line), ("day", l.day(day))]);
            sentence = l.with("standing-registered-late", [("sentence", sentence), ("day", l.day(day))]);
        }
        if let Some(late) = extended_late(standing) {
            let days =
                [("sentence", sentence), ("until", l.day(late.until)), ("day", l.day(late.granted_on))];
            sentence = l.with("standing-extended-late", days);
        }
        Self { code, word, line, sentence, record: record.cloned() }
    }

    /// Of what both owe, when one has done its part.
    fn half(rest: Self, done: Debtor, on: Date, record: &RecordId, l: Words) -> Self {
        let day = l.day(on);
        let told = |key: &str, rest: String| {
            l.with(key, [("done", done.code()), ("day", day.as_str()), ("rest", rest.as_str())])
        };
        Self {
            line: told("standing-line-half", rest.line),
            sentence: told("standing-half", rest.sentence),
            record: Some(record.clone()),
            ..rest
        }
    }

    /// What will hold when the agreement is in force.
    pub fn not_yet(l: Words) -> Self {
        Self {
            code: "awaiting-event",
            word: l.t("standing-word-not-yet"),
            line: l.t("standing-line-not-yet"),
            sentence: l.t("standing-not-yet"),
            record: None,
        }
    }
}

fn extended_late(standing: &Standing) -> Option<&LateExtension> {
    match standing {
        Standing::Overdue { extended_late, .. } | Standing::MetLate { extended_late, .. } => {
            extended_late.as_ref()
        }
        _ => None,
    }
}

/// The values that the words ask for. A value that may be absent is given as `none`, so that a message can
/// choose.
fn values(standing: &Standing, l: Words) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    let mut set = |name: &str, value: String| {
        values.insert(name.to_owned(), value);
    };
    let day = |day: &Date| day.to_string();
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
    match standing {
        Standing::Upcoming { last_day, days_left } | Standing::DueSoon { last_day, days_left } => {
            set("last_day", day(last_day));
            set("days_left", days_left.to_string());
        }
        Standing::Overdue { last_day, original, days_late, .. } => {
            set("last_day", day(last_day));
            set("original", or_none(original.map(|d| day(&d))));
            set("days_late", days_late.to_string());
        }
        Standing::Met { on, last_day, .. } => {
            set("on", day(on));
            set("last_day", or_none(last_day.map(|d| day(&d))));
        }
        Standing::MetLate { on, last_day, days_late, .. } => {
            set("on", day(on));
            set("last_day", day(last_day));
            set("days_late", days_late.to_string());
        }
        Standing::Excused { on, original, last_day, reference, .. } => {
            set("on", day(on));
            set("original", day(original));
            set("last_day", day(last_day));
            set("reference", or_none(reference.clone()));
        }
        Standing::Extended { original, last_day, days_left, decided_on, reference, .. } => {
            set("original", day(original));
            set("last_day", day(last_day));
            set("days_left", days_left.to_string());
            set("decided_on", day(decided_on));
            set("reference", or_none(reference.clone()));
        }
        Standing::Standing { acts, latest } => {
            set("acts", acts.to_string());
            set("latest", or_none(latest.map(|d| day(&d))));
        }
        Standing::AwaitingEvent { event, acts } => {
            set("event", l.t(&format!("event-{}", event.code())));
            set("acts", acts.to_string());
        }
        Standing::Triggered { event, since, days_since } => {
            set("event", l.t(&format!("event-{}", event.code())));
            set("since", day(since));
            set("days_since", days_since.to_string());
        }
        Standing::Undated | Standing::BeforeValidity | Standing::NotOwed | Standing::Half { .. } => {}
    }
    values
}

/// Who owes, by kind: the municipality, the state, both.
pub fn debtor(debtor: Debtor, l: Words) -> String {
    l.t(&format!("debtor-{}", debtor.code()))
}

/// Who owes what to whom, as one phrase: `Kommunen till Regeringskansliet`.
pub fn owes(duty: &Duty, l: Words) -> String {
    l.with("owes", [("debtor", &debtor(duty.debtor, l)), ("creditor", &creditor(duty.creditor, l))])
}

/// To whom it is owed.
pub fn creditor(creditor: Creditor, l: Words) -> String {
    l.t(&format!("creditor-{}", creditor.code()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kvarter_domain::programme::EventKind;
    use kvarter_domain::text::Language;

    fn day(text: &str) -> Date {
        text.parse().expect("a date in a test")
    }

    /// Every way a duty can stand, once.
    fn every() -> Vec<Standing> {
        let (a, b) = (day("2009-10-01"), day("2009-10-13"));
        let record = || RecordId::new("r-1");
        let late = || Some(LateExtension { until: day("2009-10-30"), granted_on: b, reference: None });
        vec![
            Standing::Upcoming { last_day: b, days_left: 12 },
            Standing::DueSoon { last_day: a, days_left: 0 },
            Standing::DueSoon { last_day: a, days_left: 1 },
            Standing::Overdue { last_day: a, original: None, days_late: 12, extended_late: None },
            Standing::Overdue { last_day: b, original: Some(a), days_late: 1, extended_late: None },
            Standing::Overdue { last_day: a, original: None, days_late: 12, extended_late: late() },
            Standing::Met { on: a, last_day: Some(b), registered_late: None, record: record() },
            Standing::Met { on: a, last_day: None, registered_late: None, record: record() },
            Standing::Met { on: a, last_day: Some(a), registered_late: Some(b), record: record() },
            Standing::MetLate { on: b, last_day: a, days_late: 12, extended_late: None, record: record() },
            Standing::MetLate { on: b, last_day: a, days_late: 12, extended_late: late(), record: record() },
            Standing::Excused {
                on: b,
                original: a,
                last_day: b,
                reference: None,
                registered_late: None,
                record: record(),
            },
            Standing::Half {
                done: Debtor::State,
                on: a,
                record: record(),
                rest: Box::new(Standing::DueSoon { last_day: b, days_left: 12 }),
            },
            Standing::Half {
                done: Debtor::Municipality,
                on: a,
                record: record(),
                rest: Box::new(Standing::Overdue {
                    last_day: a,
                    original: None,
                    days_late: 12,
                    extended_late: None,
                }),
            },
            Standing::Extended {
                original: a,
                last_day: b,
                days_left: 3,
                decided_on: a,
                decided_by: "ijd".into(),
                reference: Some("IJ2009/1/IU".into()),
            },
            Standing::Standing { acts: 0, latest: None },
            Standing::Standing { acts: 3, latest: Some(a) },
            Standing::AwaitingEvent { event: EventKind::CollaborationRevised, acts: 0 },
            Standing::Triggered { event: EventKind::CollaborationRevised, since: a, days_since: 12 },
            Standing::Undated,
            Standing::BeforeValidity,
            Standing::NotOwed,
        ]
    }

    #[test]
    fn every_way_a_duty_can_stand_is_said_in_both_languages() {
        let mut said = String::new();
        for language in [Language::Sv, Language::En] {
            for standing in every() {
                let stand = Stand::of(&standing, Words(language));
                said.push_str(&format!("{} | {} | {}\n", stand.word, stand.line, stand.sentence));
            }
            said.push('\n');
        }
        assert!(!said.contains('['), "{said}");
        expect_test::expect_file!["../tests/standings.txt"].assert_eq(&said);
    }

    #[test]
    fn every_event_and_every_party_has_its_words() {
        for language in [Language::Sv, Language::En] {
            let l = Words(language);
            for event in EventKind::ALL {
                assert!(l.has(&format!("event-{}", event.code())), "event-{}", event.code());
            }
            for one in Debtor::ALL {
                assert!(l.has(&format!("debtor-{}", one.code())));
            }
            for one in Creditor::ALL {
                assert!(l.has(&format!("creditor-{}", one.code())));
            }
        }
    }
}
