//! What an answer by text message means: the sum that the question named, and once.

use kernel::sms::SmsReceived;

use super::pay::{answer, done, line, sheet, sweep};
use super::*;
use crate::engagements::operations::hear::hear;

const TRUTH: &str = "status wageTruth { paidFen shortFen comparable }";

/// Somebody whose work is done, for a wage, and who was asked about it the next morning.
async fn asked(town: &Town, wage: (i64, WageUnit)) -> (Value, Posted) {
    let wall = town.post(NewPosting { wage, ..town.wall(true, 5) }).await;
    let completed = done(town, town.worker("张三", 1).await, &wall).await;
    sweep(town, "2026-11-25T00:00:00Z").await;
    (completed, wall)
}

/// All that people ever answered is brought to the hire once more.
async fn brought_again(town: &Town) {
    let house = town.by(Actor::System("hiring")).await;
    let told = entities::event::Entity::find().filter(entities::event::Column::Kind.eq("sms.received"));
    let told = told.all(&house.scope()).await.unwrap();
    assert!(!told.is_empty());
    for event in told {
        let heard: SmsReceived = serde_json::from_value(event.payload).unwrap();
        hear(&house, heard).await.unwrap();
    }
    town.drain().await;
}

#[tokio::test]
async fn all_of_it_is_the_sum_that_was_asked_about_whatever_a_sheet_says_since() {
    let town = Town::new().await;
    let (completed, wall) = asked(&town, (2_000, WageUnit::Hour)).await;
    let told = town.texts("hire.paid").await;
    assert!(told[0].contains("应得180元"), "nine hours were planned: {told:?}");
    let longer = line(&completed, "").replace("540", "600");
    let saved = sheet(&town.builder().await, &wall, "", &[longer]).await;
    assert_eq!(saved["lines"][0]["agreedFen"], 20_000, "{saved}");
    answer(&town, "13800000001", "1", "a").await;
    let shown = town.engagement(&completed, TRUTH).await;
    let truth = json!({ "paidFen": 18_000, "shortFen": 2_000, "comparable": true });
    assert_eq!(shown, json!({ "status": "PAID", "wageTruth": truth }), "the tenth hour was not asked about");
}

#[tokio::test]
async fn where_no_sum_is_known_nobody_is_asked_about_all_of_it() {
    let town = Town::new().await;
    let (completed, _) = asked(&town, (50, WageUnit::Piece)).await;
    let told = town.texts("hire.paid").await;
    assert!(told[0].contains("收到的回2加空格和金额") && !told[0].contains("回1"), "{told:?}");
    answer(&town, "13800000001", "2 150", "a").await;
    let shown = town.engagement(&completed, TRUTH).await;
    let truth = json!({ "paidFen": 15_000, "shortFen": null, "comparable": false });
    assert_eq!(shown, json!({ "status": "PAID", "wageTruth": truth }));
}

#[tokio::test]
async fn who_answers_all_of_it_where_no_sum_was_named_confirms_none() {
    let town = Town::new().await;
    let (completed, wall) = asked(&town, (50, WageUnit::Piece)).await;
    let saved = sheet(&town.builder().await, &wall, "", &[line(&completed, "")]).await;
    assert_eq!(saved["lines"][0]["dueFen"], 18_000, "{saved}");
    answer(&town, "13800000001", "1", "a").await;
    let shown = town.engagement(&completed, TRUTH).await;
    let truth = json!({ "paidFen": null, "shortFen": null, "comparable": true });
    assert_eq!(shown, json!({ "status": "COMPLETED", "wageTruth": truth }), "the sheet came after the question");
}

#[tokio::test]
async fn an_answer_that_is_brought_again_changes_nothing() {
    let town = Town::new().await;
    let (completed, _) = asked(&town, (18_000, WageUnit::Day)).await;
    answer(&town, "13800000001", "2 50", "a").await;
    assert_eq!(town.texts("hire.paid_again").await.len(), 1, "so little is asked back");
    let before = town.now(&completed).await;
    brought_again(&town).await;
    assert_eq!(town.now(&completed).await, before, "what waits to be said once more was said once");
    assert_eq!(town.texts("hire.paid_again").await.len(), 1);
    answer(&town, "13800000001", "0", "b").await;
    let nothing = town.now(&completed).await;
    assert_ne!(nothing["version"], before["version"], "nothing is an answer");
    brought_again(&town).await;
    assert_eq!(town.now(&completed).await, nothing);
}
