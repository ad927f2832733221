//! What a hiring party keeps: templates, favourites, and the same ten tomorrow.

use super::*;
use crate::kinds::EngagementStatus;
use crate::operations::save_favourite::SaveFavourite;

const TEMPLATE: (&str, &str) =
    ("PostingTemplate", "id version name form { trade wageFen shifts { startsAt headcount } }");

async fn keep(ctx: &Ctx, name: &str, input: Value) -> Value {
    let declared = "$name: String!, $input: PostingInput!";
    let variables = json!({ "name": name, "input": input });
    send_for(ctx, "savePostingTemplate", TEMPLATE, declared, "name: $name, input: $input", variables).await
}

#[tokio::test]
async fn a_template_is_kept_and_its_times_move_to_the_day_it_is_used_for() {
    let town = Town::new().await;
    let owner = town.member(town.party).await;
    let kept = keep(&owner, "早班搬运", form(&owner, town.party)).await;
    assert_eq!(kept["form"]["shifts"][0]["startsAt"], "2026-11-24T06:00:00+08:00", "{kept}");
    assert_eq!(keep(&owner, "早班搬运", form(&owner, town.party)).await["code"], "NAME_TAKEN");
    assert_eq!(keep(&owner, "", form(&owner, town.party)).await["code"], "NAME_MISSING");
    let bad = keep(&owner, "夜班", with(form(&owner, town.party), "trade", json!("宇航员"))).await;
    assert_eq!(bad["code"], "FLAWED", "{bad}");
    town.clock.advance(chrono::Duration::days(30));
    let list = format!(
        "{{ postingTemplates(partyId: \"{}\") {{ edges {{ node {{ name form(day: \"2026-12-25\") {{ shifts {{ startsAt }} }} }} }} }} }}",
        owner.gid("HiringParty", town.party).as_str()
    );
    let listed = ask(&owner, &list).await["postingTemplates"]["edges"].clone();
    assert_eq!(
        listed,
        json!([{ "node": { "name": "早班搬运", "form": { "shifts": [{ "startsAt": "2026-12-25T06:00:00+08:00" }] } } }])
    );
    let other = town.party(NewParty::verified("别家公司")).await;
    let stranger = town.member(other).await;
    assert_eq!(error(&stranger, &list).await, "NOT_FOUND");
    let remove = async |ctx: &Ctx, version: i32| {
        let variables = json!({ "id": kept["id"], "version": version });
        let declared = "$id: ID!, $version: Int!";
        send_for(ctx, "removePostingTemplate", ("Removed", "id"), declared, "id: $id, version: $version", variables)
            .await
    };
    assert_eq!(remove(&stranger, 1).await["error"], "NOT_FOUND");
    assert_eq!(remove(&owner, 2).await["code"], "CONFLICT");
    assert_eq!(remove(&owner, 1).await["id"], kept["id"]);
    assert_eq!(ask(&owner, &list).await["postingTemplates"]["edges"], json!([]));
}

#[tokio::test]
async fn only_those_whom_a_party_has_taken_can_be_its_favourites() {
    let town = Town::new().await;
    let owner = town.member(town.party).await;
    let id = town.published().await;
    let (one, two) =
        (testing::worker(&town.bureau, "张*").await.unwrap(), testing::worker(&town.bureau, "王*").await.unwrap());
    testing::engaged(&town.bureau, id, one, EngagementStatus::Completed).await.unwrap();
    testing::engaged(&town.bureau, id, two, EngagementStatus::Applied).await.unwrap();
    let pair = |worker: Uuid| json!({ "party": owner.gid("HiringParty", town.party).to_string(), "worker": owner.gid("Worker", worker).to_string() });
    let (declared, call) = ("$party: ID!, $worker: ID!", "partyId: $party, workerId: $worker");
    let save = async |worker| {
        let of = ("Favourite", "id worker { nameMasked looking }");
        send_for(&owner, "saveFavourite", of, declared, call, pair(worker)).await
    };
    let kept = save(one).await;
    assert_eq!(kept["worker"], json!({ "nameMasked": "张*", "looking": true }), "{kept}");
    assert_eq!(save(one).await["id"], kept["id"], "kept twice it is kept once");
    assert_eq!(save(two).await["code"], "NEVER_WORKED_HERE");
    assert_eq!(save(Uuid::from_u128(7)).await["error"], "NOT_FOUND");
    let list = format!(
        "{{ favourites(partyId: \"{}\") {{ edges {{ node {{ worker {{ nameMasked }} }} }} }} }}",
        owner.gid("HiringParty", town.party).as_str()
    );
    assert_eq!(ask(&owner, &list).await["favourites"]["edges"].as_array().unwrap().len(), 1);
    let remove =
        async |worker| send_for(&owner, "removeFavourite", ("Removed", "id"), declared, call, pair(worker)).await;
    assert_eq!(remove(two).await["code"], "NOT_A_FAVOURITE");
    assert_eq!(remove(one).await["id"], kept["id"]);
    assert_eq!(ask(&owner, &list).await["favourites"]["edges"], json!([]));
}

