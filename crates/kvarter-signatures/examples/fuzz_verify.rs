//! Damages files and verifies them, as long as one likes: `fuzz_verify SEED COUNT FILE…`.
//!
//! Nothing is trusted here, so nothing may pass, and nothing may stumble. The last seed that was begun is
//! written first, so that a run that ends badly can be repeated.

#[path = "../tests/signatures/mutant.rs"]
mod mutant;

use std::io::Write;

use kvarter_signatures::certificate::{Anchors, Evidence};
use kvarter_signatures::pdf::File;
use kvarter_signatures::policy::Policy;
use kvarter_signatures::seal::seal;
use kvarter_signatures::verdict::Verdict;
use kvarter_signatures::verify::verify;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let from: u64 = arguments.next().ok_or("a seed is missing")?.parse()?;
    let count: u64 = arguments.next().ok_or("a count is missing")?.parse()?;
    let files = arguments.map(std::fs::read).collect::<Result<Vec<_>, _>>()?;
    let (anchors, evidence, policy) = (Anchors::none(), Evidence::default(), Policy::house());
    let at = "2026-11-23T12:00:00Z".parse()?;
    for number in from..from.saturating_add(count) {
        let mut seed = mutant::Seed::new(number);
        let file = &files[seed.below(files.len())];
        let mut pdf = mutant::mutated(file, &mut seed);
        // Two files in one, now and then.
        if seed.below(8) == 0 {
            pdf.extend(mutant::mutated(&files[seed.below(files.len())], &mut seed));
        }
        if number % 1000 == 0 {
            writeln!(std::io::stderr(), "seed {number}")?;
        }
        let report = verify(&pdf, &anchors, &evidence, &policy, at);
        if report.verdict == Verdict::Passed {
            return Err(format!("seed {number} passes").into());
        }
        if let Ok(file) = File::read(&pdf) {
            let _ = seal(file.latest());
        }
    }
    Ok(())
}
