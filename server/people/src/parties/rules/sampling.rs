//! Which verified parties are looked at again (抽查): so many of a hundred, one at least, drawn from a seed that is kept, so that
//! a draw can be repeated.

use kernel::crypto::hash::sha256;
use uuid::Uuid;

/// How many of so many are drawn.
pub fn share(of: usize, percent: u32) -> usize {
    let part = of.saturating_mul(usize::try_from(percent).unwrap_or(usize::MAX)).div_ceil(100);
    part.max(1).min(of)
}

/// Draws: each has the same chance, whatever its place in the list.
pub fn draw(seed: &[u8], all: &[Uuid], percent: u32) -> Vec<Uuid> {
    let mut lots: Vec<([u8; 32], Uuid)> = all
        .iter()
        .map(|id| {
            let mut lot = seed.to_vec();
            lot.extend_from_slice(id.as_bytes());
            (sha256(&lot), *id)
        })
        .collect();
    lots.sort_unstable();
    lots.truncate(share(all.len(), percent));
    lots.into_iter().map(|(_, id)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parties(n: u128) -> Vec<Uuid> {
        (1..=n).map(Uuid::from_u128).collect()
    }

    #[test]
    fn one_at_least_is_drawn_and_never_more_than_there_are() {
        assert_eq!([0, 1, 19, 20, 21, 100].map(|n| share(n, 5)), [0, 1, 1, 1, 2, 5]);
        assert_eq!(share(3, 100), 3);
        assert!(draw(b"seed", &[], 5).is_empty());
    }

    #[test]
    fn a_draw_is_repeated_from_its_seed_and_the_order_of_the_list_is_no_matter() {
        let all = parties(200);
        let mut other = all.clone();
        other.reverse();
        assert_eq!(draw(b"july", &all, 5), draw(b"july", &other, 5));
        assert_eq!(draw(b"july", &all, 5).len(), 10);
        assert_ne!(draw(b"july", &all, 5), draw(b"august", &all, 5));
    }

    #[test]
    fn over_many_draws_nobody_is_spared() {
        let all = parties(40);
        let mut drawn: Vec<Uuid> = (0_u32..200).flat_map(|n| draw(&n.to_be_bytes(), &all, 5)).collect();
        drawn.sort_unstable();
        drawn.dedup();
        assert_eq!(drawn, all);
    }
}
