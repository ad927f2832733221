//! GraphQL of agencies (接口): thin; it reads ids, calls operations and queries, and shows what they give.

mod agency;
mod kept;
pub(crate) mod mutation;
pub(crate) mod query;
mod work;

pub use agency::Agency;
pub use query::AgenciesQuery;
