//! Cancelling (取消): symmetric (M§6.7). Late is late on either side, an emergency excuses either side, and the consequences are a
//! city's own: points that expire for a worker, an allowance or the fast lane for a hiring party. Once the shift has begun the worker
//! stands there: what a hiring party says of itself excuses it no more, what the staff of the market found does.

use chrono::{DateTime, Duration, Utc};

use super::settings::HireRules;
use crate::engagements::kinds::CancelReason;
use crate::kinds::Side;

/// A cancellation of a place that was confirmed.
#[derive(Clone, Copy, Debug)]
pub struct Cancelled {
    /// Who cancels; the staff, where it does so for the hiring party.
    pub by: Side,
    /// Why.
    pub reason: CancelReason,
    /// When.
    pub at: DateTime<Utc>,
    /// When the place was confirmed.
    pub confirmed_at: DateTime<Utc>,
    /// When the shift begins.
    pub starts_at: DateTime<Utc>,
    /// Who entered it: a worker whom the hiring party entered has promised nothing.
    pub entered_by: Side,
    /// What the agreed wage comes to, as far as that can be said.
    pub agreed_fen: Option<i64>,
}

/// What a cancellation leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    Nothing,
    /// Points for the worker.
    Points(i32),
    /// The hiring party owes the worker so many fen.
    Allowance(i64),
    /// The hiring party goes without the fast lane for so many days.
    NoFastLane(i32),
}

impl Cancelled {
    /// Is it later than the rules want it? The minutes of grace after confirming end when the shift begins: from then on the
    /// other side is on its way or waits.
    #[must_use]
    pub fn is_late(&self, rules: &HireRules) -> bool {
        let notice = self.starts_at - self.at < Duration::hours(rules.notice_hours.into());
        let graced =
            self.at < self.starts_at && self.at - self.confirmed_at <= Duration::minutes(rules.grace_minutes.into());
        notice && !graced
    }

    /// Is it an emergency that excuses it? Of a hiring party, once the shift has begun, only if the staff of the market says so.
    #[must_use]
    pub fn is_excused(&self) -> bool {
        self.reason.is_emergency() && (self.by != Side::Party || self.at < self.starts_at)
    }

    /// What it leads to.
    #[must_use]
    pub fn effect(&self, rules: &HireRules) -> Effect {
        if self.is_excused() || !self.is_late(rules) {
            return Effect::Nothing;
        }
        match self.by {
            Side::Worker if self.entered_by == Side::Party || rules.late_cancel_points == 0 => Effect::Nothing,
            Side::Worker => Effect::Points(rules.late_cancel_points),
            Side::Party | Side::Staff => match (rules.allowance_percent, self.agreed_fen) {
                (Some(percent), Some(fen)) => Effect::Allowance(fen.saturating_mul(percent.into()) / 100),
                _ => Effect::NoFastLane(rules.fast_lane_days),
            },
        }
    }
}

/// May a no-show be recorded yet?
#[must_use]
pub fn may_be_no_show(rules: &HireRules, starts_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now >= starts_at + Duration::minutes(rules.no_show_minutes.into())
}

