//! Repeated jobs: each exists once, waiting for its next time.

use chrono::{DateTime, Duration, Utc};
use entities::job;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set};

use super::sweep::place;
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
        .filter(crate::jobs::unfinished())
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
        let turn = turn(&ctx.tenant().code, kind.spread);
        let at = kind.cron.and_then(|pattern| next_time(pattern, turn, ctx.now()));
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

/// How long after the time of a pattern a city has its turn: always the same, and seldom another's.
fn turn(code: &str, spread: Duration) -> Duration {
    Duration::milliseconds(spread.num_seconds() * place(code))
}

/// The next turn after `now` of a city that has it so long after the times of a cron pattern in Asia/Shanghai.
fn next_time(pattern: &str, turn: Duration, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    use std::str::FromStr as _;
    let cron = croner::Cron::from_str(pattern).ok()?;
    let local = (now - turn).with_timezone(&chrono_tz::Asia::Shanghai);
    cron.find_next_occurrence(&local, false).ok().map(|t| t.with_timezone(&Utc) + turn)
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

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn the_fleet_takes_turns_within_the_hour_and_a_city_always_has_the_same() {
        let now: DateTime<Utc> = "2026-05-01T00:00:00Z".parse().unwrap();
        let turn_of = |code: &str| turn(code, Duration::minutes(50));
        let mut minutes: HashMap<i64, usize> = HashMap::new();
        for code in 140_000..140_340 {
            let code = code.to_string();
            let first = next_time("7 * * * *", turn_of(&code), now).unwrap();
            let second = next_time("7 * * * *", turn_of(&code), first).unwrap();
            assert_eq!(second - first, Duration::hours(1), "{code}");
            assert!(first > now && first - now <= Duration::hours(1), "{code}: {first}");
            *minutes.entry((first - now).num_minutes()).or_default() += 1;
        }
        assert!(minutes.values().all(|count| *count <= 20), "{minutes:?}");
    }

    #[test]
    fn what_is_not_spread_runs_at_its_very_time() {
        let now: DateTime<Utc> = "2026-05-01T00:00:00Z".parse().unwrap();
        let at = next_time("30 8 * * *", turn("140100", Duration::zero()), now).unwrap();
        assert_eq!(at, "2026-05-01T00:30:00Z".parse::<DateTime<Utc>>().unwrap(), "half past eight in Taiyuan");
    }
}
