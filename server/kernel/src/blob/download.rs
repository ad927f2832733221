//! Reading a file: whole for a chapter, chunk by chunk for the one who fetches it.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use entities::{blob, blob_chunk};
use futures_util::{Stream, stream};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::token::{self, Method};
use super::{column, status};
use crate::crypto::Key;
use crate::crypto::hash::sha256;
use crate::ctx::Ctx;
use crate::fault::Fault;

/// So long an address to fetch a file from is good.
const ADDRESS: Duration = Duration::minutes(15);

/// An address to fetch a file from (下载链接).
#[derive(Clone, Debug)]
pub struct DownloadLink {
    /// The path to GET.
    pub url: String,
    /// The name under which to save it.
    pub file_name: String,
    /// Until when the address is good.
    pub expires_at: DateTime<Utc>,
}

/// A file on its way out (文件下载).
#[derive(Clone, Debug)]
pub struct Download {
    ctx: Ctx,
    id: Uuid,
    /// The name under which to save it.
    pub file_name: String,
    /// What it is.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
}

/// A file that can be read, or [`Fault::NotFound`].
async fn ready(ctx: &Ctx, id: Uuid) -> Result<blob::Model, Fault> {
    let row = blob::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    if is_ready(ctx, &row) { Ok(row) } else { Err(Fault::NotFound) }
}

fn is_ready(ctx: &Ctx, row: &blob::Model) -> bool {
    row.status == status::READY && row.expires_at.is_none_or(|at| at > ctx.now())
}

/// The signed path of a file, and until when it is good.
fn address(ctx: &Ctx, key: &Key, row: &blob::Model) -> (String, DateTime<Utc>) {
    let until = row.expires_at.map_or(ctx.now() + ADDRESS, |at| at.min(ctx.now() + ADDRESS));
    let token = token::make(key, &ctx.tenant().code, Method::Get, row.id, until);
    (format!("/{}/files/{token}", ctx.tenant().slug), until)
}

/// The whole file (读取文件), held against its hash. Whether the caller may read it is the calling chapter's question.
pub async fn read(ctx: &Ctx, id: Uuid) -> Result<Vec<u8>, Fault> {
    let row = ready(ctx, id).await?;
    let mut bytes = Vec::with_capacity(usize::try_from(row.size).unwrap_or_default());
    let mut no = 0;
    while let Some(chunk) = chunk(ctx, id, no).await? {
        bytes.extend_from_slice(&chunk);
        no += 1;
    }
    if row.sha256.as_deref() != Some(sha256(&bytes).as_slice()) {
        return Err(Fault::internal("read a file: it is not what was stored"));
    }
    Ok(bytes)
}

async fn chunk(ctx: &Ctx, id: Uuid, no: i32) -> Result<Option<Vec<u8>>, Fault> {
    let row = blob_chunk::Entity::find()
        .filter(blob_chunk::Column::BlobId.eq(id))
        .filter(blob_chunk::Column::No.eq(no))
        .one(&ctx.scope())
        .await?;
    let Some(row) = row else { return Ok(None) };
    ctx.keys().await?.open_bytes("blob_chunk", &column(no), id, &row.bytes).map(Some)
}

/// A signed address of a file, with its name and expiry. The calling chapter has checked that the caller may have it.
pub async fn download_link(ctx: &Ctx, id: Uuid) -> Result<DownloadLink, Fault> {
    let row = ready(ctx, id).await?;
    let key = ctx.keys().await?.link_key();
    let (url, expires_at) = address(ctx, &key, &row);
    Ok(DownloadLink { url, file_name: row.file_name, expires_at })
}

/// The path of [`download_link`] alone.
pub async fn download_url(ctx: &Ctx, id: Uuid) -> Result<String, Fault> {
    download_link(ctx, id).await.map(|link| link.url)
}

/// As [`download_url`], of many files in one statement; those that cannot be read any more are left out.
pub async fn download_urls(ctx: &Ctx, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, Fault> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = blob::Entity::find().filter(blob::Column::Id.is_in(ids.iter().copied())).all(&ctx.scope()).await?;
    let key = ctx.keys().await?.link_key();
    let good = rows.iter().filter(|row| is_ready(ctx, row));
    Ok(good.map(|row| (row.id, address(ctx, &key, row).0)).collect())
}

/// The file behind the address `token`; [`Fault::NotFound`] for an address that is not good, or not any more.
pub async fn open_download(ctx: &Ctx, token: &str) -> Result<Download, Fault> {
    let key = ctx.keys().await?.link_key();
    let id = token::open(&key, &ctx.tenant().code, Method::Get, ctx.now(), token).map_err(|_| Fault::NotFound)?;
    let row = ready(ctx, id).await?;
    Ok(Download { ctx: ctx.clone(), id, file_name: row.file_name, media_type: row.media_type, size: row.size })
}

impl Download {
    /// Its bytes, chunk by chunk, each read when the one before was taken.
    pub fn chunks(self) -> impl Stream<Item = Result<Vec<u8>, Fault>> + Send {
        stream::try_unfold((self, 0_i32), |(this, no)| async move {
            let chunk = chunk(&this.ctx, this.id, no).await?;
            Ok(chunk.map(|bytes| (bytes, (this, no + 1))))
        })
    }
}
