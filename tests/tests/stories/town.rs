//! A town to tell stories in: the whole server on a port, one city, a province, and people who can sign in.

use std::sync::Arc;

use chrono::NaiveDateTime;
use kernel::clock::{ManualClock, shanghai};
use kernel::config::Config;
use kernel::ctx::Actor;
use kernel::fault::{Fault, Never, Stop};
use kernel::kernel::NewTenant;
use kernel::keys::RootKey;
use kernel::store::PLATFORM;
use kernel::worker::Worker;
use kernel::{Action, Ctx, Kernel, Lang};
use people::{HashedPassword, NewAccount, NewRole};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::postgres::Fresh;

/// The city of every town: code, slug, and name in both languages.
const TAIYUAN: [&str; 4] = ["140100", "taiyuan", "太原市", "Taiyuan"];

static SETTLE: Action = Action::new("test", "settle", "建立测试账号", "Make the test's accounts");
pub(crate) const PASSWORD: &str = "Dawn-Hall-0430";

/// The server, running.
pub(super) struct Town {
    client: reqwest::Client,
    base: String,
    stop: CancellationToken,
    kernel: Arc<Kernel>,
    clock: ManualClock,
    _dir: tempfile::TempDir,
}

impl Drop for Town {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl Town {
    /// On SQLite.
    pub(super) async fn on_sqlite() -> Self {
        Self::start(Self::defaults(), None).await
    }

    /// On PostgreSQL.
    pub(super) async fn on_postgres() -> Self {
        let fresh = Fresh::new().await;
        Self::in_database(&fresh, Self::defaults()).await
    }

    /// On a PostgreSQL that the story looks into, too.
    pub(super) async fn in_database(fresh: &Fresh, mut config: Config) -> Self {
        config.database.url.clone_from(&fresh.url);
        config.database.prefix.clone_from(&fresh.prefix);
        Self::start(config, Some(&fresh.url)).await
    }

    /// The settings as they come.
    pub(super) fn defaults() -> Config {
        let mut config = Config::load(None, std::iter::empty()).expect("the defaults load");
        // A story asks until something has happened, as fast as it can.
        for rate in ["account_per_second", "address_per_second", "tenant_per_second"] {
            config.http["limits"][rate] = 0.into();
        }
        config
    }

    /// With these settings.
    pub(super) async fn start(config: Config, admin: Option<&str>) -> Self {
        Self::open(config, admin, true).await
    }

    /// A town in which nothing happens by itself: the story says when, by [`Town::go`] and [`Town::work`].
    pub(super) async fn still(config: Config, admin: Option<&str>) -> Self {
        Self::open(config, admin, false).await
    }

    async fn open(mut config: Config, admin: Option<&str>, work: bool) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        config.data_dir = dir.path().to_owned();
        config.public_url.clone_from(&base);
        config.people.staff_totp = false;
        // Monday 23 November 2026, ten in the morning in Taiyuan.
        let clock = ManualClock::at("2026-11-23T02:00:00Z".parse().expect("a moment"));
        let (root, manifests) = (RootKey::new([7; 32]), crate::house::manifests());
        let kernel = Kernel::build(config, Arc::new(clock.clone()), root, manifests);
        yizhan::plugins::teach(&kernel);
        kernel.ensure_platform(admin).await.expect("the platform is made");
        kernel.create_tenant(city(TAIYUAN), admin).await.expect("the city is made");
        settle(&kernel, "140100", &[("bureau", "bureau_officer"), ("auditor", "audit_admin")]).await;
        settle(&kernel, "platform", &[("province", "province_officer")]).await;
        let stop = CancellationToken::new();
        let serving = yizhan::commands::serve::run_until(Arc::clone(&kernel), listener, work, stop.clone());
        tokio::spawn(serving);
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        Self { client, base, stop, kernel, clock, _dir: dir }
    }

    /// Makes another city beside, with its bureau: code, slug, and name in both languages; `admin` as the town was made with.
    pub(super) async fn found(&self, of: [&str; 4], admin: Option<&str>) {
        self.kernel.create_tenant(city(of), admin).await.expect("the city is made");
        settle(&self.kernel, of[0], &[("bureau", "bureau_officer")]).await;
    }

    /// The house itself, in the city.
    pub(super) async fn itself(&self) -> Ctx {
        self.itself_in("140100").await
    }

    /// The house itself, in another city.
    pub(super) async fn itself_in(&self, code: &str) -> Ctx {
        self.kernel.ctx(code, Actor::System("test"), Lang::Zh).await.expect("a context")
    }

    /// Puts the clock to a moment in Shanghai: `2026-11-24 05:00`.
    pub(super) fn go(&self, moment: &str) {
        let moment = NaiveDateTime::parse_from_str(moment, "%Y-%m-%d %H:%M").expect("a moment");
        self.clock.set(moment.and_local_timezone(shanghai()).single().expect("a moment in Shanghai").to_utc());
    }

