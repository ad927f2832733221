//! The house (内务): what the platform does for itself in every tenant. Audit, jobs, mail, files, plugins' switches.

mod jobs;
pub mod operations;
mod personal;
pub mod policy;
pub mod queries;
mod schema;
pub(crate) mod watch;

use std::sync::Arc;

use crate::plugin::Manifest;
use crate::text::Text;

pub use schema::*;

/// What the kernel itself adds to the house.
#[must_use]
pub fn manifest() -> Manifest {
    Manifest {
        name: "house",
        title: Text::new("内务", "House"),
        switchable: false,
        root_fields: &[],
        migrations: Vec::new(),
        actions: policy::ACTIONS,
        grants: policy::GRANTS,
        jobs: jobs::kinds(),
        listeners: vec![crate::personal::erasures::listener()],
        personal: Some(Arc::new(personal::OfTheHouse)),
    }
}
