//! What happened to an agency (机构沿革).

use sea_orm::entity::prelude::*;

use crate::agencies::kinds::AgencyEventKind;

/// What happened to an agency (机构沿革).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agency_event")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The agency.
    pub agency_id: Uuid,
    /// When.
    pub at: DateTimeUtc,
    /// What.
    pub kind: AgencyEventKind,
    /// The version of the agency it led to.
    pub version: i32,
    /// Why, or what was found.
    pub reason: Option<String>,
    /// By which article.
    pub article: Option<String>,
    /// The fields that changed, by the names of the form.
    pub fields: Option<String>,
    /// Code of the store where it was decided, if that is another.
    pub decided_in: Option<String>,
    /// Who did it here.
    pub done_by: Option<Uuid>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
