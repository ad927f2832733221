//! The demo's stage (演示时间): the stores as they were, and a clock that walks from day to day.

use std::sync::Arc;

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, Utc};
use kernel::clock::{ManualClock, day_of, shanghai};
use kernel::ctx::{Actor, Ctx};
use kernel::fault::Fault;
use kernel::kernel::Kernel;
use kernel::text::Lang;
use kernel::worker::Worker;

use super::super::sample::TAIYUAN;

/// Hour and minute in Shanghai.
pub(super) type Hour = (u32, u32);

/// Where and when the demo plays (演示时间).
pub(super) struct Stage {
    past: Arc<Kernel>,
    clock: ManualClock,
    /// The moment at which the demo is made: nothing of it happens later.
    now: DateTime<Utc>,
}

impl Stage {
    pub(super) fn new(kernel: &Arc<Kernel>, past: &Arc<Kernel>, clock: &ManualClock) -> Self {
        Self { past: Arc::clone(past), clock: clock.clone(), now: kernel.clock.now() }
    }

    /// The moment at which the demo is made.
    pub(super) const fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Today, as the demo is made.
    pub(super) fn today(&self) -> NaiveDate {
        day_of(self.now)
    }

    /// A moment so many days from today.
    pub(super) fn at(&self, days: i64, (hour, minute): Hour) -> DateTime<FixedOffset> {
        let midnight = self.today().and_time(chrono::NaiveTime::MIN) + Duration::days(days);
        let moment = midnight + Duration::hours(hour.into()) + Duration::minutes(minute.into());
        moment.and_local_timezone(shanghai()).single().unwrap_or_default()
    }

    /// Puts the clock there, or to the moment at which the demo is made where that comes first.
    pub(super) fn go(&self, days: i64, hour: Hour) {
        self.go_to(self.at(days, hour).to_utc());
    }

    /// The same for a moment.
    pub(super) fn go_to(&self, moment: DateTime<Utc>) {
        self.clock.set(moment.min(self.now));
    }

    /// Is this moment over as the demo is made?
    pub(super) fn is_over(&self, moment: DateTime<Utc>) -> bool {
        moment <= self.now
    }

    /// A request of somebody in Taiyuan.
    pub(super) async fn by(&self, actor: &Actor) -> Result<Ctx, Fault> {
        self.past.ctx(TAIYUAN, actor.clone(), Lang::Zh).await
    }

    /// A request of the house itself.
    pub(super) async fn itself(&self) -> Result<Ctx, Fault> {
        self.by(&Actor::System("demo")).await
    }

    /// Does what waits: listeners, jobs that are due, messages.
    pub(super) async fn rest(&self) -> Result<(), Fault> {
        Worker::new(Arc::clone(&self.past), "demo".to_owned()).drain(TAIYUAN).await
    }
}
