//! The life of a posting after it was published.

use kernel::ctx::AccountActor;

use super::*;
use crate::kinds::EngagementStatus;

const WHY: (&str, &str) = ("reason", "String!");

async fn take_down(ctx: &Ctx, of: &Value) -> Value {
    let more = [(WHY.0, WHY.1, json!("收取押金")), ("article", "String!", json!("就业促进法第四十一条"))];
    step(ctx, "takeDownPosting", of, &more).await
}

/// Another officer of the bureau.
fn colleague(username: &str) -> Actor {
    let Actor::Account(officer) = testing::bureau() else { unreachable!("an officer has an account") };
    Actor::Account(AccountActor { username: username.to_owned(), ..officer })
}

#[tokio::test]
async fn a_posting_is_withdrawn_and_what_waits_for_an_answer_lapses() {
    let town = Town::new().await;
    let id = town.published().await;
    let (one, two) =
        (testing::worker(&town.bureau, "张*").await.unwrap(), testing::worker(&town.bureau, "王*").await.unwrap());
    let applied = testing::engaged(&town.bureau, id, one, EngagementStatus::Applied).await.unwrap();
    let standby = testing::engaged(&town.bureau, id, two, EngagementStatus::Standby).await.unwrap();
    let now = stands(&town.bureau, id).await;
    assert_eq!(
        step(&town.bureau, "withdrawPosting", &now, &[(WHY.0, WHY.1, json!(" "))]).await["code"],
        "REASON_MISSING"
    );
    let gone = step(&town.bureau, "withdrawPosting", &now, &[(WHY.0, WHY.1, json!("订单取消"))]).await;
    assert_eq!((&gone["status"], &gone["statusReason"]), (&json!("WITHDRAWN"), &json!("订单取消")), "{gone}");
    for deal in [applied, standby] {
        let deal = town.deal(deal).await;
        assert_eq!((deal.status, deal.end_reason.as_deref()), (EngagementStatus::Lapsed, Some("POSTING_WITHDRAWN")));
        assert_eq!((deal.version, deal.ended_at), (2, Some(town.bureau.now())));
    }
    assert!(town.shifts(id).await.iter().all(|shift| !shift.open));
    assert_eq!(town.announced(id).await, ["posting.published", "posting.withdrawn"]);
    let again = step(&town.bureau, "withdrawPosting", &gone, &[(WHY.0, WHY.1, json!("订单取消"))]).await;
    assert_eq!(again["code"], "OVER", "{again}");
}

#[tokio::test]
async fn who_is_confirmed_is_not_left_without_being_told() {
    let town = Town::new().await;
    let id = town.published().await;
    let worker = testing::worker(&town.bureau, "张*").await.unwrap();
    let deal = testing::engaged(&town.bureau, id, worker, EngagementStatus::Confirmed).await.unwrap();
    let now = stands(&town.bureau, id).await;
    let refused = step(&town.bureau, "withdrawPosting", &now, &[(WHY.0, WHY.1, json!("订单取消"))]).await;
    assert_eq!(refused["code"], "CONFIRMED", "{refused}");
    assert_eq!(town.row(id).await.version, 2, "nothing changed");
    let more = [(WHY.0, WHY.1, json!("订单取消")), ("cancelConfirmed", "Boolean", json!(true))];
    let gone = step(&town.bureau, "withdrawPosting", &now, &more).await;
    assert_eq!(gone["status"], "WITHDRAWN", "{gone}");
    // Cancelling it, with what follows, is for those who keep engagements: they hear of it.
    assert_eq!(town.deal(deal).await.status, EngagementStatus::Confirmed);
    let events = entities::event::Entity::find().all(&town.bureau.scope()).await.unwrap();
    let withdrawn = events.iter().find(|event| event.kind == "posting.withdrawn").unwrap();
    assert_eq!(withdrawn.payload["cancel_confirmed"], true);
    town.work().await;
    let told = town.deal(deal).await;
    assert_eq!((told.status, told.end_reason.as_deref()), (EngagementStatus::CancelledByParty, Some("NO_WORK")));
}

#[tokio::test]
async fn what_is_taken_down_sends_nobody_to_work_any_more_as_soon_as_it_is_heard_of() {
    let town = Town::new().await;
    let id = town.published().await;
    let (one, two) =
        (testing::worker(&town.bureau, "张*").await.unwrap(), testing::worker(&town.bureau, "王*").await.unwrap());
    let ahead = testing::engaged(&town.bureau, id, one, EngagementStatus::Confirmed).await.unwrap();
    let there = testing::engaged(&town.bureau, id, two, EngagementStatus::Arrived).await.unwrap();
    let down = take_down(&town.bureau, &stands(&town.bureau, id).await).await;
    assert_eq!(down["status"], "TAKEN_DOWN", "{down}");
    assert_eq!(town.deal(ahead).await.status, EngagementStatus::Confirmed, "nobody has heard of it yet");
    town.work().await;
    let told = town.deal(ahead).await;
    assert_eq!((told.status, told.end_reason.as_deref()), (EngagementStatus::CancelledByParty, Some("NO_WORK")));
    assert_eq!(town.deal(there).await.status, EngagementStatus::Arrived, "who is at work is paid for it");
}

