//! The day of a city's first report, in GraphQL.

use async_graphql::SimpleObject;
use kernel::gql::Date;

/// The first report of a city that joined later (首次报送).
#[derive(Clone, Debug, SimpleObject)]
pub struct FirstReport {
    /// The day; null where the yearly rule holds (首次报送日期).
    pub due_on: Option<Date>,
}
