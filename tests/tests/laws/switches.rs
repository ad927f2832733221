//! What is changed while the server runs (运行中变更): two servers over one PostgreSQL, each with a kernel, a port and a
//! memory of its own. A plugin switched, a line of policy set or limits lowered at one is so at the other, without a
//! restart. For the plugin the other server is a process of its own.
//!
//! There is no plugin in the house yet, so one is made here that owns a root field everybody may ask for.

mod process;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use kernel::clock::ManualClock;
use kernel::config::Config;
use kernel::kernel::NewTenant;
use kernel::keys::RootKey;
use kernel::plugin::{Manifest, Plugin};
use kernel::plugins::{disable_plugin, enable_plugin};
use kernel::{Actor, Kernel, Lang, Text};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::postgres::Fresh;

const CITIES: [(&str, &str); 2] = [("140100", "taiyuan"), ("140200", "datong")];

/// Owns `trades`.
fn guide() -> Plugin {
    Plugin::new(Manifest {
        name: "guide",
        title: Text::new("工种指南", "Guide to trades"),
        switchable: true,
        root_fields: &["trades"],
        migrations: Vec::new(),
        actions: &[],
        grants: &[],
        jobs: Vec::new(),
        listeners: Vec::new(),
        personal: None,
    })
}

/// Where a server answers.
struct Address {
    client: reqwest::Client,
    base: String,
}

impl Address {
    fn of(base: String) -> Self {
        Self { client: reqwest::Client::builder().no_proxy().build().expect("a client"), base }
    }

    async fn ask(&self, slug: &str, document: &str) -> Value {
        let request = self.client.post(format!("{}/{slug}/graphql", self.base)).json(&json!({"query": document}));
        request.send().await.expect("an answer").json().await.expect("JSON")
    }

    /// The code of the first error that a document is answered with.
    async fn code(&self, slug: &str, document: &str) -> Option<String> {
        self.ask(slug, document).await["errors"][0]["extensions"]["code"].as_str().map(str::to_owned)
    }

    /// What the plugin's root field answers: `ON`, or the code of the error.
    async fn trades(&self, slug: &str) -> String {
        let answer = self.ask(slug, "{ trades(first: 1) { code } }").await;
        match answer["errors"][0]["extensions"]["code"].as_str() {
            Some(code) => code.to_owned(),
            None if answer["data"]["trades"][0]["code"].is_string() => "ON".to_owned(),
            None => answer.to_string(),
        }
    }

    /// Asks until it is so: news travel through PostgreSQL, and half a minute is enough for any of them.
    async fn until(&self, slug: &str, wanted: &str) {
        let asking = async { while self.trades(slug).await != wanted {} };
        let waited = tokio::time::timeout(Duration::from_secs(30), asking).await;
        assert!(waited.is_ok(), "{slug} never answered {wanted}");
    }
}

