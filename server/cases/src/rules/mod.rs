//! Decisions (规则): pure, no await, no clock, no store.

pub mod clock;
pub mod life;
pub mod written;
