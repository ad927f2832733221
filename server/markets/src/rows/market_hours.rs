//! Opening hours (运行时间) of a market: one span of some days of a part of the year.

use sea_orm::entity::prelude::*;

use crate::kinds::Season;

/// Opening hours (运行时间) of a market: one span of some days of a part of the year.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "market_hours")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The market.
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
    /// Minutes after midnight of the day it opens; above 1440 on the next day.
    pub closes: i32,
    /// Opens before the office hours of halls.
    pub early_opening: bool,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
