//! Erasing a worker: a marker stands in every place before, and in none after but the wage ledger.

use kernel::Fault;
use kernel::personal::Piece;

use super::records::agreed_and_paid;
use super::*;
use crate::engagements::operations::keep;
use crate::engagements::personal;
use crate::rows::{conduct_point, favourite, talk, wage_line, work_slip};

const MARKER: &str = "马克尔";

fn values(pieces: &[Piece], of: &str) -> Vec<String> {
    let all = pieces.iter().flat_map(|piece| &piece.values);
    all.filter(|(name, _)| *name == of).map(|(_, value)| value.expose().clone()).collect()
}

/// A worker who talked, worked, was paid, did not come once, and has a place to come.
async fn life(town: &Town, who: Somebody) -> (Posted, Value) {
    let wall = town.post(town.wall(false, 5)).await;
    let applied = town.apply(who, wall.shifts[0]).await;
    let (me, builder) = (town.citizen(who).await, town.builder().await);
    let said = format!("id: {}, text: \"我是{MARKER}\"", applied["id"]);
    send(&me, "sendMessage", &said).await;
    let confirmed = send(&builder, "confirmEngagement", &seen(&applied)).await;
    assert_eq!(confirmed["status"], "CONFIRMED", "{confirmed}");
    let file =
        send_for(&me, "exportWorkSlip", &format!("id: {}", applied["id"]), "... on ExportedFile { fileName }", "")
            .await;
    assert!(file["fileName"].is_string(), "{file}");
    town.at("2026-11-23T22:00:00Z");
    let arrived = send(&builder, "recordArrival", &seen(&confirmed)).await;
    let words = format!("{}, words: \"{MARKER}没干满\"", seen(&arrived));
    send(&builder, "disputeEngagement", &words).await;
    town.at("2026-11-24T08:00:00Z");
    let now = town.now(&arrived).await;
    let completed = send(&builder, "completeEngagement", &seen(&now)).await;
    assert_eq!(completed["status"], "COMPLETED", "{completed}");
    let line = format!(
        "{{ engagementId: {}, minutes: 540, dueFen: 18000, paidFen: 18000, paidAt: \"2026-11-24T16:00:00+08:00\", method: CASH }}",
        completed["id"]
    );
    let call = format!("postingId: \"{}\", lines: [{line}]", gid("Posting", wall.id));
    send_for(&builder, "saveWageSheet", &call, "... on WageSheet { id }", "").await;
    let missed = town.post(NewPosting { shifts: vec![(at("2026-11-24T22:00:00Z"), 4)], ..town.wall(true, 5) }).await;
    let missed = town.hired(who, missed.shifts[0]).await;
    town.at("2026-11-24T22:30:00Z");
    send(&builder, "recordNoShow", &seen(&missed)).await;
    let coming = town.post(NewPosting { shifts: vec![(at("2026-11-29T22:00:00Z"), 4)], ..town.wall(true, 1) }).await;
    town.hired(who, coming.shifts[0]).await;
    (coming, completed)
}

#[tokio::test]
async fn an_erased_worker_is_gone_from_every_place_but_the_wage_ledger() {
    let town = Town::new().await;
    let who = town.worker(MARKER, 1).await;
    let (coming, completed) = life(&town, who).await;
    let next = town.worker("李四", 2).await;
    let waiting = town.apply_with(next, coming.shifts[0], ", standby: true").await;
    let liked = town.builder.id;
    testing::make(&town.kernel, |tx| async move {
        let row = favourite::ActiveModel {
            id: sea_orm::Set(tx.ctx().new_id()),
            party_id: sea_orm::Set(liked),
            worker_id: sea_orm::Set(who.id),
            since: sea_orm::Set(tx.ctx().now()),
        };
        favourite::Entity::insert(row).exec_without_returning(&tx).await?;
        Ok::<_, Fault>(())
    })
    .await
    .unwrap();
    let bureau = town.bureau().await;
    let held = personal::held(&bureau, who.citizen).await.unwrap();
    assert!(values(&held, "words").iter().any(|words| words.contains(MARKER)));
    assert_eq!(values(&held, "name"), [MARKER]);
    let kept: Vec<&Piece> = held.iter().filter(|piece| piece.kept.is_some()).collect();
    assert_eq!(kept.len(), 1);
    assert!(kept[0].kept.unwrap().zh.contains("《保障农民工工资支付条例》第十五条"));
    assert_eq!(values(&held, "keepUntil"), ["2029-11-24"]);
    let scope = bureau.scope();
    let citizen = who.citizen;
    let gone = testing::make(&town.kernel, |tx| async move { personal::erase(&tx, citizen).await }).await.unwrap();
    assert!(gone > 0);
    assert_eq!(talk::Entity::find().count(&scope).await.unwrap(), 0);
    assert_eq!(favourite::Entity::find().count(&scope).await.unwrap(), 0);
    assert_eq!(conduct_point::Entity::find().count(&scope).await.unwrap(), 0);
    assert_eq!(entities::blob::Entity::find().count(&scope).await.unwrap(), 0);
    let rows = engagement::Entity::find().filter(engagement::Column::WorkerId.eq(who.id));
    assert_eq!(rows.count(&scope).await.unwrap(), 0);
    let disputed = engagement::Entity::find().filter(engagement::Column::DisputeWords.is_not_null());
    assert_eq!(disputed.count(&scope).await.unwrap(), 0);
    let slips = work_slip::Entity::find().all(&scope).await.unwrap();
    assert_eq!(slips.len(), 1, "the one of whoever stood by");
    assert!(!slips[0].terms.to_string().contains(&who.id.to_string()));
    assert_eq!(town.now(&waiting).await["status"], "CONFIRMED");
    let line = wage_line::Entity::find().one(&scope).await.unwrap().unwrap();
    let name = bureau.keys().await.unwrap().open("wage_line", "worker_name", line.id, &line.worker_name).unwrap();
    assert_eq!(name.expose(), MARKER, "kept three years");
    assert_eq!(
        town.engagement(&completed, "workerName disputeWords").await,
        json!({ "workerName": null, "disputeWords": null })
    );
    assert_eq!(personal::held(&bureau, who.citizen).await.unwrap().len(), 0);
}

#[tokio::test]
async fn of_an_erased_workers_agreement_the_bare_text_stays_for_two_years() {
    let town = Town::new().await;
    let old = town.worker_of(NewWorker { age_band: "OVER_AGE", ..NewWorker::named(MARKER, 1) }).await;
    agreed_and_paid(&town, old).await;
    let bureau = town.bureau().await;
    let terms = async || {
        let slips = work_slip::Entity::find().all(&bureau.scope()).await.unwrap();
        slips.into_iter().map(|slip| slip.terms.to_string()).collect::<Vec<_>>()
    };
    assert!(terms().await.concat().contains(&old.id.to_string()));
    let citizen = old.citizen;
    testing::make(&town.kernel, |tx| async move { personal::erase(&tx, citizen).await }).await.unwrap();
    let left = terms().await;
    assert!(left.len() == 1 && !left[0].contains(&old.id.to_string()), "{left:?}");
    let house = town.by(Actor::System("hiring")).await;
    town.at("2028-11-24T08:00:00Z");
    keep::let_go(&house).await.unwrap();
    assert_eq!(terms().await, left);
    town.at("2028-11-24T08:00:01Z");
    keep::let_go(&house).await.unwrap();
    assert!(terms().await.is_empty());
}
