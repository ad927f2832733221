//! A photo (检查照片) of what was inspected; the file itself lies with the files.

use sea_orm::entity::prelude::*;

/// A photo (检查照片) of what was inspected.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "check_photo")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The market of the check.
    pub market_id: Uuid,
    /// The check.
    pub check_id: Uuid,
    /// Its place in the list.
    pub position: i32,
    /// The file.
    pub file_id: Uuid,
    /// The name it was sent under.
    pub file_name: String,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
