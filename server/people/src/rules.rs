//! The decisions of this chapter (规则): pure functions, no await, no clock, no store.

pub mod contact;
pub mod lockout;
pub mod roles;
pub mod scopes;
pub mod sessions;
