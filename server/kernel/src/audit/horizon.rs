//! The horizon (保存界限): up to where entries were removed after their time, signed, and what stays linked to it.
//!
//! The newest one counts, and only under a key of today: when the root key is replaced it is signed anew, so that whoever
//! gets hold of the old key later cannot pass off what he deleted as removed after its time.

use data_encoding::HEXLOWER;
use entities::audit_horizon;
use sea_orm::{EntityTrait as _, QueryOrder as _, Set};
use serde_json::{Value, json};

use super::checkpoint::{append, lines};
use super::signers::{Signers, key_id};
use super::verify::Broken;
use crate::crypto::{join, sign};
use crate::ctx::Ctx;
use crate::fault::Fault;
use crate::keys::RootKey;

/// What is signed.
fn message(tenant: &str, row: &audit_horizon::Model) -> Vec<u8> {
    join(&[
        b"yizhan-horizon-1",
        tenant.as_bytes(),
        &row.seq.to_be_bytes(),
        &row.hash,
        &row.entries.to_be_bytes(),
        &row.older_than.timestamp_micros().to_be_bytes(),
        &row.kept_months.to_be_bytes(),
        row.reason.as_bytes(),
        &row.removed_at.timestamp_micros().to_be_bytes(),
    ])
}

/// The same horizon, signed under `root`.
pub(super) fn signed(root: &RootKey, tenant: &str, mut row: audit_horizon::Model) -> audit_horizon::Model {
    let seed = root.checkpoint_seed(tenant);
    row.signature = sign::sign(&seed, &message(tenant, &row)).to_vec();
    row.key_id = key_id(&sign::public_key(&seed));
    row
}

/// To be inserted.
pub(super) fn active(row: audit_horizon::Model) -> audit_horizon::ActiveModel {
    audit_horizon::ActiveModel {
        id: Set(row.id),
        seq: Set(row.seq),
        hash: Set(row.hash),
        entries: Set(row.entries),
        older_than: Set(row.older_than),
        kept_months: Set(row.kept_months),
        reason: Set(row.reason),
        removed_at: Set(row.removed_at),
        signature: Set(row.signature),
        key_id: Set(row.key_id),
    }
}

/// The newest horizon of the tenant of `ctx`, as it stands in the store.
pub async fn horizon(ctx: &Ctx) -> Result<Option<audit_horizon::Model>, Fault> {
    let newest = audit_horizon::Entity::find()
        .order_by_desc(audit_horizon::Column::Seq)
        .order_by_desc(audit_horizon::Column::Id)
        .one(&ctx.scope())
        .await?;
    Ok(newest)
}

/// The newest horizon, if a key of today has signed it and none that was written to the file elsewhere is missing.
pub(super) async fn proven(
    ctx: &Ctx,
    signers: &Signers,
) -> Result<Result<Option<audit_horizon::Model>, Broken>, Fault> {
    let tenant = &ctx.tenant().code;
    let newest = horizon(ctx).await?;
    if let Some(row) = &newest
        && !signers.signed_now(&message(tenant, row), &row.signature)
    {
        return Ok(Err(Broken::Horizon(row.seq)));
    }
    let told = lines(ctx).await?.iter().filter_map(|line| line["horizon"]["seq"].as_i64()).max();
    let reached = newest.as_ref().map_or(0, |row| row.seq);
    Ok(match told.filter(|told| *told > reached) {
        Some(lost) => Err(Broken::Horizon(lost)),
        None => Ok(newest),
    })
}

/// The newest horizon signed under `to`, where it was under `from`: a forged one is not made good.
pub(super) async fn renewed(
    ctx: &Ctx,
    from: &RootKey,
    to: &RootKey,
) -> Result<Option<audit_horizon::ActiveModel>, Fault> {
    let Some(mut row) = horizon(ctx).await? else { return Ok(None) };
    let tenant = &ctx.tenant().code;
    let Ok(signature) = row.signature.as_slice().try_into() else { return Ok(None) };
    if !sign::verify(&from.checkpoint_public(tenant), &message(tenant, &row), signature) {
        return Ok(None);
    }
    row.id = ctx.new_id();
    Ok(Some(active(signed(to, tenant, row))))
}

/// As a line of the file elsewhere.
pub(crate) fn line(tenant: &str, row: &audit_horizon::Model) -> Value {
    json!({
        "tenant": tenant,
        "horizon": {
            "seq": row.seq, "hash": HEXLOWER.encode(&row.hash), "entries": row.entries,
            "before": row.older_than.to_rfc3339(), "keptMonths": row.kept_months, "reason": row.reason,
        },
        "signature": HEXLOWER.encode(&row.signature), "key": row.key_id, "at": row.removed_at.to_rfc3339(),
    })
}

/// Writes the horizon to the file elsewhere, unless it stands there.
pub(super) async fn export(ctx: &Ctx, row: &audit_horizon::Model) -> Result<(), Fault> {
    let line = line(&ctx.tenant().code, row);
    if lines(ctx).await?.contains(&line) {
        return Ok(());
    }
    append(ctx, &ctx.tenant().code, &line.to_string()).await
}
