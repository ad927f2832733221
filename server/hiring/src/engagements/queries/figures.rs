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
    /// What the caller may count of it; *not found* where it names a market or a hiring party that is not there.
    pub async fn within_reach(self, ctx: &Ctx) -> Result<Counted, Fault> {
        let reach = ctx.reach_by_class(&policy::FIGURES).await?;
        if let Some(market) = self.market {
            at_reach(ctx, &reach, market).await?;
        }
        if let Some(party) = self.party
            && hiring_party::Entity::find_by_id(party).count(&ctx.scope()).await? == 0
        {
            return Err(Fault::NotFound);
        }
        let ([from, _], [_, to]) = (day(self.from), day(self.to));
        let postings = Condition::all()
            .add(visible::within(&reach))
            .add_option(self.market.map(|market| posting::Column::MarketId.eq(market)))
            .add_option(self.party.map(|party| posting::Column::PartyId.eq(party)));
        Ok(Counted { from, to, postings })
    }
}

/// What a caller may count, asked once for all figures of a period.
#[derive(Clone, Debug)]
pub struct Counted {
    /// From when on.
    pub(super) from: DateTime<Utc>,
    /// Until when.
    pub(super) to: DateTime<Utc>,
    /// Of which postings.
    pub(super) postings: Condition,
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
fn applied(counted: &Counted) -> Select<engagement::Entity> {
    with_posting(engagement::Entity::find())
        .select_only()
        .filter(counted.postings.clone())
        .filter(Of::AppliedAt.gte(counted.from))
        .filter(Of::AppliedAt.lt(counted.to))
}

/// The moments of what was applied for: one statement.
pub async fn moments(ctx: &Ctx, counted: &Counted) -> Result<Vec<Moments>, Fault> {
    let rows: Vec<Row> = applied(counted)
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
pub async fn hardships(ctx: &Ctx, counted: &Counted) -> Result<HashMap<Uuid, Vec<DifficultyKind>>, Fault> {
    hardships_of(ctx, applied(counted)).await
}

/// Which hardship the workers of these engagements have on record, by worker: one statement.
pub(super) async fn hardships_of(
    ctx: &Ctx,
    engagements: Select<engagement::Entity>,
) -> Result<HashMap<Uuid, Vec<DifficultyKind>>, Fault> {
    let workers = engagements.filter(Of::WorkerId.is_not_null()).column(Of::WorkerId).into_query();
    let mut found: HashMap<Uuid, Vec<DifficultyKind>> = HashMap::new();
    for (worker, kind) in people::hardships(ctx, workers).await? {
        found.entry(worker).or_default().push(kind);
    }
    Ok(found)
}
