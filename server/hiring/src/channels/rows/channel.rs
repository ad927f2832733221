//! A channel (发布渠道): where postings are shown.

use sea_orm::entity::prelude::*;

use crate::kinds::ChannelKind;

/// A channel (发布渠道): where postings are shown.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "channel")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Counts its changes.
    pub version: i32,
    /// What it is.
    pub kind: ChannelKind,
    /// What it is found by: its kind, and the market whose it is.
    pub slot: String,
    /// The market whose it is; empty for the city.
    pub market_id: Option<Uuid>,
    /// The text it is given; empty for the usual one.
    pub template: Option<String>,
    /// Is it fed?
    pub active: bool,
    /// Counts the rounds of its job: whoever plans something new joins the one that has not closed yet.
    pub round: i32,
    /// Since when it does not answer.
    pub down_since: Option<DateTimeUtc>,
    /// Why it does not.
    pub last_error: Option<String>,
    /// Hash of the link by which a screen is read; empty where none is open.
    pub screen_hash: Option<String>,
    /// Since when that link is open.
    pub screen_since: Option<DateTimeUtc>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
