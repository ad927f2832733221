//! What the house does by the clock, and the figures.

use super::*;
use crate::engagements::operations::keep::{self, Kept};
use crate::kinds::PostingStatus;
use sea_orm::sea_query::Expr;

async fn sweep(town: &Town, moment: &str) -> Kept {
    town.at(moment);
    keep::sweep(&town.by(Actor::System("hiring")).await).await.unwrap()
}

#[tokio::test]
async fn at_six_the_free_places_of_the_day_are_filled_from_the_list_and_nobody_is_marked() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 1)).await;
    let (zhang, li) = (town.worker("张三", 1).await, town.worker("李四", 2).await);
    let hired = town.hired(zhang, wall.shifts[0]).await;
    let waiting = town.apply_with(li, wall.shifts[0], ", standby: true").await;
    let shift = wall.shifts[0];
    testing::make(&town.kernel, |tx| async move {
        shift::Entity::update_many()
            .col_expr(shift::Column::Headcount, Expr::value(2))
            .filter(shift::Column::Id.eq(shift))
            .exec(&tx)
            .await?;
        Ok::<_, kernel::Fault>(())
    })
    .await
    .unwrap();
    town.at("2026-11-23T22:00:00Z");
    let house = town.by(Actor::System("hiring")).await;
    assert_eq!(keep::fill_from_standby(&house).await.unwrap(), 1);
    assert_eq!(keep::fill_from_standby(&house).await.unwrap(), 0);
    assert_eq!(town.now(&waiting).await["status"], "CONFIRMED");
    assert_eq!(town.now(&hired).await["status"], "CONFIRMED");
    assert_eq!(town.taken(wall.shifts[0]).await, (2, "FILLED".to_owned()));
}

#[tokio::test]
async fn applications_lapse_with_their_posting_and_an_hour_after_the_start() {
    let town = Town::new().await;
    let (closed, begun) = (town.post(town.wall(false, 5)).await, town.post(town.wall(false, 5)).await);
    let zhang = town.worker("张三", 1).await;
    let first = town.apply(zhang, closed.shifts[0]).await;
    let second = town.apply(zhang, begun.shifts[0]).await;
    turn(&town, closed.id, PostingStatus::Closed).await;
    assert_eq!(sweep(&town, "2026-11-23T03:00:00Z").await, Kept { lapsed: 1, ..Kept::default() });
    assert_eq!(town.now(&first).await["status"], "LAPSED");
    assert_eq!(sweep(&town, "2026-11-23T22:59:59Z").await, Kept::default());
    assert_eq!(sweep(&town, "2026-11-23T23:00:00Z").await, Kept { lapsed: 1, ..Kept::default() });
    assert_eq!(town.now(&second).await["status"], "LAPSED");
}

async fn turn(town: &Town, id: Uuid, status: PostingStatus) {
    testing::make(&town.kernel, |tx| async move {
        posting::Entity::update_many()
            .col_expr(posting::Column::Status, Expr::value(status))
            .filter(posting::Column::Id.eq(id))
            .exec(&tx)
            .await?;
        Ok::<_, kernel::Fault>(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_posting_that_is_taken_down_takes_its_confirmed_places_with_it_at_the_hiring_partys_cost() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let hired = town.hired(town.worker("张三", 1).await, wall.shifts[0]).await;
    turn(&town, wall.id, PostingStatus::TakenDown).await;
    assert_eq!(sweep(&town, "2026-11-23T04:00:00Z").await, Kept { cancelled: 1, ..Kept::default() });
    let now = town.now(&hired).await;
    assert_eq!(
        (&now["status"], &now["consequence"], &now["endReason"]),
        (&json!("CANCELLED_BY_PARTY"), &json!("FAST_LANE_LOST"), &json!("NO_WORK"))
    );
}

#[tokio::test]
async fn work_of_which_nobody_said_anything_counts_as_done_two_hours_after_the_shift() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let hired = town.hired(town.worker("张三", 1).await, wall.shifts[0]).await;
    town.at("2026-11-23T22:00:00Z");
    send(&town.counter().await, "recordArrival", &seen(&hired)).await;
    assert_eq!(sweep(&town, "2026-11-24T09:59:00Z").await.completed, 0);
    assert_eq!(sweep(&town, "2026-11-24T10:00:00Z").await.completed, 1);
    let shown = town.engagement(&hired, "status completedBy completedAt payDueAt").await;
    assert_eq!(
        shown,
        json!({ "status": "COMPLETED", "completedBy": null, "completedAt": "2026-11-24T18:00:00+08:00",
                "payDueAt": "2026-11-25T00:00:00+08:00" })
    );
}

#[tokio::test]
async fn points_that_expired_do_not_count() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let hired = town.hired(zhang, wall.shifts[0]).await;
    town.at("2026-11-23T22:30:00Z");
    send(&town.builder().await, "recordNoShow", &seen(&hired)).await;
    let house = town.by(Actor::System("hiring")).await;
    town.at("2027-02-21T19:25:00Z");
    keep::let_go(&house).await.unwrap();
    assert_eq!(town.worker_row(zhang).await.points, 3, "on the last day");
    town.at("2027-02-22T19:25:00Z");
    keep::let_go(&house).await.unwrap();
    assert_eq!(town.worker_row(zhang).await.points, 0);
}
