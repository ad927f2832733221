//! What waits for review (审核队列): the longest waiting first, with the moment by which it is to be done.

use async_graphql::InputObject;
use chrono::{DateTime, Duration, SecondsFormat, Utc};
use kernel::gql::Paging;
use kernel::{Ctx, Fault};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use serde::Serialize;

use super::conditions::{beyond, part};
use crate::kinds::{PostingSource, PostingStatus, ReviewStage};
use crate::policy;
use crate::rows::posting::{self, Column};
use crate::store::{settings, visible};

/// What is searched for in the queue (审核队列筛选).
#[derive(Clone, Debug, Default, InputObject, Serialize)]
pub struct ReviewFilter {
    /// Before it is seen, or after the fast lane; both unless it is said (审核时点).
    pub stage: Option<ReviewStage>,
    /// The target is over (已超时限).
    pub overdue: Option<bool>,
    /// Code of the county where the work is (区县代码).
    pub county: Option<String>,
    /// How it became known (信息来源).
    pub source: Option<PostingSource>,
}

/// A page of the queue within the caller's reach, each with its sort key, and how many there are if that was asked.
pub async fn page(
    ctx: &Ctx,
    filter: &ReviewFilter,
    paging: &Paging,
    count: bool,
) -> Result<(Vec<(Vec<String>, posting::Model)>, Option<i64>), Fault> {
    let reach = ctx.reach_by_class(&policy::REVIEW).await?;
    let query = posting::Entity::find()
        .filter(visible::within(&reach))
        .filter(Column::SubmittedAt.is_not_null())
        .filter(condition(ctx, filter).await?);
    let total = if count { Some(query.clone().count(&ctx.scope()).await?) } else { None };
    let after = match paging.after.as_deref() {
        None => None,
        Some([at, id]) => Some(beyond(Column::SubmittedAt, (part::<DateTime<Utc>>(at)?, part(id)?), false)),
        Some(_) => return Err(Fault::internal("read a cursor of the review queue")),
    };
    let rows = query
        .filter(Condition::all().add_option(after))
        .order_by_asc(Column::SubmittedAt)
        .order_by_asc(Column::Id)
        .limit(paging.limit())
        .all(&ctx.scope())
        .await?;
    let key = |row: &posting::Model| {
        let at = row.submitted_at.unwrap_or_default().to_rfc3339_opts(SecondsFormat::Micros, true);
        vec![at, row.id.to_string()]
    };
    let keyed = rows.into_iter().map(|row| (key(&row), row)).collect();
    Ok((keyed, total.map(|n| i64::try_from(n).unwrap_or(i64::MAX))))
}

async fn condition(ctx: &Ctx, f: &ReviewFilter) -> Result<Condition, Fault> {
    let before = Condition::all().add(Column::Status.eq(PostingStatus::InReview));
    let shown = [PostingStatus::Published, PostingStatus::Filled];
    let after = Condition::all().add(Column::Status.is_in(shown)).add(Column::ReviewedBy.is_null());
    let stage = match f.stage {
        Some(ReviewStage::Before) => before,
        Some(ReviewStage::After) => after,
        None => Condition::any().add(before).add(after),
    };
    let overdue = match f.overdue {
        Some(flag) => {
            let minutes = settings::figures(&ctx.scope()).await?.review_minutes;
            let since = ctx.now() - Duration::minutes(minutes.into());
            let over = Column::SubmittedAt;
            Some(if flag { over.lt(since) } else { over.gte(since) })
        }
        None => None,
    };
    let county = f.county.as_deref().map(str::trim).filter(|code| !code.is_empty());
    Ok(Condition::all()
        .add(stage)
        .add_option(overdue)
        .add_option(county.map(|code| Column::County.eq(code)))
        .add_option(f.source.map(|v| Column::Source.eq(v))))
}
