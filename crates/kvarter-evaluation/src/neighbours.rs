//! The nearest units, exactly, without looking at all of them.
//!
//! Distance is Euclidean over the periods before the start. The series are turned to their principal
//! axes, in which most of the distance lies in the first few coordinates, and sorted along the first:
//! a search walks outwards from a unit and ends when the first coordinate alone is farther than the
//! last one kept. What is turned decides only where to look; who is nearest is decided by distances of
//! the series as they are, ties by the order of units.

mod axes;

use axes::principal_axes;

/// How many candidates are measured at a time.
const STRIDE: usize = 32;

/// Units ready to be searched.
pub(crate) struct Neighbours<'a> {
    wide: usize,
    /// The series as they are, unit by unit.
    rows: &'a [f64],
    centre: Vec<f64>,
    axes: Vec<f64>,
    /// Units in the order of the first coordinate.
    order: Vec<usize>,
    /// Turned coordinates: coordinate by coordinate, in that order.
    turned: Vec<f64>,
}

/// Room that a thread uses again.
#[derive(Default)]
pub(crate) struct Room {
    query: Vec<f64>,
    found: Vec<(f64, usize)>,
}

impl<'a> Neighbours<'a> {
    /// `rows` are the units' series, `wide` numbers each.
    pub(crate) fn new(rows: &'a [f64], wide: usize) -> Self {
        let units = rows.len() / wide;
        let mut centre = vec![0.0; wide];
        for row in rows.chunks(wide) {
            for (c, x) in centre.iter_mut().zip(row) {
                *c += x;
            }
        }
        for c in &mut centre {
            *c /= units as f64;
        }
        let mut scatter = vec![0.0; wide * wide];
        let mut apart = vec![0.0; wide];
        for row in rows.chunks(wide) {
            for (a, (x, c)) in apart.iter_mut().zip(row.iter().zip(&centre)) {
                *a = x - c;
            }
            for (i, a) in apart.iter().enumerate() {
                for (s, b) in scatter[i * wide..(i + 1) * wide].iter_mut().zip(&apart) {
                    *s += a * b;
                }
            }
        }
        let axes = principal_axes(scatter, wide);
        let turn = |row: &[f64], axis: usize| -> f64 {
            let axis = &axes[axis * wide..(axis + 1) * wide];
            row.iter().zip(&centre).zip(axis).map(|((x, c), a)| (x - c) * a).sum()
        };
        let first: Vec<f64> = rows.chunks(wide).map(|row| turn(row, 0)).collect();
        let mut order: Vec<usize> = (0..units).collect();
        order.sort_by(|a, b| first[*a].total_cmp(&first[*b]).then(a.cmp(b)));
        let mut turned = Vec::with_capacity(rows.len());
        for axis in 0..wide {
            turned.extend(order.iter().map(|unit| turn(&rows[unit * wide..(unit + 1) * wide], axis)));
        }
        Self { wide, rows, centre, axes, order, turned }
    }

    /// The `count` units nearest to a series, nearest first, passing over some.
    pub(crate) fn nearest(
        &self,
        series: &[f64],
        count: usize,
        skip: impl Fn(usize) -> bool,
        room: &mut Room,
        out: &mut Vec<usize>,
    ) {
        let (units, wide) = (self.order.len(), self.wide);
        room.query.clear();
        for axis in self.axes.chunks(wide) {
            let turned = series.iter().zip(&self.centre).zip(axis).map(|((x, c), a)| (x - c) * a).sum();
            room.query.push(turned);
        }
        let first = &self.turned[..units];
        let middle = first.partition_point(|x| *x < room.query[0]);
        let (mut low, mut high) = (middle, middle);
        let mut reach = f64::INFINITY;
        room.found.clear();
        while low > 0 || high < units {
            let below = if low > 0 { room.query[0] - first[low - 1] } else { f64::INFINITY };
            let above = if high < units { first[high] - room.query[0] } else { f64::INFINITY };
            let near = below.min(above).max(0.0);
            if near * near > reach {
                break;
            }
            let span = if below <= above {
                let span = low.saturating_sub(STRIDE)..low;
                low = span.start;
                span
            } else {
                let span = high..(high + STRIDE).min(units);
                high = span.end;
                span
            };
            self.measure(span, reach, &skip, room);
            if room.found.len() >= 3 * count.max(1) {
                keep_nearest(&mut room.found, count, &mut reach);
            }
        }
        // A little beyond what the turned distances say, then the distances that decide.
        keep_nearest(&mut room.found, count, &mut reach);
        for (distance, unit) in &mut room.found {
            let row = &self.rows[*unit * wide..(*unit + 1) * wide];
            *distance = row.iter().zip(series).map(|(a, b)| (a - b) * (a - b)).sum();
        }
        room.found.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        out.clear();
        out.extend(room.found.iter().take(count).map(|(_, unit)| *unit));
    }

    fn measure(
        &self,
        span: std::ops::Range<usize>,
        reach: f64,
        skip: &impl Fn(usize) -> bool,
        room: &mut Room,
    ) {
        let units = self.order.len();
        let mut distances = [0.0; STRIDE];
        let distances = &mut distances[..span.len()];
        for (at, (axis, q)) in self.turned.chunks(units).zip(&room.query).enumerate() {
            for (d, x) in distances.iter_mut().zip(&axis[span.clone()]) {
                *d += (x - q) * (x - q);
            }
            // After a few coordinates most candidates are out of reach together.
            if at % 4 == 3 && distances.iter().all(|d| *d > reach) {
                return;
            }
        }
        for (d, unit) in distances.iter().zip(&self.order[span]) {
            if *d <= reach && !skip(*unit) {
                room.found.push((*d, *unit));
            }
        }
    }
}

/// Keeps the nearest and those that rounding may have put behind them.
fn keep_nearest(found: &mut Vec<(f64, usize)>, count: usize, reach: &mut f64) {
    if found.len() <= count || count == 0 {
        return;
    }
    let (_, last, _) = found.select_nth_unstable_by(count - 1, |a, b| a.0.total_cmp(&b.0));
    *reach = reach.min(last.0 * (1.0 + 1e-9) + f64::MIN_POSITIVE);
    found.retain(|(distance, _)| *distance <= *reach);
}
