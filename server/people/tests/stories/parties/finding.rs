//! Finding parties (查询): filters, order, pages.

use serde_json::{Value, json};

use super::town::{Town, ZHANG, answer, ask, at, enterprise, error, household, pledge, register, step, verified};

async fn names(ctx: &kernel::Ctx, arguments: &str) -> Vec<String> {
    let answer = ask(ctx, &format!("{{ hiringParties({arguments}) {{ edges {{ node {{ displayName }} }} }} }}")).await;
    let edges = answer["hiringParties"]["edges"].as_array().unwrap().clone();
    edges.iter().map(|edge| edge["node"]["displayName"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_party_is_found_by_what_one_knows_of_it() {
    let town = Town::new().await;
    let (bureau, hall) = (town.bureau().await, town.hall().await);
    let first = verified(&bureau, enterprise(1)).await;
    register(&hall, at(household("张三", ZHANG), &Town::public_market(&hall))).await;
    let mut shop = enterprise(2);
    shop["contactPhone"] = json!("0351-5278313");
    register(&bureau, shop).await;
    let signed = pledge(&bureau, &first).await;
    step(&bureau, "grantFastLane", &signed, "").await;
    let found = async |filter: &str| names(&bureau, &format!("orderBy: NAME, filter: {{ {filter} }}")).await;
    let (one, two) = ("第1装卸有限公司", "第2装卸有限公司");
    assert_eq!(found("kind: HOUSEHOLD").await, ["张*"]);
    assert_eq!(found("status: VERIFIED").await, [one]);
    assert_eq!(found("fastLane: true").await, [one]);
    assert_eq!(found("search: \"装卸\"").await, [one, two]);
    assert_eq!(found("search: \"%\"").await, Vec::<String>::new(), "a sign is a sign");
    assert_eq!(found(&format!("search: {}", first["uscc"])).await, [one]);
    assert_eq!(found("phone: \"139-0000-5678\"").await, [one]);
    assert_eq!(found("phone: \"(0351) 5278313\"").await, [two]);
    assert_eq!(found("phone: \"5278\"").await, Vec::<String>::new(), "part of a number finds nothing");
    assert_eq!(found(&format!("marketId: \"{}\"", Town::public_market(&bureau))).await, ["张*"]);
    assert_eq!(found("marketId: \"bm90aGluZw\"").await, Vec::<String>::new());
    assert_eq!(found("county: \"140105\", stale: false").await.len(), 3);
}

#[tokio::test]
async fn a_list_is_read_page_by_page_in_either_order() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    for n in 1..=5 {
        register(&bureau, enterprise(n)).await;
    }
    for (order, expected) in [("NAME", [1, 2, 3, 4, 5]), ("NEWEST", [5, 4, 3, 2, 1])] {
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let begin = if after.is_null() { String::new() } else { format!(", after: {after}") };
            let query = format!(
                "{{ hiringParties(first: 2, orderBy: {order}{begin}) {{ edges {{ cursor node {{ displayName }} }} pageInfo {{ hasNextPage }} }} }}"
            );
            let page = ask(&bureau, &query).await["hiringParties"].clone();
            for edge in page["edges"].as_array().unwrap() {
                seen.push(edge["node"]["displayName"].as_str().unwrap().to_owned());
                after = edge["cursor"].clone();
            }
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(seen, expected.map(|n| format!("第{n}装卸有限公司")), "{order}");
    }
    let other = "{ hiringParties(first: 1) { edges { cursor } } }";
    let cursor = ask(&bureau, other).await["hiringParties"]["edges"][0]["cursor"].clone();
    let astray = format!("{{ hiringParties(orderBy: NAME, after: {cursor}) {{ totalCount }} }}");
    assert_eq!(error(&bureau, &astray, json!({})).await, "INVALID_REQUEST", "a cursor belongs to its order");
}

#[tokio::test]
async fn a_masked_number_is_shown_for_a_reason_to_whom_it_concerns() {
    let town = Town::new().await;
    let (bureau, hall, agent) = (town.bureau().await, town.hall().await, town.agent().await);
    let party = register(&hall, at(enterprise(1), &Town::public_market(&hall))).await;
    let id = async_graphql::ID(party["id"].as_str().unwrap().to_owned());
    let field = kernel::personal::PersonalField::Phone;
    let reveal = async |ctx: &kernel::Ctx| {
        kernel::house::operations::reveal_personal_value::reveal_personal_value(ctx, &id, field, "联系用工单位").await
    };
    for ctx in [&bureau, &hall] {
        assert_eq!(reveal(ctx).await.unwrap(), "139 0000 5678".into());
    }
    assert!(matches!(reveal(&agent).await, Err(kernel::Stop::Fault(kernel::Fault::NotFound))));
    let supervisor = town.clerk(10, "supervisor", kernel::policy::ScopeKind::City, "").await;
    assert!(matches!(reveal(&supervisor).await, Err(kernel::Stop::Fault(kernel::Fault::Forbidden))));
    let seen = answer(&supervisor, "{ hiringParties { edges { node { contactPhone } } } }", json!({})).await;
    assert_eq!(seen["data"]["hiringParties"]["edges"][0]["node"]["contactPhone"], "139****5678");
}
