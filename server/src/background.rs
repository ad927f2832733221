//! The kernel's counts of background work as Prometheus metrics (后台指标): read when a scraper asks.

use std::sync::Arc;

use kernel::kernel::Kernel;
use kernel::tally::Done;
use parking_lot::Mutex;
use prometheus::core::{Collector, Desc};
use prometheus::proto::MetricFamily;
use prometheus::{IntCounter, IntCounterVec, Opts};

use crate::http::Metrics;

/// Background work, counted.
struct Background {
    kernel: Arc<Kernel>,
    families: [IntCounterVec; 6],
    /// One scraper at a time: two would add one difference twice.
    counted: Mutex<Vec<(Done, IntCounter)>>,
}

/// Family and how it ended, of everything that is counted.
const fn place(what: Done) -> (usize, &'static str) {
    match what {
        Done::JobDone => (0, "done"),
        Done::JobAgain => (0, "again"),
        Done::JobFailed => (0, "failed"),
        Done::JobCancelled => (0, "cancelled"),
        Done::EventDispatched => (1, "dispatched"),
        Done::LetterSent => (2, "sent"),
        Done::LetterAgain => (2, "again"),
        Done::LetterDead => (2, "dead"),
        Done::EntrySealed => (3, "sealed"),
        Done::TendingFailed => (4, "failed"),
        Done::SmsSent => (5, "sent"),
        Done::SmsAgain => (5, "again"),
        Done::SmsFailed => (5, "failed"),
    }
}

/// Adds the background work of `kernel` to what `metrics` say.
pub(crate) fn watch(metrics: &Metrics, kernel: Arc<Kernel>) -> prometheus::Result<()> {
    let family = |name: &str, help: &str| IntCounterVec::new(Opts::new(name, help), &["end"]);
    let families = [
        family("yizhan_jobs_total", "Jobs by how their attempt ended")?,
        family("yizhan_events_total", "Events handed to their listeners")?,
        family("yizhan_letters_total", "Letters by how their attempt ended; dead ones wait for somebody to look")?,
        family("yizhan_audit_entries_total", "Entries sealed into the chain of the audit")?,
        family("yizhan_tenants_tended_total", "Cities the worker could not tend; they are looked at again later")?,
        family("yizhan_sms_total", "Text messages by how their attempt ended; failed ones wait for somebody to look")?,
    ];
    let counted = Done::ALL.map(|what| {
        let (family, end) = place(what);
        (what, families[family].with_label_values(&[end]))
    });
    metrics.registry().register(Box::new(Background { kernel, families, counted: Mutex::new(counted.into()) }))
}

impl Collector for Background {
    fn desc(&self) -> Vec<&Desc> {
        self.families.iter().flat_map(Collector::desc).collect()
    }

    fn collect(&self) -> Vec<MetricFamily> {
        for (what, counter) in self.counted.lock().iter() {
            counter.inc_by(self.kernel.tally.of(*what).saturating_sub(counter.get()));
        }
        self.families.iter().flat_map(Collector::collect).collect()
    }
}
