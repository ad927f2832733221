//! A small house to test the transport against: three tenants, five tokens, one schema.
//!
//! Also compiled into `examples/transport.rs`, so that clients of other languages can be tried
//! by hand.

use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::futures_util::stream::{self, BoxStream, StreamExt};
use async_graphql::{Context, ErrorExtensions, Object, Response, Schema, ServerError, SimpleObject, Subscription};
use bytes::Bytes;
use tokio::sync::{Semaphore, broadcast};

use super::http::ports::{
    Call, Claim, Credential, Download, FieldRefused, FileRefused, House, IdentityRefused, PublicFile, Readiness,
    RequestId, SecurityEvent, SecurityEventKind, TenantRefused, UploadReceipt, UploadTicket,
};
use super::http::{ByteStream, Limits};

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
    pub(crate) sessions_ended: AtomicUsize,
    pub(crate) rechecks: AtomicUsize,
    pub(crate) ready: Mutex<Readiness>,
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
            sessions_ended: AtomicUsize::new(0),
            rechecks: AtomicUsize::new(0),
            ready: Mutex::new(Readiness::Ready),
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
}

pub(crate) type TestSchema = Schema<Query, Mutation, Subscriptions>;

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
        let token = match claim.credential {
            Credential::None => return Ok(Who { token: None }),
            Credential::Bearer(token) | Credential::Cookie(token) => token,
        };
        if lock(&self.switches.revoked).contains(token) {
            return Err(IdentityRefused::Unauthenticated);
        }
        match token {
            "clerk" | "reader" => Ok(Who { token: Some(token.to_owned()) }),
            "datong-clerk" if tenant != "datong" => Err(IdentityRefused::WrongTenant),
            "datong-clerk" => Ok(Who { token: Some(token.to_owned()) }),
            "app-key" if claim.origin == Some("https://app.example") => Ok(Who { token: Some(token.to_owned()) }),
            "app-key" => Err(IdentityRefused::OriginNotAllowed),
            _ => Err(IdentityRefused::Unauthenticated),
        }
    }

    async fn still_valid(&self, _: &String, identity: &Who) -> bool {
        self.switches.rechecks.fetch_add(1, Ordering::SeqCst);
        identity.token.as_ref().is_none_or(|token| !lock(&self.switches.revoked).contains(token))
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
        self.schema.execute(request.data(call).data(who.clone())).await
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
        (path == "markets/1/qr.svg").then(|| PublicFile {
            content_type: "image/svg+xml",
            body: Bytes::from(format!("<svg>{tenant}</svg>")),
            max_age: 60,
        })
    }

    async fn ready(&self) -> Readiness {
        lock(&self.switches.ready).clone()
    }

    fn request_id(&self) -> RequestId {
        RequestId::new(format!("r{}", self.next.fetch_add(1, Ordering::SeqCst)))
    }

    fn nonce(&self) -> String {
        format!("n{}", self.next.fetch_add(1, Ordering::SeqCst))
    }
}

/// A market with neighbours without end.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct Market {
    id: u32,
}

#[async_graphql::ComplexObject]
impl Market {
    async fn neighbours(&self) -> Vec<Market> {
        vec![Market { id: self.id + 1 }]
    }

    async fn first(&self, tags: Option<Vec<String>>, filter: Option<async_graphql::Json<async_graphql::Value>>) -> u32 {
        let _ = (tags, filter);
        self.id
    }
}

pub(crate) struct Query;

#[Object]
impl Query {
    async fn hello(&self, name: Option<String>) -> String {
        format!("你好，{}", name.unwrap_or_else(|| "世界".to_owned()))
    }