    /// Does everything that is due in the city, and what came of it at the province.
    pub(super) async fn work(&self) {
        self.work_in(&["140100", PLATFORM]).await;
    }

    /// The same in these stores, in this order.
    pub(super) async fn work_in(&self, codes: &[&str]) {
        for code in codes {
            let drained = Worker::new(Arc::clone(&self.kernel), "story".to_owned()).drain(code).await;
            drained.expect("the jobs run");
        }
    }

    /// An account that holds a role somewhere in the city.
    pub(super) async fn clerk(&self, username: &str, role: NewRole) {
        self.clerk_in("140100", username, role).await;
    }

    /// The same in another city.
    pub(super) async fn clerk_in(&self, code: &str, username: &str, role: NewRole) {
        let password = HashedPassword::of(PASSWORD).await.expect("a hash");
        let new = NewAccount { password: Some(password), roles: vec![role], ..NewAccount::named(username, username) };
        create(&self.itself_in(code).await, new).await;
    }

    /// Where the server listens.
    pub(super) fn address(&self) -> &str {
        self.base.trim_start_matches("http://")
    }

    /// Asks GraphQL, as the holder of `token` or as a stranger; the whole answer.
    pub(super) async fn ask(&self, slug: &str, token: Option<&str>, query: &str, variables: Value) -> Value {
        let mut request = self.client.post(format!("{}/{slug}/graphql", self.base));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let answer = request.json(&json!({"query": query, "variables": variables})).send().await.expect("an answer");
        answer.json().await.expect("JSON")
    }

    /// Asks, and expects data under `field`.
    pub(super) async fn get(&self, slug: &str, token: &str, query: &str, variables: Value, field: &str) -> Value {
        let answer = self.ask(slug, Some(token), query, variables).await;
        assert!(answer.get("errors").is_none(), "{field}: {answer}");
        answer["data"][field].clone()
    }

    /// Signs in; the token.
    pub(super) async fn sign_in(&self, slug: &str, username: &str) -> String {
        let query = "mutation($i: SignInInput!) { signIn(input: $i) { ... on SignedIn { token } } }";
        let answer = self.ask(slug, None, query, json!({"i": {"username": username, "password": PASSWORD}})).await;
        answer["data"]["signIn"]["token"].as_str().unwrap_or_else(|| panic!("no token: {answer}")).to_owned()
    }

    /// Puts bytes to a path of the server; the status.
    pub(super) async fn put(&self, path: &str, bytes: Vec<u8>) -> u16 {
        let answer = self.client.put(format!("{}{path}", self.base)).body(bytes).send().await.expect("an answer");
        answer.status().as_u16()
    }

    /// Fetches a path of the server.
    pub(super) async fn fetch(&self, path: &str) -> (u16, Vec<u8>) {
        let answer = self.client.get(format!("{}{path}", self.base)).send().await.expect("an answer");
        (answer.status().as_u16(), answer.bytes().await.expect("a body").to_vec())
    }

    /// Asks again until `done` says so: jobs run beside us, and half a minute is enough for any of them.
    pub(super) async fn until(
        &self,
        slug: &str,
        token: &str,
        query: &str,
        variables: Value,
        done: fn(&Value) -> bool,
    ) -> Value {
        let asking = async {
            loop {
                let answer = self.ask(slug, Some(token), query, variables.clone()).await;
                if done(&answer["data"]) {
                    return answer["data"].clone();
                }
            }
        };
        let waited = tokio::time::timeout(std::time::Duration::from_secs(30), asking).await;
        waited.unwrap_or_else(|_| panic!("it did not happen: {query}"))
    }
}

fn city(of: [&str; 4]) -> NewTenant {
    let [code, slug, name_zh, name_en] = of.map(str::to_owned);
    NewTenant { code, slug, name_zh, name_en, hotline: Some("12333".to_owned()) }
}

pub(crate) async fn settle(kernel: &Arc<Kernel>, code: &str, people: &[(&str, &'static str)]) {
    let ctx = kernel.ctx(code, Actor::System("test"), Lang::Zh).await.expect("a context");
    let password = HashedPassword::of(PASSWORD).await.expect("a hash");
    for (username, role) in people {
        let new = NewAccount {
            password: Some(password.clone()),
            roles: vec![NewRole::city(role)],
            email: Some(format!("{username}@example.org").into()),
            ..NewAccount::named(username, username)
        };
        create(&ctx, new).await;
    }
}

async fn create(ctx: &Ctx, new: NewAccount) {
    let made: Result<(), Stop<Never>> = ctx
        .transact(&SETTLE, |tx| async move {
            people::create_account(&tx, new).await.map_err(|stop| Stop::<Never>::Fault(stop.into_fault()))?;
            Ok::<(), Stop<Never>>(())
        })
        .await;
    let made: Result<(), Fault> = made.map_err(Stop::into_fault);
    made.expect("an account");
}
