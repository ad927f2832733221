//! The doors (各入口): another city's token opens no field, another city's links take and give no file.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::world::dump::differing;
use crate::world::fill::{fill, naming};
use crate::world::port::Port;
use crate::world::sdl::ROOTS;
use crate::world::{Caller, DATONG, FORM_SIZE, House, PLATFORM, TAIYUAN, Town, World};

async fn another_citys_token_opens_no_field(world: World) {
    let (house, port) = (House::new(), Port::of(&world).await);
    let (home, abroad) = (world.town(TAIYUAN), world.town(DATONG));
    let me = "{ me { account { username } } }";
    for town in [home, abroad, world.town(PLATFORM)] {
        let (status, answer) = port.ask(town.slug, &town.callers[0].token, me, &json!({})).await;
        assert_eq!((status, &answer["data"]["me"]["account"]["username"]), (200, &json!(town.callers[0].name)));
    }
    own_tokens_are_told_of_changes(&port, &world, &house, home).await;
    let before = (home.window.dump().await, abroad.window.dump().await);
    assert_eq!(opened(&port, &world, &house, &abroad.callers).await, Vec::<String>::new());
    let after = (home.window.dump().await, abroad.window.dump().await);
    assert_eq!((differing(&before.0, &after.0, &[]), differing(&before.1, &after.1, &[])), (vec![], vec![]));
}

/// Everything that can be listened to is heard with a token of the city, where it is there.
async fn own_tokens_are_told_of_changes(port: &Port, world: &World, house: &House, home: &Town) {
    for field in house.sdl.fields("Subscription") {
        let made = world.things(house, home, field, &naming(&house.sdl, field)).await.expect("it is made");
        let variables = fill(&house.sdl, field, &made, &[]).expect("it can be filled in");
        let given: Vec<&str> = variables.keys().map(String::as_str).collect();
        let document = house.sdl.document("Subscription", field, &given, 0);
        let mut told = Vec::new();
        for caller in &home.callers {
            told.push(port.listen(home.slug, &caller.token, &document, &json!(variables)).await);
        }
        let heard = told.iter().any(|(status, answer)| *status == 200 && answer["data"][&field.name].is_object());
        assert!(heard, "{}: {told:?}", field.name);
    }
}

/// The law: which fields of Taiyuan say anything to these callers of another city but that the address is wrong.
async fn opened(port: &Port, world: &World, house: &House, callers: &[Caller]) -> Vec<String> {
    let home = world.town(TAIYUAN);
    let mut opened = Vec::new();
    for (root, field) in ROOTS.into_iter().flat_map(|root| house.sdl.fields(root).iter().map(move |f| (root, f))) {
        let mut made = world.made(home);
        // What it names need not be there: nobody gets so far as to ask for it.
        made.things = naming(&house.sdl, field).into_iter().map(|(_, kind)| (kind, json!("bm90aGluZw"))).collect();
        made.things.insert("Version".to_owned(), json!(1));
        let variables = fill(&house.sdl, field, &made, &[]).expect("it can be filled in");
        let given: Vec<&str> = variables.keys().map(String::as_str).collect();
        let document = house.sdl.document(root, field, &given, 0);
        let variables = json!(variables);
        for caller in callers {
            let (status, answer) = if root == "Subscription" {
                port.listen(home.slug, &caller.token, &document, &variables).await
            } else {
                port.ask(home.slug, &caller.token, &document, &variables).await
            };
            let code = &answer["errors"][0]["extensions"]["code"];
            if status != 421 || code != "FORBIDDEN" || answer.get("data").is_some() {
                opened.push(format!("{} as {} of another city: {status} {answer}", field.name, caller.name));
            }
        }
    }
    opened
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

/// Says that all is well to whoever asks for whatever, without a look at the token.
async fn welcome(mut stream: TcpStream) {
    let event = "event: next\ndata: {\"data\":{}}\n\n";
    let head = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", event.len());
    let mut answer = Some(format!("{head}{event}"));
    let mut asked = [0; 1024];
    // Read to its end: of a connection that is closed before, the answer may be lost.
    while stream.read(&mut asked).await.is_ok_and(|bytes| bytes > 0) {
        if let Some(answer) = answer.take() {
            stream.write_all(answer.as_bytes()).await.expect("the answer goes out");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_door_that_takes_any_token_is_caught_at_every_field() {
    let (world, house) = (World::on_sqlite().await, House::new());
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let (careless, stopped) = Port::at(listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Some(Ok((stream, _))) = stopped.run_until_cancelled(listener.accept()).await {
            tokio::spawn(welcome(stream));
        }
    });
    let found = opened(&careless, &world, &house, &world.town(DATONG).callers[..1]).await;
    let fields: Vec<_> = ROOTS.into_iter().flat_map(|root| house.sdl.fields(root)).collect();
    assert_eq!(found.len(), fields.len(), "{found:#?}");
    for (said, field) in found.iter().zip(fields) {
        assert!(said.starts_with(&format!("{} as spare of another city: 200 ", field.name)), "{said}");
    }
    // It ended with an event and not with silence: streams are among what was asked.
    assert!(found.iter().any(|said| said.ends_with(r#"200 {"data":{}}"#)), "{found:#?}");
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
