//! Decisions (规则): pure, no await, no clock, no store.

pub mod calendar;
pub mod compare;
pub mod province;
pub mod returns;
