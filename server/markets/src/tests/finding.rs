//! Finding markets: filters, what is near, gaps, and lists that cost as much with more rows.

use super::*;

async fn names(ctx: &Ctx, filter: &str) -> Vec<String> {
    let question = format!("{{ directory(filter: {{ {filter} }}) {{ edges {{ node {{ name }} }} }} }}");
    let found = ask(ctx, &question).await["directory"]["edges"].clone();
    found.as_array().unwrap().iter().map(|e| e["node"]["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_public_finds_a_market_by_trade_place_service_facility_and_hour() {
    let town = Town::new().await;
    let first = with(form("坞城零工市场"), "/address/village", json!("坞城村"));
    let first = with(first, "/address/villageCode", json!("140105001201"));
    let first = town.listed(with(first, "/services", json!(["SKILLS_TRAINING"]))).await;
    let late = json!([{ "season": "ALL_YEAR", "weekdays": ["MONDAY"], "opens": "13:00", "closes": "18:00" }]);
    let second = with(with(form("迎泽零工市场"), "/address/division", json!("140106")), "/hours", late);
    let second = with(second, "/address/village", json!("老军营社区"));
    town.listed(with(second, "/trades", json!(["保洁员"]))).await;
    let facility = json!({ "market": first["id"],
        "input": { "kind": "WATER", "name": "饮水机", "quantity": 1, "state": "WORKING" } });
    let declared = "$market: ID!, $input: FacilityInput!";
    send(&town.bureau, "saveFacility", declared, "marketId: $market, input: $input", facility, "id").await;
    let public = town.by(Actor::Anonymous).await;
    for (filter, expected) in [
        ("trade: \"瓦匠\"", "坞城零工市场"),
        ("search: \"保洁\"", "迎泽零工市场"),
        ("division: \"140106\"", "迎泽零工市场"),
        ("township: \"140105001\"", "坞城零工市场"),
        ("village: \"坞城村\"", "坞城零工市场"),
        ("village: \"140105001201\"", "坞城零工市场"),
        ("village: \" 老军营社区 \"", "迎泽零工市场"),
        ("service: SKILLS_TRAINING", "坞城零工市场"),
        ("facility: WATER", "坞城零工市场"),
        ("earlyOpening: true", "坞城零工市场"),
        ("openNow: true", "坞城零工市场"),
        ("openNow: false", "迎泽零工市场"),
    ] {
        assert_eq!(names(&public, filter).await, [expected], "{filter}");
    }
    assert_eq!(names(&public, "village: \"坞城村\", township: \"140106001\"").await, Vec::<String>::new());
    let mine =
        ask(&town.bureau, "{ markets(filter: { village: \"坞城村\" }) { edges { node { displayName } } } }").await;
    assert_eq!(mine["markets"]["edges"], json!([{ "node": { "displayName": "坞城零工市场" } }]));
    assert_eq!(names(&public, "standardised: true").await, Vec::<String>::new());
    assert_eq!(names(&public, "standardised: false").await.len(), 2);
    assert_eq!(names(&public, "search: \"%\"").await, Vec::<String>::new(), "a sign is a sign");
}

#[tokio::test]
async fn what_is_near_comes_nearest_first_and_what_has_no_point_is_named() {
    let town = Town::new().await;
    town.listed(form("近零工市场")).await;
    town.listed(with(form("远零工市场"), "/address/point/lat", json!(37.82))).await;
    town.listed(with(form("无坐标零工市场"), "/address/point", json!(null))).await;
    let public = town.by(Actor::Anonymous).await;
    let near = "{ directory(filter: { near: { lat: 37.79, lng: 112.57, crs: WGS84, radiusMetres: 5000 } }, \
                orderBy: DISTANCE) { totalCount edges { node { name distanceMetres } } } }";
    let found = ask(&public, near).await["directory"].clone();
    assert_eq!(found["totalCount"], 2);
    let rows = found["edges"].as_array().unwrap();
    assert_eq!((&rows[0]["node"]["name"], &rows[1]["node"]["name"]), (&json!("近零工市场"), &json!("远零工市场")));
    let distance = rows[1]["node"]["distanceMetres"].as_i64().unwrap();
    assert!((3200..3500).contains(&distance), "{distance}");
    let lost =
        ask(&town.bureau, "{ markets(filter: { withoutPoint: true }) { edges { node { displayName } } } }").await;
    assert_eq!(lost["markets"]["edges"], json!([{ "node": { "displayName": "无坐标零工市场" } }]));
}

#[tokio::test]
async fn a_filter_that_no_market_can_fit_is_refused_and_names_the_argument() {
    let town = Town::new().await;
    let public = town.by(Actor::Anonymous).await;
    let refused = async |ctx: &Ctx, list: &str, filter: &str| {
        invalid(ctx, &format!("{{ {list}(filter: {{ {filter} }}) {{ totalCount }} }}")).await
    };
    let near = |lat: f64, lng: f64, metres: i32| {
        format!("near: {{ lat: {lat:?}, lng: {lng:?}, crs: WGS84, radiusMetres: {metres} }}")
    };
    for (filter, argument, says) in [
        ("division: \"999999\"".to_owned(), "filter.division", "没有区划代码“999999”"),
        ("division: \"142301\"".to_owned(), "filter.division", "已撤销"),
        ("division: \"140124\"".to_owned(), "filter.division", "没有区划代码"),
        ("township: \"140105999\"".to_owned(), "filter.township", "没有区划代码"),
        (near(91.0, 112.5, 500), "filter.near.lat", "纬度"),
        (near(37.8, 181.0, 500), "filter.near.lng", "经度"),
        (near(37.8, 112.5, 0), "filter.near.radiusMetres", "1 到 200000"),
        (near(37.8, 112.5, 200_001), "filter.near.radiusMetres", "1 到 200000"),
    ] {
        let (told, message) = refused(&public, "directory", &filter).await;
        assert_eq!(told, argument, "{filter}: {message}");
        assert!(message.contains(says), "{filter}: {message}");
    }
    let (told, message) = refused(&town.bureau, "markets", "division: \"142301\"").await;
    assert_eq!(told, "filter.division");
    assert!(message.contains("142301") && message.contains("已撤销"), "{message}");
    let many = schema().execute(Request::new("{ trades(first: 101) { code } }").data(public.clone())).await;
    assert_eq!(serde_json::to_value(&many.errors).unwrap()[0]["extensions"]["argument"], "first");
}

/// What a question is refused with: the argument, and the text.
async fn invalid(ctx: &Ctx, document: &str) -> (String, String) {
    let answer = schema().execute(Request::new(document).data(ctx.clone())).await;
    let error = serde_json::to_value(&answer.errors).unwrap()[0].clone();
    assert_eq!(error["extensions"]["code"], "INVALID_REQUEST", "{document}: {error}");
    (error["extensions"]["argument"].as_str().unwrap().to_owned(), error["message"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn nothing_is_nearest_without_a_place() {
    let town = Town::new().await;
    let public = town.by(Actor::Anonymous).await;
    for filter in ["", ", filter: { search: \"零工\" }"] {
        let (argument, text) =
            invalid(&public, &format!("{{ directory(orderBy: DISTANCE{filter}) {{ totalCount }} }}")).await;
        assert_eq!(argument, "filter.near");
        assert!(text.contains("按距离排序"), "{text}");
    }
}

#[tokio::test]
async fn a_market_registered_at_its_county_is_told_at_the_gaps_of_its_townships() {
    let town = Town::new().await;
    let gaps = "{ serviceGaps(level: TOWNSHIP) { division { code } marketsWithoutTownship } }";
    let at = |answer: &Value, code: &str| {
        let gap = answer["serviceGaps"].as_array().unwrap().iter().find(|gap| gap["division"]["code"] == code);
        gap.unwrap()["marketsWithoutTownship"].clone()
    };
    assert_eq!(at(&ask(&town.bureau, gaps).await, "140105002"), 0);
    town.listed(with(form("小店区零工市场"), "/address/division", json!("140105"))).await;
    let after = ask(&town.bureau, gaps).await;
    assert_eq!(
        (at(&after, "140105001"), at(&after, "140105002"), at(&after, "140106001")),
        (json!(1), json!(1), json!(0))
    );
    for level in ["PROVINCE", "CITY", "VILLAGE"] {
        let question = format!("{{ serviceGaps(level: {level}) {{ markets }} }}");
        let (argument, text) = invalid(&town.bureau, &question).await;
        assert_eq!(argument, "level", "{level}");
        assert!(text.contains("COUNTY") && text.contains("区县"), "{text}");
    }
}

#[tokio::test]
async fn counties_and_townships_without_a_listed_market_are_gaps() {
    let town = Town::new().await;
    let gaps =
        |level: &str| format!("{{ serviceGaps(level: {level}) {{ division {{ code }} markets nearestMarketName }} }}");
    let before = ask(&town.bureau, &gaps("COUNTY")).await["serviceGaps"].as_array().unwrap().len();
    town.listed(form("坞城零工市场")).await;
    let after = ask(&town.bureau, &gaps("COUNTY")).await["serviceGaps"].clone();
    let after = after.as_array().unwrap();
    assert_eq!(after.len(), before - 1);
    assert!(after.iter().all(|gap| gap["division"]["code"] != "140105"));
    let towns = ask(&town.bureau, &gaps("TOWNSHIP")).await["serviceGaps"].clone();
    let near = towns.as_array().unwrap().iter().find(|gap| gap["division"]["code"] == "140105002").unwrap();
    assert_eq!(near["nearestMarketName"], "坞城零工市场");
}

#[tokio::test]
async fn a_list_costs_as_many_statements_with_more_rows() {
    let town = Town::new().await;
    town.listed(form("甲零工市场")).await;
    let question = "{ markets { edges { node { displayName trades { name } zones { name } history(first: 2) { edges { \
                    node { kind } } } safetyChecks(first: 2) { edges { node { item } } } \
                    standardisation { standardised } } } } }";
    let few = cost(&town, question, 1).await;
    for name in ["乙零工市场", "丙零工市场", "丁零工市场"] {
        town.listed(form(name)).await;
    }
    assert_eq!(cost(&town, question, 4).await, few);
}

/// How many statements a question costs a caller of his own.
async fn cost(town: &Town, question: &str, rows: usize) -> u64 {
    let ctx = town.by(bureau()).await;
    ask(&ctx, "{ markets { totalCount } }").await;
    let before = ctx.counters().statements();
    let found = ask(&ctx, question).await;
    assert_eq!(found["markets"]["edges"].as_array().unwrap().len(), rows);
    ctx.counters().statements() - before
}
