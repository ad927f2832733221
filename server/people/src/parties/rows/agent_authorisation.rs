//! How somebody came to act for a party, or asked to (经办授权).

use sea_orm::entity::prelude::*;

use crate::parties::kinds::AgentRequestStatus;

/// How somebody came to act for a party, or asked to (经办授权).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agent_authorisation")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The party.
    pub party_id: Uuid,
    /// Who acts, or asks to.
    pub citizen_id: Uuid,
    /// What came of it.
    pub member_id: Option<Uuid>,
    /// Its state.
    pub status: AgentRequestStatus,
    /// When it was asked for, or given.
    pub asked_at: DateTimeUtc,
    /// When it was decided.
    pub decided_at: Option<DateTimeUtc>,
    /// The account that decided.
    pub account_id: Option<Uuid>,
    /// The owner who decided.
    pub by_citizen: Option<Uuid>,
    /// The authorisation, as it was shown.
    pub evidence: Option<Uuid>,
    /// Why it was declined.
    pub reason: Option<String>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
