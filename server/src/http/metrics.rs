//! Prometheus metrics (运行指标). Labels hold routes, statuses and tenants' slugs, never personal
//! data, and never text a stranger chose: an unknown tenant is counted under `-`.

use std::time::Duration;

use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder,
};

use super::answer::Code;

/// The transport's metrics (传输层指标). Clones share the numbers.
#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    durations: HistogramVec,
    refusals: IntCounterVec,
    answers: IntCounterVec,
    in_flight: IntGauge,
    executions: IntGaugeVec,
    sockets: IntGaugeVec,
    streams: IntGaugeVec,
    resyncs: IntCounterVec,
    connections: IntGauge,
}

impl Metrics {
    /// Fresh metrics in a registry of their own.
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        clippy::new_without_default,
        reason = "fixed names; a test makes them all"
    )]
    pub fn new() -> Self {
        Self::described().expect("every metric has a name of its own")
    }

    fn described() -> prometheus::Result<Self> {
        let registry = Registry::new();
        let counter = |name: &str, help: &str, labels: &[&str]| {
            let made = IntCounterVec::new(Opts::new(name, help), labels)?;
            registry.register(Box::new(made.clone()))?;
            prometheus::Result::Ok(made)
        };
        let gauge = |name: &str, help: &str, labels: &[&str]| {
            let made = IntGaugeVec::new(Opts::new(name, help), labels)?;
            registry.register(Box::new(made.clone()))?;
            prometheus::Result::Ok(made)
        };
        let durations = HistogramVec::new(
            HistogramOpts::new("yizhan_http_request_seconds", "Time from request to answer")
                .buckets(vec![0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0]),
            &["route"],
        )?;
        registry.register(Box::new(durations.clone()))?;
        let in_flight = IntGauge::new("yizhan_http_in_flight", "Requests being answered")?;
        registry.register(Box::new(in_flight.clone()))?;
        let connections = IntGauge::new("yizhan_http_connections", "Open connections")?;
        registry.register(Box::new(connections.clone()))?;
        Ok(Self {
            requests: counter("yizhan_http_requests_total", "Requests answered", &["route", "status", "tenant"])?,
            refusals: counter(
                "yizhan_shield_refusals_total",
                "Documents the shield refused, by limit",
                &["limit", "tenant"],
            )?,
            answers: counter(
                "yizhan_graphql_errors_total",
                "Requests refused before execution, by code",
                &["code", "tenant"],
            )?,
            executions: gauge("yizhan_graphql_executions", "Executions running", &["tenant"])?,
            sockets: gauge("yizhan_ws_sockets", "Open WebSockets", &["tenant"])?,
            streams: gauge("yizhan_graphql_streams", "Subscriptions running, over WebSocket and SSE", &["tenant"])?,
            resyncs: counter("yizhan_graphql_resyncs_total", "Slow readers told to read again", &["tenant"])?,
            durations,
            in_flight,
            connections,
            registry,
        })
    }

    /// Where other parts of the server register metrics of their own.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The text a scraper reads.
    pub(crate) fn text(&self) -> String {
        let mut bytes = Vec::new();
        let encoded = TextEncoder::new().encode(&self.registry.gather(), &mut bytes);
        match encoded {
            Ok(()) => String::from_utf8(bytes).unwrap_or_default(),
            Err(error) => {
                tracing::error!(%error, "metrics could not be encoded");
                String::new()
            }
        }
    }

    pub(crate) fn answered(&self, route: &str, status: u16, tenant: &str, took: Duration) {
        self.requests.with_label_values(&[route, status_text(status), tenant]).inc();
        self.durations.with_label_values(&[route]).observe(took.as_secs_f64());
    }

    pub(crate) fn refused(&self, code: Code, limit: Option<&str>, tenant: &str) {
        self.answers.with_label_values(&[code.name(), tenant]).inc();
        if let Some(limit) = limit {
            self.refusals.with_label_values(&[limit, tenant]).inc();
        }
    }

    pub(crate) fn resync(&self, tenant: &str) {
        self.resyncs.with_label_values(&[tenant]).inc();
    }

    pub(crate) fn in_flight(&self) -> Held {
        Held::one(self.in_flight.clone())
    }

    pub(crate) fn connection(&self) -> Held {
        Held::one(self.connections.clone())
    }

    pub(crate) fn execution(&self, tenant: &str) -> Held {
        Held::one(self.executions.with_label_values(&[tenant]))
    }

    pub(crate) fn socket(&self, tenant: &str) -> Held {
        Held::one(self.sockets.with_label_values(&[tenant]))
    }

    pub(crate) fn stream(&self, tenant: &str) -> Held {
        Held::one(self.streams.with_label_values(&[tenant]))
    }
}

/// Counts one thing as long as it lives.
pub(crate) struct Held(IntGauge);

impl Held {
    fn one(gauge: IntGauge) -> Self {
        gauge.inc();
        Self(gauge)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// The statuses this transport answers with, so that no string is made per request.
fn status_text(status: u16) -> &'static str {
    match status {
        101 => "101",
        200 => "200",
        201 => "201",
        204 => "204",
        304 => "304",
        400 => "400",
        401 => "401",
        403 => "403",
        404 => "404",
        405 => "405",
        406 => "406",
        408 => "408",
        409 => "409",
        410 => "410",
        413 => "413",
        415 => "415",
        421 => "421",
        429 => "429",
        500 => "500",
        503 => "503",
        504 => "504",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happened_is_found_in_the_text() {
        let metrics = Metrics::new();
        metrics.answered("graphql", 200, "taiyuan", Duration::from_millis(3));
        metrics.refused(Code::CostExceeded, Some("depth"), "taiyuan");
        let open = metrics.socket("taiyuan");
        let text = metrics.text();
        assert!(text.contains(r#"yizhan_http_requests_total{route="graphql",status="200",tenant="taiyuan"} 1"#));
        assert!(text.contains(r#"yizhan_shield_refusals_total{limit="depth",tenant="taiyuan"} 1"#));
        assert!(text.contains(r#"yizhan_ws_sockets{tenant="taiyuan"} 1"#));
        drop(open);
        assert!(metrics.text().contains(r#"yizhan_ws_sockets{tenant="taiyuan"} 0"#));
    }
}
