//! The laws of the database, asked of the live schema on both back ends, and of the rows that stand for it in Rust.

pub(super) mod described;
mod postgres;
mod rows;
mod sqlite;
