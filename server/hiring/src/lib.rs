//! Hiring (用工对接): from a posting at dawn to a paid day's work.
//!
//! Begin with README.md; this file is the manifest and the front door.

pub mod channels;
pub mod kinds;
pub mod migrations;
pub mod operations;
pub mod policy;
pub mod rows;
pub mod schema;

use async_graphql::MergedObject;
use kernel::Text;
use kernel::plugin::Manifest;

pub use channels::operations::forget_city::forget_city;
pub use channels::operations::plan_deliveries::plan_deliveries;
pub use channels::queries::feed;
pub use operations::seed_postings::{MadeUpPostings, seed_postings};

/// What is read of hiring (查询).
#[derive(Debug, Default, MergedObject)]
pub struct HiringQuery(channels::schema::query::ChannelsQuery);

/// What is done in hiring (变更).
#[derive(Debug, Default, MergedObject)]
pub struct HiringMutation(channels::schema::mutation::ChannelsMutation);

/// What this chapter adds to the house (清单).
#[must_use]
pub fn manifest() -> Manifest {
    Manifest {
        name: "hiring",
        title: Text::new("用工对接", "Hiring"),
        switchable: false,
        root_fields: &[],
        migrations: vec![migrations::SET, migrations::PLATFORM_SET],
        actions: policy::ACTIONS,
        grants: policy::GRANTS,
        jobs: channels::jobs::kinds(),
        listeners: Vec::new(),
        personal: None,
    }
}
