//! The figures of quick hire (快招统计): read in one statement, computed exactly.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entities::hiring_party;
use kernel::{Ctx, Fault};
use people::DifficultyKind;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _, Select,
};
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

/// What is counted: the days, and where.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// At this market alone.
    pub market: Option<Uuid>,
    /// Of this hiring party alone.
    pub party: Option<Uuid>,
}

impl Period {
    /// From when on, and until when.
    pub(super) fn moments(&self) -> [DateTime<Utc>; 2] {
        let ([from, _], [_, to]) = (day(self.from), day(self.to));
        [from, to]
    }

    /// *Not found* where it names a hiring party that is not there.
    pub async fn known(&self, ctx: &Ctx) -> Result<(), Fault> {
        let Some(party) = self.party else { return Ok(()) };
        let known = hiring_party::Entity::find_by_id(party).count(&ctx.scope()).await?;
        if known > 0 { Ok(()) } else { Err(Fault::NotFound) }
    }

    /// What the caller may count, as a condition on postings.
    pub(super) async fn within_reach(&self, ctx: &Ctx) -> Result<Condition, Fault> {
        let reach = ctx.reach_by_class(&policy::FIGURES).await?;
        if let Some(market) = self.market {
            at_reach(ctx, &reach, market).await?;
        }
        Ok(Condition::all()
            .add(visible::within(&reach))
            .add_option(self.market.map(|market| posting::Column::MarketId.eq(market)))
            .add_option(self.party.map(|party| posting::Column::PartyId.eq(party))))
    }
}

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
    Option<Uuid>,
);

/// What was applied for in the period.
async fn applied(ctx: &Ctx, period: &Period) -> Result<Select<engagement::Entity>, Fault> {
    let [from, to] = period.moments();
    Ok(with_posting(engagement::Entity::find())
        .select_only()
        .filter(period.within_reach(ctx).await?)
        .filter(Of::AppliedAt.gte(from))
        .filter(Of::AppliedAt.lt(to)))
}

/// The moments of what was applied for in a period, within the caller's reach.
pub async fn moments(ctx: &Ctx, period: &Period) -> Result<Vec<Moments>, Fault> {
    let rows: Vec<Row> = applied(ctx, period)
        .await?
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
            Of::WorkerId,
        ])
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    let of = |(published, applied, contacted, agreed, confirmed, arrived, completed, paid, age, worker): Row| Moments {
        published,
        applied,
        contacted,
        agreed,
        confirmed,
        arrived,
        completed,
        paid,
        age,
        worker,
    };
    Ok(rows.into_iter().map(of).collect())
}

/// Which hardship those who applied have on record, by worker.
pub async fn hardships(ctx: &Ctx, period: &Period) -> Result<HashMap<Uuid, Vec<DifficultyKind>>, Fault> {
    let known = Condition::all().add(Of::WorkerId.is_not_null());
    let workers = applied(ctx, period).await?.filter(known).column(Of::WorkerId).into_query();
    let mut found: HashMap<Uuid, Vec<DifficultyKind>> = HashMap::new();
    for (worker, kind) in people::hardships(ctx, workers).await? {
        found.entry(worker).or_default().push(kind);
    }
    Ok(found)
}
