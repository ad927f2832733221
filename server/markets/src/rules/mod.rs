//! The rules (规则): pure decisions. No await, no I/O, no clock.

pub mod changes;
pub mod describe;
pub mod errand;
pub mod figures;
pub mod flaw;
pub mod inclusion;
pub mod lifecycle;
pub mod naming;
pub mod place;
pub mod samples;
pub mod search;
pub mod spans;
pub mod standard;
pub mod trades;
pub mod venue;
pub mod village;
