//! An account (账号): a person who signs in. Workers and hiring parties get theirs in later chapters.

use sea_orm::entity::prelude::*;

/// An account (账号): a person who signs in. Workers and hiring parties get theirs in later chapters.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What is typed at sign-in; unique in the tenant, lower case.
    pub username: String,
    /// Sealed working name, the one colleagues see.
    pub display_name: Vec<u8>,
    /// Blind index of the working name.
    pub display_name_index: Vec<u8>,
    /// Sealed e-mail address.
    pub email: Option<Vec<u8>>,
    /// Blind index of the address; no two accounts have the same.
    pub email_index: Option<Vec<u8>>,
    /// One of the five departments (部门), where the person belongs to one.
    pub department: Option<String>,
    /// `INVITED`, `ACTIVE`, `LOCKED`, `DISABLED` or `ERASED`.
    pub status: String,
    /// `zh` or `en`.
    pub lang: String,
    /// argon2id, PHC string.
    pub password_hash: Option<String>,
    /// When the password was set.
    pub password_changed_at: Option<DateTimeUtc>,
    /// Must a new one be chosen at the next sign-in?
    pub must_change_password: bool,
    /// Sealed secret of the one-time password (动态口令).
    pub totp_secret: Option<Vec<u8>>,
    /// The last accepted step, so that no code is used twice.
    pub totp_last_step: Option<i64>,
    /// Has the person proved the second factor works?
    pub totp_confirmed: bool,
    /// Last sign in at.
    pub last_sign_in_at: Option<DateTimeUtc>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it was last changed.
    pub updated_at: DateTimeUtc,
    /// Counts changes; a stale one is refused.
    pub version: i32,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
