//! What chapters above may know of workers (供上层章节读取): facts without a personal value, and, apart, the ways to open one, each
//! for whoever has decided that it is due.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entities::{citizen, worker, worker_trade};
use kernel::{Ctx, Fault, Pii};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};
use uuid::Uuid;

use super::kinds::{AgeBand, DifficultyKind};
use super::operations::record_difficulty::kind_index;
use super::parameters::{Parameters, WorkerParameter};
use super::rows::{worker_certificate, worker_difficulty, worker_profile};
use super::rules::ages::Retirement;
use super::rules::statistics::Least;
use super::store::load;
use crate::citizens::store as citizens;

/// What is known of a worker without its name and numbers (零工人员概况).
#[derive(Clone, Debug)]
pub struct WorkerFacts {
    /// The worker.
    pub id: Uuid,
    /// Who it is.
    pub citizen: Uuid,
    /// Does the registration hold, and may the citizen act?
    pub active: bool,
    /// Its name as it is shown: 张*.
    pub name_masked: String,
    /// Where it looks for work (GB/T 2260).
    pub county: String,
    /// The market that registered it.
    pub market: Option<Uuid>,
    /// Its trades, the one wanted most first.
    pub trades: Vec<String>,
    /// Certificates that somebody vouched for: trade, and the last day on which each is valid.
    pub certificates: Vec<(String, NaiveDate)>,
    /// Its band of ages, as it was last worked out.
    pub age_band: AgeBand,
    /// The day from which it is over age, or may be; unknown where no citizen number is kept.
    pub over_age_from: Option<NaiveDate>,
    /// Did it say all that this day rests on?
    pub over_age_is_certain: bool,
    /// How far it goes, kilometres.
    pub radius_km: i32,
    /// When it works: 1 dawn, 2 day, 4 evening, 8 night, added up.
    pub hours: i32,
    /// Roughly where it is: GCJ-02 latitude and longitude.
    pub point: Option<(f64, f64)>,
    /// Until when it counts as looking for work.
    pub looking_until: Option<DateTime<Utc>>,
}

impl WorkerFacts {
    /// Is it over age on a day, or may it be (超龄劳动者)?
    #[must_use]
    pub fn is_over_age(&self, day: NaiveDate) -> bool {
        self.over_age_from.is_some_and(|from| from <= day)
    }

    /// Has it a certificate for a trade that is valid on a day?
    #[must_use]
    pub fn is_certified(&self, trade: &str, day: NaiveDate) -> bool {
        self.certificates.iter().any(|(of, until)| of == trade && *until >= day)
    }
}

