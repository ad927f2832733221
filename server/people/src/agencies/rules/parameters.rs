//! What a city sets about agencies (监管参数), and what holds until it does. The law gives the least; what it gives no figure for
//! is unset until somebody sets it, and the house says so.

use chrono::NaiveDate;
use kernel::Text;

use super::reports::month_and_day;
use crate::agencies::kinds::AgencyParameterCode as Code;

/// A parameter as the law has it (参数).
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Which.
    pub code: Code,
    /// What holds where nothing is set; nothing where the law gives no figure.
    pub usual: Option<i32>,
    /// The least that may be set, or the most, where the law binds.
    pub bound: Bound,
    /// Where it comes from.
    pub law: Text,
}

/// What the law allows (法定限度).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// This and more, up to a hundred.
    AtLeast(i32),
    /// One, up to this.
    AtMost(i32),
    /// Any day of every year.
    MonthAndDay,
}

/// All of them, in the order of their codes.
pub const ALL: [Parameter; 4] = [
    Parameter {
        code: Code::AnnualReportBy,
        usual: None,
        bound: Bound::MonthAndDay,
        law: Text::new(
            "人力资源市场暂行条例第三十六条（法规未定具体日期，由人社部门规定）",
            "Interim Regulations on the Human Resources Market, art 36; the day is left to the department",
        ),
    },
    Parameter {
        code: Code::BranchReportDays,
        usual: Some(15),
        bound: Bound::AtMost(15),
        law: Text::new("人力资源市场暂行条例第二十条", "Interim Regulations on the Human Resources Market, art 20"),
    },
    Parameter {
        code: Code::LedgerYears,
        usual: Some(2),
        bound: Bound::AtLeast(2),
        law: Text::new("人力资源市场暂行条例第三十三条", "Interim Regulations on the Human Resources Market, art 33"),
    },
    Parameter {
        code: Code::OnlineLedgerYears,
        usual: Some(3),
        bound: Bound::AtLeast(3),
        law: Text::new(
            "网络招聘服务管理规定（人力资源社会保障部令第44号）",
            "Provisions on online recruitment services, order 44 of the ministry",
        ),
    },
];

/// The parameter of this code.
#[must_use]
pub fn of(code: Code) -> &'static Parameter {
    let [first, ..] = &ALL;
    ALL.iter().find(|one| one.code == code).unwrap_or(first)
}

/// May it be set to this? Nothing unsets it.
#[must_use]
pub fn fits(code: Code, value: Option<i32>) -> bool {
    let Some(value) = value else { return true };
    match of(code).bound {
        Bound::AtLeast(least) => (least..=100).contains(&value),
        Bound::AtMost(most) => (1..=most).contains(&value),
        Bound::MonthAndDay => month_and_day(value).is_some(),
    }
}

/// A value that was set, and from which day on (取值).
pub type Set = (Code, NaiveDate, Option<i32>);

/// What holds on a day: what was set last before, else what is usual.
#[must_use]
pub fn on(code: Code, day: NaiveDate, set: &[Set]) -> Option<i32> {
    let before = set.iter().filter(|(of, from, _)| *of == code && *from <= day);
    before.max_by_key(|(_, from, _)| *from).and_then(|(.., value)| *value).or(of(code).usual)
}

#[cfg(test)]
mod tests {
    use super::super::licence::tests::day;
    use super::*;

    #[test]
    fn what_was_set_holds_from_its_day_on_and_what_the_law_says_before() {
        let set = [
            (Code::LedgerYears, day("2026-07-01"), Some(5)),
            (Code::AnnualReportBy, day("2026-01-01"), Some(331)),
            (Code::AnnualReportBy, day("2027-01-01"), None),
        ];
        assert_eq!(on(Code::LedgerYears, day("2026-06-30"), &set), Some(2));
        assert_eq!(on(Code::LedgerYears, day("2026-07-01"), &set), Some(5));
        assert_eq!(on(Code::AnnualReportBy, day("2025-12-31"), &set), None, "unset: the law gives no day");
        assert_eq!(on(Code::AnnualReportBy, day("2026-12-31"), &set), Some(331));
        assert_eq!(on(Code::AnnualReportBy, day("2027-01-01"), &set), None, "and unset again");
    }

    #[test]
    fn nobody_sets_less_than_the_law_asks() {
        assert!(!fits(Code::LedgerYears, Some(1)) && fits(Code::LedgerYears, Some(2)));
        assert!(!fits(Code::OnlineLedgerYears, Some(2)) && fits(Code::OnlineLedgerYears, Some(3)));
        assert!(!fits(Code::BranchReportDays, Some(16)) && fits(Code::BranchReportDays, Some(10)));
        assert!(!fits(Code::AnnualReportBy, Some(1332)) && fits(Code::AnnualReportBy, None));
    }

    #[test]
    fn every_parameter_is_there_once_and_what_is_usual_is_lawful() {
        for code in Code::ALL {
            assert_eq!(of(code).code, code);
            assert!(fits(code, of(code).usual), "{code:?}");
        }
    }
}
