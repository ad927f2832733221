//! Mail (邮件): sealed in the store, sent by a job over real SMTP, retried, and visible when it died.

use entities::{job, mail};
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::config::MailConfig;
use crate::ctx::Ctx;
use crate::fault::{Fault, Never, Stop};
use crate::jobs::{Job, JobEnd, JobKind, JobRun};
use crate::pii::{Mask, Pii};
use crate::tally::Done;
use crate::text::{Lang, Text, Words};

/// A letter is tried so often before it is dead: over three days, for a mail server may be away for a weekend.
const ATTEMPTS: i32 = 12;

/// A letter to be sent (信件). Address and words are personal: words name people.
pub struct Letter {
    /// The address.
    pub to: Pii<String>,
    /// Which template it was made from, for the list of letters.
    pub template: &'static str,
    /// Its language.
    pub lang: Lang,
    /// The subject line.
    pub subject: Pii<String>,
    /// The text.
    pub text: Pii<String>,
}

/// A letter opened again, for the message page (信件内容).
pub struct OpenLetter {
    /// The subject line.
    pub subject: Pii<String>,
    /// The text.
    pub text: Pii<String>,
}

/// Sends one letter.
#[derive(Serialize, Deserialize)]
pub(crate) struct Send {
    mail: Uuid,
}

impl Job for Send {
    const KIND: &'static str = "mail.send";
    fn unique_key(&self) -> Option<String> {
        Some(job_key(self.mail))
    }
}

/// The unique key of the job that sends this letter.
pub(crate) fn job_key(letter: Uuid) -> String {
    format!("mail:{letter}")
}

/// The mailer's job.
pub(crate) fn kind() -> JobKind {
    JobKind::new::<Send, _, _>(Text::new("发送邮件", "Send a letter"), |run, job: Send| send(run, job.mail))
}

/// The rows a letter becomes: itself, sealed, and the job that sends it.
pub(crate) async fn rows(ctx: &Ctx, letter: Letter) -> Result<(Uuid, mail::ActiveModel, job::ActiveModel), Fault> {
    let id = ctx.new_id();
    let ring = ctx.keys().await?;
    let seal = |column: &'static str, text: &Pii<String>| ring.seal("mail", column, id, text);
    let row = mail::ActiveModel {
        id: Set(id),
        recipient: Set(seal("recipient", &letter.to)?),
        recipient_index: Set(index(&ring, &letter.to)),
        recipient_masked: Set(letter.to.masked(Mask::Email)),
        template: Set(letter.template.to_owned()),
        lang: Set(letter.lang.code().to_owned()),
        subject: Set(seal("subject", &letter.subject)?),
        body: Set(seal("body", &letter.text)?),
        message_id: Set(format!("<{id}@{}.yizhan>", ctx.tenant().slug)),
        status: Set("QUEUED".to_owned()),
        attempts: Set(0),
        queued_at: Set(ctx.now()),
        sent_at: Set(None),
        last_error: Set(None),
    };
    let (_, job) = crate::jobs::row(ctx, &Send { mail: id })?;
    Ok((id, row, job))
}

/// What finds the letters to an address.
pub(crate) fn index(ring: &crate::keys::KeyRing, to: &Pii<String>) -> Vec<u8> {
    ring.blind("email", &to.map(|to| to.to_lowercase()))
}

/// Opens a letter for those who may read the message page.
pub async fn open(ctx: &Ctx, row: &mail::Model) -> Result<OpenLetter, Fault> {
    let ring = ctx.keys().await?;
    let text = |column: &'static str, sealed: &[u8]| ring.open("mail", column, row.id, sealed);
    Ok(OpenLetter { subject: text("subject", &row.subject)?, text: text("body", &row.body)? })
}

/// Queues a dead letter again.
pub async fn again(tx: &crate::transact::Tx, id: Uuid) -> Result<(), Fault> {
    mail::Entity::update_many()
        .col_expr(mail::Column::Status, Expr::value("QUEUED"))
        .col_expr(mail::Column::Attempts, Expr::value(0))
        .filter(mail::Column::Id.eq(id))
        .exec(tx)
        .await?;
    tx.enqueue(&Send { mail: id })?;
    Ok(())
}

