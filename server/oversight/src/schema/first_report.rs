//! The day of a city's first report, in GraphQL.

use async_graphql::SimpleObject;
use kernel::gql::Date;

use crate::records;

/// The first report of a city that joined later (首次报送).
#[derive(Clone, Debug, SimpleObject)]
pub struct FirstReport {
    /// The day; null where the yearly rule holds (首次报送日期).
    pub due_on: Option<Date>,
    /// Counts how often it was set; a stale one is refused (更改次数).
    pub version: i32,
}

impl From<records::FirstReport> for FirstReport {
    fn from(known: records::FirstReport) -> Self {
        Self { due_on: known.due_on.map(Date), version: known.version }
    }
}
