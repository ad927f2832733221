//! The life of a posting (招聘信息状态): from a draft to the end of its time.

use chrono::{DateTime, NaiveDate, Utc};

use crate::kinds::PostingStatus;

/// A step of its life (状态变更).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is changed.
    Amend,
    /// It is handed in.
    Submit,
    /// A reviewer lets it out, or says that it may stay.
    Pass,
    /// A reviewer gives it back.
    Return,
    /// Its party takes it back.
    Withdraw,
    /// Its party takes nobody any more.
    Close,
    /// Its party says that it still holds.
    Confirm,
    /// The bureau takes it down.
    TakeDown,
}

/// May the step be taken from here?
#[must_use]
pub const fn may(status: PostingStatus, step: Step) -> bool {
    use PostingStatus::{Draft, Filled, InReview, Published, Returned};
    match step {
        Step::Amend | Step::Withdraw => matches!(status, Draft | InReview | Returned | Published | Filled),
        Step::Submit => matches!(status, Draft | Returned),
        Step::Pass | Step::Return => matches!(status, InReview | Published | Filled),
        Step::Close | Step::Confirm => matches!(status, Published | Filled),
        Step::TakeDown => matches!(status, InReview | Published | Filled | PostingStatus::Closed),
    }
}

/// Is it to be seen by everybody?
#[must_use]
pub const fn is_shown(status: PostingStatus) -> bool {
    matches!(status, PostingStatus::Published | PostingStatus::Filled)
}

/// What its time being over makes of it (到期处理): what was filled has ended, what was not has expired.
#[must_use]
pub const fn over(status: PostingStatus) -> PostingStatus {
    match status {
        PostingStatus::Filled => PostingStatus::Closed,
        _ => PostingStatus::Expired,
    }
}

/// Is it too late to publish it: it has no shift ahead, or its last day is over?
#[must_use]
pub fn is_too_late(closes_at: DateTime<Utc>, valid_until: NaiveDate, now: DateTime<Utc>) -> bool {
    closes_at <= now || valid_until < kernel::clock::day_of(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_ended_is_changed_no_more() {
        use PostingStatus::{Closed, Expired, TakenDown, Withdrawn};
        for status in [Closed, Expired, TakenDown, Withdrawn] {
            for step in [Step::Amend, Step::Submit, Step::Pass, Step::Return, Step::Withdraw, Step::Close] {
                assert!(!may(status, step), "{status:?} {step:?}");
            }
        }
    }

    #[test]
    fn only_what_waits_or_is_shown_is_reviewed() {
        let passes: Vec<_> = PostingStatus::ALL.into_iter().filter(|status| may(*status, Step::Pass)).collect();
        assert_eq!(passes, [PostingStatus::InReview, PostingStatus::Published, PostingStatus::Filled]);
    }

    #[test]
    fn what_was_filled_ends_and_what_was_not_expires() {
        assert_eq!(over(PostingStatus::Filled), PostingStatus::Closed);
        assert_eq!(over(PostingStatus::Published), PostingStatus::Expired);
        assert_eq!(over(PostingStatus::InReview), PostingStatus::Expired);
    }
}
