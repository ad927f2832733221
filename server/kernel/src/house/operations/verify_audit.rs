//! Verifying the audit, and remembering what was found.

use chrono::{DateTime, Duration, Utc};
use entities::{audit_seal, setting};
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait as _, PaginatorTrait as _, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::audit::{Broken, Verified, verify};
use crate::ctx::Ctx;
use crate::fault::{Fault, Stop};
use crate::house::policy::AUDIT_VERIFY;
use crate::jobs::{Job, JobEnd, JobRun};
use crate::policy::Place;
use crate::text::Words;
use crate::transact::{Once, Outcome};

/// A longer chain is walked by a job: a request has seconds.
const AT_ONCE: u64 = 50_000;
/// Two verifications stand so far apart.
const APART: Duration = Duration::seconds(10);
/// The setting that remembers the last one.
const REMEMBERED: &str = "audit.verified";

crate::refusals! {
    /// Why the audit was not verified (不予校验).
    pub VerifyAudit => VerifyAuditRefused, VerifyAuditRefusalCode {
        /// It was verified a moment ago.
        TooSoon { seconds: i64 }:
            "刚刚校验过，请{seconds}秒后再试。" / "It was verified a moment ago; try again in {seconds} s.",
    }
}

/// What the last verification found (上次校验结果).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastVerified {
    /// When.
    pub at: DateTime<Utc>,
    /// Did everything hold?
    pub whole: bool,
    /// The number of the first entry that does not.
    pub first_broken: Option<i64>,
    /// What is wrong with it: `ENTRY`, `GAP`, `CHECKPOINT`, `CUT_OFF` or `HORIZON`.
    pub how: Option<String>,
}

/// Walks the chain and remembers the result.
#[derive(Serialize, Deserialize)]
pub(crate) struct VerifyJob {}

impl Job for VerifyJob {
    const KIND: &'static str = "audit.verify";
    fn unique_key(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }
}

/// Verifies the audit (校验审计): a short chain at once, a long one by a job whose result appears later.
pub async fn verify_audit(ctx: &Ctx, once: Option<Once>) -> Result<(), Stop<VerifyAudit>> {
    ctx.require(&AUDIT_VERIFY, &Place::city()).await?;
    let now = ctx.now();
    let since = last_verified(ctx).await?.map_or(APART, |last| now - last.at);
    let short = audit_seal::Entity::find().count(&ctx.scope()).await.map_err(Fault::from)? <= AT_ONCE;
    // Reading comes first, outside of the transaction: the city's one writer does not wait for it.
    let found = if short && since >= APART { Some(verify(ctx).await?) } else { None };
    ctx.transact_once(&AUDIT_VERIFY, once, |tx| async move {
        tx.authorize(&AUDIT_VERIFY, &Place::city()).await?;
        if since < APART {
            return Err(Stop::Refused(VerifyAudit::TooSoon { seconds: (APART - since).num_seconds().max(1) }));
        }
        match found {
            Some(found) => remember(&tx, &found).await?,
            None => {
                tx.enqueue(&VerifyJob {})?;
            }
        }
        Ok(Outcome::of("Audit", Uuid::nil(), 0))
    })
    .await
    .map(|_| ())
}

/// The job.
pub(crate) async fn run(run: JobRun) -> Result<JobEnd, Fault> {
    let found = verify(&run.ctx).await?;
    let word = found.broken.as_ref().map(|b| {
        let (how, number) = (how(b), number(b));
        Words::new(
            format!("审计链在第 {number} 条断开（{how}）"),
            format!("The chain is broken at entry {number} ({how})"),
        )
    });
    let saved: Result<(), Stop<crate::fault::Never>> = run
        .ctx
        .transact(&AUDIT_VERIFY, |tx| async move {
            remember(&tx, &found).await?;
            Ok(())
        })
        .await;
    saved.map_err(Stop::into_fault)?;
    Ok(JobEnd::Done(word))
}

async fn remember(tx: &crate::transact::Tx, found: &Verified) -> Result<(), Fault> {
    let ctx = tx.ctx();
    if let Some(broken) = &found.broken {
        tracing::error!(target: "security", tenant = ctx.tenant().code, ?broken, "the audit does not hold");
        tx.note("broken", how(broken));
        tx.note("seq", number(broken));
    }
    tx.note("sealed", found.sealed);
    let last = LastVerified {
        at: ctx.now(),
        whole: found.broken.is_none(),
        first_broken: found.broken.as_ref().map(number),
        how: found.broken.as_ref().map(|b| how(b).to_owned()),
    };
    let row = setting::ActiveModel {
        name: Set(REMEMBERED.to_owned()),
        value: Set(serde_json::to_value(last).map_err(Fault::of("remember a verification"))?),
        changed_at: Set(ctx.now()),
        changed_by: Set(ctx.actor().account_id()),
    };
    let replace = OnConflict::column(setting::Column::Name)
        .update_columns([setting::Column::Value, setting::Column::ChangedAt, setting::Column::ChangedBy])
        .to_owned();
    setting::Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}

/// What the last verification found, if there was one.
pub async fn last_verified(ctx: &Ctx) -> Result<Option<LastVerified>, Fault> {
    let row = setting::Entity::find_by_id(REMEMBERED).one(&ctx.scope()).await?;
    row.map(|r| serde_json::from_value(r.value)).transpose().map_err(Fault::of("read the last verification"))
}

const fn how(broken: &Broken) -> &'static str {
    match broken {
        Broken::Entry(_) => "ENTRY",
        Broken::Gap(_) => "GAP",
        Broken::Checkpoint(_) => "CHECKPOINT",
        Broken::CutOff(_) => "CUT_OFF",
        Broken::Horizon(_) => "HORIZON",
    }
}

const fn number(broken: &Broken) -> i64 {
    match broken {
        Broken::Entry(n) | Broken::Gap(n) | Broken::Checkpoint(n) | Broken::CutOff(n) | Broken::Horizon(n) => *n,
    }
}
