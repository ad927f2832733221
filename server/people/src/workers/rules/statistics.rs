//! Counts that tell nothing of a single person (统计抑制).
//!
//! A count from one up to the threshold is not shown. Where exactly one of a list is hidden, the smallest that is shown is hidden
//! too: the hidden one would be what the others lack of the whole. Of a table that holds along each row and each column.

/// The least count that is told (统计最少人数), as the city set it.
#[derive(Clone, Copy, Debug)]
pub struct Least(pub(crate) i32);

impl Least {
    /// The counts of a list as they may be shown; `None` for what is hidden. Nothing is a number like any other: 0.
    #[must_use]
    pub fn list(self, counts: &[i64]) -> Vec<Option<i64>> {
        let mut shown: Vec<Option<i64>> = counts.iter().map(|count| self.one(*count)).collect();
        hide_beside(shown.iter_mut().collect());
        shown
    }

    /// The counts of a list, each split into the same parts, as the parts may be shown beside what is shown of the list: nothing
    /// is told of what is hidden there.
    #[must_use]
    pub fn table(self, list: &[Option<i64>], parts: &[Vec<i64>]) -> Vec<Vec<Option<i64>>> {
        let one = |(whole, parts): (&Option<i64>, &Vec<i64>)| -> Vec<Option<i64>> {
            parts.iter().map(|count| whole.and_then(|_| self.one(*count))).collect()
        };
        let mut shown: Vec<Vec<Option<i64>>> = list.iter().zip(parts).map(one).collect();
        let columns = parts.iter().map(Vec::len).max().unwrap_or_default();
        loop {
            // What is hidden along a row may leave one alone in its column, and the other way round.
            let mut more = false;
            for row in &mut shown {
                more |= hide_beside(row.iter_mut().collect());
            }
            for column in 0..columns {
                more |= hide_beside(shown.iter_mut().filter_map(|row| row.get_mut(column)).collect());
            }
            if !more {
                return shown;
            }
        }
    }

    /// A count that is no part of a whole, as it may be shown.
    #[must_use]
    pub fn one(self, count: i64) -> Option<i64> {
        if count == 0 || count >= i64::from(self.0) { Some(count) } else { None }
    }
}

/// Where exactly one is hidden, hides the smallest that is shown beside it; did it?
fn hide_beside(counts: Vec<&mut Option<i64>>) -> bool {
    if counts.iter().filter(|count| count.is_none()).count() != 1 {
        return false;
    }
    let shown = counts.into_iter().filter(|count| count.is_some_and(|count| count > 0));
    let Some(smallest) = shown.min_by_key(|count| **count) else { return false };
    *smallest = None;
    true
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

    #[test]
    fn of_a_table_no_hidden_count_can_be_worked_out_along_its_row_or_its_column() {
        let table = |counts: &[[i64; 3]]| {
            let parts: Vec<Vec<i64>> = counts.iter().map(|row| row.to_vec()).collect();
            let sums: Vec<i64> = counts.iter().map(|row| row.iter().sum()).collect();
            Least(5).table(&Least(5).list(&sums), &parts)
        };
        assert_eq!(table(&[[9, 7, 0], [8, 6, 5]]), [[Some(9), Some(7), Some(0)], [Some(8), Some(6), Some(5)]]);
        // One is hidden, so is another of its row, and so is one of each of their columns.
        assert_eq!(
            table(&[[20, 9, 2], [21, 8, 7], [22, 11, 10]]),
            [[Some(20), None, None], [Some(21), None, None], [Some(22), Some(11), Some(10)]]
        );
        let apart = Least(5).table(&[None, Some(12)], &[vec![6, 0], vec![6, 6]]);
        assert_eq!(apart[0], [None, None], "nothing is told of a row that is not");
    }
}
