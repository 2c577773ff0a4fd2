//! The county minimum-wage panel of Callaway & Sant'Anna (2021), 500 counties 2003–2007: our figures
//! beside those of other software, and beside a second, plain computation written here.
//!
//! Provenance of the constants: two-way figures from pyfixest 0.60 (`lemp ~ … | countyreal + year`,
//! errors clustered by county); group-time figures from csdid and diff-diff 3.13, which agree with each
//! other to the digits tested; the R package `did` prints the same −0.0400 and 0.0120.

use kvarter_evaluation::did::{Errors, Term, TwoWay};
use kvarter_evaluation::panel::{Panel, Row, Treatment};
use kvarter_evaluation::staggered::{Adjustment, Aggregation, Base, Control, GroupTime, Staggered};

/// One county: its name, its start, log employment by year, and log population.
struct County {
    name: String,
    start: Option<i64>,
    employment: [f64; 5],
    population: f64,
}

fn counties() -> Vec<County> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/causal/mpdta.csv");
    let text = std::fs::read_to_string(path).expect("the shared panel is there");
    let mut counties: Vec<County> = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |at: usize| cells[at].parse::<f64>().expect("a number");
        let (name, start) = (format!("{:05}", number(1)), number(4) as i64);
        if counties.last().is_none_or(|last| last.name != name) {
            let start = (start > 0).then_some(start);
            counties.push(County { name, start, employment: [0.0; 5], population: number(2) });
        }
        let county = counties.last_mut().expect("one was pushed");
        county.employment[number(0) as usize - 2003] = number(3);
    }
    assert_eq!(counties.len(), 500);
    counties
}

fn panel(counties: &[County]) -> (Panel, Treatment) {
    let covariates: Vec<[Option<f64>; 1]> = counties.iter().map(|c| [Some(c.population)]).collect();
    let rows = counties.iter().zip(&covariates).flat_map(|(county, covariates)| {
        (0..5).map(move |t| Row {
            unit: &county.name,
            period: 2003 + t as i64,
            outcome: Some(county.employment[t]),
            covariates,
        })
    });
    let panel = Panel::from_rows(&["lpop"], rows).expect("a sound panel");
    let starts = counties.iter().filter_map(|c| Some((c.name.as_str(), c.start?)));
    let treatment = Treatment::new(&panel, starts).expect("sound starts");
    (panel, treatment)
}

#[track_caller]
fn near(got: f64, expected: f64, within: f64) {
    assert!((got - expected).abs() <= within, "{got} is not {expected} within {within}");
}

#[test]
fn the_two_way_effect_and_its_clustered_error_are_those_of_pyfixest() {
    let (panel, treatment) = panel(&counties());
    let fit = TwoWay::default().fit(&panel, &treatment).unwrap();
    let effect = fit.coefficient(&Term::Treated).unwrap();
    near(effect.estimate, -0.036_548_936_674_067_22, 1e-12);
    near(effect.inference.unwrap().standard_error, 0.013_265_155_429_338_93, 1e-12);
    assert_eq!((fit.observations, fit.units, fit.periods, fit.clusters), (2500, 500, 5, Some(500)));
    near(fit.degrees_of_freedom, 499.0, 0.0);
}

#[test]
fn other_errors_are_those_of_pyfixest_too() {
    let (panel, treatment) = panel(&counties());
    for (errors, expected) in
        [(Errors::Alike, 0.012_646_473_525_659_148), (Errors::Cell, 0.012_360_100_485_449_45)]
    {
        let fit = TwoWay::default().with_errors(errors).fit(&panel, &treatment).unwrap();
        near(fit.coefficient(&Term::Treated).unwrap().inference.unwrap().standard_error, expected, 1e-11);
    }
}

