//! Standardised markets (规范化市场): the rule's own answer, and the same as a condition for lists.

use chrono::{Datelike as _, NaiveDate};
use kernel::{Ctx, Fault};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _};

use crate::kinds::{CheckResult, MarketStatus, OperatingNature};
use crate::rows::{market, market_event, safety_check};
use crate::rules::standard::{self, Check, REQUIRED};
use crate::store::batch::Batch;

/// The newest check of each item.
#[must_use]
pub fn newest(rows: &[safety_check::Model]) -> Vec<Check> {
    rows.iter()
        .filter(|row| row.is_current)
        .map(|row| Check { item: row.item, result: row.result, expires_on: row.expires_on })
        .collect()
}

/// The markets for which the rule says yes, as one condition; a test holds the two equal.
#[must_use]
pub fn is_standardised(today: NaiveDate) -> Condition {
    let current = || {
        Condition::all()
            .add(
                Expr::col((safety_check::Entity, safety_check::Column::MarketId))
                    .equals((market::Entity, market::Column::Id)),
            )
            .add(safety_check::Column::IsCurrent.eq(true))
    };
    let passed = Query::select()
        .expr(safety_check::Column::Id.count())
        .from(safety_check::Entity)
        .cond_where(
            current()
                .add(safety_check::Column::Item.is_in(REQUIRED))
                .add(safety_check::Column::Result.eq(CheckResult::Passed))
                .add(safety_check::Column::ExpiresOn.gte(today)),
        )
        .to_owned();
    let failed = Query::select()
        .column(safety_check::Column::MarketId)
        .from(safety_check::Entity)
        .and_where(safety_check::Column::IsCurrent.eq(true))
        .and_where(safety_check::Column::Result.eq(CheckResult::Failed))
        .to_owned();
    let required = i64::try_from(REQUIRED.len()).unwrap_or(i64::MAX);
    Condition::all()
        .add(market::Column::Status.eq(MarketStatus::Listed))
        .add(market::Column::Nature.eq(OperatingNature::Public))
        .add(market::Column::PublicInterest.eq(true))
        .add(Expr::expr(sea_orm::sea_query::SimpleExpr::SubQuery(None, Box::new(passed.into()))).eq(required))
        .add(market::Column::Id.not_in_subquery(failed))
}

/// The markets that were standardised on the last day of a year, or are today: checks and states as they stood then,
/// by name. Two statements beside the markets themselves.
pub async fn in_year(ctx: &Ctx, year: i32) -> Result<Vec<market::Model>, Fault> {
    let Some(day) = day_of(year, ctx.today()) else { return Ok(Vec::new()) };
    let markets = market::Entity::find()
        .filter(market::Column::Nature.eq(OperatingNature::Public))
        .filter(market::Column::PublicInterest.eq(true))
        .filter(market::Column::ListedOn.lte(day))
        .order_by_asc(market::Column::DisplayName)
        .order_by_asc(market::Column::Id)
        .all(&ctx.scope())
        .await?;
    let page = Batch::new(ctx, markets.iter().map(|m| m.id).collect());
    let mut found = Vec::new();
    for row in markets {
        let checks = as_of(page.checks(row.id).await?, day);
        let status = status_on(page.history(row.id).await?, day);
        if standard::verdict(status, row.nature, row.public_interest, &checks, day).standardised {
            found.push(row);
        }
    }
    Ok(found)
}

/// The day a year is judged on: its last, or today while it runs; none before it begins.
fn day_of(year: i32, today: NaiveDate) -> Option<NaiveDate> {
    let last = NaiveDate::from_ymd_opt(year, 12, 31)?;
    if year > today.year() { None } else { Some(Ord::min(last, today)) }
}

/// The newest check of each item on `day`; rows come newest first.
fn as_of(rows: &[safety_check::Model], day: NaiveDate) -> Vec<Check> {
    let mut checks: Vec<Check> = Vec::new();
    for row in rows.iter().filter(|row| row.inspected_on <= day && row.withdrawn_reason.is_none()) {
        if checks.iter().all(|check| check.item != row.item) {
            checks.push(Check { item: row.item, result: row.result, expires_on: row.expires_on });
        }
    }
    checks
}

/// The state a market was in at the end of `day`, by its history; rows come newest first.
fn status_on(rows: &[market_event::Model], day: NaiveDate) -> MarketStatus {
    rows.iter()
        .filter(|row| kernel::clock::day_of(row.at) <= day)
        .find_map(|row| match row.kind.as_str() {
            "listed" | "resumed" => Some(MarketStatus::Listed),
            "suspended" => Some(MarketStatus::Suspended),
            "delisted" => Some(MarketStatus::Delisted),
            _ => None,
        })
        .unwrap_or(MarketStatus::Draft)
}
