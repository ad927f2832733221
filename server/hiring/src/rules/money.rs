//! Wages as people write them (工资).

use kernel::Lang;
use kernel::money::yuan;

use crate::kinds::WageUnit;

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
    fn a_wage_is_told_with_its_unit() {
        assert_eq!(wage(18_050, WageUnit::Day, Lang::Zh), "180.50元/天");
        assert_eq!(wage(18_000, WageUnit::Day, Lang::En), "180 yuan a day");
    }
}
