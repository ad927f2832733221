//! What happened to a party (用工主体沿革); rows are only added.

use sea_orm::entity::prelude::*;

/// What happened to a party (用工主体沿革); rows are only added.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "party_event")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The party.
    pub party_id: Uuid,
    /// When.
    pub at: DateTimeUtc,
    /// The kind: registered, verified, suspended and so on.
    pub kind: String,
    /// The reason that was given.
    pub reason: Option<String>,
    /// The user name of whoever did it, where it was done by an account.
    pub actor: Option<String>,
    /// Who did it, where it was the party itself.
    pub citizen_id: Option<Uuid>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
