//! Announcing an upload and taking it over: the two ends between which the bytes come in.

use chrono::{DateTime, Duration, Utc};
use entities::blob;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};
use uuid::Uuid;

use super::token::{self, Method};
use super::{FileKind, Purpose, UPLOAD, WAGE_PROOF, purpose, status};
use crate::ctx::{Actor, Ctx};
use crate::fault::{Fault, Stop};
use crate::policy::Place;
use crate::transact::{Once, Outcome, Tx};

/// So long the address to send bytes to is good.
const ADDRESS: Duration = Duration::minutes(15);
/// So long a file that was sent is kept, unless a chapter takes it into its own keeping.
const KEPT: Duration = Duration::hours(24);

crate::refusals! {
    /// Why an upload was not begun (不予受理上传).
    pub CreateUpload => CreateUploadRefused, CreateUploadRefusalCode {
        /// The file is too large.
        TooLarge { limit_mib: i64 } @ "input.size":
            "文件太大，最多 {limit_mib} MB。请删去多余的工作表和图片，或分几次上传。" /
            "The file is too large: {limit_mib} MB at most. Remove extra sheets and pictures, or upload it in parts.",
        /// The file is empty.
        Empty @ "input.size": "文件是空的，请选择有内容的文件。" / "The file is empty; choose one with content.",
        /// The file has no usable name.
        BadName @ "input.fileName":
            "文件名须为 1 到 200 个字符，且不含“/”“\\”和控制字符。" /
            "The file name must have 1 to 200 characters and no slash, backslash or control character.",
    }
}

crate::refusals! {
    /// Why an upload was not taken over (上传未完成).
    pub CompleteUpload => CompleteUploadRefused, CompleteUploadRefusalCode {
        /// The bytes have not arrived.
        NotReceived @ "id": "文件还没有传完，请重新上传。" / "The file has not arrived; upload it again.",
        /// It is not a file of a kind that is wanted.
        WrongKind { wanted_zh: String, wanted_en: String } @ "id":
            "文件内容不是 {wanted_zh}；只改文件名不会改变内容。请核对文件，或在原软件中另存为该格式后重新上传。" /
            "The content of the file is not {wanted_en}; another name does not change it. Check the file, or save it as one and upload it again.",
        /// Its time is over.
        Expired @ "id": "上传已过期，请重新上传。" / "The upload has expired; upload the file again.",
    }
}

