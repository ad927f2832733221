//! What this process has done in the background so far (后台计数): numbers for whoever watches the server, of no city and no
//! person.

use std::sync::atomic::{AtomicU64, Ordering};

/// Something that was done in the background (后台事项).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// A job came to its end.
    JobDone,
    /// A job is tried again later.
    JobAgain,
    /// A job was given up.
    JobFailed,
    /// A job was cancelled.
    JobCancelled,
    /// An event was handed to its listeners.
    EventDispatched,
    /// A letter was taken by the mail server.
    LetterSent,
    /// A letter is tried again later.
    LetterAgain,
    /// A letter is a dead letter.
    LetterDead,
    /// A text message was taken by the gateway.
    SmsSent,
    /// A text message is tried again later.
    SmsAgain,
    /// A text message failed.
    SmsFailed,
    /// An entry of the audit was sealed.
    EntrySealed,
    /// A city could not be tended.
    TendingFailed,
}

impl Done {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::JobDone,
        Self::JobAgain,
        Self::JobFailed,
        Self::JobCancelled,
        Self::EventDispatched,
        Self::LetterSent,
        Self::LetterAgain,
        Self::LetterDead,
        Self::SmsSent,
        Self::SmsAgain,
        Self::SmsFailed,
        Self::EntrySealed,
        Self::TendingFailed,
    ];
}

/// How often each was done since the process began (后台计数).
#[derive(Debug, Default)]
pub struct Tally([AtomicU64; Done::ALL.len()]);

impl Tally {
    /// It was done so often again.
    pub(crate) fn add(&self, what: Done, times: usize) {
        let at = &self.0[what as usize];
        at.fetch_add(u64::try_from(times).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// How often it was done.
    #[must_use]
    pub fn of(&self, what: Done) -> u64 {
        self.0[what as usize].load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_counted_by_itself() {
        let tally = Tally::default();
        for (times, what) in Done::ALL.into_iter().enumerate() {
            tally.add(what, times);
        }
        assert!(Done::ALL.into_iter().zip(0..).all(|(what, times)| tally.of(what) == times));
    }
}
