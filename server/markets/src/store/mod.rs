//! Reading and writing rows (存取): the only place that knows how a market is spread over its tables.

pub mod annotations;
pub mod batch;
pub mod credit;
pub mod history;
pub mod market;
pub mod pages;
pub mod parts;
pub mod slug;
pub mod visible;
