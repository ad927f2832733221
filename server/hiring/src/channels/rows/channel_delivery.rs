//! A posting on a channel (渠道投递).

use sea_orm::entity::prelude::*;

use crate::kinds::DeliveryStatus;

/// A posting on a channel (渠道投递).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_delivery")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Counts its changes.
    pub version: i32,
    /// The posting.
    pub posting_id: Uuid,
    /// The channel.
    pub channel_id: Uuid,
    /// How far it is.
    pub status: DeliveryStatus,
    /// Which version is meant to be there.
    pub posting_version: i32,
    /// Which version the channel has; of a printed list, its last sheet.
    pub shown_version: Option<i32>,
    /// How often it was tried in vain.
    pub attempts: i32,
    /// What the channel calls it, or how it was seen to be gone.
    pub receipt: Option<String>,
    /// Since when it is meant to be there as it is.
    pub wanted_at: DateTimeUtc,
    /// When it was last put there.
    pub sent_at: Option<DateTimeUtc>,
    /// Since when it is to go away.
    pub withdraw_wanted_at: Option<DateTimeUtc>,
    /// When it was seen to be gone.
    pub withdrawn_at: Option<DateTimeUtc>,
    /// What is said of the agency beside it, its licence included.
    pub agency: Option<String>,
    /// Who recorded that it is there or gone, by user name, where that is seen by people.
    pub recorded_by: Option<String>,
}

impl Model {
    /// Since when the present state is wanted.
    pub fn since(&self) -> DateTimeUtc {
        self.withdraw_wanted_at.unwrap_or(self.wanted_at)
    }
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
