//! Places taken in one go (快速抢单): what is claimed happens whole, or it is decided the sure way.

use kernel::{Outcome, Stop};
use sea_orm::QuerySelect as _;
use sea_orm::sea_query::{Expr, LockType};
use tokio::sync::oneshot;

use super::*;
use crate::engagements::operations::apply::ApplyForShift;
use crate::engagements::store::bids::{self, Bid};
use crate::engagements::store::places;
use crate::kinds::PostingStatus;
use crate::operations::save_posting::SavePosting;
use crate::policy;
use crate::rows::posting_event;

/// A place as somebody sees it who could take it.
async fn seen_by(town: &Town, who: Somebody, shift: Uuid) -> Bid {
    let (ctx, mut kept) = (town.citizen(who).await, None);
    let done: Result<Outcome, Stop<ApplyForShift>> = ctx
        .transact_swiftly(
            &policy::APPLY,
            None,
            |glance| async move { bids::free(&glance, who.citizen, shift).await.unwrap() },
            |_, bid| {
                kept = Some(bid);
                Ok(Outcome::of("Shift", shift, 1))
            },
            |_| async { Err(Stop::Refused(ApplyForShift::Full)) },
        )
        .await;
    done.unwrap();
    kept.unwrap()
}

/// Takes a place as it was seen; says whether it was there to be claimed.
async fn claimed(town: &Town, who: Somebody, bid: Bid) -> bool {
    assert!(bid.offer.is_plain());
    let (ctx, shift) = (town.citizen(who).await, bid.offer.shift.id);
    let done: Result<Outcome, Stop<ApplyForShift>> = ctx
        .transact_swiftly(
            &policy::APPLY,
            None,
            |_| async move { Some(bid) },
            |tx, bid| {
                places::claim(tx, &bid.offer)?;
                Ok(Outcome::of("Shift", shift, 1))
            },
            |_| async { Err(Stop::Refused(ApplyForShift::Full)) },
        )
        .await;
    match done {
        Ok(_) => true,
        Err(Stop::Refused(ApplyForShift::Full)) => false,
        Err(other) => panic!("neither taken nor decided: {other:?}"),
    }
}

async fn history(town: &Town, posting: Uuid) -> Vec<String> {
    let rows = posting_event::Entity::find().filter(posting_event::Column::PostingId.eq(posting));
    rows.all(&town.bureau().await.scope()).await.unwrap().into_iter().map(|row| row.kind).collect()
}

/// Changes the posting of the wall.
async fn change(town: &Town, posting: Uuid, column: posting::Column, value: impl Into<Expr>) {
    let change = posting::Entity::update_many().col_expr(column, value.into()).filter(posting::Column::Id.eq(posting));
    testing::make(&town.kernel, |tx| async move { Ok(change.exec(&tx).await?) }).await.unwrap();
}

#[tokio::test]
async fn the_last_place_fills_the_posting_in_one_go_and_is_there_once() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 2)).await;
    let (zhang, li) = (town.worker("张三", 1).await, town.worker("李四", 2).await);
    let first = seen_by(&town, zhang, wall.shifts[0]).await;
    assert!(claimed(&town, zhang, first.clone()).await);
    assert_eq!(town.taken(wall.shifts[0]).await, (1, "PUBLISHED".to_owned()));
    assert!(!claimed(&town, li, first).await, "one is left, and that is the last one");
    let last = seen_by(&town, li, wall.shifts[0]).await;
    assert!(claimed(&town, li, last.clone()).await);
    assert_eq!(town.taken(wall.shifts[0]).await, (2, "FILLED".to_owned()));
    assert!(!claimed(&town, zhang, last).await, "none is left");
    assert_eq!(town.taken(wall.shifts[0]).await, (2, "FILLED".to_owned()));
    assert_eq!(history(&town, wall.id).await, ["filled"]);
}

