//! The figures of quick hire (快招统计): read in one statement, computed exactly.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Ctx, Fault};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::lists::{at_reach, day};
use crate::engagements::rules::figures::Moments;
use crate::engagements::store::deal::with_posting;
use crate::policy;
use crate::rows::engagement::{self, Column as Of};
use crate::rows::posting;
use crate::store::visible;

/// A period has so many days at most.
pub const DAYS: i64 = 92;

type Row = (
    Option<DateTime<Utc>>,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
    String,
);

/// The moments of what was applied for in a period, within the caller's reach.
pub async fn moments(ctx: &Ctx, from: NaiveDate, to: NaiveDate, market: Option<Uuid>) -> Result<Vec<Moments>, Fault> {
    let reach = ctx.reach_by_class(&policy::FIGURES).await?;
    if let Some(market) = market {
        at_reach(ctx, &reach, market).await?;
    }
    let ([from, _], [_, to]) = (day(from), day(to));
    let rows: Vec<Row> = with_posting(engagement::Entity::find())
        .select_only()
        .column(posting::Column::PublishedAt)
        .columns([
            Of::AppliedAt,
            Of::ContactedAt,
            Of::AgreedAt,
            Of::ConfirmedAt,
            Of::ArrivedAt,
            Of::CompletedAt,
            Of::PaidAt,
            Of::AgeBand,
        ])
        .filter(visible::within(&reach))
        .filter(Of::AppliedAt.gte(from))
        .filter(Of::AppliedAt.lt(to))
        .filter(Condition::all().add_option(market.map(|market| Of::MarketId.eq(market))))
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    let of = |(published, applied, contacted, agreed, confirmed, arrived, completed, paid, age): Row| Moments {
        published,
        applied,
        contacted,
        agreed,
        confirmed,
        arrived,
        completed,
        paid,
        age,
    };
    Ok(rows.into_iter().map(of).collect())
}
