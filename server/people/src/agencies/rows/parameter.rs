//! What this city sets about agencies (监管参数).

use sea_orm::entity::prelude::*;

use crate::agencies::kinds::AgencyParameterCode;

/// What this city sets about agencies (监管参数).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agency_parameter")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which.
    pub code: AgencyParameterCode,
    /// The first day it holds.
    pub effective_from: Date,
    /// Its value; none where it is unset from then on.
    pub value: Option<i32>,
    /// When this was said.
    pub set_at: DateTimeUtc,
    /// Who said it.
    pub set_by: Option<Uuid>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
