//! How long difference-in-differences takes: workloads P4 and P5, 9,200 areas over twenty periods.
//!
//! `cargo run --release --example timing_did -p kvarter-evaluation [PANEL.csv]`, where the file has the
//! columns `area,area_id,year,first_treat,treat,post,y` (the peers' panel). Without it a panel of the
//! same shape is drawn. Prints a line per workload: name, processor and wall time in
//! milliseconds, and the figure found, so that it can be held beside a peer's.

#![expect(clippy::print_stdout, reason = "a measurement talks to the person who ran it")]

use kvarter_evaluation::did::{Term, TwoWay};
use kvarter_evaluation::panel::{Panel, Row, Treatment};
use kvarter_evaluation::staggered::{Aggregation, Multiplier, Staggered};
use kvarter_evaluation::stream::Stream;

/// One area's name, start in the common design, start in the staggered design, and values.
struct Area {
    name: String,
    start: Option<i64>,
    staggered: Option<i64>,
    values: Vec<f64>,
}

const FIRST: i64 = 1998;

fn read(path: &str) -> Vec<Area> {
    let text = std::fs::read_to_string(path).expect("the panel can be read");
    let mut areas: Vec<Area> = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if areas.last().is_none_or(|last| last.name != cells[0]) {
            let id: i64 = cells[1].parse().expect("an area's number");
            let start = cells[3].parse().ok().filter(|start| *start > 0);
            let staggered = start.map(|_| 2008 + 2 * (id % 3));
            areas.push(Area { name: cells[0].to_owned(), start, staggered, values: Vec::new() });
        }
        areas.last_mut().expect("one was pushed").values.push(cells[6].parse().expect("a value"));
    }
    areas
}

fn drawn() -> Vec<Area> {
    let mut stream = Stream::new(1, 0);
    (0..9200)
        .map(|id| {
            let treated = id < 38;
            let level = 60.0 + 10.0 * stream.normal();
            let values = (0..20).map(|t| level + 0.3 * f64::from(t) + 2.0 * stream.normal()).collect();
            Area {
                name: format!("A{id:05}"),
                start: treated.then_some(2010),
                staggered: treated.then_some(2008 + 2 * (i64::from(id) % 3)),
                values,
            }
        })
        .collect()
}

fn panel(areas: &[Area]) -> Panel {
    let rows = areas.iter().flat_map(|area| {
        area.values.iter().zip(FIRST..).map(|(&y, period)| Row {
            unit: &area.name,
            period,
            outcome: Some(y),
            covariates: &[],
        })
    });
    Panel::from_rows(&[], rows).expect("a sound panel")
}

/// Processor time of all threads so far, in milliseconds, where the system tells: user and system time
/// of `/proc/self/stat`, in hundredths of a second.
fn processor() -> Option<f64> {
    let line = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = line.rsplit_once(") ")?.1.split(' ').skip(11);
    let mut hundredths = || fields.next()?.parse::<f64>().ok();
    Some(10.0 * (hundredths()? + hundredths()?))
}

#[expect(clippy::disallowed_methods, reason = "a measurement asks the clock")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Runs a few times unmeasured, then `runs` times; prints the mean of processor time, for systems count
/// it in coarse steps, and the median of wall time.
fn measure(name: &str, runs: usize, work: impl Fn() -> String) {
    (0..3).for_each(|_| drop(work()));
    let before = processor();
    let mut told = String::new();
    let wall = (0..runs).map(|_| {
        let from = now();
        told = work();
        from.elapsed().as_secs_f64() * 1e3
    });
    let wall = median(wall.collect());
    let spent = processor().zip(before).map(|(after, before)| (after - before) / runs as f64);
    let cpu = spent.map_or_else(|| "-".to_owned(), |spent| format!("{spent:.3}"));
    println!("{name:<28} cpu_ms {cpu:>9} wall_ms {wall:>9.3}  {told}");
}

fn main() {
    let areas = std::env::args().nth(1).map_or_else(drawn, |path| read(&path));
    let starts = |of: &dyn Fn(&Area) -> Option<i64>| -> Vec<(String, i64)> {
        areas.iter().filter_map(|area| Some((area.name.clone(), of(area)?))).collect()
    };
    let (common, staggered) = (starts(&|area| area.start), starts(&|area| area.staggered));
    let panel_of_areas = panel(&areas);
    let treat = |starts: &[(String, i64)]| {
        let named = starts.iter().map(|(name, start)| (name.as_str(), *start));
        Treatment::new(&panel_of_areas, named).expect("sound starts")
    };
    let (together, cohorts) = (treat(&common), treat(&staggered));

    measure("panel from rows", 41, || format!("{} units", panel(&areas).units().len()));
    measure("P5 two-way", 401, || {
        let fit = TwoWay::default().fit(&panel_of_areas, &together).expect("an estimate");
        let effect = fit.coefficient(&Term::Treated).expect("the effect");
        format!("effect {:?} error {:?}", effect.estimate, effect.inference.map(|i| i.standard_error))
    });
    measure("P5 event study", 401, || {
        let fit = TwoWay::default().event_study(&panel_of_areas, &together, -1).expect("an estimate");
        format!("{} coefficients, first {:?}", fit.coefficients.len(), fit.coefficients[0].estimate)
    });
    measure("P4 cells and overall", 401, || {
        let fit = Staggered::default().fit(&panel_of_areas, &cohorts).expect("cells");
        let overall = fit.aggregate(Aggregation::Simple).expect("a sum").overall;
        format!("{} cells, effect {:?} error {:?}", fit.cells().len(), overall.value, overall.standard_error)
    });
    measure("P4 with exposure and bands", 21, || {
        let fit = Staggered::default().fit(&panel_of_areas, &cohorts).expect("cells");
        let summary = fit.aggregate(Aggregation::Dynamic { balance: None }).expect("a sum");
        let bands = summary.bands(&Multiplier::default()).expect("bands");
        format!("999 draws, critical {:?}", bands.critical)
    });
    measure("two-way permutation, 999", 21, || {
        let test = TwoWay::default().permutation(&panel_of_areas, &together, 999, 1).expect("a test");
        format!("p {:?}", test.p_value)
    });
    measure("staggered permutation, 99", 3, || {
        let test = Staggered::default().permutation(&panel_of_areas, &cohorts, Aggregation::Simple, 99, 1);
        format!("p {:?}", test.expect("a test").p_value)
    });
}
