//! Days: which day an instant falls on in Sweden, the public holidays of any year, and when a last day moves.
//!
//! Nothing here knows what day it is. Holidays are computed from the act, never looked up in a list that
//! ends.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// The day on which an instant falls in Sweden.
///
/// A report that arrives at 23:59:59 on 31 December in Stockholm arrives on 31 December, whatever the
/// machine that received it believes.
pub fn stockholm_day(at: Timestamp) -> Date {
    at.to_zoned_datetime(stockholm()).date()
}

/// The time zone of the agreement.
pub fn stockholm() -> TimeZone {
    TimeZone::get("Europe/Stockholm").expect("the zone's data is compiled into the program")
}

/// A period of days, first and last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Period {
    /// Whether the day lies in the period.
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// The calendar years that the period touches.
    pub fn years(self) -> impl Iterator<Item = i16> + Clone {
        self.from.year()..=self.to.year()
    }
}

crate::programme::codes! {
    /// The public holidays of lag (1989:253) other than Sundays that have no name of their own.
    Holiday {
        /// Nyårsdagen.
        NewYearsDay = "new-years-day",
        /// Trettondedag jul.
        Epiphany = "epiphany",
        /// Långfredagen.
        GoodFriday = "good-friday",
        /// Påskdagen.
        EasterSunday = "easter-sunday",
        /// Annandag påsk.
        EasterMonday = "easter-monday",
        /// Första maj.
        FirstOfMay = "first-of-may",
        /// Kristi himmelsfärdsdag.
        AscensionDay = "ascension-day",
        /// Pingstdagen.
        WhitSunday = "whit-sunday",
        /// Annandag pingst, until 2004.
        WhitMonday = "whit-monday",
        /// Sveriges nationaldag, from 2005.
        NationalDay = "national-day",
        /// Midsommardagen.
        MidsummerDay = "midsummer-day",
        /// Alla helgons dag.
        AllSaintsDay = "all-saints-day",
        /// Juldagen.
        ChristmasDay = "christmas-day",
        /// Annandag jul.
        BoxingDay = "boxing-day",
    }
}

/// Easter Sunday in the Gregorian calendar.
///
/// Lag (1989:253) § 2: ”söndagen närmast efter den fullmåne som infaller på eller närmast efter den 21 mars”.
/// The full moon is the computed one of the church calendar: its age on 21 March follows from the year's
/// place in the nineteen-year cycle, with the Gregorian corrections for leap years and for the moon.
pub fn easter_sunday(year: i16) -> Date {
    let y = i32::from(year);
    let century = y / 100;
    let golden = y % 19;
    let moon_correction = (8 * century + 13) / 25;
    let sun_correction = century - century / 4;
    // Days from 21 March to the full moon. Two exceptions keep it within 28 days and apart in the cycle.
    let mut to_full_moon = (19 * golden + sun_correction - moon_correction + 15) % 30;
    if to_full_moon == 29 || (to_full_moon == 28 && golden > 10) {
        to_full_moon -= 1;
    }
    let equinox = Date::new(year, 3, 21).expect("every year has a 21 March");
    let full_moon = equinox.saturating_add(to_full_moon.days());
    let to_sunday = 7 - i32::from(full_moon.weekday().to_sunday_zero_offset());
    full_moon.saturating_add(to_sunday.days())
}

