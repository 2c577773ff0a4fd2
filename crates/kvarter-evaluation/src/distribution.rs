//! The distributions that tests and intervals rest on: normal, Student's t, F, beta and gamma.
//!
//! Written out here because the crate needs five functions, exact to rounding, and no more.
//! What is drawn at random lives in [`crate::stream`]; nothing in this file is random.
//!
//! Every function is total: outside a distribution's support it gives the limit (0 or 1), and for
//! parameters that describe no distribution it gives `None`.

use std::f64::consts::PI;

/// Coefficients of Lanczos's series (g = 7, nine terms) for the logarithm of the gamma function.
const LANCZOS: [f64; 9] = [
    0.999_999_999_999_809_9,
    676.520_368_121_885_1,
    -1_259.139_216_722_402_8,
    771.323_428_777_653_1,
    -176.615_029_162_140_6,
    12.507_343_278_686_905,
    -0.138_571_095_265_720_12,
    9.984_369_578_019_572e-6,
    1.505_632_735_149_311_6e-7,
];

/// Steps that a series or continued fraction may take; both have settled long before.
const STEPS: usize = 10_000;

/// ln Γ(x) for x > 0 (Lanczos 1964, *SIAM Journal on Numerical Analysis* 1).
fn log_gamma(x: f64) -> f64 {
    if x < 0.5 {
        return (PI / (PI * x).sin()).ln() - log_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let t = x + 7.5;
    let series = LANCZOS.iter().enumerate().skip(1).fold(LANCZOS[0], |sum, (i, c)| sum + c / (x + i as f64));
    0.5 * (2.0 * PI).ln() + (x + 0.5) * t.ln() - t + series.ln()
}

/// The share of a gamma(shape, 1) variable below `x`: the regularised lower incomplete gamma P(a, x).
///
/// `None` unless the shape is positive and both are finite.
pub fn gamma_cdf(shape: f64, x: f64) -> Option<f64> {
    if !(shape > 0.0 && shape.is_finite() && x.is_finite()) {
        return None;
    }
    Some(if x <= 0.0 {
        0.0
    } else if x < shape + 1.0 {
        gamma_series(shape, x)
    } else {
        1.0 - gamma_fraction(shape, x)
    })
}

fn gamma_series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum) = (1.0 / a, 1.0 / a);
    for n in 1..STEPS {
        term *= x / (a + n as f64);
        sum += term;
        if term.abs() < sum.abs() * f64::EPSILON {
            break;
        }
    }
    sum * (a * x.ln() - x - log_gamma(a)).exp()
}

/// Q(a, x) by Lentz's continued fraction.
fn gamma_fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / f64::MIN_POSITIVE;
    let mut d = 1.0 / b;
    let mut h = d;
    for n in 1..STEPS {
        let an = -(n as f64) * (n as f64 - a);
        b += 2.0;
        d = 1.0 / nonzero(an * d + b);
        c = nonzero(b + an / c);
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    h * (a * x.ln() - x - log_gamma(a)).exp()
}

fn nonzero(x: f64) -> f64 {
    if x.abs() < f64::MIN_POSITIVE { f64::MIN_POSITIVE } else { x }
}

/// The value below which a gamma(shape, 1) variable falls with probability `p`.
///
/// Exact limits for counts rest on it (see [`crate::describe`]). `None` unless the shape is positive
/// and 0 ≤ p < 1.
pub fn gamma_quantile(shape: f64, p: f64) -> Option<f64> {
    if !(0.0..1.0).contains(&p) {
        return None;
    }
    gamma_cdf(shape, 1.0)?;
    let mut high = shape + 1.0;
    while gamma_cdf(shape, high)? < p {
        high *= 2.0;
    }
    bisect(0.0, high, |x| gamma_cdf(shape, x).unwrap_or(1.0) < p)
}

