//! A world to ask laws of (法则世界): two cities and the province, people who can do everything between them, and a way
//! to make whatever a form asks for. The schema is asked with real contexts, without a port.

mod agencies;
mod cases;
pub(crate) mod dump;
pub(crate) mod engagements;
pub(crate) mod fill;
mod hiring;
mod make;
mod papers;
mod parties;
pub(crate) mod port;
mod ready;
pub(crate) mod rows;
mod samples;
pub(crate) mod sdl;
mod texts;

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_graphql::{Executor, Request, Variables};
use futures_util::StreamExt as _;
use kernel::clock::ManualClock;
use kernel::config::Config;
use kernel::divisions::Divisions;
use kernel::fault::{Never, Stop};
use kernel::kernel::NewTenant;
use kernel::keys::RootKey;
use kernel::plugin::{Manifest, Plugin};
use kernel::worker::Worker;
use kernel::{Action, Actor, Ctx, Kernel, Lang, Text};
use people::{Claimed, HashedPassword, NewAccount, NewRole, Source};
use serde_json::{Map, Value, json};
use tokio::sync::OnceCell;

use dump::Window;
use sdl::{Field, Sdl};
use yizhan::schema::HouseSchema;

use crate::postgres::Fresh;

pub(crate) const PASSWORD: &str = "Dawn-Hall-0430";
/// What the gateway signs answers with.
pub(crate) const GATEWAY: &str = "gateway-secret-0123456789";
/// Who holds no role and does what everybody may.
pub(crate) const SPARE: &str = "spare";
/// The number of the citizen of each city.
const CITIZEN_PHONE: &str = "13100000000";
pub(crate) const TAIYUAN: &str = "140100";
pub(crate) const DATONG: &str = "140200";
pub(crate) const PLATFORM: &str = kernel::store::PLATFORM;
/// Bytes of the form that is uploaded; every city's is as long.
pub(crate) const FORM_SIZE: usize = 500;

pub(crate) static SETTLE: Action = Action::new("test", "settle", "建立测试数据", "Make the test's data");

/// In the order they are asked: who may least comes first.
const CITY: [(&str, &str); 7] = [
    (SPARE, ""),
    ("bureau", "bureau_officer"),
    ("sysadmin", "system_admin"),
    ("secadmin", "security_admin"),
    ("auditor", "audit_admin"),
    ("developer", "developer"),
    ("supervisor", "supervisor"),
];
const PROVINCE: [(&str, &str); 4] = [
    ("province", "province_officer"),
    ("sysadmin", "system_admin"),
    ("secadmin", "security_admin"),
    ("auditor", "audit_admin"),
];

/// Somebody who is signed in.
pub(crate) struct Caller {
    pub(crate) name: &'static str,
    pub(crate) actor: Actor,
    pub(crate) token: String,
}

/// A city, or the province.
pub(crate) struct Town {
    pub(crate) code: &'static str,
    pub(crate) slug: &'static str,
    pub(crate) callers: Vec<Caller>,
    /// Somebody from the city who proved a number.
    pub(crate) citizen: Actor,
    pub(crate) window: Window,
    market: OnceCell<Value>,
    agency: OnceCell<Value>,
    party: OnceCell<Value>,
}

impl Town {
    /// Everybody who asks: those with an account, who may least first, then a citizen, then a stranger.
    pub(crate) fn actors(&self) -> impl Iterator<Item = Actor> {
        let accounts = self.callers.iter().map(|caller| caller.actor.clone());
        accounts.chain([self.citizen.clone(), Actor::Anonymous])
    }
}

/// The house with everybody in it.
pub(crate) struct World {
    pub(crate) kernel: Arc<Kernel>,
    pub(crate) clock: ManualClock,
    pub(crate) towns: Vec<Town>,
    /// Where it lies on PostgreSQL; in files without one.
    pub(crate) fresh: Option<Fresh>,
    password: HashedPassword,
    count: AtomicU32,
    _dir: tempfile::TempDir,
}

/// How an answer ended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ended {
    Done(Value),
    Refused(String),
    NotFound,
    Error(String),
}

impl Ended {
    /// Of the answer under `field`.
    pub(crate) fn read(field: &str, answer: &Value) -> Self {
        let codes: Vec<&str> = answer["errors"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|e| e["extensions"]["code"].as_str().unwrap_or_else(|| e["message"].as_str().unwrap_or("?")))
            .collect();
        let data = &answer["data"][field];
        if codes.contains(&"INTERNAL") {
            return Self::Error("INTERNAL".to_owned());
        }
        match (data.is_null(), codes.first()) {
            (true, None | Some(&"NOT_FOUND")) => Self::NotFound,
            (true, Some(code)) => Self::Error((*code).to_owned()),
            (false, _) if data["__typename"].as_str().is_some_and(|t| t.ends_with("Refused")) => {
                Self::Refused(data["code"].as_str().unwrap_or("?").to_owned())
            }
            (false, _) => Self::Done(data.clone()),
        }
    }

