//! Taking over a city's postings at the province (省级归集, R46): pushed by the city's outbox, idempotent by city, posting,
//! version and wish; a withdrawal leaves a tombstone that nothing older wakes.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{Ctx, Fault, Never, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Alias, Expr, OnConflict};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use crate::channels::adapters::Wish;
use crate::channels::rows::province_posting::{ActiveModel, Column, Entity};
use crate::channels::store::{self, Notice};
use crate::policy;

/// A posting on its way to the province (上报的招聘信息).
#[derive(Clone)]
pub(crate) struct Pushed {
    notice: Notice,
    wish: Wish,
}

impl Pushed {
    /// What leaves the city: nothing personal.
    pub(crate) fn of(notice: &Notice, wish: Wish) -> Self {
        Self { notice: notice.clone(), wish }
    }
}

/// Takes over what a city shows and what it shows no more (接收各市招聘信息); says what the province shows of them.
pub(crate) async fn receive_postings(
    ctx: &Ctx,
    city: String,
    show: Vec<Pushed>,
    hide: Vec<(Uuid, i32, Wish)>,
) -> Result<HashMap<Uuid, i32>, Fault> {
    let platform = ctx.kernel().platform_ctx().await?;
    let ids: Vec<Uuid> = show.iter().map(|one| one.notice.row.id).chain(hide.iter().map(|(id, _, _)| *id)).collect();
    let received: Result<HashMap<Uuid, i32>, Stop<Never>> = platform
        .transact(&policy::RECEIVE, |tx| async move {
            tx.note("city", city.as_str());
            tx.note("shown", show.len());
            tx.note("gone", hide.len());
            take(&tx, &city, show).await?;
            bury(&tx, &city, &hide).await?;
            Ok(shown(&tx, &city, ids).await?)
        })
        .await;
    received.map_err(Stop::into_fault)
}

/// Milliseconds from the wish to its fulfilment; clocks that differ count as nothing.
fn lag(since: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    Ord::max((now - since).num_milliseconds(), 0)
}

async fn take(tx: &Tx, city: &str, show: Vec<Pushed>) -> Result<(), Fault> {
    if show.is_empty() {
        return Ok(());
    }
    let (ids, now) = (|| tx.ctx().new_id(), tx.ctx().now());
    let rows = show.into_iter().map(|one| fresh(ids(), city, one, now));
    let columns = [
        Column::PostingVersion,
        Column::Gone,
        Column::Kind,
        Column::Engagement,
        Column::Trade,
        Column::Title,
        Column::Duties,
        Column::County,
        Column::Place,
        Column::WageFen,
        Column::WageUnit,
        Column::PayDay,
        Column::Headcount,
        Column::Instant,
        Column::PartyName,
        Column::MarketName,
        Column::StartsAt,
        Column::EndsAt,
        Column::ValidUntil,
        Column::ChangedAt,
        Column::ReceivedAt,
        Column::LagMs,
        Column::AgencyName,
        Column::AgencyLicenceNo,
        Column::AgencyLicenceValid,
        Column::Wish,
        Column::Conditions,
        Column::NeedsCertificate,
        Column::GoneLagMs,
    ];
    let over = OnConflict::columns([Column::City, Column::PostingId])
        .update_columns(columns)
        .action_and_where(newer())
        .to_owned();
    Entity::insert_many(rows).on_conflict(over).exec_without_returning(tx).await?;
    Ok(())
}

/// What is sent now is later than what is here: a newer version, or a later wish about the same one, which comes and goes by the
/// day and stands otherwise by its agency's licence. The same wish counts where it was taken away meanwhile.
fn newer() -> Expr {
    let here = |column: Column| Expr::col((Entity, column));
    let sent = |column: Column| Expr::col((Alias::new("excluded"), column));
    let again = here(Column::Wish).eq(sent(Column::Wish)).and(here(Column::Gone).eq(true));
    let later = here(Column::Wish).lt(sent(Column::Wish)).or(again);
    let same = here(Column::PostingVersion).eq(sent(Column::PostingVersion));
    here(Column::PostingVersion).lt(sent(Column::PostingVersion)).or(same.and(later))
}

