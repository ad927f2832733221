//! Rows of citizens (数据行) that no other chapter points at.

pub(crate) mod citizen_merger;
pub(crate) mod citizen_session;
pub(crate) mod code_quota;
pub(crate) mod consent;
pub(crate) mod phone_code;
