//! An entry that turned out to be somebody's who had one (个人用户合并记录): nothing is left in it, but the audit speaks of it, and so does
//! a backup from before.

use sea_orm::entity::prelude::*;

/// An entry that turned out to be somebody's who had one (个人用户合并记录): nothing is left in it, but the audit speaks of it, and so does
/// a backup from before.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "citizen_merger")]
pub(crate) struct Model {
    /// The entry in which nothing is left.
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: Uuid,
    /// Whose it is.
    pub citizen_id: Uuid,
    /// When that was seen.
    pub at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
