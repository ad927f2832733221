//! Hiring (用工对接): from a posting at dawn to a paid day's work.
//!
//! Begin with README.md; this file is the manifest and the front door.

pub mod channels;
pub mod engagements;
pub mod kinds;
pub mod migrations;
pub mod operations;
pub mod policy;
pub mod rows;
pub mod schema;

use async_graphql::MergedObject;
use kernel::plugin::Manifest;
use kernel::{Kernel, Text};

pub use channels::operations::forget_city::forget_city;
pub use channels::operations::plan_deliveries::plan_deliveries;
pub use channels::queries::feed;
pub use operations::seed_postings::{MadeUpPostings, seed_postings};

/// What is read of hiring (查询).
#[derive(Debug, Default, MergedObject)]
pub struct HiringQuery(channels::schema::query::ChannelsQuery, engagements::schema::query::EngagementsQuery);

/// What is done in hiring (变更).
#[derive(Debug, Default, MergedObject)]
pub struct HiringMutation(
    channels::schema::mutation::ChannelsMutation,
    engagements::schema::mutation::EngagementsMutation,
);

/// What this chapter adds to the house (清单).
#[must_use]
pub fn manifest() -> Manifest {
    let mut jobs = channels::jobs::kinds();
    jobs.extend(engagements::jobs::kinds());
    Manifest {
        name: "hiring",
        title: Text::new("用工对接", "Hiring"),
        switchable: false,
        root_fields: &[],
        migrations: vec![migrations::SET, migrations::PLATFORM_SET],
        actions: policy::ACTIONS,
        grants: policy::GRANTS,
        jobs,
        listeners: engagements::listeners::all(),
        personal: None,
    }
}

/// What the chapter tells the others once the house stands: the kinds of case that it opens.
pub fn teach(kernel: &Kernel) {
    engagements::appeal::teach(kernel);
}
