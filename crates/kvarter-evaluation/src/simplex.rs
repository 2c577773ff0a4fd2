//! Least squares on the simplex: weights that are not negative and sum to one.
//!
//! Every synthetic control rests on this one problem. For donors j = 1…J it minimises
//!
//! > ½ wᵀQw + ℓᵀw + ½ρ‖w‖², subject to w ≥ 0 and Σw = 1,
//!
//! where Q is given by points (Q = PᵀP, the columns of P being donor minus target) or as a matrix.
//!
//! **Exact.** [`solve`] is an active-set method in the manner of Wolfe (1976, “Finding the nearest
//! point in a polytope”, *Mathematical Programming* 11) and of Lawson & Hanson (1974, *Solving Least
//! Squares Problems*, ch. 23): it ends after finitely many steps at the minimum, up to rounding, and
//! not near it after many. [`solve_ridged`] is for thousands of donors with a ridge that is meant
//! (synthetic difference-in-differences): a Newton method on the dual, whose size is that of the
//! periods. Both end with a [`Certificate`]: the duality gap, which bounds how far from the
//! minimum the weights can be, and which anybody can check from the weights alone.
//!
//! **Unique.** With more donors than periods many weights may fit equally well. The tie-break is
//! declared: among them, the weights of the smallest sum of squares, by a ridge that is never less
//! than [`TIE_BREAK`] times the mean squared distance from target to donor. Donors that are copies
//! of each other share their weight equally.
//!
//! **The same everywhere.** Nothing but the four operations and square roots, in a fixed order; no
//! random numbers. Callers spread problems over threads, never one problem.

mod active;
mod cholesky;
mod descent;
mod dual;
mod quadratic;

pub(crate) use active::run;
pub use active::{Workspace, solve, solve_from};
pub(crate) use descent::{Stop, descend, descend_small};
pub use dual::solve_ridged;
pub use quadratic::{Matrix, Points, Quadratic};

/// The ridge of the tie-break, relative to the mean over donors of Q's diagonal (the mean squared
/// distance from the target to a donor).
///
/// It moves the objective by less than half of it times that distance.
pub const TIE_BREAK: f64 = 1e-9;

/// Weights on the simplex, and what shows that they are the best.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// One weight for each donor; none negative, and they sum to one up to rounding.
    pub weights: Vec<f64>,
    /// The proof.
    pub certificate: Certificate,
}

/// What shows that weights are optimal.
///
/// For a convex objective f and weights w on the simplex, f(w) − min f ≤ ∇f(w)ᵀw − minⱼ ∇f(w)ⱼ
/// (the Frank–Wolfe gap; Jaggi 2013, ICML, eq. 2 and lemma 4). `gap` is the right-hand side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Certificate {
    /// The objective at the weights, ridge included, in squared units of the outcome.
    pub objective: f64,
    /// An upper bound of how far the objective is above its minimum; never negative.
    pub gap: f64,
    /// `gap` relative to the mean squared distance from target to donor (0 if that is 0).
    pub relative_gap: f64,
    /// How many weights are above zero.
    pub support: usize,
    /// How many steps were taken.
    pub steps: usize,
}

impl Certificate {
    /// The relative gap below which weights are called optimal: what rounding leaves.
    pub const OPTIMAL: f64 = 1e-10;

    /// Whether the gap is no more than rounding explains.
    #[must_use]
    pub fn is_optimal(&self) -> bool {
        self.relative_gap <= Self::OPTIMAL
    }
}
