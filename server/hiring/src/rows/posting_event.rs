//! What happened to a posting (招聘信息历程).

use sea_orm::entity::prelude::*;

/// What happened to a posting (招聘信息历程).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "posting_event")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The posting.
    pub posting_id: Uuid,
    /// When.
    pub at: DateTimeUtc,
    /// What.
    pub kind: String,
    /// Why.
    pub reason: Option<String>,
    /// Who, by user name; of citizens nothing is said.
    pub actor: Option<String>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
