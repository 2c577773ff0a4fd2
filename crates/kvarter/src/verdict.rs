//! What was found out about a file, in words: the same for the page and for the terminal.

use jiff::Timestamp;
use kvarter_domain::time::stockholm_day;
use kvarter_services::verification::Verified;
use kvarter_signatures::certificate::SubIndication;
use kvarter_signatures::policy::{Check, Level};
use kvarter_signatures::verdict::{
    Finding, Found, PageInitials, Report, SignatureReport, TimeSource, Verdict,
};
use serde::Serialize;

use crate::language::Words;

/// How it went, as a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Good {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// It cannot be said, or there is nothing to say.
    Unknown,
}

impl Good {
    /// The sign's code: `met`, `missing`, `undated`.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Yes => "met",
            Self::No => "missing",
            Self::Unknown => "undated",
        }
    }
}

/// A verified file, told.
#[derive(Debug, Clone)]
pub struct Told {
    /// How it went.
    pub good: Good,
    /// The verdict in a line.
    pub title: String,
    /// Why, and what the file is.
    pub says: Vec<String>,
    /// Each signature, the first made first.
    pub signatures: Vec<Signature>,
    /// What was noticed: the level in words, the level's sign, the sentence.
    pub findings: Vec<(String, Good, String)>,
    /// Who initialled each page: a row for each page, a cell for each party.
    pub pages: Vec<(String, Vec<Cell>)>,
    /// The parties, as headings of those cells.
    pub parties: Vec<String>,
}

/// A signature, told.
#[derive(Debug, Clone)]
pub struct Signature {
    /// How it went.
    pub good: Good,
    /// What it is, and whose.
    pub title: String,
    /// When, and who says so.
    pub when: String,
    /// Intact, valid, trusted: what is asked and whether it is so.
    pub answers: Vec<(String, bool)>,
    /// Why it does not hold, its certificate and its level.
    pub says: Vec<String>,
}

/// A party's initials on a page, told.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Whether they are there and the page is the same.
    pub good: Good,
    /// Whose, and when; or what is wrong.
    pub words: String,
}

