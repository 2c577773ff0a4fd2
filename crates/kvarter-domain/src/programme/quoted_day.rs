//! Days that the text names, beside the days that the rules give.
//!
//! ”senast den 1 oktober varje år” (§ 6) and `due = { yearly = "10-15" }` cannot both be right. Nothing can
//! tell which of them is wrong, so it is a warning to the one who wrote the rule.

use super::Programme;
use super::rule::{DueRule, MonthDay};
use crate::problem::{Problem, Problems};
use crate::text::squeeze;

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

/// A day in a quotation: of every year, or of one; or a year alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoted<'a> {
    /// ”den 1 oktober”, ”den 31 december 2010”.
    Day { written: &'a str, day: MonthDay, year: Option<i16> },
    /// ”senast 2010”.
    Year { written: &'a str, year: i16 },
}

impl Quoted<'_> {
    fn written(self) -> String {
        match self {
            Self::Day { written, .. } | Self::Year { written, .. } => written.to_owned(),
        }
    }

    /// Whether a rule gives that day.
    fn is_of(self, rule: DueRule) -> bool {
        match (self, rule) {
            (Self::Day { day, year: None, .. }, DueRule::Yearly(due)) => day == due,
            (Self::Day { day, year: None, .. }, DueRule::By(due)) => day.in_year(due.year()) == Some(due),
            (Self::Day { day, year: Some(year), .. }, DueRule::By(due)) => day.in_year(year) == Some(due),
            (Self::Day { day, .. }, DueRule::EachYear) => day.is_last_of_year(),
            (Self::Year { year, .. }, DueRule::By(due)) => due.year() == year,
            _ => false,
        }
    }
}

/// The days that words name as last days.
fn quoted(says: &str) -> Vec<Quoted<'_>> {
    let words: Vec<(usize, &str)> = says
        .split(' ')
        .scan(0, |at, word| {
            let from = *at;
            *at += word.len() + 1;
            Some((from, word))
        })
        .collect();
    let bare = |index: usize| words.get(index).map(|(_, word)| word.trim_end_matches(['.', ',', ';', ')']));
    let upto = |from: usize, last: usize| {
        let (start, _) = words[from];
        let (end, word) = words[last];
        &says[start..end + word.trim_end_matches(['.', ',', ';', ')']).len()]
    };
    let year_at =
        |index| bare(index).filter(|word| word.len() == 4).and_then(|word| word.parse::<i16>().ok());
    let mut found = Vec::new();
    for index in 0..words.len() {
        let day = bare(index).and_then(|word| word.parse::<i8>().ok());
        let month = bare(index + 1).and_then(|word| MONTHS.iter().position(|m| *m == word.to_lowercase()));
        if let (Some(day), Some(month)) = (day, month)
            && let Some(day) = MonthDay::parse(&format!("{:02}-{day:02}", month + 1))
        {
            let year = year_at(index + 2);
            let written = upto(index, index + 1 + usize::from(year.is_some()));
            found.push(Quoted::Day { written, day, year });
        } else if bare(index).is_some_and(|word| word.eq_ignore_ascii_case("senast"))
            && let Some(year) = year_at(index + 1)
        {
            found.push(Quoted::Year { written: upto(index, index + 1), year });
        }
    }
    found
}

/// Obligations whose quotation names a day that their rule does not give.
pub(super) fn warnings(programme: &Programme) -> Problems {
    let mut warnings = Problems::none();
    for obligation in &programme.obligations {
        let says = squeeze(&obligation.says);
        let days = quoted(&says);
        if days.is_empty() || days.iter().any(|day| day.is_of(obligation.due)) {
            continue;
        }
        let named: Vec<String> = days.iter().map(|day| day.written()).collect();
        let gives = match obligation.due {
            DueRule::Yearly(day) => day.to_string(),
            DueRule::By(day) => day.strftime("%Y/%m/%d").to_string(),
            rule => rule.code().to_owned(),
        };
        warnings.add(
            Problem::new("day-quoted-and-not-given", format!("programme.toml {}.due", obligation.id))
                .resting_on(&obligation.clause)
                .with("quoted", named.join(", "))
                .with("gives", gives),
        );
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_wherever_the_words_name_it_as_one() {
        let named = |says| quoted(says).into_iter().map(Quoted::written).collect::<Vec<_>>();
        assert_eq!(named("senast den 1 oktober varje år till"), ["1 oktober"]);
        assert_eq!(named("(den 31 December 2010)."), ["31 December 2010"]);
        assert_eq!(named("överens om att senast 2010 göra"), ["senast 2010"]);
        assert!(named("perioden 2008–2010 enligt 2 mar").is_empty());
        assert!(named("32 januari och 1 oktoberfest").is_empty());
    }

    #[test]
    fn a_rule_gives_the_quoted_day_or_it_does_not() {
        let day = |text| MonthDay::parse(text).expect("a day in a test");
        let one = quoted("senast den 1 oktober")[0];
        assert!(one.is_of(DueRule::Yearly(day("10-01"))));
        assert!(!one.is_of(DueRule::Yearly(day("10-15"))));
        assert!(
            !one.is_of(DueRule::Standing) && !one.is_of(DueRule::Undated) && !one.is_of(DueRule::EachYear)
        );
        let by = quoted("senast 2010")[0];
        assert!(by.is_of(DueRule::By(jiff::civil::date(2010, 12, 31))));
        assert!(!by.is_of(DueRule::By(jiff::civil::date(2011, 12, 31))));
    }
}
