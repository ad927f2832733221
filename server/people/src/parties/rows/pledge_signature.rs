//! A signature under the pledge of those who hire (用工承诺书签署).

use sea_orm::entity::prelude::*;

/// A signature under the pledge of those who hire (用工承诺书签署).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "pledge_signature")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The party.
    pub party_id: Uuid,
    /// What was signed.
    pub pledge_version: String,
    /// When.
    pub signed_at: DateTimeUtc,
    /// At whose counter.
    pub account_id: Option<Uuid>,
    /// Who signed, where it was no counter.
    pub citizen_id: Option<Uuid>,
    /// The signed paper.
    pub evidence: Option<Uuid>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