async fn send(run: JobRun, id: Uuid) -> Result<JobEnd, Fault> {
    let ctx = &run.ctx;
    let Some(row) = mail::Entity::find_by_id(id).one(&ctx.scope()).await? else {
        return Ok(JobEnd::Dead(Words::new("邮件已不在。", "The letter is gone.")));
    };
    if row.status == "SENT" {
        return Ok(JobEnd::Done(None));
    }
    let letter = open(ctx, &row).await?;
    let ring = ctx.keys().await?;
    let to = ring.open("mail", "recipient", id, &row.recipient)?;
    let config = &ctx.kernel().config.mail;
    let attempts = row.attempts + 1;
    let (status, error, end) = match deliver(config, &row, &to, letter).await {
        Ok(()) => ("SENT", None, JobEnd::Done(None)),
        Err(reason) if attempts >= ATTEMPTS || reason.permanent => {
            ("DEAD", Some(reason.words.stored()), JobEnd::Dead(reason.words))
        }
        Err(reason) => {
            let at = ctx.now() + back_off(attempts);
            ("RETRYING", Some(reason.words.stored()), JobEnd::Again(at, reason.words))
        }
    };
    let now = ctx.now();
    let saved: Result<(), Stop<Never>> = ctx
        .quietly(|tx| async move {
            let mut update = mail::Entity::update_many()
                .col_expr(mail::Column::Status, Expr::value(status))
                .col_expr(mail::Column::Attempts, Expr::value(attempts))
                .col_expr(mail::Column::LastError, Expr::value(error));
            if status == "SENT" {
                update = update.col_expr(mail::Column::SentAt, Expr::value(now));
            }
            update.filter(mail::Column::Id.eq(id)).exec(&tx).await?;
            Ok(())
        })
        .await;
    saved.map_err(Stop::into_fault)?;
    let counted = match status {
        "SENT" => Done::LetterSent,
        "DEAD" => Done::LetterDead,
        _ => Done::LetterAgain,
    };
    ctx.kernel().tally.add(counted, 1);
    Ok(end)
}

/// 10 s, 30 s, 90 s … at most a day.
fn back_off(attempt: i32) -> chrono::Duration {
    let times = u32::try_from(attempt.clamp(1, ATTEMPTS) - 1).unwrap_or_default();
    chrono::Duration::seconds((10 * 3_i64.pow(times)).min(24 * 3600))
}

/// Why a letter did not go, without any address in it.
struct NotSent {
    permanent: bool,
    words: Words,
}

async fn deliver(config: &MailConfig, row: &mail::Model, to: &Pii<String>, letter: OpenLetter) -> Result<(), NotSent> {
    let permanent = |zh: &str, en: &str| NotSent { permanent: true, words: Words::new(zh, en) };
    let from: Mailbox = config
        .from
        .parse()
        .map_err(|_| permanent("设置中的发件地址不是邮箱地址。", "The sender's address in the settings is not one."))?;
    let to: Mailbox =
        to.expose().parse().map_err(|_| permanent("收件地址不是邮箱地址。", "The recipient's address is not one."))?;
    let message = Message::builder()
        .from(from)
        .to(to)
        .message_id(Some(row.message_id.clone()))
        .subject(letter.subject.expose().as_str())
        // Without it a reader takes Chinese for Latin letters.
        .header(ContentType::TEXT_PLAIN)
        .body(letter.text.expose().clone())
        .map_err(|_| permanent("邮件未能生成。", "The letter could not be written."))?;
    transport(config)
        .map_err(|_| permanent("设置中的邮件服务器不可用。", "The mail server in the settings cannot be used."))?
        .send(message)
        .await
        .map(|_| ())
        .map_err(|e| NotSent { permanent: e.is_permanent(), words: reason(&e) })
}

/// The status code and kind only: a server's words may repeat the address.
fn reason(error: &lettre::transport::smtp::Error) -> Words {
    match error.status() {
        Some(code) => Words::new(format!("邮件服务器答复 {code}。"), format!("The mail server answered {code}.")),
        None if error.is_timeout() => Words::new("邮件服务器没有按时答复。", "The mail server did not answer in time."),
        None => Words::new("连接不上邮件服务器。", "The mail server could not be reached."),
    }
}

fn transport(config: &MailConfig) -> Result<AsyncSmtpTransport<Tokio1Executor>, lettre::transport::smtp::Error> {
    let builder = if config.tls {
        AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&config.host)?
    } else {
        AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host)
    };
    let builder = builder.port(config.port).timeout(Some(std::time::Duration::from_secs(20)));
    Ok(match (&config.username, &config.password) {
        (Some(user), Some(password)) => builder.credentials(Credentials::new(user.clone(), password.clone())).build(),
        _ => builder.build(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_tried_soon_at_first_and_for_more_than_three_days() {
        assert_eq!(back_off(1), chrono::Duration::seconds(10));
        assert_eq!(back_off(2), chrono::Duration::seconds(30));
        let whole: chrono::Duration = (1..ATTEMPTS).map(back_off).sum();
        assert!(whole >= chrono::Duration::days(3) && whole < chrono::Duration::days(4), "{whole}");
    }
}
