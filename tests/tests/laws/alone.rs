//! A field says the same alone as among all others (单独与一并): the directory reads only the columns that are asked for, and
//! answers in one go where nothing has to wait. Both are ways to be wrong that no schema shows.

use kernel::Actor;
use serde_json::{Map, Value, json};

use crate::world::fill::naming;
use crate::world::port::Port;
use crate::world::sdl::bottom;
use crate::world::{House, TAIYUAN, World};

async fn nodes(world: &World, house: &House, order: &str, selection: &str) -> Vec<Value> {
    let document = format!("query {{ directory(orderBy: {order}) {{ edges {{ node {{ {selection} }} }} }} }}");
    let (answer, _) = world.ask(&house.schema, world.town(TAIYUAN), Actor::Anonymous, &document, Map::new()).await;
    let edges = answer.pointer("/data/directory/edges").and_then(Value::as_array);
    edges.unwrap_or_else(|| panic!("{document}: {answer}")).iter().map(|edge| edge["node"].clone()).collect()
}

async fn every_field_of_the_directory_says_alone_what_it_says_among_all(world: &World) {
    let house = House::new();
    let (_, query) = house.field("publicMarket");
    for _ in 0..3 {
        let made = world.things(&house, world.town(TAIYUAN), query, &naming(&house.sdl, query)).await;
        made.unwrap_or_else(|e| panic!("{e}"));
    }
    let everything = house.sdl.selection("PublicMarket", 2);
    let everything = everything.trim().trim_start_matches('{').trim_end_matches('}');
    for order in ["NAME", "DIVISION"] {
        let all = nodes(world, &house, order, everything).await;
        assert!(!all.is_empty(), "the directory has markets");
        assert!(all.iter().any(|node| node["trades"].as_array().is_some_and(|t| !t.is_empty())), "with trades");
        for field in house.sdl.fields("PublicMarket") {
            let selection = format!("{}{}", field.name, house.sdl.selection(bottom(&field.ty), 1));
            let alone = nodes(world, &house, order, &selection).await;
            // Through a fragment it is always the resolvers that answer.
            let resolved = nodes(world, &house, order, &format!("... on PublicMarket {{ {selection} }}")).await;
            let among: Vec<&Value> = all.iter().map(|node| &node[&field.name]).collect();
            let read = |nodes: &[Value]| nodes.iter().map(|node| node[&field.name].clone()).collect::<Vec<_>>();
            assert_eq!(read(&alone).iter().collect::<Vec<_>>(), among, "{} alone, by {order}", field.name);
            assert_eq!(read(&resolved).iter().collect::<Vec<_>>(), among, "{} resolved, by {order}", field.name);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite() {
    every_field_of_the_directory_says_alone_what_it_says_among_all(&World::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres() {
    every_field_of_the_directory_says_alone_what_it_says_among_all(&World::on_postgres().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_asked_for_twice_and_an_alias_are_answered_as_ever() {
    let world = World::on_sqlite().await;
    let house = House::new();
    let (_, query) = house.field("publicMarket");
    let made = world.things(&house, world.town(TAIYUAN), query, &naming(&house.sdl, query)).await;
    made.unwrap_or_else(|e| panic!("{e}"));
    let plain = nodes(&world, &house, "NAME", "name trades { code name }").await;
    let merged = nodes(&world, &house, "NAME", "name name trades { code } trades { name }").await;
    assert_eq!(plain, merged);
    let aliased = nodes(&world, &house, "NAME", "called: name").await;
    assert_eq!(aliased[0]["called"], plain[0]["name"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_says_of_itself_in_one_go_what_its_resolvers_say() {
    let world = World::on_sqlite().await;
    let house = House::new();
    let (_, query) = house.field("publicMarket");
    for _ in 0..3 {
        let made = world.things(&house, world.town(TAIYUAN), query, &naming(&house.sdl, query)).await;
        made.unwrap_or_else(|e| panic!("{e}"));
    }
    let page = async |first: &str, selection: &str| {
        let document = format!("query {{ directory({first}) {{ {selection} }} }}");
        let town = world.town(TAIYUAN);
        let (answer, _) = world.ask(&house.schema, town, Actor::Anonymous, &document, Map::new()).await;
        answer.pointer("/data/directory").unwrap_or_else(|| panic!("{document}: {answer}")).clone()
    };
    let whole = "__typename totalCount edges { __typename cursor node { __typename id } } \
                 pageInfo { __typename hasNextPage hasPreviousPage startCursor endCursor }";
    let first = page("first: 2", whole).await;
    assert_eq!(first["edges"].as_array().map(Vec::len), Some(2), "{first}");
    let after = first["pageInfo"]["endCursor"].as_str().unwrap_or_else(|| panic!("{first}")).to_owned();
    let nothing = r#"first: 2, filter: { search: "没有这样的市场" }"#.to_owned();
    for asked in ["first: 2".to_owned(), format!("first: 2, after: \"{after}\""), nothing] {
        let resolved = page(&asked, &format!("... on PublicMarketConnection {{ {whole} }}")).await;
        assert_eq!(page(&asked, whole).await, resolved, "{asked}");
    }
}

/// One page, asked for in ways of which the library makes one value out of two, and in others.
const WAYS: [&str; 7] = [
    "{ directory(first: 2) { edges { node { id name trades { name } } } pageInfo { hasNextPage } } }",
    "{ directory(first: 2) { edges { node { id } } } directory(first: 2) { edges { node { name } } } }",
    "{ directory(first: 2) { edges { node { id } } ...More } } \
     fragment More on PublicMarketConnection { edges { node { name } } pageInfo { hasNextPage } }",
    "{ directory(first: 2) { edges { node { id } } } ...Rest } \
     fragment Rest on Query { directory(first: 2) { edges { cursor node { name trades { code } } } } }",
    "{ directory(first: 2) { edges { node { id ... on PublicMarket { name } } } } }",
    "{ directory(first: 2) { edges { node { trades { code } trades { name } } } } }",
    "{ a: directory(first: 1) { edges { node { id } } } b: directory(first: 2) { edges { node { id } } totalCount } }",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_is_written_at_once_says_what_the_library_makes_of_the_same_document() {
    let world = World::on_sqlite().await;
    let (house, port) = (House::new(), Port::of(&world).await);
    let (_, query) = house.field("publicMarket");
    let town = world.town(TAIYUAN);
    for _ in 0..3 {
        let made = world.things(&house, town, query, &naming(&house.sdl, query)).await;
        made.unwrap_or_else(|e| panic!("{e}"));
    }
    for document in WAYS {
        let (made, _) = world.ask(&house.schema, town, Actor::Anonymous, document, Map::new()).await;
        assert!(made["data"].is_object() && made["errors"].is_null(), "{document}: {made}");
        // A document that was valid before is not validated again: both ways of executing it are asked.
        for time in 1..=3 {
            let (status, written) = port.ask(town.slug, &town.callers[0].token, document, &json!({})).await;
            assert_eq!((status, &written["data"]), (200, &made["data"]), "{document}, time {time}");
        }
    }
}
