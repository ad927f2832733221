//! Commands beside the process that serves (运行中的命令): one city is made, backed up, taken away and brought back while the
//! others write, on either back end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use tokio::task::{JoinSet, block_in_place};

use super::server::{Caller, Place};
use super::writers::sign_in;
use super::{town, within};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_city_is_taken_away_and_brought_back_while_another_writes_on_sqlite() {
    the_others_go_on(town::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_city_is_taken_away_and_brought_back_while_another_writes_on_postgresql() {
    let mut place = town::on_postgres().await;
    let admin = place.database.as_ref().expect("a database").url.clone();
    place.set("YIZHAN_ADMIN_URL", admin);
    the_others_go_on(place).await;
}

async fn the_others_go_on(mut place: Place) {
    // They write as fast as they can.
    for rate in ["ACCOUNT", "ADDRESS", "TENANT"] {
        place.set(&format!("YIZHAN_HTTP__LIMITS__{rate}_PER_SECOND"), "0");
    }
    let mut server = place.serve().await;
    let (tokens, reader) = sign_in(&server.caller).await;
    let (over, mut writing) = (Arc::new(AtomicBool::new(false)), JoinSet::new());
    for (writer, token) in tokens.into_iter().enumerate() {
        writing.spawn(write_until(server.caller.clone(), token, writer, Arc::clone(&over)));
    }
    let run = |arguments: &[&str]| block_in_place(|| place.run(arguments));
    run(&["tenant", "create", "140200", "datong", "--name-en", "Datong"]);
    let issued = run(&["--json", "account", "administrators", "140200"]);
    let first: Value = serde_json::from_str(issued.lines().next().expect("a line")).expect("JSON");
    within(until(&server.caller, 200)).await;
    assert_eq!(enter(&server.caller, &first).await, "SignedIn");

    let file = place.home.path().join("datong.backup");
    let file = file.to_str().expect("a path");
    run(&["backup", "140200", file]);
    run(&["tenant", "remove", "140200", "--confirm", "140200"]);
    within(until(&server.caller, 404)).await;
    run(&["restore", file]);
    within(until(&server.caller, 200)).await;
    assert_eq!(enter(&server.caller, &first).await, "SignedIn", "the password is of before the backup");
    run(&["tenant", "suspend", "140200"]);
    within(until(&server.caller, 503)).await;
    run(&["tenant", "resume", "140200"]);
    within(until(&server.caller, 200)).await;

    over.store(true, Ordering::SeqCst);
    let mut written: Vec<String> = within(writing.join_all()).await.concat();
    written.sort();
    assert!(!written.is_empty(), "they wrote meanwhile");
    assert_eq!(server.caller.markets(&reader).await, written, "nothing of the other city was lost or doubled");
    server.lives();
    assert!(place.verified() >= written.len() as u64, "every write left its entry");
    // What a killed process leaves behind is in nobody's way.
    server.kill();
    let server = place.serve().await;
    block_in_place(|| place.run(&["tenant", "suspend", "140200"]));
    within(until(&server.caller, 503)).await;
}

/// Registers one market after the other; each is acknowledged.
async fn write_until(caller: Caller, token: String, writer: usize, over: Arc<AtomicBool>) -> Vec<String> {
    let mut names = Vec::new();
    while !over.load(Ordering::SeqCst) {
        let name = format!("市场{writer}-{}", names.len());
        let answer = caller.register(&token, &name).await.expect("an answer");
        assert_eq!(answer["data"]["registerMarket"]["officialName"], name, "{answer}");
        names.push(name);
    }
    names
}

/// Signs in at Datong with a password that a command printed: the type of the answer.
async fn enter(caller: &Caller, who: &Value) -> String {
    let input = json!({"username": who["username"], "password": who["oneTimePassword"]});
    let query =
        json!({"query": "mutation($i: SignInInput!) { signIn(input: $i) { __typename } }", "variables": {"i": input}});
    let answer = caller.client.post(format!("{}/datong/graphql", caller.base)).json(&query).send().await;
    let answer: Value = answer.expect("an answer").json().await.expect("JSON");
    answer["data"]["signIn"]["__typename"].as_str().unwrap_or_else(|| panic!("nobody signed in: {answer}")).to_owned()
}

/// Asks Datong until it answers with this status: on PostgreSQL the news come from another process.
async fn until(caller: &Caller, wanted: u16) {
    let mut look = tokio::time::interval(std::time::Duration::from_millis(50));
    loop {
        let request = caller.client.post(format!("{}/datong/graphql", caller.base));
        let answer = request.json(&json!({"query": "{ city { slug } }"})).send().await.expect("an answer");
        if answer.status() == wanted {
            return;
        }
        look.tick().await;
    }
}
