//! A password that was reset.

use async_graphql::SimpleObject;

use super::Account;

/// A password that was reset (口令重置结果): its owner chooses another at the next sign-in.
#[derive(SimpleObject)]
#[graphql(name = "PasswordReset")]
pub(crate) struct PasswordWasReset {
    /// The account (账号).
    pub account: Account,
    /// The one-time password, to be handed over: shown now and never again. Nothing when it went to its owner by mail, or
    /// when the same request was answered before (一次性口令).
    pub one_time_password: Option<String>,
}