    /// A list without a row.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Done(value) if value["edges"] == json!([]) || *value == json!([]))
    }

    /// The nearer to success, the more.
    fn rank(&self) -> u8 {
        match self {
            Self::Done(_) if !self.is_empty() => 5,
            Self::Done(_) => 4,
            Self::Refused(_) => 3,
            Self::Error(code) if code == "FORBIDDEN" || code == "UNAUTHENTICATED" => 0,
            Self::Error(_) => 2,
            Self::NotFound => 1,
        }
    }
}

/// A schema with its text.
pub(crate) struct Interface<E> {
    pub(crate) schema: E,
    pub(crate) sdl: Sdl,
}

/// The interface of the house.
pub(crate) type House = Interface<HouseSchema>;

impl House {
    pub(crate) fn new() -> Self {
        Self { schema: yizhan::schema::build(), sdl: Sdl::read(&crate::house::sdl()) }
    }

    /// The root field of this name, and its root.
    pub(crate) fn field(&self, name: &str) -> (&'static str, &Field) {
        let found = sdl::ROOTS.into_iter().find_map(|root| self.sdl.field(root, name).map(|f| (root, f)));
        found.unwrap_or_else(|| panic!("{name} is a root field"))
    }
}

/// A plugin to switch: the house has none of its own yet.
fn lantern() -> Plugin {
    Plugin::new(Manifest {
        name: "lantern",
        title: Text::new("灯笼", "Lantern"),
        switchable: true,
        root_fields: &[],
        migrations: Vec::new(),
        actions: &[],
        grants: &[],
        jobs: Vec::new(),
        listeners: Vec::new(),
        personal: None,
    })
}

impl World {
    pub(crate) async fn on_sqlite() -> Self {
        Self::build(None).await
    }

    pub(crate) async fn on_postgres() -> Self {
        Self::build(Some(Fresh::new().await)).await
    }

    async fn build(fresh: Option<Fresh>) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let mut config = Config::load(None, std::iter::empty()).expect("the defaults load");
        config.data_dir = dir.path().to_owned();
        config.people.staff_totp = false;
        config.sms.secret = Some(GATEWAY.to_owned());
        if let Some(fresh) = &fresh {
            config.database.url.clone_from(&fresh.url);
            config.database.prefix.clone_from(&fresh.prefix);
        }
        let admin = fresh.as_ref().map(|fresh| fresh.url.as_str());
        // Monday 23 November 2026, ten in the morning in Taiyuan.
        let clock = ManualClock::at("2026-11-23T02:00:00Z".parse().expect("a moment"));
        let (chapters, root) = (yizhan::plugins::chapters(), RootKey::new([7; 32]));
        let kernel = Kernel::build_with(config, Arc::new(clock.clone()), root, chapters, vec![lantern()]);
        yizhan::plugins::teach(&kernel);
        // No chapter opens cases yet: the engine is asked with the kind of its own tests.
        ::cases::testing::teach(&kernel);
        kernel.ensure_platform(admin).await.expect("the platform is made");
        for (code, slug) in [(TAIYUAN, "taiyuan"), (DATONG, "datong")] {
            let name_zh = Divisions::standard().get(code).expect("a city").name.clone();
            let (code, slug) = (code.to_owned(), slug.to_owned());
            let new = NewTenant { code, name_en: slug.clone(), slug, name_zh, hotline: None };
            kernel.create_tenant(new, admin).await.expect("the city is made");
        }
        let password = HashedPassword::of(PASSWORD).await.expect("a hash");
        let mut towns = Vec::new();
        for (code, slug, people) in
            [(TAIYUAN, "taiyuan", &CITY[..]), (DATONG, "datong", &CITY[..]), (PLATFORM, "platform", &PROVINCE[..])]
        {
            let callers = settle(&kernel, code, people, &password).await;
            let house = kernel.ctx(code, Actor::System("test"), Lang::Zh).await.expect("a context");
            kernel::plugins::enable_plugin(&house, "lantern", None, None, None).await.expect("the plugin is on");
            parties::prove(&house, parties::AGENT).await;
            let citizen = parties::prove(&house, parties::CITIZEN).await;
            towns.push(Town {
                code,
                slug,
                callers,
                citizen,
                window: look(dir.path(), fresh.as_ref(), code).await,
                market: OnceCell::new(),
                agency: OnceCell::new(),
                party: OnceCell::new(),
            });
        }
        Self { kernel, clock, towns, fresh, password, count: AtomicU32::new(0), _dir: dir }
    }

    /// The store of a tenant from outside, as it is now: a city that was restored lies in another one.
    pub(crate) async fn look(&self, code: &str) -> Window {
        look(&self.kernel.config.data_dir, self.fresh.as_ref(), code).await
    }

    pub(crate) fn town(&self, code: &str) -> &Town {
        self.towns.iter().find(|t| t.code == code).expect("a town of this world")
    }

    pub(crate) fn next(&self) -> u32 {
        self.count.fetch_add(1, Ordering::Relaxed)
    }

    pub(crate) async fn ctx(&self, town: &Town, actor: Actor) -> Ctx {
        self.kernel.ctx(town.code, actor, Lang::Zh).await.expect("a context")
    }

    /// Asks `schema` as somebody, in a context of its own; the answer and the statements it cost.
    pub(crate) async fn ask(
        &self,
        schema: &impl Executor,
        town: &Town,
        actor: Actor,
        document: &str,
        variables: Map<String, Value>,
    ) -> (Value, u64) {
        let ctx = self.ctx(town, actor).await;
        let source = Source::new(IpAddr::V4(Ipv4Addr::LOCALHOST), None);
        let request = Request::new(document).variables(Variables::from_json(Value::Object(variables)));
        let request = request.data(ctx.clone()).data(source);
        let response = if document.starts_with("subscription") {
            schema.execute_stream(request, None).boxed().next().await.expect("the first of a stream")
        } else {
            Box::pin(schema.execute(request)).await
        };
        (serde_json::to_value(response).expect("JSON"), ctx.counters().statements())
    }

    /// Asks as one after the other until somebody succeeds; who it was and how it ended.
    pub(crate) async fn attempt(
        &self,
        face: &Interface<impl Executor>,
        town: &Town,
        (root, field): (&str, &Field),
        variables: &Map<String, Value>,
    ) -> (Actor, Ended) {
        let given: Vec<&str> = variables.keys().map(String::as_str).collect();
        let document = face.sdl.document(root, field, &given, 2);
        let mut best = (Actor::Anonymous, Ended::Error("FORBIDDEN".to_owned()));
        for actor in town.actors() {
            let (answer, _) = self.ask(&face.schema, town, actor.clone(), &document, variables.clone()).await;
            let ended = Ended::read(&field.name, &answer);
            if ended.rank() > best.1.rank() {
                best = (actor, ended);
            }
            if matches!(best.1, Ended::Done(_)) && !best.1.is_empty() {
                break;
            }
        }
        best
    }

    /// Lets the worker do everything that is due.
    pub(crate) async fn drain(&self, code: &str) {
        Worker::new(Arc::clone(&self.kernel), "law".to_owned()).drain(code).await.expect("the jobs run");
    }
}

