//! Channels in the API (接口): thin.

pub mod mutation;
pub mod query;
pub mod types;
