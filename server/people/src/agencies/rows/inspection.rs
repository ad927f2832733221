//! An inspection (监督检查).

use sea_orm::entity::prelude::*;

use crate::agencies::kinds::{InspectionKind, InspectionResult};

/// An inspection (监督检查).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agency_inspection")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The agency.
    pub agency_id: Uuid,
    /// Counts its changes.
    pub version: i32,
    /// When.
    pub inspected_on: Date,
    /// Why.
    pub kind: InspectionKind,
    /// What it came to.
    pub result: InspectionResult,
    /// What was found.
    pub findings: String,
    /// By when it is looked at again.
    pub follow_up_on: Option<Date>,
    /// When it was.
    pub followed_up_on: Option<Date>,
    /// What that came to.
    pub follow_up_result: Option<InspectionResult>,
    /// What was found then.
    pub follow_up_note: Option<String>,
    /// When it was recorded.
    pub recorded_at: DateTimeUtc,
    /// Who recorded it.
    pub recorded_by: Option<Uuid>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
