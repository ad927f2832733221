//! The steps of an engagement (办理步骤): which leads where. R8, 人社部发〔2022〕38号 二; the diagram is in the README.

use crate::kinds::EngagementStatus::{
    self, Agreed, Applied, Arrived, CancelledByParty, CancelledByWorker, Completed, Confirmed, Contacted, Declined,
    Lapsed, NoShow, Paid, Standby,
};
use crate::kinds::Side;

/// Something that is done to an engagement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The two sides talk (联系).
    Contact,
    /// Both sides have agreed by word (谈妥).
    Agree,
    /// The hiring party takes the worker, and a place is taken (确认).
    Confirm,
    /// A place became free, and the first on the stand-by list has it (候补转正).
    Promote,
    /// The worker is there (到岗).
    Arrive,
    /// The work is done (完工). Where nobody recorded the arrival, once the shift is over: whoever takes the step asks.
    Complete,
    /// The worker says what was paid (收款).
    Pay,
    /// The worker says that nothing was paid after all (更正为未收到).
    Unpay,
    /// The hiring party does not take the worker (不录用).
    Decline,
    /// A side cancels (取消).
    Cancel(Side),
    /// Nobody came (未到岗).
    NoShow,
    /// Nobody came, as is found once it was counted as done (事后认定未到岗): where no arrival was recorded. Whoever takes the step asks.
    Absent,
    /// The worker is there after all, while the shift runs (未到岗更正为已到岗).
    There,
    /// The worker was there after all, as is found once the shift is over (未到岗更正为已完工).
    Worked,
    /// The posting went away before anything was confirmed (失效).
    Lapse,
}

/// The state after a step, if it can be taken from here.
#[must_use]
pub const fn after(status: EngagementStatus, step: Step) -> Option<EngagementStatus> {
    Some(match (status, step) {
        (Applied, Step::Contact) => Contacted,
        (Applied | Contacted, Step::Agree) => Agreed,
        (Applied | Contacted | Agreed, Step::Confirm) | (Standby, Step::Promote) => Confirmed,
        (Confirmed, Step::Arrive) | (NoShow, Step::There) => Arrived,
        (Confirmed | Arrived, Step::Complete) | (Paid, Step::Unpay) | (NoShow, Step::Worked) => Completed,
        (Completed, Step::Pay) => Paid,
        (Applied | Standby | Contacted | Agreed, Step::Decline) => Declined,
        (Applied | Standby | Contacted | Agreed | Confirmed, Step::Cancel(Side::Worker)) => CancelledByWorker,
        (Confirmed, Step::Cancel(Side::Party | Side::Staff)) => CancelledByParty,
        (Confirmed, Step::NoShow) | (Completed, Step::Absent) => NoShow,
        (Applied | Standby | Contacted | Agreed, Step::Lapse) => Lapsed,
        _ => return None,
    })
}

/// Does an engagement in this state hold a place?
#[must_use]
pub const fn holds_a_place(status: EngagementStatus) -> bool {
    matches!(status, Confirmed | Arrived | Completed | Paid)
}

/// States in which an engagement holds a place, for queries.
pub const HOLDING: [EngagementStatus; 4] = [Confirmed, Arrived, Completed, Paid];

/// States before anything is confirmed.
pub const WAITING: [EngagementStatus; 4] = [Applied, Standby, Contacted, Agreed];

/// Has it come to nothing?
#[must_use]
pub const fn came_to_nothing(status: EngagementStatus) -> bool {
    matches!(status, Declined | CancelledByWorker | CancelledByParty | NoShow | Lapsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [Step; 17] = [
        Step::Contact,
        Step::Agree,
        Step::Confirm,
        Step::Promote,
        Step::Arrive,
        Step::Complete,
        Step::Pay,
        Step::Unpay,
        Step::Decline,
        Step::Cancel(Side::Worker),
        Step::Cancel(Side::Party),
        Step::Cancel(Side::Staff),
        Step::NoShow,
        Step::Absent,
        Step::There,
        Step::Worked,
        Step::Lapse,
    ];

    fn open(from: EngagementStatus) -> Vec<EngagementStatus> {
        let mut all: Vec<_> = STEPS.iter().filter_map(|step| after(from, *step)).collect();
        all.sort();
        all.dedup();
        all
    }

    #[test]
    fn a_hire_goes_from_application_to_pay_step_by_step() {
        let way = [Step::Contact, Step::Agree, Step::Confirm, Step::Arrive, Step::Complete, Step::Pay];
        let end = way.into_iter().try_fold(Applied, after);
        assert_eq!(end, Some(Paid));
    }

    #[test]
    fn an_application_may_be_confirmed_at_once_and_a_stand_by_only_when_a_place_is_free() {
        assert_eq!(after(Applied, Step::Confirm), Some(Confirmed));
        assert_eq!(after(Standby, Step::Confirm), None);
        assert_eq!(after(Standby, Step::Promote), Some(Confirmed));
        assert_eq!(after(Applied, Step::Promote), None);
    }

    #[test]
    fn who_has_arrived_can_neither_be_cancelled_nor_be_a_no_show() {
        assert_eq!(open(Arrived), [Completed]);
        assert_eq!(after(Arrived, Step::Absent), None);
    }

    #[test]
    fn what_nobody_saw_is_done_all_the_same_and_may_turn_out_to_be_a_no_show() {
        assert_eq!(after(Confirmed, Step::Complete), Some(Completed));
        assert_eq!(open(Completed), [Paid, NoShow]);
    }

    #[test]
    fn what_was_paid_may_turn_out_to_be_nothing_and_no_more() {
        assert_eq!(open(Paid), [Completed]);
    }

    #[test]
    fn who_was_recorded_as_not_having_come_may_turn_out_to_be_there_or_to_have_worked() {
        assert_eq!(open(NoShow), [Arrived, Completed]);
        assert_eq!(after(NoShow, Step::Arrive), None, "by a correction alone");
        assert_eq!(after(NoShow, Step::Complete), None, "by a correction alone");
    }

    #[test]
    fn what_is_over_stays_over() {
        for end in [Declined, CancelledByWorker, CancelledByParty, Lapsed] {
            assert_eq!(open(end), [], "{end:?}");
        }
    }

    #[test]
    fn every_state_can_be_reached_but_the_two_that_begin() {
        let reached: Vec<_> = EngagementStatus::ALL.into_iter().flat_map(open).collect();
        for status in EngagementStatus::ALL {
            assert_eq!(reached.contains(&status), !matches!(status, Applied | Standby), "{status:?}");
        }
    }
}
