//! The bytes of an upload come in: counted, hashed, sealed, each chunk in a short transaction of its own, so that a
//! slow line never holds the city's one writer.

use entities::{blob, blob_chunk};
use futures_util::{Stream, StreamExt as _};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::token::{self, Bad, Method};
use super::write::{insert_chunk, seal};
use super::{CHUNK, detect, purpose, status};
use crate::ctx::Ctx;
use crate::fault::{Fault, Stop};
use crate::transact::Tx;

crate::refusals! {
    /// Why bytes were not taken in (不予接收文件).
    pub ReceiveUpload => ReceiveUploadRefused, ReceiveUploadRefusalCode {
        /// The address is not one of ours.
        BadAddress: "上传地址无效，请重新申请。" / "The upload address is not valid; ask for a new one.",
        /// The address has expired.
        Expired: "上传地址已过期，请重新申请。" / "The upload address has expired; ask for a new one.",
        /// More bytes came than were announced.
        TooLarge: "收到的内容比申报的大，请重新上传。" / "More bytes came than were announced; upload the file again.",
        /// Fewer bytes came than were announced.
        Incomplete: "文件没有传完，请重新上传。" / "The file did not arrive whole; upload it again.",
        /// The same upload was begun again elsewhere, or was taken over.
        Superseded: "该文件已另行上传。" / "This file was uploaded another way meanwhile.",
    }
}

impl ReceiveUpload {
    /// The status of HTTP that says the same.
    #[must_use]
    pub const fn http_status(&self) -> u16 {
        match self {
            Self::BadAddress => 404,
            Self::Expired => 410,
            Self::TooLarge => 413,
            Self::Incomplete => 400,
            Self::Superseded => 409,
        }
    }
}

/// What came in (已接收文件).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The upload.
    pub id: Uuid,
    /// Bytes.
    pub size: i64,
    /// What it is, by its first bytes.
    pub media_type: &'static str,
}

/// Takes in the bytes that were sent to the address `token`. `body` may end early or err; then nothing is kept that
/// could be read, and the same address takes a new attempt.
pub async fn receive<S, B, E>(ctx: &Ctx, token: &str, body: S) -> Result<Received, Stop<ReceiveUpload>>
where
    S: Stream<Item = Result<B, E>> + Send,
    B: AsRef<[u8]> + Send,
    E: Send,
{
    let key = ctx.keys().await?.link_key();
    let id = token::open(&key, &ctx.tenant().code, Method::Put, ctx.now(), token).map_err(|bad| {
        Stop::Refused(match bad {
            Bad::Foreign => ReceiveUpload::BadAddress,
            Bad::Expired => ReceiveUpload::Expired,
        })
    })?;
    let mut intake = Intake::begin(ctx, id).await?;
    let mut body = std::pin::pin!(body);
    while let Some(part) = body.next().await {
        let Ok(part) = part else { return Err(Stop::Refused(ReceiveUpload::Incomplete)) };
        intake.take(part.as_ref()).await?;
    }
    intake.finish().await
}

/// One attempt to send a file. Its mark stands in the row: a newer attempt puts its own there, and this one ends.
struct Intake {
    ctx: Ctx,
    id: Uuid,
    mark: Vec<u8>,
    announced: i64,
    size: i64,
    no: i32,
    pending: Vec<u8>,
    head: Option<&'static str>,
    hash: Sha256,
}

