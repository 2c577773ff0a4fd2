//! Signs and verifies in a loop and tells how long it took, for `bench/signatures`: `timing FOLDER RUNS`.
//!
//! The files and keys that it works on are left in the folder, so that others can do the same with them. One
//! JSON object is written: milliseconds of each run, by what was done.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use kvarter_signatures::appearance::Ink;
use kvarter_signatures::authority::{Applicant, Authority, Founding, TestKey, TestSigner};
use kvarter_signatures::begun::DEFAULT_RESERVE;
use kvarter_signatures::certificate::{Anchors, Evidence, SubIndication};
use kvarter_signatures::form::{FieldPlace, PlaceKind, prepare};
use kvarter_signatures::policy::{Level, Policy};
use kvarter_signatures::sign::{Act, ActKind, sign_with};
use kvarter_signatures::signer::Signer;
use kvarter_signatures::verdict::Verdict;
use kvarter_signatures::verify::verify;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const SERIF: &[u8] = include_bytes!("../../kvarter-documents/fonts/SourceSerif4-It.otf");
const SANS: &[u8] = include_bytes!("../../kvarter-documents/fonts/SourceSans3-Regular.otf");
/// The key that RSA is timed with; made for tests alone.
const RSA: &str = include_str!("../tests/data/rsa-2048.key");

#[expect(clippy::disallowed_methods, reason = "a measurement asks the clock")]
fn timed<T>(work: impl FnOnce() -> Result<T>) -> Result<(Duration, T)> {
    let from = std::time::Instant::now();
    let done = work()?;
    Ok((from.elapsed(), done))
}

/// A plain document of so many pages, each with some text.
fn document(pages: usize) -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!(
            "<</Type/Pages/Count {pages}/Kids[{}]>>",
            (0..pages).map(|page| format!("{} 0 R ", 4 + 2 * page)).collect::<String>()
        ),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    for page in 0..pages {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R>>",
            5 + 2 * page
        ));
        let lines: String = (0..40)
            .map(|line| format!("0 -16 Td (Sida {page}, rad {line}: kommunen redovisar) Tj\n"))
            .collect();
        let text = format!("BT /F 11 Tf 72 780 Td\n{lines}ET");
        objects.push(format!("<</Length {}>>\nstream\n{text}\nendstream", text.len()));
    }
    let mut file = "%PDF-1.7\n".to_owned();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        offsets.push(file.len());
        let _ = write!(file, "{number} 0 obj\n{object}\nendobj\n");
    }
    let at = file.len();
    let _ = write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in offsets {
        let _ = writeln!(file, "{offset:010} 00000 n ");
    }
    let _ = write!(
        file,
        "trailer\n<</Size {}/Root 1 0 R/ID[<00><00>]>>\nstartxref\n{at}\n%%EOF\n",
        objects.len() + 1
    );
    file.into_bytes()
}

/// Fields for these parties: initials on every page, the act of initialling, a signature on the last.
fn drawn_up(pages: usize, parties: &[String], initials: bool) -> Result<Vec<u8>> {
    let mut places = Vec::new();
    for (number, party) in (0_u8..).zip(parties) {
        let x = 72.0 + 60.0 * f64::from(number % 8);
        let y = 100.0 + 40.0 * f64::from(number / 8);
        let mut add = |kind, page, (x, y, w, h)| {
            places.push(FieldPlace { kind, party: party.clone(), page, x, y, w, h, label: party.clone() });
        };
        if initials {
            for page in 1..=pages {
                add(PlaceKind::Initials, page, (x, 40.0, 56.0, 30.0));
            }
            add(PlaceKind::Initialling, 1, (0.0, 0.0, 0.0, 0.0));
        }
        add(PlaceKind::Signature, pages, (x, y, 56.0, 36.0));
    }
    Ok(prepare(&document(pages), &places, "sv")?)
}

struct Bench {
    signer: TestSigner,
    at: jiff::Timestamp,
}

