//! What the transport asks of the house, and the words it asks in.
//!
//! The transport knows HTTP and nothing of accounts, tenants' stores or chapters. Whoever boots
//! the server implements [`House`]; every question the transport cannot answer itself is one
//! method of it. A method is called from a task of its own that is never dropped half-way, so an
//! implementation may hold a transaction across awaits.

mod files;
mod sms;

use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;

use async_graphql::{ErrorExtensionValues, Response, ServerError};
use bytes::Bytes;
use futures_util::stream::BoxStream;
use uuid::Uuid;

use super::halt::Halt;
use super::limits::Limits;

pub use files::{Download, FileRefused, PublicFile, UploadReceipt, UploadTicket};
pub use sms::{SmsRefused, SmsReport, SmsReportKind};

/// The house behind the door (驿站本体): tenants, identities, execution, files.
pub trait House: Send + Sync + 'static {
    /// A resolved tenant (租户). Cheap to clone.
    type Tenant: Clone + Send + Sync + 'static;
    /// Who is asking (身份): an account's session, an API key, or a stranger, and what it may do. Cheap to clone.
    type Identity: Clone + PartialEq + Send + Sync + 'static;

    /// Finds a tenant by its slug; `platform` is one of them.
    fn tenant(&self, slug: &str) -> impl Future<Output = Result<Self::Tenant, TenantRefused>> + Send;

    /// Says who presents this claim. No credential at all is a stranger, not an error, unless the
    /// tenant takes no strangers.
    fn identify(
        &self,
        tenant: &Self::Tenant,
        claim: Claim<'_>,
    ) -> impl Future<Output = Result<Self::Identity, IdentityRefused>> + Send;

    /// What an identity of a long-lived connection is at this moment: its session may be revoked, its roles withdrawn.
    /// Asked at [`Limits::recheck_ms`], and before every operation on a socket: then it is `used`.
    fn refresh(
        &self,
        tenant: &Self::Tenant,
        identity: &Self::Identity,
        used: bool,
    ) -> impl Future<Output = Result<Self::Identity, IdentityRefused>> + Send;

    /// Ends the session behind this identity; a stranger's or a key's identity is left alone.
    fn end_session(&self, tenant: &Self::Tenant, identity: &Self::Identity) -> impl Future<Output = ()> + Send;

    /// A stable number of the account or API key behind the identity, for its rate bucket; `None`
    /// for a stranger.
    fn rate_key(&self, identity: &Self::Identity) -> Option<u128>;

    /// The limits of this tenant. Called for every request: a clone of an `Arc`, save where a tenant lowers some.
    fn limits(&self, tenant: &Self::Tenant) -> Arc<Limits>;

    /// Whether this identity may read the schema (`schema:read`).
    fn may_introspect(&self, tenant: &Self::Tenant, identity: &Self::Identity) -> bool;

    /// Whether some API key of the tenant names this origin, so that a browser there may call.
    fn origin_known(&self, tenant: &Self::Tenant, origin: &str) -> impl Future<Output = bool> + Send;

    /// Consulted once per root field after parsing: a field of a plugin that is switched off for
    /// this tenant is refused before validation.
    fn root_field_refused(&self, tenant: &Self::Tenant, field: &str) -> Option<FieldRefused>;

    /// Whether this mutation must be the only root field of its operation (sign-in, one-time
    /// codes, password resets): several in one request would outrun the lock-out.
    fn stands_alone(&self, field: &str) -> bool;

    /// Runs a query or a mutation. The document in the request is already parsed and weighed.
    fn execute(
        &self,
        tenant: &Self::Tenant,
        identity: &Self::Identity,
        request: async_graphql::Request,
        call: Call,
    ) -> impl Future<Output = Response> + Send;

    /// Runs a subscription. The stream must end by itself soon after `call.halt` is raised
    /// because the transport does not drop it in the middle of a read. Put `take_until(call.halt.raised())` on the
    /// source of events, before the fields are resolved: on the outside it would drop the read itself.
    fn subscribe(
        &self,
        tenant: &Self::Tenant,
        identity: &Self::Identity,
        request: async_graphql::Request,
        call: Call,
    ) -> BoxStream<'static, Response>;

    /// A fault the caller will see only as `INTERNAL` with this request id. The message may hold
    /// personal data; write it where that is allowed.
    fn fault(&self, tenant: &Self::Tenant, request_id: &RequestId, error: &ServerError);

    /// Something an auditor wants to know: a token of another tenant, a forbidden origin.
    fn security_event(&self, slug: &str, event: SecurityEvent);

    /// Checks the signature and expiry of an upload token and says how much may come.
    fn open_upload(
        &self,
        tenant: &Self::Tenant,
        token: &str,
    ) -> impl Future<Output = Result<UploadTicket, FileRefused>> + Send;

    /// Takes the bytes of an upload. The stream fails when more than `ticket.max_bytes` come or
    /// the client hangs up; nothing may be kept then.
    fn receive_upload(
        &self,
        tenant: &Self::Tenant,
        ticket: UploadTicket,
        content_type: Option<&str>,
        body: ByteStream,
    ) -> impl Future<Output = Result<UploadReceipt, FileRefused>> + Send;

    /// Opens a file behind a signed, expiring download token.
    fn open_file(
        &self,
        tenant: &Self::Tenant,
        token: &str,
    ) -> impl Future<Output = Result<Download, FileRefused>> + Send;

    /// A file under a tenant's address that is made, not stored, for whoever knows the address: `markets/{id}/qr.svg`.
    /// Asked only for paths whose last part has a dot.
    fn public_file(&self, tenant: &Self::Tenant, path: &str) -> impl Future<Output = Option<PublicFile>> + Send;

    /// Takes in what the gateway for text messages brings, if it is signed, of this moment and new.
    fn receive_sms(
        &self,
        tenant: &Self::Tenant,
        request_id: RequestId,
        report: SmsReport,
    ) -> impl Future<Output = Result<(), SmsRefused>> + Send;

    /// Whether the server can take requests: stores open, migrations done.
    fn ready(&self) -> impl Future<Output = Readiness> + Send;

    /// A fresh request id. Ids come from the kernel, not from here.
    fn request_id(&self) -> RequestId;

    /// A fresh unguessable value for one page's content security policy.
    fn nonce(&self) -> String;
}

