//! Oversight (监督管理), first part: the yearly return of the directory (名录填报), from a city's snapshot to the
//! province's workbook. Begin with the README beside `Cargo.toml`, then [`rules`].

pub mod events;
pub mod form;
pub mod jobs;
pub mod mail;
pub mod migrations;
pub mod operations;
mod personal;
pub mod policy;
pub mod queries;
pub mod records;
pub mod rows;
pub mod rules;
pub mod schema;
#[doc(hidden)]
pub mod testing;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use kernel::Text;
use kernel::outbox::Listener;
use kernel::plugin::Manifest;

pub use operations::accept_return::accept_return;
pub use operations::forget_city::forget_city;
pub use operations::freeze_return::freeze_return;
pub use operations::set_monitoring_city::set_monitoring_city;
pub use operations::submit_return::submit_return;
pub use queries::province::handed_in;
pub use schema::{OversightMutation, OversightQuery};

/// What this chapter adds to the house.
#[must_use]
pub fn manifest() -> Manifest {
    Manifest {
        name: "oversight",
        title: Text::new("监督管理", "Oversight"),
        switchable: false,
        root_fields: &[],
        migrations: vec![migrations::SET, migrations::PLATFORM_SET],
        actions: policy::ACTIONS,
        grants: policy::GRANTS,
        jobs: jobs::kinds(),
        listeners: vec![
            Listener::new("oversight.return_to_province", |ctx, event: events::ReturnSubmitted| {
                operations::deliver_return::deliver_return(ctx, event)
            }),
            Listener::new("oversight.first_report_to_province", |ctx, event: events::FirstReportSet| {
                operations::deliver_first_report::deliver_first_report(ctx, event)
            }),
            Listener::new("oversight.decision_to_city", |ctx, event: events::ReturnDecided| {
                operations::deliver_decision::deliver_decision(ctx, event)
            }),
        ],
        personal: Some(Arc::new(personal::OfReturns)),
    }
}
