//! What is refused, each with its code, and that it changed nothing.

use entities::citizen;
use kernel::Fault;
use sea_orm::sea_query::Expr;

use super::*;
use crate::engagements::operations::keep;
use crate::kinds::PostingStatus;
use crate::tests::{publish_by, set_licence};

/// Changes a posting as its own chapter would.
async fn turn(town: &Town, posted: &Posted, status: PostingStatus) {
    let id = posted.id;
    testing::make(&town.kernel, |tx| async move {
        posting::Entity::update_many()
            .col_expr(posting::Column::Status, Expr::value(status))
            .filter(posting::Column::Id.eq(id))
            .exec(&tx)
            .await?;
        Ok::<_, Fault>(())
    })
    .await
    .unwrap();
}

async fn set_worker(
    town: &Town,
    of: Somebody,
    column: worker::Column,
    value: impl Into<sea_orm::Value> + Send + 'static,
) {
    testing::make(&town.kernel, |tx| async move {
        worker::Entity::update_many()
            .col_expr(column, Expr::value(value))
            .filter(worker::Column::Id.eq(of.id))
            .exec(&tx)
            .await?;
        Ok::<_, Fault>(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn each_state_of_a_posting_has_its_code_and_no_place_is_taken() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    for (status, code) in [
        (PostingStatus::Draft, "NOT_PUBLISHED"),
        (PostingStatus::InReview, "NOT_PUBLISHED"),
        (PostingStatus::Closed, "CLOSED"),
        (PostingStatus::Withdrawn, "CLOSED"),
        (PostingStatus::TakenDown, "CLOSED"),
        (PostingStatus::Expired, "EXPIRED"),
    ] {
        turn(&town, &wall, status).await;
        let refused = town.apply(zhang, wall.shifts[0]).await;
        assert_eq!((&refused["code"], &refused["field"]), (&json!(code), &json!("shiftId")), "{status:?}");
    }
    turn(&town, &wall, PostingStatus::Published).await;
    assert_eq!((town.count_engagements().await, town.taken(wall.shifts[0]).await.0), (0, 0));
    town.hired(zhang, wall.shifts[0]).await;
}

/// Sets a column of a posting.
async fn set_posting(
    town: &Town,
    id: Uuid,
    column: posting::Column,
    value: impl Into<sea_orm::Value> + Send + 'static,
) {
    testing::make(&town.kernel, |tx| async move {
        posting::Entity::update_many()
            .col_expr(column, Expr::value(value))
            .filter(posting::Column::Id.eq(id))
            .exec(&tx)
            .await?;
        Ok::<_, Fault>(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn nobody_applies_by_its_id_for_what_is_not_valid_yet_or_stale() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    set_posting(&town, wall.id, posting::Column::ValidFrom, day("2026-11-24")).await;
    assert_eq!(town.apply(zhang, wall.shifts[0]).await["code"], "NOT_PUBLISHED");
    set_posting(&town, wall.id, posting::Column::ValidFrom, day("2026-11-23")).await;
    set_posting(&town, wall.id, posting::Column::FreshUntil, at("2026-11-23T01:00:00Z")).await;
    assert_eq!(town.apply(zhang, wall.shifts[0]).await["code"], "EXPIRED");
    assert_eq!((town.count_engagements().await, town.taken(wall.shifts[0]).await.0), (0, 0));
    set_posting(&town, wall.id, posting::Column::FreshUntil, at("2026-11-30T01:00:00Z")).await;
    town.hired(zhang, wall.shifts[0]).await;
}

#[tokio::test]
async fn who_applies_twice_or_for_two_shifts_at_once_is_told() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let overlapping = NewPosting { shifts: vec![(at("2026-11-24T07:59:00Z"), 4)], ..town.wall(true, 5) };
    let overlapping = town.post(overlapping).await;
    let after = NewPosting { shifts: vec![(at("2026-11-24T08:00:00Z"), 4)], ..town.wall(true, 5) };
    let after = town.post(after).await;
    let zhang = town.worker("张三", 1).await;
    town.hired(zhang, wall.shifts[0]).await;
    assert_eq!(town.apply(zhang, wall.shifts[0]).await["code"], "DUPLICATE_APPLICATION");
    assert_eq!(town.apply(zhang, overlapping.shifts[0]).await["code"], "OVERLAPPING");
    assert_eq!(town.taken(overlapping.shifts[0]).await.0, 0);
    town.hired(zhang, after.shifts[0]).await;
}

#[tokio::test]
async fn minors_are_kept_from_heights_and_not_from_waiting_at_table() {
    let town = Town::new().await;
    let scaffold = town.post(NewPosting { trade: "6-29-01-06", ..town.wall(true, 5) }).await;
    let table = town.post(NewPosting { trade: "4-03-02-05", ..town.wall(true, 5) }).await;
    let minor = town.worker_of(NewWorker { age_band: "MINOR", ..NewWorker::named("小明", 1) }).await;
    let refused = town.apply(minor, scaffold.shifts[0]).await;
    assert_eq!(refused["code"], "UNDER_AGE", "{refused}");
    assert!(refused["message"].as_str().unwrap().contains("劳动法"));
    town.hired(minor, table.shifts[0]).await;
}

#[tokio::test]
async fn a_trade_with_a_certificate_asks_for_it_and_the_counter_may_look_at_the_paper() {
    let town = Town::new().await;
    let wires = town.post(NewPosting { trade: "6-31-01-03", ..town.wall(true, 5) }).await;
    let zhang = town.worker("张三", 1).await;
    assert_eq!(town.apply(zhang, wires.shifts[0]).await["code"], "CERTIFICATE_MISSING");
    let (shift, worker) = (gid("Shift", wires.shifts[0]), gid("Worker", zhang.id));
    let call = format!("shiftId: \"{shift}\", workerId: \"{worker}\"");
    let counter = town.counter().await;
    let refused = send(&counter, "hireWalkIn", &call).await;
    assert_eq!(refused["code"], "CERTIFICATE_MISSING");
    assert!(refused["message"].as_str().unwrap().contains("张*"), "{refused}");
    let builder = send(&town.builder().await, "hireWalkIn", &format!("{call}, certificateSeen: true")).await;
    assert_eq!(builder["code"], "CERTIFICATE_MISSING", "only the counter looks at papers");
    let hired = send(&counter, "hireWalkIn", &format!("{call}, certificateSeen: true")).await;
    assert_eq!(hired["status"], "CONFIRMED", "{hired}");
}

#[tokio::test]
async fn an_unverified_hiring_party_hires_nobody_and_the_blocked_are_not_hired() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    set_party(&town, "SUSPENDED").await;
    assert_eq!(town.apply(zhang, wall.shifts[0]).await["code"], "NOT_VERIFIED");
    set_party(&town, "VERIFIED").await;
    set_worker(&town, zhang, worker::Column::Status, "CLOSED").await;
    assert_eq!(town.apply(zhang, wall.shifts[0]).await["code"], "BLOCKED");
    set_worker(&town, zhang, worker::Column::Status, "ACTIVE").await;
    block(&town, zhang).await;
    assert_eq!(town.apply(zhang, wall.shifts[0]).await["code"], "BLOCKED");
    assert_eq!((town.count_engagements().await, town.taken(wall.shifts[0]).await.0), (0, 0));
}

async fn set_party(town: &Town, status: &'static str) {
    let id = town.builder.id;
    testing::make(&town.kernel, |tx| async move {
        hiring_party::Entity::update_many()
            .col_expr(hiring_party::Column::Status, Expr::value(status))
            .filter(hiring_party::Column::Id.eq(id))
            .exec(&tx)
            .await?;
        Ok::<_, Fault>(())
    })
    .await
    .unwrap();
}

async fn block(town: &Town, who: Somebody) {
    testing::make(&town.kernel, |tx| async move {
        citizen::Entity::update_many()
            .col_expr(citizen::Column::Status, Expr::value("BLOCKED"))
            .filter(citizen::Column::Id.eq(who.citizen))
            .exec(&tx)
            .await?;
        Ok::<_, Fault>(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn whose_registration_is_over_is_named_and_gets_no_place_in_any_way() {
    let town = Town::new().await;
    let wall = town.post(town.wall(false, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let applied = town.apply(zhang, wall.shifts[0]).await;
    assert_eq!(applied["status"], "APPLIED", "{applied}");
    set_worker(&town, zhang, worker::Column::Status, "CLOSED").await;
    let (counter, group) = (town.counter().await, "... on HiredGroup { engagements { id } }");
    let (shift, who) = (gid("Shift", wall.shifts[0]), gid("Worker", zhang.id));
    let of_shift = |more: &str| format!("shiftId: \"{shift}\", {more}");
    let all = of_shift(&format!("engagementIds: [{}]", applied["id"]));
    for refused in [
        send(&counter, "confirmEngagement", &seen(&applied)).await,
        send_for(&counter, "confirmGroup", &all, group, "").await,
        send(&counter, "hireWalkIn", &of_shift(&format!("workerId: \"{who}\""))).await,
        send_for(&counter, "hireGroup", &of_shift(&format!("workerIds: [\"{who}\"]")), group, "").await,
    ] {
        assert_eq!(refused["code"], "WORKER_GONE", "{refused}");
        assert!(refused["message"].as_str().unwrap().contains("张*"), "{refused}");
    }
    assert_eq!((town.count_engagements().await, town.taken(wall.shifts[0]).await.0), (1, 0));
    assert_eq!(town.now(&applied).await["status"], "APPLIED");
}

#[tokio::test]
async fn nobody_who_is_blocked_is_called_from_the_stand_by_list_and_nobody_to_a_suspended_party() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 1)).await;
    let (zhang, li, wang) = (town.worker("张三", 1).await, town.worker("李四", 2).await, town.worker("王五", 3).await);
    let hired = town.hired(zhang, wall.shifts[0]).await;
    let blocked = town.apply_with(li, wall.shifts[0], ", standby: true").await;
    let next = town.apply_with(wang, wall.shifts[0], ", standby: true").await;
    block(&town, li).await;
    set_party(&town, "SUSPENDED").await;
    send(&town.citizen(zhang).await, "cancelEngagement", &format!("{}, reason: ILLNESS", seen(&hired))).await;
    let house = town.by(Actor::System("hiring")).await;
    assert_eq!(keep::fill_from_standby(&house).await.unwrap(), 0);
    assert_eq!(
        (&town.now(&blocked).await["status"], &town.now(&next).await["status"]),
        (&json!("STANDBY"), &json!("STANDBY"))
    );
    set_party(&town, "VERIFIED").await;
    assert_eq!(keep::fill_from_standby(&house).await.unwrap(), 1);
    assert_eq!(
        (&town.now(&blocked).await["status"], &town.now(&next).await["status"]),
        (&json!("STANDBY"), &json!("CONFIRMED"))
    );
}

/// A posting that an agency publishes.
async fn published_by(town: &Town, agency: Uuid, new: NewPosting) -> Posted {
    let posted = town.post(new).await;
    publish_by(&town.bureau().await, posted.id, agency).await;
    posted
}

#[tokio::test]
async fn while_the_licence_of_the_agency_is_suspended_nobody_gets_a_place_in_any_way() {
    let town = Town::new().await;
    let agency = crate::testing::agency(&town.bureau().await, "晋才人力").await.unwrap();
    let instant = published_by(&town, agency, town.wall(true, 5)).await;
    let slow = published_by(&town, agency, town.wall(false, 5)).await;
    let (zhang, li) = (town.worker("张三", 1).await, town.worker("李四", 2).await);
    let applied = town.apply(zhang, slow.shifts[0]).await;
    assert_eq!(applied["status"], "APPLIED", "{applied}");
    set_licence(&town.bureau().await, agency, "SUSPENDED").await;
    let refused = town.apply(li, instant.shifts[0]).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("LICENCE_INVALID"), &json!("shiftId")), "{refused}");
    assert_eq!(town.apply(li, slow.shifts[0]).await["code"], "LICENCE_INVALID");
    let builder = town.builder().await;
    let confirmed = send(&builder, "confirmEngagement", &seen(&applied)).await;
    assert_eq!(confirmed["code"], "LICENCE_INVALID", "{confirmed}");
    let (shift, worker) = (gid("Shift", instant.shifts[0]), gid("Worker", li.id));
    let group = "... on HiredGroup { engagements { id } }";
    let call = format!("shiftId: \"{}\", engagementIds: [{}]", gid("Shift", slow.shifts[0]), applied["id"]);
    let together = send_for(&builder, "confirmGroup", &call, group, "").await;
    assert_eq!(together["code"], "LICENCE_INVALID", "{together}");
    let walk_in = send(&builder, "hireWalkIn", &format!("shiftId: \"{shift}\", workerId: \"{worker}\"")).await;
    assert_eq!(walk_in["code"], "LICENCE_INVALID", "{walk_in}");
    let call = format!("shiftId: \"{shift}\", workerIds: [\"{worker}\"]");
    let hired = send_for(&builder, "hireGroup", &call, group, "").await;
    assert_eq!(hired["code"], "LICENCE_INVALID", "{hired}");
    assert_eq!((town.taken(instant.shifts[0]).await.0, town.taken(slow.shifts[0]).await.0), (0, 0));
    assert_eq!(town.count_engagements().await, 1, "the application waits");
    set_licence(&town.bureau().await, agency, "VALID").await;
    town.hired(li, instant.shifts[0]).await;
}

#[tokio::test]
async fn who_comes_too_late_is_not_sent_on_to_an_agency_that_may_place_nobody() {
    let town = Town::new().await;
    let agency = crate::testing::agency(&town.bureau().await, "晋才人力").await.unwrap();
    let full = town.post(town.wall(true, 1)).await;
    town.hired(town.worker("张三", 1).await, full.shifts[0]).await;
    let other = published_by(&town, agency, town.wall(true, 5)).await;
    let li = town.worker("李四", 2).await;
    let refused = town.apply(li, full.shifts[0]).await;
    assert_eq!(refused["alternatives"][0]["shiftId"], gid("Shift", other.shifts[0]), "{refused}");
    set_licence(&town.bureau().await, agency, "SUSPENDED").await;
    let refused = town.apply(li, full.shifts[0]).await;
    assert_eq!((&refused["code"], &refused["alternatives"]), (&json!("FULL"), &json!([])), "{refused}");
}

#[tokio::test]
async fn nobody_is_called_from_the_stand_by_list_while_the_licence_of_the_agency_is_suspended() {
    let town = Town::new().await;
    let agency = crate::testing::agency(&town.bureau().await, "晋才人力").await.unwrap();
    let wall = published_by(&town, agency, town.wall(true, 1)).await;
    let (zhang, li) = (town.worker("张三", 1).await, town.worker("李四", 2).await);
    let hired = town.hired(zhang, wall.shifts[0]).await;
    let waiting = town.apply_with(li, wall.shifts[0], ", standby: true").await;
    set_licence(&town.bureau().await, agency, "SUSPENDED").await;
    send(&town.citizen(zhang).await, "cancelEngagement", &format!("{}, reason: ILLNESS", seen(&hired))).await;
    assert_eq!(town.now(&hired).await["status"], "CANCELLED_BY_WORKER");
    let house = town.by(Actor::System("hiring")).await;
    assert_eq!(keep::fill_from_standby(&house).await.unwrap(), 0);
    assert_eq!(town.now(&waiting).await["status"], "STANDBY", "the place is free and nobody has it");
    assert_eq!(town.taken(wall.shifts[0]).await, (0, "PUBLISHED".to_owned()));
    set_licence(&town.bureau().await, agency, "VALID").await;
    assert_eq!(keep::fill_from_standby(&house).await.unwrap(), 1);
    assert_eq!(town.now(&waiting).await["status"], "CONFIRMED");
}

#[tokio::test]
async fn who_has_too_many_points_takes_no_place_online_and_the_counter_still_hires() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    set_worker(&town, zhang, worker::Column::Points, 6).await;
    let refused = town.apply(zhang, wall.shifts[0]).await;
    assert_eq!(refused["code"], "TOO_MANY_POINTS");
    assert!(refused["message"].as_str().unwrap().contains("6 分"), "{refused}");
    let call = format!("shiftId: \"{}\", workerId: \"{}\"", gid("Shift", wall.shifts[0]), gid("Worker", zhang.id));
    assert_eq!(send(&town.counter().await, "hireWalkIn", &call).await["status"], "CONFIRMED");
}

#[tokio::test]
async fn nobody_applies_to_itself_and_strangers_do_not_apply() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let call = format!("shiftId: \"{}\"", gid("Shift", wall.shifts[0]));
    assert_eq!(send(&town.by(Actor::Anonymous).await, "applyForShift", &call).await["error"], "UNAUTHENTICATED");
    assert_eq!(send(&town.builder().await, "applyForShift", &call).await["code"], "NOT_A_WORKER");
    let (party, citizen) = (town.builder.id, town.worker("张三", 1).await);
    testing::make(&town.kernel, |tx| async move {
        let member = entities::party_member::ActiveModel {
            id: sea_orm::Set(tx.ctx().new_id()),
            party_id: sea_orm::Set(party),
            citizen_id: sea_orm::Set(citizen.citizen),
            authorised: sea_orm::Set("AGENT".to_owned()),
            since: sea_orm::Set(tx.ctx().now()),
            ended_at: sea_orm::Set(None),
        };
        entities::party_member::Entity::insert(member).exec_without_returning(&tx).await?;
        Ok::<_, Fault>(())
    })
    .await
    .unwrap();
    assert_eq!(town.apply(citizen, wall.shifts[0]).await["code"], "OWN_POSTING");
    assert_eq!(town.count_engagements().await, 0);
}

#[tokio::test]
async fn a_shift_that_has_begun_takes_nobody_online_and_the_counter_until_it_is_over() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let (zhang, li) = (town.worker("张三", 1).await, town.worker("李四", 2).await);
    town.at("2026-11-23T22:00:00Z");
    assert_eq!(town.apply(zhang, wall.shifts[0]).await["code"], "EXPIRED");
    let call =
        |of: Somebody| format!("shiftId: \"{}\", workerId: \"{}\"", gid("Shift", wall.shifts[0]), gid("Worker", of.id));
    assert_eq!(send(&town.counter().await, "hireWalkIn", &call(zhang)).await["status"], "CONFIRMED");
    town.at("2026-11-24T08:00:00Z");
    assert_eq!(send(&town.counter().await, "hireWalkIn", &call(li)).await["code"], "EXPIRED");
}
