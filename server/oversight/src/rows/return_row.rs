//! A frozen row of the return (填报名录行), as annex 2 prints it.

use sea_orm::entity::prelude::*;

/// A frozen row of the return (填报名录行), as annex 2 prints it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "return_row")]
pub struct Model {
    /// The return.
    #[sea_orm(primary_key, auto_increment = false)]
    pub return_id: Uuid,
    /// The snapshot it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version_no: i32,
    /// 序号, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub serial: i32,
    /// The market it is about: a new name is no new market.
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
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
