//! Sums as people write them (金额): kept in fen, told in yuan.

/// Fen as yuan (元): 180, 21.50.
#[must_use]
pub fn yuan(fen: i64) -> String {
    let (sign, fen) = (if fen < 0 { "-" } else { "" }, fen.unsigned_abs());
    if fen.is_multiple_of(100) {
        format!("{sign}{}", fen / 100)
    } else {
        format!("{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_told_in_yuan_with_fen_only_where_there_are_some() {
        assert_eq!([18_000, 2_150, 5, 0, -50].map(yuan), ["180", "21.50", "0.05", "0", "-0.50"]);
    }
}
