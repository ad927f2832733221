//! The chapter in GraphQL (接口): thin; ids are parsed, operations are called, nothing is decided here.

pub(crate) mod mutation;
pub(crate) mod query;
pub(crate) mod types;
