//! Types of the interface (类型).

mod access;
mod account;
mod city;
mod invitation;
mod key;
mod liaison;
mod role;
mod session;
mod viewer;

pub(crate) use access::AccessExplanation;
pub use account::{Account, AccountStatus, Department};
pub use city::City;
pub(crate) use invitation::{Invitation, InvitationStatus};
pub(crate) use key::{ApiKey, ApiKeyCreated};
pub use liaison::Liaison;
pub use role::{Role, RoleAssignment, ScopeKind};
pub use session::Session;
pub use viewer::Viewer;
