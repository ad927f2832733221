//! A text that was taken down (下架文本) and is not published again.

use sea_orm::entity::prelude::*;

/// A text that was taken down (下架文本) and is not published again.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "taken_down_text")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Hash of what it said.
    pub text_key: String,
    /// The posting that said it.
    pub posting_id: Uuid,
    /// Why.
    pub reason: String,
    /// By which article.
    pub article: String,
    /// When.
    pub at: DateTimeUtc,
    /// When it was lifted, after an appeal.
    pub lifted_at: Option<DateTimeUtc>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
