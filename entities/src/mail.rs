//! A letter to be sent (邮件); address, subject and body are sealed.

use sea_orm::entity::prelude::*;

/// A letter to be sent (邮件); address, subject and body are sealed.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mail")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Recipient.
    pub recipient: Vec<u8>,
    /// Blind index of the address, by which the letters of a person are found.
    pub recipient_index: Vec<u8>,
    /// Recipient masked.
    pub recipient_masked: String,
    /// Template.
    pub template: String,
    /// Lang.
    pub lang: String,
    /// Subject.
    pub subject: Vec<u8>,
    /// Body.
    pub body: Vec<u8>,
    /// Message id.
    pub message_id: String,
    /// Status.
    pub status: String,
    /// Attempts.
    pub attempts: i32,
    /// Queued at.
    pub queued_at: DateTimeUtc,
    /// Sent at.
    pub sent_at: Option<DateTimeUtc>,
    /// Last error.
    pub last_error: Option<String>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
