//! A small house to test the transport against: three tenants, five tokens, one schema.
//!
//! Also compiled into `examples/transport.rs`, so that clients of other languages can be tried
//! by hand.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::futures_util::stream::{self, BoxStream, StreamExt};
use async_graphql::{Response, Schema, ServerError};
use bytes::Bytes;
use tokio::sync::{Semaphore, broadcast};
use uuid::Uuid;

use super::http::ports::{
    Call, Claim, Credential, Download, FieldRefused, FileRefused, House, IdentityRefused, PublicFile, Readiness,
    RequestId, SecurityEvent, SecurityEventKind, SmsRefused, SmsReport, SmsReportKind, TenantRefused, UploadReceipt,
    UploadTicket, failed,
};
use super::http::{ByteStream, Limits};
use super::schema::{Mutation, Query, Subscriptions, TestSchema};

/// Switches a test turns, and what it reads afterwards.
pub(crate) struct Switches {
    pub(crate) limits: Mutex<Arc<Limits>>,
    pub(crate) revoked: Mutex<HashSet<String>>,
    pub(crate) events: broadcast::Sender<u32>,
    /// `hold` adds a permit here when it has begun …
    pub(crate) begun: Semaphore,
    /// … and waits for one here.
    pub(crate) release: Semaphore,
    /// Executions of `hold` that came to their end.
    pub(crate) ended: AtomicUsize,
    /// Executions of `hold` that saw their flag raised.
    pub(crate) halted: AtomicUsize,
    pub(crate) notes: Mutex<Vec<String>>,
    pub(crate) security: Mutex<Vec<(String, SecurityEventKind)>>,
    pub(crate) faults: Mutex<Vec<String>>,
    pub(crate) uploads: Mutex<Vec<Vec<u8>>>,
    pub(crate) texts: Mutex<Vec<(String, SmsReportKind, Vec<u8>)>>,
    pub(crate) sessions_ended: AtomicUsize,
    pub(crate) rechecks: AtomicUsize,
    /// Counts changes of what everybody may do.
    pub(crate) rights: AtomicUsize,
    /// The store that knows who is who does not answer.
    pub(crate) unknown: AtomicBool,
    pub(crate) ready: Mutex<Readiness>,
    /// Why executions cannot begin.
    pub(crate) down: Mutex<Option<String>>,
}

impl Switches {
    fn new(limits: Limits) -> Self {
        Self {
            limits: Mutex::new(Arc::new(limits)),
            revoked: Mutex::default(),
            events: broadcast::channel(1024).0,
            begun: Semaphore::new(0),
            release: Semaphore::new(0),
            ended: AtomicUsize::new(0),
            halted: AtomicUsize::new(0),
            notes: Mutex::default(),
            security: Mutex::default(),
            faults: Mutex::default(),
            uploads: Mutex::default(),
            texts: Mutex::default(),
            sessions_ended: AtomicUsize::new(0),
            rechecks: AtomicUsize::new(0),
            rights: AtomicUsize::new(0),
            unknown: AtomicBool::new(false),
            ready: Mutex::new(Readiness::Ready),
            down: Mutex::default(),
        }
    }
}

/// Locks without caring whether a test panicked.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Who calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Who {
    pub(crate) token: Option<String>,
    /// What it may do.
    pub(crate) rights: usize,
}

/// The house.
pub(crate) struct Inn {
    pub(crate) schema: TestSchema,
    pub(crate) switches: Arc<Switches>,
    next: AtomicU64,
}

impl Inn {
    pub(crate) fn new(limits: Limits) -> Self {
        let switches = Arc::new(Switches::new(limits));
        let schema = Schema::build(Query, Mutation, Subscriptions)
            .data(Arc::clone(&switches))
            .disable_suggestions()
            .limit_complexity(5_000)
            .finish();
        Self { schema, switches, next: AtomicU64::new(1) }
    }
}

impl House for Inn {
    type Tenant = String;
    type Identity = Who;

    async fn tenant(&self, slug: &str) -> Result<String, TenantRefused> {
        match slug {
            "taiyuan" | "datong" | "platform" => Ok(slug.to_owned()),
            "yangquan" => Err(TenantRefused::Maintenance { retry_after: 30 }),
            _ => Err(TenantRefused::Unknown),
        }
    }

    async fn identify(&self, tenant: &String, claim: Claim<'_>) -> Result<Who, IdentityRefused> {
        let rights = self.switches.rights.load(Ordering::SeqCst);
        let token = match claim.credential {
            Credential::None => return Ok(Who { token: None, rights }),
            Credential::Bearer(token) | Credential::Cookie(token) => token,
        };
        if self.switches.unknown.load(Ordering::SeqCst) {
            return Err(IdentityRefused::Unavailable);
        }
        if lock(&self.switches.revoked).contains(token) {
            return Err(IdentityRefused::Unauthenticated);
        }
        match token {
            "datong-clerk" if tenant != "datong" => Err(IdentityRefused::WrongTenant),
            "clerk" | "reader" | "datong-clerk" => Ok(Who { token: Some(token.to_owned()), rights }),
            "app-key" if claim.origin == Some("https://app.example") => {
                Ok(Who { token: Some(token.to_owned()), rights })
            }
            "app-key" => Err(IdentityRefused::OriginNotAllowed),
            _ => Err(IdentityRefused::Unauthenticated),
        }
    }