/// Where the bytes go (上传凭证).
#[derive(Clone, Debug)]
pub struct Ticket {
    /// The upload.
    pub id: Uuid,
    /// The path to PUT the bytes to.
    pub url: String,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

/// Announces a file of `size` bytes (申请上传).
pub async fn create_upload(
    ctx: &Ctx,
    purpose: &'static Purpose,
    file_name: &str,
    size: i64,
    once: Option<Once>,
) -> Result<Ticket, Stop<CreateUpload>> {
    let file_name = file_name.trim().to_owned();
    let created = ctx.transact_once(&UPLOAD, once, |tx| async move {
        let ctx = tx.ctx();
        may_upload(ctx, purpose.name).await?;
        check(purpose, &file_name, size).map_err(Stop::Refused)?;
        let id = ctx.new_id();
        tx.about("Upload", id);
        tx.note("purpose", purpose.name);
        tx.note("size", size);
        let row = blob::ActiveModel {
            id: Set(id),
            purpose: Set(purpose.name.to_owned()),
            file_name: Set(file_name),
            media_type: Set(FileKind::Other.media_type().to_owned()),
            size: Set(0),
            // What was announced; what comes in is counted against it.
            size_limit: Set(size),
            sha256: Set(None),
            status: Set(status::WAITING.to_owned()),
            created_by: Set(owner(ctx)),
            created_at: Set(ctx.now()),
            expires_at: Set(Some(ctx.now() + KEPT)),
        };
        blob::Entity::insert(row).exec_without_returning(&tx).await?;
        Ok(Outcome::of("Upload", id, 0))
    });
    ticket(ctx, created.await?.id).await.map_err(Stop::Fault)
}

/// The address of an upload: the same one for a request that is repeated.
async fn ticket(ctx: &Ctx, id: Uuid) -> Result<Ticket, Fault> {
    let row = blob::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    let until = row.created_at + ADDRESS;
    let token = token::make(&ctx.keys().await?.link_key(), &ctx.tenant().code, Method::Put, id, until);
    Ok(Ticket { id, url: format!("/{}/uploads/{token}", ctx.tenant().slug), expires_at: until })
}

fn check(purpose: &Purpose, file_name: &str, size: i64) -> Result<(), CreateUpload> {
    let length = file_name.chars().count();
    if !(1..=200).contains(&length) || file_name.chars().any(|c| c.is_control() || c == '/' || c == '\\') {
        return Err(CreateUpload::BadName);
    }
    if size <= 0 {
        return Err(CreateUpload::Empty);
    }
    if size > purpose.limit {
        return Err(CreateUpload::TooLarge { limit_mib: purpose.limit / (1024 * 1024) });
    }
    Ok(())
}

/// Takes over a file whose bytes have all arrived (确认上传). Done twice it is done once.
pub async fn complete(ctx: &Ctx, id: Uuid, once: Option<Once>) -> Result<blob::Model, Stop<CompleteUpload>> {
    ctx.transact_once(&UPLOAD, once, |tx| async move {
        tx.about("Upload", id);
        let row = own(&tx, id).await?;
        may_upload(tx.ctx(), &row.purpose).await?;
        let now = tx.ctx().now();
        finishable(&row, now).map_err(Stop::Refused)?;
        if row.status == status::RECEIVED {
            blob::Entity::update_many()
                .col_expr(blob::Column::Status, Expr::value(status::READY))
                .filter(blob::Column::Id.eq(id))
                .exec(&tx)
                .await?;
        }
        Ok(Outcome::of("Upload", id, 0))
    })
    .await?;
    let row = blob::Entity::find_by_id(id).one(&ctx.scope()).await.map_err(Fault::from)?;
    row.ok_or(Stop::Fault(Fault::NotFound))
}

/// An upload of the caller's own: another's is not there.
async fn own(tx: &Tx, id: Uuid) -> Result<blob::Model, Fault> {
    let row = blob::Entity::find_by_id(id).one(tx).await?.ok_or(Fault::NotFound)?;
    let wanted = purpose(&row.purpose).is_some_and(|p| !p.kinds.is_empty());
    if !wanted || row.created_by != owner(tx.ctx()) {
        return Err(Fault::NotFound);
    }
    Ok(row)
}

/// Whose an upload is: an account's, or a citizen's.
fn owner(ctx: &Ctx) -> Option<Uuid> {
    ctx.actor().account_id().or_else(|| ctx.actor().citizen_id())
}

/// Who lies in a scope may bring in whatever the role says; a citizen lies in none, and may bring in what is for citizens.
async fn may_upload(ctx: &Ctx, purpose: &str) -> Result<(), Fault> {
    match ctx.actor() {
        Actor::Citizen(_) if purpose == WAGE_PROOF.name => ctx.require(&UPLOAD, &Place::city()).await,
        _ => ctx.reach(&UPLOAD).await.map(|_| ()),
    }
}

fn finishable(row: &blob::Model, now: DateTime<Utc>) -> Result<(), CompleteUpload> {
    if row.expires_at.is_some_and(|at| at <= now) {
        return Err(CompleteUpload::Expired);
    }
    if row.status != status::RECEIVED && row.status != status::READY {
        return Err(CompleteUpload::NotReceived);
    }
    let kind = FileKind::from_media_type(&row.media_type);
    let wanted = purpose(&row.purpose).ok_or(CompleteUpload::NotReceived)?;
    if wanted.kinds.contains(&kind) {
        return Ok(());
    }
    let (zh, en) = (wanted.wanted.zh.to_owned(), wanted.wanted.en.to_owned());
    Err(CompleteUpload::WrongKind { wanted_zh: zh, wanted_en: en })
}

/// Takes an upload of the caller's own into a chapter's keeping (收存文件): it is not thrown away any more. None where it is not
/// there for this purpose, was not completed, or is kept already.
pub async fn keep(tx: &Tx, id: Uuid, purpose: &'static Purpose) -> Result<Option<blob::Model>, Fault> {
    let row = own(tx, id).await?;
    let waits = row.expires_at.is_some_and(|at| at > tx.ctx().now());
    if row.purpose != purpose.name || row.status != status::READY || !waits {
        return Ok(None);
    }
    let kept = blob::Entity::update_many()
        .col_expr(blob::Column::ExpiresAt, Expr::value(Option::<DateTime<Utc>>::None))
        .filter(blob::Column::Id.eq(id))
        // Of two that keep it at one moment, the first does.
        .filter(blob::Column::ExpiresAt.is_not_null())
        .exec(tx)
        .await?;
    Ok((kept.rows_affected == 1).then_some(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blob::ANNEX2;

    #[test]
    fn a_file_of_fifty_megabytes_is_refused_before_a_byte_is_sent() {
        assert_eq!(check(&ANNEX2, "名录.xlsx", 50 << 20), Err(CreateUpload::TooLarge { limit_mib: 20 }));
        assert_eq!(check(&ANNEX2, "名录.xlsx", 20 << 20), Ok(()));
        assert_eq!(check(&ANNEX2, "名录.xlsx", 0), Err(CreateUpload::Empty));
    }

    #[test]
    fn a_name_that_is_a_path_is_refused() {
        for name in ["", "../x.xlsx", "a\\b.xlsx", "a\nb.xlsx"] {
            assert_eq!(check(&ANNEX2, name, 1), Err(CreateUpload::BadName), "{name:?}");
        }
    }
}
