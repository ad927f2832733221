//! A registration that waits to be decided, or was (审核).

use sea_orm::entity::prelude::*;

use crate::parties::kinds::PartyDecision;

/// A registration that waits to be decided, or was (审核).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "party_review")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The party.
    pub party_id: Uuid,
    /// Since when it waits.
    pub opened_at: DateTimeUtc,
    /// By when it is to be decided.
    pub due_at: DateTimeUtc,
    /// Does it wait still?
    pub waits: bool,
    /// When it was decided.
    pub decided_at: Option<DateTimeUtc>,
    /// What became of it.
    pub decision: Option<PartyDecision>,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// In whose name, in both languages.
    pub organ: Option<String>,
    /// The steps that were missing, by their codes, with blanks between.
    pub missing: Option<String>,
    /// What else was said.
    pub remarks: Option<String>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
