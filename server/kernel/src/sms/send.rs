//! Sending one message (发送短信): handed to the gateway, later again if it must be, and not after it is of no use.

use chrono::{DateTime, Utc};
use entities::sms;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::gateway::{self, NotTaken, Outgoing};
use crate::ctx::Ctx;
use crate::fault::{Fault, Never, Stop};
use crate::jobs::{Job, JobEnd, JobKind, JobRun};
use crate::tally::Done;
use crate::text::{Text, Words};
use crate::transact::Tx;

/// A message is tried so often before it is given up: for a night, so that one comes in the morning.
const ATTEMPTS: i32 = 10;

/// Sends one message.
#[derive(Serialize, Deserialize)]
pub(crate) struct Send {
    sms: Uuid,
}

impl Send {
    pub(super) const fn of(sms: Uuid) -> Self {
        Self { sms }
    }
}

impl Job for Send {
    const KIND: &'static str = "sms.send";
    fn unique_key(&self) -> Option<String> {
        Some(job_key(self.sms))
    }
}

/// The unique key of the job that sends this message.
pub(crate) fn job_key(message: Uuid) -> String {
    format!("sms:{message}")
}

/// The job that sends messages.
pub(crate) fn kind() -> JobKind {
    JobKind::new::<Send, _, _>(Text::new("发送短信", "Send a text message"), |run, job: Send| send(run, job.sms))
}

/// Queues a message again that failed. One that the gateway took goes under a new id, for under the old one it went
/// already; any other under the old one, lest it arrive twice.
pub(crate) async fn again(tx: &Tx, row: &sms::Model) -> Result<(), Fault> {
    let round = row.round + i32::from(row.receipt.is_some());
    sms::Entity::update_many()
        .col_expr(sms::Column::Status, Expr::value("QUEUED"))
        .col_expr(sms::Column::Attempts, Expr::value(0))
        .col_expr(sms::Column::Round, Expr::value(round))
        .col_expr(sms::Column::Receipt, Expr::value(Option::<String>::None))
        .filter(sms::Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    tx.enqueue(&Send { sms: row.id })?;
    Ok(())
}

/// What became of an attempt.
enum End {
    Sent(String),
    Failed(Words),
    Later(DateTime<Utc>, Words),
}

fn too_late() -> Words {
    Words::new("短信已过有效时间，不再发送。", "It is of no use any more and is not sent.")
}

async fn send(run: JobRun, id: Uuid) -> Result<JobEnd, Fault> {
    let ctx = &run.ctx;
    let Some(row) = sms::Entity::find_by_id(id).one(&ctx.scope()).await? else {
        return Ok(JobEnd::Dead(Words::new("短信已不在。", "The message is gone.")));
    };
    if row.status != "QUEUED" {
        return Ok(JobEnd::Done(None));
    }
    let is_late = |at: DateTime<Utc>| row.good_until.is_some_and(|until| at >= until);
    let (attempts, end) = if is_late(ctx.now()) {
        (row.attempts, End::Failed(too_late()))
    } else {
        let attempts = row.attempts + 1;
        let end = match hand_over(ctx, &row).await? {
            Ok(receipt) => End::Sent(receipt),
            Err(NotTaken::Refused(words)) => End::Failed(words),
            Err(NotTaken::Later(words)) if attempts >= ATTEMPTS => End::Failed(words),
            Err(NotTaken::Later(words)) => match ctx.now() + back_off(attempts) {
                at if is_late(at) => End::Failed(too_late()),
                at => End::Later(at, words),
            },
        };
        (attempts, end)
    };
    save(ctx, id, attempts, &end).await?;
    let (counted, end) = match end {
        End::Sent(_) => (Done::SmsSent, JobEnd::Done(None)),
        End::Failed(words) => (Done::SmsFailed, JobEnd::Dead(words)),
        End::Later(at, words) => (Done::SmsAgain, JobEnd::Again(at, words)),
    };
    ctx.kernel().tally.add(counted, 1);
    Ok(end)
}

async fn hand_over(ctx: &Ctx, row: &sms::Model) -> Result<Result<String, NotTaken>, Fault> {
    let ring = ctx.keys().await?;
    let number = ring.open("sms", "phone", row.id, &row.phone)?;
    let text = ring.open("sms", "body", row.id, &row.body)?;
    let id = if row.round > 1 { format!("{}.{}", row.id, row.round) } else { row.id.to_string() };
    let (city, at) = (ctx.tenant().slug.as_str(), ctx.now().timestamp());
    let message = Outgoing { id, city, at, number: &number, text: &text };
    Ok(gateway::of(ctx.kernel()).send(&message).await)
}

async fn save(ctx: &Ctx, id: Uuid, attempts: i32, end: &End) -> Result<(), Fault> {
    let now = ctx.now();
    let (status, error) = match end {
        End::Sent(_) => ("SENT", None),
        End::Failed(words) => ("FAILED", Some(words.stored())),
        End::Later(_, words) => ("QUEUED", Some(words.stored())),
    };
    let mut update = sms::Entity::update_many()
        .col_expr(sms::Column::Status, Expr::value(status))
        .col_expr(sms::Column::Attempts, Expr::value(attempts))
        .col_expr(sms::Column::LastError, Expr::value(error));
    if let End::Sent(receipt) = end {
        update = update
            .col_expr(sms::Column::SentAt, Expr::value(now))
            .col_expr(sms::Column::Receipt, Expr::value(receipt.as_str()));
    }
    let saved: Result<(), Stop<Never>> = ctx
        .quietly(|tx| async move {
            update.filter(sms::Column::Id.eq(id)).exec(&tx).await?;
            Ok(())
        })
        .await;
    saved.map_err(Stop::into_fault)
}

/// 10 s, 30 s, 90 s … at most six hours.
fn back_off(attempt: i32) -> chrono::Duration {
    let times = u32::try_from(attempt.clamp(1, ATTEMPTS) - 1).unwrap_or_default();
    chrono::Duration::seconds((10 * 3_i64.pow(times)).min(6 * 3600))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_tried_soon_at_first_and_for_a_night() {
        assert_eq!(back_off(1), chrono::Duration::seconds(10));
        assert_eq!(back_off(2), chrono::Duration::seconds(30));
        let whole: chrono::Duration = (1..ATTEMPTS).map(back_off).sum();
        assert!(whole >= chrono::Duration::hours(14) && whole < chrono::Duration::hours(24), "{whole}");
    }
}
