//! A session of a citizen (个人用户会话): a token, kept as its SHA-256.

use sea_orm::entity::prelude::*;

/// A session of a citizen (个人用户会话): a token, kept as its SHA-256.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "citizen_session")]
pub(crate) struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose.
    pub citizen_id: Uuid,
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// The browser or program, as it names itself.
    pub user_agent: Option<String>,
    /// The network it began in.
    pub ip_masked: Option<String>,
    /// When it began.
    pub created_at: DateTimeUtc,
    /// When it was last used, to the minute.
    pub last_used_at: DateTimeUtc,
    /// When it ends whatever happens.
    pub expires_at: DateTimeUtc,
    /// When it was ended.
    pub revoked_at: Option<DateTimeUtc>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