/// The code that a value is written with: a text, or the code or name inside an object.
fn code<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        Ok(serde_json::Value::Object(object)) => {
            let inside = object.get("code").and_then(serde_json::Value::as_str).map(str::to_owned);
            inside.or_else(|| object.keys().next().cloned()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

impl Told {
    /// A file that was verified, in a language.
    pub fn of(verified: &Verified, l: Words) -> Self {
        let report = &verified.report;
        let (good, key) = match report.verdict {
            Verdict::Passed if !verified.passes() => (Good::No, "verify-office-lacking"),
            Verdict::Passed => (Good::Yes, "verify-passed"),
            Verdict::Unsigned => (Good::Unknown, "verify-unsigned"),
            Verdict::Failed(_) => (Good::No, "verify-failed"),
            Verdict::Indeterminate(_) => (Good::Unknown, "verify-indeterminate"),
        };
        let mut says = Vec::new();
        if report.unreadable.is_some() {
            says.push(l.t("verify-unreadable"));
        } else if let Verdict::Failed(because) | Verdict::Indeterminate(because) = report.verdict {
            says.push(why(because, l));
        }
        says.extend(known(verified, l));
        says.extend(offices(verified, l));
        let parties: Vec<&str> = parties(report);
        Self {
            good,
            title: l.t(key),
            says,
            signatures: report.signatures.iter().map(|signature| signature_told(signature, l)).collect(),
            findings: findings(report, l),
            pages: pages(report, &parties, l),
            parties: parties.iter().map(|party| party_name(party, l)).collect(),
        }
    }
}

/// Why a signature does not hold, in a sentence.
pub fn why(because: SubIndication, l: Words) -> String {
    l.t(&format!("verify-because-{}", code(&because)))
}

fn known(verified: &Verified, l: Words) -> Vec<String> {
    if let Some(known) = &verified.collaboration {
        let version = known.version.to_string();
        let told = [("partner", known.name.as_str()), ("version", version.as_str())];
        let latest = if known.latest { "verify-latest" } else { "verify-not-latest" };
        return vec![format!("{} {}", l.with("verify-known-collaboration", told), l.t(latest))];
    }
    let Some(known) = &verified.known else {
        return if verified.asked { vec![l.t("verify-unknown")] } else { Vec::new() };
    };
    let version = known.version.to_string();
    let file = l.with("verify-known", [("agreement", known.agreement.as_str()), ("version", &version)]);
    let latest = if known.latest { "verify-latest" } else { "verify-not-latest" };
    vec![format!("{file} {}", l.t(latest))]
}

fn offices(verified: &Verified, l: Words) -> Vec<String> {
    let told = verified.offices.iter().map(|office| {
        let day = l.day(office.day);
        let role = office.role.map(|role| l.t(&format!("role-{}", role.code()))).unwrap_or_default();
        let values = [("name", office.name.as_str()), ("role", role.as_str()), ("day", day.as_str())];
        match office.held {
            Some(true) => l.with("verify-office-held", values),
            Some(false) => l.with("verify-office-not-held", values),
            None => l.with("verify-office-unknown", values),
        }
    });
    told.collect()
}

fn party_name(party: &str, l: Words) -> String {
    let key = format!("party-{party}");
    if l.has(&key) { l.t(&key) } else { party.to_owned() }
}

fn day(at: Timestamp, l: Words) -> String {
    l.day(stockholm_day(at))
}

fn signature_told(signature: &SignatureReport, l: Words) -> Signature {
    let holder = signature.signer.as_ref();
    let name = holder.and_then(|holder| holder.name.clone()).or_else(|| signature.name.clone());
    let name = name.unwrap_or_else(|| l.t("verify-nobody"));
    let party = signature.field.split_once('-').map(|(_, party)| party_name(party, l)).unwrap_or_default();
    let title = match &signature.statement {
        _ if signature.timestamp => l.with("verify-signature-timestamp", [("name", name.as_str())]),
        Some(statement) => l.with(
            "verify-signature-initials",
            [
                ("party", party_name(&statement.party, l).as_str()),
                ("pages", &statement.pages.len().to_string()),
                ("name", &name),
            ],
        ),
        None if signature.field.starts_with("signature-") => {
            l.with("verify-signature-signature", [("party", party.as_str()), ("name", &name)])
        }
        None => l.with("verify-signature-other", [("name", name.as_str())]),
    };
    let stamped = signature.stamp.as_ref().filter(|_| signature.timestamp);
    let when = match (stamped, signature.existed_by.source, signature.claimed) {
        (Some(stamp), ..) => l.with("verify-when-timestamp", [("day", day(stamp.time, l).as_str())]),
        (None, TimeSource::Timestamp, _) => {
            l.with("verify-when-timestamp", [("day", day(signature.existed_by.time, l).as_str())])
        }
        (None, TimeSource::DocumentTimestamp, _) => {
            l.with("verify-when-document-timestamp", [("day", day(signature.existed_by.time, l).as_str())])
        }
        (None, TimeSource::Now, Some(claimed)) => {
            l.with("verify-when-claimed", [("day", day(claimed, l).as_str())])
        }
        (None, TimeSource::Now, None) => l.t("verify-when-unknown"),
    };
    let mut says = Vec::new();
    if let Verdict::Failed(because) | Verdict::Indeterminate(because) = signature.verdict {
        says.push(why(because, l));
    }
    if let Some(holder) = holder {
        let issuer = holder.issuer.clone().unwrap_or_else(|| l.t("verify-nobody"));
        says.push(l.with(
            "verify-certificate",
            [
                ("name", name.as_str()),
                ("issuer", &issuer),
                ("from", &stockholm_day(holder.not_before).to_string()),
                ("to", &stockholm_day(holder.not_after).to_string()),
            ],
        ));
    }
    says.extend(signature.baseline.map(|level| l.t(&format!("verify-level-{}", code(&level)))));
    Signature {
        good: match signature.verdict {
            Verdict::Passed => Good::Yes,
            Verdict::Failed(_) => Good::No,
            Verdict::Indeterminate(_) | Verdict::Unsigned => Good::Unknown,
        },
        title,
        when,
        answers: vec![
            (l.t("verify-intact"), signature.intact),
            (l.t("verify-valid"), signature.valid),
            (l.t("verify-trusted"), signature.trusted),
        ],
        says,
    }
}

/// What was noticed, the gravest first; what the sheet of pages or the verdict tells already is left out.
fn findings(report: &Report, l: Words) -> Vec<(String, Good, String)> {
    let mut told: Vec<(Level, (String, Good, String))> = Vec::new();
    for finding in &report.findings {
        let good = match finding.level {
            Level::Fail => Good::No,
            Level::Warn => Good::Unknown,
            Level::Inform => Good::Yes,
        };
        let level = l.t(&format!("verify-level-{}", code(&finding.level)));
        let one = (finding.level, (level, good, finding_told(finding, report, l)));
        // Initials are filled in on each page, and said once.
        if !told.contains(&one) {
            told.push(one);
        }
    }
    let grave = |level: Level| match level {
        Level::Fail => 0,
        Level::Warn => 1,
        Level::Inform => 2,
    };
    told.sort_by_key(|(level, _)| grave(*level));
    told.into_iter().map(|(_, told)| told).collect()
}

fn finding_told(finding: &Finding, report: &Report, l: Words) -> String {
    if let (Found::Check(Check::PageDiffers), Some(page)) = (&finding.what, finding.page)
        && let Some(initials) = initials_of(report, page, finding.party.as_deref())
    {
        return l.with(
            "verify-page-differs-found",
            [
                ("page", page.to_string().as_str()),
                ("name", &initials.person),
                ("day", &day(initials.time, l)),
                ("hash", &code(&initials.recorded).chars().take(16).collect::<String>()),
            ],
        );
    }
    let mut words = match &finding.what {
        Found::Change(kind) => l.t(&format!("verify-change-{}", code(kind))),
        Found::Anomaly(anomaly) => l.t(&format!("verify-anomaly-{}", code(anomaly))),
        Found::Stray(stray) => l.t(&format!("verify-stray-{}", code(stray))),
        Found::Check(check) => l.t(&format!("verify-check-{}", code(check))),
        Found::Trust(because) => why(*because, l),
    };
    if let Some(party) = &finding.party {
        words = l.with("verify-of-party", [("words", words.as_str()), ("party", &party_name(party, l))]);
    }
    match finding.page {
        // Where a signature's own field stands says nothing to the reader.
        Some(page) if finding.level != Level::Inform => {
            l.with("verify-on-page", [("page", page.to_string().as_str()), ("words", &words)])
        }
        _ => words,
    }
}

fn initials_of<'a>(report: &'a Report, page: usize, party: Option<&str>) -> Option<&'a PageInitials> {
    let of =
        |initials: &&PageInitials| initials.page == page && party.is_none_or(|party| initials.party == party);
    report.seal.as_ref()?.initials.iter().find(of)
}