impl Intake {
    async fn begin(ctx: &Ctx, id: Uuid) -> Result<Self, Stop<ReceiveUpload>> {
        let mark = ctx.new_id().as_bytes().to_vec();
        let row_mark = mark.clone();
        let announced = ctx
            .quietly(|tx| async move {
                let row = blob::Entity::find_by_id(id).one(&tx).await?;
                let row = row.filter(|r| purpose(&r.purpose).is_some_and(|p| !p.kinds.is_empty()));
                let row = row.ok_or(Stop::Refused(ReceiveUpload::BadAddress))?;
                if row.expires_at.is_some_and(|at| at <= tx.ctx().now()) {
                    return Err(Stop::Refused(ReceiveUpload::Expired));
                }
                let begun = blob::Entity::update_many()
                    .col_expr(blob::Column::Status, Expr::value(status::RECEIVING))
                    .col_expr(blob::Column::Sha256, Expr::value(row_mark))
                    .col_expr(blob::Column::Size, Expr::value(0_i64))
                    .filter(blob::Column::Id.eq(id))
                    .filter(blob::Column::Status.ne(status::READY))
                    .exec(&tx)
                    .await?;
                if begun.rows_affected == 0 {
                    return Err(Stop::Refused(ReceiveUpload::Superseded));
                }
                blob_chunk::Entity::delete_many().filter(blob_chunk::Column::BlobId.eq(id)).exec(&tx).await?;
                Ok(row.size_limit)
            })
            .await?;
        Ok(Self {
            ctx: ctx.clone(),
            id,
            mark,
            announced,
            size: 0,
            no: 0,
            pending: Vec::with_capacity(CHUNK),
            head: None,
            hash: Sha256::new(),
        })
    }

    async fn take(&mut self, mut part: &[u8]) -> Result<(), Stop<ReceiveUpload>> {
        self.size += i64::try_from(part.len()).unwrap_or(i64::MAX / 2);
        if self.size > self.announced {
            return Err(Stop::Refused(ReceiveUpload::TooLarge));
        }
        while !part.is_empty() {
            let (now, later) = part.split_at(part.len().min(CHUNK - self.pending.len()));
            self.pending.extend_from_slice(now);
            part = later;
            if self.pending.len() == CHUNK {
                self.put().await?;
            }
        }
        Ok(())
    }

    /// Writes what is pending as the next chunk.
    async fn put(&mut self) -> Result<(), Stop<ReceiveUpload>> {
        self.head.get_or_insert_with(|| detect(&self.pending).media_type());
        self.hash.update(&self.pending);
        let (id, no, mark) = (self.id, self.no, self.mark.clone());
        let sealed = seal(&*self.ctx.keys().await?, id, no, &self.pending)?;
        let length = i64::try_from(self.pending.len()).unwrap_or_default();
        self.ctx
            .quietly(|tx| async move {
                claim(&tx, id, mark, length).await?;
                insert_chunk(&tx, id, no, sealed).await?;
                Ok(())
            })
            .await?;
        self.no += 1;
        self.pending.clear();
        Ok(())
    }

    async fn finish(mut self) -> Result<Received, Stop<ReceiveUpload>> {
        if !self.pending.is_empty() {
            self.put().await?;
        }
        if self.size != self.announced {
            return Err(Stop::Refused(ReceiveUpload::Incomplete));
        }
        let media_type = self.head.unwrap_or(super::FileKind::Other.media_type());
        let (id, mark, sum) = (self.id, self.mark, self.hash.finalize().to_vec());
        self.ctx
            .quietly(|tx| async move {
                claim(&tx, id, mark, 0).await?;
                blob::Entity::update_many()
                    .col_expr(blob::Column::Status, Expr::value(status::RECEIVED))
                    .col_expr(blob::Column::Sha256, Expr::value(sum))
                    .col_expr(blob::Column::MediaType, Expr::value(media_type))
                    .filter(blob::Column::Id.eq(id))
                    .exec(&tx)
                    .await?;
                Ok(())
            })
            .await?;
        Ok(Received { id, size: self.size, media_type })
    }
}

/// Adds to the count, if this attempt is still the newest; locks the row until the end of the transaction.
async fn claim(tx: &Tx, id: Uuid, mark: Vec<u8>, length: i64) -> Result<(), Stop<ReceiveUpload>> {
    let held = blob::Entity::update_many()
        .col_expr(blob::Column::Size, Expr::col(blob::Column::Size).add(length))
        .filter(blob::Column::Id.eq(id))
        .filter(blob::Column::Status.eq(status::RECEIVING))
        .filter(blob::Column::Sha256.eq(mark))
        .exec(tx)
        .await
        .map_err(Fault::from)?;
    if held.rows_affected == 1 { Ok(()) } else { Err(Stop::Refused(ReceiveUpload::Superseded)) }
}
