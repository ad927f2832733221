//! Odd-job workers (零工人员): what a citizen wants to work at, where and when.
//!
//! Somebody registers in person or at a counter ([`operations::register_worker`]); the rules are in [`rules`], what staff may
//! see in [`store::visible`]. Hardship lies apart, sealed and with a consent of its own. Other chapters read [`facts`].

pub(crate) mod events;
pub(crate) mod facts;
pub(crate) mod forms;
pub(crate) mod jobs;
pub(crate) mod kinds;
pub(crate) mod operations;
pub(crate) mod parameters;
pub(crate) mod personal;
pub(crate) mod policy;
pub(crate) mod queries;
pub(crate) mod rows;
pub(crate) mod rules;
pub(crate) mod schema;
pub(crate) mod store;