#[tokio::test]
async fn a_closed_posting_takes_nobody_and_what_is_confirmed_goes_on() {
    let town = Town::new().await;
    let id = town.published().await;
    let (one, two) =
        (testing::worker(&town.bureau, "张*").await.unwrap(), testing::worker(&town.bureau, "王*").await.unwrap());
    let confirmed = testing::engaged(&town.bureau, id, one, EngagementStatus::Confirmed).await.unwrap();
    let applied = testing::engaged(&town.bureau, id, two, EngagementStatus::Applied).await.unwrap();
    let closed = step(&town.bureau, "closePosting", &stands(&town.bureau, id).await, &[]).await;
    assert_eq!((&closed["status"], &closed["placesLeft"]), (&json!("CLOSED"), &json!(0)), "{closed}");
    assert_eq!(town.deal(confirmed).await.status, EngagementStatus::Confirmed);
    assert_eq!(town.deal(applied).await.status, EngagementStatus::Lapsed);
}

#[tokio::test]
async fn what_was_taken_down_is_not_published_again_by_anybody_until_somebody_else_lifts_it() {
    let town = Town::new().await;
    let id = town.published().await;
    let owner = town.member(town.party).await;
    assert_eq!(take_down(&owner, &stands(&owner, id).await).await["error"], "FORBIDDEN");
    let down = take_down(&town.bureau, &stands(&town.bureau, id).await).await;
    assert_eq!(
        (&down["status"], &down["statusReason"]),
        (&json!("TAKEN_DOWN"), &json!("收取押金（就业促进法第四十一条）"))
    );
    let other = town.party(NewParty::fast("换了名字的公司")).await;
    let somebody = town.member(other).await;
    let input = with(form(&somebody, other), "duties", json!("搬运水果, 装车、卸车！"));
    let made = save(&somebody, input).await;
    let refused = step(&somebody, "submitPosting", &made, &[]).await;
    assert_eq!(refused["code"], "TAKEN_DOWN_BEFORE", "{refused}");
    let ok = save(&somebody, with(form(&somebody, other), "duties", json!("搬运钢材，装车卸车"))).await;
    assert_eq!(step(&somebody, "submitPosting", &ok, &[]).await["status"], "PUBLISHED", "another text");
    let lift = async |ctx: &Ctx, why: &str| {
        step(ctx, "liftTakeDown", &stands(&town.bureau, id).await, &[(WHY.0, WHY.1, json!(why))]).await
    };
    assert_eq!(lift(&owner, "没有收押金").await["error"], "FORBIDDEN");
    assert_eq!(lift(&town.bureau, "核实未收押金").await["code"], "OWN_DECISION");
    let second = town.by(colleague("bureau_second")).await;
    assert_eq!(lift(&second, " ").await["code"], "REASON_MISSING");
    let lifted = lift(&second, "核实未收押金").await;
    assert_eq!((&lifted["status"], &lifted["statusReason"]), (&json!("RETURNED"), &json!("核实未收押金")), "{lifted}");
    assert_eq!(step(&somebody, "submitPosting", &made, &[]).await["status"], "PUBLISHED");
    assert_eq!(lift(&second, "核实未收押金").await["code"], "NOT_TAKEN_DOWN", "it is lifted");
}

