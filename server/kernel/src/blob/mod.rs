//! Files (文件): kept as sealed chunks in the tenant's own store, so that backup, erasure and tenancy need nothing more.
//!
//! Up: `create_upload` → PUT of the bytes to a signed, expiring address ([`receive`]) → `complete`. Down:
//! [`download_link`] → GET of a signed, expiring address ([`open_download`]). Between chapters: [`store`] and [`read`].

mod download;
mod kind;
mod receive;
mod token;
mod upload;
mod write;

use crate::policy::Action;
use crate::text::Text;

pub use download::{Download, DownloadLink, download_link, download_url, download_urls, open_download, read};
pub use kind::{FileKind, detect};
pub use receive::{ReceiveUpload, ReceiveUploadRefusalCode, ReceiveUploadRefused, Received, receive};
pub use upload::{
    CompleteUpload, CompleteUploadRefusalCode, CompleteUploadRefused, CreateUpload, CreateUploadRefusalCode,
    CreateUploadRefused, Ticket, complete, create_upload, keep,
};
pub use write::{discard, store};

/// Bringing a file in (上传文件).
pub static UPLOAD: Action = Action::new("file", "upload", "上传文件", "Upload a file");

/// Bytes of a chunk.
const CHUNK: usize = 256 * 1024;

/// What a file is for (文件用途): how large it may be and of which kinds.
#[derive(Debug, PartialEq, Eq)]
pub struct Purpose {
    /// As stored: `ANNEX2`.
    pub name: &'static str,
    /// In words.
    pub title: Text,
    /// Bytes at most.
    pub limit: i64,
    /// What is wanted, for whoever sent something else.
    pub wanted: Text,
    /// The kinds it may be of; empty for files that the house itself writes.
    pub kinds: &'static [FileKind],
}

const MIB: i64 = 1024 * 1024;

/// A city's directory of casual-labour markets, 附件2 of 晋人社厅发〔2022〕60号.
///
/// Old workbooks, archives and texts pass: the reader of sheets explains better than we what is wrong with them.
pub static ANNEX2: Purpose = Purpose {
    name: "ANNEX2",
    title: Text::new("零工市场名录（附件2）", "Directory of casual-labour markets (annex 2)"),
    limit: 20 * MIB,
    wanted: Text::new(".xlsx 或 .csv 表格", "a sheet (.xlsx or .csv)"),
    // Whatever was sent is taken: its reader refuses what is no sheet, and the file stays with the report that says why.
    kinds: FileKind::ALL,
};

/// A file that the house wrote for somebody to fetch.
pub static EXPORT: Purpose = Purpose {
    name: "EXPORT",
    title: Text::new("导出文件", "Exported file"),
    limit: 64 * MIB,
    wanted: Text::new("系统生成的文件", "a file of the house itself"),
    kinds: &[],
};

/// A photo of what was inspected (检查照片).
pub static CHECK_PHOTO: Purpose = Purpose {
    name: "CHECK_PHOTO",
    title: Text::new("检查照片", "Photo of a check"),
    limit: 10 * MIB,
    wanted: Text::new("PNG、JPEG 或 WebP 照片", "a photo (PNG, JPEG or WebP)"),
    kinds: &[FileKind::Png, FileKind::Jpeg, FileKind::Webp],
};

/// Postings of an agency (招聘信息表), to be imported. Whatever was sent is taken: its reader says what is wrong with it.
pub static POSTINGS: Purpose = Purpose {
    name: "POSTINGS",
    title: Text::new("招聘信息表", "Sheet of postings"),
    limit: 20 * MIB,
    wanted: Text::new(".xlsx 或 .csv 表格", "a sheet (.xlsx or .csv)"),
    kinds: FileKind::ALL,
};

/// A picture or a scan of what hangs in the hall of an agency (机构公示材料).
pub static AGENCY_PAPER: Purpose = Purpose {
    name: "AGENCY_PAPER",
    title: Text::new("机构公示材料", "Paper that an agency displays"),
    limit: 10 * MIB,
    wanted: Text::new("PDF、PNG、JPEG 或 WebP 文件", "a PDF or a picture (PNG, JPEG or WebP)"),
    kinds: &[FileKind::Pdf, FileKind::Png, FileKind::Jpeg, FileKind::Webp],
};

/// A paper of a person (个人材料): a signed consent, a certificate. It goes when the person is erased.
pub static PERSON_PAPER: Purpose = Purpose {
    name: "PERSON_PAPER",
    title: Text::new("个人材料（签字件、证书）", "Paper of a person (a signed consent, a certificate)"),
    limit: 10 * MIB,
    wanted: Text::new("PDF 文件或 PNG、JPEG、WebP 照片", "a PDF or a photo (PNG, JPEG or WebP)"),
    kinds: &[FileKind::Pdf, FileKind::Png, FileKind::Jpeg, FileKind::Webp],
};

/// The proof that a wage was paid (工资支付凭证). A citizen who acts for a hiring party may bring it in.
pub static WAGE_PROOF: Purpose = Purpose {
    name: "WAGE_PROOF",
    title: Text::new("工资支付凭证", "Proof of a wage payment"),
    limit: 10 * MIB,
    wanted: Text::new("PDF 文件或 PNG、JPEG、WebP 照片", "a PDF or a photo (PNG, JPEG or WebP)"),
    kinds: &[FileKind::Pdf, FileKind::Png, FileKind::Jpeg, FileKind::Webp],
};

/// What was shown when a hiring party was checked (核验材料): a licence, an authorisation, a signed pledge, a place.
pub static PARTY_EVIDENCE: Purpose = Purpose {
    name: "PARTY_EVIDENCE",
    title: Text::new("用工主体核验材料", "Evidence of a hiring party"),
    limit: 10 * MIB,
    wanted: Text::new("PDF、PNG、JPEG 或 WebP 文件", "a PDF, PNG, JPEG or WebP file"),
    kinds: &[FileKind::Pdf, FileKind::Png, FileKind::Jpeg, FileKind::Webp],
};

/// What is held about a person, written down for whoever may have it.
pub static PERSONAL: Purpose = Purpose {
    name: "PERSONAL",
    title: Text::new("个人信息副本", "Copy of what is held about a person"),
    limit: 64 * MIB,
    wanted: Text::new("系统生成的文件", "a file of the house itself"),
    kinds: &[],
};

/// The name of the copy of what is held about whoever has this user name; by it the copy is found again when that is
/// erased.
#[must_use]
pub fn copy_name(username: &str) -> String {
    format!("个人信息（{username}）.json")
}

/// Every purpose.
pub static PURPOSES: &[&Purpose] =
    &[&ANNEX2, &EXPORT, &CHECK_PHOTO, &POSTINGS, &AGENCY_PAPER, &PERSON_PAPER, &PARTY_EVIDENCE, &WAGE_PROOF, &PERSONAL];

fn purpose(name: &str) -> Option<&'static Purpose> {
    PURPOSES.iter().copied().find(|p| p.name == name)
}

/// States of a file, as stored.
mod status {
    /// Made, no byte yet.
    pub(super) const WAITING: &str = "WAITING";
    /// Bytes are coming in.
    pub(super) const RECEIVING: &str = "RECEIVING";
    /// All bytes are here.
    pub(super) const RECEIVED: &str = "RECEIVED";
    /// Taken over: it can be read.
    pub(crate) const READY: &str = "READY";
}

/// The place of a chunk, into which its seal binds it: the same bytes under another number do not open.
fn column(no: i32) -> String {
    format!("bytes:{no}")
}
