//! Types of the interface (类型).

mod access;
mod account;
mod invitation;
mod key;
mod liaison;
mod line;
mod reset;
mod role;
mod session;
mod viewer;

pub(crate) use access::AccessExplanation;
pub use account::{Account, AccountStatus, Department, LetterLang};
pub(crate) use invitation::Invitation;
pub use kernel::house::City;
pub(crate) use key::{ApiKey, ApiKeyCreated};
pub use liaison::Liaison;
pub(crate) use line::{PolicyEffect, PolicyLine, PolicyLineWithdrawn};
pub(crate) use reset::PasswordWasReset;
pub(crate) use role::ScopeChoice;
pub use role::{Role, RoleAction, RoleAssignment, ScopeKind};
pub use session::Session;
pub use viewer::Viewer;
