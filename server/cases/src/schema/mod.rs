//! GraphQL of the chapter (接口): thin; it reads ids, calls operations and queries, and shows what they give.

pub mod case;
pub mod kind;
pub mod mutation;
pub mod query;
