//! Rows read and put into the types of the interface (视图).

mod access;
mod accounts;
mod liaison;
mod own;

pub(crate) use access::explain;
pub(crate) use accounts::{account, invitation, key, policy_line, policy_line_about, roles_here};
pub use liaison::{ProvinceLiaison, province_liaisons};
pub(crate) use liaison::{liaison_history, present_liaison};
pub(crate) use own::{my_sessions, permissions, session, viewer};
