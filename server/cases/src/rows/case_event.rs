//! What happened in a case (办理过程); rows are only added.

use sea_orm::entity::prelude::*;

use crate::kinds::{CaseEventKind, CasePartyKind};

/// What happened in a case (办理过程); rows are only added.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "case_event")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case.
    pub case_id: Uuid,
    /// When.
    pub at: DateTimeUtc,
    /// What.
    pub kind: CaseEventKind,
    /// Who did it: an account, a citizen, or the house.
    pub actor_kind: CasePartyKind,
    /// Their id; none of the house.
    pub actor_id: Option<Uuid>,
    /// The other official: to whom it was offered, or whose it was before.
    pub other_id: Option<Uuid>,
    /// Sealed: what was noted. None once the person the case is for was erased.
    pub note: Option<Vec<u8>>,
    /// For officials only?
    pub internal: bool,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
