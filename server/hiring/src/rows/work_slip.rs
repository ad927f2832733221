//! A work slip (用工单): what both sides have in hand once it is confirmed.

use sea_orm::entity::prelude::*;

/// A work slip (用工单): what both sides have in hand once it is confirmed.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "work_slip")]
pub struct Model {
    /// The engagement: each has one slip at most.
    #[sea_orm(primary_key, auto_increment = false)]
    pub engagement_id: Uuid,
    /// Its number.
    pub number: String,
    /// What was agreed: no personal value.
    #[sea_orm(column_type = "JsonBinary")]
    pub terms: Json,
    /// Carries the written agreement that over-age workers must have.
    pub over_age_agreement: bool,
    /// When the worker accepted that agreement.
    pub accepted_by_worker_at: Option<DateTimeUtc>,
    /// When the hiring party accepted it.
    pub accepted_by_party_at: Option<DateTimeUtc>,
    /// When it was made.
    pub made_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
