//! What is held about a number (号码相关短信): handed out and let go of by the chapter that knows whose it is, and thrown away
//! after its time.

use chrono::Duration;
use entities::{job, sms};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::job_key;
use crate::ctx::Ctx;
use crate::fault::{Fault, Never, Stop};
use crate::gql::moment;
use crate::jobs::{Job, JobEnd, JobKind, JobRun};
use crate::personal::Piece;
use crate::text::{Text, Words};
use crate::transact::Tx;

/// Rows thrown away in one transaction: a city has one writer, and somebody is always waiting for it.
const BATCH: u64 = 200;

/// Every message to and from a number, by its blind index ([`super::index`]), for the copy of what is held about a person.
pub async fn held_by(ctx: &Ctx, index: &[u8]) -> Result<Vec<Piece>, Fault> {
    let ring = ctx.keys().await?;
    let of = sms::Column::PhoneIndex.eq(index);
    let rows = sms::Entity::find().filter(of).order_by_asc(sms::Column::Id).all(&ctx.scope()).await?;
    let mut pieces = Vec::with_capacity(rows.len());
    for row in rows {
        let title = if row.direction == "OUT" {
            Text::new("发给本人的短信", "Text message to the person")
        } else {
            Text::new("本人发来的短信", "Text message from the person")
        };
        let values = vec![
            ("number", ring.open("sms", "phone", row.id, &row.phone)?),
            ("text", ring.open("sms", "body", row.id, &row.body)?),
            ("at", moment(row.queued_at).to_rfc3339().into()),
        ];
        pieces.push(Piece { title, values, kept: None });
    }
    Ok(pieces)
}

/// Lets go of every message to and from a number, for erasing a person; one that waits is not sent any more. How many.
pub async fn forget(tx: &Tx, index: &[u8]) -> Result<u64, Fault> {
    let_go(tx, Condition::all().add(sms::Column::PhoneIndex.eq(index))).await
}

/// Lets go of every message about these things, whoever has it: what it says of them is gone. How many.
pub async fn forget_about(tx: &Tx, kind: &str, ids: impl IntoIterator<Item = Uuid>) -> Result<u64, Fault> {
    let these = Condition::all().add(sms::Column::AboutKind.eq(kind)).add(sms::Column::AboutId.is_in(ids));
    let_go(tx, these).await
}

async fn let_go(tx: &Tx, which: Condition) -> Result<u64, Fault> {
    let ids: Vec<Uuid> =
        sms::Entity::find().select_only().column(sms::Column::Id).filter(which).into_tuple().all(tx).await?;
    job::Entity::update_many()
        .col_expr(job::Column::Status, Expr::value("CANCELLED"))
        .col_expr(job::Column::FinishedAt, Expr::value(tx.ctx().now()))
        .filter(job::Column::UniqueKey.is_in(ids.iter().map(|id| job_key(*id))))
        .filter(job::Column::Status.eq("QUEUED"))
        .exec(tx)
        .await?;
    Ok(sms::Entity::delete_many().filter(sms::Column::Id.is_in(ids)).exec(tx).await?.rows_affected)
}

/// Throws away messages whose time is over.
#[derive(Serialize, Deserialize)]
struct Purge {}

impl Job for Purge {
    const KIND: &'static str = "sms.purge";
}

/// The job that throws them away.
pub(crate) fn purge_kind() -> JobKind {
    JobKind::new::<Purge, _, _>(Text::new("清理到期短信", "Throw away old text messages"), |run, _| purge(run))
        .every("50 3 * * *")
        .spread(50)
}

async fn purge(run: JobRun) -> Result<JobEnd, Fault> {
    let ctx = &run.ctx;
    let before = ctx.now() - Duration::days(ctx.kernel().config.sms.keep_days);
    let mut count = 0;
    loop {
        let ids: Vec<Uuid> = sms::Entity::find()
            .select_only()
            .column(sms::Column::Id)
            .filter(sms::Column::QueuedAt.lt(before))
            .limit(BATCH)
            .into_tuple()
            .all(&ctx.scope())
            .await?;
        if ids.is_empty() {
            break;
        }
        let deleted: Result<u64, Stop<Never>> = ctx
            .quietly(|tx| async move {
                Ok(sms::Entity::delete_many().filter(sms::Column::Id.is_in(ids)).exec(&tx).await?.rows_affected)
            })
            .await;
        count += deleted.map_err(Stop::into_fault)?;
    }
    Ok(JobEnd::Done((count > 0).then(|| Words::new(format!("已清理 {count} 条"), format!("{count} thrown away")))))
}
