//! The states of a hiring party (用工主体状态).

use kernel::text::Words;

use crate::parties::kinds::PartyStatus;

/// What is done with a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Verifying it (通过核验).
    Verify,
    /// Telling what is missing (退回补正).
    Reject,
    /// Bringing what was missing (补正).
    Supply,
    /// Suspending it (暂停).
    Suspend,
    /// Lifting the suspension (恢复).
    Lift,
    /// Finding something that is not as it was said (核验不通过).
    Doubt,
    /// Closing it (注销).
    Close,
    /// Coming back after it was closed (重新登记).
    Return,
}

/// The state after it; none where it cannot be done from here.
pub const fn after(status: PartyStatus, step: Move) -> Option<PartyStatus> {
    use PartyStatus::{Closed, Pending, Rejected, Suspended, Verified};
    match (status, step) {
        (Pending | Rejected, Move::Verify) | (Suspended, Move::Lift) => Some(Verified),
        (Pending, Move::Reject) => Some(Rejected),
        (Rejected, Move::Supply) | (Closed, Move::Return) | (Verified, Move::Doubt) => Some(Pending),
        (Verified, Move::Suspend) => Some(Suspended),
        (Pending | Rejected | Verified | Suspended, Move::Close) => Some(Closed),
        _ => None,
    }
}

/// The name of a state, as a refusal says it.
pub fn named(status: PartyStatus) -> Words {
    status.title().into()
}

/// Is there still something to be done with it?
pub const fn is_open(status: PartyStatus) -> bool {
    !matches!(status, PartyStatus::Closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_party_only_comes_back_and_a_suspended_one_is_lifted_or_closed() {
        use PartyStatus::{Closed, Pending, Suspended, Verified};
        for step in [Move::Verify, Move::Reject, Move::Supply, Move::Suspend, Move::Lift, Move::Doubt, Move::Close] {
            assert_eq!(after(Closed, step), None, "{step:?}");
        }
        assert_eq!(after(Closed, Move::Return), Some(Pending));
        assert_eq!(after(Suspended, Move::Verify), None);
        assert_eq!(after(Suspended, Move::Lift), Some(Verified));
        assert_eq!(after(Suspended, Move::Close), Some(Closed));
    }

    #[test]
    fn only_who_is_verified_can_lose_that_by_a_step_that_failed() {
        use PartyStatus::{Closed, Pending, Rejected, Suspended, Verified};
        assert_eq!(after(Verified, Move::Doubt), Some(Pending));
        for status in [Pending, Rejected, Suspended, Closed] {
            assert_eq!(after(status, Move::Doubt), None, "{status:?}");
        }
    }

    #[test]
    fn who_was_sent_back_waits_again_once_something_was_supplied() {
        use PartyStatus::{Pending, Rejected, Verified};
        assert_eq!(after(Pending, Move::Reject), Some(Rejected));
        assert_eq!(after(Rejected, Move::Supply), Some(Pending));
        assert_eq!(after(Rejected, Move::Verify), Some(Verified), "what was missing may be brought to the counter");
        assert_eq!(after(Verified, Move::Reject), None);
    }
}
