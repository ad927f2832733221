//! The types of letters.

use async_graphql::{Enum, ID, SimpleObject};
use chrono::{DateTime, FixedOffset};

use crate::ctx::Ctx;
use crate::gql::moment;
use crate::house::queries::letters::Shown;
use crate::pii::Pii;
use crate::text::Words;

/// How a letter stands (邮件状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum MailStatus {
    /// It waits (待发送).
    Queued,
    /// The mail server took it (已发送).
    Sent,
    /// It did not go and is tried again (重试中).
    Retrying,
    /// Given up (发送失败).
    Dead,
}

impl MailStatus {
    fn parse(text: &str) -> Self {
        match text {
            "SENT" => Self::Sent,
            "RETRYING" => Self::Retrying,
            "DEAD" => Self::Dead,
            _ => Self::Queued,
        }
    }
}

/// A letter that the house sends (邮件).
#[derive(Clone, Debug, SimpleObject)]
pub struct MailMessage {
    /// Its id (标识).
    id: ID,
    /// The recipient, masked (收件人，已脱敏).
    to_masked: String,
    /// The subject line; for those who may not open letters the name of its template (主题).
    subject: String,
    /// Its text, for those who may open letters (正文).
    text: Option<String>,
    /// How it stands (状态).
    status: MailStatus,
    /// How often it was tried (尝试次数).
    attempts: i32,
    /// When it was written (入队时间).
    queued_at: DateTime<FixedOffset>,
    /// When the mail server took it (发送时间).
    sent_at: Option<DateTime<FixedOffset>>,
    /// Why it did not go the last time (上次失败原因).
    last_error: Option<String>,
}

impl MailMessage {
    pub(super) fn new(ctx: &Ctx, (row, letter): Shown) -> Self {
        // Whoever may open letters reads them whole.
        let whole = |words: &Pii<String>| words.expose().clone();
        let (subject, text) = letter.map_or((row.template, None), |l| (whole(&l.subject), Some(whole(&l.text))));
        Self {
            id: ctx.gid("MailMessage", row.id),
            to_masked: row.recipient_masked,
            subject,
            text,
            status: MailStatus::parse(&row.status),
            attempts: row.attempts,
            queued_at: moment(row.queued_at),
            sent_at: row.sent_at.map(moment),
            last_error: row.last_error.map(|words| Words::read(&words).get(ctx.lang()).to_owned()),
        }
    }
}