async fn look(dir: &Path, fresh: Option<&Fresh>, code: &str) -> Window {
    if let Some(fresh) = fresh {
        return Window::on_schema(&fresh.url, &fresh.schema(code)).await;
    }
    let file = if code == PLATFORM { "platform.sqlite".to_owned() } else { format!("tenants/{code}.sqlite") };
    Window::on_file(&dir.join(file)).await
}

async fn settle(
    kernel: &Arc<Kernel>,
    code: &str,
    people: &[(&'static str, &'static str)],
    password: &HashedPassword,
) -> Vec<Caller> {
    let mut callers = Vec::new();
    for (username, role) in people {
        let roles = if role.is_empty() { Vec::new() } else { vec![NewRole::city(role)] };
        let email = Some(format!("{username}@example.org").into());
        let new =
            NewAccount { password: Some(password.clone()), roles, email, ..NewAccount::named(username, username) };
        account(kernel, code, new).await;
        let ctx = kernel.ctx(code, Actor::Anonymous, Lang::Zh).await.expect("a context");
        let schema = yizhan::schema::build();
        let query = "mutation($i: SignInInput!) { signIn(input: $i) { ... on SignedIn { token } } }";
        let variables = Variables::from_json(json!({"i": {"username": username, "password": PASSWORD}}));
        let request = Request::new(query).variables(variables).data(ctx.clone()).data(Source::default());
        let answer = serde_json::to_value(schema.execute(request).await).expect("JSON");
        let token =
            answer["data"]["signIn"]["token"].as_str().unwrap_or_else(|| panic!("no token: {answer}")).to_owned();
        let claimed = people::authenticate(&ctx, &token, None).await.expect("the token is looked up");
        let Claimed::Actor(actor) = claimed else { panic!("{username} is not known by the token") };
        callers.push(Caller { name: username, actor, token });
    }
    if code != PLATFORM {
        // Somebody of the city, who proved a telephone number and has no account.
        let ctx = kernel.ctx(code, Actor::Anonymous, Lang::Zh).await.expect("a context");
        let people::CitizenSignedIn { token, actor } =
            people::testing::citizen(&ctx, CITIZEN_PHONE).await.expect("a citizen signs in");
        callers.push(Caller { name: "citizen", actor, token });
    }
    callers
}

/// Makes an account; its id.
pub(crate) async fn account(kernel: &Arc<Kernel>, code: &str, new: NewAccount) -> uuid::Uuid {
    let ctx = kernel.ctx(code, Actor::System("test"), Lang::Zh).await.expect("a context");
    let made: Result<uuid::Uuid, Stop<Never>> = ctx
        .transact(&SETTLE, |tx| async move {
            people::create_account(&tx, new).await.map_err(|stop| Stop::Fault(stop.into_fault()))
        })
        .await;
    made.map_err(Stop::into_fault).expect("an account")
}
