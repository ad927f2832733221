//! People (人员): who signs in, and what they may do. Start with `README.md`.

mod cache;
mod identity;
mod labels;
pub mod migrations;
mod operations;
pub mod policy;
mod prepare;
mod queries;
mod rows;
mod rules;
mod schema;
mod source;
#[doc(hidden)]
pub mod testing;
mod views;

use kernel::plugin::Manifest;
use kernel::text::Text;

pub use identity::{Claimed, KEY_PREFIX, SESSION_PREFIX, authenticate, still_valid};
pub use operations::create_account::{CreateAccount, HashedPassword, NewAccount, NewRole, create_account};
pub use operations::sign_in::{SignIn, SignInInput, SignedIn, sign_in};
pub use operations::sign_out::{SignOut, sign_out};
pub use schema::mutation::PeopleMutation;
pub use schema::query::PeopleQuery;
pub use schema::types::{Account, AccountStatus, City, Department, Role, RoleAssignment, ScopeKind, Session, Viewer};
pub use source::Source;

/// What this chapter adds to the house.
#[must_use]
pub fn manifest() -> Manifest {
    Manifest {
        name: "people",
        title: Text::new("人员", "People"),
        switchable: false,
        root_fields: &[],
        migrations: vec![migrations::SET, migrations::PLATFORM_SET],
        actions: policy::ACTIONS,
        grants: policy::GRANTS,
        jobs: Vec::new(),
        listeners: Vec::new(),
    }
}
