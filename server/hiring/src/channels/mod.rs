//! Channels (发布渠道): where postings are shown, how they get there, and how they are seen to be gone (R6, R7, R46).
//!
//! What happens to a posting is announced; [`operations::plan_deliveries`] writes down what each channel should show from
//! then on, and a job per channel brings it there, again and again until it is there or gone. That a posting is gone is not
//! believed: it is looked for in what the channel shows.

mod adapters;
pub(crate) mod jobs;
pub mod operations;
mod partner;
pub mod queries;
pub mod rows;
pub(crate) mod rules;
pub mod schema;
pub mod screen;
mod store;
#[cfg(test)]
mod tests;
