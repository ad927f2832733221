//! A row of an imported form (导入行), read and not yet a market.

use sea_orm::entity::prelude::*;

use crate::kinds::{AliasBasis, ImportAction, OperatingNature};

/// A row of an imported form (导入行), read and not yet a market.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_row")]
pub struct Model {
    /// The import.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: Uuid,
    /// The row as Excel counts it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_no: i32,
    /// Official name.
    pub official_name: Option<String>,
    /// Alias.
    pub alias: Option<String>,
    /// What the name rests on.
    pub alias_basis: Option<AliasBasis>,
    /// Operating nature.
    pub nature: Option<OperatingNature>,
    /// How the nature was read.
    pub reading_zh: Option<String>,
    /// The same in English.
    pub reading_en: Option<String>,
    /// What the form says about the public interest.
    pub public_interest: Option<bool>,
    /// The hours in the words of annex 2.
    pub hours_text: Option<String>,
    /// The address.
    pub address: Option<String>,
    /// The division found in it.
    pub division: Option<String>,
    /// The county of it.
    pub county: Option<String>,
    /// The name, folded, for finding doubles.
    pub name_key: Option<String>,
    /// The address, folded and without its divisions, for finding doubles.
    pub address_key: Option<String>,
    /// Seekers, lower end.
    pub scale_low: Option<i32>,
    /// Seekers, upper end.
    pub scale_high: Option<i32>,
    /// Seekers: about.
    pub scale_approximate: bool,
    /// Daily successes, lower end.
    pub success_low: Option<i32>,
    /// Daily successes, upper end.
    pub success_high: Option<i32>,
    /// Daily successes: about.
    pub success_approximate: bool,
    /// Occupation codes, a list of texts.
    pub trades: Json,
    /// Trades the catalogue does not have, a list of texts.
    pub other_trades: Json,
    /// Remark.
    pub remark: Option<String>,
    /// The cells as they stand in the file, by column name.
    pub cells: Json,
    /// What applying it does.
    pub action: ImportAction,
    /// Can it be taken in?
    pub good: bool,
    /// The market it is, where there is one.
    pub market_id: Option<Uuid>,
    /// The version of that market the row was held against.
    pub market_version: Option<i32>,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
