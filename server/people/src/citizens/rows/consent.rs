//! A consent of a citizen (同意记录): for one purpose, after one version of the notice (个人信息保护法 art 14, 15, 29).

use sea_orm::entity::prelude::*;

/// A consent of a citizen (同意记录): for one purpose, after one version of the notice (个人信息保护法 art 14, 15, 29).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "consent")]
pub(crate) struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose.
    pub citizen_id: Uuid,
    /// `REGISTRATION` or `DIFFICULTY`.
    pub purpose: String,
    /// Which version of the notice was shown or read out.
    pub notice_version: String,
    /// `ONLINE`, `PHONE_CODE`, `SIGNED_PAPER` or `SPOKEN`.
    pub how: String,
    /// The signed paper.
    pub file_id: Option<Uuid>,
    /// The second member of staff before whom it was spoken.
    pub witness: Option<Uuid>,
    /// The account that took it; empty where the citizen gave it alone.
    pub taken_by: Option<Uuid>,
    /// When it was given.
    pub given_at: DateTimeUtc,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTimeUtc>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
