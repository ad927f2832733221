//! The life of an entry (名录状态流转): planned → draft → listed ⇄ suspended → delisted (动态管理名录, 38号 九). A planned market
//! that is complete may be listed at once.

use kernel::Text;

use super::describe::Described;
use crate::kinds::{MarketStatus, OperatingNature, OperatorKind};

/// What is done to an entry (状态操作).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// What was planned has opened.
    Open,
    /// Into the directory.
    List,
    /// Out of it for the time being.
    Suspend,
    /// Back.
    Resume,
    /// Out of it for good.
    Delist,
}

/// The state a step leads to, or none where it cannot be taken.
#[must_use]
pub const fn after(status: MarketStatus, step: Step) -> Option<MarketStatus> {
    match (status, step) {
        (MarketStatus::Planned, Step::Open) => Some(MarketStatus::Draft),
        (MarketStatus::Planned | MarketStatus::Draft, Step::List) | (MarketStatus::Suspended, Step::Resume) => {
            Some(MarketStatus::Listed)
        }
        (MarketStatus::Listed, Step::Suspend) => Some(MarketStatus::Suspended),
        (
            MarketStatus::Planned | MarketStatus::Draft | MarketStatus::Listed | MarketStatus::Suspended,
            Step::Delist,
        ) => Some(MarketStatus::Delisted),
        _ => None,
    }
}

/// What a market must have before the public sees it (38号 九: 地址、运行时间、职业、联系方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incomplete {
    /// No address.
    Address,
    /// No hours.
    Hours,
    /// No trades.
    Trades,
    /// An operator whose name is not known.
    OperatorName,
}

impl Incomplete {
    /// What to enter, in words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Address => Text::new("详细地址", "the address"),
            Self::Hours => Text::new("运行时间", "the hours"),
            Self::Trades => Text::new("主要招聘工种", "at least one trade"),
            Self::OperatorName => Text::new("运营机构名称", "the operator's name"),
        }
    }
}

/// How complete a market is (完整性).
#[derive(Clone, Copy, Debug)]
pub struct Completeness {
    /// It has an address.
    pub address: bool,
    /// Rows of hours.
    pub hours: usize,
    /// Trades.
    pub trades: usize,
    /// Who runs it.
    pub operator: OperatorKind,
    /// The operator's name is known.
    pub operator_name: bool,
}

impl Completeness {
    /// Of a checked form.
    #[must_use]
    pub fn of(d: &Described) -> Self {
        Self {
            address: !d.address.is_empty(),
            hours: d.hours.len(),
            trades: d.trades.len(),
            operator: d.operator_kind,
            operator_name: d.operator_name.is_some(),
        }
    }
}

/// All that is missing (一次性告知). Annex 2 has no telephone, so none is asked for here; pages say so where there is none.
#[must_use]
pub fn missing(has: &Completeness) -> Vec<Incomplete> {
    let nameless = super::naming::needs_name(has.operator) && !has.operator_name;
    [
        (!has.address, Incomplete::Address),
        (has.hours == 0, Incomplete::Hours),
        (has.trades == 0, Incomplete::Trades),
        (nameless, Incomplete::OperatorName),
    ]
    .into_iter()
    .filter_map(|(is_missing, what)| is_missing.then_some(what))
    .collect()
}

/// What a market in the directory would lack if it were described so (在册市场缺项).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lacking {
    /// Hours.
    Hours,
    /// Trades.
    Trades,
    /// The name of its operator.
    OperatorName,
    /// The operator's licence (R55).
    Licence,
}

/// May a market that is in the directory become so? Listed and suspended ones keep what they were listed for.
#[must_use]
pub fn lacking(status: MarketStatus, d: &Described) -> Option<Lacking> {
    if !matches!(status, MarketStatus::Listed | MarketStatus::Suspended) {
        return None;
    }
    match missing(&Completeness::of(d)).first() {
        Some(Incomplete::Hours) => Some(Lacking::Hours),
        Some(Incomplete::Trades) => Some(Lacking::Trades),
        _ if d.nature == OperatingNature::Commercial && d.licence.is_none() => Some(Lacking::Licence),
        Some(Incomplete::OperatorName) => Some(Lacking::OperatorName),
        Some(Incomplete::Address) | None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delisted_market_stays_delisted() {
        for step in [Step::Open, Step::List, Step::Suspend, Step::Resume, Step::Delist] {
            assert_eq!(after(MarketStatus::Delisted, step), None);
        }
    }

    #[test]
    fn a_planned_market_opens_as_a_draft_and_no_other_opens() {
        assert_eq!(after(MarketStatus::Planned, Step::Open), Some(MarketStatus::Draft));
        for status in [MarketStatus::Draft, MarketStatus::Listed, MarketStatus::Suspended] {
            assert_eq!(after(status, Step::Open), None);
        }
    }

    #[test]
    fn only_a_listed_market_is_suspended_and_only_a_suspended_one_resumed() {
        assert_eq!(after(MarketStatus::Listed, Step::Suspend), Some(MarketStatus::Suspended));
        assert_eq!(after(MarketStatus::Draft, Step::Suspend), None);
        assert_eq!(after(MarketStatus::Suspended, Step::Resume), Some(MarketStatus::Listed));
        assert_eq!(after(MarketStatus::Listed, Step::List), None);
    }

    #[test]
    fn hours_and_trades_come_before_the_public() {
        let full = Completeness {
            address: true,
            hours: 1,
            trades: 1,
            operator: OperatorKind::LicensedAgency,
            operator_name: true,
        };
        assert_eq!(missing(&full), []);
        assert_eq!(missing(&Completeness { hours: 0, ..full }), [Incomplete::Hours]);
        assert_eq!(missing(&Completeness { trades: 0, ..full }), [Incomplete::Trades]);
        assert_eq!(missing(&Completeness { operator_name: false, ..full }), [Incomplete::OperatorName]);
        let bare = Completeness { hours: 0, operator_name: false, ..full };
        assert_eq!(missing(&bare), [Incomplete::Hours, Incomplete::OperatorName], "all at once");
    }
}
