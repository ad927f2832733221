//! The door (门): what the transport asks of the house, answered from the kernel, people and blobs.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_graphql::{Request, Response, ServerError};
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use kernel::blob;
use kernel::clock::{fill_random, new_id};
use kernel::ctx::{Actor, Ctx, Via};
use kernel::fault::{Fault, Stop};
use kernel::kernel::{Kernel, TenantInfo};
use kernel::plain::TakesJson;
use kernel::text::Lang;
use parking_lot::RwLock;
use people::Claimed;

use crate::http::ports::{
    Call, Claim, Credential, Download, FieldRefused, FileRefused, IdentityRefused, Language, PublicFile, Readiness,
    RequestId, SecurityEvent, SmsRefused, SmsReport, TenantRefused, UploadReceipt, UploadTicket, failed,
};
use crate::http::{ByteStream, House, Limits};
use crate::schema::HouseSchema;

/// The store does not answer; it may in a moment.
const OUT_OF_REACH: TenantRefused = TenantRefused::Maintenance { retry_after: 10 };

/// The house behind the door.
pub struct Door {
    kernel: Arc<Kernel>,
    schema: HouseSchema,
    /// For documents that were validated before.
    swift: HouseSchema,
    limits: Arc<Limits>,
    /// What the cities that lower limits are held to, each for as long as its line in the platform stays as read.
    lowered: RwLock<HashMap<String, (Arc<TenantInfo>, Arc<Limits>)>>,
    served: AtomicU64,
}

/// Who asks, as the transport keeps it for the length of a request or a socket.
#[derive(Clone, PartialEq)]
pub struct Identity {
    actor: Actor,
    may_introspect: bool,
}

impl Door {
    /// A door into `kernel`.
    #[must_use]
    pub fn new(kernel: Arc<Kernel>, limits: Limits) -> Self {
        crate::plugins::teach(&kernel);
        let (limits, lowered) = (Arc::new(limits), RwLock::default());
        let (schema, swift) = (crate::schema::build(), crate::schema::build_for_valid());
        Self { kernel, schema, swift, limits, lowered, served: AtomicU64::new(0) }
    }

    async fn ctx(&self, tenant: &Arc<TenantInfo>, actor: Actor, call: &Call) -> Result<Ctx, Fault> {
        let lang = match call.language {
            Language::Chinese => Lang::Zh,
            Language::English => Lang::En,
        };
        let ctx = self.kernel.ctx_of(Arc::clone(tenant), actor, lang, call.request_id.uuid()).await?;
        Ok(ctx.let_in(self.limits(tenant).page_rows as u64, call.halt.flag()))
    }

    async fn stranger(&self, tenant: &Arc<TenantInfo>) -> Result<Ctx, Fault> {
        let id = new_id(self.kernel.clock.now());
        self.kernel.ctx_of(Arc::clone(tenant), Actor::Anonymous, Lang::Zh, id).await
    }

    async fn identity(&self, tenant: &Arc<TenantInfo>, claim: Claim<'_>) -> Result<Identity, IdentityRefused> {
        let (Credential::Bearer(token) | Credential::Cookie(token)) = claim.credential else {
            return Ok(Identity { actor: Actor::Anonymous, may_introspect: false });
        };
        let ctx = self.stranger(tenant).await.map_err(|fault| logged(&fault, IdentityRefused::Unavailable))?;
        let actor = match people::authenticate(&ctx, token, claim.origin).await {
            Ok(Claimed::Actor(actor)) => actor,
            Ok(Claimed::Unknown) => return Err(IdentityRefused::Unauthenticated),
            Ok(Claimed::OtherTenant) => return Err(IdentityRefused::WrongTenant),
            Ok(Claimed::OriginNotAllowed) => return Err(IdentityRefused::OriginNotAllowed),
            Err(fault) => return Err(logged(&fault, IdentityRefused::Unavailable)),
        };
        Ok(known(&ctx, actor).await)
    }
}

/// An actor with what the transport asks about it.
async fn known(ctx: &Ctx, actor: Actor) -> Identity {
    let reach = ctx.as_actor(actor.clone()).reach(&kernel::house::policy::SCHEMA_READ).await;
    Identity { actor, may_introspect: reach.is_ok_and(|reach| !reach.is_nowhere()) }
}