impl Bench {
    fn act(&self, pdf: &[u8], party: &str, kind: ActKind) -> Result<Vec<u8>> {
        let ink = Ink {
            font: SERIF,
            text: "Anna Ek",
            small_font: SANS,
            lines: &[],
            colour: [0.1, 0.2, 0.5],
            centred: true,
        };
        let act = Act {
            kind,
            party,
            person: "Anna Ek",
            mandate: "prov",
            reason: None,
            location: None,
            time: self.at,
            ink,
            reserve: DEFAULT_RESERVE,
        };
        Ok(sign_with(pdf, &act, &self.signer, None)?)
    }
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("a folder is missing")?;
    let folder = Path::new(&folder);
    let runs: usize = arguments.next().ok_or("how many runs is missing")?.parse()?;
    let at: jiff::Timestamp = "2026-11-23T12:00:00Z".parse()?;
    let key = |byte: u8| TestKey::p256(&[byte; 32]);
    let founding = Founding {
        from: "2026-01-01T00:00:00Z".parse()?,
        root: key(1)?,
        issuing: key(2)?,
        stamping: key(3)?,
        answering: key(4)?,
        addresses: Vec::new(),
    };
    let authority = Authority::found(founding)?;
    let applicant = Applicant {
        given_name: "Anna",
        surname: "Ek",
        organisation: "Provkommunen",
        organisation_number: None,
        serial: 1000,
        not_before: "2026-01-02T00:00:00Z".parse()?,
        not_after: "2036-01-02T00:00:00Z".parse()?,
    };
    let rsa = kvarter_signatures::certificate::read_pem(RSA.as_bytes())?;
    let rsa = rsa.first().map(|block| TestKey::rsa(&block.bytes)).ok_or("no key of RSA")??;
    let (ec, rsa) = (authority.signer(&applicant, key(5)?)?, authority.signer(&applicant, rsa)?);
    std::fs::write(folder.join("root.pem"), authority.root().to_pem())?;
    std::fs::write(folder.join("issuing.pem"), authority.issuing().to_pem())?;
    for (name, signer) in [("ec", &ec), ("rsa", &rsa)] {
        std::fs::write(folder.join(format!("{name}.key")), signer.key().to_pem())?;
        std::fs::write(folder.join(format!("{name}.pem")), signer.certificate().to_pem())?;
    }
    let parties = |count: usize| (1..=count).map(|n| format!("p{n}")).collect::<Vec<_>>();
    let mut told: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let mut tell = |what: &str, took: Duration| {
        told.entry(what.to_owned()).or_default().push(took.as_secs_f64() * 1000.0);
    };
    let anchors: Anchors = authority.anchors();
    let policy = Policy::house().with_trust(SubIndication::TryLater, Level::Warn);
    let check = |pdf: &[u8]| -> Result<Duration> {
        let (took, report) = timed(|| Ok(verify(pdf, &anchors, &Evidence::default(), &policy, at)))?;
        match report.verdict {
            Verdict::Passed => Ok(took),
            other => Err(format!("{other:?}: {:?}", report.findings).into()),
        }
    };

    let unsigned = drawn_up(6, &parties(2), false)?;
    std::fs::write(folder.join("unsigned.pdf"), &unsigned)?;
    let mut two = Vec::new();
    for (name, signer) in [("sign P-256", ec), ("sign RSA-2048", rsa)] {
        let bench = Bench { signer, at };
        bench.act(&unsigned, "p1", ActKind::Sign)?;
        for _ in 0..runs {
            let (took, first) = timed(|| bench.act(&unsigned, "p1", ActKind::Sign))?;
            tell(name, took);
            two = bench.act(&first, "p2", ActKind::Sign)?;
        }
        if bench.signer.algorithm()
            == kvarter_signatures::algorithm::SignatureAlgorithm::EcdsaP256(
                kvarter_signatures::algorithm::DigestAlgorithm::Sha256,
            )
        {
            std::fs::write(folder.join("signed-2.pdf"), &two)?;
            check(&two)?;
            for _ in 0..runs {
                tell("verify 2 signatures", check(&two)?);
            }
            for count in [20, 40, 60] {
                let mut many = drawn_up(2, &parties(count), false)?;
                for party in parties(count) {
                    many = bench.act(&many, &party, ActKind::Sign)?;
                }
                std::fs::write(folder.join(format!("signed-{count}.pdf")), &many)?;
                for _ in 0..runs {
                    tell(&format!("verify {count} signatures"), check(&many)?);
                }
            }
            let sides = ["state".to_owned(), "municipality".to_owned()];
            for pages in [10, 30, 90] {
                let mut sealed = drawn_up(pages, &sides, true)?;
                for side in &sides {
                    sealed = bench.act(&sealed, side, ActKind::Initial(None))?;
                    sealed = bench.act(&sealed, side, ActKind::Sign)?;
                }
                for _ in 0..runs {
                    tell(&format!("verify {pages} pages, 2 parties"), check(&sealed)?);
                }
            }
        }
    }
    let text = serde_json::to_string(&told)?;
    std::io::Write::write_all(&mut std::io::stdout(), format!("{text}\n").as_bytes())?;
    Ok(())
}