#[tokio::test]
async fn what_says_the_same_goes_with_what_is_taken_down_and_does_not_come_back() {
    let town = Town::new().await;
    let (one, two) = (town.published().await, town.published().await);
    let worker = testing::worker(&town.bureau, "张*").await.unwrap();
    let applied = testing::engaged(&town.bureau, two, worker, EngagementStatus::Applied).await.unwrap();
    let other = with(form(&town.bureau, town.party), "duties", json!("搬运钢材，装车卸车"));
    let other = step(&town.bureau, "submitPosting", &save(&town.bureau, other).await, &[]).await;
    assert_eq!(take_down(&town.bureau, &stands(&town.bureau, one).await).await["status"], "TAKEN_DOWN");
    let twin = stands(&town.bureau, two).await;
    assert_eq!(
        (&twin["status"], &twin["statusReason"], &twin["placesLeft"]),
        (&json!("TAKEN_DOWN"), &json!("收取押金（就业促进法第四十一条）"), &json!(0)),
        "{twin}"
    );
    assert_eq!(town.deal(applied).await.status, EngagementStatus::Lapsed);
    for id in [one, two] {
        assert_eq!(town.announced(id).await, ["posting.published", "posting.taken_down"]);
    }
    let question = format!("{{ posting(id: {}) {{ status }} }}", other["id"]);
    assert_eq!(ask(&town.bureau, &question).await["posting"]["status"], "PUBLISHED", "another text stays");
    let again = save(&town.bureau, form(&town.bureau, town.party)).await;
    assert_eq!(step(&town.bureau, "submitPosting", &again, &[]).await["code"], "TAKEN_DOWN_BEFORE");
    // Somebody published it just while the other was taken down.
    testing::arrange(&town.bureau, move |tx| async move {
        posting::Entity::update_many()
            .col_expr(posting::Column::Status, Expr::value(crate::kinds::PostingStatus::Published))
            .filter(posting::Column::Id.eq(two))
            .exec(&tx)
            .await?;
        Ok(())
    })
    .await
    .unwrap();
    assert_eq!(step(&town.bureau, "confirmPosting", &twin, &[]).await["code"], "TAKEN_DOWN_BEFORE");
}

#[tokio::test]
async fn lifting_any_of_those_that_say_the_same_frees_the_text() {
    let town = Town::new().await;
    let (one, two) = (town.published().await, town.published().await);
    assert_eq!(take_down(&town.bureau, &stands(&town.bureau, one).await).await["status"], "TAKEN_DOWN");
    let lift = async |ctx: &Ctx| {
        step(ctx, "liftTakeDown", &stands(&town.bureau, two).await, &[(WHY.0, WHY.1, json!("核实未收押金"))]).await
    };
    assert_eq!(lift(&town.bureau).await["code"], "OWN_DECISION", "whoever took the one down took the other down");
    assert_eq!(lift(&town.by(colleague("bureau_second")).await).await["status"], "RETURNED");
    let again = save(&town.bureau, form(&town.bureau, town.party)).await;
    assert_eq!(step(&town.bureau, "submitPosting", &again, &[]).await["status"], "PUBLISHED");
}

#[tokio::test]
async fn a_posting_is_filled_with_its_last_place_and_open_again_when_one_is_free() {
    let town = Town::new().await;
    let input = testing::form(&town.bureau, town.party);
    let shifts = vec![testing::shift_in(&town.bureau, 1, 1)];
    let id = testing::posted(&town.bureau, crate::PostingInput { shifts, ..input }).await.unwrap();
    let filled = || testing::arrange(&town.bureau, move |tx| async move { crate::posting_filled(&tx, id).await });
    let free = || testing::arrange(&town.bureau, move |tx| async move { crate::posting_free(&tx, id).await });
    assert!(!filled().await.unwrap(), "a place is left");
    let worker = testing::worker(&town.bureau, "张*").await.unwrap();
    testing::engaged(&town.bureau, id, worker, EngagementStatus::Confirmed).await.unwrap();
    assert!(filled().await.unwrap());
    assert!(!filled().await.unwrap(), "it is filled");
    assert!(!free().await.unwrap(), "no place is free");
    assert_eq!(stands(&town.bureau, id).await["status"], "FILLED");
    testing::arrange(&town.bureau, |tx| async move {
        use sea_orm::{ColumnTrait as _, QueryFilter as _};
        shift::Entity::update_many()
            .col_expr(shift::Column::Taken, Expr::value(0))
            .filter(shift::Column::PostingId.eq(id))
            .exec(&tx)
            .await?;
        Ok(())
    })
    .await
    .unwrap();
    assert!(free().await.unwrap());
    assert_eq!(town.announced(id).await, ["posting.published", "posting.filled", "posting.published"]);
}

#[tokio::test]
async fn postings_whose_time_is_over_end_by_themselves() {
    let town = Town::new().await;
    let (id, filled) = (town.published().await, town.published().await);
    let slow = town.party(NewParty::verified("普通公司")).await;
    let waiting = testing::posted(&town.bureau, testing::form(&town.bureau, slow)).await.unwrap();
    let draft = save(&town.bureau, form(&town.bureau, town.party)).await;
    testing::arrange(&town.bureau, |tx| async move {
        crate::store::public::open_shifts(&tx, &[filled], false).await?;
        crate::posting_filled(&tx, filled).await
    })
    .await
    .unwrap();
    let worker = testing::worker(&town.bureau, "张*").await.unwrap();
    let applied = testing::engaged(&town.bureau, id, worker, EngagementStatus::Applied).await.unwrap();
    // Tomorrow at seven: the shift has begun, and its stand-by list may still fill a place.
    town.clock.advance(chrono::Duration::hours(21));
    crate::operations::expire_postings::expire_postings(&town.bureau).await.unwrap();
    assert_eq!(town.row(id).await.status.code(), "PUBLISHED");
    assert_eq!(town.row(waiting).await.status.code(), "EXPIRED", "nobody can publish it any more");
    town.clock.advance(chrono::Duration::hours(9));
    let due = crate::operations::expire_postings::anything_due(&town.bureau).await.unwrap();
    assert!(due);
    assert_eq!(crate::operations::expire_postings::expire_postings(&town.bureau).await.unwrap(), 2);
    assert_eq!((town.row(id).await.status.code(), town.row(filled).await.status.code()), ("EXPIRED", "CLOSED"));
    assert_eq!(town.deal(applied).await.status, EngagementStatus::Lapsed);
    assert_eq!(
        ask(&town.bureau, &format!("{{ posting(id: {}) {{ status }} }}", draft["id"])).await["posting"]["status"],
        "DRAFT"
    );
    assert_eq!(town.announced(id).await, ["posting.published", "posting.expired"]);
    assert!(!crate::operations::expire_postings::anything_due(&town.bureau).await.unwrap());
}

