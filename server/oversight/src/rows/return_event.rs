//! What happened to a return (填报经过).

use sea_orm::entity::prelude::*;

/// What happened to a return (填报经过).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "return_event")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The return.
    pub return_id: Uuid,
    /// When.
    pub at: DateTimeUtc,
    /// `FROZEN`, `UNFROZEN`, `SUBMITTED`, `DELIVERED`, `RETURNED` or `ACCEPTED`.
    pub kind: String,
    /// About which snapshot.
    pub version_no: i32,
    /// The reason that was given.
    pub reason: Option<String>,
    /// The account, where a city's own did it.
    pub actor_id: Option<Uuid>,
    /// Its user name.
    pub actor_label: Option<String>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
