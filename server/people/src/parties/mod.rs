//! Hiring parties (用工主体): who has others work, how that was checked, who acts for it, and what it may at this moment.
//!
//! Reads as a chapter does: [`kinds`], [`policy`], [`rules`], [`operations`], [`queries`], [`schema`]. What other chapters use
//! is [`front`].

pub(crate) mod events;
pub(crate) mod front;
pub(crate) mod jobs;
pub(crate) mod kinds;
pub(crate) mod messages;
pub(crate) mod operations;
pub(crate) mod personal;
pub(crate) mod policy;
pub(crate) mod queries;
pub(crate) mod rows;
pub(crate) mod rules;
pub(crate) mod schema;
pub(crate) mod store;
