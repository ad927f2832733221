//! Rows that only this chapter has (数据行); the shared ones stand in `entities`.

pub(crate) mod invitation;
pub(crate) mod liaison;
pub(crate) mod password_history;
pub(crate) mod platform_liaison;
pub(crate) mod sign_in_failure;
pub(crate) mod totp_pending;
