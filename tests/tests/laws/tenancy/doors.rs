//! The doors (各入口): another city's token opens no field, another city's links take and give no file.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use yizhan::door::Door;
use yizhan::http::{Front, Limits, Metrics, Options, serve};

use crate::world::dump::differing;
use crate::world::fill::{fill, naming};
use crate::world::sdl::ROOTS;
use crate::world::{DATONG, FORM_SIZE, House, PLATFORM, TAIYUAN, World};

/// The house on a port, without a worker, so that nothing changes by itself.
struct Port {
    client: reqwest::Client,
    base: String,
    stop: CancellationToken,
}

impl Drop for Port {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl Port {
    async fn of(world: &World) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let limits = Limits { account_per_second: 0, address_per_second: 0, tenant_per_second: 0, ..Limits::default() };
        let door = Arc::new(Door::new(Arc::clone(&world.kernel), limits));
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        let front = Front::new(door, Options::default(), Metrics::new());
        tokio::spawn(serve(front, listener, async move { stopped.cancelled().await }));
        Self { client: reqwest::Client::builder().no_proxy().build().expect("a client"), base, stop }
    }

    async fn ask(&self, slug: &str, token: &str, query: &str, variables: &Value) -> (u16, Value) {
        let request = self.client.post(format!("{}/{slug}/graphql", self.base)).bearer_auth(token);
        let body = json!({"query": query, "variables": variables});
        let answer = request.json(&body).send().await.expect("an answer");
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    async fn put(&self, path: &str, bytes: Vec<u8>) -> u16 {
        let answer = self.client.put(format!("{}{path}", self.base)).body(bytes).send().await.expect("an answer");
        answer.status().as_u16()
    }

    async fn get(&self, path: &str) -> u16 {
        self.client.get(format!("{}{path}", self.base)).send().await.expect("an answer").status().as_u16()
    }
}

async fn another_citys_token_opens_no_field(world: World) {
    let (house, port) = (House::new(), Port::of(&world).await);
    let (home, abroad) = (world.town(TAIYUAN), world.town(DATONG));
    let me = "{ me { account { username } } }";
    for town in [home, abroad, world.town(PLATFORM)] {
        let (status, answer) = port.ask(town.slug, &town.callers[0].token, me, &json!({})).await;
        assert_eq!((status, &answer["data"]["me"]["account"]["username"]), (200, &json!(town.callers[0].name)));
    }
    let before = (home.window.dump().await, abroad.window.dump().await);
    let mut opened = Vec::new();
    for (root, field) in ROOTS[..2].iter().flat_map(|root| house.sdl.fields(root).iter().map(move |f| (root, f))) {
        let mut made = world.made(home);
        // What it names need not be there: nobody gets so far as to ask for it.
        made.things = naming(&house.sdl, field).into_iter().map(|(_, kind)| (kind, json!("bm90aGluZw"))).collect();
        made.things.insert("Version".to_owned(), json!(1));
        let variables = fill(&house.sdl, field, &made, &[]).expect("it can be filled in");
        let given: Vec<&str> = variables.keys().map(String::as_str).collect();
        let document = house.sdl.document(root, field, &given, 0);
        for caller in &abroad.callers {
            let (status, answer) = port.ask(home.slug, &caller.token, &document, &json!(variables)).await;
            if !matches!(status, 401 | 403 | 421) || answer.get("data").is_some() {
                opened.push(format!("{} as {} of another city: {status} {answer}", field.name, caller.name));
            }
        }
    }
    assert_eq!(opened, Vec::<String>::new());
    let after = (home.window.dump().await, abroad.window.dump().await);
    assert_eq!((differing(&before.0, &after.0, &[]), differing(&before.1, &after.1, &[])), (vec![], vec![]));
}

async fn another_citys_links_take_and_give_no_file(world: World) {
    let (house, port) = (House::new(), Port::of(&world).await);
    let (home, abroad) = (world.town(TAIYUAN), world.town(DATONG));
    let mut links = Vec::new();
    for town in [home, abroad] {
        let (_, field) = house.field("plugins");
        let kinds = naming(&house.sdl, field);
        world.things(&house, town, field, &kinds).await.expect("a market stands");
        let ticket = world.act(&house, town, "createUpload", &world.made(town), &[]).await.expect("a ticket");
        let file = world.act(&house, town, "exportDirectory", &world.made(town), &[]).await.expect("a file");
        let path = |of: &Value| of["url"].as_str().expect("an address").to_owned();
        links.push((path(&ticket), path(&file)));
    }
    let at_home = |link: &str| link.replacen(abroad.slug, home.slug, 1);
    let before = (home.window.dump().await, abroad.window.dump().await);
    assert_eq!(
        port.put(&at_home(&links[1].0), vec![b'1'; FORM_SIZE]).await,
        404,
        "another city's address takes nothing"
    );
    assert_eq!(port.get(&at_home(&links[1].1)).await, 404, "another city's address gives nothing");
    let after = (home.window.dump().await, abroad.window.dump().await);
    assert_eq!((differing(&before.0, &after.0, &[]), differing(&before.1, &after.1, &[])), (vec![], vec![]));
    for (upload, file) in &links {
        assert_eq!((port.put(upload, vec![b'1'; FORM_SIZE]).await, port.get(file).await), (201, 200), "one's own does");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_citys_token_opens_no_field_on_sqlite() {
    another_citys_token_opens_no_field(World::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_citys_token_opens_no_field_on_postgresql() {
    another_citys_token_opens_no_field(World::on_postgres().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_citys_links_take_and_give_no_file_on_sqlite() {
    another_citys_links_take_and_give_no_file(World::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_citys_links_take_and_give_no_file_on_postgresql() {
    another_citys_links_take_and_give_no_file(World::on_postgres().await).await;
}
