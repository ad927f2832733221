//! The types of uploads.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use chrono::{DateTime, FixedOffset};
use entities::blob;

use crate::blob::{
    AGENCY_PAPER, ANNEX2, CHECK_PHOTO, PARTY_EVIDENCE, PERSON_PAPER, POSTINGS, Purpose, Ticket, WAGE_PROOF,
};
use crate::ctx::Ctx;
use crate::gql::moment;

/// What a file is for (文件用途).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum UploadPurpose {
    /// A directory of casual-labour markets, 20 MB at most (零工市场名录，附件2).
    #[graphql(name = "ANNEX2")]
    Annex2,
    /// A photo of what was inspected: PNG, JPEG or WebP, 10 MB at most (检查照片).
    CheckPhoto,
    /// Postings of an agency, 20 MB at most (招聘信息表).
    Postings,
    /// A picture or a scan of what hangs in the hall of an agency: PDF, PNG, JPEG or WebP, 10 MB at most (机构公示材料).
    AgencyPaper,
    /// A paper of a person, a signed consent or a certificate: PDF, PNG, JPEG or WebP, 10 MB at most (个人材料).
    PersonPaper,
    /// What was shown when a hiring party was checked: PDF, PNG, JPEG or WebP, 10 MB at most (用工主体核验材料).
    PartyEvidence,
    /// The proof that a wage was paid: PDF, PNG, JPEG or WebP, 10 MB at most (工资支付凭证).
    WageProof,
}

impl UploadPurpose {
    pub(super) fn purpose(self) -> &'static Purpose {
        match self {
            Self::Annex2 => &ANNEX2,
            Self::CheckPhoto => &CHECK_PHOTO,
            Self::Postings => &POSTINGS,
            Self::AgencyPaper => &AGENCY_PAPER,
            Self::PersonPaper => &PERSON_PAPER,
            Self::PartyEvidence => &PARTY_EVIDENCE,
            Self::WageProof => &WAGE_PROOF,
        }
    }
}

/// A file to be sent (上传申请).
#[derive(Clone, Debug, InputObject)]
pub struct CreateUploadInput {
    /// What it is for (用途).
    pub purpose: UploadPurpose,
    /// Its name, without a path (文件名).
    pub file_name: String,
    /// Bytes, exactly (字节数).
    pub size: i64,
}

/// Where to send a file (上传凭证).
#[derive(Clone, Debug, SimpleObject)]
pub struct UploadTicket {
    /// The upload, for `completeUpload` (上传标识).
    upload_id: ID,
    /// The path to PUT the bytes to (上传地址).
    url: String,
    /// Until when (有效期至).
    expires_at: DateTime<FixedOffset>,
}

impl UploadTicket {
    pub(super) fn new(ctx: &Ctx, ticket: Ticket) -> Self {
        Self { upload_id: ctx.gid("Upload", ticket.id), url: ticket.url, expires_at: moment(ticket.expires_at) }
    }
}

/// A file that was sent (已上传文件).
#[derive(Clone, Debug, SimpleObject)]
pub struct Upload {
    /// Its id (标识).
    id: ID,
    /// Its name (文件名).
    file_name: String,
    /// Bytes (字节数).
    size: i64,
    /// Its media type, by its first bytes (文件类型).
    kind: Option<String>,
    /// Until when it is kept (保存至).
    expires_at: DateTime<FixedOffset>,
}

impl Upload {
    pub(super) fn new(ctx: &Ctx, row: blob::Model) -> Self {
        Self {
            id: ctx.gid("Upload", row.id),
            file_name: row.file_name,
            size: row.size,
            kind: Some(row.media_type),
            expires_at: moment(row.expires_at.unwrap_or(row.created_at)),
        }
    }
}
