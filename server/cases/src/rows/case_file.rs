//! The file of a case (办件).

use sea_orm::entity::prelude::*;

use crate::kinds::{CaseDecision, CasePartyKind, CaseStatus};

/// The file of a case (办件).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "case_file")]
pub struct Model {
    /// UUID version 7: ids are in the order in which cases were opened.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Counts what people change; a stale one is refused.
    pub version: i32,
    /// Reference number (办件编号), unique in the city: `SS-20261126-0007`.
    pub reference: String,
    /// The code of its kind.
    pub kind: String,
    /// The kind of what it is about, as global ids spell it.
    pub subject_kind: String,
    /// What it is about.
    pub subject_id: Uuid,
    /// Who opened it: an account or a citizen.
    pub opened_by_kind: CasePartyKind,
    /// Their id.
    pub opened_by: Uuid,
    /// The person it is for, where that is a citizen; an official may have opened it for them.
    pub citizen_id: Option<Uuid>,
    /// Sealed: what the person wrote. None once the person was erased.
    pub reason: Option<Vec<u8>>,
    /// State.
    pub status: CaseStatus,
    /// The county in which it stands.
    pub county: Option<String>,
    /// The market it is about.
    pub market_id: Option<Uuid>,
    /// The official whose it is.
    pub owner_id: Option<Uuid>,
    /// Since when.
    pub owned_since: Option<DateTimeUtc>,
    /// The official to whom it was offered, who has not accepted yet.
    pub offered_to: Option<Uuid>,
    /// When.
    pub offered_at: Option<DateTimeUtc>,
    /// When it was opened.
    pub opened_at: DateTimeUtc,
    /// The last day on which it is decided in time.
    pub due_on: Date,
    /// Was a year without a published calendar counted?
    pub due_provisional: bool,
    /// The rule and its version by which it was dated.
    pub rule_version: String,
    /// When its owner was warned that one working day is left.
    pub warned_at: Option<DateTimeUtc>,
    /// When it was found to be late.
    pub breached_at: Option<DateTimeUtc>,
    /// What was decided.
    pub decision: Option<CaseDecision>,
    /// Sealed: why.
    pub decision_ground: Option<Vec<u8>>,
    /// By which article.
    pub decision_article: Option<String>,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// When.
    pub decided_at: Option<DateTimeUtc>,
    /// When it was decided or withdrawn.
    pub closed_at: Option<DateTimeUtc>,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The account that opened it, where one did.
    #[must_use]
    pub fn opened_by_account(&self) -> Option<Uuid> {
        (self.opened_by_kind == CasePartyKind::Account).then_some(self.opened_by)
    }
}
