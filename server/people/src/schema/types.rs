//! Types of the interface (类型).

mod account;
mod city;
mod role;
mod session;
mod viewer;

pub use account::{Account, AccountStatus, Department};
pub use city::City;
pub use role::{Role, RoleAssignment, ScopeKind};
pub use session::Session;
pub use viewer::Viewer;
