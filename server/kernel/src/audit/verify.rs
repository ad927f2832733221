//! Verification (校验): the chain is walked from the start and the checkpoints are held against it.

use std::collections::{HashMap, HashSet};

use data_encoding::HEXLOWER;
use entities::{audit_checkpoint, audit_entry, audit_seal};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::chain::{SHA256, link};
use super::checkpoint::{lines, message};
use super::horizon;
use super::signers::Signers;
use crate::ctx::Ctx;
use crate::fault::Fault;

const PAGE: u64 = 1000;

/// What verification found (校验结果).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Entries there are.
    pub entries: u64,
    /// Entries sealed.
    pub sealed: u64,
    /// Checkpoints that hold.
    pub checkpoints: u64,
    /// Those of them that stand in the file outside the database as well: what the rest vouch for, whoever can write the
    /// database can write again.
    pub elsewhere: u64,
    /// The first thing that does not hold.
    pub broken: Option<Broken>,
}

/// What does not hold (断点).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The entry of this number was changed, or one before it was taken out.
    Entry(i64),
    /// A number is missing.
    Gap(i64),
    /// A signed checkpoint differs from the chain.
    Checkpoint(i64),
    /// The chain ends before a checkpoint that was signed: its tail was cut off.
    CutOff(i64),
    /// What says that entries up to here were removed after their time was not signed by us, or is gone.
    Horizon(i64),
}

/// Walks the chain of the tenant of `ctx`, from its horizon where entries were removed after their time.
pub async fn verify(ctx: &Ctx) -> Result<Verified, Fault> {
    let scope = ctx.scope();
    let entries = audit_entry::Entity::find().count(&scope).await?;
    let mut found = Verified { entries, sealed: 0, checkpoints: 0, elsewhere: 0, broken: None };
    let signers = Signers::of(ctx).await?;
    let (mut seq, mut previous) = match horizon::proven(ctx, &signers).await? {
        Ok(Some(horizon)) => (horizon.seq, horizon.hash),
        Ok(None) => (0, vec![0; 32]),
        Err(broken) => return Ok(Verified { broken: Some(broken), ..found }),
    };
    let (mut marks, elsewhere) = marks(ctx, &signers).await?;
    // What was signed of entries that are gone vouches for nothing, but for where the chain begins.
    marks.retain(|marked, _| *marked >= seq);
    if marks.remove(&seq).is_some_and(|hash| hash != previous) {
        return Ok(Verified { broken: Some(Broken::Checkpoint(seq)), ..found });
    }
    loop {
        let rows = page(&scope, seq).await?;
        if rows.is_empty() {
            break;
        }
        for (seal, entry) in rows {
            if seal.seq != seq + 1 {
                found.broken = Some(Broken::Gap(seq + 1));
                return Ok(found);
            }
            seq = seal.seq;
            let expected = entry.map(|e| link(&previous, seq, &e));
            if seal.algorithm != SHA256 || expected.as_ref() != Some(&seal.hash) {
                found.broken = Some(Broken::Entry(seq));
                return Ok(found);
            }
            if let Some(hash) = marks.remove(&seq) {
                if hash != seal.hash {
                    found.broken = Some(Broken::Checkpoint(seq));
                    return Ok(found);
                }
                found.checkpoints += 1;
                found.elsewhere += u64::from(elsewhere.contains(&seq));
            }
            previous = seal.hash;
            found.sealed += 1;
        }
    }
    if let Some(lost) = marks.keys().min() {
        found.broken = Some(Broken::CutOff(*lost));
    }
    Ok(found)
}

/// A page of seals with their entries: two statements.
async fn page(
    scope: &crate::store::Scope,
    after: i64,
) -> Result<Vec<(audit_seal::Model, Option<audit_entry::Model>)>, Fault> {
    let seals = audit_seal::Entity::find()
        .filter(audit_seal::Column::Seq.gt(after))
        .order_by_asc(audit_seal::Column::Seq)
        .limit(PAGE)
        .all(scope)
        .await?;
    let ids = seals.iter().map(|s| s.entry_id);
    let entries = audit_entry::Entity::find().filter(audit_entry::Column::Id.is_in(ids)).all(scope).await?;
    let mut by_id: HashMap<_, _> = entries.into_iter().map(|e| (e.id, e)).collect();
    Ok(seals
        .into_iter()
        .map(|seal| {
            let entry = by_id.remove(&seal.entry_id);
            (seal, entry)
        })
        .collect())
}

/// Signed heads: number → hash.
type Marks = HashMap<i64, Vec<u8>>;

/// The signed heads, from the store and from the file elsewhere, and the numbers of those in the file. A bad signature
/// vouches for nothing and is told apart by never matching.
async fn marks(ctx: &Ctx, signers: &Signers) -> Result<(Marks, HashSet<i64>), Fault> {
    let tenant = ctx.tenant().code.clone();
    let mut marks: Marks = signers.heads.iter().cloned().collect();
    let mut add = |seq: i64, hash: Vec<u8>, signature: &[u8]| {
        let good = signers.signed(seq, &message(&tenant, seq, &hash), signature);
        // What vouched for a head when keys were replaced is not forgotten over another mark of the same number.
        let good = good && marks.get(&seq).is_none_or(|mark| *mark == hash);
        marks.insert(seq, if good { hash } else { Vec::new() });
    };
    for row in audit_checkpoint::Entity::find().all(&ctx.scope()).await? {
        add(row.seq, row.hash, &row.signature);
    }
    let mut elsewhere = HashSet::new();
    for value in lines(ctx).await? {
        let bytes = |name: &str| {
            value
                .get(name)
                .and_then(|v| v.as_str())
                .and_then(|t| HEXLOWER.decode(t.as_bytes()).ok())
                .unwrap_or_default()
        };
        if let Some(seq) = value.get("seq").and_then(serde_json::Value::as_i64) {
            add(seq, bytes("hash"), &bytes("signature"));
            elsewhere.insert(seq);
        }
    }
    Ok((marks, elsewhere))
}
