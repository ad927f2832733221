//! A step of a verification (核验事项): what was looked at, when, by whom, and what it showed.

use sea_orm::entity::prelude::*;

use crate::parties::kinds::{PartyStep, PartyStepResult};

/// A step of a verification (核验事项): what was looked at, when, by whom, and what it showed.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "verification_step")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The party.
    pub party_id: Uuid,
    /// What was looked at.
    pub step: PartyStep,
    /// What it showed.
    pub result: PartyStepResult,
    /// The day on which it was looked at.
    pub made_on: Date,
    /// A word on it.
    pub note: Option<String>,
    /// The file that was shown.
    pub evidence: Option<Uuid>,
    /// Who looked.
    pub verified_by: Option<Uuid>,
    /// When it was entered.
    pub recorded_at: DateTimeUtc,
    /// It counts no more: the party was closed since.
    pub void: bool,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
