//! This year against last.

use markets::rows::market;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;

use super::world::{World, ask};
use crate::testing::{PLATFORM, TAIYUAN};

/// The input of the market of this name, as it stands, under another name.
async fn rename(world: &World, from: &str, to: &str) {
    let ctx = world.province.house(TAIYUAN).await.unwrap();
    let found = market::Entity::find().filter(market::Column::DisplayName.eq(format!("{from}零工市场")));
    let row = found.one(&ctx.scope()).await.unwrap().unwrap();
    let mut input = markets::testing::market(&format!("{to}零工市场"));
    input.seeker_scale = Some(markets::FigureInput {
        low: 300,
        high: 300,
        approximate: false,
        method: markets::FigureMethod::Counted,
        override_reason: None,
        as_of: ctx.today().into(),
    });
    markets::amend_market(&ctx, row.id, row.version, input, None).await.unwrap();
}

#[tokio::test]
async fn last_years_markets_are_compared_one_by_one_and_a_new_name_is_no_new_market() {
    let world = World::on("2025-12-01").await;
    world.list(TAIYUAN, &["甲", "乙", "丙"]).await;
    world.hand_in(TAIYUAN, 2025).await;
    world.province.clock.advance(chrono::Duration::days(365));
    rename(&world, "乙", "新乙").await;
    world.list(TAIYUAN, &["甲", "新乙", "丁"]).await;
    world.hand_in(TAIYUAN, 2026).await;
    let province = world.officer(PLATFORM, "province_supervisor").await;
    let query = "query($after: String) { provinceComparison(cityCode: \"140100\", year: 2026) { rowCount \
                 lastYearRowCount difference added removed addedCount removedCount changedCount kept \
                 changes(first: 2, after: $after) { totalCount pageInfo { hasNextPage endCursor } \
                 edges { node { kind before { name seekerScale } now { name seekerScale nature } } } } } \
                 none: provinceComparison(cityCode: \"999999\", year: 2026) { kept } }";
    let answer = ask(&province, query, json!({})).await;
    let seen = &answer["provinceComparison"];
    assert_eq!([&seen["rowCount"], &seen["lastYearRowCount"], &seen["difference"]], [3, 3, 0], "{answer}");
    assert_eq!([&seen["added"], &seen["removed"]], [&json!(["丁零工市场"]), &json!(["丙零工市场"])]);
    assert_eq!([&seen["addedCount"], &seen["removedCount"], &seen["changedCount"], &seen["kept"]], [1, 1, 1, 2]);
    assert_eq!(
        (&seen["changes"]["totalCount"], &seen["changes"]["pageInfo"]["hasNextPage"]),
        (&json!(3), &json!(true))
    );
    assert_eq!(answer["none"], json!(null));
    let next = json!({ "after": seen["changes"]["pageInfo"]["endCursor"] });
    let second = ask(&province, query, next).await;
    let edges = second["provinceComparison"]["changes"]["edges"].as_array().unwrap();
    let expected = json!({
        "kind": "CHANGED",
        "before": { "name": "乙零工市场", "seekerScale": "" },
        "now": { "name": "新乙零工市场", "seekerScale": "300", "nature": "PUBLIC" },
    });
    assert_eq!((edges.len(), &edges[0]["node"]), (1, &expected));
}
