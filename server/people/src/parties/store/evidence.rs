//! Files that were shown (核验材料).

use entities::{blob, blob_chunk};
use kernel::blob::{PARTY_EVIDENCE, keep};
use kernel::{Fault, Tx};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

/// Takes a file into keeping. `None` where it is not there for this purpose, was not completed, or is kept already.
pub async fn take(tx: &Tx, file: Uuid) -> Result<Option<Uuid>, Fault> {
    Ok(keep(tx, file, &PARTY_EVIDENCE).await?.map(|row| row.id))
}

/// Throws files away; how many.
pub async fn throw_away(tx: &Tx, files: Vec<Uuid>) -> Result<u64, Fault> {
    if files.is_empty() {
        return Ok(0);
    }
    let of = |column: blob_chunk::Column| column.is_in(files.iter().copied());
    blob_chunk::Entity::delete_many().filter(of(blob_chunk::Column::BlobId)).exec(tx).await?;
    let gone = blob::Entity::delete_many().filter(blob::Column::Id.is_in(files.iter().copied())).exec(tx).await?;
    Ok(gone.rows_affected)
}
