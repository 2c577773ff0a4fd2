//! Did it work? The causal evaluation of programmes that are tied to a place and a start.
//!
//! Pure numbers: nothing here reads a file, a clock or a network, nothing here speaks a human
//! language, and whatever is random takes its seed as an argument. The same input gives the same
//! bits on any number of threads.
//!
//! A newcomer reads in this order:
//!
//! 1. [`panel`] – units × periods with what is missing marked, and who was treated from when.

pub mod panel;