/// The facts of workers, by id: five statements, however many there are.
pub async fn worker_facts(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, WorkerFacts>, Fault> {
    let rows = worker::Entity::find().filter(worker::Column::Id.is_in(ids.iter().copied())).all(db).await?;
    let people = citizen::Entity::find()
        .filter(citizen::Column::Id.is_in(rows.iter().map(|row| row.citizen_id)))
        .all(db)
        .await?;
    let people: HashMap<Uuid, citizen::Model> = people.into_iter().map(|row| (row.id, row)).collect();
    let mut trades: HashMap<Uuid, Vec<String>> = HashMap::new();
    let of_workers = worker_trade::Entity::find()
        .filter(worker_trade::Column::WorkerId.is_in(ids.iter().copied()))
        .order_by_asc(worker_trade::Column::Position);
    for row in of_workers.all(db).await? {
        trades.entry(row.worker_id).or_default().push(row.trade);
    }
    let mut certificates: HashMap<Uuid, Vec<(String, NaiveDate)>> = HashMap::new();
    let vouched = worker_certificate::Entity::find()
        .filter(worker_certificate::Column::WorkerId.is_in(ids.iter().copied()))
        .filter(worker_certificate::Column::VerifiedAt.is_not_null())
        .order_by_asc(worker_certificate::Column::Trade);
    for row in vouched.all(db).await? {
        certificates.entry(row.worker_id).or_default().push((row.trade, row.valid_until));
    }
    let profiles = worker_profile::Entity::find().filter(worker_profile::Column::WorkerId.is_in(ids.iter().copied()));
    let profiles: HashMap<Uuid, worker_profile::Model> =
        profiles.all(db).await?.into_iter().map(|row| (row.worker_id, row)).collect();
    let mut facts = HashMap::new();
    for row in rows {
        let Some(person) = people.get(&row.citizen_id) else { continue };
        let id = load::id_of(ctx, person).await?;
        let retirement = id.as_ref().map(|id| (Retirement::of(id, load::said(profiles.get(&row.id))), id));
        let fact = WorkerFacts {
            id: row.id,
            citizen: row.citizen_id,
            active: row.status == "ACTIVE" && person.status == "ACTIVE",
            name_masked: row.name_masked,
            county: row.county,
            market: row.market_id,
            trades: trades.remove(&row.id).unwrap_or_default(),
            certificates: certificates.remove(&row.id).unwrap_or_default(),
            age_band: AgeBand::parse(&row.age_band).unwrap_or(AgeBand::Adult),
            over_age_from: retirement.map(|(retirement, id)| retirement.from(id)),
            over_age_is_certain: retirement.is_some_and(|(retirement, _)| retirement.certain),
            radius_km: row.radius_km,
            hours: row.hours,
            point: row.lat.zip(row.lng),
            looking_until: row.looking_until,
        };
        facts.insert(fact.id, fact);
    }
    Ok(facts)
}

/// The worker of the citizen who acts, closed or not; nothing for whoever did not register, and for everybody but a citizen.
pub async fn own_worker(ctx: &Ctx, db: &impl ConnectionTrait) -> Result<Option<worker::Model>, Fault> {
    match ctx.actor().citizen_id() {
        Some(me) => load::of_citizen(db, me).await,
        None => Ok(None),
    }
}

/// Is a worker over age on a day, or may it be (超龄劳动者)? Then a written agreement and work-injury insurance are due
/// (超龄劳动者基本权益保障暂行规定).
pub async fn is_over_age(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    row: &worker::Model,
    day: NaiveDate,
) -> Result<bool, Fault> {
    Ok(worker_facts(ctx, db, &[row.id]).await?.get(&row.id).is_some_and(|facts| facts.is_over_age(day)))
}

/// The name of a citizen, opened: after both sides confirmed, or for a paper that the law asks for.
pub async fn open_name(ctx: &Ctx, db: &impl ConnectionTrait, citizen: Uuid) -> Result<Option<Pii<String>>, Fault> {
    Ok(citizens::person(ctx, &citizens::citizen(db, citizen).await?).await?.name)
}

/// The telephone number of a citizen, opened: after both sides confirmed, or to send it a message.
pub async fn open_phone(ctx: &Ctx, db: &impl ConnectionTrait, citizen: Uuid) -> Result<Option<Pii<String>>, Fault> {
    Ok(citizens::person(ctx, &citizens::citizen(db, citizen).await?).await?.phone)
}

/// What of hardship on record counts on a day.
pub(crate) fn counts_on(day: NaiveDate) -> Condition {
    use worker_difficulty::Column;
    Condition::any().add(Column::ValidUntil.is_null()).add(Column::ValidUntil.gte(day))
}

/// Hardship on record that counts on a day.
pub(crate) fn hardship_on(day: NaiveDate) -> Select<worker_difficulty::Entity> {
    worker_difficulty::Entity::find().filter(counts_on(day))
}

/// The kinds of hardship by their blind indexes.
pub(crate) async fn kinds(ctx: &Ctx) -> Result<HashMap<Vec<u8>, DifficultyKind>, Fault> {
    let ring = ctx.keys().await?;
    Ok(DifficultyKind::ALL.iter().map(|kind| (kind_index(&ring, *kind), *kind)).collect())
}

/// Which hardship counts today of the workers that a query names, one row each (困难情形): for figures alone. What is sealed stays
/// sealed: kinds are told apart by their blind indexes.
pub async fn hardships(ctx: &Ctx, workers: SelectStatement) -> Result<Vec<(Uuid, DifficultyKind)>, Fault> {
    use worker_difficulty::Column;
    let rows: Vec<(Uuid, Vec<u8>)> = hardship_on(ctx.today())
        .filter(Column::WorkerId.in_subquery(workers))
        .select_only()
        .columns([Column::WorkerId, Column::KindIndex])
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    let kinds = kinds(ctx).await?;
    Ok(rows.into_iter().filter_map(|(worker, index)| Some((worker, *kinds.get(&index)?))).collect())
}

/// The least count that the city's figures about people tell (统计最少人数).
pub async fn statistics_least(db: &impl ConnectionTrait) -> Result<Least, Fault> {
    Ok(Least(Parameters::of(db).await?.get(WorkerParameter::StatisticsLeast)))
}