#[test]
fn the_event_study_is_that_of_pyfixest() {
    let (panel, treatment) = panel(&counties());
    let fit = TwoWay::default().event_study(&panel, &treatment, -1).unwrap();
    let published = [
        (-4, 0.003_549_326_919_432_076, 0.022_828_581_446_277_14),
        (-3, 0.024_623_501_986_489_913, 0.017_679_371_172_670_69),
        (-2, 0.023_354_814_886_402_814, 0.013_436_699_377_246_524),
        (0, -0.018_143_926_966_581_146, 0.010_982_218_280_948_239),
        (1, -0.043_472_372_628_554_58, 0.017_576_946_994_440_547),
        (2, -0.131_794_857_754_319_07, 0.028_837_407_390_067_554),
        (3, -0.092_246_794_181_886_57, 0.032_336_193_163_125_4),
    ];
    assert_eq!(fit.coefficients.len(), published.len());
    for (relative, estimate, error) in published {
        let coefficient = fit.coefficient(&Term::Relative(relative)).unwrap();
        near(coefficient.estimate, estimate, 1e-12);
        near(coefficient.inference.unwrap().standard_error, error, 1e-12);
    }
}

#[test]
fn a_panel_with_holes_gives_pyfixests_figures_without_iterating() {
    let counties = counties();
    let covariates = [None];
    let rows = counties.iter().flat_map(|county| {
        let number: i64 = county.name.parse().unwrap();
        (0..5).filter(move |t| !(number % 7 == 0 && (2003 + t) % 3 == 0)).map(|t| Row {
            unit: &county.name,
            period: 2003 + t,
            outcome: Some(county.employment[t as usize]),
            covariates: &covariates,
        })
    });
    let panel = Panel::from_rows(&["none"], rows).unwrap();
    let treatment =
        Treatment::new(&panel, counties.iter().filter_map(|c| Some((c.name.as_str(), c.start?)))).unwrap();
    let fit = TwoWay::default().fit(&panel, &treatment).unwrap();
    assert_eq!(fit.observations, 2352);
    let effect = fit.coefficient(&Term::Treated).unwrap();
    near(effect.estimate, -0.039_002_039_464_417_444, 1e-11);
    // Printed by pyfixest for a formula in which it counts K = 2 instead of 6; rescaled to K = 6.
    let expected = 0.013_998_644_759_629_775 * f64::sqrt((2352.0 - 2.0) / (2352.0 - 6.0));
    near(effect.inference.unwrap().standard_error, expected, 1e-10);
}

fn group_time(control: Control, base: Base, adjustment: Adjustment) -> GroupTime {
    let (panel, treatment) = panel(&counties());
    let method = Staggered::default().with_control(control).with_base(base);
    let method =
        if adjustment == Adjustment::None { method } else { method.with_covariates(adjustment, ["lpop"]) };
    method.fit(&panel, &treatment).unwrap()
}

#[test]
fn each_effect_by_cohort_and_year_is_that_of_other_software() {
    let published = [
        (2004, 2004, -0.010_503_246_220_963_547, 0.023_251_036_368_166_184),
        (2004, 2005, -0.070_423_158_103_149_1, 0.030_984_766_757_276_384),
        (2004, 2006, -0.137_258_738_889_404_43, 0.036_435_664_287_686_145),
        (2004, 2007, -0.100_811_363_085_405_25, 0.034_359_225_834_673_046),
        (2006, 2004, 0.006_520_112_424_232_893, 0.023_326_805_141_804_827),
        (2006, 2005, -0.002_750_818_750_518_685_8, 0.019_558_561_035_881_508),
        (2006, 2006, -0.004_594_606_952_862_706_5, 0.017_755_196_659_276_398),
        (2006, 2007, -0.041_224_471_546_217_93, 0.020_229_180_704_107_06),
        (2007, 2004, 0.030_506_655_583_292_082, 0.015_033_560_280_130_05),
        (2007, 2005, -0.002_725_892_886_115_957_2, 0.016_395_832_895_534_427),
        (2007, 2006, -0.031_087_119_389_688_122, 0.017_877_511_313_343_5),
        (2007, 2007, -0.026_054_410_719_197_237, 0.016_655_435_349_252_175),
    ];
    let fit = group_time(Control::NeverTreated, Base::Varying, Adjustment::None);
    assert_eq!(fit.cells().len(), published.len());
    for (cohort, period, effect, error) in published {
        let cell = fit.cell(cohort, period).unwrap();
        near(cell.estimate.unwrap(), effect, 1e-12);
        near(cell.standard_error.unwrap(), error, 1e-12);
    }
}