/// The public holidays of a year, in order, as lag (1989:253) § 2 places them.
///
/// From 2005 the national day is one and Whit Monday is not (SFS 2004:1320). For years before the act of
/// 1989 the list is a projection backwards.
pub fn holidays(year: i16) -> Vec<(Date, Holiday)> {
    let on = |month, day| Date::new(year, month, day).expect("these days are in every year");
    let saturday_from = |first: Date| {
        let to_saturday = 6 - i32::from(first.weekday().to_sunday_zero_offset());
        first.saturating_add(to_saturday.days())
    };
    let easter = easter_sunday(year);
    let from_easter = |days: i32| easter.saturating_add(days.days());
    let mut all = vec![
        (on(1, 1), Holiday::NewYearsDay),
        (on(1, 6), Holiday::Epiphany),
        (from_easter(-2), Holiday::GoodFriday),
        (easter, Holiday::EasterSunday),
        (from_easter(1), Holiday::EasterMonday),
        (on(5, 1), Holiday::FirstOfMay),
        (from_easter(39), Holiday::AscensionDay),
        (from_easter(49), Holiday::WhitSunday),
        (saturday_from(on(6, 20)), Holiday::MidsummerDay),
        (saturday_from(on(10, 31)), Holiday::AllSaintsDay),
        (on(12, 25), Holiday::ChristmasDay),
        (on(12, 26), Holiday::BoxingDay),
    ];
    all.push(if year >= 2005 {
        (on(6, 6), Holiday::NationalDay)
    } else {
        (from_easter(50), Holiday::WhitMonday)
    });
    all.sort();
    all
}

/// The holiday that falls on a day, if one does; where two meet, as on 1 May 2008, the one that [`Holiday`]
/// lists first.
pub fn holiday_on(day: Date) -> Option<Holiday> {
    holidays(day.year()).into_iter().find(|(date, _)| *date == day).map(|(_, holiday)| holiday)
}

/// Why lag (1930:173) § 2 lets an act wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RestDay {
    /// A public holiday other than an ordinary Sunday.
    Holiday(Holiday),
    /// A Sunday.
    Sunday,
    /// A Saturday.
    Saturday,
    /// Midsommarafton.
    MidsummerEve,
    /// Julafton.
    ChristmasEve,
    /// Nyårsafton.
    NewYearsEve,
}

impl RestDay {
    /// The reason's code, for the words.
    pub fn code(self) -> &'static str {
        match self {
            Self::Holiday(holiday) => holiday.code(),
            Self::Sunday => "sunday",
            Self::Saturday => "saturday",
            Self::MidsummerEve => "midsummer-eve",
            Self::ChristmasEve => "christmas-eve",
            Self::NewYearsEve => "new-years-eve",
        }
    }
}

/// Which of the days in lag (1930:173) § 2 a day is, if any: ”en söndag, annan allmän helgdag, lördag,
/// midsommarafton, julafton eller nyårsafton”.
pub fn rest_day(day: Date) -> Option<RestDay> {
    if let Some(holiday) = holiday_on(day) {
        return Some(RestDay::Holiday(holiday));
    }
    match (day.month(), day.day()) {
        (12, 24) => return Some(RestDay::ChristmasEve),
        (12, 31) => return Some(RestDay::NewYearsEve),
        // Midsummer Day is the Saturday of 20–26 June, so its eve is the Friday of 19–25 June.
        (6, 19..=25) if day.weekday() == Weekday::Friday => return Some(RestDay::MidsummerEve),
        _ => {}
    }
    match day.weekday() {
        Weekday::Sunday => Some(RestDay::Sunday),
        Weekday::Saturday => Some(RestDay::Saturday),
        _ => None,
    }
}

