//! Files, in the words in which the transport asks for them.

use bytes::Bytes;

use super::ByteStream;

/// An upload that may begin (上传许可).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadTicket {
    /// The house's own reference.
    pub reference: String,
    /// How many bytes may come.
    pub max_bytes: u64,
}

/// An upload that has arrived (上传回执).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UploadReceipt {
    /// The opaque id to give to `completeUpload`.
    pub upload_id: String,
    /// Bytes taken.
    pub bytes: u64,
}

/// A file to hand out (下载文件).
pub struct Download {
    /// The name to save it under; any characters.
    pub file_name: String,
    /// Its media type.
    pub content_type: String,
    /// Its length in bytes, if known.
    pub length: Option<u64>,
    /// Its bytes.
    pub body: ByteStream,
}

/// A public file that is made on request (公开文件).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicFile {
    /// Its media type.
    pub content_type: &'static str,
    /// Its bytes.
    pub body: Bytes,
    /// Seconds a browser may keep it; none at all where it is read by a secret that may be taken back.
    pub max_age: u32,
    /// What a page may do beyond nothing, as a content security policy.
    pub policy: Option<String>,
}

/// Why a file is neither taken nor given (文件拒绝原因).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileRefused {
    /// No such file, or a token that is forged or another tenant's: all the same to a stranger.
    NotFound,
    /// The token was good once.
    Expired,
    /// The upload was already done.
    AlreadyDone,
    /// More bytes than the ticket allows.
    TooLarge,
    /// The bytes are not of the declared type.
    WrongType,
    /// The client hung up before the end.
    Interrupted,
    /// The store failed.
    Fault,
}
