//! Repeated jobs: each exists once, waiting for its next time.

use chrono::{DateTime, Utc};
use entities::job;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set};

use crate::ctx::Ctx;
use crate::fault::{Fault, Never, Stop};

/// Repeated jobs exist once, waiting for their next time.
pub(super) async fn queue(ctx: &Ctx) -> Result<(), Fault> {
    let kinds: Vec<_> = ctx.kernel().jobs().filter(|k| k.cron.is_some()).collect();
    if kinds.is_empty() {
        return Ok(());
    }
    let waiting: Vec<String> = job::Entity::find()
        .select_only()
        .column(job::Column::UniqueKey)
        .filter(job::Column::UniqueKey.starts_with("cron:"))
        .filter(job::Column::Status.is_in(["QUEUED", "RUNNING"]))
        .into_tuple::<Option<String>>()
        .all(&ctx.scope())
        .await?
        .into_iter()
        .flatten()
        .collect();
    let mut rows = Vec::new();
    for kind in kinds {
        let key = format!("cron:{}", kind.kind);
        if waiting.contains(&key) || crate::plugins::job_rests(ctx, kind.kind).await? {
            continue;
        }
        let at = kind.cron.and_then(|pattern| next_time(pattern, ctx.now()));
        rows.extend(at.map(|at| repeated(ctx, kind.kind, &key, at)));
    }
    if rows.is_empty() {
        return Ok(());
    }
    let queued: Result<(), Stop<Never>> = ctx
        .quietly(|tx| async move {
            let keep = OnConflict::new().do_nothing().to_owned();
            job::Entity::insert_many(rows).on_conflict(keep).exec_without_returning(&tx).await?;
            Ok(())
        })
        .await;
    queued.map_err(Stop::into_fault)
}

/// The next time of a cron pattern in Asia/Shanghai, after `now`.
fn next_time(pattern: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    use std::str::FromStr as _;
    let cron = croner::Cron::from_str(pattern).ok()?;
    let local = now.with_timezone(&chrono_tz::Asia::Shanghai);
    cron.find_next_occurrence(&local, false).ok().map(|t| t.with_timezone(&Utc))
}

fn repeated(ctx: &Ctx, kind: &str, key: &str, at: DateTime<Utc>) -> job::ActiveModel {
    job::ActiveModel {
        id: Set(ctx.new_id()),
        kind: Set(kind.to_owned()),
        payload: Set(serde_json::json!({})),
        unique_key: Set(Some(key.to_owned())),
        status: Set("QUEUED".to_owned()),
        run_at: Set(at),
        attempts: Set(0),
        leased_by: Set(None),
        leased_until: Set(None),
        progress: Set(0),
        total: Set(None),
        message: Set(None),
        cancel_requested: Set(false),
        created_by: Set(None),
        created_at: Set(ctx.now()),
        finished_at: Set(None),
    }
}