fn fresh(id: Uuid, city: &str, one: Pushed, now: DateTime<Utc>) -> ActiveModel {
    let Pushed { notice: Notice { row, party, market, agency }, wish } = one;
    let licence_valid = agency.as_ref().map(store::in_force);
    let (agency_name, licence_no) = agency.map(|agency| (agency.name, agency.licence_no)).unzip();
    ActiveModel {
        id: Set(id),
        city: Set(city.to_owned()),
        posting_id: Set(row.id),
        posting_version: Set(row.version),
        gone: Set(false),
        kind: Set(row.kind),
        engagement: Set(row.engagement),
        trade: Set(row.trade),
        title: Set(row.title),
        duties: Set(row.duties),
        county: Set(row.county),
        place: Set(row.place),
        wage_fen: Set(row.wage_fen),
        wage_unit: Set(row.wage_unit),
        pay_day: Set(row.pay_day),
        headcount: Set(row.headcount),
        instant: Set(row.instant),
        party_name: Set(party),
        market_name: Set(market),
        starts_at: Set(row.starts_at),
        ends_at: Set(row.ends_at),
        valid_until: Set(row.valid_until),
        changed_at: Set(wish.at),
        received_at: Set(now),
        lag_ms: Set(lag(wish.at, now)),
        agency_name: Set(agency_name),
        agency_licence_no: Set(licence_no),
        agency_licence_valid: Set(licence_valid),
        wish: Set(wish.number),
        conditions: Set(row.conditions),
        needs_certificate: Set(row.needs_certificate),
        gone_lag_ms: Set(None),
    }
}

/// Tombstones, on which nothing stands: one statement for those that are gone since the same moment.
async fn bury(tx: &Tx, city: &str, hide: &[(Uuid, i32, Wish)]) -> Result<(), Fault> {
    let now = tx.ctx().now();
    let mut alike: HashMap<(i32, Wish), Vec<Uuid>> = HashMap::new();
    for (id, version, wish) in hide {
        alike.entry((*version, *wish)).or_default().push(*id);
    }
    for ((version, wish), ids) in alike {
        let nothing = || Set(String::new());
        let change = ActiveModel {
            gone: Set(true),
            title: nothing(),
            duties: nothing(),
            place: nothing(),
            party_name: nothing(),
            conditions: Set(None),
            posting_version: Set(version),
            agency_name: Set(None),
            agency_licence_no: Set(None),
            agency_licence_valid: Set(None),
            changed_at: Set(wish.at),
            received_at: Set(now),
            gone_lag_ms: Set(Some(lag(wish.at, now))),
            wish: Set(wish.number),
            ..ActiveModel::default()
        };
        let same = Condition::all().add(Column::PostingVersion.eq(version)).add(Column::Wish.lte(wish.number));
        let not_later = Condition::any().add(Column::PostingVersion.lt(version)).add(same);
        Entity::update_many()
            .set(change)
            .filter(Column::City.eq(city))
            .filter(Column::PostingId.is_in(ids))
            .filter(not_later)
            .filter(Column::Gone.eq(false))
            .exec(tx)
            .await?;
    }
    Ok(())
}

async fn shown(tx: &Tx, city: &str, ids: Vec<Uuid>) -> Result<HashMap<Uuid, i32>, Fault> {
    Ok(Entity::find()
        .select_only()
        .columns([Column::PostingId, Column::PostingVersion])
        .filter(Column::City.eq(city))
        .filter(Column::PostingId.is_in(ids))
        .filter(Column::Gone.eq(false))
        .into_tuple::<(Uuid, i32)>()
        .all(tx)
        .await?
        .into_iter()
        .collect())
}
