//! A service in the ledger (服务台账).

use sea_orm::entity::prelude::*;

use crate::agencies::kinds::AgencyServiceKind;

/// A service in the ledger (服务台账).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agency_ledger_entry")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The agency.
    pub agency_id: Uuid,
    /// When.
    pub served_on: Date,
    /// The name of the hiring party, sealed: it may be a person.
    pub hiring_party: Vec<u8>,
    /// Is it a household?
    pub household: bool,
    /// Which service.
    pub kind: AgencyServiceKind,
    /// On the network?
    pub online: bool,
    /// How many workers it was about.
    pub workers: i32,
    /// What it came to.
    pub result: String,
    /// When it was entered.
    pub entered_at: DateTimeUtc,
    /// Who entered it.
    pub entered_by: Option<Uuid>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
