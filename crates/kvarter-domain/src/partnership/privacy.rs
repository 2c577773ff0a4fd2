//! What must not stand in a public account of what residents said: what plainly points someone out.
//!
//! Only what cannot be anything else is found: a personal identity number, an e-mail address, a telephone number.
//! A name is for the writer to leave out; nobody can tell one from a street by looking.

use crate::problem::{Problem, Problems};

/// What is wrong with a text: one problem for each kind of thing in it that points someone out. What was found is
/// not repeated in the problem, which goes to logs and pages.
pub fn check_no_personal_data(text: &str, place: &str) -> Problems {
    let mut problems = Problems::none();
    let runs = number_runs(text);
    problems.add_if(runs.iter().any(|run| is_identity_number(run)), || {
        Problem::new("personal-identity-number", place).resting_on("OSL 21:7")
    });
    problems.add_if(has_mail_address(text), || {
        Problem::new("personal-mail-address", place).resting_on("OSL 21:7")
    });
    let telephone = runs.iter().any(|run| !is_identity_number(run) && is_telephone_number(run));
    problems.add_if(telephone, || Problem::new("personal-telephone-number", place).resting_on("OSL 21:7"));
    problems
}

/// Runs of digits with the signs that people write between them, trimmed. A sign that belongs to no telephone
/// number ends a run: what stands on both sides of a `/` is a reference number.
fn number_runs(text: &str) -> Vec<String> {
    let mut runs = Vec::new();
    let mut run = String::new();
    let mut word = false;
    for c in text.chars().chain(std::iter::once('\n')) {
        let sign = matches!(c, '-' | '–' | '+' | ' ' | '\u{a0}' | '(' | ')');
        if c.is_ascii_digit() || sign {
            // Digits that hang on a letter or a slash are part of a reference.
            if !(word && run.is_empty() && !sign) {
                run.push(if c == '–' {
                    '-'
                } else if c == '\u{a0}' {
                    ' '
                } else {
                    c
                });
            }
            word = word && !sign;
        } else {
            let hangs = c.is_alphabetic() || c == '/';
            if !hangs && run.bytes().any(|b| b.is_ascii_digit()) {
                runs.push(run.trim().to_owned());
            } else if hangs
                && let Some((before, _)) = run.trim_end().rsplit_once(' ')
                && before.bytes().any(|b| b.is_ascii_digit())
                && run.ends_with(|c: char| c.is_ascii_digit())
            {
                runs.push(before.trim().to_owned());
            } else if hangs && run.ends_with(' ') && run.bytes().any(|b| b.is_ascii_digit()) {
                runs.push(run.trim().to_owned());
            }
            run.clear();
            word = hangs;
        }
    }
    runs
}

/// `850412-1234`, `19850412-1234`, `8504121234`: a month and a day (or a coordination number's), then four digits.
fn is_identity_number(run: &str) -> bool {
    run.split([' ', '(', ')']).any(|part| {
        let digits: String = part.chars().filter(char::is_ascii_digit).collect();
        let signs = part.chars().filter(|c| !c.is_ascii_digit()).count();
        // Ten digits in a row that begin as a mobile number does are told as one.
        if signs == 0 && digits.len() == 10 && digits.starts_with("07") {
            return false;
        }
        let tail = part.rsplit_once(['-', '+']).map_or(4, |(_, tail)| tail.len());
        let birth = match digits.len() {
            10 => digits.get(..6),
            12 if digits.starts_with("19") || digits.starts_with("20") => digits.get(2..8),
            _ => None,
        };
        let month: Option<u8> = birth.and_then(|b| b.get(2..4)).and_then(|m| m.parse().ok());
        let day: Option<u8> = birth.and_then(|b| b.get(4..6)).and_then(|d| d.parse().ok());
        signs <= 1
            && tail == 4
            && month.is_some_and(|month| (1..=12).contains(&month))
            && day.is_some_and(|day| (1..=31).contains(&day) || (61..=91).contains(&day))
    })
}

/// `08-508 29 000`, `070-123 45 67`, `+46 8 508 29 000`, `0701234567`.
///
/// A district's code has eight digits and no signs between them, and is none.
fn is_telephone_number(run: &str) -> bool {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let parted = run.contains(['-', ' ', '(']);
    let abroad = run.starts_with("+46") || run.starts_with("0046");
    if abroad {
        return (9..=13).contains(&digits);
    }
    if !run.trim_start_matches('(').starts_with('0') || run.trim_start_matches('(').starts_with("00") {
        return false;
    }
    // Codes side by side are no number: each group of a telephone number is short.
    let groups_are_short = run.split(['-', ' ', '(', ')']).all(|group| group.len() <= 8 && !is_code(group));
    let mobile = digits == 10 && run.starts_with("07");
    mobile || (parted && groups_are_short && (8..=11).contains(&digits))
}

/// Whether a group of digits has a district code's length.
fn is_code(group: &str) -> bool {
    group.len() == 8
}

fn has_mail_address(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';')).any(|word| {
        word.split_once('@').is_some_and(|(who, host)| {
            let host = host.trim_end_matches(['.', ':', '!', '?']);
            !who.is_empty()
                && host.contains('.')
                && !host.starts_with('.')
                && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<String> {
        check_no_personal_data(text, "said").0.into_iter().map(|p| p.code).collect()
    }

    #[test]
    fn what_plainly_points_someone_out_is_found() {
        for (text, code) in [
            ("Hon (850412-1234) ville ha bättre belysning.", "personal-identity-number"),
            ("19850412-1234 bor i Husby", "personal-identity-number"),
            ("nr 8504121234.", "personal-identity-number"),
            ("850472-1234", "personal-identity-number"),
            ("Hör av dig till namn.efternamn@exempel.se.", "personal-mail-address"),
            ("Ring 070-123 45 67 på kvällen", "personal-telephone-number"),
            ("Ring 0701234567", "personal-telephone-number"),
            ("växel 08-508 29 000", "personal-telephone-number"),
            ("+46 8 508 29 000", "personal-telephone-number"),
        ] {
            assert_eq!(codes(text), [code], "{text}");
        }
    }

    #[test]
    fn days_codes_numbers_and_references_point_nobody_out() {
        for text in [
            "Den 2008-11-04 kl. 18.30 kom 45 boende.",
            "Mellan 2008-2010 ska 120 000 kvadratmeter rustas.",
            "Husby 01800154 och Rinkeby 01800148",
            "Försäkringskassan 202100-5521",
            "dnr 539-1756/2008 och 006-494/2008",
            "IJ2008/1215/IU",
            "0 av 12 tyckte så, 08 är riktnumret",
            "e-post saknas; @husby är ett konto",
            "",
        ] {
            assert_eq!(codes(text), [] as [String; 0], "{text}");
        }
    }
}
