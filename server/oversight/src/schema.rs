//! GraphQL of the chapter (接口), thin: ids parsed, queries and operations called.

pub mod city;
pub mod comparison;
pub mod first_report;
pub mod lines;
pub mod mutation;
pub mod province;
pub mod query;
pub mod reports;
pub mod results;

pub use mutation::OversightMutation;
pub use query::OversightQuery;
