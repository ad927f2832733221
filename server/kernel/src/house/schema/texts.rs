//! The types of text messages.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use chrono::{DateTime, FixedOffset};

use crate::ctx::Ctx;
use crate::gql::moment;
use crate::house::queries::texts::{Shown, TextFilter};
use crate::text::Words;

/// Which way a text message went (短信方向).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SmsDirection {
    /// To somebody (发出).
    Out,
    /// From somebody (收到).
    In,
}

impl SmsDirection {
    fn parse(text: &str) -> Self {
        if text == "IN" { Self::In } else { Self::Out }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Out => "OUT",
            Self::In => "IN",
        }
    }
}

/// How a text message stands (短信状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SmsStatus {
    /// It waits, or is tried again (待发送).
    Queued,
    /// The gateway took it (已发送).
    Sent,
    /// The network reported that it arrived (已送达).
    Delivered,
    /// It did not go, or did not arrive (发送失败).
    Failed,
    /// Somebody sent it to us (已接收).
    Received,
}

impl SmsStatus {
    fn parse(text: &str) -> Self {
        match text {
            "SENT" => Self::Sent,
            "DELIVERED" => Self::Delivered,
            "FAILED" => Self::Failed,
            "RECEIVED" => Self::Received,
            _ => Self::Queued,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Queued => "QUEUED",
            Self::Sent => "SENT",
            Self::Delivered => "DELIVERED",
            Self::Failed => "FAILED",
            Self::Received => "RECEIVED",
        }
    }
}

/// Which text messages (短信查询条件).
#[derive(Clone, Copy, Debug, Default, InputObject)]
pub struct SmsFilter {
    /// Which way they went (方向).
    direction: Option<SmsDirection>,
    /// How they stand (状态).
    status: Option<SmsStatus>,
}

impl SmsFilter {
    /// As the query wants it.
    pub(super) fn read(self) -> TextFilter {
        TextFilter { direction: self.direction.map(SmsDirection::name), status: self.status.map(SmsStatus::name) }
    }
}

/// A text message that the house sent or got (短信).
#[derive(Clone, Debug, SimpleObject)]
pub struct SmsMessage {
    /// Its id (标识).
    id: ID,
    /// Which way it went (方向).
    direction: SmsDirection,
    /// The other side's number, masked (对方号码，已脱敏).
    number_masked: String,
    /// The name of its template; of an answer that of the question it answers (模板).
    template: Option<String>,
    /// Its text, for those who may open text messages (内容).
    text: Option<String>,
    /// How it stands (状态).
    status: SmsStatus,
    /// How often it was tried (尝试次数).
    attempts: i32,
    /// The digits by which an answer names the question (问题编号).
    reply_code: Option<String>,
    /// When it was queued, or came in (入队或接收时间).
    queued_at: DateTime<FixedOffset>,
    /// When the gateway took it (发送时间).
    sent_at: Option<DateTime<FixedOffset>>,
    /// When it was answered (回复时间).
    answered_at: Option<DateTime<FixedOffset>>,
    /// Why it did not go the last time (上次失败原因).
    last_error: Option<String>,
}

impl SmsMessage {
    pub(super) fn new(ctx: &Ctx, (row, open): Shown) -> Self {
        Self {
            id: ctx.gid("SmsMessage", row.id),
            direction: SmsDirection::parse(&row.direction),
            number_masked: row.phone_masked,
            template: row.template,
            // Whoever may open text messages reads them whole.
            text: open.map(|open| open.text.expose().clone()),
            status: SmsStatus::parse(&row.status),
            attempts: row.attempts,
            reply_code: row.reply_code,
            queued_at: moment(row.queued_at),
            sent_at: row.sent_at.map(moment),
            // What came in is an answer itself: it was taken for done then.
            answered_at: row.answered_at.filter(|_| row.direction == "OUT").map(moment),
            last_error: row.last_error.map(|words| Words::read(&words).get(ctx.lang()).to_owned()),
        }
    }
}
