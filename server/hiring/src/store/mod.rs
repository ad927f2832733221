//! Reading and writing rows (存取): the only place that knows how a posting is spread over its tables.

pub mod batch;
pub mod doors;
pub mod history;
pub mod place;
pub mod posting;
pub mod public;
pub mod settings;
pub mod templates;
pub mod visible;