    async fn who(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<String>> {
        Ok(ctx.data::<Who>()?.token.clone())
    }

    async fn from(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        let call = ctx.data::<Call>()?;
        let ip: IpAddr = call.ip;
        Ok(format!("{:?} {} {:?}", call.door, ip, call.language))
    }

    async fn market(&self, id: u32) -> Market {
        Market { id }
    }

    async fn courses(&self) -> Vec<String> {
        vec!["焊工".to_owned()]
    }

    async fn birthday(&self, on: chrono::NaiveDate) -> String {
        on.to_string()
    }

    async fn big(&self, bytes: usize) -> String {
        "x".repeat(bytes)
    }

    async fn broken(&self) -> Option<async_graphql::Result<String>> {
        Some(Err(async_graphql::Error::new("disk /var/lib is full, password hunter2")))
    }

    async fn brokens(&self, many: u32) -> Vec<Option<Broken>> {
        (0..many).map(|_| Some(Broken)).collect()
    }

    async fn forbidden(&self) -> Option<async_graphql::Result<String>> {
        Some(Err(async_graphql::Error::new("不可以").extend_with(|_, e| e.set("code", "FORBIDDEN"))))
    }

    async fn panic(&self) -> String {
        let nothing: Option<String> = None;
        nothing.expect("a bug in a resolver")
    }

    /// Begins, waits until released or halted, ends.
    async fn hold(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        hold(ctx).await
    }
}

/// An object whose only field fails.
pub(crate) struct Broken;

#[Object]
impl Broken {
    async fn it(&self) -> Option<async_graphql::Result<String>> {
        Some(Err(async_graphql::Error::new("secret")))
    }
}

async fn hold(ctx: &Context<'_>) -> async_graphql::Result<bool> {
    let switches = ctx.data::<Arc<Switches>>()?;
    let halt = &ctx.data::<Call>()?.halt;
    switches.begun.add_permits(1);
    let released = tokio::select! {
        released = switches.release.acquire() => { released?.forget(); true }
        () = halt.raised() => {
            switches.halted.fetch_add(1, Ordering::SeqCst);
            false
        }
    };
    switches.ended.fetch_add(1, Ordering::SeqCst);
    Ok(released)
}

pub(crate) struct Mutation;

#[Object]
impl Mutation {
    async fn sign_in(&self, name: String) -> String {
        name
    }

    async fn note(&self, ctx: &Context<'_>, text: String) -> async_graphql::Result<usize> {
        let mut notes = lock(&ctx.data::<Arc<Switches>>()?.notes);
        notes.push(text);
        Ok(notes.len())
    }

    /// Notes only after it was released; deaf to its flag, as a commit is.
    async fn slow_note(&self, ctx: &Context<'_>, text: String) -> async_graphql::Result<usize> {
        let switches = ctx.data::<Arc<Switches>>()?;
        switches.begun.add_permits(1);
        switches.release.acquire().await?.forget();
        let mut notes = lock(&switches.notes);
        notes.push(text);
        Ok(notes.len())
    }
}

pub(crate) struct Subscriptions;

#[Subscription]
impl Subscriptions {
    /// Counts at once.
    async fn count(&self, to: u32) -> impl stream::Stream<Item = u32> {
        stream::iter(1..=to)
    }

    /// What the test sends, until halted.
    async fn events(&self, ctx: &Context<'_>) -> async_graphql::Result<impl stream::Stream<Item = u32>> {
        let switches = Arc::clone(ctx.data::<Arc<Switches>>()?);
        let receiver = switches.events.subscribe();
        let halted = ctx.data::<Call>()?.halt.raised();
        switches.begun.add_permits(1);
        let events = stream::unfold((receiver, switches), |(mut receiver, switches)| async move {
            receiver.recv().await.ok().map(|event| (event, (receiver, switches)))
        });
        let ended = Arc::clone(ctx.data::<Arc<Switches>>()?);
        let last = stream::once(async move {
            ended.ended.fetch_add(1, Ordering::SeqCst);
        })
        .filter_map(|()| async { None });
        Ok(events.take_until(halted).chain(last))
    }

    /// Refuses.
    async fn never(&self) -> async_graphql::Result<stream::Empty<u32>> {
        Err(async_graphql::Error::new("不可以").extend_with(|_, e| e.set("code", "FORBIDDEN")))
    }
}
