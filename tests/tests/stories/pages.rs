//! A city that has shorter pages than others (每页行数): what it holds back comes with the next page.

use serde_json::json;

use super::town::Town;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_with_shorter_pages_refuses_nobody_and_holds_nothing_back() {
    let mut config = Town::defaults();
    config.http["limits"]["page_rows"] = 2.into();
    let town = Town::start(config, None).await;
    let token = town.sign_in("taiyuan", "auditor").await;
    let query = "query($first: Int, $after: String) { auditEntries(first: $first, after: $after) {
        edges { node { id } } pageInfo { hasNextPage endCursor } } }";
    let page = async |first: Option<i32>, after: &serde_json::Value| {
        town.get("taiyuan", &token, query, json!({"first": first, "after": after}), "auditEntries").await
    };
    let rows = |page: &serde_json::Value| page["edges"].as_array().map_or(0, Vec::len);
    for first in [None, Some(100)] {
        let short = page(first, &json!(null)).await;
        assert_eq!((rows(&short), &short["pageInfo"]["hasNextPage"]), (2, &json!(true)), "{short}");
        let next = page(first, &short["pageInfo"]["endCursor"]).await;
        assert!(rows(&next) > 0 && next["edges"][0] != short["edges"][0], "{next}");
    }
    assert_eq!(rows(&page(Some(1), &json!(null)).await), 1);
    let refused = town.ask("taiyuan", Some(&token), query, json!({"first": 101})).await;
    assert_eq!(refused["errors"][0]["extensions"]["argument"], "first", "{refused}");
}
