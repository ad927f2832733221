//! Taking a place (抢单): an application that is confirmed at once – who, what, until when, how old, which certificate, what else at
//! these hours – with its slip, audit entry and event, against the bare update of the shift and insert of the engagement; both
//! in one transaction, synced to disk. Every place of a posting is taken in turn, the last one too, which fills the posting.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, Utc};
use entities::worker;
use hiring::engagements::operations::apply::{ApplyForShift, apply_for_shift};
use hiring::kinds::PostingStatus;
use hiring::rows::{posting, shift};
use kernel::clock::{Clock as _, SystemClock, new_id};
use kernel::ctx::CitizenActor;
use kernel::trades::Trades;
use kernel::{Actor, Kernel, Lang, Outcome, Stop};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use crate::Result;
use crate::place::{CITY, Place};
use crate::report::{Report, Target};
use crate::writes::{Work, bare_database, bare_file, compare, people, work};

const TAKE: &str = "UPDATE shift SET taken = taken + 1 WHERE id = $1 AND open AND taken + 1 <= headcount";
const ENTER: &str = "INSERT INTO engagement (id, version, posting_id, shift_id, worker_id, party_id, market_id, status, starts_at, \
                     ends_at, entered_by, age_band, wage_fen, wage_unit, pay_day, applied_at, confirmed_at, late, arrival_tries, \
                     agreed_fen) VALUES ($1, 1, $2, $3, $4, $5, $6, 'CONFIRMED', $7, $8, 'WORKER', 'ADULT', $9, 'DAY', \
                     'ON_COMPLETION', $10, $10, false, 0, $9)";

/// A shift with places.
#[derive(Clone, Copy, Debug)]
struct Seat {
    shift: Uuid,
    posting: Uuid,
    party: Uuid,
    market: Option<Uuid>,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    wage_fen: i64,
    places: i32,
}

/// Who takes places, and of what: each worker one, each shift one after the other.
struct Hall {
    /// One per place, the first places of all shifts first.
    seats: Vec<Seat>,
    /// The citizen and the worker it is.
    workers: Vec<(Uuid, Uuid)>,
    next: AtomicUsize,
}

impl Hall {
    async fn open(kernel: &Arc<Kernel>) -> Result<Self> {
        let ctx = kernel.ctx(CITY, Actor::System("bench"), Lang::Zh).await?;
        let workers = worker::Entity::find()
            .select_only()
            .columns([worker::Column::CitizenId, worker::Column::Id])
            .order_by_asc(worker::Column::Id)
            .into_tuple()
            .all(&ctx.scope())
            .await?;
        let shifts = shift::Entity::find().filter(shift::Column::Taken.eq(0)).all(&ctx.scope()).await?;
        let mut shifts: HashMap<Uuid, shift::Model> = shifts.into_iter().map(|row| (row.posting_id, row)).collect();
        let postings = posting::Entity::find()
            .filter(posting::Column::Instant.eq(true))
            .filter(posting::Column::Status.eq(PostingStatus::Published))
            .order_by_asc(posting::Column::Id)
            .all(&ctx.scope())
            .await?;
        let own = postings.iter().filter(|row| !Trades::standard().needs_certificate(&row.trade));
        let own: Vec<Seat> = own.filter_map(|row| Some(seat(row, &shifts.remove(&row.id)?))).collect();
        let most = own.iter().map(|seat| seat.places).max().unwrap_or_default();
        let seats = (0..most).flat_map(|n| own.iter().filter(move |seat| n < seat.places).copied()).collect();
        Ok(Self { seats, workers, next: AtomicUsize::new(0) })
    }

    /// A place that nobody has, and somebody who has none.
    fn next(&self) -> Result<(Seat, (Uuid, Uuid))> {
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        let both = self.seats.get(n).copied().zip(self.workers.get(n).copied());
        both.ok_or_else(|| format!("all {n} places are taken; seed more postings or workers").into())
    }
}

