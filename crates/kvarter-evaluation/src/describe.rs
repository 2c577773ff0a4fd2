//! Levels, rates and gaps, with intervals that hold when numbers are small.
//!
//! No effect is claimed here: these are descriptions of what was counted, with the uncertainty of a
//! count. Whether a difference is an effect is for the other modules.

use crate::distribution::{gamma_quantile, normal_quantile};

/// Fewer events than this make a rate unreliable (the relative standard error exceeds 20–25 %).
pub const FEW_EVENTS: u64 = 20;

/// A share of fewer people than this says little of a place.
pub const SMALL_BASE: u64 = 100;

/// What a figure should be read with. Codes for the caller; the sentences live elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Caution {
    /// Fewer than [`FEW_EVENTS`] events (or non-events).
    FewEvents,
    /// Fewer than [`SMALL_BASE`] in the population.
    SmallBase,
}

/// Why there is no figure.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DescribeError {
    /// Nobody to take a share of.
    #[error("the population is empty")]
    EmptyPopulation,
    /// More events than people, for a share.
    #[error("{events} of {population}")]
    MoreThanAll {
        /// Events.
        events: u64,
        /// People.
        population: u64,
    },
    /// The coverage asked for is not between 0 and 1.
    #[error("coverage {level} is not between 0 and 1")]
    LevelOutOfRange {
        /// What was asked for.
        level: f64,
    },
    /// The unit a rate is given per is not positive and finite.
    #[error("a rate per {per}")]
    PerOutOfRange {
        /// What was asked for.
        per: f64,
    },
}

/// A figure and its interval.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Figure {
    /// The figure, in its own unit (see the function that made it).
    pub value: f64,
    /// The interval at the level asked for.
    pub interval: (f64, f64),
    /// What to read it with.
    pub cautions: Vec<Caution>,
}

fn half_width(level: f64) -> Result<f64, DescribeError> {
    Some(level)
        .filter(|l| *l > 0.0 && *l < 1.0)
        .and_then(|l| normal_quantile(0.5 + 0.5 * l))
        .ok_or(DescribeError::LevelOutOfRange { level })
}

/// A share of a population, between 0 and 1, with Wilson's interval (Wilson 1927, *JASA* 22; Newcombe
/// 1998, *Statistics in Medicine* 17, method 3). It stays inside 0–1 and has width also at 0 and at all.
///
/// # Errors
/// An empty population, more events than people, or a level outside 0–1.
pub fn share(events: u64, population: u64, level: f64) -> Result<Figure, DescribeError> {
    let z = half_width(level)?;
    if population == 0 {
        return Err(DescribeError::EmptyPopulation);
    }
    if events > population {
        return Err(DescribeError::MoreThanAll { events, population });
    }
    let n = population as f64;
    let p = events as f64 / n;
    let centre = p + z * z / (2.0 * n);
    let spread = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    let interval = (
        if events == 0 { 0.0 } else { ((centre - spread) / scale).max(0.0) },
        if events == population { 1.0 } else { ((centre + spread) / scale).min(1.0) },
    );
    let mut cautions = Vec::new();
    if events.min(population - events) < FEW_EVENTS {
        cautions.push(Caution::FewEvents);
    }
    if population < SMALL_BASE {
        cautions.push(Caution::SmallBase);
    }
    Ok(Figure { value: p, interval, cautions })
}

/// How a count's interval is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum CountInterval {
    /// From the Poisson distribution itself (Garwood 1936, *Biometrika* 28): never too narrow.
    #[default]
    Exact,
    /// Byar's approximation (Breslow & Day 1987, *Statistical Methods in Cancer Research* II, p. 69),
    /// as public-health profiles use it.
    Byar,
}

/// A rate: events per so many people (`per`, say 1,000), counted over a population or its years.
///
/// # Errors
/// An empty population, a level outside 0–1, or a `per` that is not positive or beyond 10²⁰⁰.
pub fn rate(
    events: u64,
    population: u64,
    per: f64,
    method: CountInterval,
    level: f64,
) -> Result<Figure, DescribeError> {
    let z = half_width(level)?;
    if population == 0 {
        return Err(DescribeError::EmptyPopulation);
    }
    // Beyond this no count times `per` would be a number.
    if !(per > 0.0 && per < 1e200) {
        return Err(DescribeError::PerOutOfRange { per });
    }
    let count = events as f64;
    let tail = 0.5 * (1.0 - level);
    let (low, high) = match method {
        CountInterval::Exact => (
            if events == 0 { 0.0 } else { gamma_quantile(count, tail).unwrap_or(0.0) },
            gamma_quantile(count + 1.0, 1.0 - tail).unwrap_or(f64::MAX),
        ),
        CountInterval::Byar => {
            let byar = |o: f64, z: f64| o * (1.0 - 1.0 / (9.0 * o) + z / (3.0 * o.sqrt())).powi(3);
            (if events == 0 { 0.0 } else { byar(count, -z).max(0.0) }, byar(count + 1.0, z))
        }
    };
    let scale = per / population as f64;
    let mut cautions = Vec::new();
    if events < FEW_EVENTS {
        cautions.push(Caution::FewEvents);
    }
    if population < SMALL_BASE {
        cautions.push(Caution::SmallBase);
    }
    Ok(Figure { value: count * scale, interval: (low * scale, high * scale), cautions })
}

/// The gap between two figures, first minus second, from their intervals (Newcombe 1998, method 10;
/// Zou & Donner 2008, *Statistics in Medicine* 27: "MOVER"). Both must have the same level and unit,
/// and be independent: a district against the rest of the city, not against a city that holds it.
pub fn gap(first: &Figure, second: &Figure) -> Figure {
    let value = first.value - second.value;
    let (l1, u1) = (first.value - first.interval.0, first.interval.1 - first.value);
    let (l2, u2) = (second.value - second.interval.0, second.interval.1 - second.value);
    let mut cautions = first.cautions.clone();
    for caution in &second.cautions {
        if !cautions.contains(caution) {
            cautions.push(*caution);
        }
    }
    Figure { value, interval: (value - l1.hypot(u2), value + u1.hypot(l2)), cautions }
}
