//! A text message that goes out or came in (短信); number and text are sealed.

use sea_orm::entity::prelude::*;

/// A text message that goes out or came in (短信); number and text are sealed.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sms")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `OUT` or `IN`.
    pub direction: String,
    /// The other side's number, E.164.
    pub phone: Vec<u8>,
    /// Blind index of the number, by which the messages of a person are found.
    pub phone_index: Vec<u8>,
    /// The number masked.
    pub phone_masked: String,
    /// `CODE` or `NOTICE`, by which it is limited; `REPLY` of one that came in.
    pub class: String,
    /// Template; of an answer that of the question, if it found one.
    pub template: Option<String>,
    /// Lang.
    pub lang: String,
    /// Text.
    pub body: Vec<u8>,
    /// `QUEUED`, `SENT`, `DELIVERED`, `FAILED`; `RECEIVED` of one that came in.
    pub status: String,
    /// Attempts.
    pub attempts: i32,
    /// How often it was sent anew: the gateway knows each time by another id.
    pub round: i32,
    /// What the gateway called it when it took it.
    pub receipt: Option<String>,
    /// What the gateway called it when it brought it: taken once.
    pub inbound_id: Option<String>,
    /// The kind of what it is about.
    pub about_kind: Option<String>,
    /// What it is about.
    pub about_id: Option<Uuid>,
    /// Does it ask for an answer?
    pub expects_reply: bool,
    /// Two digits that name the question in an answer.
    pub reply_code: Option<String>,
    /// When it is of no use any more.
    pub good_until: Option<DateTimeUtc>,
    /// Queued, or received, at.
    pub queued_at: DateTimeUtc,
    /// Sent at.
    pub sent_at: Option<DateTimeUtc>,
    /// Answered at; of one that came in, when what it says was done.
    pub answered_at: Option<DateTimeUtc>,
    /// Last error; never a number in it.
    pub last_error: Option<String>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
