//! Did it work? The causal evaluation of programmes that are tied to a place and a start.
//!
//! Pure numbers: nothing here reads a file, a clock or a network, nothing here speaks a human
//! language, and whatever is random takes its seed as an argument. The same input gives the same
//! bits on any number of threads.
//!
//! A newcomer reads in this order:
//!
//! 1. [`panel`] – units × periods with what is missing marked, and who was treated from when.
//! 2. [`simplex`] – least squares on the simplex, exact and certified: what synthetic controls rest on.
//! - [`describe`] – shares, rates and gaps with intervals that hold for small numbers.
//! - [`did`] and [`staggered`] – difference-in-differences, for one start and for many; [`mod@reference`] –
//!   what their estimates are held against when few were treated.
//! - [`power`] and [`calibration`] – what could be found at all, and whether a test keeps its promise,
//!   tried on [`trial`]s; [`discovery`] – many tests at once.
//! - [`distribution`] and [`stream`] – what tests and draws stand on.

pub mod calibration;
pub mod describe;
pub mod design;
pub mod did;
pub mod discovery;
pub mod distribution;
pub mod national;
mod neighbours;
pub mod panel;
pub mod placebo;
pub mod power;
pub mod reference;
pub mod refusal;
pub mod simplex;
pub mod staggered;
pub mod stream;
mod symmetric;
pub mod synthetic;
pub mod trial;
