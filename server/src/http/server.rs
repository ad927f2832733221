//! The front: which path goes where, and what every answer gets on its way out.

use std::sync::Arc;

use poem::http::{HeaderName, HeaderValue};
use poem::{Endpoint, Request, Response};
use rust_embed::DynRustEmbed;
use tokio::net::TcpListener;
use tokio::time::Instant;

use super::caller::{Seen, address};
use super::gate::{Gate, Options};
use super::logging::{self, Line};
use super::metrics::Metrics;
use super::ports::{House, SmsReportKind};
use super::{assets, connections, graphql_http, health, reply, session_cookie, sms, sse, uploads};

/// The whole server as one poem endpoint (服务入口). Clones share everything.
pub struct Front<H: House>(Arc<Gate<H>>);

impl<H: House> Clone for Front<H> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<H: House> Front<H> {
    /// A front over a house, with the pages this binary was built with.
    pub fn new(house: Arc<H>, options: Options, metrics: Metrics) -> Self {
        Self::with_pages(house, options, metrics, assets::built_in())
    }

    /// A front with other pages.
    pub(crate) fn with_pages(
        house: Arc<H>,
        options: Options,
        metrics: Metrics,
        pages: Arc<dyn DynRustEmbed + Send + Sync>,
    ) -> Self {
        Self(Gate::new(house, options, metrics, pages))
    }

    pub(crate) fn gate(&self) -> &Arc<Gate<H>> {
        &self.0
    }

    /// Begins to go down: readiness is withdrawn, subscriptions are completed, idle connections
    /// closed. [`serve`] does this when its shutdown future resolves.
    pub fn close(&self) {
        self.0.closing.cancel();
    }
}

/// Serves until `shutdown` resolves, then drains requests and sockets within
/// [`Options::drain_ms`]. Executions still running after that are reported in the log.
pub async fn serve<H: House>(
    front: Front<H>,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) {
    let closing = front.clone();
    let waiting = tokio::spawn(async move {
        shutdown.await;
        closing.close();
    });
    connections::serve(front, listener).await;
    waiting.abort();
}

/// Where a path leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Route<'a> {
    Live,
    Ready,
    Metrics,
    Graphql(&'a str),
    Stream(&'a str),
    Session(&'a str),
    Upload(&'a str, &'a str),
    File(&'a str, &'a str),
    Sms(&'a str, SmsReportKind),
    Page,
}

impl<'a> Route<'a> {
    fn of(path: &'a str) -> Self {
        let mut parts = path.strip_prefix('/').unwrap_or(path).split('/');
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some("livez"), None, ..) => Self::Live,
            (Some("readyz"), None, ..) => Self::Ready,
            (Some("metrics"), None, ..) => Self::Metrics,
            (Some("admin" | "assets" | ""), ..) => Self::Page,
            (Some(slug), Some("graphql"), None, _) => Self::Graphql(slug),
            (Some(slug), Some("graphql"), Some("stream"), None) => Self::Stream(slug),
            (Some(slug), Some("session"), None, _) => Self::Session(slug),
            (Some(slug), Some("uploads"), Some(token), None) => Self::Upload(slug, token),
            (Some(slug), Some("files"), Some(token), None) => Self::File(slug, token),
            (Some(slug), Some("sms"), Some("reply"), None) => Self::Sms(slug, SmsReportKind::Reply),
            (Some(slug), Some("sms"), Some("receipt"), None) => Self::Sms(slug, SmsReportKind::Receipt),
            _ => Self::Page,
        }
    }

    /// The label in metrics and log.
    fn name(self) -> &'static str {
        match self {
            Self::Live => "livez",
            Self::Ready => "readyz",
            Self::Metrics => "metrics",
            Self::Graphql(_) => "graphql",
            Self::Stream(_) => "stream",
            Self::Session(_) => "session",
            Self::Upload(..) => "upload",
            Self::File(..) => "file",
            Self::Sms(..) => "sms",
            Self::Page => "page",
        }
    }
}

impl<H: House> Endpoint for Front<H> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let gate = Arc::clone(&self.0);
        let _counted = gate.metrics.in_flight();
        let began = Instant::now();
        let (id, seen) = (gate.house.request_id(), Seen::default());
        request.set_data(id);
        request.set_data(seen.clone());
        let method = request.method().clone();
        let ip = address(&request, &gate.options.trusted_proxies);
        let path = request.uri().path().to_owned();
        let route = Route::of(&path);

        let mut response = dispatch(&gate, route, request).await;

        reply::secure(response.headers_mut(), gate.options.https);
        if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
            response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
        }
        let took = began.elapsed();
        let status = response.status().as_u16();
        let refused = response.data::<reply::Refused>().copied();
        gate.metrics.answered(route.name(), status, seen.slug(), took);
        if let Some(reply::Refused(code, limit)) = refused {
            gate.metrics.refused(code, limit, seen.slug());
        }
        logging::write(&Line {
            request_id: id,
            route: route.name(),
            method: method.as_str(),
            tenant: seen.slug(),
            status,
            code: refused.map_or("", |reply::Refused(code, _)| code.name()),
            took,
            ip,
        });
        Ok(response)
    }
}

async fn dispatch<H: House>(gate: &Arc<Gate<H>>, route: Route<'_>, request: Request) -> Response {
    let gate = Arc::clone(gate);
    match route {
        Route::Live => health::live(&gate, &request),
        Route::Ready => health::ready(gate, request).await,
        Route::Metrics => health::metrics(&gate, &request),
        Route::Graphql(slug) => graphql_http::handle(gate, slug, request).await,
        Route::Stream(slug) => sse::handle(gate, slug, request).await,
        Route::Session(slug) => session_cookie::handle(gate, slug, request).await,
        Route::Upload(slug, token) => uploads::upload(gate, slug, token, request).await,
        Route::File(slug, token) => uploads::download(gate, slug, token, request).await,
        Route::Sms(slug, kind) => sms::handle(gate, slug, kind, request).await,
        Route::Page => assets::handle(gate, request).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_path_has_one_door() {
        assert_eq!(Route::of("/livez"), Route::Live);
        assert_eq!(Route::of("/taiyuan/graphql"), Route::Graphql("taiyuan"));
        assert_eq!(Route::of("/platform/graphql/stream"), Route::Stream("platform"));
        assert_eq!(Route::of("/taiyuan/uploads/abc"), Route::Upload("taiyuan", "abc"));
        assert_eq!(Route::of("/taiyuan/files/abc"), Route::File("taiyuan", "abc"));
        assert_eq!(Route::of("/taiyuan/sms/reply"), Route::Sms("taiyuan", SmsReportKind::Reply));
        assert_eq!(Route::of("/taiyuan/sms/receipt"), Route::Sms("taiyuan", SmsReportKind::Receipt));
        for page in [
            "/taiyuan/sms",
            "/taiyuan/sms/other",
            "/",
            "/taiyuan",
            "/admin/graphql",
            "/taiyuan/markets/1",
            "/taiyuan/graphql/x",
        ] {
            assert_eq!(Route::of(page), Route::Page, "{page}");
        }
    }
}
