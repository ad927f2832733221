//! Who calls: the facts of one request that every door needs, read once from its head.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, OnceLock};

use poem::Request;
use poem::http::{HeaderMap, header};

use super::answer::Refusal;
use super::gate::{Desk, Gate};
use super::ports::{
    Claim, Credential, Door, House, IdentityRefused, Language, RequestId, SecurityEvent, SecurityEventKind,
};
use super::session_cookie;

/// The facts of one request (请求来历).
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) id: RequestId,
    pub(crate) ip: IpAddr,
    pub(crate) language: Language,
    pub(crate) user_agent: Option<String>,
    /// The `Origin` header, lower case, unless it is our own.
    pub(crate) origin: Option<String>,
    seen: Seen,
}

/// The tenant of a request, once it is known to exist: for the log and the metrics.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen(Arc<OnceLock<Arc<str>>>);

impl Seen {
    /// The tenant's slug, or `-`.
    pub(crate) fn slug(&self) -> &str {
        self.0.get().map_or("-", |slug| slug)
    }
}

impl Caller {
    /// Reads the head of a request.
    pub(crate) fn of<H: House>(gate: &Gate<H>, request: &Request) -> Self {
        let headers = request.headers();
        Self {
            id: request.data::<RequestId>().copied().unwrap_or_else(|| gate.house.request_id()),
            ip: address(request, &gate.options.trusted_proxies),
            language: Language::of(text(headers, header::ACCEPT_LANGUAGE)),
            user_agent: text(headers, header::USER_AGENT).map(|name| name.chars().take(200).collect()),
            origin: foreign_origin(headers),
            seen: request.data::<Seen>().cloned().unwrap_or_default(),
        }
    }
}

/// A tenant that was found, with its desk, and who calls it.
pub(crate) struct Visit<H: House> {
    pub(crate) gate: Arc<Gate<H>>,
    pub(crate) desk: Arc<Desk>,
    pub(crate) tenant: H::Tenant,
    pub(crate) caller: Caller,
}

impl<H: House> Clone for Visit<H> {
    fn clone(&self) -> Self {
        Self {
            gate: Arc::clone(&self.gate),
            desk: Arc::clone(&self.desk),
            tenant: self.tenant.clone(),
            caller: self.caller.clone(),
        }
    }
}

impl<H: House> Visit<H> {
    /// Finds the tenant and takes one from the bucket of the address.
    pub(crate) async fn begin(gate: Arc<Gate<H>>, slug: &str, caller: Caller) -> Result<Self, Refusal> {
        if !slug_is_plausible(slug) {
            return Err(super::ports::TenantRefused::Unknown.into());
        }
        let tenant = gate.house.tenant(slug).await?;
        let desk = gate.desk(slug, gate.house.limits(&tenant));
        let _ = caller.seen.0.set(Arc::clone(&desk.slug));
        desk.rates.take_address(caller.ip)?;
        Ok(Self { gate, desk, tenant, caller })
    }

    /// Says who calls, and takes one from the buckets of the account and the tenant.
    pub(crate) async fn identify(&self, credential: Credential<'_>, door: Door) -> Result<H::Identity, Refusal> {
        let claim = Claim { credential, origin: self.caller.origin.as_deref(), ip: self.caller.ip, door };
        let identity = match self.gate.house.identify(&self.tenant, claim).await {
            Ok(identity) => identity,
            Err(refused) => {
                match refused {
                    IdentityRefused::WrongTenant => {
                        self.report(SecurityEventKind::TokenOfAnotherTenant);
                    }
                    IdentityRefused::OriginNotAllowed => {
                        self.report(SecurityEventKind::ForbiddenOrigin);
                    }
                    IdentityRefused::Unauthenticated | IdentityRefused::Unavailable => {}
                }
                return Err(refused.into());
            }
        };
        self.take(&identity)?;
        Ok(identity)
    }

    /// Takes one from the buckets of the account and the tenant.
    pub(crate) fn take(&self, identity: &H::Identity) -> Result<(), Refusal> {
        self.desk.rates.take_account(self.gate.house.rate_key(identity))
    }

    /// Tells the house what an auditor wants to know.
    pub(crate) fn report(&self, kind: SecurityEventKind) {
        let event = SecurityEvent { kind, ip: self.caller.ip, request_id: self.caller.id };
        self.gate.house.security_event(&self.desk.slug, event);
    }
}

