//! The load model of a province (负载模型): what happens in a day, when, and how much of it in the hour with the peak.
//!
//! Assumed, as no market publishes it: 30,000 sessions of seekers a day, 25 operations each, 6,000 new postings, 12,000 confirmed
//! deals. Six in ten sessions fall between 04:30 and 07:30, and the busiest five minutes are five times the mean of these three
//! hours. The biggest city has three tenths of it, the other ten share the rest.

/// Sessions of seekers a day.
const SESSIONS: f64 = 30_000.0;
/// Operations of a session.
pub(crate) const OPERATIONS: usize = 25;
const OPERATIONS_OF_A_SESSION: f64 = 25.0;
/// Confirmed deals a day, and new postings.
const DEALS: f64 = 12_000.0;
const POSTINGS: f64 = 6_000.0;
/// Operations that come with a session: its own, and with every fifth the two that write a posting and publish it.
const OPERATIONS_IN_ALL: f64 = OPERATIONS_OF_A_SESSION + 2.0 * POSTINGS / SESSIONS;
/// What falls into the window of the morning, and how long that is, in seconds.
const IN_WINDOW: f64 = 0.6;
const WINDOW: f64 = 10_800.0;
/// The peak: how many times the mean of the window, and how long, in seconds.
const PEAK: f64 = 5.0;
const PEAK_TIME: f64 = 300.0;
const HOUR: f64 = 3_600.0;
/// A session lasts so long, in seconds: somebody looks up work on the way to the market.
const SESSION_TIME: f64 = 60.0;

/// Operations a second: the mean of the window, in the peak, and in the rest of the window.
pub(crate) fn mean() -> f64 {
    SESSIONS * IN_WINDOW * OPERATIONS_OF_A_SESSION / WINDOW
}

/// In the busiest five minutes.
pub(crate) fn peak() -> f64 {
    PEAK * mean()
}

/// In the rest of the window, so that its mean is what it is.
pub(crate) fn rest() -> f64 {
    (mean() * WINDOW - peak() * PEAK_TIME) / (WINDOW - PEAK_TIME)
}

/// Of so many sessions one leads to a confirmed deal, and one comes with a new posting.
pub(crate) fn applies(session: u64) -> bool {
    every(session, DEALS / SESSIONS)
}

/// A hiring party publishes a posting while this session is held.
pub(crate) fn posts(session: u64) -> bool {
    every(session, POSTINGS / SESSIONS)
}

/// True for this share of all numbers, evenly spread.
fn every(n: u64, share: f64) -> bool {
    let upto = |n: u64| (f64::from(u32::try_from(n).unwrap_or(u32::MAX)) * share).floor();
    upto(n + 1) > upto(n)
}

/// A hour of the morning, told in fewer seconds (压缩的一小时).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hour {
    /// Seconds that it takes here.
    pub(crate) seconds: f64,
}

impl Hour {
    /// So many times faster than the clock.
    pub(crate) fn factor(self) -> f64 {
        HOUR / self.seconds
    }

    /// Seconds that a session takes here.
    pub(crate) fn session(self) -> f64 {
        SESSION_TIME / self.factor()
    }

    /// Seconds between two operations of a session.
    pub(crate) fn pace(self) -> f64 {
        self.session() / OPERATIONS_OF_A_SESSION
    }

    /// From when to when the peak is, in seconds of here.
    pub(crate) fn peak(self) -> (f64, f64) {
        let middle = self.seconds / 2.0;
        (middle, middle + PEAK_TIME / self.factor())
    }

    /// When each session begins, in seconds of here.
    pub(crate) fn sessions(self) -> Vec<f64> {
        let (from, to) = self.peak();
        let (mut begins, mut at) = (Vec::new(), 0.0);
        while at < self.seconds {
            begins.push(at);
            let rate = if at >= from && at < to { peak() } else { rest() };
            at += OPERATIONS_OF_A_SESSION / (rate * self.factor());
        }
        begins
    }
}

/// When each session begins, so that once as many are held as that takes there are so many operations a second, until so many
/// seconds are over.
pub(crate) fn steady(rate: f64, seconds: f64) -> Vec<f64> {
    let (mut begins, mut at) = (Vec::new(), 0.0);
    while at < seconds {
        begins.push(at);
        at += OPERATIONS_IN_ALL / rate;
    }
    begins
}