fn seat(row: &posting::Model, own: &shift::Model) -> Seat {
    Seat {
        shift: own.id,
        posting: row.id,
        party: row.party_id,
        market: row.market_id,
        starts_at: own.starts_at,
        ends_at: own.ends_at,
        wage_fen: row.wage_fen,
        places: own.headcount,
    }
}

/// Measures taking a place in a city full of postings.
pub(crate) async fn measure(place: &Place, report: &mut Report) -> Result<()> {
    // Its events would be work for the server of the next run: that one begins with a city made anew.
    std::fs::remove_file(place.dir.join("tables"))?;
    let sqlite = place.url.is_none();
    let mut hall = None;
    for (clients, least) in if sqlite { vec![(1, 0.6)] } else { vec![(1, 0.8), (16, 0.5)] } {
        let connections = if sqlite { 1 } else { u32::try_from(clients)? };
        let kernel = place.kernel(connections.max(2))?;
        let hall = match &hall {
            Some(hall) => Arc::clone(hall),
            None => Arc::clone(hall.insert(Arc::new(Hall::open(&kernel).await?))),
        };
        let (ours, bare) = (ours(&kernel, &hall), bare(place, connections, &hall).await?);
        let what =
            format!("a place taken, with all checks, slip, audit, outbox; {}: places/s by hand", people(clients));
        compare(&what, place.back, (&ours, &bare, clients), Target::AtLeast(least), report).await?;
        kernel.store.close(CITY).await?;
    }
    Ok(())
}

/// An application as a worker makes it.
fn ours(kernel: &Arc<Kernel>, hall: &Arc<Hall>) -> Work {
    let (kernel, hall) = (Arc::clone(kernel), Arc::clone(hall));
    work(move || {
        let (kernel, hall) = (Arc::clone(&kernel), Arc::clone(&hall));
        async move {
            let (seat, (citizen, _)) = hall.next()?;
            let actor = Actor::Citizen(CitizenActor { id: citizen, session: Uuid::nil() });
            let ctx = kernel.ctx(CITY, actor, Lang::Zh).await?;
            let done: Result<Outcome, Stop<ApplyForShift>> = apply_for_shift(&ctx, seat.shift, false, None).await;
            done.map(|_| ()).map_err(|stop| format!("no place: {stop:?}").into())
        }
    })
}

/// The statements alone, the same on both back ends.
macro_rules! take {
    ($tx:expr, $hall:expr) => {{
        let (seat, (_, worker)) = $hall.next()?;
        let now = SystemClock.now();
        if sqlx::query(TAKE).bind(seat.shift).execute(&mut $tx).await?.rows_affected() != 1 {
            return Err("a place that was free is taken".into());
        }
        sqlx::query(ENTER)
            .bind(new_id(now))
            .bind(seat.posting)
            .bind(seat.shift)
            .bind(worker)
            .bind(seat.party)
            .bind(seat.market)
            .bind(seat.starts_at)
            .bind(seat.ends_at)
            .bind(seat.wage_fen)
            .bind(now)
            .execute(&mut $tx)
            .await?;
    }};
}

/// The bare update and insert, with so many connections.
async fn bare(place: &Place, connections: u32, hall: &Arc<Hall>) -> Result<Work> {
    let hall = Arc::clone(hall);
    match &place.url {
        None => {
            let pool = bare_file(place).await?;
            Ok(work(move || {
                let (pool, hall) = (pool.clone(), Arc::clone(&hall));
                async move {
                    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
                    take!(*tx, hall);
                    Ok(tx.commit().await?)
                }
            }))
        }
        Some(url) => {
            let pool = bare_database(place, url, connections).await?;
            Ok(work(move || {
                let (pool, hall) = (pool.clone(), Arc::clone(&hall));
                async move {
                    let mut tx = pool.begin().await?;
                    take!(*tx, hall);
                    Ok(tx.commit().await?)
                }
            }))
        }
    }
}
