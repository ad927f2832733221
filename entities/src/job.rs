//! A job (作业).

use sea_orm::entity::prelude::*;

/// A job (作业).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Kind.
    pub kind: String,
    /// Payload.
    pub payload: Json,
    /// Unique key.
    pub unique_key: Option<String>,
    /// Status.
    pub status: String,
    /// Run at.
    pub run_at: DateTimeUtc,
    /// Attempts.
    pub attempts: i32,
    /// Leased by.
    pub leased_by: Option<String>,
    /// Leased until.
    pub leased_until: Option<DateTimeUtc>,
    /// Progress.
    pub progress: i32,
    /// Total.
    pub total: Option<i32>,
    /// Message.
    pub message: Option<String>,
    /// Cancel requested.
    pub cancel_requested: bool,
    /// Created by.
    pub created_by: Option<Uuid>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// Finished at.
    pub finished_at: Option<DateTimeUtc>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
