//! One file per thing a person can do (操作).

mod attempts;
pub mod create_account;
pub(crate) mod shared;
pub mod sign_in;
pub mod sign_out;
