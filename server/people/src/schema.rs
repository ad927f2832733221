//! The chapter in GraphQL (接口): thin; ids are parsed, operations are called, nothing is decided here.

pub mod mutation;
pub mod query;
pub mod types;
