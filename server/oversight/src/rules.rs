//! Decisions (规则): pure, no await, no clock, no store.

pub mod calendar;
pub mod compare;
pub mod first_report;
pub mod province;
pub mod report;
pub mod returns;
