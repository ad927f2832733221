//! A citizen (个人用户): somebody from the city who works, or has others work.

use sea_orm::entity::prelude::*;

/// A citizen (个人用户): somebody from the city who works, or has others work.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "citizen")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Counts its changes, from 1.
    pub version: i32,
    /// `ACTIVE` or `BLOCKED`.
    pub status: String,
    /// Sealed mobile number; nobody needs one to be helped at a counter.
    pub phone: Option<Vec<u8>>,
    /// What finds the citizen by that number.
    pub phone_index: Option<Vec<u8>>,
    /// When a code that was sent there came back.
    pub phone_proved_at: Option<DateTimeUtc>,
    /// Sealed name, once it was given.
    pub name: Option<Vec<u8>>,
    /// Sealed citizen number (GB 11643), once it was given.
    pub id_number: Option<Vec<u8>>,
    /// What finds the citizen by that number.
    pub id_index: Option<Vec<u8>>,
    /// Year of birth, for statistics by age.
    pub birth_year: Option<i32>,
    /// GB/T 2261.1, as the citizen number tells it.
    pub sex: Option<i32>,
    /// The language of messages.
    pub lang: String,
    /// Which version of the privacy notice was shown (个人信息保护法 art 17).
    pub notice_version: Option<String>,
    /// When the citizen was first known.
    pub created_at: DateTimeUtc,
    /// When it was last changed.
    pub updated_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