#[tokio::test]
async fn no_place_is_claimed_by_what_a_posting_said_before_it_was_amended() {
    let town = Town::new().await;
    let shifts = vec![(at("2026-11-23T22:00:00Z"), 8)];
    let wall = town.post(NewPosting { shifts, market: None, ..town.wall(true, 2) }).await;
    let zhang = town.worker("张三", 1).await;
    let bid = seen_by(&town, zhang, wall.shifts[0]).await;
    let (builder, which, input) = town.at_another_wage(wall.id, 19_000).await;
    crate::save_posting(&builder, which, input, None).await.unwrap();
    assert!(!claimed(&town, zhang, bid).await, "it was another wage then");
    assert_eq!(town.taken(wall.shifts[0]).await, (0, "PUBLISHED".to_owned()));
    let hired = town.hired(zhang, wall.shifts[0]).await;
    assert_eq!(town.engagement(&hired, "slip { wageFen }").await["slip"]["wageFen"], 19_000);
    let (builder, which, input) = town.at_another_wage(wall.id, 18_000).await;
    let refused = crate::save_posting(&builder, which, input, None).await;
    assert!(matches!(refused, Err(Stop::Refused(SavePosting::TermsFixed))), "{refused:?}");
}

#[tokio::test]
async fn a_posting_with_another_shift_ahead_or_of_another_state_is_not_filled_by_a_last_place() {
    let town = Town::new().await;
    let shifts = vec![(at("2026-11-23T22:00:00Z"), 4), (at("2026-11-24T06:00:00Z"), 4)];
    let wall = town.post(NewPosting { shifts, ..town.wall(true, 1) }).await;
    let zhang = town.worker("张三", 1).await;
    let mut bid = seen_by(&town, zhang, wall.shifts[0]).await;
    assert!(!bid.offer.is_plain(), "the other shift has a place");
    // Seen before the other shift was added.
    bid.offer.posting.headcount = 1;
    assert!(!claimed(&town, zhang, bid.clone()).await);
    assert_eq!(town.taken(wall.shifts[0]).await, (0, "PUBLISHED".to_owned()));
    town.hired(town.worker("李四", 2).await, wall.shifts[1]).await;
    change(&town, wall.id, posting::Column::Status, Expr::val(PostingStatus::Filled)).await;
    assert!(!claimed(&town, zhang, bid.clone()).await, "it counts as filled");
    change(&town, wall.id, posting::Column::Status, Expr::val(PostingStatus::Published)).await;
    assert!(claimed(&town, zhang, bid).await);
    assert_eq!(town.taken(wall.shifts[0]).await, (1, "FILLED".to_owned()));
    assert_eq!(history(&town, wall.id).await, ["filled"]);
}

#[tokio::test]
async fn whoever_takes_the_last_place_waits_for_nobody_who_is_at_the_posting() {
    if testing::on_postgres().is_none() {
        return; // SQLite has one writer.
    }
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 1)).await;
    let zhang = town.worker("张三", 1).await;
    let bid = seen_by(&town, zhang, wall.shifts[0]).await;
    let (bureau, id) = (town.bureau().await, wall.id);
    let ((holds, held), (go, gone)) = (oneshot::channel(), oneshot::channel::<()>());
    let at_it = tokio::spawn(async move {
        let amending = crate::testing::arrange(&bureau, |tx| async move {
            posting::Entity::find_by_id(id).lock(LockType::NoKeyUpdate).one(&tx).await?;
            holds.send(()).unwrap();
            gone.await.unwrap();
            Ok(())
        });
        amending.await.unwrap();
    });
    held.await.unwrap();
    assert!(!claimed(&town, zhang, bid).await, "somebody is at the posting");
    town.hired(zhang, wall.shifts[0]).await;
    assert_eq!(town.taken(wall.shifts[0]).await, (1, "PUBLISHED".to_owned()), "to be settled at night");
    go.send(()).unwrap();
    at_it.await.unwrap();
}