/// The share of a beta(a, b) variable below `x`: the regularised incomplete beta function.
///
/// `None` unless both shapes are positive and finite and `x` is a number.
pub fn beta_cdf(a: f64, b: f64, x: f64) -> Option<f64> {
    if !(a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite() && !x.is_nan()) {
        return None;
    }
    if x <= 0.0 {
        return Some(0.0);
    }
    if x >= 1.0 {
        return Some(1.0);
    }
    let front = (log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * x.ln() + b * (-x).ln_1p()).exp();
    Some(if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(a, b, x) / a
    } else {
        1.0 - front * beta_fraction(b, a, 1.0 - x) / b
    })
}

fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / nonzero(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..STEPS {
        let m = m as f64;
        for coefficient in [
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        ] {
            d = 1.0 / nonzero(1.0 + coefficient * d);
            c = nonzero(1.0 + coefficient / c);
            h *= d * c;
        }
        if (d * c - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    h
}

/// The share of a standard normal variable below `z`.
pub fn normal_cdf(z: f64) -> f64 {
    let half = 0.5 * normal_two_sided(z);
    if z > 0.0 { 1.0 - half } else { half }
}

/// P(|Z| ≥ |z|) for a standard normal Z, exact also far out in the tail. Not a number gives 1.
pub fn normal_two_sided(z: f64) -> f64 {
    let x = 0.5 * z * z;
    if x.is_nan() || x == 0.0 {
        1.0
    } else if x.is_infinite() {
        0.0
    } else if x < 1.5 {
        1.0 - gamma_series(0.5, x)
    } else {
        gamma_fraction(0.5, x)
    }
}

/// The value below which a standard normal variable falls with probability `p`; `None` unless 0 < p < 1.
pub fn normal_quantile(p: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    // A rational first guess (Abramowitz & Stegun 1964, 26.2.23), then Newton's method on the tail.
    let tail = p.min(1.0 - p);
    let t = (-2.0 * tail.ln()).sqrt();
    let mut x = t
        - (2.515_517 + t * (0.802_853 + t * 0.010_328))
            / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)));
    for _ in 0..20 {
        let density = (-0.5 * x * x).exp() / (2.0 * PI).sqrt();
        let half = 0.5 * normal_two_sided(x);
        let error = if x < 0.0 { 1.0 - half } else { half } - tail;
        let step = error / density;
        // Halley's correction keeps the far tail from overshooting.
        let step = step / (1.0 + 0.5 * step * x).max(0.5);
        x += step;
        if step.abs() <= 1e-15 * (1.0 + x.abs()) {
            break;
        }
    }
    Some(if p < 0.5 { -x } else { x })
}

/// P(|T| ≥ |t|) for Student's t with `df` degrees of freedom; `None` unless df > 0 and `t` is a number.
pub fn student_two_sided(df: f64, t: f64) -> Option<f64> {
    if t.is_nan() {
        return None;
    }
    if t.is_infinite() {
        return (df > 0.0).then_some(0.0);
    }
    beta_cdf(0.5 * df, 0.5, df / (df + t * t))
}

/// The half-width, in standard errors, of a two-sided interval with coverage `level` (0.95) from
/// Student's t with `df` degrees of freedom. `None` unless 0 < level < 1 and df > 0.
pub fn student_half_width(df: f64, level: f64) -> Option<f64> {
    if !(level > 0.0 && level < 1.0) {
        return None;
    }
    let beyond = 1.0 - level;
    let mut high = 2.0;
    while student_two_sided(df, high)? > beyond {
        high *= 2.0;
        if high > 1e300 {
            return None;
        }
    }
    bisect(0.0, high, |t| student_two_sided(df, t).unwrap_or(0.0) > beyond)
}

/// P(F ≥ f) for Fisher's F with `numerator` and `denominator` degrees of freedom.
pub fn fisher_upper(numerator: f64, denominator: f64, f: f64) -> Option<f64> {
    if f.is_nan() {
        return None;
    }
    beta_cdf(0.5 * denominator, 0.5 * numerator, denominator / (denominator + numerator * f.max(0.0)))
}

