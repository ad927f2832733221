//! What people do with markets (业务操作): one file each, five beats each.

pub mod amend_market;
pub mod delist_market;
pub mod list_market;
pub mod register_market;
pub mod resume_market;
pub mod suspend_market;
