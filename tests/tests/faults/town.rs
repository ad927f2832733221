//! The town that suffers: a city with people, or two, made before the server starts, and spoken to over HTTP.

use std::sync::Arc;

use kernel::Kernel;
use kernel::clock::SystemClock;
use kernel::config::Config;
use kernel::keys::RootKey;
use kernel::store::PLATFORM;
use serde_json::{Value, json};

use super::server::{Caller, Place, ROOT_KEY};
use crate::postgres::Fresh;
use crate::stories::town::{PASSWORD, settle};

/// A city of a place.
pub(super) struct City {
    pub(super) code: &'static str,
    slug: &'static str,
    name_zh: &'static str,
    name_en: &'static str,
    /// Where its markets stand.
    division: &'static str,
}

/// The city of every place.
pub(super) static TAIYUAN: City =
    City { code: "140100", slug: "taiyuan", name_zh: "太原市", name_en: "Taiyuan", division: "140105001" };

/// Its neighbour, where there are two.
pub(super) static DATONG: City =
    City { code: "140200", slug: "datong", name_zh: "大同市", name_en: "Datong", division: "140213" };

/// Who writes: so many that none comes near its rate.
pub(super) const WRITERS: [&str; 4] = ["writer1", "writer2", "writer3", "writer4"];

/// A place with a city in it, on SQLite.
pub(super) async fn on_sqlite() -> Place {
    founded(Place::new(None), &[&TAIYUAN]).await
}

/// A place with two cities in it, on SQLite: each has the same people.
pub(super) async fn two_on_sqlite() -> Place {
    founded(Place::new(None), &[&TAIYUAN, &DATONG]).await
}

/// A place with a city in it, on PostgreSQL.
pub(super) async fn on_postgres() -> Place {
    founded(Place::new(Some(Fresh::new().await)), &[&TAIYUAN]).await
}

/// The house of a place in this process, as its servers build it.
pub(super) fn kernel(place: &Place) -> Arc<Kernel> {
    let mut config = Config::load(None, std::iter::empty()).expect("the defaults load");
    config.data_dir.clone_from(&place.data);
    if let Some(fresh) = &place.database {
        config.database.url.clone_from(&fresh.url);
        config.database.prefix.clone_from(&fresh.prefix);
    }
    Kernel::build(config, Arc::new(SystemClock), RootKey::new(ROOT_KEY), crate::house::manifests())
}

async fn founded(place: Place, cities: &[&City]) -> Place {
    let admin = place.database.as_ref().map(|fresh| fresh.url.as_str());
    let kernel = kernel(&place);
    kernel.ensure_platform(admin).await.expect("the platform is made");
    let people: Vec<_> = WRITERS.iter().chain(&["reader"]).map(|name| (*name, "bureau_officer")).collect();
    for city in cities {
        let new = kernel::kernel::NewTenant {
            code: city.code.to_owned(),
            slug: city.slug.to_owned(),
            name_zh: city.name_zh.to_owned(),
            name_en: city.name_en.to_owned(),
            hotline: None,
        };
        kernel.create_tenant(new, admin).await.expect("the city is made");
        settle(&kernel, city.code, &people).await;
        settle(&kernel, city.code, &[("sysadmin", "system_admin")]).await;
        kernel.store.close(city.code).await.expect("the store closes");
    }
    kernel.store.close(PLATFORM).await.expect("the store closes");
    place
}

/// A market of Taiyuan as it is registered.
pub(super) fn market(name: &str) -> Value {
    let week = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];
    json!({
        "officialName": name, "aliasBasis": "OFFICIAL", "nature": "PUBLIC", "operatorKind": "HRSS_DIRECT",
        "publicInterest": true, "address": {"division": TAIYUAN.division, "text": format!("坞城路{name}号")},
        "hours": [{"season": "ALL_YEAR", "opens": "04:30", "closes": "18:00", "weekdays": week}],
        "trades": ["瓦工", "电工"], "services": [],
        "contacts": [{"label": "服务大厅", "phone": "0351-5278313", "public": true}],
    })
}

/// Why there is no answer to count on.
#[derive(Debug)]
pub(super) struct Silence;

impl Caller {
    /// Asks the city; silence if the connection broke before the whole answer was here.
    pub(super) async fn ask(&self, token: Option<&str>, query: &str, variables: &Value) -> Result<Value, Silence> {
        let mut request = self.client.post(format!("{}/{}/graphql", self.base, self.city.slug));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let answer =
            request.json(&json!({"query": query, "variables": variables})).send().await.map_err(|_| Silence)?;
        answer.json().await.map_err(|_| Silence)
    }

    /// Asks, and expects data under `field`.
    pub(super) async fn get(&self, token: &str, query: &str, variables: &Value, field: &str) -> Value {
        let answer = self.ask(Some(token), query, variables).await.expect("an answer");
        assert!(answer.get("errors").is_none() && !answer["data"][field].is_null(), "{field}: {answer}");
        answer["data"][field].clone()
    }

    /// Signs in; the token.
    pub(super) async fn sign_in(&self, username: &str) -> String {
        let query = "mutation($i: SignInInput!) { signIn(input: $i) { ... on SignedIn { token } } }";
        let variables = json!({"i": {"username": username, "password": PASSWORD}});
        let answer = self.ask(None, query, &variables).await.expect("an answer");
        answer["data"]["signIn"]["token"].as_str().unwrap_or_else(|| panic!("no token: {answer}")).to_owned()
    }

    /// Registers a market, under a key that makes the same request twice one deed.
    pub(super) async fn register(&self, token: &str, name: &str) -> Result<Value, Silence> {
        let query = "mutation($i: MarketInput!, $k: String) { registerMarket(input: $i, idempotencyKey: $k) {
            __typename ... on Market { id officialName } ... on RegisterMarketRefused { code message field } } }";
        let mut input = market(name);
        input["address"]["division"] = self.city.division.into();
        self.ask(Some(token), query, &json!({"i": input, "k": name})).await
    }

    /// The names of all markets, in order, each as often as it is there.
    pub(super) async fn markets(&self, token: &str) -> Vec<String> {
        let query = "query($a: String) { markets(first: 100, after: $a) {
            edges { node { officialName } } pageInfo { hasNextPage endCursor } } }";
        let (mut names, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = self.get(token, query, &json!({"a": after}), "markets").await;
            let edges = page["edges"].as_array().expect("edges");
            names.extend(edges.iter().map(|edge| edge["node"]["officialName"].as_str().expect("a name").to_owned()));
            if page["pageInfo"]["hasNextPage"] == false {
                names.sort();
                return names;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
    }
}
