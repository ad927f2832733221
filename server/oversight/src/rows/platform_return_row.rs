//! A row that a city handed in (上报名录行).

use sea_orm::entity::prelude::*;

/// A row that a city handed in (上报名录行).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_return_row")]
pub struct Model {
    /// The return.
    #[sea_orm(primary_key, auto_increment = false)]
    pub return_id: Uuid,
    /// The arrival it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub receipt_no: i32,
    /// 序号, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub serial: i32,
    /// The market it is about, as its city knows it.
    pub market_id: Uuid,
    /// 零工市场名称, as printed.
    pub name: String,
    /// 运营性质: `PUBLIC`, `COMMERCIAL` or `SPONTANEOUS`.
    pub nature: String,
    /// 运行时间, as printed.
    pub hours_text: String,
    /// 详细地址.
    pub address: String,
    /// 求职人员规模（人）, as printed; empty where nobody counted.
    pub seeker_scale: String,
    /// 主要招聘工种, as printed.
    pub trades: String,
    /// 日均招聘成功人数（人）, as printed; empty where nobody counted.
    pub daily_successes: String,
    /// Set when a newer version arrived: the row is kept as proof and shown no more (墓碑标记).
    pub superseded_at: Option<DateTimeUtc>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
