//! Sums as people write them (金额).

use kernel::Lang;

use crate::kinds::WageUnit;

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

/// A wage with its unit (工资): 180元/天.
#[must_use]
pub fn wage(fen: i64, unit: WageUnit, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}{}", yuan(fen), unit.title().zh),
        Lang::En => format!("{} {}", yuan(fen), unit.title().en),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_told_in_yuan_with_fen_only_where_there_are_some() {
        assert_eq!([18_000, 2_150, 5, 0, -50].map(yuan), ["180", "21.50", "0.05", "0", "-0.50"]);
        assert_eq!(wage(18_050, WageUnit::Day, Lang::Zh), "180.50元/天");
        assert_eq!(wage(18_000, WageUnit::Day, Lang::En), "180 yuan a day");
    }
}
