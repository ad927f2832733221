//! What the GraphQL library must keep for us: the order of fields, nulls where they belong, a valid schema of many crates.
//!
//! Versions before 8 returned fields out of order and dropped a failed non-null field; one upgrade may bring that back.

use async_graphql::{MergedObject, MergedSubscription, Response, Schema};

use crate::graphql_js::objections;

#[derive(MergedObject, Default)]
struct Query(
    merge_a::AQuery,
    merge_b::BQuery,
    merge_c::CQuery,
    merge_d::DQuery,
    merge_e::EQuery,
    merge_f::FQuery,
    merge_g::GQuery,
    merge_h::HQuery,
    merge_i::IQuery,
    merge_j::JQuery,
);

#[derive(MergedObject, Default)]
struct Mutation(merge_c::CMutation, merge_j::JMutation);

#[derive(MergedSubscription, Default)]
struct Subscription(merge_g::GSubscription);

fn schema() -> Schema<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription::default()).finish()
}

async fn ask(document: &str) -> Response {
    schema().execute(document).await
}

/// The data as it goes over the wire.
fn wire(response: &Response) -> String {
    serde_json::to_string(&response.data).expect("an answer is JSON")
}

/// `path: message` of each error, in order of path.
fn errors(response: &Response) -> Vec<String> {
    let path = |e: &async_graphql::ServerError| {
        let steps = e.path.iter().map(|step| serde_json::to_value(step).expect("a step is JSON"));
        steps.map(|s| s.as_str().map_or_else(|| s.to_string(), str::to_owned)).collect::<Vec<_>>().join(".")
    };
    let mut all: Vec<String> = response.errors.iter().map(|e| format!("{}: {}", path(e), e.message)).collect();
    all.sort();
    all
}

#[tokio::test]
async fn fields_of_ten_crates_come_back_in_the_order_asked() {
    let asked = "{ jam ivy { below { level } level } aSlow grapes cherry { count } later: aSlow apple { colour weight } \
                 dates(filter: {kinds: [\"b\", \"a\"], sweetness: 2}) figs { name } again: jam \
                 growing(id: \"x\") { id ... on Hawthorn { sour } } elderberries { edges { cursor node { number } } totalCount } \
                 basket { good } }";
    let answer = ask(asked).await;
    assert_eq!(errors(&answer), Vec::<String>::new());
    assert_eq!(
        wire(&answer),
        r#"{"jam":true,"ivy":{"below":{"level":2},"level":1},"aSlow":1,"grapes":7,"cherry":{"count":1},"later":1,"apple":{"colour":"红","weight":150},"dates":["b 2","a 2"],"figs":[{"name":"fig"},{"name":"fig"}],"again":true,"growing":{"id":"x","sour":true},"elderberries":{"edges":[{"cursor":"after-1","node":{"number":1}},{"cursor":"after-2","node":{"number":2}},{"cursor":"after-3","node":{"number":3}}],"totalCount":3},"basket":{"good":2}}"#
    );
}

#[tokio::test]
async fn fields_spread_by_fragments_stand_where_the_spread_stands() {
    let answer = ask("{ grapes ...More jam } fragment More on Query { ivy { level } aSlow grapes }").await;
    assert_eq!(wire(&answer), r#"{"grapes":7,"ivy":{"level":1},"aSlow":1,"jam":true}"#);
}

#[tokio::test]
async fn mutations_of_two_crates_run_one_after_the_other_in_the_order_asked() {
    let answer = ask(
        "mutation { one: fillJar { ... on Jar { filling } } pickCherry(count: 10) { ... on PickCherryRefused { field code message } } \
         two: fillJar { ... on Jar { filling } } }",
    )
    .await;
    assert_eq!(
        wire(&answer),
        r#"{"one":{"filling":1},"pickCherry":{"field":"count","code":"TOO_MANY","message":"至多九颗。"},"two":{"filling":2}}"#
    );
}

#[tokio::test]
async fn a_failed_nullable_field_nulls_itself_and_nothing_else() {
    let answer = ask("{ apple { weight } basket { good mayFail } jam }").await;
    assert_eq!(wire(&answer), r#"{"apple":{"weight":150},"basket":{"good":2,"mayFail":null},"jam":true}"#);
    assert_eq!(errors(&answer), ["basket.mayFail: this one failed"]);
}

#[tokio::test]
async fn a_failed_mutation_nulls_itself_and_leaves_what_was_done() {
    let answer = ask("mutation { fillJar { __typename } pickCherry(count: -1) { __typename } }").await;
    assert_eq!(wire(&answer), r#"{"fillJar":{"__typename":"Jar"},"pickCherry":null}"#);
    assert_eq!(errors(&answer), ["pickCherry: no such thing"]);
}

#[tokio::test]
async fn a_failed_field_that_must_hold_nulls_the_nearest_that_may_be_null() {
    let answer = ask("{ jam basket { good mustHold } figs { name seeds } ivy { level } }").await;
    assert_eq!(wire(&answer), r#"{"jam":true,"basket":null,"figs":[null,null],"ivy":{"level":1}}"#);
    assert_eq!(
        errors(&answer),
        ["basket.mustHold: this one had to hold", "figs.0.seeds: nobody counted", "figs.1.seeds: nobody counted"]
    );
}

#[tokio::test]
async fn a_failed_field_that_must_hold_up_to_the_root_nulls_the_answer() {
    for (document, path) in [
        ("{ jam firmFig }", "firmFig: no fig at all"),
        ("{ jam firmBasket { good mustHold } }", "firmBasket.mustHold: this one had to hold"),
    ] {
        let answer = ask(document).await;
        assert_eq!((wire(&answer).as_str(), errors(&answer)), ("null", vec![path.to_owned()]));
    }
}

/// Why fallible nullable fields are written `Option<Result<T>>`: when this test fails, the library has changed its mind
/// and the convention may go.
#[tokio::test]
async fn the_library_nulls_the_parent_of_a_nullable_field_that_fails_plainly() {
    let answer = ask("{ basket { good plainly } jam }").await;
    assert_eq!(wire(&answer), r#"{"basket":null,"jam":true}"#);
}

#[test]
fn graphql_js_accepts_the_merged_schema_of_ten_crates() {
    assert_eq!(objections(&schema().sdl()), "");
}

#[test]
fn graphql_js_objects_to_a_schema_that_is_none() {
    assert_eq!(objections("type Query { a: Missing }"), "Unknown type \"Missing\".\n");
    assert_eq!(
        objections("interface I { id: ID! } type T implements I { id: Int } type Query { t: T }"),
        "Interface field I.id expects type ID! but T.id is type Int.\n"
    );
    assert_eq!(objections("type Query { a: Int a: Int }"), "Field \"Query.a\" can only be defined once.\n");
}
