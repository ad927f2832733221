//! How quick quick hire is (快招统计): the exact median of each step, and who arrived on the day of the application. R8.

use chrono::{DateTime, Utc};
use kernel::clock::day_of;
use uuid::Uuid;

use crate::engagements::kinds::HireStep;

/// The moments of one engagement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moments {
    /// The posting was published.
    pub published: Option<DateTime<Utc>>,
    /// The worker applied.
    pub applied: DateTime<Utc>,
    /// They talked.
    pub contacted: Option<DateTime<Utc>>,
    /// They agreed.
    pub agreed: Option<DateTime<Utc>>,
    /// The place was taken.
    pub confirmed: Option<DateTime<Utc>>,
    /// The worker arrived.
    pub arrived: Option<DateTime<Utc>>,
    /// The work was done.
    pub completed: Option<DateTime<Utc>>,
    /// The worker said that it was paid.
    pub paid: Option<DateTime<Utc>>,
    /// The worker's age band.
    pub age: String,
    /// The worker; nobody once it let go of the engagement.
    pub worker: Option<Uuid>,
}

impl Moments {
    /// How long a step took, seconds; `None` where it was not taken, or not in this order.
    #[must_use]
    pub fn seconds(&self, step: HireStep) -> Option<i64> {
        let (from, to) = match step {
            HireStep::PublishedToApplied => (self.published, Some(self.applied)),
            HireStep::AppliedToContacted => (Some(self.applied), self.contacted),
            HireStep::ContactedToAgreed => (self.contacted, self.agreed),
            HireStep::AgreedToConfirmed => (self.agreed, self.confirmed),
            HireStep::AppliedToConfirmed => (Some(self.applied), self.confirmed),
            HireStep::ConfirmedToArrived => (self.confirmed, self.arrived),
            HireStep::ArrivedToCompleted => (self.arrived, self.completed),
            HireStep::CompletedToPaid => (self.completed, self.paid),
        };
        let took = (to? - from?).num_seconds();
        (took >= 0).then_some(took)
    }

    /// Did the worker arrive on the day of the application (当日到岗)?
    #[must_use]
    pub fn same_day(&self) -> bool {
        self.arrived.is_some_and(|arrived| day_of(arrived) == day_of(self.applied))
    }
}

/// A step over all of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Took {
    /// Which.
    pub step: HireStep,
    /// How many took it.
    pub count: usize,
    /// The median, minutes; `None` where nobody took it.
    pub median_minutes: Option<f64>,
}

/// The steps, each with its median.
#[must_use]
pub fn steps(all: &[Moments]) -> Vec<Took> {
    let of = |step: HireStep| {
        let mut took: Vec<i64> = all.iter().filter_map(|one| one.seconds(step)).collect();
        Took { step, count: took.len(), median_minutes: median(&mut took).map(|seconds| seconds / 60.0) }
    };
    HireStep::ALL.map(of).into()
}

/// The middle one, or the mean of the two in the middle.
fn median(values: &mut [i64]) -> Option<f64> {
    values.sort_unstable();
    let middle = values.len() / 2;
    let upper = as_float(*values.get(middle)?);
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = as_float(*values.get(middle.checked_sub(1)?)?);
    Some(f64::midpoint(lower, upper))
}

/// Seconds of years fit into a float without loss.
fn as_float(seconds: i64) -> f64 {
    i32::try_from(seconds).map_or(f64::from(i32::MAX), f64::from)
}

/// A share, as a fraction; `None` of nothing.
#[must_use]
pub fn share(part: usize, whole: usize) -> Option<f64> {
    let float = |n: usize| u32::try_from(n).map_or(f64::from(u32::MAX), f64::from);
    (whole > 0).then(|| float(part) / float(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        format!("2026-11-{text}Z").parse().unwrap()
    }

    /// Published at six on the 23rd, Shanghai, and then as the table says: when the worker applied, was talked to, agreed, had the
    /// place, came, was done and was paid; gaps differ on purpose.
    fn one([applied, contacted, agreed, confirmed, arrived, completed, paid]: [&str; 7]) -> Moments {
        let moment = |text: &str| (!text.is_empty()).then(|| at(text));
        Moments {
            published: Some(at("22T22:00:00")),
            applied: at(applied),
            contacted: moment(contacted),
            agreed: moment(agreed),
            confirmed: moment(confirmed),
            arrived: moment(arrived),
            completed: moment(completed),
            paid: moment(paid),
            ..Moments::default()
        }
    }

    fn table() -> Vec<Moments> {
        [
            // applied +1, contacted +2, agreed +4, confirmed +8, arrived +16, completed +500, paid +25 minutes
            ["22T22:01:00", "22T22:03:00", "22T22:07:00", "22T22:15:00", "22T22:31:00", "23T06:51:00", "23T07:16:00"],
            // applied +3, contacted +9, agreed +1, confirmed +1, arrived the next day, completed +530, not paid
            ["22T22:03:00", "22T22:12:00", "22T22:13:00", "22T22:14:00", "23T22:00:00", "24T06:50:00", ""],
            // applied +10, contacted +30 seconds, agreed +20 minutes, nothing more
            ["22T22:10:00", "22T22:10:30", "22T22:30:30", "", "", "", ""],
            // an instant one: applied +60, confirmed at once, arrived +45, completed +240, paid the next day
            ["22T23:00:00", "", "", "22T23:00:00", "22T23:45:00", "23T03:45:00", "24T03:45:00"],
        ]
        .map(one)
        .into()
    }

    #[test]
    fn the_medians_are_those_of_the_table_by_hand() {
        let found: Vec<(HireStep, usize, Option<f64>)> =
            steps(&table()).into_iter().map(|t| (t.step, t.count, t.median_minutes)).collect();
        assert_eq!(
            found,
            [
                // 1, 3, 10, 60
                (HireStep::PublishedToApplied, 4, Some(6.5)),
                // 0.5, 2, 9
                (HireStep::AppliedToContacted, 3, Some(2.0)),
                // 1, 4, 20
                (HireStep::ContactedToAgreed, 3, Some(4.0)),
                // 1, 8
                (HireStep::AgreedToConfirmed, 2, Some(4.5)),
                // 0, 11, 14
                (HireStep::AppliedToConfirmed, 3, Some(11.0)),
                // 16, 45, 1426
                (HireStep::ConfirmedToArrived, 3, Some(45.0)),
                // 240, 500, 530
                (HireStep::ArrivedToCompleted, 3, Some(500.0)),
                // 25, 1440
                (HireStep::CompletedToPaid, 2, Some(732.5)),
            ]
        );
    }

    #[test]
    fn the_same_day_is_that_of_shanghai() {
        let same: Vec<bool> = table().iter().map(Moments::same_day).collect();
        assert_eq!(same, [true, false, false, true]);
        let over_midnight = one(["23T15:50:00", "", "", "23T15:50:00", "23T16:10:00", "", ""]);
        assert!(!over_midnight.same_day(), "ten minutes past midnight in Shanghai");
    }
}
