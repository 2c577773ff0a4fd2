//! The ring around a treated unit, inside which nobody should be a donor.

use std::collections::BTreeSet;

use crate::refusal::Refusal;

/// Where a unit is: a point in a plane, both coordinates in the same unit of length (metres in a
/// projected system such as SWEREF 99 TM; degrees are not lengths).
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The unit.
    pub unit: String,
    /// East.
    pub x: f64,
    /// North.
    pub y: f64,
}

/// The units within a radius of any of `centres` (the centres themselves not among them): those that
/// a programme may spill over to, or take from. To be excluded from the donors.
///
/// # Errors
/// [`Refusal::BadNumber`] if the radius is negative or not finite, or a coordinate is not finite;
/// [`Refusal::UnknownUnit`] if a centre has no place.
pub fn within(places: &[Place], centres: &[String], radius: f64) -> Result<BTreeSet<String>, Refusal> {
    if !radius.is_finite() || radius < 0.0 {
        return Err(Refusal::BadNumber { name: "radius" });
    }
    if places.iter().any(|place| !place.x.is_finite() || !place.y.is_finite()) {
        return Err(Refusal::BadNumber { name: "coordinate" });
    }
    let mut inside = BTreeSet::new();
    for centre in centres {
        let Some(middle) = places.iter().find(|place| place.unit == *centre) else {
            return Err(Refusal::UnknownUnit { unit: centre.clone() });
        };
        for place in places {
            let (dx, dy) = (place.x - middle.x, place.y - middle.y);
            if dx * dx + dy * dy <= radius * radius && !centres.contains(&place.unit) {
                inside.insert(place.unit.clone());
            }
        }
    }
    Ok(inside)
}
