//! GraphQL of workers (接口): thin.

pub(crate) mod mutation;
pub(crate) mod query;
pub(crate) mod types;
pub(crate) mod upkeep;
pub(crate) mod worker;
