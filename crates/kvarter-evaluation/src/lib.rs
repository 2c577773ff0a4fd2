//! Did it work? The causal evaluation of programmes that are tied to a place and a start.
//!
//! Pure numbers: nothing here reads a file, a clock or a network, nothing here speaks a human
//! language, and whatever is random takes its seed as an argument. The same input gives the same
//! bits on any number of threads.
//!
//! A newcomer reads in this order:
//!
//! 1. [`panel`] – units × periods with what is missing marked, and who was treated from when.
//! 2. [`plan`] – what will be done, locked before the results exist.
//! 3. [`design`] – one question made ready: a target, its donors, the periods before and after.
//! 4. [`synthetic`] – the synthetic control family; [`simplex`] – the exact solver that it rests on.
//! 5. [`did`] and [`staggered`] – difference-in-differences, for one start and for many.
//! 6. [`placebo`] and [`national`] – the same method where nothing happened, among a design's donors
//!    and in a whole country; [`mod@reference`] – what difference-in-differences is held against when
//!    few were treated.
//! 7. [`diagnostics`], [`power`], [`calibration`] and [`discovery`] – how far an estimate can be
//!    trusted, what could be found at all, whether a test keeps its promise (tried on [`trial`]s), and
//!    many tests at once.
//! 8. [`verdict`] – what may be said, from A to E; [`refusal`] – why nothing may.
//! 9. [`describe`] – shares, rates and gaps with intervals that hold for small numbers;
//!    [`distribution`] and [`stream`] – what tests and draws stand on.

pub mod calibration;
pub mod describe;
pub mod design;
pub mod diagnostics;
pub mod did;
pub mod discovery;
pub mod distribution;
pub mod national;
mod neighbours;
pub mod panel;
pub mod placebo;
pub mod plan;
pub mod power;
pub mod reference;
pub mod refusal;
pub mod simplex;
pub mod staggered;
pub mod stream;
mod symmetric;
pub mod synthetic;
pub mod trial;
pub mod verdict;
