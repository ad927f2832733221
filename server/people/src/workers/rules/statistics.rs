//! Counts that tell nothing of a single person (统计抑制).
//!
//! A count from one up to the threshold is not shown. Where exactly one of a list is hidden, the smallest that is shown is hidden
//! too: the hidden one would be what the others lack of the whole.

/// The counts as they may be shown; `None` for what is hidden. Nothing is a number like any other: 0.
pub(crate) fn shown(counts: &[i64], least: i64) -> Vec<Option<i64>> {
    let mut shown: Vec<Option<i64>> =
        counts.iter().map(|count| (*count == 0 || *count >= least).then_some(*count)).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_people_are_not_counted_in_public() {
        assert_eq!(shown(&[0, 4, 3, 12, 7], 5), [Some(0), None, None, Some(12), Some(7)]);
        assert_eq!(shown(&[5, 6], 5), [Some(5), Some(6)]);
    }

    #[test]
    fn what_one_hidden_count_would_be_cannot_be_worked_out_from_the_others() {
        assert_eq!(shown(&[3, 12, 7, 0], 5), [None, Some(12), None, Some(0)]);
        assert_eq!(shown(&[3], 5), [None]);
        assert_eq!(shown(&[3, 0], 5), [None, Some(0)]);
    }
}
