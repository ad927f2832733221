//! How quickly postings come to channels and go from them (渠道时效), measured from the change: in a city by channel, at the province
//! by city.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Duration, Utc};
use kernel::{Ctx, Fault};
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::channels::rows::{channel, channel_delivery, province_pace, province_posting};
use crate::channels::rules;
use crate::kinds::{ChannelKind, DeliveryStatus};

/// How far back lags are looked at.
const LOOK_BACK: Duration = Duration::days(30);
/// How many lags are looked at, the newest.
const MOST: u64 = 10_000;

/// How a channel keeps up (渠道时效): its lags, each in milliseconds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pace {
    pub(crate) shown: i64,
    pub(crate) waiting: i64,
    pub(crate) withdrawing: i64,
    pub(crate) oldest: Option<DateTime<Utc>>,
    pub(crate) sent_ms: Vec<i64>,
    pub(crate) withdrawn_ms: Vec<i64>,
}

impl Pace {
    /// Takes in how another one of its kind keeps up.
    fn add(&mut self, other: Self) {
        self.shown += other.shown;
        self.waiting += other.waiting;
        self.withdrawing += other.withdrawing;
        self.oldest = self.oldest.into_iter().chain(other.oldest).min();
        self.sent_ms.extend(other.sent_ms);
        self.withdrawn_ms.extend(other.withdrawn_ms);
    }

    fn sort(&mut self) {
        self.sent_ms.sort_unstable();
        self.withdrawn_ms.sort_unstable();
    }

    /// The same in figures.
    pub(crate) fn figures(&self) -> Figures {
        let (sent, withdrawn) = (&self.sent_ms, &self.withdrawn_ms);
        Figures {
            shown: self.shown,
            waiting: self.waiting,
            withdrawing: self.withdrawing,
            oldest: self.oldest,
            sent_median: seconds(sent, 50),
            sent_p95: seconds(sent, 95),
            withdrawn_median: seconds(withdrawn, 50),
            withdrawn_p95: seconds(withdrawn, 95),
            withdrawn_longest: seconds(withdrawn, 100),
        }
    }
}

/// How a channel keeps up, in figures (时效指标): what is shown of it, and what a city tells the province.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Figures {
    pub(crate) shown: i64,
    pub(crate) waiting: i64,
    pub(crate) withdrawing: i64,
    pub(crate) oldest: Option<DateTime<Utc>>,
    pub(crate) sent_median: Option<i32>,
    pub(crate) sent_p95: Option<i32>,
    pub(crate) withdrawn_median: Option<i32>,
    pub(crate) withdrawn_p95: Option<i32>,
    pub(crate) withdrawn_longest: Option<i32>,
}

/// How each channel keeps up: three statements, however many there are.
pub(crate) async fn paces(ctx: &Ctx) -> Result<HashMap<Uuid, Pace>, Fault> {
    use channel_delivery::{Column, Entity};
    let scope = ctx.scope();
    let mut paces: HashMap<Uuid, Pace> = HashMap::new();
    let since = Func::coalesce([Column::WithdrawWantedAt, Column::WantedAt].map(Expr::col));
    let counts: Vec<(Uuid, DeliveryStatus, i64, Option<DateTime<Utc>>)> = Entity::find()
        .select_only()
        .columns([Column::ChannelId, Column::Status])
        .column_as(Column::Id.count(), "n")
        .column_as(Expr::expr(Func::min(since)), "oldest")
        .group_by(Column::ChannelId)
        .group_by(Column::Status)
        .into_tuple()
        .all(&scope)
        .await?;
    for (channel, status, n, oldest) in counts {
        let pace = paces.entry(channel).or_default();
        match status {
            DeliveryStatus::Sent => pace.shown += n,
            DeliveryStatus::Withdrawn => {}
            DeliveryStatus::Queued | DeliveryStatus::Failed => pace.waiting += n,
            DeliveryStatus::Withdrawing => pace.withdrawing += n,
        }
        if matches!(status, DeliveryStatus::Queued | DeliveryStatus::Failed | DeliveryStatus::Withdrawing) {
            pace.oldest = pace.oldest.into_iter().chain(oldest).min();
        }
    }
    let since = ctx.now() - LOOK_BACK;
    // What was shown counts though it is gone by now; a version that is on its way yet was not shown.
    let shown = Condition::all().add(Expr::col(Column::SentAt).gte(Expr::col(Column::WantedAt)));
    let gone = Condition::all().add(Column::Status.eq(DeliveryStatus::Withdrawn));
    for (wanted, done, counts, withdrawn) in
        [(Column::WantedAt, Column::SentAt, shown, false), (Column::WithdrawWantedAt, Column::WithdrawnAt, gone, true)]
    {
        let spans: Vec<(Uuid, Option<DateTime<Utc>>, Option<DateTime<Utc>>)> = Entity::find()
            .select_only()
            .columns([Column::ChannelId, wanted, done])
            .filter(done.gt(since))
            .filter(counts)
            .order_by_desc(done)
            .limit(MOST)
            .into_tuple()
            .all(&scope)
            .await?;
        for (channel, from, to) in spans {
            let (Some(from), Some(to)) = (from, to) else { continue };
            let pace = paces.entry(channel).or_default();
            let lags = if withdrawn { &mut pace.withdrawn_ms } else { &mut pace.sent_ms };
            lags.push(Ord::max((to - from).num_milliseconds(), 0));
        }
    }
    paces.values_mut().for_each(Pace::sort);
    Ok(paces)
}

