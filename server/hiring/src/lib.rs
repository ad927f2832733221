//! Hiring (用工对接): from a posting at dawn to a paid day's work.
//!
//! Begin with README.md; this file is the manifest and the front door.

pub mod engagements;
pub mod kinds;
pub mod migrations;
pub mod policy;
pub mod rows;

use async_graphql::MergedObject;
use kernel::plugin::Manifest;
use kernel::{Kernel, Text};

/// The chapter's root fields to read.
#[derive(Debug, Default, MergedObject)]
pub struct HiringQuery(engagements::schema::query::EngagementsQuery);

/// The chapter's root fields to write.
#[derive(Debug, Default, MergedObject)]
pub struct HiringMutation(engagements::schema::mutation::EngagementsMutation);

/// What this chapter adds to the house (清单).
#[must_use]
pub fn manifest() -> Manifest {
    Manifest {
        name: "hiring",
        title: Text::new("用工对接", "Hiring"),
        switchable: false,
        root_fields: &[],
        migrations: vec![migrations::SET],
        actions: policy::ACTIONS,
        grants: policy::GRANTS,
        jobs: engagements::jobs::kinds(),
        listeners: engagements::listeners::all(),
        personal: None,
    }
}

/// What the chapter tells the others once the house stands: the kinds of case that it opens.
pub fn teach(kernel: &Kernel) {
    engagements::appeal::teach(kernel);
}
