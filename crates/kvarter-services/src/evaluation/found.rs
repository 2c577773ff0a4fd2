//! What a method found, before it is judged.

use kvarter_evaluation::plan::PlannedTest;

use super::code::{Code, Told};
use super::study::{
    Backdated, Cell, Detectable, Diagnosed, Event, Fit, Interval, LeftOne, Placebo, Point, Test, Weight,
};

/// The parts of a study that depend on the method.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) variant: &'static str,
    pub(super) penalty: Option<f64>,
    pub(super) estimate: Told<f64>,
    pub(super) interval: Told<Interval>,
    pub(super) test: Test,
    pub(super) series: Vec<Point>,
    pub(super) fit: Told<Fit>,
    pub(super) weights: Vec<Weight>,
    pub(super) period_weights: Vec<(i64, f64)>,
    pub(super) predictor_weights: Vec<(String, f64)>,
    pub(super) placebos: Vec<Placebo>,
    pub(super) placebos_refused: Vec<(String, Code)>,
    pub(super) in_time: Told<Backdated>,
    pub(super) earlier_starts: Vec<Backdated>,
    pub(super) leave_one_out: Told<Vec<LeftOne>>,
    pub(super) diagnostics: Told<Diagnosed>,
    pub(super) detectable: Told<Detectable>,
    pub(super) event_study: Told<Vec<Event>>,
    pub(super) cells: Vec<Cell>,
    pub(super) cautions: Vec<Code>,
    pub(super) left_out: Vec<(String, Code)>,
    pub(super) comparison_units: usize,
    pub(super) periods_before: usize,
    pub(super) periods_after: usize,
    /// Why the method gives nothing; empty where it gives something.
    pub(super) refused: Vec<Code>,
}

impl Found {
    /// Nothing yet.
    pub(super) fn none(test: PlannedTest) -> Self {
        let not = || Code::new("not-of-method");
        Self {
            variant: "plain",
            penalty: None,
            estimate: Told::none(not()),
            interval: Told::none(not()),
            test: Test {
                name: test,
                p_value: Told::none(not()),
                least_p_value: None,
                rank: None,
                compared: None,
                one_sided: None,
                standard_error: None,
            },
            series: Vec::new(),
            fit: Told::none(not()),
            weights: Vec::new(),
            period_weights: Vec::new(),
            predictor_weights: Vec::new(),
            placebos: Vec::new(),
            placebos_refused: Vec::new(),
            in_time: Told::none(not()),
            earlier_starts: Vec::new(),
            leave_one_out: Told::none(not()),
            diagnostics: Told::none(not()),
            detectable: Told::none(not()),
            event_study: Told::none(not()),
            cells: Vec::new(),
            cautions: Vec::new(),
            left_out: Vec::new(),
            comparison_units: 0,
            periods_before: 0,
            periods_after: 0,
            refused: Vec::new(),
        }
    }

    /// Nothing, for these reasons.
    pub(super) fn refused(test: PlannedTest, why: Vec<Code>) -> Self {
        let first = why.first().cloned().unwrap_or_else(|| Code::new("not-applicable"));
        let mut found = Self::none(test);
        found.estimate = Told::none(first.clone());
        found.interval = Told::none(first.clone());
        found.test.p_value = Told::none(first.clone());
        found.fit = Told::none(first.clone());
        found.in_time = Told::none(first.clone());
        found.leave_one_out = Told::none(first.clone());
        found.diagnostics = Told::none(first.clone());
        found.detectable = Told::none(first.clone());
        found.event_study = Told::none(first);
        found.refused = why;
        found
    }

    /// Takes away what left the range of numbers: nothing is said rather than an infinite effect.
    pub(super) fn without_overflow(&mut self) {
        let overflow = || Code::new("overflow");
        if self.estimate.value.is_some_and(|effect| !effect.is_finite()) {
            *self = Self::refused(self.test.name, vec![overflow()]);
        }
        if self.interval.value.is_some_and(|told| !(told.low.is_finite() && told.high.is_finite())) {
            self.interval = Told::none(overflow());
        }
        if self.detectable.value.is_some_and(|told| !told.effect.is_finite()) {
            self.detectable = Told::none(overflow());
        }
        let wild = |point: &Point| !(point.observed.is_finite() && point.comparison.is_finite());
        if self.series.iter().any(wild) {
            self.series.clear();
        }
        let error = self.test.standard_error.filter(|error| error.is_finite());
        self.test.standard_error = error;
    }
}
