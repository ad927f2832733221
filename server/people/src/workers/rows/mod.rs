//! Rows of workers (数据行) that no other chapter points at.

pub(crate) mod worker_certificate;
pub(crate) mod worker_difficulty;
pub(crate) mod worker_profile;
