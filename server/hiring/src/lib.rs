//! Hiring (用工对接): from a posting at dawn to a paid day's work.
//!
//! Begin with README.md; this file is the manifest and the front door.

pub mod events;
pub mod forms;
pub mod imports;
pub mod jobs;
pub mod kinds;
pub mod migrations;
pub mod operations;
pub mod policy;
pub mod queries;
pub mod rows;
pub mod rules;
pub mod schema;
pub mod store;
#[doc(hidden)]
pub mod testing;
#[cfg(test)]
mod tests;

use async_graphql::MergedObject;
use kernel::Text;
use kernel::plugin::Manifest;

pub use events::{
    PostingAmended, PostingClosed, PostingExpired, PostingFilled, PostingPublished, PostingTakenDown, PostingWithdrawn,
    PostingsImported,
};
pub use forms::{MinimumWageInput, PostingFiguresInput, PostingInput, ReviewRemarkInput, ShiftInput};
pub use operations::close_posting::close_posting;
pub use operations::confirm_posting::confirm_posting;
pub use operations::fill_posting::{posting_filled, posting_free};
pub use operations::lift_take_down::lift_take_down;
pub use operations::repeat_posting::repeat_posting;
pub use operations::review_posting::review_posting;
pub use operations::save_posting::save_posting;
pub use operations::submit_posting::submit_posting;
pub use operations::take_down_posting::take_down_posting;
pub use operations::upsert_posting::upsert_posting;
pub use operations::withdraw_posting::withdraw_posting;
pub use queries::lookup::{count, version_of};
pub use schema::posting::Posting;

/// The queries of hiring.
#[derive(Debug, Default, MergedObject)]
pub struct HiringQuery(schema::query::PostingsQuery);

/// The mutations of hiring.
#[derive(Debug, Default, MergedObject)]
pub struct HiringMutation(schema::mutation::PostingsMutation);

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
        jobs: jobs::kinds(),
        listeners: Vec::new(),
        personal: None,
    }
}
