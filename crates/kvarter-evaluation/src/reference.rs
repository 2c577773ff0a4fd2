//! Which distribution an estimate is held against when few were treated.
//!
//! A variance summed over clusters leans on there being many. With ten treated among two hundred the
//! usual p-values reject true nulls in nine cases of a hundred, not five (see `examples/size.rs`). The
//! guard is Welch's (1947, *Biometrika* 34), for a difference between two groups of unequal spread.

use crate::distribution::{normal_two_sided, student_half_width, student_two_sided};

/// How p-values and intervals are read off an estimate and its standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Reference {
    /// As for a comparison of two groups of unequal spread: variances from deviations count with
    /// G/(G − 1) for the G treated (or, if fewer, untreated) clusters, and Student's t has as few
    /// degrees of freedom as that group allows. The standard error shown is the conventional one.
    #[default]
    Guarded,
    /// As the packages do it: t with all clusters less one (`fixest`), or the normal distribution
    /// (`did`). For comparing figures; rejects too often when few are treated.
    Conventional,
}

/// What the guard makes of one estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Guard {
    /// What the conventional variance is multiplied by.
    pub inflation: f64,
    /// Of the t distribution.
    pub degrees_of_freedom: f64,
}

impl Guard {
    /// For a difference between treated and untreated clusters: the smaller group decides. `None` when
    /// a group that exists has fewer than two.
    pub(crate) fn of_groups(treated: usize, untreated: usize) -> Option<Self> {
        let fewest = if untreated == 0 { treated } else { treated.min(untreated) };
        let degrees = fewest.checked_sub(1).filter(|d| *d > 0)? as f64;
        Some(Self { inflation: fewest as f64 / degrees, degrees_of_freedom: degrees })
    }

    /// For a sum over cohorts against the `rest` of the units: each group's sum of squared influences
    /// and number of units. Satterthwaite's degrees of freedom (1946, *Biometrics Bulletin* 2), but no
    /// more than either side has of its own. `None` when a group has fewer than two units.
    pub(crate) fn of_variances(cohorts: &[(f64, usize)], rest: Option<(f64, usize)>) -> Option<Self> {
        let (mut plain, mut sum, mut spread, mut own) = (0.0, 0.0, 0.0, 0.0);
        for &(variance, units) in cohorts.iter().chain(&rest) {
            let degrees = units.checked_sub(1).filter(|d| *d > 0)? as f64;
            let honest = variance * units as f64 / degrees;
            plain += variance;
            sum += honest;
            spread += honest * honest / degrees;
        }
        for &(_, units) in cohorts {
            own += units as f64 - 1.0;
        }
        let most = rest.map_or(own, |(_, units)| own.min(units as f64 - 1.0));
        (plain > 0.0 && spread > 0.0)
            .then(|| Self { inflation: sum / plain, degrees_of_freedom: (sum * sum / spread).min(most) })
    }

    /// The two-sided p-value of an estimate over its conventional standard error.
    pub(crate) fn p_value(&self, statistic: f64) -> Option<f64> {
        student_two_sided(self.degrees_of_freedom, statistic / self.inflation.sqrt())
    }

    /// Conventional standard errors to go each way for two-sided coverage `level`.
    pub(crate) fn half_width(&self, level: f64) -> Option<f64> {
        Some(student_half_width(self.degrees_of_freedom, level)? * self.inflation.sqrt())
    }

    /// Conventional standard errors that reach as far as `critical` would under a normal distribution.
    pub(crate) fn stretch(&self, critical: f64) -> Option<f64> {
        self.half_width(1.0 - normal_two_sided(critical))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smaller_group_decides_and_one_alone_decides_nothing() {
        let guard = Guard::of_groups(5, 100).unwrap();
        assert_eq!((guard.inflation, guard.degrees_of_freedom), (1.25, 4.0));
        assert_eq!(Guard::of_groups(1, 100), None);
        assert_eq!(Guard::of_groups(9, 1), None);
        assert_eq!(Guard::of_groups(9, 0).unwrap().degrees_of_freedom, 8.0);
    }

    #[test]
    fn two_alike_cohorts_have_the_degrees_of_freedom_of_both_but_no_more_than_the_rest_allows() {
        let guard = Guard::of_variances(&[(3.0, 11), (3.0, 11)], Some((0.0, 1_001))).unwrap();
        assert!((guard.degrees_of_freedom - 20.0).abs() < 1e-12);
        assert!((guard.inflation - 1.1).abs() < 1e-12);
        let guard = Guard::of_variances(&[(3.0, 11), (3.0, 11)], Some((0.0, 5))).unwrap();
        assert_eq!(guard.degrees_of_freedom, 4.0);
        assert_eq!(Guard::of_variances(&[(3.0, 1)], Some((3.0, 11))), None);
    }
}