/// A server of the house.
struct Server {
    kernel: Arc<Kernel>,
    at: Address,
    stop: CancellationToken,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl Server {
    async fn start(fresh: &Fresh, dir: &tempfile::TempDir) -> Self {
        Self::on(&fresh.url, &fresh.prefix, dir.path()).await
    }

    async fn on(url: &str, prefix: &str, dir: &Path) -> Self {
        let mut config = Config::load(None, std::iter::empty()).expect("the defaults load");
        config.data_dir = dir.to_owned();
        url.clone_into(&mut config.database.url);
        prefix.clone_into(&mut config.database.prefix);
        // News are waited for by asking as fast as one can.
        for rate in ["account_per_second", "address_per_second", "tenant_per_second"] {
            config.http["limits"][rate] = 0.into();
        }
        let clock = ManualClock::at("2026-11-23T02:00:00Z".parse().expect("a moment"));
        let (chapters, root) = (yizhan::plugins::chapters(), RootKey::new([7; 32]));
        let kernel = Kernel::build_with(config, Arc::new(clock), root, chapters, vec![guide()]);
        kernel.ensure_platform(Some(url)).await.expect("the platform is made, or there");
        for (code, slug) in CITIES {
            if kernel.tenant(code).await.expect("the platform answers").is_none() {
                let (code, slug, name_en) = (code.to_owned(), slug.to_owned(), slug.to_owned());
                let new = NewTenant { code, slug, name_zh: "某市".to_owned(), name_en, hotline: None };
                kernel.create_tenant(new, Some(url)).await.expect("the city is made");
            }
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let at = Address::of(format!("http://{}", listener.local_addr().expect("an address")));
        let stop = CancellationToken::new();
        // Who hears nothing of the others would pass this by luck, so the first news are waited for: everything is stale.
        let mut news = kernel.invalidation.subscribe();
        tokio::spawn(yizhan::commands::serve::run_until(Arc::clone(&kernel), listener, false, stop.clone()));
        let heard = tokio::time::timeout(Duration::from_secs(30), news.recv()).await.expect("the server listens");
        heard.expect("news");
        Self { kernel, at, stop }
    }

    async fn switch(&self, on: bool) {
        let ctx = self.kernel.ctx(CITIES[0].0, Actor::System("test"), Lang::Zh).await.expect("a context");
        if on {
            enable_plugin(&ctx, "guide", None, None, None).await.expect("it is switched on");
        } else {
            disable_plugin(&ctx, "guide", None, "停用", None).await.expect("it is switched off");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plugin_switched_in_one_server_process_is_switched_in_the_other_without_a_restart() {
    let (fresh, dir) = (Fresh::new().await, tempfile::tempdir().expect("a directory"));
    let one = Server::start(&fresh, &dir).await;
    let mut other = process::Process::start(&fresh, dir.path()).await;
    let [taiyuan, datong] = CITIES.map(|(_, slug)| slug);
    for at in [&one.at, &other.at] {
        // Both know now that it is off, and would go on saying so.
        assert_eq!((at.trades(taiyuan).await, at.trades(datong).await), (off(), off()));
    }
    one.switch(true).await;
    assert_eq!(one.at.trades(taiyuan).await, "ON", "where it was switched, at once");
    other.at.until(taiyuan, "ON").await;
    assert_eq!((one.at.trades(datong).await, other.at.trades(datong).await), (off(), off()), "one city is not another");
    other.switch(false).await;
    assert_eq!(other.at.trades(taiyuan).await, off(), "where it was switched, at once");
    one.at.until(taiyuan, &off()).await;
}

/// What was forbidden, asked of a server's kernel as an officer of the city.
async fn may_read_markets(server: &Server) -> bool {
    let held = [kernel::policy::Held {
        role: "bureau_officer".to_owned(),
        kind: kernel::policy::ScopeKind::City,
        key: String::new(),
        until: None,
    }];
    let id = uuid::Uuid::from_u128(7);
    let officer = kernel::ctx::AccountActor {
        id,
        username: "officer".to_owned(),
        held: held.into(),
        via: kernel::ctx::Via::Session(id),
        restricted: false,
    };
    let ctx = server.kernel.ctx(CITIES[0].0, Actor::Account(officer), Lang::Zh).await.expect("a context");
    ctx.allows(&markets::policy::READ, &kernel::Place::city()).await.expect("a decision")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_of_policy_set_at_one_server_holds_at_the_other_without_a_restart() {
    let (fresh, dir) = (Fresh::new().await, tempfile::tempdir().expect("a directory"));
    let (one, other) = (Server::start(&fresh, &dir).await, Server::start(&fresh, &dir).await);
    // Both have decided it, and would go on saying so.
    assert_eq!((may_read_markets(&one).await, may_read_markets(&other).await), (true, true));
    let ctx = one.kernel.ctx(CITIES[0].0, Actor::System("test"), Lang::Zh).await.expect("a context");
    let line = people::LineInput { role: "bureau_officer".to_owned(), action: "market.read".to_owned(), forbids: true };
    let set = people::set_policy_line(&ctx, line, 0, None).await.expect("it is set");
    assert!(!may_read_markets(&one).await, "where it was set, at once");
    let until = async |wanted: bool| {
        let asking = async { while may_read_markets(&other).await != wanted {} };
        let waited = tokio::time::timeout(Duration::from_secs(30), asking).await;
        assert!(waited.is_ok(), "the other server never said {wanted}");
    };
    until(false).await;
    people::withdraw_policy_line(&ctx, set.id, 1, None).await.expect("it is taken back");
    assert!(may_read_markets(&one).await, "where it was taken back, at once");
    until(true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn limits_lowered_at_one_server_hold_at_the_other_and_in_no_other_city() {
    let (fresh, dir) = (Fresh::new().await, tempfile::tempdir().expect("a directory"));
    let (one, other) = (Server::start(&fresh, &dir).await, Server::start(&fresh, &dir).await);
    let [taiyuan, datong] = CITIES.map(|(_, slug)| slug);
    let deep = "{ division(code: \"140100\") { children { children { code } } } }";
    let lowered = BTreeMap::from([("depth".to_owned(), 2)]);
    assert_eq!((one.at.code(taiyuan, deep).await, other.at.code(taiyuan, deep).await), (None, None));
    one.kernel.set_tenant_limits(CITIES[0].0, &lowered).await.expect("they are lowered");
    let refused = one.at.code(taiyuan, deep).await;
    assert!(refused.is_some(), "where they were lowered, at once");
    let asking = async { while other.at.code(taiyuan, deep).await != refused {} };
    assert!(tokio::time::timeout(Duration::from_secs(30), asking).await.is_ok(), "the other server never refused");
    assert_eq!(
        (one.at.code(datong, deep).await, other.at.code(datong, deep).await),
        (None, None),
        "another city's hold"
    );
    one.kernel.set_tenant_limits(CITIES[0].0, &BTreeMap::new()).await.expect("they are put back");
    assert_eq!(one.at.code(taiyuan, deep).await, None);
}

fn off() -> String {
    "PLUGIN_DISABLED".to_owned()
}