#[tokio::test]
async fn a_party_keeps_a_hundred_templates_and_no_more() {
    let town = Town::new().await;
    let owner = town.member(town.party).await;
    for n in 0..100 {
        let kept = keep(&owner, &format!("模板{n}"), form(&owner, town.party)).await;
        assert_eq!(kept["version"], 1, "{n}: {kept}");
    }
    let refused = keep(&owner, "再来一个", form(&owner, town.party)).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("TOO_MANY"), &json!("name")), "{refused}");
}

/// So many others like this worker are favourites of the party of the fast lane.
async fn kept_like(town: &Town, like: Uuid, count: usize) {
    use entities::{citizen, worker};
    let (scope, party) = (town.bureau.scope(), town.party);
    let worker = worker::Entity::find_by_id(like).one(&scope).await.unwrap().unwrap();
    let citizen = citizen::Entity::find_by_id(worker.citizen_id).one(&scope).await.unwrap().unwrap();
    testing::arrange(&town.bureau, move |tx| async move {
        use crate::rows::favourite;
        let (mut citizens, mut workers, mut kept) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..count {
            let [id, citizen_id, own] = [(); 3].map(|()| tx.ctx().new_id());
            citizens.push(citizen::ActiveModel::from(citizen::Model { id: citizen_id, ..citizen.clone() }));
            workers.push(worker::ActiveModel::from(worker::Model { id, citizen_id, ..worker.clone() }));
            let row = favourite::Model { id: own, party_id: party, worker_id: id, since: tx.ctx().now() };
            kept.push(favourite::ActiveModel::from(row));
        }
        citizen::Entity::insert_many(citizens).exec_without_returning(&tx).await?;
        worker::Entity::insert_many(workers).exec_without_returning(&tx).await?;
        favourite::Entity::insert_many(kept).exec_without_returning(&tx).await?;
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_party_keeps_five_hundred_favourites_and_no_more() {
    let town = Town::new().await;
    let owner = town.member(town.party).await;
    let id = town.published().await;
    let worker = testing::worker(&town.bureau, "张*").await.unwrap();
    testing::engaged(&town.bureau, id, worker, EngagementStatus::Completed).await.unwrap();
    let save = async || {
        let pair = json!({ "party": owner.gid("HiringParty", town.party).to_string(), "worker": owner.gid("Worker", worker).to_string() });
        let (declared, call) = ("$party: ID!, $worker: ID!", "partyId: $party, workerId: $worker");
        send_for(&owner, "saveFavourite", ("Favourite", "id"), declared, call, pair).await
    };
    kept_like(&town, worker, 499).await;
    assert!(save().await["id"].is_string(), "the five hundredth");
    let stranger = testing::worker(&town.bureau, "王*").await.unwrap();
    testing::engaged(&town.bureau, id, stranger, EngagementStatus::Completed).await.unwrap();
    let one_more = crate::operations::save_favourite::save_favourite(&owner, town.party, stranger, None).await;
    let refused = one_more.expect_err("there are five hundred");
    assert!(matches!(refused, kernel::Stop::Refused(SaveFavourite::TooMany { most: 500 })), "{refused:?}");
    assert!(save().await["id"].is_string(), "who is kept stays");
}

#[tokio::test]
async fn the_same_ten_tomorrow_is_one_tap() {
    let town = Town::new().await;
    let owner = town.member(town.party).await;
    let id = town.published().await;
    let worker = testing::worker(&town.bureau, "张*").await.unwrap();
    testing::engaged(&town.bureau, id, worker, EngagementStatus::Confirmed).await.unwrap();
    let repeat = async |days: i32| {
        let of = (
            "RepeatedPosting",
            "posting { id status title shifts { startsAt headcount placesLeft } } workers { nameMasked }",
        );
        let variables = json!({ "id": owner.gid("Posting", id).to_string(), "days": days });
        let (declared, call) = ("$id: ID!, $days: Int", "id: $id, days: $days, sameWorkers: true");
        send_for(&owner, "repeatPosting", of, declared, call, variables).await
    };
    let again = repeat(1).await;
    assert_eq!(again["posting"]["status"], "PUBLISHED", "{again}");
    assert_eq!(
        again["posting"]["shifts"],
        json!([{ "startsAt": "2026-11-25T06:00:00+08:00", "headcount": 10, "placesLeft": 10 }])
    );
    assert_eq!(again["workers"], json!([{ "nameMasked": "张*" }]));
    assert_eq!(repeat(91).await["code"], "DAYS");
    assert_eq!(crate::count(&town.bureau).await.unwrap(), 2);
    town.clock.advance(chrono::Duration::days(10));
    let past = repeat(1).await;
    assert_eq!((&past["code"], &past["flaws"][0]["code"]), (&json!("FLAWED"), &json!("SHIFT_PAST")), "{past}");
}

#[tokio::test]
async fn the_same_workers_are_asked_again_once_the_new_posting_is_to_be_seen_and_once_alone() {
    let town = Town::new().await;
    let party = town.party(NewParty::verified("晋建公司")).await;
    let owner = town.member(party).await;
    let id = testing::posted(&town.bureau, testing::form(&town.bureau, party)).await.unwrap();
    let pass = async |id: Uuid| {
        let version = crate::version_of(&town.bureau, id).await.unwrap();
        crate::review_posting(&town.bureau, id, version, crate::kinds::ReviewDecision::Publish, Vec::new(), None).await
    };
    pass(id).await.unwrap();
    for (name, number, status) in [
        ("张*", "+8613800000001", EngagementStatus::Confirmed),
        ("王*", "+8613800000002", EngagementStatus::Completed),
        ("李*", "+8613800000003", EngagementStatus::Applied),
    ] {
        let worker = testing::worker(&town.bureau, name).await.unwrap();
        telephone(&town, worker, number).await;
        testing::engaged(&town.bureau, id, worker, status).await.unwrap();
    }
    let new = crate::repeat_posting(&owner, id, 1, true, None).await.unwrap().id;
    town.work().await;
    assert_eq!(sent(&town, "hire.invited").await, Vec::<String>::new(), "it waits for review");
    pass(new).await.unwrap();
    town.clock.advance(chrono::Duration::minutes(5));
    town.work().await;
    let texts = sent(&town, "hire.invited").await;
    assert_eq!(texts.len(), 2, "those who were confirmed, and nobody else: {texts:?}");
    assert!(texts[0].contains("2026-11-25 06:00—15:00") && texts[0].contains("200元/天"), "{}", texts[0]);
    town.clock.advance(chrono::Duration::minutes(5));
    town.work().await;
    assert_eq!(sent(&town, "hire.invited").await.len(), 2);
    crate::repeat_posting(&owner, id, 2, false, None).await.unwrap();
    town.work().await;
    assert_eq!(sent(&town, "hire.invited").await.len(), 2, "nobody is asked where nobody said so");
}

#[tokio::test]
async fn favourites_are_asked_to_come_once_and_nobody_else_is() {
    let town = Town::new().await;
    let owner = town.member(town.party).await;
    let past = town.published().await;
    let (mut favourites, mut number) = (Vec::new(), 0);
    for name in ["张*", "王*"] {
        let worker = testing::worker(&town.bureau, name).await.unwrap();
        number += 1;
        telephone(&town, worker, &format!("+861380000000{number}")).await;
        testing::engaged(&town.bureau, past, worker, EngagementStatus::Completed).await.unwrap();
        crate::operations::save_favourite::save_favourite(&owner, town.party, worker, None).await.unwrap();
        favourites.push(worker);
    }
    let stranger = testing::worker(&town.bureau, "李*").await.unwrap();
    let invite = async |posting: Uuid, workers: &[Uuid]| {
        let ids: Vec<String> = workers.iter().map(|id| owner.gid("Worker", *id).to_string()).collect();
        let variables = json!({ "id": owner.gid("Posting", posting).to_string(), "workers": ids });
        let (declared, call) = ("$id: ID!, $workers: [ID!]!", "postingId: $id, workerIds: $workers");
        send_for(&owner, "inviteFavourites", ("FavouritesInvited", "told"), declared, call, variables).await
    };
    assert_eq!(invite(past, &[]).await["code"], "COUNT");
    assert_eq!(invite(past, &[favourites[0], stranger]).await["code"], "NOT_A_FAVOURITE");
    assert_eq!(sent(&town, "hire.invited").await, Vec::<String>::new());
    let agency = testing::agency(&town.bureau, "晋才人力").await.unwrap();
    publish_by(&town.bureau, past, agency).await;
    set_licence(&town.bureau, agency, "SUSPENDED").await;
    assert_eq!(invite(past, &favourites).await["code"], "LICENCE_INVALID");
    assert_eq!(sent(&town, "hire.invited").await, Vec::<String>::new());
    set_licence(&town.bureau, agency, "VALID").await;
    assert_eq!(invite(past, &favourites).await["told"], 2);
    assert_eq!(sent(&town, "hire.invited").await.len(), 2);
    assert_eq!(invite(past, &favourites).await["code"], "ASKED_BEFORE");
    let seen = ask(&owner, "{ postings { edges { node { id invited } } } }").await;
    assert_eq!(
        seen["postings"]["edges"][0]["node"],
        json!({ "id": owner.gid("Posting", past).to_string(), "invited": 2 })
    );
    town.clock.advance(chrono::Duration::days(10));
    assert_eq!(invite(past, &favourites).await["code"], "NOT_OPEN");
    assert_eq!(sent(&town, "hire.invited").await.len(), 2, "nobody is told twice");
}
