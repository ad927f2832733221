//! A licensed human-resources agency (人力资源服务机构): one licence is one agency, in every city the same.

use sea_orm::entity::prelude::*;

/// A licensed human-resources agency (人力资源服务机构), as this store knows it. What is said of its licence is one across
/// cities: the province has the same row, and every city hears of it from there.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agency")]
pub struct Model {
    /// UUID version 7, of this store alone.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The number of its licence, as last written.
    pub licence_no: String,
    /// What finds it by that number, however it is written, in every store.
    pub licence_key: String,
    /// Its name, as last written.
    pub name: String,
    /// When the city first heard of it.
    pub entered_at: DateTimeUtc,
    /// Its unified social credit code.
    pub uscc: Option<String>,
    /// Code of the county where it has its seat.
    pub county: Option<String>,
    /// The organ that issued the licence.
    pub issuer: Option<String>,
    /// What it is licensed for, as a list of codes.
    pub scope: Json,
    /// When the licence was issued.
    pub issued_on: Option<Date>,
    /// The last day the licence is good for; none where none is printed on it.
    pub expires_on: Option<Date>,
    /// When the licence was held against its original.
    pub verified_at: Option<DateTimeUtc>,
    /// Who did that, where it was done in this store.
    pub verified_by: Option<Uuid>,
    /// Code of the city, or of the province's store, where that was done.
    pub verified_in: Option<String>,
    /// `VALID`, `SUSPENDED`, `REVOKED`; that it ran out is told by the day.
    pub status: String,
    /// Since when it is suspended or revoked.
    pub status_since: Option<Date>,
    /// Why.
    pub status_reason: Option<String>,
    /// By which article.
    pub status_article: Option<String>,
    /// Code of the store where that was decided.
    pub status_by: Option<String>,
    /// Code of the city, or of the province's store, that registered it and answers for it; none while it is only heard of.
    pub home: Option<String>,
    /// When what it is was last said: of two who say it, the later counts.
    pub amended_at: Option<DateTimeUtc>,
    /// When its status was last decided.
    pub status_at: Option<DateTimeUtc>,
    /// Counts the changes in this store.
    pub version: i32,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