/// The credential of a request: a bearer token wins over the cookie. A cookie counts only with the header no foreign
/// page can send without our leave. Our own public pages do not send it: a browser says that they are ours, and they
/// are answered as strangers.
pub(crate) fn credential<'a>(headers: &'a HeaderMap, slug: &str) -> Result<Credential<'a>, Refusal> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        return bearer(value.to_str().unwrap_or_default())
            .map(Credential::Bearer)
            .ok_or_else(|| IdentityRefused::Unauthenticated.into());
    }
    let own_page = headers.contains_key(header::ORIGIN) && foreign_origin(headers).is_none();
    match session_cookie::read(headers, slug) {
        None => Ok(Credential::None),
        Some(token) if session_cookie::page_is_ours(headers) => Ok(Credential::Cookie(token)),
        Some(_) if own_page => Ok(Credential::None),
        Some(_) => Err(Refusal::forged()),
    }
}

/// The token of `Bearer …`.
pub(crate) fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.trim().split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// A header as text.
pub(crate) fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// The `Origin` of a page that is not ours. A browser sends it; a program need not.
pub(crate) fn foreign_origin(headers: &HeaderMap) -> Option<String> {
    let origin = text(headers, header::ORIGIN)?.trim().to_ascii_lowercase();
    let host = text(headers, header::HOST).unwrap_or_default().trim().to_ascii_lowercase();
    let authority = origin.split_once("://").map_or(origin.as_str(), |(_, rest)| rest);
    (host.is_empty() || authority != host).then_some(origin)
}

/// A slug as tenants have them; anything else is not even looked up.
fn slug_is_plausible(slug: &str) -> bool {
    let bytes = slug.as_bytes();
    (2..=32).contains(&bytes.len())
        && bytes[0].is_ascii_lowercase()
        && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-')
}

/// The caller's address: the last one in `X-Forwarded-For` that is not a proxy of ours, when the
/// peer is one.
pub(crate) fn address(request: &Request, proxies: &[IpAddr]) -> IpAddr {
    let peer = request
        .remote_addr()
        .as_socket_addr()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |socket| socket.ip().to_canonical());
    let forwarded = request.headers().get_all("x-forwarded-for");
    let chain: Vec<IpAddr> = forwarded
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|entry| entry.trim().parse().ok())
        .collect();
    behind(peer, &chain, proxies)
}

/// Walks the chain from our side outwards as long as proxies of ours stand there.
fn behind(peer: IpAddr, chain: &[IpAddr], proxies: &[IpAddr]) -> IpAddr {
    let mut at = peer;
    for next in chain.iter().rev() {
        if !proxies.contains(&at) {
            break;
        }
        at = next.to_canonical();
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(header::HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_forwarded_address_is_believed_only_from_a_proxy_of_ours() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let chain = [ip("1.1.1.1"), ip("2.2.2.2")];
        assert_eq!(behind(ip("9.9.9.9"), &chain, &[]), ip("9.9.9.9"));
        assert_eq!(behind(ip("9.9.9.9"), &chain, &[ip("9.9.9.9")]), ip("2.2.2.2"));
        let both = [ip("9.9.9.9"), ip("2.2.2.2")];
        assert_eq!(behind(ip("9.9.9.9"), &chain, &both), ip("1.1.1.1"));
        assert_eq!(behind(ip("9.9.9.9"), &[], &both), ip("9.9.9.9"));
    }

    #[test]
    fn our_own_origin_is_no_foreign_one() {
        let ours = headers(&[(header::HOST, "a.cn:8080"), (header::ORIGIN, "https://a.cn:8080")]);
        assert_eq!(foreign_origin(&ours), None);
        let other = headers(&[(header::HOST, "a.cn"), (header::ORIGIN, "https://B.cn")]);
        assert_eq!(foreign_origin(&other).as_deref(), Some("https://b.cn"));
        let opaque = headers(&[(header::HOST, "a.cn"), (header::ORIGIN, "null")]);
        assert_eq!(foreign_origin(&opaque).as_deref(), Some("null"));
    }

    #[test]
    fn only_a_bearer_token_is_a_credential() {
        assert_eq!(bearer("Bearer abc"), Some("abc"));
        assert_eq!(bearer("bearer  abc "), Some("abc"));
        assert_eq!(bearer("Basic abc"), None);
        assert_eq!(bearer("Bearer "), None);
        assert_eq!(bearer("abc"), None);
    }
}