/// A fault where the transport knows only a refusal: logged here, once. That a store is not as this build needs it was
/// told as it opened.
fn logged<T>(fault: &Fault, refused: T) -> T {
    if !matches!(fault, Fault::Maintenance) {
        tracing::error!(%fault, cause = %fault.cause(), "the door could not answer");
    }
    refused
}

impl House for Door {
    type Tenant = Arc<TenantInfo>;
    type Identity = Identity;

    async fn tenant(&self, slug: &str) -> Result<Self::Tenant, TenantRefused> {
        match self.kernel.tenant(slug).await {
            Ok(Some(tenant)) if tenant.slug != slug => Err(TenantRefused::Unknown),
            Ok(Some(tenant)) if tenant.status == "ACTIVE" => {
                // Known before the parse, so that the gate can ask without waiting.
                let ctx = self.stranger(&tenant).await.map_err(|f| logged(&f, OUT_OF_REACH))?;
                kernel::plugins::look(&ctx).await.map_err(|f| logged(&f, OUT_OF_REACH))?;
                Ok(tenant)
            }
            Ok(Some(_)) => Err(TenantRefused::Maintenance { retry_after: 60 }),
            Ok(None) => Err(TenantRefused::Unknown),
            Err(fault) => Err(logged(&fault, OUT_OF_REACH)),
        }
    }

    async fn identify(&self, tenant: &Self::Tenant, claim: Claim<'_>) -> Result<Identity, IdentityRefused> {
        self.identity(tenant, claim).await
    }

    async fn refresh(
        &self,
        tenant: &Self::Tenant,
        identity: &Identity,
        used: bool,
    ) -> Result<Identity, IdentityRefused> {
        if matches!(identity.actor, Actor::Anonymous) {
            return Ok(identity.clone());
        }
        let ctx = self.stranger(tenant).await.map_err(|fault| logged(&fault, IdentityRefused::Unavailable))?;
        match people::refresh(&ctx, &identity.actor, used).await {
            Ok(Some(actor)) => Ok(known(&ctx, actor).await),
            Ok(None) => Err(IdentityRefused::Unauthenticated),
            Err(fault) => Err(logged(&fault, IdentityRefused::Unavailable)),
        }
    }

    async fn end_session(&self, tenant: &Self::Tenant, identity: &Identity) {
        let Ok(ctx) = self.stranger(tenant).await else { return };
        let ctx = ctx.as_actor(identity.actor.clone());
        let has_session = match ctx.actor() {
            Actor::Account(account) => matches!(account.via, Via::Session(_)),
            Actor::Citizen(_) => true,
            Actor::Anonymous | Actor::System(_) => false,
        };
        if has_session && let Err(stop) = people::sign_out(&ctx, false).await {
            logged(&stop.into_fault(), ());
        }
    }

    fn rate_key(&self, identity: &Identity) -> Option<u128> {
        match &identity.actor {
            Actor::Account(account) => match &account.via {
                Via::ApiKey { id, .. } => Some(id.as_u128()),
                Via::Session(_) => Some(account.id.as_u128()),
            },
            Actor::Citizen(citizen) => Some(citizen.id.as_u128()),
            _ => None,
        }
    }

    fn limits(&self, tenant: &Self::Tenant) -> Arc<Limits> {
        if tenant.limits.is_empty() {
            return Arc::clone(&self.limits);
        }
        let held = self.lowered.read().get(&tenant.code).filter(|held| Arc::ptr_eq(&held.0, tenant)).cloned();
        held.map_or_else(
            || {
                let lowered = Arc::new(self.limits.lowered_by(&tenant.limits));
                self.lowered.write().insert(tenant.code.clone(), (Arc::clone(tenant), Arc::clone(&lowered)));
                lowered
            },
            |(_, lowered)| lowered,
        )
    }

    fn may_introspect(&self, _: &Self::Tenant, identity: &Identity) -> bool {
        identity.may_introspect
    }

    async fn origin_known(&self, tenant: &Self::Tenant, origin: &str) -> bool {
        let Ok(ctx) = self.stranger(tenant).await else { return false };
        people::origin_known(&ctx, origin).await.unwrap_or(false)
    }

