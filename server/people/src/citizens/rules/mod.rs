//! The decisions about citizens (规则): pure functions, no await, no clock, no store.

pub(crate) mod codes;
