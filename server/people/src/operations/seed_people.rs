//! Filling a city with made-up workers and hiring parties (填充样本零工和用工主体): for a benchmark, hundreds of thousands.

use entities::{citizen, hiring_party, worker, worker_trade};
use kernel::checks::mask::Mask;
use kernel::keys::KeyRing;
use kernel::{Ctx, Fault, Never, Pii, Place, Stop, Tx};
use sea_orm::{EntityTrait as _, Set};
use uuid::Uuid;

use crate::policy;

/// Made-up people of a city (样本人员): how many, and where and at what they work.
#[derive(Clone, Debug)]
pub struct MadeUp {
    /// How many workers.
    pub workers: u32,
    /// How many hiring parties.
    pub parties: u32,
    /// Counties, by their codes.
    pub counties: Vec<String>,
    /// Codes of trades.
    pub trades: Vec<String>,
}

/// Rows of the widest table in one statement: SQLite takes 32,766 values.
const AT_ONCE: u32 = 500;
/// People of one transaction: whoever waits for the city waits no longer than for these.
const TOGETHER: u32 = 20_000;

const FAMILY: [&str; 12] = ["王", "李", "张", "刘", "陈", "杨", "赵", "郭", "武", "郝", "田", "任"];
const GIVEN: [&str; 12] =
    ["建国", "秀英", "志强", "桂兰", "海龙", "玉梅", "永红", "晓东", "爱莲", "铁柱", "红霞", "俊生"];

/// Fills a city with made-up workers and hiring parties (填充样本零工和用工主体), every party verified; gives back the ids of
/// the parties. The same numbers give the same people but for their ids.
pub async fn seed_people(ctx: &Ctx, made_up: &MadeUp) -> Result<Vec<Uuid>, Fault> {
    let ring = ctx.keys().await?;
    let mut from = 0;
    while from < made_up.workers {
        let to = made_up.workers.min(from + TOGETHER);
        let (ring, made_up) = (&ring, made_up);
        let done: Result<(), Stop<Never>> = ctx
            .transact(&policy::SEED, |tx| async move {
                tx.authorize(&policy::SEED, &Place::city()).await?;
                tx.note("workers", to - from);
                let mut at = from;
                while at < to {
                    let end = to.min(at + AT_ONCE);
                    workers(&tx, ring, made_up, at..end).await?;
                    at = end;
                }
                Ok(())
            })
            .await;
        done.map_err(Stop::into_fault)?;
        from = to;
    }
    let done: Result<Vec<Uuid>, Stop<Never>> = ctx
        .transact(&policy::SEED, |tx| async move {
            tx.authorize(&policy::SEED, &Place::city()).await?;
            tx.note("parties", made_up.parties);
            Ok(parties(&tx, &ring, made_up).await?)
        })
        .await;
    done.map_err(Stop::into_fault)
}

/// One of a list, by a number.
fn pick<T>(list: &[T], n: u32) -> Option<&T> {
    let len = u32::try_from(list.len()).ok().filter(|len| *len > 0)?;
    list.get(usize::try_from(n % len).ok()?)
}

fn name(n: u32) -> String {
    let (family, given) = (pick(&FAMILY, n).copied(), pick(&GIVEN, n / 12).copied());
    format!("{}{}", family.unwrap_or_default(), given.unwrap_or_default())
}

