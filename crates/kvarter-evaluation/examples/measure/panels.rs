//! The panels that are measured on: one that is drawn, and the two that everybody knows.

use std::fmt::Write as _;

use kvarter_evaluation::{
    design::{Design, Donors, Predictor, Question},
    panel::{Panel, Row, Treatment},
    stream::Stream,
};

/// Treated areas of the drawn country, the first ones.
pub(crate) const TREATED: usize = 38;
/// Its first year.
pub(crate) const FIRST: i64 = 1998;
/// The start that all of the treated have in common.
pub(crate) const START: i64 = 2010;
const PERIODS: usize = 20;

/// A country: one row of values for each area.
pub(crate) struct Country {
    names: Vec<String>,
    values: Vec<Vec<f64>>,
}

impl Country {
    /// Levels, three common factors and noise; the treated are low, and gain 1.5 from the start on.
    pub(crate) fn drawn(areas: usize) -> Self {
        let mut stream = Stream::new(20_080_918, 0);
        let before = (START - FIRST) as usize;
        let mut walks = vec![vec![0.0; PERIODS]; 4];
        for (at, walk) in walks.iter_mut().enumerate() {
            let mut level = 0.0;
            for value in walk.iter_mut() {
                level += if at == 3 { 0.15 + 0.5 * stream.normal() } else { 0.8 * stream.normal() };
                *value = level;
            }
        }
        let values = (0..areas)
            .map(|unit| {
                let treated = unit < TREATED;
                let level =
                    70.0 + 9.0 * if treated { -1.5 - 0.3 * stream.uniform() } else { stream.normal() };
                let loads = [stream.normal(), stream.normal(), stream.normal(), 1.0];
                (0..PERIODS)
                    .map(|t| {
                        let common: f64 = walks.iter().zip(&loads).map(|(walk, load)| walk[t] * load).sum();
                        let effect = if treated && t >= before { 1.5 } else { 0.0 };
                        // Three digits, so that a file holds the same numbers.
                        ((level + common + 0.9 * stream.normal() + effect) * 1000.0).round() / 1000.0
                    })
                    .collect()
            })
            .collect();
        Self { names: (0..areas).map(|unit| format!("A{unit:05}")).collect(), values }
    }

    /// As the peers read it: a line for each area.
    pub(crate) fn file(&self) -> String {
        let mut text = String::from("area,treated");
        for year in (FIRST..).take(PERIODS) {
            let _ = write!(text, ",y{year}");
        }
        text.push('\n');
        for (unit, (name, values)) in self.names.iter().zip(&self.values).enumerate() {
            let _ = write!(text, "{name},{}", u8::from(unit < TREATED));
            for y in values {
                let _ = write!(text, ",{y:.3}");
            }
            text.push('\n');
        }
        text
    }

    pub(crate) fn panel(&self) -> Panel {
        let rows = self.names.iter().zip(&self.values).flat_map(|(unit, values)| {
            (FIRST..).zip(values).map(move |(period, y)| Row {
                unit,
                period,
                outcome: Some(*y),
                covariates: &[],
            })
        });
        Panel::from_rows(&[], rows).expect("complete and finite")
    }

    /// All of the treated from one year on, or from three different ones.
    pub(crate) fn treatment(&self, panel: &Panel, staggered: bool) -> Treatment {
        let start = |unit: usize| if staggered { 2008 + 2 * (unit % 3) as i64 } else { START };
        let treated = self.names[..TREATED].iter().enumerate();
        Treatment::new(panel, treated.map(|(unit, name)| (name.as_str(), start(unit)))).expect("in the panel")
    }

    pub(crate) fn design(&self, panel: &Panel) -> Design {
        let question = Question {
            treated: self.names[..TREATED].to_vec(),
            start: START,
            donors: Donors::All,
            excluded: [].into(),
            window: None,
        };
        Design::new(panel, &question, &[]).expect("a design")
    }
}

/// Proposition 99 with what was matched on in 2010.
pub(crate) fn prop99() -> Design {
    let text = include_str!("../../tests/evaluation/data/prop99.csv");
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).skip(1).collect();
    let mut rows = Vec::new();
    for line in lines {
        let (state, numbers) = line.split_once(',').expect("a state and its numbers");
        let numbers: Vec<f64> = numbers.split(',').filter_map(|x| x.parse().ok()).collect();
        let covariates: Vec<Option<f64>> = numbers[..4].iter().copied().map(Some).collect();
        rows.extend(
            (1970..).zip(numbers[4..].to_vec()).map(|(year, y)| (state, year, y, covariates.clone())),
        );
    }
    let rows = rows.iter().map(|(unit, period, y, covariates)| Row {
        unit,
        period: *period,
        outcome: Some(*y),
        covariates,
    });
    let panel = Panel::from_rows(&["lnincome", "retprice", "age15to24", "beer"], rows).expect("complete");
    let covariate = |name: &str, from| Predictor { covariate: Some(name.to_owned()), from, to: 1988 };
    let packs = |year| Predictor { covariate: None, from: year, to: year };
    let predictors = [
        covariate("lnincome", 1980),
        covariate("retprice", 1980),
        covariate("age15to24", 1980),
        covariate("beer", 1984),
        packs(1988),
        packs(1980),
        packs(1975),
    ];
    Design::new(&panel, &Question::new("California", 1989), &predictors).expect("a design")
}

/// The counties of Callaway & Sant'Anna, from the file with the columns
/// `year,countyreal,lpop,lemp,first.treat,treat`.
pub(crate) fn counties(text: &str) -> Option<(Panel, Treatment)> {
    let mut rows = Vec::new();
    for line in text.lines().skip(1) {
        let numbers: Vec<f64> = line.split(',').filter_map(|x| x.parse().ok()).collect();
        let [year, county, _, employment, start, ..] = numbers[..] else { return None };
        rows.push((format!("{county:05}"), year as i64, employment, start as i64));
    }
    let panel = Panel::from_rows(
        &[],
        rows.iter().map(|(unit, period, y, _)| Row {
            unit,
            period: *period,
            outcome: Some(*y),
            covariates: &[],
        }),
    )
    .ok()?;
    let starts: std::collections::BTreeMap<&str, i64> =
        rows.iter().filter(|row| row.3 > 0).map(|row| (row.0.as_str(), row.3)).collect();
    let treatment = Treatment::new(&panel, starts).ok()?;
    Some((panel, treatment))
}
