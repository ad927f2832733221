//! One operation, done or refused (审计记录). Append-only.

use sea_orm::entity::prelude::*;

/// One operation, done or refused (审计记录). Append-only.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// At.
    pub at: DateTimeUtc,
    /// Actor kind.
    pub actor_kind: String,
    /// Actor id.
    pub actor_id: Option<Uuid>,
    /// Actor label.
    pub actor_label: Option<String>,
    /// Operation.
    pub operation: String,
    /// Subject kind.
    pub subject_kind: Option<String>,
    /// Subject id.
    pub subject_id: Option<Uuid>,
    /// Result.
    pub result: String,
    /// Detail.
    pub detail: Json,
    /// Request id.
    pub request_id: Uuid,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
