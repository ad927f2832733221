//! The province's decision arrives at the city (送达市级): a listener of the platform's outbox writes it into the city's
//! return. Idempotent: it acts only on the version that was decided upon, while that version is submitted.

use kernel::{Actor, Ctx, Fault, Lang, Never, Stop, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

use crate::events::ReturnDecided;
use crate::rows::{directory_return, platform_return};
use crate::rules::returns::ReturnStatus;
use crate::{mail, policy, records};

/// Brings a decision to its city. `ctx` is the platform's.
pub async fn deliver_decision(ctx: Ctx, event: ReturnDecided) -> Result<(), Fault> {
    let Some(decided) = platform_return::Entity::find_by_id(event.id).one(&ctx.scope()).await? else { return Ok(()) };
    // The city can hand in again only once it knows, so the reason still stands beside the decided version.
    if decided.snapshot_id != event.snapshot || decided.decision_delivered_at.is_some() {
        return Ok(());
    }
    let reason = decided.returned_reason.filter(|_| !event.accepted);
    let city = ctx.kernel().ctx(&event.city, Actor::System("province"), Lang::Zh).await?;
    let decision = event.clone();
    let told: Result<(), Stop<Never>> =
        city.transact(&policy::DECIDE, |tx| async move { Ok(tell_city(&tx, &decision, reason).await?) }).await;
    told.map_err(Stop::into_fault)?;
    let noted: Result<(), Stop<Never>> = ctx
        .transact(&policy::PROVINCE_RECEIVE, |tx| async move {
            tx.about("ProvinceReturn", event.id);
            platform_return::Entity::update_many()
                .col_expr(platform_return::Column::DecisionDeliveredAt, Expr::value(tx.ctx().now()))
                .filter(platform_return::Column::Id.eq(event.id))
                .filter(platform_return::Column::SnapshotId.eq(event.snapshot))
                .exec(&tx)
                .await?;
            Ok(())
        })
        .await;
    noted.map_err(Stop::into_fault)
}

async fn tell_city(tx: &Tx, event: &ReturnDecided, reason: Option<String>) -> Result<(), Fault> {
    let Some(row) = records::load(tx, event.year).await? else { return Ok(()) };
    tx.about("DirectoryReturn", row.id);
    tx.note("year", event.year);
    tx.note("versionNo", event.version_no);
    let standing = records::standing(&row)?;
    if row.snapshot_id != Some(event.snapshot) || standing.status != ReturnStatus::Submitted {
        tx.note("replayed", true);
        return Ok(());
    }
    let (status, kind) =
        if event.accepted { (ReturnStatus::Accepted, "ACCEPTED") } else { (ReturnStatus::Returned, "RETURNED") };
    let change = directory_return::ActiveModel {
        status: Set(status.name().to_owned()),
        decided_at: Set(Some(tx.ctx().now())),
        returned_reason: Set(reason.clone()),
        ..Default::default()
    };
    if !records::change(tx, &row, change).await? {
        // Somebody wrote between our read and our write: the delivery is tried again.
        return Err(Fault::internal("bring a decision to the city: the return has just changed"));
    }
    records::log(tx, row.id, kind, event.version_no, reason.clone()).await?;
    for officer in mail::officers(tx, mail::FILER_ROLE).await? {
        tx.mail(mail::decided(&officer, event.year, event.version_no, reason.as_deref())).await?;
    }
    Ok(())
}