#[test]
fn the_sums_and_their_errors_are_those_of_other_software() {
    let never = [
        (Aggregation::Simple, -0.039_951_275_155_177_005, 0.012_034_012_770_185_417),
        (Aggregation::Cohort, -0.031_018_282_228_749_017, 0.012_446_059_320_997_918),
        (Aggregation::Dynamic { balance: None }, -0.077_239_821_457_316_12, 0.019_964_989_061_849_233),
        (Aggregation::Calendar, -0.041_700_432_131_283_3, 0.015_971_851_884_559_84),
    ];
    let not_yet = [
        (Aggregation::Simple, -0.039_763_625_623_044_384, 0.012_052_424_787_341_885),
        (Aggregation::Cohort, -0.030_462_228_112_565_572, 0.012_575_120_131_681_8),
        (Aggregation::Dynamic { balance: None }, -0.077_399_313_970_585_72, 0.019_560_176_946_394_2),
        (Aggregation::Calendar, -0.044_267_083_475_884_705, 0.015_570_904_421_144_763),
    ];
    for (control, published) in [(Control::NeverTreated, never), (Control::NotYetTreated, not_yet)] {
        for base in [Base::Varying, Base::Universal] {
            let fit = group_time(control, base, Adjustment::None);
            for (aggregation, effect, error) in published {
                let overall = fit.aggregate(aggregation).unwrap().overall;
                near(overall.value, effect, 1e-12);
                near(overall.standard_error.unwrap(), error, 1e-12);
            }
        }
    }
}

#[test]
fn effects_by_exposure_are_those_of_other_software() {
    let summary = group_time(Control::NeverTreated, Base::Varying, Adjustment::None)
        .aggregate(Aggregation::Dynamic { balance: None })
        .unwrap();
    let published = [
        (-3, 0.030_506_655_583_292_082, 0.015_033_560_280_130_05),
        (-2, -0.000_563_084_626_385_232_2, 0.013_291_644_736_550_009),
        (-1, -0.024_458_744_971_168_96, 0.014_236_402_210_519_29),
        (0, -0.019_931_816_789_259_774, 0.011_826_364_058_058_189),
        (1, -0.050_957_367_065_194_99, 0.016_893_476_268_678_074),
        (2, -0.137_258_738_889_404_43, 0.036_435_664_287_686_145),
        (3, -0.100_811_363_085_405_25, 0.034_359_225_834_673_046),
    ];
    assert_eq!(summary.parts.len(), published.len());
    for ((at, part), (expected, effect, error)) in summary.parts.iter().zip(published) {
        assert_eq!(*at, expected);
        near(part.value, effect, 1e-12);
        near(part.standard_error.unwrap(), error, 1e-12);
    }
}

#[test]
fn with_covariates_the_sums_are_those_of_other_software_as_far_as_these_agree() {
    // diff-diff solves the logit to the end, csdid to about 1e-6; both solve least squares.
    let published = [
        (
            Adjustment::OutcomeRegression,
            Control::NeverTreated,
            -0.041_968_612_421_543_9,
            0.011_444_829_768_215_078,
            1e-12,
        ),
        (
            Adjustment::InverseProbability,
            Control::NeverTreated,
            -0.041_777_082_199_140_93,
            0.011_499_719_363_981_293,
            1e-12,
        ),
        (
            Adjustment::OutcomeRegression,
            Control::NotYetTreated,
            -0.041_374_769_792_340_52,
            0.011_377_161_355_887_873,
            1e-12,
        ),
        (
            Adjustment::InverseProbability,
            Control::NotYetTreated,
            -0.041_389_409_754_730_35,
            0.011_419_290_152_953_556,
            1e-12,
        ),
        // Here the two packages differ in the seventh digit; the second computation below decides.
        (Adjustment::DoublyRobust, Control::NeverTreated, -0.041_751_8, 0.011_502_8, 1e-6),
        (Adjustment::DoublyRobust, Control::NotYetTreated, -0.041_351_6, 0.011_427_8, 1e-6),
    ];
    for (adjustment, control, effect, error, within) in published {
        let overall =
            group_time(control, Base::Varying, adjustment).aggregate(Aggregation::Simple).unwrap().overall;
        near(overall.value, effect, within);
        near(overall.standard_error.unwrap(), error, within);
    }
}

