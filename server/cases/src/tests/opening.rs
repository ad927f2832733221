//! How cases begin: a number, a last day, and nobody's.

use kernel::Stop;

use super::*;
use crate::operations::open::{NewCase, OpenCase, open};
use crate::testing::{APPEAL, MAKE, appealed, give_point, has_point};

/// Opens a case as the chapter above would; the refusal where it was refused.
async fn opened(town: &Town, new: NewCase) -> Result<Uuid, Stop<OpenCase>> {
    town.itself().await.transact(&MAKE, |tx| async move { open(&tx, new).await.map(|done| done.id) }).await
}

fn about(subject: Uuid, opened_by: Opener, reason: &str) -> NewCase {
    NewCase { kind: APPEAL, subject, opened_by, citizen: None, reason: reason.into() }
}

fn refusal<T: std::fmt::Debug>(done: Result<T, Stop<OpenCase>>) -> OpenCase {
    match done {
        Err(Stop::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_case_has_its_number_and_its_last_day_at_once_and_is_nobodys() {
    let town = Town::new().await;
    let (first, _) = town.appealed().await;
    let fields = "reference kindCode kind { title days dayCount law article } subject { kind title } status owner { name } \
                  openedBy { kind name } openedByMe reason county dueOn dueProvisional ruleVersion overdue version";
    assert_eq!(
        town.case(&first, fields).await,
        json!({
            "reference": "SS-20261126-0001", "kindCode": "POINT_APPEAL",
            "kind": { "title": "记分申诉", "days": 5, "dayCount": "WORKING", "law": "零工市场申诉办理规则", "article": "第六条" },
            "subject": { "kind": "Point", "title": "未到岗记分" }, "status": "RECEIVED", "owner": null,
            "openedBy": { "kind": "ACCOUNT", "name": "worker" }, "openedByMe": false, "reason": REASON,
            "county": "140105", "dueOn": "2026-12-03", "dueProvisional": false, "ruleVersion": "appeal/1",
            "overdue": false, "version": 1
        })
    );
    let (second, _) = town.appealed().await;
    assert_eq!(town.case(&second, "reference").await["reference"], "SS-20261126-0002");
    town.house.clock.set("2026-12-30T10:00:00+08:00".parse().unwrap());
    let (next, _) = town.appealed().await;
    let later = town.case(&next, "reference dueOn dueProvisional").await;
    let unpublished = json!({ "reference": "SS-20261230-0001", "dueOn": "2027-01-06", "dueProvisional": true });
    assert_eq!(later, unpublished, "of 2027 nobody knows the days off yet");
    let english = in_english(&town.worker).await;
    let kinds = ask(&english, "{ caseKinds { code title subjectKind days law decisions } }", json!({})).await;
    let kind = json!([{ "code": "POINT_APPEAL", "title": "Appeal against a point", "subjectKind": "Point", "days": 5,
        "law": "Rules on appeals of odd-job markets", "decisions": ["UPHELD", "DISMISSED"] }]);
    assert_eq!(kinds["caseKinds"], kind);
}

#[tokio::test]
async fn whoever_asks_twice_about_one_thing_is_told_and_nothing_is_opened() {
    let town = Town::new().await;
    let (case, point) = town.appealed().await;
    let worker = Opener::Account(id_of(&town.worker));
    let before = everything(&town).await;
    assert_eq!(refusal(opened(&town, about(point, worker, REASON)).await), OpenCase::AlreadyOpen);
    assert_eq!(everything(&town).await, before);
    let taken = take(&town.wang, &case).await;
    let decided = dismiss(&town.wang, &taken, "ground: \"无签到记录\" article: \"第六条\"").await;
    assert_eq!(decided["status"], "DECIDED", "{decided}");
    let reference = decided["reference"].as_str().unwrap().to_owned();
    let again = refusal(opened(&town, about(point, worker, REASON)).await);
    assert_eq!(again, OpenCase::AlreadyDecided { reference });
    // Somebody else may have something to say about the same thing, and one that was taken back is none.
    let other = opened(&town, about(point, Opener::Citizen(Uuid::from_u128(9)), REASON)).await.unwrap();
    let (mine, point) = town.appealed().await;
    assert_eq!(withdraw(&town.worker, &mine).await["status"], "WITHDRAWN");
    let anew = opened(&town, about(point, worker, REASON)).await.unwrap();
    let of = |id: Uuid| json!({ "id": town.wang.gid("Case", id).to_string() });
    let (other, anew) = (town.case(&of(other), "openedBy { kind name } status").await, of(anew));
    assert_eq!(other, json!({ "openedBy": { "kind": "CITIZEN", "name": null }, "status": "RECEIVED" }));
    assert_eq!(town.case(&anew, "status").await["status"], "RECEIVED");
}

#[tokio::test]
async fn an_empty_or_endless_reason_or_one_about_nothing_opens_no_case() {
    let town = Town::new().await;
    let worker = Opener::Account(id_of(&town.worker));
    let (_, point) = appealed(&town.itself().await, None, worker, REASON).await.unwrap();
    let before = everything(&town).await;
    for reason in ["", "   不服   ", &"长".repeat(1001)] {
        let new = about(point, Opener::Citizen(Uuid::from_u128(1)), reason);
        assert_eq!(refusal(opened(&town, new).await), OpenCase::ReasonNeeded { least: 4, most: 1000 });
    }
    let nowhere = about(Uuid::from_u128(404), worker, REASON);
    assert!(matches!(opened(&town, nowhere).await, Err(Stop::Fault(kernel::Fault::NotFound))));
    assert_eq!(everything(&town).await, before, "the number that was drawn is drawn again");
    assert_eq!(town.appealed().await.0["version"], 1);
    let list = ask(&town.wang, "{ cases { edges { node { reference } } } }", json!({})).await;
    let numbers: Vec<_> = list["cases"]["edges"].as_array().unwrap().iter().map(|e| &e["node"]["reference"]).collect();
    assert_eq!(numbers, ["SS-20261126-0001", "SS-20261126-0002"]);
}

#[tokio::test]
async fn what_the_chapter_above_undoes_opens_no_case_either() {
    let town = Town::new().await;
    let worker = Opener::Account(id_of(&town.worker));
    let before = everything(&town).await;
    let undone: Result<(), Stop<OpenCase>> = town
        .itself()
        .await
        .transact(&MAKE, |tx| async move {
            let point = give_point(&tx, None, None, false).await?;
            open(&tx, about(point, worker, REASON)).await?;
            Err(Stop::Refused(OpenCase::AlreadyOpen))
        })
        .await;
    assert!(undone.is_err());
    assert_eq!(everything(&town).await, before);
    let (_, point) = town.appealed().await;
    let scope = town.wang.scope();
    let standing = crate::about(&scope, APPEAL, vec![point, Uuid::from_u128(404)]).await.unwrap();
    assert_eq!(standing.len(), 1);
    assert_eq!((standing[&point].reference.as_str(), standing[&point].decision), ("SS-20261126-0001", None));
    assert!(has_point(&town.wang, point).await.unwrap());
}
