//! What is held about workers (个人信息): shown for a reason, handed out, erased.

use entities::{worker, worker_trade};
use kernel::gql::moment;
use kernel::personal::{CitizenPerson, PersonalField, Piece, Shown};
use kernel::{Ctx, Fault, Pii, Text, Tx};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use crate::citizens::personal::texts;
use crate::citizens::store as citizens;
use crate::workers::rows::{worker_certificate, worker_difficulty, worker_profile};
use crate::workers::store::{load, save, visible};

/// Shows a value, to whoever may see the worker and may see that.
pub(crate) async fn reveal(tx: &Tx, shown: &Shown, id: Uuid) -> Result<Pii<String>, Fault> {
    if shown.kind == "WorkerCertificate" {
        let row = worker_certificate::Entity::find_by_id(id).one(tx).await?.ok_or(Fault::NotFound)?;
        let worker = visible::load(tx.ctx(), row.worker_id).await?;
        visible::authorise(tx.ctx(), shown.action, &worker).await?;
        return tx.ctx().keys().await?.open("worker_certificate", "number", id, &row.number);
    }
    let worker = visible::load(tx.ctx(), id).await?;
    visible::authorise(tx.ctx(), shown.action, &worker).await?;
    let person = citizens::person(tx.ctx(), &citizens::citizen(tx, worker.citizen_id).await?).await?;
    let value = match shown.field {
        PersonalField::Name => person.name,
        PersonalField::Phone => person.phone,
        _ => person.id_number,
    };
    value.ok_or(Fault::NotFound)
}

/// Everything held about a citizen as a worker.
pub(crate) async fn held(ctx: &Ctx, person: &CitizenPerson) -> Result<Vec<Piece>, Fault> {
    let scope = ctx.scope();
    let Some(row) = load::of_citizen(&scope, person.citizen).await? else { return Ok(Vec::new()) };
    let trades = load::trades(&scope, row.id).await?;
    let profile = load::profile(&scope, row.id).await?;
    let mut pieces = vec![registration(ctx, &row, &trades, profile)];
    let ring = ctx.keys().await?;
    let of_worker = worker_certificate::Entity::find()
        .filter(worker_certificate::Column::WorkerId.eq(row.id))
        .order_by_asc(worker_certificate::Column::Id);
    for certificate in of_worker.all(&scope).await? {
        let number = ring.open("worker_certificate", "number", certificate.id, &certificate.number)?;
        let mut values = vec![("number", number)];
        values.extend(texts([
            ("trade", Some(certificate.trade)),
            ("validUntil", Some(certificate.valid_until.to_string())),
        ]));
        pieces.push(Piece { title: Text::new("特种作业操作证", "Certificate"), values, kept: None });
    }
    let of_worker = worker_difficulty::Entity::find()
        .filter(worker_difficulty::Column::WorkerId.eq(row.id))
        .order_by_asc(worker_difficulty::Column::Id);
    for difficulty in of_worker.all(&scope).await? {
        let mut values = vec![("kind", ring.open("worker_difficulty", "kind", difficulty.id, &difficulty.kind)?)];
        if let Some(office) = &difficulty.certified_by {
            values.push(("certifiedBy", ring.open("worker_difficulty", "certified_by", difficulty.id, office)?));
        }
        values.extend(texts([
            ("basis", Some(difficulty.basis)),
            ("certifiedOn", difficulty.certified_on.map(|day| day.to_string())),
            ("validUntil", difficulty.valid_until.map(|day| day.to_string())),
        ]));
        pieces.push(Piece { title: Text::new("困难情形", "Hardship"), values, kept: None });
    }
    Ok(pieces)
}

fn registration(ctx: &Ctx, row: &worker::Model, trades: &[String], profile: Option<worker_profile::Model>) -> Piece {
    let point = row.lat.zip(row.lng).map(|(lat, lng)| format!("GCJ02 {lat},{lng}"));
    Piece {
        title: Text::new("求职登记", "Registration as a worker"),
        values: texts([
            ("status", Some(row.status.clone())),
            ("source", Some(row.source.clone())),
            ("market", row.market_id.map(|id| ctx.gid("Market", id).to_string())),
            ("county", Some(row.county.clone())),
            ("point", point),
            ("radiusKm", Some(row.radius_km.to_string())),
            ("trades", Some(trades.join(","))),
            ("ageBand", Some(row.age_band.clone())),
            ("overAgeFrom", row.over_age_from.map(|month| month.to_string())),
            ("retirementKind", profile.and_then(|profile| profile.retirement_kind)),
            ("points", Some(row.points.to_string())),
            ("createdAt", Some(moment(row.created_at).to_rfc3339())),
            ("lastConfirmedAt", Some(moment(row.last_confirmed_at).to_rfc3339())),
        ]),
        kept: None,
    }
}

/// Lets go of everything about a citizen as a worker.
pub(crate) async fn erase(tx: &Tx, person: &CitizenPerson) -> Result<u64, Fault> {
    let Some(row) = load::of_citizen(tx, person.citizen).await? else { return Ok(0) };
    let id = row.id;
    let mut rows = save::forget_difficulties(tx, id, None).await?;
    for gone in [
        worker_certificate::Entity::delete_many().filter(worker_certificate::Column::WorkerId.eq(id)).exec(tx).await?,
        worker_profile::Entity::delete_many().filter(worker_profile::Column::WorkerId.eq(id)).exec(tx).await?,
        worker_trade::Entity::delete_many().filter(worker_trade::Column::WorkerId.eq(id)).exec(tx).await?,
        worker::Entity::delete_many().filter(worker::Column::Id.eq(id)).exec(tx).await?,
    ] {
        rows += gone.rows_affected;
    }
    Ok(rows)
}
