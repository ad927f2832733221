//! Rows that only this chapter has (数据行); the shared ones stand in `entities`.

pub mod invitation;
pub mod liaison;
pub mod password_history;
pub mod platform_liaison;
pub mod sign_in_failure;
pub mod totp_pending;
