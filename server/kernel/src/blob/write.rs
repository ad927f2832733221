//! Writing a file that the house made itself.

use chrono::{DateTime, Utc};
use entities::{blob, blob_chunk};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};
use uuid::Uuid;

use super::{CHUNK, Purpose, column, status};
use crate::crypto::hash::sha256;
use crate::fault::Fault;
use crate::keys::KeyRing;
use crate::transact::Tx;

/// Stores a file in this transaction and gives its id (保存文件). With `expires_at` it is thrown away afterwards.
pub async fn store(
    tx: &Tx,
    purpose: &'static Purpose,
    file_name: &str,
    media_type: &str,
    bytes: &[u8],
    expires_at: Option<DateTime<Utc>>,
) -> Result<Uuid, Fault> {
    let ctx = tx.ctx();
    let size = i64::try_from(bytes.len()).map_err(Fault::of("store a file"))?;
    if size > purpose.limit {
        return Err(Fault::internal("store a file: it is larger than its purpose allows"));
    }
    let id = ctx.new_id();
    let row = blob::ActiveModel {
        id: Set(id),
        purpose: Set(purpose.name.to_owned()),
        file_name: Set(file_name.to_owned()),
        media_type: Set(media_type.to_owned()),
        size: Set(size),
        size_limit: Set(purpose.limit),
        sha256: Set(Some(sha256(bytes).to_vec())),
        status: Set(status::READY.to_owned()),
        created_by: Set(ctx.actor().account_id()),
        created_at: Set(ctx.now()),
        expires_at: Set(expires_at),
    };
    blob::Entity::insert(row).exec_without_returning(tx).await?;
    let ring = ctx.keys().await?;
    for (no, chunk) in (0_i32..).zip(bytes.chunks(CHUNK)) {
        insert_chunk(tx, id, no, seal(&ring, id, no, chunk)?).await?;
    }
    Ok(id)
}

/// Throws files away with their bytes (清除文件); how many. Whether they may go is the calling chapter's question.
pub async fn discard(tx: &Tx, ids: &[Uuid]) -> Result<u64, Fault> {
    if ids.is_empty() {
        return Ok(0);
    }
    blob_chunk::Entity::delete_many().filter(blob_chunk::Column::BlobId.is_in(ids.iter().copied())).exec(tx).await?;
    let gone = blob::Entity::delete_many().filter(blob::Column::Id.is_in(ids.iter().copied())).exec(tx).await?;
    Ok(gone.rows_affected)
}

pub(super) fn seal(ring: &KeyRing, id: Uuid, no: i32, plain: &[u8]) -> Result<Vec<u8>, Fault> {
    ring.seal_bytes("blob_chunk", &column(no), id, plain)
}

pub(super) async fn insert_chunk(tx: &Tx, id: Uuid, no: i32, sealed: Vec<u8>) -> Result<(), Fault> {
    let row = blob_chunk::ActiveModel { blob_id: Set(id), no: Set(no), bytes: Set(sealed) };
    blob_chunk::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}
