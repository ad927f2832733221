//! The decisions about workers (规则): pure functions, no await, no clock, no store.

pub(crate) mod ages;
pub(crate) mod card;
pub(crate) mod form;
pub(crate) mod minors;
pub(crate) mod statistics;
