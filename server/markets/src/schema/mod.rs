//! GraphQL of the chapter (接口): thin; it reads ids, calls operations and queries, and shows what they give.

pub mod market;
pub mod mutation;
pub mod parts;
pub mod public;
pub mod query;
pub mod reference;
pub mod upkeep;
pub mod values;
pub mod venue;
