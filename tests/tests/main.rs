//! The proof of the whole house (全系统验证): laws that hold over every crate, and stories told through the public API.
//!
//! A law is a function that names what breaks it. Each is asked twice: about the house, where it must find nothing, and
//! about a fixture made to break it, where it must find exactly what was planted. A law that cannot fail proves nothing.

#![expect(clippy::expect_used, reason = "a test says what it expected and stops")]
#![expect(clippy::disallowed_types, reason = "laws look at a database from outside, as an administrator does")]

mod faults;
mod graphql_js;
mod house;
mod laws;
mod postgres;
mod stories;
mod workspace;
mod world;
