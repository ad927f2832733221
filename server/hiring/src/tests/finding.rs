//! What everybody finds.

use super::*;
use crate::PostingInput;
use crate::kinds::{PayDay, WageUnit};

async fn found(ctx: &Ctx, arguments: &str, fields: &str) -> Vec<Value> {
    let question = format!("{{ openPostings({arguments}) {{ edges {{ node {{ {fields} }} }} }} }}");
    let edges = ask(ctx, &question).await["openPostings"]["edges"].as_array().unwrap().clone();
    edges.into_iter().map(|edge| edge["node"].clone()).collect()
}

fn titles(nodes: &[Value]) -> Vec<&str> {
    nodes.iter().map(|node| node["title"].as_str().unwrap()).collect()
}

async fn post(town: &Town, title: &str, change: impl FnOnce(PostingInput) -> PostingInput) -> Uuid {
    let input = PostingInput { title: Some(title.to_owned()), ..testing::form(&town.bureau, town.party) };
    testing::posted(&town.bureau, change(input)).await.unwrap()
}

#[tokio::test]
async fn open_postings_are_found_by_trade_market_pay_day_and_time() {
    let town = Town::new().await;
    let market = testing::market(&town.bureau, "坞城零工市场").await.unwrap();
    let ctx = &town.bureau;
    post(&town, "搬运", |input| input).await;
    post(&town, "砌墙", |input| PostingInput { trade: "瓦工".to_owned(), instant: Some(true), ..input }).await;
    post(&town, "后天搬运", |input| PostingInput { shifts: vec![testing::shift_in(ctx, 2, 3)], ..input }).await;
    post(&town, "市场搬运", |input| PostingInput {
        market_id: Some(ctx.gid("Market", market)),
        pay_day: Some(PayDay::Daily),
        ..input
    })
    .await;
    let public = town.by(Actor::Anonymous).await;
    let titles_of = async |filter: &str| {
        let nodes = found(&public, &format!("filter: {{ {filter} }}"), "title").await;
        titles(&nodes).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(titles_of("trade: \"瓦匠\"").await, ["砌墙"]);
    assert_eq!(titles_of("trade: \"4-02-05-01\"").await, ["搬运", "市场搬运", "后天搬运"]);
    assert_eq!(titles_of("payDay: DAILY").await, ["市场搬运"]);
    assert_eq!(titles_of("instant: true").await, ["砌墙"]);
    assert_eq!(titles_of("search: \"后天\"").await, ["后天搬运"]);
    assert_eq!(titles_of(&format!("marketId: \"{}\"", ctx.gid("Market", market).as_str())).await, ["市场搬运"]);
    let day = testing::at(ctx, 2, 0).to_rfc3339();
    assert_eq!(titles_of(&format!("from: \"{day}\"")).await, ["后天搬运"]);
    assert_eq!(titles_of(&format!("to: \"{day}\", county: \"140105\"")).await.len(), 3);
    assert_eq!(titles_of("county: \"140106\"").await, Vec::<String>::new());
    assert_eq!(
        error(&public, "{ openPostings(filter: { county: \"140111\" }) { edges { cursor } } }").await,
        "INVALID_REQUEST"
    );
}

#[tokio::test]
async fn a_page_of_open_postings_with_the_names_of_party_and_market_is_one_statement() {
    let town = Town::new().await;
    let market = testing::market(&town.bureau, "坞城零工市场").await.unwrap();
    for _ in 0..3 {
        testing::posted(&town.bureau, testing::form_at(&town.bureau, town.party, market)).await.unwrap();
    }
    let fields = "id title tradeName startsAt wageFen wageUnit partyName marketName";
    let counted = async |arguments: &str, fields: &str| {
        let public = town.by(Actor::Anonymous).await;
        let nodes = found(&public, arguments, fields).await;
        (nodes, public.counters().statements())
    };
    let hot = "first: 20, filter: { trade: \"搬运工\" }, orderBy: START";
    counted(hot, fields).await;
    let (nodes, statements) = counted(hot, fields).await;
    assert_eq!(statements, 1);
    assert_eq!(nodes.len(), 3);
    assert_eq!(
        nodes[0],
        json!({ "id": nodes[0]["id"], "title": "招装卸搬运工10人", "tradeName": "装卸搬运工",
                "startsAt": "2026-11-24T06:00:00+08:00", "wageFen": 20_000, "wageUnit": "DAY",
                "partyName": "坞城物流有限公司", "marketName": "坞城零工市场" })
    );
    let (nodes, statements) = counted(hot, "id placesLeft shifts { startsAt placesLeft }").await;
    assert_eq!(statements, 2, "and one for the shifts of all");
    assert_eq!((&nodes[0]["placesLeft"], &nodes[0]["shifts"][0]["placesLeft"]), (&json!(10), &json!(10)));
    // Plain fields and resolvers say the same.
    let resolved = counted(hot, &format!("{fields} county: countyName @include(if: true)")).await.0;
    let mut plain = counted(hot, fields).await.0;
    for (node, resolved) in plain.iter_mut().zip(resolved) {
        node["county"] = json!("太原市小店区");
        assert_eq!(*node, resolved);
    }
}

#[tokio::test]
async fn one_posting_is_one_statement_and_says_no_number_to_call() {
    let town = Town::new().await;
    let id = town.published().await;
    let ask_for = async |fields: &str| {
        let public = town.by(Actor::Anonymous).await;
        let question = format!("{{ publicPosting(id: \"{}\") {{ {fields} }} }}", public.gid("Posting", id).as_str());
        let answer = ask(&public, &question).await["publicPosting"].clone();
        (answer, public.counters().statements())
    };
    ask_for("id").await;
    let fields =
        "id status duties place payDay cover partyName marketName partyIsUnit partyVerifiedOn closesAt agency { name }";
    let (shown, statements) = ask_for(fields).await;
    assert_eq!(statements, 1);
    assert_eq!((&shown["partyIsUnit"], &shown["partyVerifiedOn"]), (&json!(true), &json!("2026-11-23")));
    assert_eq!((&shown["marketName"], &shown["agency"]), (&Value::Null, &Value::Null));
    let sdl = schema().sdl();
    let public = sdl.split("type PublicPosting ").nth(1).unwrap().split("\n}").next().unwrap();
    for word in ["phone", "contact"] {
        assert!(!public.to_lowercase().contains(word), "{word}");
    }
    step(&town.bureau, "closePosting", &stands(&town.bureau, id).await, &[]).await;
    assert_eq!(ask_for("id").await.0, Value::Null, "what is not published is not there");
}

#[tokio::test]
async fn pages_go_on_where_the_last_one_ended_in_every_order() {
    let town = Town::new().await;
    let ctx = &town.bureau;
    for n in 0..5_i64 {
        let shifts = vec![testing::shift_in(ctx, 1 + n % 2, 1)];
        let wage_fen = 15_000 + 1_000 * (n % 3);
        post(&town, &format!("第{n}条"), |input| PostingInput { wage_fen, shifts, ..input }).await;
    }
    post(&town, "计件", |input| PostingInput { wage_unit: WageUnit::Piece, wage_fen: 50, ..input }).await;
    for order in ["START", "WAGE"] {
        let all = found(ctx, &format!("orderBy: {order}"), "id").await;
        assert_eq!(all.len(), 6, "{order}");
        let (mut after, mut pages) = (Value::Null, Vec::new());
        loop {
            let question = format!(
                "{{ openPostings(first: 2, after: {after}, orderBy: {order}) {{ totalCount edges {{ cursor node {{ id }} }} \
                 pageInfo {{ hasNextPage endCursor }} }} }}"
            );
            let page = ask(ctx, &question).await["openPostings"].clone();
            assert_eq!(page["totalCount"], 6);
            pages.extend(page["edges"].as_array().unwrap().iter().map(|edge| edge["node"].clone()));
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(pages, all, "{order}");
    }
    let best = found(ctx, "orderBy: WAGE", "wageFen wageUnit").await;
    assert_eq!((&best[0]["wageFen"], &best[5]["wageUnit"]), (&json!(17_000), &json!("PIECE")));
}

#[tokio::test]
async fn the_nearest_come_first_and_what_is_farther_than_the_radius_does_not() {
    let town = Town::new().await;
    let point = |lat: f64, lng: f64| Some(markets::PointInput { lat, lng, crs: Some(kernel::geo::Crs::Gcj02) });
    post(&town, "远", |input| PostingInput { point: point(37.90, 112.55), ..input }).await;
    post(&town, "近", |input| PostingInput { point: point(37.801, 112.55), ..input }).await;
    post(&town, "中", |input| PostingInput { point: point(37.82, 112.55), ..input }).await;
    post(&town, "无坐标", |input| input).await;
    let public = town.by(Actor::Anonymous).await;
    let near = |radius: i32| {
        format!(
            "orderBy: DISTANCE, filter: {{ near: {{ lat: 37.80, lng: 112.55, crs: GCJ02, radiusMetres: {radius} }} }}"
        )
    };
    let nodes = found(&public, &near(5_000), "title distanceMetres").await;
    assert_eq!(titles(&nodes), ["近", "中"]);
    assert_eq!(nodes[0]["distanceMetres"], 111);
    assert_eq!(titles(&found(&public, &near(20_000), "title").await), ["近", "中", "远"]);
    assert_eq!(error(&public, "{ openPostings(orderBy: DISTANCE) { edges { cursor } } }").await, "INVALID_REQUEST");
}

#[tokio::test]
async fn a_posting_without_a_point_is_where_its_market_is() {
    let town = Town::new().await;
    let point = |lat: f64| Some(markets::PointInput { lat, lng: 112.55, crs: Some(kernel::geo::Crs::Gcj02) });
    let market = async |name: &str, lat: f64| {
        let mut input = markets::testing::market(name);
        input.address.point = point(lat);
        testing::market_of(&town.bureau, input).await.unwrap()
    };
    let (here, far) = (market("坞城零工市场", 37.80).await, market("远处零工市场", 37.95).await);
    let at = |market: Uuid| Some(town.bureau.gid("Market", market));
    post(&town, "在市场", |input| PostingInput { market_id: at(here), ..input }).await;
    post(&town, "在远处市场", |input| PostingInput { market_id: at(far), ..input }).await;
    post(&town, "不知何处", |input| input).await;
    post(&town, "自有坐标", |input| PostingInput { market_id: at(far), point: point(37.81), ..input }).await;
    let public = town.by(Actor::Anonymous).await;
    let near = "orderBy: DISTANCE, filter: { near: { lat: 37.80, lng: 112.55, crs: GCJ02, radiusMetres: 3000 } }";
    let nodes = found(&public, near, "title distanceMetres").await;
    assert_eq!(titles(&nodes), ["在市场", "自有坐标"]);
    assert!(nodes[0]["distanceMetres"].as_i64().unwrap() < 20, "{nodes:?}");
}

#[tokio::test]
async fn a_posting_that_holds_from_a_later_day_is_not_found_before() {
    let town = Town::new().await;
    let day = town.bureau.today() + chrono::Duration::days(1);
    post(&town, "明天起", |input| PostingInput { valid_from: Some(kernel::gql::Date(day)), ..input }).await;
    let public = town.by(Actor::Anonymous).await;
    assert_eq!(found(&public, "first: 5", "title").await, Vec::<Value>::new());
    town.clock.advance(chrono::Duration::hours(14));
    assert_eq!(titles(&found(&public, "first: 5", "title").await), ["明天起"]);
}
