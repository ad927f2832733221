//! GraphQL of the chapter (接口), thin: ids parsed, queries and operations called.

mod city;
mod lines;
mod mutation;
mod province;
mod query;
mod results;

pub use mutation::OversightMutation;
pub use query::OversightQuery;
