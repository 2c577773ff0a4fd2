//! The weights are the best there are, and say so themselves.

use kvarter_evaluation::simplex::{
    Matrix, Points, Quadratic, Solution, Workspace, solve, solve_from, solve_ridged,
};
use proptest::prelude::*;

fn points(target: &[f64], rows: &[Vec<f64>]) -> Points {
    Points::new(target, rows.iter().map(Vec::as_slice)).unwrap()
}

/// f(w) − the ridge, from the definition.
fn misfit(target: &[f64], rows: &[Vec<f64>], w: &[f64]) -> f64 {
    let square = |t: usize| {
        let synthetic: f64 = rows.iter().zip(w).map(|(row, w)| w * row[t]).sum();
        (synthetic - target[t]).powi(2)
    };
    0.5 * (0..target.len()).map(square).sum::<f64>()
}

/// The smallest misfit on a fine grid of the simplex: no optimality theory in it.
fn by_hand(target: &[f64], rows: &[Vec<f64>], cuts: usize) -> f64 {
    fn go(left: usize, cuts: usize, w: &mut Vec<f64>, donors: usize, best: &mut dyn FnMut(&[f64])) {
        if w.len() + 1 == donors {
            w.push(left as f64 / cuts as f64);
            best(w);
            w.pop();
            return;
        }
        for share in 0..=left {
            w.push(share as f64 / cuts as f64);
            go(left - share, cuts, w, donors, best);
            w.pop();
        }
    }
    let mut least = f64::INFINITY;
    go(cuts, cuts, &mut Vec::new(), rows.len(), &mut |w| least = least.min(misfit(target, rows, w)));
    least
}

fn check(solution: &Solution, donors: usize) {
    assert_eq!(solution.weights.len(), donors);
    assert!(solution.weights.iter().all(|w| *w >= 0.0));
    assert!((solution.weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    assert!(solution.certificate.is_optimal(), "{:?}", solution.certificate);
}

fn panel(
    donors: std::ops::Range<usize>,
    periods: std::ops::Range<usize>,
) -> impl Strategy<Value = (Vec<f64>, Vec<Vec<f64>>)> {
    (donors, periods).prop_flat_map(|(donors, periods)| {
        let row = prop::collection::vec(-10.0..10.0, periods);
        (row.clone(), prop::collection::vec(row, donors))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_point_of_a_grid_fits_better((target, rows) in panel(2..5, 1..6)) {
        let solution = solve(&points(&target, &rows), 0.0).unwrap();
        check(&solution, rows.len());
        let ours = misfit(&target, &rows, &solution.weights);
        prop_assert!(ours <= by_hand(&target, &rows, 12) + 1e-5);
    }

    #[test]
    fn the_gap_can_be_checked_from_the_weights((target, rows) in panel(1..60, 1..14)) {
        let problem = points(&target, &rows);
        let solution = solve(&problem, 0.0).unwrap();
        check(&solution, rows.len());
        let all: Vec<usize> = (0..rows.len()).collect();
        let mut gradient = vec![0.0; rows.len()];
        problem.gradient(&all, &solution.weights, &mut gradient);
        let along: f64 = gradient.iter().zip(&solution.weights).map(|(g, w)| g * w).sum();
        let least = gradient.iter().copied().fold(f64::INFINITY, f64::min);
        let scale = problem.squared_distances().iter().sum::<f64>() / rows.len() as f64;
        prop_assert!(along - least <= 1e-8 * scale);
    }

    #[test]
    fn a_warm_start_leads_to_the_same_weights((target, rows) in panel(2..40, 2..12), warm in prop::collection::vec(0usize..50, 0..20)) {
        let problem = points(&target, &rows);
        let cold = solve(&problem, 0.0).unwrap();
        let warm = solve_from(&problem, 0.0, &warm, &mut Workspace::default()).unwrap();
        check(&warm, rows.len());
        for (a, b) in cold.weights.iter().zip(&warm.weights) {
            prop_assert!((a - b).abs() < 1e-4, "{a} {b}");
        }
        let (a, b) = (cold.certificate.objective, warm.certificate.objective);
        prop_assert!((a - b).abs() <= 1e-9 * (1.0 + a));
    }

    #[test]
    fn the_dual_and_the_active_set_agree((target, rows) in panel(2..60, 1..10), ridge in 0.01..50.0f64) {
        let problem = points(&target, &rows);
        let primal = solve(&problem, ridge).unwrap();
        let dual = solve_ridged(&problem, ridge).unwrap();
        check(&primal, rows.len());
        check(&dual, rows.len());
        for (a, b) in primal.weights.iter().zip(&dual.weights) {
            prop_assert!((a - b).abs() < 1e-6, "{a} {b}");
        }
    }

    #[test]
    fn points_and_their_gram_matrix_give_the_same((target, rows) in panel(2..20, 8..12)) {
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let gram: Vec<f64> = rows.iter().flat_map(|a| rows.iter().map(move |b| dot(a, b))).collect();
        let linear: Vec<f64> = rows.iter().map(|a| dot(a, &target)).collect();
        let ours = solve(&points(&target, &rows), 0.0).unwrap();
        let theirs = solve(&Matrix::new(&gram, &linear).unwrap(), 0.0).unwrap();
        let (a, b) = (misfit(&target, &rows, &ours.weights), misfit(&target, &rows, &theirs.weights));
        prop_assert!((a - b).abs() < 1e-6 * (1.0 + a));
    }
}

#[test]
fn donors_that_are_copies_share_their_weight() {
    let rows = vec![vec![1.0, 0.0], vec![1.0, 0.0], vec![0.0, 1.0]];
    let weights = solve(&points(&[0.6, 0.4], &rows), 0.0).unwrap().weights;
    assert!((weights[0] - 0.3).abs() < 1e-6 && (weights[1] - 0.3).abs() < 1e-6, "{weights:?}");
}

#[test]
fn donors_that_all_equal_the_target_share_equally() {
    let rows = vec![vec![2.0, 2.0]; 4];
    assert_eq!(solve(&points(&[2.0, 2.0], &rows), 0.0).unwrap().weights, [0.25; 4]);
    assert_eq!(solve_ridged(&points(&[2.0, 2.0], &rows), 0.0).unwrap().weights, [0.25; 4]);
}

#[test]
fn one_donor_has_all_the_weight() {
    assert_eq!(solve(&points(&[1.0], &[vec![5.0]]), 0.0).unwrap().weights, [1.0]);
}

#[test]
fn a_far_level_costs_no_accuracy() {
    // A hundred million plus what matters.
    let far = |row: &[f64]| row.iter().map(|x| x + 1e8).collect::<Vec<_>>();
    let rows = [far(&[1.0, 2.0, 3.0]), far(&[3.0, 1.0, 2.0]), far(&[2.0, 3.0, 9.0])];
    let solution = solve(&points(&far(&[2.0, 1.5, 2.5]), &rows), 0.0).unwrap();
    check(&solution, 3);
    assert!((solution.weights[0] - 0.5).abs() < 1e-6, "{:?}", solution.weights);
}

#[test]
fn numbers_that_are_not_finite_and_problems_without_donors_are_refused() {
    assert!(Points::new(&[1.0], []).is_none());
    assert!(Points::new(&[1.0], [&[1.0, 2.0][..]]).is_none());
    assert!(solve(&points(&[1.0], &[vec![f64::INFINITY]]), 0.0).is_none());
    assert!(solve(&points(&[1.0], &[vec![1.0]]), f64::NAN).is_none());
    assert!(solve_ridged(&points(&[f64::NAN], &[vec![1.0]]), 1.0).is_none());
}