/// Is the stand-by list still called?
#[must_use]
pub fn calls_standby(rules: &HireRules, starts_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now < starts_at + Duration::minutes(rules.standby_minutes.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// Confirmed on the 23rd at noon for the 25th at six in the morning, Shanghai.
    fn cancelled(by: Side, reason: CancelReason, when: &str) -> Cancelled {
        Cancelled {
            by,
            reason,
            at: at(when),
            confirmed_at: at("2026-11-23T04:00:00Z"),
            starts_at: at("2026-11-24T22:00:00Z"),
            entered_by: Side::Worker,
            agreed_fen: Some(18_000),
        }
    }

    const EARLY: &str = "2026-11-23T22:00:00Z";
    const LATE: &str = "2026-11-23T22:00:01Z";

    #[test]
    fn twenty_four_hours_before_is_in_time_and_a_second_less_is_late_for_either_side() {
        let rules = HireRules::default();
        for by in Side::ALL {
            assert!(!cancelled(by, CancelReason::Personal, EARLY).is_late(&rules), "{by:?}");
            assert!(cancelled(by, CancelReason::Personal, LATE).is_late(&rules), "{by:?}");
        }
    }

    #[test]
    fn a_late_worker_gets_points_and_a_late_hiring_party_loses_the_fast_lane_while_no_allowance_is_set() {
        let rules = HireRules::default();
        assert_eq!(cancelled(Side::Worker, CancelReason::Personal, LATE).effect(&rules), Effect::Points(1));
        assert_eq!(cancelled(Side::Party, CancelReason::NoWork, LATE).effect(&rules), Effect::NoFastLane(30));
        assert_eq!(cancelled(Side::Worker, CancelReason::Personal, EARLY).effect(&rules), Effect::Nothing);
    }

    #[test]
    fn an_allowance_that_is_set_is_owed_of_the_agreed_wage_and_where_that_is_unknown_the_fast_lane_goes() {
        let rules = HireRules { allowance_percent: Some(60), ..HireRules::default() };
        let late = cancelled(Side::Party, CancelReason::NoWork, LATE);
        assert_eq!(late.effect(&rules), Effect::Allowance(10_800));
        assert_eq!(Cancelled { agreed_fen: None, ..late }.effect(&rules), Effect::NoFastLane(30));
    }

    #[test]
    fn an_emergency_has_no_consequence_for_either_side() {
        for by in Side::ALL {
            for reason in [CancelReason::Illness, CancelReason::Accident, CancelReason::Weather] {
                assert_eq!(cancelled(by, reason, LATE).effect(&HireRules::default()), Effect::Nothing);
            }
        }
    }

    #[test]
    fn once_the_shift_has_begun_the_word_of_a_hiring_party_excuses_it_no_more_and_that_of_the_staff_does() {
        let rules = HireRules { allowance_percent: Some(60), ..HireRules::default() };
        for reason in [CancelReason::Illness, CancelReason::Accident, CancelReason::Weather] {
            let effect = |by, when| cancelled(by, reason, when).effect(&rules);
            assert_eq!(effect(Side::Party, "2026-11-24T21:59:59Z"), Effect::Nothing, "a second before");
            assert_eq!(effect(Side::Party, "2026-11-24T22:00:00Z"), Effect::Allowance(10_800));
            assert_eq!(effect(Side::Staff, "2026-11-24T22:00:00Z"), Effect::Nothing);
            assert_eq!(effect(Side::Worker, "2026-11-24T22:00:00Z"), Effect::Nothing);
        }
        assert_eq!(cancelled(Side::Staff, CancelReason::NoWork, LATE).effect(&rules), Effect::Allowance(10_800));
    }

    #[test]
    fn whoever_cancels_a_quarter_of_an_hour_after_confirming_does_not_cancel_late() {
        let hasty = Cancelled {
            confirmed_at: at("2026-11-24T20:00:00Z"),
            ..cancelled(Side::Worker, CancelReason::Personal, "2026-11-24T20:15:00Z")
        };
        assert!(!hasty.is_late(&HireRules::default()));
        assert!(Cancelled { at: at("2026-11-24T20:15:01Z"), ..hasty }.is_late(&HireRules::default()));
    }

    #[test]
    fn once_the_shift_has_begun_a_cancellation_is_late_however_lately_the_place_was_confirmed() {
        let rules = HireRules::default();
        for by in Side::ALL {
            let hasty = Cancelled {
                confirmed_at: at("2026-11-24T21:55:00Z"),
                ..cancelled(by, CancelReason::NoWork, "2026-11-24T21:59:59Z")
            };
            assert!(!hasty.is_late(&rules), "{by:?}");
            assert!(Cancelled { at: hasty.starts_at, ..hasty }.is_late(&rules), "{by:?}");
        }
    }

    #[test]
    fn a_worker_whom_the_hiring_party_entered_gets_no_points() {
        let entered = Cancelled { entered_by: Side::Party, ..cancelled(Side::Worker, CancelReason::Personal, LATE) };
        assert_eq!(entered.effect(&HireRules::default()), Effect::Nothing);
    }

    #[test]
    fn nobody_is_a_no_show_before_a_quarter_of_an_hour_has_passed() {
        let (rules, start) = (HireRules::default(), at("2026-11-24T22:00:00Z"));
        assert!(!may_be_no_show(&rules, start, at("2026-11-24T22:14:59Z")));
        assert!(may_be_no_show(&rules, start, at("2026-11-24T22:15:00Z")));
        assert!(calls_standby(&rules, start, at("2026-11-24T22:59:59Z")));
        assert!(!calls_standby(&rules, start, at("2026-11-24T23:00:00Z")));
    }
}
