//! What happened (事件): thin, ids and numbers only. They cross between a city's store and the platform's.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::outbox::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A city handed in its return (名录已报送).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReturnSubmitted {
    /// The city's return.
    pub return_id: Uuid,
    /// The year it reports.
    pub year: i32,
    /// The number of the snapshot handed in.
    pub version_no: i32,
    /// The snapshot handed in.
    pub snapshot: Uuid,
}

impl Event for ReturnSubmitted {
    const KIND: &'static str = "oversight.return_submitted";
    fn subject(&self) -> (&'static str, Uuid) {
        ("DirectoryReturn", self.return_id)
    }
}

/// A city set the day of its first report, or took it away (首次报送日期已设定).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FirstReportSet {
    /// The day; none where the yearly rule holds again.
    pub due_on: Option<NaiveDate>,
    /// When it was set.
    pub at: DateTime<Utc>,
}

impl Event for FirstReportSet {
    const KIND: &'static str = "oversight.first_report_set";
    fn subject(&self) -> (&'static str, Uuid) {
        ("FirstReport", crate::rules::returns::return_id(0))
    }
}

/// The province returned or accepted a city's return (省级已审核).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReturnDecided {
    /// The province's copy.
    pub id: Uuid,
    /// Code of the city.
    pub city: String,
    /// The year it reports.
    pub year: i32,
    /// The number of the snapshot decided upon.
    pub version_no: i32,
    /// The snapshot decided upon.
    pub snapshot: Uuid,
    /// Accepted, or returned?
    pub accepted: bool,
}

impl Event for ReturnDecided {
    const KIND: &'static str = "oversight.return_decided";
    fn subject(&self) -> (&'static str, Uuid) {
        ("ProvinceReturn", self.id)
    }
}
