//! The decisions of this chapter (规则): pure functions, no await, no clock, no store.

pub(crate) mod access;
pub(crate) mod contact;
pub(crate) mod keys;
pub(crate) mod liaisons;
pub(crate) mod lines;
pub(crate) mod lockout;
pub(crate) mod passwords;
pub(crate) mod roles;
pub(crate) mod scopes;
pub(crate) mod sessions;