/// The boundary between `true` (below) and `false` (above), to the last bit that halving can settle.
fn bisect(mut low: f64, mut high: f64, below: impl Fn(f64) -> bool) -> Option<f64> {
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if below(middle) { low = middle } else { high = middle }
    }
    Some(0.5 * (low + high))
}

/// The interquartile range of a standard normal variable, by which a bootstrap's spread is scaled.
pub(crate) const NORMAL_IQR: f64 = 1.348_979_500_392_163_5;

#[cfg(test)]
mod tests {
    use super::*;

    /// The density summed up by Simpson's rule: slow and obvious.
    fn normal_cdf_by_definition(z: f64) -> f64 {
        let steps = 20_000;
        let h = z / f64::from(steps);
        let density = |x: f64| (-0.5 * x * x).exp() / (2.0 * PI).sqrt();
        let sum: f64 = (0..=steps)
            .map(|i| {
                let weight = if i == 0 || i == steps {
                    1.0
                } else if i % 2 == 1 {
                    4.0
                } else {
                    2.0
                };
                weight * density(f64::from(i) * h)
            })
            .sum();
        0.5 + sum * h / 3.0
    }

    #[test]
    fn the_normal_distribution_agrees_with_its_density_summed_up() {
        for z in [-3.0, -1.0, -0.1, 0.0, 0.5, 1.0, 1.959_963_984_540_054, 4.0] {
            assert!((normal_cdf(z) - normal_cdf_by_definition(z)).abs() < 1e-13, "{z}");
        }
    }

    #[test]
    fn the_quantile_is_the_inverse_also_far_out() {
        assert!((normal_quantile(0.975).unwrap() - 1.959_963_984_540_054).abs() < 1e-13);
        for p in [1e-12, 1e-6, 0.01, 0.3, 0.5, 0.7, 0.999] {
            let z = normal_quantile(p).unwrap();
            assert!((normal_cdf(z) / p - 1.0).abs() < 1e-9, "{p}: {}", normal_cdf(z));
        }
        assert!((NORMAL_IQR - 2.0 * normal_quantile(0.75).unwrap()).abs() < 1e-14);
    }

    #[test]
    fn students_t_matches_the_printed_tables() {
        // Two-sided five per cent points for 1, 4, 28 and 499 degrees of freedom.
        for (df, point) in
            [(1.0, 12.706_204_736), (4.0, 2.776_445_105), (28.0, 2.048_407_142), (499.0, 1.964_729_391)]
        {
            assert!((student_half_width(df, 0.95).unwrap() - point).abs() < 1e-8, "{df}");
            assert!((student_two_sided(df, point).unwrap() - 0.05).abs() < 1e-9);
        }
    }

    #[test]
    fn fishers_f_with_one_numerator_degree_is_t_squared() {
        let (f, t) = (fisher_upper(1.0, 12.0, 2.5 * 2.5).unwrap(), student_two_sided(12.0, 2.5).unwrap());
        assert!((f - t).abs() < 1e-14);
    }

    #[test]
    fn gamma_quantiles_give_the_exact_limits_of_a_count() {
        // Garwood's limits for five observed events: 1.6235 to 11.6683.
        assert!((gamma_quantile(5.0, 0.025).unwrap() - 1.623_486).abs() < 1e-5);
        assert!((gamma_quantile(6.0, 0.975).unwrap() - 11.668_332).abs() < 1e-5);
    }

    #[test]
    fn parameters_that_describe_nothing_give_none() {
        assert_eq!(student_two_sided(0.0, 1.0), None);
        assert_eq!(student_two_sided(f64::NAN, 1.0), None);
        assert_eq!(normal_quantile(0.0), None);
        assert_eq!(normal_quantile(f64::NAN), None);
        assert_eq!(gamma_quantile(-1.0, 0.5), None);
        assert_eq!(beta_cdf(1.0, 1.0, f64::NAN), None);
    }
}
