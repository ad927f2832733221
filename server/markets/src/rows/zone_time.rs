//! A time (分时分区) at which a zone is used.

use sea_orm::entity::prelude::*;

use crate::kinds::Season;

/// A time (分时分区) at which a zone is used.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "zone_time")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The zone.
    pub zone_id: Uuid,
    /// The market of the zone, so that a page of markets is read in one statement.
    pub market_id: Uuid,
    /// The part of the year in words.
    pub season: Season,
    /// First month, 1–12.
    pub from_month: i32,
    /// Last month; below the first it lies in the next year.
    pub to_month: i32,
    /// Days of the week; bit 0 is Monday.
    pub weekdays: i32,
    /// Minutes after midnight, Asia/Shanghai.
    pub opens: i32,
    /// Minutes after midnight of the day it opens.
    pub closes: i32,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
