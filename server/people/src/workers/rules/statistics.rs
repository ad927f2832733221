//! Counts that tell nothing of a single person (统计抑制).
//!
//! A count from one up to the threshold is not shown. Where exactly one of a list is hidden, the smallest that is shown is hidden
//! too: the hidden one would be what the others lack of the whole.

/// The least count that is told (统计最少人数), as the city set it.
#[derive(Clone, Copy, Debug)]
pub struct Least(pub(crate) i32);

impl Least {
    /// The counts of a list as they may be shown; `None` for what is hidden. Nothing is a number like any other: 0.
    #[must_use]
    pub fn list(self, counts: &[i64]) -> Vec<Option<i64>> {
        let mut shown: Vec<Option<i64>> = counts.iter().map(|count| self.one(*count)).collect();
        if shown.iter().filter(|count| count.is_none()).count() == 1 {
            let smallest = shown.iter().flatten().filter(|count| **count > 0).min().copied();
            if let Some(place) = smallest.and_then(|smallest| shown.iter().position(|count| *count == Some(smallest)))
                && let Some(count) = shown.get_mut(place)
            {
                *count = None;
            }
        }
        shown
    }

    /// A count that is no part of a whole, as it may be shown.
    #[must_use]
    pub fn one(self, count: i64) -> Option<i64> {
        if count == 0 || count >= i64::from(self.0) { Some(count) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_people_are_not_counted_in_public() {
        assert_eq!(Least(5).list(&[0, 4, 3, 12, 7]), [Some(0), None, None, Some(12), Some(7)]);
        assert_eq!(Least(5).list(&[5, 6]), [Some(5), Some(6)]);
    }

    #[test]
    fn what_one_hidden_count_would_be_cannot_be_worked_out_from_the_others() {
        assert_eq!(Least(5).list(&[3, 12, 7, 0]), [None, Some(12), None, Some(0)]);
        assert_eq!(Least(5).list(&[3]), [None]);
        assert_eq!(Least(5).list(&[3, 0]), [None, Some(0)]);
    }
}
