//! An item that hangs in the hall (公示项): never changed, only followed by another.

use sea_orm::entity::prelude::*;

use crate::agencies::kinds::DisplayedKind;

/// An item that hangs in the hall (公示项): never changed, only followed by another.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agency_displayed_item")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The agency.
    pub agency_id: Uuid,
    /// Which.
    pub kind: DisplayedKind,
    /// What it says; of the supervising body its name.
    pub text: Option<String>,
    /// Of the supervising body the telephone.
    pub phone: Option<String>,
    /// A picture of it.
    pub file_id: Option<Uuid>,
    /// The name it was sent under.
    pub file_name: Option<String>,
    /// When somebody last looked.
    pub checked_on: Date,
    /// Is it the newest of its kind?
    pub is_current: bool,
    /// When this was said.
    pub saved_at: DateTimeUtc,
    /// Who said it.
    pub saved_by: Option<Uuid>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
