//! "Standardised" (规范化), computed and never typed in (晋人社厅发〔2022〕60号 二: 各市至少规范发展1家公益性质零工市场).

use chrono::NaiveDate;
use kernel::Text;

use crate::kinds::{CheckItem, CheckResult, MarketStatus, OperatingNature};

/// Each city's target of standardised public-interest markets per year.
pub const TARGET: i32 = 1;

/// Items that every standardised market has passed: 安全疏散通道、消防、安防 (60号 二), 卫生防疫 (38号 六).
pub const REQUIRED: [CheckItem; 4] =
    [CheckItem::EvacuationRoute, CheckItem::FireEquipment, CheckItem::SecurityEquipment, CheckItem::Sanitation];

/// The newest check of an item (检查结论).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// The item.
    pub item: CheckItem,
    /// The result.
    pub result: CheckResult,
    /// The last day it counts.
    pub expires_on: NaiveDate,
}

/// What the checklist says (规范化结论).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Verdict {
    /// Standardised?
    pub standardised: bool,
    /// Required items never checked.
    pub missing: Vec<CheckItem>,
    /// Items failed, required or not.
    pub failed: Vec<CheckItem>,
    /// Required items whose check no longer counts.
    pub expired: Vec<CheckItem>,
    /// Not in the directory.
    pub not_listed: bool,
    /// Not public.
    pub not_public: bool,
    /// Not flagged as public interest.
    pub not_public_interest: bool,
}

/// Decides. A market is standardised while it is listed, public and in the public interest, every required item has
/// passed and counts, and no item has failed.
#[must_use]
pub fn verdict(
    status: MarketStatus,
    nature: OperatingNature,
    public_interest: bool,
    newest: &[Check],
    today: NaiveDate,
) -> Verdict {
    let of = |item: CheckItem| newest.iter().find(|check| check.item == item);
    let mut verdict = Verdict {
        not_listed: status != MarketStatus::Listed,
        not_public: nature != OperatingNature::Public,
        not_public_interest: !public_interest,
        ..Verdict::default()
    };
    for item in REQUIRED {
        match of(item) {
            None => verdict.missing.push(item),
            Some(check) if check.result == CheckResult::Passed && check.expires_on < today => verdict.expired.push(item),
            Some(_) => {}
        }
    }
    verdict.failed =
        CheckItem::ALL.iter().copied().filter(|i| of(*i).is_some_and(|c| c.result == CheckResult::Failed)).collect();
    verdict.standardised = verdict.reasons().is_empty();
    verdict
}

impl Verdict {
    /// Why not, in words.
    #[must_use]
    pub fn reasons(&self) -> Vec<Text> {
        [
            (self.not_listed, Text::new("未列入名录", "not in the directory")),
            (self.not_public, Text::new("不是公共零工市场", "not a public market")),
            (self.not_public_interest, Text::new("未标记为公益性", "not flagged as public interest")),
            (!self.missing.is_empty(), Text::new("有必查项目尚未检查", "required items have not been checked")),
            (!self.failed.is_empty(), Text::new("有项目检查不合格", "items have failed")),
            (!self.expired.is_empty(), Text::new("有必查项目的检查已过期", "checks of required items have expired")),
        ]
        .into_iter()
        .filter_map(|(holds, text)| holds.then_some(text))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn passed(expires: &str) -> Vec<Check> {
        REQUIRED.iter().map(|i| Check { item: *i, result: CheckResult::Passed, expires_on: day(expires) }).collect()
    }

    fn decide(checks: &[Check]) -> Verdict {
        verdict(MarketStatus::Listed, OperatingNature::Public, true, checks, day("2026-11-23"))
    }

    #[test]
    fn a_listed_public_market_with_a_full_checklist_is_standardised_to_the_last_day() {
        assert!(decide(&passed("2026-11-23")).standardised);
        let expired = decide(&passed("2026-11-22"));
        assert!(!expired.standardised);
        assert_eq!(expired.expired, REQUIRED);
    }

    #[test]
    fn a_missing_or_failed_item_is_named_also_one_that_is_not_required() {
        let mut checks = passed("2027-01-01");
        checks.remove(0);
        assert_eq!(decide(&checks).missing, [CheckItem::EvacuationRoute]);
        let mut checks = passed("2027-01-01");
        checks.push(Check { item: CheckItem::Structure, result: CheckResult::Failed, expires_on: day("2027-01-01") });
        let failed = decide(&checks);
        assert_eq!((failed.standardised, failed.failed), (false, vec![CheckItem::Structure]));
    }

    #[test]
    fn only_listed_public_markets_in_the_public_interest_count() {
        let checks = passed("2027-01-01");
        let of = |status, nature, flag| verdict(status, nature, flag, &checks, day("2026-11-23")).standardised;
        assert!(!of(MarketStatus::Suspended, OperatingNature::Public, true));
        assert!(!of(MarketStatus::Listed, OperatingNature::Commercial, true));
        assert!(!of(MarketStatus::Listed, OperatingNature::Public, false));
    }
}