/// The parties of a file, the state first.
fn parties(report: &Report) -> Vec<&str> {
    let Some(seal) = &report.seal else { return Vec::new() };
    let mut parties: Vec<&str> = Vec::new();
    let named = seal.initials.iter().map(|i| i.party.as_str());
    for party in named.chain(seal.missing.iter().map(|m| m.party.as_str())) {
        if !parties.contains(&party) {
            parties.push(party);
        }
    }
    parties.sort_by_key(|party| *party != "state");
    parties
}

fn pages(report: &Report, parties: &[&str], l: Words) -> Vec<(String, Vec<Cell>)> {
    if report.seal.is_none() {
        return Vec::new();
    }
    let cell = |page: usize, party: &str| match initials_of(report, page, Some(party)) {
        None => Cell { good: Good::No, words: l.t("verify-page-missing") },
        Some(initials) => {
            let day = day(initials.time, l);
            let values = [("name", initials.person.as_str()), ("day", day.as_str())];
            let key = if initials.same { "verify-page-same" } else { "verify-page-differs" };
            let good = if initials.same && initials.passed { Good::Yes } else { Good::No };
            Cell { good, words: l.with(key, values) }
        }
    };
    (1..=report.pages)
        .map(|page| {
            let name = l.with("verify-page", [("page", page.to_string().as_str())]);
            (name, parties.iter().map(|party| cell(page, party)).collect())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kvarter_domain::text::Language;
    use kvarter_signatures::change::ChangeKind;
    use kvarter_signatures::pdf::Anomaly;

    #[test]
    fn everything_that_can_be_found_has_its_sentence_in_both_languages() {
        for language in [Language::Sv, Language::En] {
            let l = Words(language);
            let mut keys: Vec<String> = Vec::new();
            keys.extend(ChangeKind::ALL.iter().map(|kind| format!("verify-change-{}", code(kind))));
            keys.extend(Anomaly::ALL.iter().map(|kind| format!("verify-anomaly-{}", code(kind))));
            keys.extend(Check::ALL.iter().map(|kind| format!("verify-check-{}", code(kind))));
            let because = include_str!("../../kvarter-signatures/src/certificate/trust.rs");
            let because =
                because.split("pub enum SubIndication {").nth(1).and_then(|rest| rest.split('}').next());
            let because = because.expect("the reasons are listed there").lines().map(str::trim);
            let names = because.filter(|line| line.ends_with(',') && !line.starts_with('/'));
            keys.extend(names.map(|name| {
                let mut key = String::from("verify-because");
                for letter in name.trim_end_matches(',').chars() {
                    if letter.is_uppercase() {
                        key.push('-');
                    }
                    key.extend(letter.to_lowercase());
                }
                key
            }));
            keys.extend(
                ["bytes", "overlap", "elsewhere", "unlisted", "broken"].map(|k| format!("verify-stray-{k}")),
            );
            let lacking: Vec<&String> = keys.iter().filter(|key| !l.has(key)).collect();
            assert!(lacking.is_empty(), "{lacking:?}");
        }
    }
}
