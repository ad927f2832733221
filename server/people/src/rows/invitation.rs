//! An invitation (邀请): by mail, for one person and one role.

use sea_orm::entity::prelude::*;

/// An invitation (邀请): by mail, for one person and one role.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub(crate) struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// SHA-256 of the token in the mail.
    pub token_hash: Vec<u8>,
    /// Sealed address.
    pub email: Vec<u8>,
    /// Blind index of the address.
    pub email_index: Vec<u8>,
    /// Sealed working name, the one the account will have.
    pub display_name: Vec<u8>,
    /// The department it will belong to.
    pub department: Option<String>,
    /// The role it will hold.
    pub role: String,
    /// The kind of scope it will hold it in.
    pub scope_kind: String,
    /// The key of that scope; empty for the city.
    pub scope_key: String,
    /// Language of the letter: `zh` or `en`.
    pub lang: String,
    /// `SENT`, `ACCEPTED` or `WITHDRAWN`; an expired one stays `SENT` until it is purged.
    pub status: String,
    /// It cannot be accepted later.
    pub expires_at: DateTimeUtc,
    /// When it was sent.
    pub created_at: DateTimeUtc,
    /// Who invited.
    pub created_by: Option<Uuid>,
    /// The account it became.
    pub account_id: Option<Uuid>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