/// How the channels of the city keep up, by what they are: those of its markets together with the city's own.
pub(crate) async fn by_kind(ctx: &Ctx) -> Result<Vec<(ChannelKind, Figures)>, Fault> {
    let mut known = paces(ctx).await?;
    let channels: Vec<(Uuid, ChannelKind)> = channel::Entity::find()
        .select_only()
        .columns([channel::Column::Id, channel::Column::Kind])
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    let mut kinds: BTreeMap<ChannelKind, Pace> = BTreeMap::new();
    for (id, kind) in channels {
        kinds.entry(kind).or_default().add(known.remove(&id).unwrap_or_default());
    }
    kinds.values_mut().for_each(Pace::sort);
    Ok(kinds.into_iter().map(|(kind, pace)| (kind, pace.figures())).collect())
}

/// How a city keeps up, as the province knows it (各市时效).
#[derive(Clone, Debug, Default)]
pub(crate) struct CityPace {
    pub(crate) city: String,
    /// On the province's own list: lags as they were measured here, and what waits in the city.
    pub(crate) here: Figures,
    /// On the channels of the city, as it said.
    pub(crate) told: Vec<(ChannelKind, Figures)>,
    /// When it said so.
    pub(crate) told_at: Option<DateTime<Utc>>,
}

/// How each city keeps up (省级归集时效): what the province shows of it with the lags of the last thirty days, and what the city says
/// of its channels. Three statements, however many there are.
pub(crate) async fn province_paces(ctx: &Ctx) -> Result<Vec<CityPace>, Fault> {
    use province_posting::{Column, Entity};
    let scope = ctx.scope();
    let shown: Vec<(String, i64)> = Entity::find()
        .select_only()
        .column(Column::City)
        .column_as(Column::Id.count(), "n")
        .filter(Column::Gone.eq(false))
        .group_by(Column::City)
        .into_tuple()
        .all(&scope)
        .await?;
    let mut paces: BTreeMap<String, Pace> =
        shown.into_iter().map(|(city, shown)| (city, Pace { shown, ..Pace::default() })).collect();
    let lags: Vec<(String, i64, Option<i64>)> = Entity::find()
        .select_only()
        .columns([Column::City, Column::LagMs, Column::GoneLagMs])
        .filter(Expr::col(Column::ReceivedAt).gt(ctx.now() - LOOK_BACK))
        .order_by_desc(Column::ReceivedAt)
        .limit(MOST)
        .into_tuple()
        .all(&scope)
        .await?;
    for (city, lag, gone) in lags {
        let pace = paces.entry(city).or_default();
        pace.sent_ms.push(lag);
        pace.withdrawn_ms.extend(gone);
    }
    let told = province_pace::Entity::find().all(&scope).await?;
    let mut told: BTreeMap<String, province_pace::Model> =
        told.into_iter().map(|row| (row.city.clone(), row)).collect();
    for city in told.keys() {
        paces.entry(city.clone()).or_default();
    }
    paces
        .into_iter()
        .map(|(city, mut pace)| {
            pace.sort();
            let said = told.remove(&city);
            of_city(city, pace, said)
        })
        .collect()
}

/// What waits on its way here is known to the city alone.
fn of_city(city: String, here: Pace, said: Option<province_pace::Model>) -> Result<CityPace, Fault> {
    let here = here.figures();
    let Some(said) = said else { return Ok(CityPace { city, here, ..CityPace::default() }) };
    let told: Vec<(ChannelKind, Figures)> =
        serde_json::from_value(said.figures).map_err(Fault::of("read how channels of a city keep up"))?;
    let way = told.iter().find(|(kind, _)| *kind == ChannelKind::Province).map(|(_, way)| way.clone());
    let Figures { waiting, withdrawing, oldest, .. } = way.unwrap_or_default();
    let here = Figures { waiting, withdrawing, oldest, ..here };
    Ok(CityPace { city, here, told, told_at: Some(said.reported_at) })
}

/// Seconds of a share of sorted lags in milliseconds, rounded up.
pub(crate) fn seconds(lags: &[i64], share: u64) -> Option<i32> {
    let ms = rules::percentile(lags, share)?;
    i32::try_from(ms.div_euclid(1000) + i64::from(ms.rem_euclid(1000) > 0)).ok()
}