/// The last day for an act when a statute names a day.
///
/// Lag (1930:173) § 2: ”Infaller den tid, då enligt lag eller särskild författning en åtgärd senast ska vidtas,
/// på en söndag, annan allmän helgdag, lördag, midsommarafton, julafton eller nyårsafton, får åtgärden vidtas
/// nästa vardag.” The next weekday is read as the next day that is none of these.
pub fn statutory_day(nominal: Date) -> Date {
    let mut day = nominal;
    while rest_day(day).is_some() && day < Date::MAX {
        day = day.saturating_add(1.day());
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Easter by another road: the new moon of the lunar calendar from the epact, then the Sunday after it.
    fn easter_by_epact(year: i16) -> Date {
        let year = i32::from(year);
        let golden = year % 19 + 1;
        let century = year / 100 + 1;
        let leap_years_left_out = 3 * century / 4 - 12;
        let moon = (8 * century + 5) / 25 - 5;
        let sunday = 5 * year / 4 - leap_years_left_out - 10;
        let mut epact = (11 * golden + 20 + moon - leap_years_left_out).rem_euclid(30);
        if (epact == 25 && golden > 11) || epact == 24 {
            epact += 1;
        }
        let mut day = 44 - epact;
        if day < 21 {
            day += 30;
        }
        day += 7 - (sunday + day).rem_euclid(7);
        let (month, day) = if day > 31 { (4, day - 31) } else { (3, day) };
        let small = |n: i32| i8::try_from(n).expect("a day of a month");
        Date::new(i16::try_from(year).expect("a year"), month, small(day)).expect("Easter is a day")
    }

    fn any_day() -> impl Strategy<Value = Date> {
        (1600_i16..3000, 0_i32..366).prop_map(|(year, days)| {
            Date::new(year, 1, 1).expect("every year has a first day").saturating_add(days.days())
        })
    }

    #[test]
    fn easter_is_the_same_by_two_independent_computations_in_every_gregorian_year() {
        for year in 1583..=9999 {
            assert_eq!(easter_sunday(year), easter_by_epact(year), "{year}");
        }
    }

    #[test]
    fn every_year_has_thirteen_holidays_that_fall_on_their_weekdays() {
        for year in 1990..2300 {
            let holidays = holidays(year);
            assert_eq!(holidays.len(), 13);
            for (day, holiday) in holidays {
                let expected = match holiday {
                    Holiday::GoodFriday => Weekday::Friday,
                    Holiday::EasterSunday | Holiday::WhitSunday => Weekday::Sunday,
                    Holiday::EasterMonday | Holiday::WhitMonday => Weekday::Monday,
                    Holiday::AscensionDay => Weekday::Thursday,
                    Holiday::MidsummerDay | Holiday::AllSaintsDay => Weekday::Saturday,
                    _ => continue,
                };
                assert_eq!(day.weekday(), expected, "{day} {holiday}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_statutory_day_is_never_earlier_and_never_a_day_of_rest(day in any_day()) {
            let moved = statutory_day(day);
            prop_assert!(moved >= day);
            prop_assert_eq!(rest_day(moved), None);
        }

        #[test]
        fn a_last_day_moves_only_over_days_of_rest_and_at_most_five(day in any_day()) {
            let moved = statutory_day(day);
            let mut passed = day;
            let mut count = 0;
            while passed < moved {
                prop_assert!(rest_day(passed).is_some(), "{} is no day of rest", passed);
                passed = passed.saturating_add(1.day());
                count += 1;
            }
            // Christmas Eve on a Thursday: Thursday to Sunday. New Year's Eve on a Thursday: the same.
            // Good Friday to Easter Monday is four. Five allows for a first of May beside a weekend.
            prop_assert!(count <= 5, "{} days from {}", count, day);
        }

        #[test]
        fn moving_a_day_twice_moves_it_once(day in any_day()) {
            prop_assert_eq!(statutory_day(statutory_day(day)), statutory_day(day));
        }

        #[test]
        fn a_later_last_day_never_moves_to_an_earlier_day(day in any_day(), more in 0_i32..40) {
            let later = day.saturating_add(more.days());
            prop_assert!(statutory_day(later) >= statutory_day(day));
        }

        #[test]
        fn a_holiday_found_by_its_day_is_in_the_list_of_its_year(day in any_day()) {
            if let Some(holiday) = holiday_on(day) {
                prop_assert!(holidays(day.year()).contains(&(day, holiday)));
                prop_assert!(rest_day(day).is_some());
            }
        }

        #[test]
        fn a_later_instant_never_falls_on_an_earlier_day(second in 0_i64..4_102_444_800, more in 0_i64..200_000) {
            let at = |second| Timestamp::from_second(second).expect("in range");
            prop_assert!(stockholm_day(at(second)) <= stockholm_day(at(second + more)));
        }
    }
}
