//! GraphQL of citizens (接口): thin.

pub(crate) mod mutation;
pub(crate) mod query;
pub(crate) mod types;
