//! Writing a worker with what belongs to it.

use chrono::{DateTime, Duration, Utc};
use entities::{worker, worker_trade};
use kernel::{Fault, Pii, Tx, blob};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set,
};
use uuid::Uuid;

use crate::workers::events::WorkerClosed;
use crate::workers::kinds::FemaleWorkerKind;
use crate::workers::rows::{worker_certificate, worker_difficulty, worker_profile};

/// Sets the trades of a worker, the one wanted most first.
pub(crate) async fn set_trades(tx: &Tx, worker: Uuid, trades: &[String]) -> Result<(), Fault> {
    worker_trade::Entity::delete_many().filter(worker_trade::Column::WorkerId.eq(worker)).exec(tx).await?;
    let rows = trades.iter().zip(1..).map(|(trade, position)| worker_trade::ActiveModel {
        id: Set(tx.ctx().new_id()),
        worker_id: Set(worker),
        trade: Set(trade.clone()),
        position: Set(position),
    });
    worker_trade::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

/// Writes down which post a woman last had; nothing keeps what is known.
pub(crate) async fn set_profile(tx: &Tx, worker: Uuid, kind: Option<FemaleWorkerKind>) -> Result<(), Fault> {
    let row = worker_profile::ActiveModel {
        worker_id: Set(worker),
        retirement_kind: Set(kind.map(|kind| kind.name().to_owned())),
        asked_at: Set(None),
    };
    let mut keep = OnConflict::column(worker_profile::Column::WorkerId);
    match kind {
        Some(_) => keep.update_column(worker_profile::Column::RetirementKind),
        None => keep.update_column(worker_profile::Column::WorkerId),
    };
    worker_profile::Entity::insert(row).on_conflict(keep).exec_without_returning(tx).await?;
    Ok(())
}

/// A certificate to be kept: trade, number and last day.
pub(crate) struct Certificate {
    /// The trade.
    pub(crate) trade: String,
    /// Its number.
    pub(crate) number: Pii<String>,
    /// The last day on which it is valid.
    pub(crate) valid_until: chrono::NaiveDate,
}

/// Keeps a certificate in place of an earlier one for the same trade; whoever vouched for that one did not for this. Its id.
pub(crate) async fn set_certificate(tx: &Tx, worker: Uuid, certificate: &Certificate) -> Result<Uuid, Fault> {
    let of_trade = worker_certificate::Entity::delete_many()
        .filter(worker_certificate::Column::WorkerId.eq(worker))
        .filter(worker_certificate::Column::Trade.eq(certificate.trade.as_str()));
    of_trade.exec(tx).await?;
    let ctx = tx.ctx();
    let id = ctx.new_id();
    let row = worker_certificate::ActiveModel {
        id: Set(id),
        worker_id: Set(worker),
        trade: Set(certificate.trade.clone()),
        number: Set(ctx.keys().await?.seal("worker_certificate", "number", id, &certificate.number)?),
        valid_until: Set(certificate.valid_until),
        verified_at: Set(None),
        verified_by: Set(None),
        created_at: Set(ctx.now()),
    };
    worker_certificate::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(id)
}

/// Something of a worker changed: it counts one change more.
pub(crate) async fn touch(tx: &Tx, row: &worker::Model) -> Result<(), Fault> {
    let changed = worker::ActiveModel {
        id: Set(row.id),
        version: Set(row.version + 1),
        updated_at: Set(tx.ctx().now()),
        ..Default::default()
    };
    changed.update(tx).await?;
    Ok(())
}

/// Until when somebody counts as looking who says so now.
pub(crate) fn looking_until(now: DateTime<Utc>, days: i32) -> DateTime<Utc> {
    now + Duration::days(days.into())
}

/// Somebody said that it looks for work until then, or not any more.
pub(crate) async fn set_looking(tx: &Tx, row: &worker::Model, until: Option<DateTime<Utc>>) -> Result<(), Fault> {
    let now = tx.ctx().now();
    let changed = worker::ActiveModel {
        id: Set(row.id),
        version: Set(row.version + 1),
        looking_until: Set(until),
        last_confirmed_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    changed.update(tx).await?;
    worker_profile::Entity::update_many()
        .col_expr(worker_profile::Column::AskedAt, Expr::value(Option::<DateTime<Utc>>::None))
        .filter(worker_profile::Column::WorkerId.eq(row.id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Closes a registration: what it wanted goes with it; who it was stays with the citizen.
pub(crate) async fn close(tx: &Tx, row: &worker::Model) -> Result<(), Fault> {
    let changed = worker::ActiveModel {
        id: Set(row.id),
        version: Set(row.version + 1),
        status: Set("CLOSED".to_owned()),
        looking_until: Set(None),
        lat: Set(None),
        lng: Set(None),
        over_age_from: Set(None),
        updated_at: Set(tx.ctx().now()),
        ..Default::default()
    };
    changed.update(tx).await?;
    tx.announce(&WorkerClosed { worker: row.id })
}

/// Forgets what is written down of hardship, all of it or what rests on one consent, with its scans; how many.
pub(crate) async fn forget_difficulties(tx: &Tx, worker: Uuid, consent: Option<Uuid>) -> Result<u64, Fault> {
    let of_worker = Condition::all()
        .add(worker_difficulty::Column::WorkerId.eq(worker))
        .add_option(consent.map(|consent| worker_difficulty::Column::ConsentId.eq(consent)));
    let scans: Vec<Option<Uuid>> = worker_difficulty::Entity::find()
        .select_only()
        .column(worker_difficulty::Column::Evidence)
        .filter(of_worker.clone())
        .into_tuple()
        .all(tx)
        .await?;
    blob::discard(tx, &scans.into_iter().flatten().collect::<Vec<_>>()).await?;
    Ok(worker_difficulty::Entity::delete_many().filter(of_worker).exec(tx).await?.rows_affected)
}
