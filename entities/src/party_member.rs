//! Who may act for a hiring party (经办人).

use sea_orm::entity::prelude::*;

/// Who may act for a hiring party (经办人).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "party_member")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The party.
    pub party_id: Uuid,
    /// The citizen.
    pub citizen_id: Uuid,
    /// `OWNER`, or `AGENT` who was authorised.
    pub authorised: String,
    /// Since when.
    pub since: DateTimeUtc,
    /// Until when.
    pub ended_at: Option<DateTimeUtc>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
