//! A shift (班次) of a posting: when, and how many.

use sea_orm::entity::prelude::*;

/// A shift (班次) of a posting: when, and how many.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shift")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The posting.
    pub posting_id: Uuid,
    /// Its place in the form.
    pub position: i32,
    /// When it begins.
    pub starts_at: DateTimeUtc,
    /// When it ends.
    pub ends_at: DateTimeUtc,
    /// Unpaid rest, minutes.
    pub break_minutes: i32,
    /// Places.
    pub headcount: i32,
    /// Places that are taken; more than there are only where somebody was there after all whose place another had got.
    pub taken: i32,
    /// May places of it be taken?
    pub open: bool,
    /// Counted up whenever its posting is amended: no place is taken by what the posting said before.
    pub edition: i32,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