    fn root_field_refused(&self, tenant: &Self::Tenant, field: &str) -> Option<FieldRefused> {
        let manifest = self.kernel.manifests.iter().find(|m| m.switchable && m.root_fields.contains(&field))?;
        let on = kernel::plugins::is_on(&self.kernel, &tenant.code, manifest.name);
        (!on).then(|| FieldRefused {
            plugin: manifest.name.to_owned(),
            title_zh: manifest.title.zh.to_owned(),
            title_en: manifest.title.en.to_owned(),
        })
    }

    fn stands_alone(&self, field: &str) -> bool {
        matches!(
            field,
            "signIn"
                | "acceptInvitation"
                | "beginTotpEnrolment"
                | "confirmTotpEnrolment"
                | "changePassword"
                | "resetPassword"
                | "resetTotp"
                | "revealPersonalValue"
                | "requestPhoneCode"
                | "signInCitizen"
                | "changePhone"
                | "lookUpWorker"
                | "exportCitizenData"
                | "eraseCitizen"
        )
    }

    async fn execute(&self, tenant: &Self::Tenant, identity: &Identity, request: Request, call: Call) -> Response {
        self.served.fetch_add(1, Ordering::Relaxed);
        match self.ctx(tenant, identity.actor.clone(), &call).await {
            Ok(ctx) => {
                let source = people::Source::new(call.ip, call.user_agent);
                let schema = if call.valid { &self.swift } else { &self.schema };
                let request = request.data(ctx).data(source);
                let request = if call.takes_json { request.data(TakesJson) } else { request };
                schema.execute(request).await
            }
            Err(fault) => failed(fault.to_string()),
        }
    }

