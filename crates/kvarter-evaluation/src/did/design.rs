//! What stands on the right-hand side: rows that repeat from unit to unit, and covariates that do not.
//!
//! Regressors made from starts alone are the same for all units with the same start. A panel of
//! thousands of units then has a handful of *patterns*, and every sum over units can be taken
//! pattern by pattern. That is where the speed comes from; [`super::fit`] does the sums.

use std::collections::BTreeSet;

use super::Term;

/// The regressors of one fit, in the order of `terms`.
#[derive(Debug, Clone)]
pub(super) struct Design {
    /// Names, patterned terms first, then dense ones.
    pub(super) terms: Vec<Term>,
    /// Which pattern each unit has.
    pub(super) pattern_of: Vec<usize>,
    /// `patterns × periods × patterned terms`, row-major.
    pub(super) patterns: Vec<f64>,
    /// How many of the terms are patterned.
    pub(super) patterned: usize,
    /// One column of `units × periods` values for each remaining term.
    pub(super) dense: Vec<Vec<f64>>,
}

/// Which relative periods an event study leaves out because they are the yardstick.
pub(super) type Reference = i64;

impl Design {
    /// One term: 1 from a unit's start on. `starts` are positions among the periods.
    pub(super) fn treated(starts: &[Option<usize>], periods: usize) -> Self {
        Self::patterned(starts, periods, vec![Term::Treated], |start, t, row| {
            row[0] = f64::from(u8::from(t >= start));
        })
    }

    /// One term for each period relative to the start, the reference left out; the number of terms
    /// when there are more than `most`, before room is taken for them.
    pub(super) fn relative(
        starts: &[Option<usize>],
        labels: &[i64],
        reference: Reference,
        most: usize,
    ) -> Result<Self, usize> {
        let mut offsets = BTreeSet::new();
        for &start in starts.iter().flatten().collect::<BTreeSet<_>>() {
            offsets
                .extend(labels.iter().map(|t| t.saturating_sub(labels[start])).filter(|&e| e != reference));
            if offsets.len() > most {
                return Err(offsets.len());
            }
        }
        let offsets: Vec<i64> = offsets.into_iter().collect();
        let terms = offsets.iter().map(|&e| Term::Relative(e)).collect();
        Ok(Self::patterned(starts, labels.len(), terms, |start, t, row| {
            if let Ok(k) = offsets.binary_search(&labels[t].saturating_sub(labels[start])) {
                row[k] = 1.0;
            }
        }))
    }

    fn patterned(
        starts: &[Option<usize>],
        periods: usize,
        terms: Vec<Term>,
        fill: impl Fn(usize, usize, &mut [f64]),
    ) -> Self {
        let mut kinds: Vec<Option<usize>> = starts.to_vec();
        kinds.sort_unstable();
        kinds.dedup();
        let pattern_of = starts
            .iter()
            .map(|start| kinds.binary_search(start).expect("the kinds are made of these starts"))
            .collect();
        let k = terms.len();
        let mut patterns = vec![0.0; kinds.len() * periods * k];
        for (pattern, kind) in patterns.chunks_exact_mut((periods * k).max(1)).zip(&kinds) {
            if let Some(start) = kind {
                for (t, row) in pattern.chunks_exact_mut(k).enumerate() {
                    fill(*start, t, row);
                }
            }
        }
        Self { patterned: k, terms, pattern_of, patterns, dense: Vec::new() }
    }

    /// Adds a covariate, one value per cell.
    pub(super) fn push(&mut self, term: Term, column: Vec<f64>) {
        self.terms.push(term);
        self.dense.push(column);
    }

    /// How many distinct patterns there are.
    pub(super) fn kinds(&self) -> usize {
        self.pattern_of.iter().max().map_or(0, |last| last + 1)
    }

    /// All terms as columns of `units × periods` values.
    pub(super) fn into_columns(self, periods: usize) -> Vec<Vec<f64>> {
        let k = self.patterned;
        let mut columns: Vec<Vec<f64>> = (0..k)
            .map(|term| {
                let pattern = |p: usize| (0..periods).map(move |t| (p * periods + t) * k + term);
                self.pattern_of.iter().flat_map(|&p| pattern(p)).map(|at| self.patterns[at]).collect()
            })
            .collect();
        columns.extend(self.dense);
        columns
    }
}