/// ATT(g, t) by the definitions, one covariate, as plainly as they can be written.
fn plainly(counties: &[County], cohort: i64, period: i64, control: Control, adjustment: Adjustment) -> f64 {
    let base = if period >= cohort { cohort - 1 } else { period - 1 };
    let compared = |start: Option<i64>| match (start, control) {
        (None, _) => true,
        (Some(start), Control::NotYetTreated) => start != cohort && start > period.max(base),
        _ => false,
    };
    let change = |c: &County| c.employment[(period - 2003) as usize] - c.employment[(base - 2003) as usize];
    let used: Vec<(f64, f64, f64)> = counties
        .iter()
        .filter(|c| c.start == Some(cohort) || compared(c.start))
        .map(|c| (f64::from(u8::from(c.start == Some(cohort))), change(c), c.population))
        .collect();
    let mean = |weight: &dyn Fn(f64, f64) -> f64, value: &dyn Fn(f64, f64) -> f64| {
        let total: f64 = used.iter().map(|&(d, _, x)| weight(d, x)).sum();
        used.iter().map(|&(d, y, x)| weight(d, x) * value(y, x)).sum::<f64>() / total
    };
    let untreated = |d: f64, _: f64| 1.0 - d;
    // μ(x) = a + bx, least squares among the untreated.
    let (mx, my) = (mean(&untreated, &|_, x| x), mean(&untreated, &|y, _| y));
    let b = mean(&untreated, &|y, x| (x - mx) * (y - my)) / mean(&untreated, &|_, x| (x - mx) * (x - mx));
    // p(x) = 1/(1 + exp(−u − v(x − m))), by two hundred Newton steps, none of them clever.
    let m = mean(&|_, _| 1.0, &|_, x| x);
    let (mut u, mut v) = (0.0_f64, 0.0_f64);
    let p = |u: f64, v: f64, x: f64| 1.0 / (1.0 + (-u - v * (x - m)).exp());
    for _ in 0..200 {
        let sum = |f: &dyn Fn(f64, f64) -> f64| used.iter().map(|&(d, _, x)| f(d, x)).sum::<f64>();
        let w = |x: f64| p(u, v, x) * (1.0 - p(u, v, x));
        let (s0, s1) = (sum(&|d, x| d - p(u, v, x)), sum(&|d, x| (d - p(u, v, x)) * (x - m)));
        let (h0, h1, h2) =
            (sum(&|_, x| w(x)), sum(&|_, x| w(x) * (x - m)), sum(&|_, x| w(x) * (x - m).powi(2)));
        let det = h0 * h2 - h1 * h1;
        (u, v) = (u + (h2 * s0 - h1 * s1) / det, v + (h0 * s1 - h1 * s0) / det);
    }
    let odds = |d: f64, x: f64| (1.0 - d) * p(u, v, x) / (1.0 - p(u, v, x));
    let treated = |d: f64, _: f64| d;
    let raw = |y: f64, _: f64| y;
    let rest = |y: f64, x: f64| y - my - b * (x - mx);
    match adjustment {
        Adjustment::None => mean(&treated, &raw) - mean(&untreated, &raw),
        Adjustment::OutcomeRegression => mean(&treated, &rest),
        Adjustment::InverseProbability => mean(&treated, &raw) - mean(&odds, &raw),
        _ => mean(&treated, &rest) - mean(&odds, &rest),
    }
}

#[test]
fn every_effect_equals_a_second_plain_computation_to_ten_digits() {
    let counties = counties();
    let mut compared = 0;
    for control in [Control::NeverTreated, Control::NotYetTreated] {
        for adjustment in [
            Adjustment::None,
            Adjustment::OutcomeRegression,
            Adjustment::InverseProbability,
            Adjustment::DoublyRobust,
        ] {
            for cell in group_time(control, Base::Varying, adjustment).cells() {
                let expected = plainly(&counties, cell.cohort, cell.period, control, adjustment);
                near(cell.estimate.unwrap(), expected, 1e-10);
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 96);
}
