//! Cases (办件): what a person asks of the bureau, whose it is, by when, and what was decided. Used now for appeals (申诉) that
//! chapters above open; begin with README.md, then [`case_kind`] and [`operations::open`].

pub mod case_kind;
pub mod events;
mod jobs;
pub mod kinds;
mod mail;
pub mod migrations;
pub mod operations;
mod personal;
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

use std::sync::Arc;

use kernel::Text;
use kernel::plugin::Manifest;

pub use case_kind::{CaseKind, DeadlineRule, Matter, OpenCaseFile, teach};
pub use events::{CaseDecided, CaseHandedOver, CaseOpened, CaseTaken, CaseWithdrawn};
pub use kernel::personal::async_trait;
pub use kinds::{CaseDecision, CaseEventKind, CasePartyKind, CaseStatus, Opener};
pub use operations::accept_case::accept_case;
pub use operations::decide_case::{DecideCaseInput, decide_case};
pub use operations::hand_over_case::hand_over_case;
pub use operations::note_case::note_case;
pub use operations::open::{NewCase, OpenCase, open};
pub use operations::take_case::take_case;
pub use operations::withdraw_case::withdraw_case;
pub use personal::{forget, held_about};
pub use queries::about::{Standing, about};
pub use schema::case::Case;
pub use schema::mutation::CasesMutation;
pub use schema::query::CasesQuery;

/// What this chapter adds to the house (清单).
#[must_use]
pub fn manifest() -> Manifest {
    Manifest {
        name: "cases",
        title: Text::new("办件", "Cases"),
        switchable: false,
        root_fields: &[],
        migrations: vec![migrations::SET],
        actions: policy::ACTIONS,
        grants: policy::GRANTS,
        jobs: jobs::kinds(),
        listeners: Vec::new(),
        personal: Some(Arc::new(personal::OfCases)),
    }
}