/// A stream of bytes, in or out.
pub type ByteStream = BoxStream<'static, std::io::Result<Bytes>>;

/// The id of a request (请求编号), in the log and in the answer to a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RequestId(Uuid);

impl RequestId {
    /// An id made by the kernel.
    pub fn from_uuid(id: Uuid) -> Self {
        Self(id)
    }

    /// The id.
    pub fn uuid(self) -> Uuid {
        self.0
    }
}

impl std::fmt::Display for RequestId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.as_hyphenated().fmt(f)
    }
}

/// The answer of an execution that could not even begin: the store is out of reach, the context could not be made.
/// [`House::fault`] is told the message; the caller gets `INTERNAL`, the request id and status 500.
pub fn failed(message: impl Into<String>) -> Response {
    let mut error = ServerError::new(message, None);
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", super::Code::Internal.name());
    error.extensions = Some(extensions);
    Response::from_errors(vec![error])
}

/// The language of an answer (语言). Chinese unless the caller asks for English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// 简体中文.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Language {
    /// Reads an `Accept-Language` header or a language tag: the first of zh and en wins.
    pub fn of(header: Option<&str>) -> Self {
        let Some(header) = header else {
            return Self::default();
        };
        for tag in header.split(',') {
            let tag = tag.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            match tag.split('-').next() {
                Some("zh") => return Self::Chinese,
                Some("en") => return Self::English,
                _ => {}
            }
        }
        Self::default()
    }

    /// The tag for `Content-Language`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }
}

/// By which door a request came (传输方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Door {
    /// A POST.
    Http,
    /// A WebSocket.
    WebSocket,
    /// Server-sent events.
    Sse,
}

impl Door {
    /// Is an answer written here at once? Others hand answers on.
    pub const fn writes_answers(self) -> bool {
        matches!(self, Self::Http)
    }
}

/// What a request presents to prove who it is (凭据).
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The credential, if any.
    pub credential: Credential<'a>,
    /// The `Origin` of the page, when a browser sent one that is not our own.
    pub origin: Option<&'a str>,
    /// Where it comes from.
    pub ip: IpAddr,
    /// By which door.
    pub door: Door,
}

/// A credential (凭据类型).
#[derive(Clone, Copy)]
pub enum Credential<'a> {
    /// None: a stranger.
    None,
    /// `Authorization: Bearer …`.
    Bearer(&'a str),
    /// The admin's cookie; same-origin and protected against forged requests by the transport.
    Cookie(&'a str),
}

impl std::fmt::Debug for Credential<'_> {
    /// A token never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Bearer(_) => "Bearer(…)",
            Self::Cookie(_) => "Cookie(…)",
        })
    }
}

/// What an execution is told about the request around it (请求上下文).
#[derive(Clone, Debug)]
pub struct Call {
    /// The request's id.
    pub request_id: RequestId,
    /// The language to answer in.
    pub language: Language,
    /// Where it comes from; personal data, never for a log.
    pub ip: IpAddr,
    /// What the caller's program calls itself, cut to 200 characters.
    pub user_agent: Option<String>,
    /// By which door.
    pub door: Door,
    /// Raised when the deadline has passed or nobody waits any more. Steps check it between
    /// statements and return; nothing is dropped.
    pub halt: Halt,
    /// The validator of the library found nothing in this document before, and its variables change nothing in that.
    pub valid: bool,
    /// What is JSON already is taken into the answer word for word.
    pub takes_json: bool,
}

/// Why there is no such tenant to talk to (租户不可用).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TenantRefused {
    /// No tenant has this slug.
    Unknown,
    /// The tenant is being migrated or restored.
    Maintenance {
        /// When to try again, in seconds.
        retry_after: u32,
    },
}

/// Why a claim is not believed (身份校验失败).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityRefused {
    /// Unknown, expired or revoked token, or a tenant that takes no strangers.
    Unauthenticated,
    /// The token belongs to another tenant.
    WrongTenant,
    /// The key may not be used from this origin.
    OriginNotAllowed,
    /// Nobody knows at this moment: the store does not answer. Nobody is signed out for that.
    Unavailable,
}

/// A root field that is switched off (字段停用).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRefused {
    /// The plugin that owns it.
    pub plugin: String,
    /// Its title in Chinese.
    pub title_zh: String,
    /// Its title in English.
    pub title_en: String,
}

/// Something an auditor wants to know (安全事件).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityEvent {
    /// What happened.
    pub kind: SecurityEventKind,
    /// From where; personal data, for the audit store only.
    pub ip: IpAddr,
    /// The request.
    pub request_id: RequestId,
}

/// Kinds of security events (安全事件类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SecurityEventKind {
    /// A token presented to a tenant it does not belong to.
    TokenOfAnotherTenant,
    /// A key or page from an origin that is not allowed.
    ForbiddenOrigin,
    /// A cookie without the header that proves the page is ours.
    ForgedRequest,
}

/// Whether the house takes requests (就绪状态).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// It does.
    Ready,
    /// It does not, and these parts are why. Names only, no personal data.
    NotReady(Vec<String>),
}
