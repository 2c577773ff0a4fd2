//! What is true, and what is allowed.
//!
//! Nothing here reads a clock, a file or a network, and nothing here is random: the caller tells
//! the day, and the same facts always give the same answer.
//!
//! A newcomer reads in this order:
//!
//! 1. [`programme`] – a programme is data: clauses, obligations and what each sentence of the text is.
//! 2. [`time`] – days, Swedish holidays, and when a last day moves.
//! 3. [`agreement`], [`signing`] and [`electronic`] – an agreement's life as dated facts.
//! 4. [`validity`] – whether it binds, whether it is valid, and what is missing.
//! 5. [`duty`] – obligations made concrete: who owes what to whom by when, and how it stands.
//! 6. [`registry`] – the diarium that every act passes through.
//! 7. [`partnership`] – who works together for the districts, and what they have said and decided.
//! 8. [`collaboration`] – what municipality and partner commit themselves to, bound to the plans.
//! 9. [`access`] – who may do what: the whole policy as one function.

pub mod access;
pub mod agreement;
pub mod approval;
pub mod collaboration;
pub mod correction;
pub mod district;
pub mod duty;
pub mod electronic;
pub mod event;
pub mod ids;
pub mod likalydande;
pub mod observation;
pub mod organisation;
pub mod partnership;
pub mod person;
pub mod plan;
pub mod problem;
pub mod programme;
pub mod reference;
pub mod registry;
pub mod signing;
pub mod text;
pub mod time;
pub mod validity;
