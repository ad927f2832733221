//! An annual report (年度报告).

use sea_orm::entity::prelude::*;

/// An annual report (年度报告).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agency_report")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The agency.
    pub agency_id: Uuid,
    /// The year it is about.
    pub year: i32,
    /// When it came in.
    pub reported_on: Date,
    /// What is to be said of it.
    pub note: Option<String>,
    /// When this was said.
    pub recorded_at: DateTimeUtc,
    /// Who said it.
    pub recorded_by: Option<Uuid>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