#[tokio::test]
async fn the_house_ends_them_with_its_own_clock() {
    let town = Town::new().await;
    let id = town.published().await;
    town.work().await;
    town.clock.advance(chrono::Duration::hours(48));
    town.work().await;
    town.clock.advance(chrono::Duration::minutes(10));
    town.work().await;
    assert_eq!(town.row(id).await.status.code(), "EXPIRED");
}

#[tokio::test]
async fn a_posting_nobody_confirms_goes_stale_and_one_tap_brings_it_back() {
    let town = Town::new().await;
    let shifts = vec![testing::shift_in(&town.bureau, 20, 5)];
    let input = crate::PostingInput { shifts, ..testing::form(&town.bureau, town.party) };
    let id = testing::posted(&town.bureau, input).await.unwrap();
    let open =
        async || ask(&town.bureau, "{ openPostings { edges { node { id } } } }").await["openPostings"]["edges"].clone();
    assert_eq!(open().await.as_array().unwrap().len(), 1);
    town.clock.advance(chrono::Duration::days(7));
    assert_eq!(open().await, json!([]));
    let stale =
        ask(&town.bureau, "{ postings(filter: { stale: true }) { edges { node { id stale version } } } }").await;
    let node = &stale["postings"]["edges"][0]["node"];
    assert_eq!((&node["stale"], &node["version"]), (&json!(true), &json!(2)));
    let owner = town.member(town.party).await;
    let confirmed = step(&owner, "confirmPosting", node, &[]).await;
    assert_eq!(confirmed["version"], 2, "{confirmed}");
    assert_eq!(open().await.as_array().unwrap().len(), 1);
    assert_eq!(town.row(id).await.last_confirmed_at, town.bureau.now());
}

#[tokio::test]
async fn what_a_party_published_closes_when_it_may_not_hire_any_more() {
    let town = Town::new().await;
    let (one, two) = (town.published().await, town.published().await);
    let other = town.party(NewParty::fast("另一家公司")).await;
    let others = testing::posted(&town.bureau, testing::form(&town.bureau, other)).await.unwrap();
    let draft = save(&town.bureau, form(&town.bureau, town.party)).await;
    let worker = testing::worker(&town.bureau, "张*").await.unwrap();
    let applied = testing::engaged(&town.bureau, one, worker, EngagementStatus::Applied).await.unwrap();
    let party = town.party;
    testing::arrange(&town.bureau, |tx| async move { tx.announce(&people::PartySuspended { party }) }).await.unwrap();
    town.work().await;
    for id in [one, two] {
        assert_eq!(stands(&town.bureau, id).await["status"], "CLOSED");
        assert_eq!(town.announced(id).await, ["posting.published", "posting.closed"]);
    }
    let lapsed = town.deal(applied).await;
    assert_eq!((lapsed.status, lapsed.end_reason.as_deref()), (EngagementStatus::Lapsed, Some("PARTY_STOPPED")));
    assert_eq!(stands(&town.bureau, others).await["status"], "PUBLISHED", "another party's stay");
    let question = format!("{{ posting(id: {}) {{ status }} }}", draft["id"]);
    assert_eq!(ask(&town.bureau, &question).await["posting"]["status"], "DRAFT");
}

#[tokio::test]
async fn what_a_party_published_closes_when_it_is_verified_no_more() {
    let town = Town::new().await;
    let (id, party) = (town.published().await, town.party);
    assert_eq!(stands(&town.bureau, id).await["status"], "PUBLISHED");
    testing::arrange(&town.bureau, |tx| async move { tx.announce(&people::PartyVerificationLost { party }) })
        .await
        .unwrap();
    town.work().await;
    assert_eq!(stands(&town.bureau, id).await["status"], "CLOSED");
}
