//! California's tobacco control programme, the example that every synthetic control is tried on.

use kvarter_evaluation::{
    design::{Design, Predictor, Question},
    panel::{Panel, Row},
    synthetic::{Fit, Method, Sdid, Search, fit},
};

/// The panel of Abadie, Diamond & Hainmueller (2010), the covariates constant over time.
pub(crate) fn panel() -> Panel {
    let text = include_str!("data/prop99.csv");
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    let mut rows = Vec::new();
    for line in &lines[1..] {
        let (state, numbers) = line.split_once(',').unwrap();
        let numbers: Vec<f64> = numbers.split(',').map(|x| x.parse().unwrap()).collect();
        let covariates: Vec<Option<f64>> = numbers[..4].iter().copied().map(Some).collect();
        rows.extend((1970..).zip(&numbers[4..]).map(|(year, y)| (state, year, *y, covariates.clone())));
    }
    let rows = rows.iter().map(|(unit, period, y, covariates)| Row {
        unit,
        period: *period,
        outcome: Some(*y),
        covariates,
    });
    Panel::from_rows(&["lnincome", "retprice", "age15to24", "beer"], rows).unwrap()
}

pub(crate) fn predictors() -> Vec<Predictor> {
    let covariate = |name: &str, from| Predictor { covariate: Some(name.to_owned()), from, to: 1988 };
    let packs = |year| Predictor { covariate: None, from: year, to: year };
    vec![
        covariate("lnincome", 1980),
        covariate("retprice", 1980),
        covariate("age15to24", 1980),
        covariate("beer", 1984),
        packs(1988),
        packs(1980),
        packs(1975),
    ]
}

pub(crate) fn design() -> Design {
    Design::new(&panel(), &Question::new("California", 1989), &predictors()).unwrap()
}

fn weight(design: &Design, fit: &Fit, state: &str) -> f64 {
    fit.weights[design.donors().iter().position(|donor| donor == state).unwrap()]
}

#[test]
fn nested_predictor_weights_reach_the_published_optimum() {
    let design = design();
    let fit = fit(&design, &Method::Predictors(Search::default())).unwrap();
    assert!(fit.mspe_before() <= 3.0767 * (1.0 + 1e-3), "{}", fit.mspe_before());
    let published =
        [("Utah", 0.335), ("Nevada", 0.236), ("Montana", 0.202), ("Colorado", 0.160), ("Connecticut", 0.068)];
    for (state, expected) in published {
        let found = weight(&design, &fit, state);
        assert!((found - expected).abs() < 0.01, "{state}: {found}");
    }
    assert!((fit.effect - -18.98).abs() < 0.1, "{}", fit.effect);
}

#[test]
fn synthetic_difference_in_differences_gives_the_published_estimate() {
    let fit = fit(&design(), &Method::DifferenceInDifferences(Sdid::default())).unwrap();
    assert!((fit.effect - -15.60383).abs() < 1e-5, "{}", fit.effect);
}