    fn subscribe(
        &self,
        tenant: &Self::Tenant,
        identity: &Identity,
        request: Request,
        call: Call,
    ) -> BoxStream<'static, Response> {
        let (kernel, schema) = (Arc::clone(&self.kernel), self.schema.clone());
        let page_rows = self.limits(tenant).page_rows as u64;
        let (tenant, actor) = (Arc::clone(tenant), identity.actor.clone());
        let lang = if call.language == Language::English { Lang::En } else { Lang::Zh };
        let flag = call.halt.flag();
        futures_util::stream::once(async move {
            match kernel.ctx_of(tenant, actor, lang, call.request_id.uuid()).await {
                Ok(ctx) => {
                    // Raised, the flag ends the source between two events; nothing is dropped in the middle of a read.
                    schema.execute_stream(request.data(ctx.let_in(page_rows, flag))).boxed()
                }
                Err(fault) => futures_util::stream::iter([failed(fault.to_string())]).boxed(),
            }
        })
        .flatten()
        .boxed()
    }

    fn fault(&self, tenant: &Self::Tenant, request_id: &RequestId, error: &ServerError) {
        tracing::error!(tenant = tenant.code, request_id = %request_id, path = ?error.path, "a request failed");
    }

    fn security_event(&self, slug: &str, event: SecurityEvent) {
        tracing::warn!(target: "security", tenant = slug, kind = ?event.kind, request_id = %event.request_id, "security event");
    }

    async fn open_upload(&self, _: &Self::Tenant, token: &str) -> Result<UploadTicket, FileRefused> {
        // The signature, the expiry and the announced size are checked where the bytes are taken, in one place.
        let max_bytes = blob::PURPOSES.iter().map(|p| p.limit).max().unwrap_or_default();
        Ok(UploadTicket { reference: token.to_owned(), max_bytes: max_bytes.unsigned_abs() })
    }

    async fn receive_upload(
        &self,
        tenant: &Self::Tenant,
        ticket: UploadTicket,
        _: Option<&str>,
        body: ByteStream,
    ) -> Result<UploadReceipt, FileRefused> {
        let ctx = self.stranger(tenant).await.map_err(|f| logged(&f, FileRefused::Fault))?;
        let taken = blob::receive(&ctx, &ticket.reference, body).await.map_err(|stop| match stop {
            Stop::Refused(blob::ReceiveUpload::BadAddress) => FileRefused::NotFound,
            Stop::Refused(blob::ReceiveUpload::Expired) => FileRefused::Expired,
            Stop::Refused(blob::ReceiveUpload::TooLarge) => FileRefused::TooLarge,
            Stop::Refused(blob::ReceiveUpload::Incomplete) => FileRefused::Interrupted,
            Stop::Refused(blob::ReceiveUpload::Superseded) => FileRefused::AlreadyDone,
            Stop::Fault(fault) => logged(&fault, FileRefused::Fault),
        })?;
        Ok(UploadReceipt { upload_id: ctx.gid("Upload", taken.id).to_string(), bytes: taken.size.unsigned_abs() })
    }

    async fn open_file(&self, tenant: &Self::Tenant, token: &str) -> Result<Download, FileRefused> {
        let ctx = self.stranger(tenant).await.map_err(|f| logged(&f, FileRefused::Fault))?;
        let file = blob::open_download(&ctx, token).await.map_err(|fault| match fault {
            Fault::NotFound => FileRefused::NotFound,
            fault => logged(&fault, FileRefused::Fault),
        })?;
        Ok(Download {
            file_name: file.file_name.clone(),
            content_type: file.media_type.clone(),
            length: u64::try_from(file.size).ok(),
            body: file.chunks().map(|part| part.map(Into::into).map_err(std::io::Error::other)).boxed(),
        })
    }

    async fn public_file(&self, tenant: &Self::Tenant, path: &str) -> Option<PublicFile> {
        let ctx = self.stranger(tenant).await.ok()?;
        if path == "feed/postings.json" {
            let feed = hiring::feed(&ctx).await.map_err(|fault| logged(&fault, ())).ok()?;
            return Some(PublicFile { content_type: "application/json", body: feed.into(), max_age: 60, policy: None });
        }
        if let Some(token) = path.strip_prefix("screens/").and_then(|rest| rest.strip_suffix(".html")) {
            let nonce = self.nonce();
            let page = hiring::hall_screen(&ctx, token, &nonce).await.map_err(|fault| logged(&fault, ())).ok()??;
            return Some(screen_page(page, &nonce));
        }
        let slug = path.strip_prefix("markets/")?.strip_suffix("/qr.svg")?;
        let svg = markets::public_qr(&ctx, slug).await.ok()??;
        Some(PublicFile { content_type: "image/svg+xml", body: svg.into(), max_age: 3600, policy: None })
    }

    async fn receive_sms(&self, tenant: &Self::Tenant, id: RequestId, report: SmsReport) -> Result<(), SmsRefused> {
        crate::sms::receive(&self.kernel, Arc::clone(tenant), id.uuid(), report).await
    }

    async fn ready(&self) -> Readiness {
        let looked = tokio::time::timeout(Duration::from_secs(2), self.kernel.all_tenants()).await;
        let parts = [("store", !matches!(looked, Ok(Ok(_)))), ("worker", self.kernel.alive.has_died())];
        let waiting: Vec<String> = parts.into_iter().filter(|part| part.1).map(|part| part.0.to_owned()).collect();
        if waiting.is_empty() { Readiness::Ready } else { Readiness::NotReady(waiting) }
    }

    fn request_id(&self) -> RequestId {
        RequestId::from_uuid(new_id(self.kernel.clock.now()))
    }

    fn nonce(&self) -> String {
        let mut bytes = [0_u8; 16];
        fill_random(&mut bytes);
        data_encoding::BASE64URL_NOPAD.encode(&bytes)
    }
}

/// The page of a hall screen: it asks for itself again and does nothing else. No browser keeps it, for its link may be closed.
fn screen_page(page: String, nonce: &str) -> PublicFile {
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    let content_type = "text/html; charset=utf-8";
    PublicFile { content_type, body: page.into(), max_age: 0, policy: Some(policy) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Code;

    /// A variant that is missing here does not compile: its code must be one that callers get.
    const fn stands_below(fault: &Fault) -> bool {
        match fault {
            Fault::Unauthenticated
            | Fault::Forbidden
            | Fault::NotFound
            | Fault::PluginDisabled(_)
            | Fault::IdempotencyKeyReused
            | Fault::RateLimited
            | Fault::Maintenance
            | Fault::Deadline
            | Fault::Internal { .. } => true,
        }
    }

    #[test]
    fn the_code_of_every_fault_is_one_that_callers_get() {
        let all = [
            Fault::Unauthenticated,
            Fault::Forbidden,
            Fault::NotFound,
            Fault::PluginDisabled("training"),
            Fault::IdempotencyKeyReused,
            Fault::RateLimited,
            Fault::Maintenance,
            Fault::Deadline,
            Fault::internal("fail"),
        ];
        for fault in &all {
            assert!(stands_below(fault));
            assert_eq!(Code::of(fault.code()).map(Code::name), Some(fault.code()));
        }
    }
}
