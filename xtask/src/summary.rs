//! The closing summary: every suite by name, with what passed, what failed and what never ran.
//!
//! A suite that did not run is a failure unless the person asked for it to be left out, so that a
//! green result always means the same thing.

use std::fmt::Write as _;
use std::time::Duration;

/// How a suite ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// It ran; some of it may have failed.
    Ran {
        /// Checks that held.
        passed: u64,
        /// Checks that did not.
        failed: u64,
    },
    /// It could not run, and why.
    CouldNot(String),
    /// It was left out because the person said so.
    LeftOut(&'static str),
}

/// One suite's line.
#[derive(Debug)]
pub(crate) struct Suite {
    /// Its name, as in the `--without-…` that leaves it out.
    pub(crate) name: &'static str,
    /// How it ended.
    pub(crate) end: End,
    /// How long it took.
    pub(crate) took: Duration,
}

/// Every suite, in the order it was run.
#[derive(Default)]
pub(crate) struct Summary {
    suites: Vec<Suite>,
}

impl Summary {
    /// Writes a suite's end down.
    pub(crate) fn add(&mut self, suite: Suite) {
        self.suites.push(suite);
    }

    /// Whether nothing failed and nothing is missing that was not left out on purpose.
    pub(crate) fn good(&self) -> bool {
        self.suites.iter().all(|suite| match &suite.end {
            End::Ran { failed, .. } => *failed == 0,
            End::CouldNot(_) => false,
            End::LeftOut(_) => true,
        })
    }

    /// The summary as text, ending with the totals.
    pub(crate) fn text(&self) -> String {
        let mut text = String::from(
            "\n  suite        result\n  -----------  ----------------------------------------\n",
        );
        let (mut all_passed, mut all_failed) = (0, 0);
        for Suite { name, end, took } in &self.suites {
            let result = match end {
                End::Ran { passed, failed } => {
                    all_passed += passed;
                    all_failed += failed;
                    let verdict = if *failed == 0 { "passed" } else { "FAILED" };
                    format!("{verdict}  {passed} passed, {failed} failed  ({:.0} s)", took.as_secs_f64())
                }
                End::CouldNot(why) => format!("DID NOT RUN  {why}"),
                End::LeftOut(flag) => format!("did not run  (left out with {flag})"),
            };
            let _ = writeln!(text, "  {name:<11}  {result}");
        }
        let missing = self.names(|end| matches!(end, End::CouldNot(_)));
        let left_out = self.names(|end| matches!(end, End::LeftOut(_)));
        if !left_out.is_empty() {
            let _ = writeln!(text, "\nLeft out: {}.", left_out.join(", "));
        }
        if !missing.is_empty() {
            let flags: Vec<String> = missing.iter().map(|name| format!("--without-{name}")).collect();
            let _ = writeln!(
                text,
                "\nDid not run: {}. That counts as a failure; to leave out on purpose: {}",
                missing.join(", "),
                flags.join(" ")
            );
        }
        let verdict = if self.good() { "ok" } else { "FAILED" };
        let _ = writeln!(
            text,
            "\ntest result: {verdict}. {all_passed} passed; {all_failed} failed; {} suites did not run",
            missing.len() + left_out.len()
        );
        let _ = writeln!(text, "{all_passed} passed, {all_failed} failed");
        text
    }

    fn names(&self, chosen: impl Fn(&End) -> bool) -> Vec<&'static str> {
        self.suites.iter().filter(|suite| chosen(&suite.end)).map(|suite| suite.name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(ends: Vec<(&'static str, End)>) -> Summary {
        let mut summary = Summary::default();
        for (name, end) in ends {
            summary.add(Suite { name, end, took: Duration::ZERO });
        }
        summary
    }

    #[test]
    fn totals_stand_alone_on_the_last_line() {
        let text = summary(vec![
            ("format", End::Ran { passed: 1, failed: 0 }),
            ("tests", End::Ran { passed: 40, failed: 2 }),
        ])
        .text();
        assert_eq!(text.lines().last(), Some("41 passed, 2 failed"));
    }

    #[test]
    fn a_suite_that_could_not_run_is_named_and_fails_the_whole() {
        let summary = summary(vec![
            ("tests", End::Ran { passed: 40, failed: 0 }),
            ("browser", End::CouldNot("no Chromium here".into())),
        ]);
        assert!(!summary.good());
        assert!(summary.text().contains("Did not run: browser."));
        assert!(summary.text().contains("--without-browser"));
    }

    #[test]
    fn a_suite_left_out_on_purpose_is_still_named() {
        let summary = summary(vec![
            ("tests", End::Ran { passed: 40, failed: 0 }),
            ("verapdf", End::LeftOut("--without-verapdf")),
        ]);
        assert!(summary.good());
        assert!(summary.text().contains("Left out: verapdf."));
    }
}
