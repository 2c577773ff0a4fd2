//! Random numbers by seed and number: the same for any count of threads, in any order.
//!
//! A draw's numbers depend on the seed and on the draw's own index alone (ChaCha with eight rounds,
//! Bernstein 2008; the index is the cipher's stream), so work can be spread over threads without
//! anybody keeping turns. Seeds come from the caller: nothing here asks the machine for one.

use rand::{Rng, SeedableRng, rngs::ChaCha8Rng};

/// One stream of random numbers: seed and index say all about it.
#[derive(Debug)]
pub struct Stream(ChaCha8Rng);

impl Stream {
    /// The stream numbered `index` under `seed`. Streams with different indices are independent.
    pub fn new(seed: u64, index: u64) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(index);
        Self(generator)
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number in [0, 1) with 53 random bits.
    pub fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// A whole number below `bound`, each equally likely (Lemire 2019, *ACM TOMACS* 29); 0 when the
    /// bound is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        if bound == 0 {
            return 0;
        }
        loop {
            let product = u128::from(self.bits()) * u128::from(bound);
            if (product as u64) >= bound.wrapping_neg() % bound {
                return (product >> 64) as usize;
            }
        }
    }

    /// A standard normal number (Marsaglia & Bray 1964, *SIAM Review* 6: the polar method).
    pub fn normal(&mut self) -> f64 {
        loop {
            let (u, v) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let square = u * u + v * v;
            if square > 0.0 && square < 1.0 {
                return u * (-2.0 * square.ln() / square).sqrt();
            }
        }
    }

    /// `count` different numbers below `bound`, in the order they were drawn (Fisher & Yates 1938,
    /// in Floyd's form that needs no list of everybody). At most `bound` are given.
    pub fn sample(&mut self, bound: usize, count: usize) -> Vec<usize> {
        let count = count.min(bound);
        let mut taken = std::collections::BTreeSet::new();
        let mut drawn = Vec::with_capacity(count);
        for last in bound - count..bound {
            let pick = self.below(last + 1);
            let pick = if taken.insert(pick) {
                pick
            } else {
                taken.insert(last);
                last
            };
            drawn.push(pick);
        }
        // Floyd's set is uniform but its order is not; who is first may matter (cohorts), so shuffle.
        for i in (1..drawn.len()).rev() {
            drawn.swap(i, self.below(i + 1));
        }
        drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_and_index_give_the_same_numbers_and_another_index_gives_others() {
        let draw = |seed, index| {
            let mut s = Stream::new(seed, index);
            [s.bits(), s.bits()]
        };
        assert_eq!(draw(7, 3), draw(7, 3));
        assert_ne!(draw(7, 3), draw(7, 4));
        assert_ne!(draw(7, 3), draw(8, 3));
    }

    #[test]
    fn samples_hold_nobody_twice_and_everybody_about_as_often() {
        let mut counts = [0u32; 10];
        for index in 0..2_000 {
            let drawn = Stream::new(1, index).sample(10, 3);
            assert_eq!(drawn.iter().collect::<std::collections::BTreeSet<_>>().len(), 3);
            for i in drawn {
                counts[i] += 1;
            }
        }
        assert!(counts.iter().all(|&c| (500..700).contains(&c)), "{counts:?}");
        assert_eq!(Stream::new(1, 1).sample(2, 5).len(), 2);
        assert!(Stream::new(1, 1).sample(0, 5).is_empty());
    }

    #[test]
    fn normal_numbers_have_mean_zero_and_variance_one() {
        let mut stream = Stream::new(20_081_120, 0);
        let drawn: Vec<f64> = (0..20_000).map(|_| stream.normal()).collect();
        let mean = drawn.iter().sum::<f64>() / 2e4;
        let variance = drawn.iter().map(|x| x * x).sum::<f64>() / 2e4;
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.04, "{mean} {variance}");
    }
}
