//! What is held about people in cases, handed out and let go of.

use kernel::personal::{Person, PersonalData};
use kernel::{Fault, Never, Stop};

use super::*;
use crate::personal::OfCases;
use crate::testing::MAKE;

fn person_of(ctx: &Ctx) -> Person {
    Person { account: id_of(ctx), username: "someone".to_owned(), name: "李建国".into(), email: None }
}

async fn erased(town: &Town, person: Person) -> u64 {
    let done: Result<u64, Stop<Never>> =
        town.itself().await.transact(&MAKE, |tx| async move { Ok(OfCases.erase(&tx, &person).await?) }).await;
    done.map_err(Stop::into_fault).unwrap()
}

#[tokio::test]
async fn what_a_person_wrote_is_erased_with_the_person_and_the_frame_of_the_case_stays() {
    let town = Town::new().await;
    let (decided, _) = town.taken(&town.wang).await;
    note(&town.wang, &decided, "已电话核实李建国本人").await;
    dismiss(&town.wang, &decided, "ground: \"当天无签到记录\" article: \"第六条\"").await;
    let (open, _) = town.taken(&town.wang).await;
    let held = OfCases.held(&town.itself().await, &person_of(&town.worker)).await.unwrap();
    let titles: Vec<&str> = held.iter().map(|piece| piece.title.zh).collect();
    assert_eq!(titles, ["本人的办件", "本人的办件", "本人在办件中的操作", "本人在办件中的操作"]);
    let said = |name: &str| {
        let mut values = held[0].values.iter();
        values.find(|(known, _)| *known == name).map(|(_, value)| value.expose().clone()).unwrap_or_default()
    };
    assert_eq!([said("reason"), said("ground"), said("decision")], [REASON, "当天无签到记录", "不予支持"]);
    assert_eq!(erased(&town, person_of(&town.worker)).await, 3, "two files and a note");
    let fields = "reference status reason ground article decision timeline { edges { node { kind note } } }";
    let seen = town.case(&decided, fields).await;
    assert_eq!((&seen["reason"], &seen["ground"], &seen["article"]), (&json!(null), &json!(null), &json!("第六条")));
    let edges = seen["timeline"]["edges"].as_array().unwrap();
    assert!(edges.iter().all(|edge| edge["node"]["note"].is_null()), "{seen}");
    assert_eq!(town.case(&open, "status reason").await, json!({ "status": "WITHDRAWN", "reason": null }));
    assert_eq!(course(&town.wang, &open).await, ["WITHDRAWN", "TAKEN", "OPENED"]);
    assert_eq!(erased(&town, person_of(&town.supervisor)).await, 0, "who has no case");
}

#[tokio::test]
async fn a_citizens_case_goes_with_the_citizen_and_not_with_the_official_who_opened_it() {
    use crate::operations::open::{NewCase, open};
    let town = Town::new().await;
    let (citizen, official) = (Uuid::from_u128(77), Opener::Account(id_of(&town.wang)));
    let made: Result<Uuid, Stop<crate::OpenCase>> = town
        .itself()
        .await
        .transact(&MAKE, |tx| async move {
            let subject = testing::give_point(&tx, Some(XIAODIAN), None, false).await?;
            let new = NewCase {
                kind: testing::APPEAL,
                subject,
                opened_by: official,
                citizen: Some(citizen),
                reason: REASON.into(),
            };
            Ok(open(&tx, new).await?.id)
        })
        .await;
    let case = json!({ "id": town.wang.gid("Case", made.map_err(Stop::into_fault).unwrap()).to_string() });
    erased(&town, person_of(&town.wang)).await;
    assert_eq!(look(&town.li, &case, "status reason").await, json!({ "status": "RECEIVED", "reason": REASON }));
    let house = town.itself().await;
    assert_eq!(crate::held_about(&house, Opener::Citizen(citizen)).await.unwrap().len(), 1);
    let forgotten: Result<u64, Stop<Never>> = house
        .transact(&MAKE, |tx| async move { Ok::<_, Stop<Never>>(crate::forget(&tx, Opener::Citizen(citizen)).await?) })
        .await;
    assert_eq!(forgotten.map_err(Stop::into_fault).unwrap(), 1);
    assert_eq!(look(&town.li, &case, "status reason").await, json!({ "status": "WITHDRAWN", "reason": null }));
}

#[tokio::test]
async fn what_an_erased_official_owned_is_nobodys_again_and_its_clock_goes_on() -> Result<(), Fault> {
    let town = Town::new().await;
    let (owned, _) = town.taken(&town.li).await;
    let (others, _) = town.taken(&town.wang).await;
    hand_over(&town.wang, &others, &town.li).await;
    let (closed, _) = town.taken(&town.li).await;
    uphold(&town.li, &closed).await;
    let held = OfCases.held(&town.itself().await, &person_of(&town.li)).await?;
    assert_eq!(held.len(), 3, "took two and decided one");
    assert!(held.iter().all(|piece| piece.kept.is_some()));
    assert_eq!(erased(&town, person_of(&town.li)).await, 2);
    let seen = town.case(&owned, "status owner { name } dueOn version").await;
    assert_eq!(seen, json!({ "status": "RECEIVED", "owner": null, "dueOn": "2026-12-03", "version": 3 }));
    assert_eq!(course(&town.wang, &owned).await, ["RELEASED", "TAKEN", "OPENED"]);
    let others = town.case(&others, "owner { name } offeredTo { name }").await;
    assert_eq!(others, json!({ "owner": { "name": "wang" }, "offeredTo": null }));
    assert_eq!(
        town.case(&closed, "owner { name }").await["owner"]["name"],
        "liming",
        "what was done stays done by whom it was"
    );
    let again = take(&town.wang, &json!({ "id": owned["id"], "version": 3 })).await;
    assert_eq!(again["owner"]["name"], "wang", "{again}");
    Ok(())
}
