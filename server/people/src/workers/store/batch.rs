//! What belongs to the workers of one answer (成批读取): each table is asked once for all of them.

use std::collections::HashMap;
use std::sync::Arc;

use entities::{citizen, worker, worker_trade};
use kernel::checks::CitizenId;
use kernel::{Ctx, Fault, places};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::load;
use super::visible::Within;
use crate::citizens::store as citizens;
use crate::workers::policy;
use crate::workers::rows::{worker_certificate, worker_difficulty, worker_profile};

type Grouped<T> = HashMap<Uuid, Vec<T>>;

/// The workers of one answer, and what was read of them.
#[derive(Debug)]
pub(crate) struct Batch {
    ids: Vec<Uuid>,
    people: Vec<Uuid>,
    markets: Vec<Uuid>,
    citizens: OnceCell<HashMap<Uuid, citizen::Model>>,
    trades: OnceCell<Grouped<String>>,
    profiles: OnceCell<HashMap<Uuid, worker_profile::Model>>,
    certificates: OnceCell<Grouped<worker_certificate::Model>>,
    difficulties: OnceCell<Grouped<worker_difficulty::Model>>,
    sees_difficulty: OnceCell<Within>,
    names: OnceCell<HashMap<Uuid, String>>,
}

impl Batch {
    /// Of these.
    pub(crate) fn new(rows: &[worker::Model]) -> Arc<Self> {
        let mut markets: Vec<Uuid> = rows.iter().filter_map(|row| row.market_id).collect();
        markets.sort_unstable();
        markets.dedup();
        Arc::new(Self {
            ids: rows.iter().map(|row| row.id).collect(),
            people: rows.iter().map(|row| row.citizen_id).collect(),
            markets,
            citizens: OnceCell::new(),
            trades: OnceCell::new(),
            profiles: OnceCell::new(),
            certificates: OnceCell::new(),
            difficulties: OnceCell::new(),
            sees_difficulty: OnceCell::new(),
            names: OnceCell::new(),
        })
    }

    /// Who a worker is.
    pub(crate) async fn citizen(&self, ctx: &Ctx, row: &worker::Model) -> Result<&citizen::Model, Fault> {
        let read = || async {
            let rows = citizen::Entity::find().filter(citizen::Column::Id.is_in(self.people.iter().copied()));
            let rows = rows.all(&ctx.scope()).await?;
            Ok::<_, Fault>(rows.into_iter().map(|row| (row.id, row)).collect())
        };
        self.citizens.get_or_try_init(read).await?.get(&row.citizen_id).ok_or(Fault::NotFound)
    }

    /// The citizen number of a worker, read.
    pub(crate) async fn id_number(&self, ctx: &Ctx, row: &worker::Model) -> Result<Option<CitizenId>, Fault> {
        load::id_of(ctx, self.citizen(ctx, row).await?).await
    }

    /// A sealed value of whoever a worker is, masked.
    pub(crate) async fn masked(
        &self,
        ctx: &Ctx,
        row: &worker::Model,
        column: &str,
        mask: kernel::Mask,
    ) -> Result<Option<String>, Fault> {
        let citizen = self.citizen(ctx, row).await?;
        let sealed = if column == "phone" { citizen.phone.as_deref() } else { citizen.id_number.as_deref() };
        let value = citizens::open(ctx.keys().await?.as_ref(), citizen.id, column, sealed)?;
        Ok(value.map(|value| value.masked(mask)))
    }

    /// The trades of a worker, the one wanted most first.
    pub(crate) async fn trades(&self, ctx: &Ctx, worker: Uuid) -> Result<&[String], Fault> {
        let read = || async {
            let rows = worker_trade::Entity::find()
                .filter(worker_trade::Column::WorkerId.is_in(self.ids.iter().copied()))
                .order_by_asc(worker_trade::Column::Position)
                .all(&ctx.scope())
                .await?;
            Ok::<_, Fault>(grouped(rows.into_iter().map(|row| (row.worker_id, row.trade))))
        };
        Ok(of(self.trades.get_or_try_init(read).await?, worker))
    }

    /// What only this chapter asks about a worker.
    pub(crate) async fn profile(&self, ctx: &Ctx, worker: Uuid) -> Result<Option<&worker_profile::Model>, Fault> {
        let read = || async {
            let rows = worker_profile::Entity::find()
                .filter(worker_profile::Column::WorkerId.is_in(self.ids.iter().copied()))
                .all(&ctx.scope())
                .await?;
            Ok::<_, Fault>(rows.into_iter().map(|row| (row.worker_id, row)).collect())
        };
        Ok(self.profiles.get_or_try_init(read).await?.get(&worker))
    }

    /// The certificates of a worker.
    pub(crate) async fn certificates(&self, ctx: &Ctx, worker: Uuid) -> Result<&[worker_certificate::Model], Fault> {
        let read = || async {
            let rows = worker_certificate::Entity::find()
                .filter(worker_certificate::Column::WorkerId.is_in(self.ids.iter().copied()))
                .order_by_asc(worker_certificate::Column::Trade)
                .all(&ctx.scope())
                .await?;
            Ok::<_, Fault>(grouped(rows.into_iter().map(|row| (row.worker_id, row))))
        };
        Ok(of(self.certificates.get_or_try_init(read).await?, worker))
    }

    /// What is written down of a worker's hardship, for whoever may see it; nothing for everybody else.
    pub(crate) async fn difficulties(
        &self,
        ctx: &Ctx,
        row: &worker::Model,
    ) -> Result<Option<&[worker_difficulty::Model]>, Fault> {
        let sees = self.sees_difficulty.get_or_try_init(|| Within::or_nothing(ctx, &policy::DIFFICULTY)).await?;
        if !sees.holds(row) {
            return Ok(None);
        }
        let read = || async {
            let rows = worker_difficulty::Entity::find()
                .filter(worker_difficulty::Column::WorkerId.is_in(self.ids.iter().copied()))
                .order_by_asc(worker_difficulty::Column::Id)
                .all(&ctx.scope())
                .await?;
            Ok::<_, Fault>(grouped(rows.into_iter().map(|row| (row.worker_id, row))))
        };
        Ok(Some(of(self.difficulties.get_or_try_init(read).await?, row.id)))
    }

    /// What the market that registered a worker is called.
    pub(crate) async fn market_name(&self, ctx: &Ctx, market: Uuid) -> Result<Option<String>, Fault> {
        let read = || places::names(ctx, "Market", self.markets.clone());
        Ok(self.names.get_or_try_init(read).await?.get(&market).cloned())
    }
}

fn grouped<T>(rows: impl Iterator<Item = (Uuid, T)>) -> Grouped<T> {
    let mut grouped: Grouped<T> = HashMap::new();
    for (worker, row) in rows {
        grouped.entry(worker).or_default().push(row);
    }
    grouped
}

fn of<T>(grouped: &Grouped<T>, worker: Uuid) -> &[T] {
    grouped.get(&worker).map(Vec::as_slice).unwrap_or_default()
}
