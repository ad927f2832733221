//! What a city handed in arrives at the province (送达省级): a listener of the city's outbox copies the frozen rows into
//! the platform's store. Idempotent by the name of the snapshot: a city that was set up anew or restored counts its versions
//! from 1 again, and is heard all the same; an older snapshot never replaces a newer one.

use chrono::NaiveDate;
use entities::tenant;
use kernel::clock::day_of;
use kernel::{Ctx, Fault, Lang, Never, Pii, Stop, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};
use uuid::Uuid;

use crate::events::ReturnSubmitted;
use crate::queries::city::Filer;
use crate::rows::{directory_return, platform_return, platform_return_row, return_row};
use crate::rules::calendar::city_due_on;
use crate::rules::province::is_news;
use crate::rules::returns::ReturnStatus;
use crate::{mail, policy, queries, records};

/// A snapshot on its way, opened from the city's keys (在途填报).
struct Parcel {
    city: String,
    row: directory_return::Model,
    filer: Filer,
    lines: Vec<return_row::Model>,
    snapshot: Uuid,
    due_on: NaiveDate,
}

/// Delivers a submitted return.
pub async fn deliver_return(ctx: Ctx, event: ReturnSubmitted) -> Result<(), Fault> {
    let Some(row) = records::load(&ctx.scope(), event.year).await? else { return Ok(()) };
    // A later snapshot exists only after the province returned this one: it was delivered then.
    if row.snapshot_id != Some(event.snapshot) || row.delivered_at.is_some() {
        return Ok(());
    }
    let filer = queries::city::filer(&ctx, &row).await?.unwrap_or_default();
    let lines = records::lines(&ctx.scope(), row.id, row.version_no).await?;
    let first = records::first_report(&ctx.scope()).await?.due_on;
    let due_on = city_due_on(row.year, first).unwrap_or_else(|| day_of(ctx.now()));
    let parcel = Parcel { city: ctx.tenant().code.clone(), row, filer, lines, snapshot: event.snapshot, due_on };
    let platform = ctx.kernel().platform_ctx().await?;
    let received: Result<(), Stop<Never>> =
        platform.transact(&policy::PROVINCE_RECEIVE, |tx| async move { Ok(receive(&tx, parcel).await?) }).await;
    received.map_err(Stop::into_fault)?;
    let noted: Result<(), Stop<Never>> =
        ctx.transact(&policy::DELIVER, |tx| async move { Ok(note_delivery(&tx, &event).await?) }).await;
    noted.map_err(Stop::into_fault)
}

async fn receive(tx: &Tx, parcel: Parcel) -> Result<(), Fault> {
    let known = platform_return::Entity::find()
        .filter(platform_return::Column::City.eq(parcel.city.as_str()))
        .filter(platform_return::Column::Year.eq(parcel.row.year))
        .one(tx)
        .await?;
    tx.note("city", parcel.city.as_str());
    tx.note("year", parcel.row.year);
    tx.note("versionNo", parcel.row.version_no);
    let submitted_at = parcel.row.submitted_at.unwrap_or(tx.ctx().now());
    let before = known.as_ref().map(|known| (known.snapshot_id, known.submitted_at));
    if !is_news(before, (parcel.snapshot, submitted_at)) {
        tx.note("replayed", true);
        return Ok(());
    }
    let id = known.as_ref().map_or_else(|| tx.ctx().new_id(), |known| known.id);
    tx.about("ProvinceReturn", id);
    let receipt_no = known.as_ref().map_or(1, |known| known.receipt_no + 1);
    let row = sealed(tx, id, &parcel, known.as_ref()).await?;
    match known {
        None => platform_return::Entity::insert(row).exec_without_returning(tx).await.map(|_| ())?,
        Some(known) => {
            platform_return::Entity::update_many()
                .set(platform_return::ActiveModel { id: sea_orm::ActiveValue::NotSet, ..row })
                .filter(platform_return::Column::Id.eq(known.id))
                .exec(tx)
                .await?;
            // Tombstones: rows of the versions before are kept as proof and shown no more.
            platform_return_row::Entity::update_many()
                .col_expr(platform_return_row::Column::SupersededAt, Expr::value(tx.ctx().now()))
                .filter(platform_return_row::Column::ReturnId.eq(known.id))
                .filter(platform_return_row::Column::SupersededAt.is_null())
                .exec(tx)
                .await?;
        }
    }
    records::keep_received(tx, id, receipt_no, parcel.lines).await?;
    tell_province(tx, &parcel.city, parcel.row.year, parcel.row.version_no).await
}

/// The province's copy, sealed with the province's keys.
async fn sealed(
    tx: &Tx,
    id: Uuid,
    parcel: &Parcel,
    known: Option<&platform_return::Model>,
) -> Result<platform_return::ActiveModel, Fault> {
    let ctx = tx.ctx();
    let ring = ctx.keys().await?;
    let seal = |column: &str, text: &Pii<String>| ring.seal("platform_return", column, id, text);
    let submitted_at = parcel.row.submitted_at.unwrap_or(ctx.now());
    Ok(platform_return::ActiveModel {
        id: Set(id),
        city: Set(parcel.city.clone()),
        year: Set(parcel.row.year),
        status: Set(ReturnStatus::Submitted.name().to_owned()),
        version_no: Set(parcel.row.version_no),
        row_count: Set(parcel.row.row_count),
        filer: Set(seal("filer", &parcel.filer.name)?),
        filer_phone: Set(seal("filer_phone", &parcel.filer.phone)?),
        first_submitted_at: Set(known.map_or(submitted_at, |known| known.first_submitted_at)),
        submitted_at: Set(submitted_at),
        received_at: Set(ctx.now()),
        decided_at: Set(None),
        decision_delivered_at: Set(None),
        returned_reason: Set(None),
        snapshot_id: Set(parcel.snapshot),
        receipt_no: Set(known.map_or(1, |known| known.receipt_no + 1)),
        due_on: Set(parcel.due_on),
        version: Set(known.map_or(1, |known| known.version + 1)),
    })
}

async fn tell_province(tx: &Tx, city: &str, year: i32, version_no: i32) -> Result<(), Fault> {
    let Some(city) = tenant::Entity::find_by_id(city).one(tx).await? else { return Ok(()) };
    for officer in mail::officers(tx, "province_officer").await? {
        let name = if officer.lang == Lang::En { &city.name_en } else { &city.name_zh };
        tx.mail(mail::received(&officer, name, year, version_no)).await?;
    }
    Ok(())
}

/// The city knows that its return arrived.
async fn note_delivery(tx: &Tx, event: &ReturnSubmitted) -> Result<(), Fault> {
    tx.about("DirectoryReturn", event.return_id);
    let now = tx.ctx().now();
    let noted = directory_return::Entity::update_many()
        .col_expr(directory_return::Column::DeliveredAt, Expr::value(now))
        .filter(directory_return::Column::Id.eq(event.return_id))
        .filter(directory_return::Column::SnapshotId.eq(event.snapshot))
        .filter(directory_return::Column::DeliveredAt.is_null())
        .exec(tx)
        .await?;
    if noted.rows_affected == 1 {
        records::log(tx, event.return_id, "DELIVERED", event.version_no, None).await?;
    }
    Ok(())
}