async fn workers(tx: &Tx, ring: &KeyRing, of: &MadeUp, numbers: std::ops::Range<u32>) -> Result<(), Fault> {
    let (mut citizens, mut rows, mut trades) = (Vec::new(), Vec::new(), Vec::new());
    let (now, ctx) = (tx.ctx().now(), tx.ctx());
    for n in numbers {
        let (citizen, id) = (ctx.new_id(), ctx.new_id());
        let (name, phone) = (Pii::new(name(n)), Pii::new(format!("+86137{n:08}")));
        citizens.push(citizen::ActiveModel {
            id: Set(citizen),
            version: Set(1),
            status: Set("ACTIVE".to_owned()),
            phone: Set(Some(ring.seal("citizen", "phone", citizen, &phone)?)),
            phone_index: Set(Some(ring.blind("phone", &phone))),
            phone_proved_at: Set(Some(now)),
            name: Set(Some(ring.seal("citizen", "name", citizen, &name)?)),
            id_number: Set(None),
            id_index: Set(None),
            birth_year: Set(i32::try_from(1960 + n % 45).ok()),
            sex: Set(i32::try_from(1 + n % 2).ok()),
            lang: Set("zh".to_owned()),
            notice_version: Set(None),
            created_at: Set(now),
            updated_at: Set(now),
        });
        rows.push(worker::ActiveModel {
            id: Set(id),
            citizen_id: Set(citizen),
            version: Set(1),
            status: Set("ACTIVE".to_owned()),
            source: Set("SELF".to_owned()),
            market_id: Set(None),
            registered_by: Set(None),
            name_masked: Set(name.masked(Mask::Name)),
            county: Set(pick(&of.counties, n / 7).cloned().unwrap_or_default()),
            radius_km: Set(20),
            hours: Set(3),
            steady_job: Set(n % 3 == 0),
            training: Set(n % 5 == 0),
            looking_until: Set((n % 10 == 0).then_some(now + chrono::Duration::days(7))),
            last_confirmed_at: Set(now),
            age_band: Set("ADULT".to_owned()),
            points: Set(0),
            places_given: Set(0),
            created_at: Set(now),
            updated_at: Set(now),
            ..Default::default()
        });
        trades.extend(pick(&of.trades, n).map(|trade| worker_trade::ActiveModel {
            id: Set(ctx.new_id()),
            worker_id: Set(id),
            trade: Set(trade.clone()),
            position: Set(1),
        }));
    }
    citizen::Entity::insert_many(citizens).exec_without_returning(tx).await?;
    worker::Entity::insert_many(rows).exec_without_returning(tx).await?;
    worker_trade::Entity::insert_many(trades).exec_without_returning(tx).await?;
    Ok(())
}

async fn parties(tx: &Tx, ring: &KeyRing, of: &MadeUp) -> Result<Vec<Uuid>, Fault> {
    let (ctx, now, today) = (tx.ctx(), tx.ctx().now(), tx.ctx().today());
    let (mut ids, mut rows) = (Vec::new(), Vec::new());
    for n in 0..of.parties {
        let id = ctx.new_id();
        let (name, phone) = (Pii::new(name(n)), Pii::new(format!("+86139{n:08}")));
        let county = pick(&of.counties, n).cloned().unwrap_or_default();
        ids.push(id);
        rows.push(hiring_party::ActiveModel {
            id: Set(id),
            version: Set(1),
            kind: Set("INDIVIDUAL_BUSINESS".to_owned()),
            status: Set("VERIFIED".to_owned()),
            status_reason: Set(None),
            display_name: Set(format!("样本用工单位{n:05}")),
            name: Set(None),
            uscc: Set(None),
            citizen_id: Set(None),
            contact_name: Set(ring.seal("hiring_party", "contact_name", id, &name)?),
            contact_phone: Set(ring.seal("hiring_party", "contact_phone", id, &phone)?),
            contact_index: Set(ring.blind("phone", &phone)),
            county: Set(county),
            address: Set(None),
            market_id: Set(None),
            agency_id: Set(None),
            registered_by: Set(None),
            fast_lane: Set(true),
            fast_lane_lost_until: Set(None),
            verified_on: Set(Some(today)),
            verified_by: Set(None),
            rechecked_on: Set(None),
            pledge_version: Set(Some("2026-1".to_owned())),
            pledged_at: Set(Some(now)),
            last_confirmed_at: Set(now),
            created_at: Set(now),
            updated_at: Set(now),
        });
    }
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<_> = rows.by_ref().take(AT_ONCE as usize).collect();
        hiring_party::Entity::insert_many(some).exec_without_returning(tx).await?;
    }
    Ok(ids)
}
