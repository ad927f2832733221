//! A sampling check of a verified party (抽查).

use sea_orm::entity::prelude::*;

use crate::parties::kinds::PartyRecheckStatus;

/// A sampling check of a verified party (抽查).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "party_recheck")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The party.
    pub party_id: Uuid,
    /// Counts its changes, from 1.
    pub version: i32,
    /// Its state.
    pub status: PartyRecheckStatus,
    /// The month for which it was drawn; none where somebody asked for it.
    pub draw: Option<String>,
    /// Why somebody asked for it.
    pub reason: Option<String>,
    /// When it was drawn.
    pub drawn_at: DateTimeUtc,
    /// The last day on which it is to be done.
    pub due_on: Date,
    /// That day was counted without a published calendar.
    pub provisional: bool,
    /// What was found.
    pub finding: Option<String>,
    /// The file that shows it.
    pub evidence: Option<Uuid>,
    /// Who looked.
    pub done_by: Option<Uuid>,
    /// When.
    pub done_on: Option<Date>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