    async fn refresh(&self, _: &String, identity: &Who, _: bool) -> Result<Who, IdentityRefused> {
        self.switches.rechecks.fetch_add(1, Ordering::SeqCst);
        if self.switches.unknown.load(Ordering::SeqCst) {
            return Err(IdentityRefused::Unavailable);
        }
        let revoked = identity.token.as_ref().is_some_and(|token| lock(&self.switches.revoked).contains(token));
        let rights = self.switches.rights.load(Ordering::SeqCst);
        if revoked { Err(IdentityRefused::Unauthenticated) } else { Ok(Who { rights, ..identity.clone() }) }
    }

    async fn end_session(&self, _: &String, _: &Who) {
        self.switches.sessions_ended.fetch_add(1, Ordering::SeqCst);
    }

    fn rate_key(&self, identity: &Who) -> Option<u128> {
        identity.token.as_ref().map(|token| token.bytes().map(u128::from).sum())
    }

    fn limits(&self, _: &String) -> Arc<Limits> {
        Arc::clone(&lock(&self.switches.limits))
    }

    fn may_introspect(&self, _: &String, identity: &Who) -> bool {
        identity.token.as_deref() == Some("reader")
    }

    async fn origin_known(&self, _: &String, origin: &str) -> bool {
        origin == "https://app.example"
    }

    fn root_field_refused(&self, tenant: &String, field: &str) -> Option<FieldRefused> {
        (field == "courses" && tenant == "taiyuan").then(|| FieldRefused {
            plugin: "training".to_owned(),
            title_zh: "培训".to_owned(),
            title_en: "Training".to_owned(),
        })
    }

    fn stands_alone(&self, field: &str) -> bool {
        field == "signIn"
    }

    async fn execute(&self, _: &String, who: &Who, request: async_graphql::Request, call: Call) -> Response {
        let down = lock(&self.switches.down).clone();
        match down {
            Some(why) => failed(why),
            None => self.schema.execute(request.data(call).data(who.clone())).await,
        }
    }

    fn subscribe(
        &self,
        _: &String,
        who: &Who,
        request: async_graphql::Request,
        call: Call,
    ) -> BoxStream<'static, Response> {
        self.schema.execute_stream(request.data(call).data(who.clone())).boxed()
    }

    fn fault(&self, _: &String, _: &RequestId, error: &ServerError) {
        lock(&self.switches.faults).push(error.message.clone());
    }

    fn security_event(&self, slug: &str, event: SecurityEvent) {
        lock(&self.switches.security).push((slug.to_owned(), event.kind));
    }

    async fn open_upload(&self, _: &String, token: &str) -> Result<UploadTicket, FileRefused> {
        match token {
            "good" => Ok(UploadTicket { reference: "u1".to_owned(), max_bytes: 100_000 }),
            "old" => Err(FileRefused::Expired),
            _ => Err(FileRefused::NotFound),
        }
    }

    async fn receive_upload(
        &self,
        _: &String,
        ticket: UploadTicket,
        _: Option<&str>,
        mut body: ByteStream,
    ) -> Result<UploadReceipt, FileRefused> {
        let mut bytes = Vec::new();
        while let Some(chunk) = body.next().await {
            match chunk {
                Ok(chunk) => bytes.extend_from_slice(&chunk),
                Err(error) if error.kind() == std::io::ErrorKind::FileTooLarge => return Err(FileRefused::TooLarge),
                Err(_) => return Err(FileRefused::Interrupted),
            }
        }
        let length = bytes.len() as u64;
        lock(&self.switches.uploads).push(bytes);
        Ok(UploadReceipt { upload_id: ticket.reference, bytes: length })
    }

    async fn open_file(&self, _: &String, token: &str) -> Result<Download, FileRefused> {
        if token != "good" {
            return Err(FileRefused::NotFound);
        }
        Ok(Download {
            file_name: "名录.csv".to_owned(),
            content_type: "text/csv; charset=utf-8".to_owned(),
            length: Some(5),
            body: stream::iter([Ok(Bytes::from_static(b"a,b\r\n"))]).boxed(),
        })
    }

    async fn public_file(&self, tenant: &String, path: &str) -> Option<PublicFile> {
        let made = |content_type, body: String, max_age, policy| {
            Some(PublicFile { content_type, body: Bytes::from(body), max_age, policy })
        };
        match path {
            "markets/1/qr.svg" => made("image/svg+xml", format!("<svg>{tenant}</svg>"), 60, None),
            "screens/secret.html" => {
                let policy = "default-src 'none'; connect-src 'self'".to_owned();
                made("text/html; charset=utf-8", format!("<h1>{tenant}</h1>"), 0, Some(policy))
            }
            _ => None,
        }
    }

    async fn receive_sms(&self, tenant: &String, _: RequestId, report: SmsReport) -> Result<(), SmsRefused> {
        match (report.signature.as_str(), report.timestamp.as_str()) {
            ("good", "now") => {
                lock(&self.switches.texts).push((tenant.clone(), report.kind, report.body));
                Ok(())
            }
            ("good", "before") => Err(SmsRefused::Repeated),
            ("good", "long ago") => Err(SmsRefused::Stale),
            ("good", "unknown") => Err(SmsRefused::Unknown),
            ("good", "nonsense") => Err(SmsRefused::Malformed),
            ("good", "nobody") => Err(SmsRefused::NotSet),
            ("good", "down") => Err(SmsRefused::Fault),
            _ => Err(SmsRefused::Forged),
        }
    }

    async fn ready(&self) -> Readiness {
        lock(&self.switches.ready).clone()
    }

    fn request_id(&self) -> RequestId {
        RequestId::from_uuid(Uuid::from_u128(self.next.fetch_add(1, Ordering::SeqCst).into()))
    }

    fn nonce(&self) -> String {
        format!("n{}", self.next.fetch_add(1, Ordering::SeqCst))
    }
}
