//! How cases end: decided, and done in the same breath; or taken back.

use kernel::Stop;

use super::*;
use crate::operations::open::{NewCase, OpenCase, open};
use crate::testing::{APPEAL, MAKE, give_point, has_point};

/// A case about a point that this official gave, or that nobody can take back.
async fn about_point(town: &Town, by: Option<Uuid>, stuck: bool) -> (Value, Uuid) {
    let opened_by = Opener::Account(id_of(&town.worker));
    let made: Result<(Uuid, Uuid), Stop<OpenCase>> = town
        .itself()
        .await
        .transact(&MAKE, |tx| async move {
            let subject = give_point(&tx, Some(XIAODIAN), by, stuck).await?;
            let new = NewCase { kind: APPEAL, subject, opened_by, citizen: None, reason: REASON.into() };
            Ok((open(&tx, new).await?.id, subject))
        })
        .await;
    let (id, point) = made.map_err(Stop::into_fault).unwrap();
    (json!({ "id": town.wang.gid("Case", id).to_string(), "version": 1 }), point)
}

#[tokio::test]
async fn an_appeal_that_is_upheld_undoes_the_point_it_is_about() {
    let town = Town::new().await;
    let (taken, point) = town.taken(&town.wang).await;
    assert!(has_point(&town.wang, point).await.unwrap());
    let decided = uphold(&town.wang, &taken).await;
    assert_eq!(
        (&decided["status"], &decided["decision"], &decided["breachedAt"]),
        (&json!("DECIDED"), &json!("UPHELD"), &json!(null))
    );
    assert!(!has_point(&town.wang, point).await.unwrap(), "the point is gone");
    let fields = "subject { title } ground article decidedBy { name } overdue";
    let seen = look(&town.worker, &taken, fields).await;
    let plain = json!({ "subject": { "title": null }, "ground": null, "article": null, "decidedBy": { "name": "wang" }, "overdue": false });
    assert_eq!(seen, plain);
    assert_eq!(course(&town.worker, &taken).await, ["DECIDED", "TAKEN", "OPENED"]);
    let standing = crate::about(&town.wang.scope(), APPEAL, vec![point]).await.unwrap();
    assert_eq!(standing[&point].decision, Some(crate::CaseDecision::Upheld));
    let closed = json!({ "id": taken["id"], "version": 3 });
    let before = everything(&town).await;
    for refused in [
        take(&town.li, &closed).await,
        hand_over(&town.wang, &closed, &town.li).await,
        accept(&town.li, &closed).await,
        uphold(&town.wang, &closed).await,
        withdraw(&town.worker, &closed).await,
    ] {
        assert_eq!(why(&refused), ("CLOSED", "id"), "{refused}");
    }
    assert_eq!(everything(&town).await, before);
}

#[tokio::test]
async fn whoever_is_told_no_is_told_why_and_by_which_article() {
    let town = Town::new().await;
    let (taken, point) = town.taken(&town.wang).await;
    let before = everything(&town).await;
    for (input, code, field) in [
        ("", "GROUND_MISSING", "input.ground"),
        ("ground: \" \" article: \"第六条\"", "GROUND_MISSING", "input.ground"),
        ("ground: \"无签到记录\"", "ARTICLE_MISSING", "input.article"),
        (&format!("ground: \"{}\" article: \"第六条\"", "长".repeat(1001)), "GROUND_TOO_LONG", "input.ground"),
        (&format!("ground: \"无\" article: \"{}\"", "长".repeat(201)), "ARTICLE_TOO_LONG", "input.article"),
    ] {
        assert_eq!(why(&dismiss(&town.wang, &taken, input).await), (code, field));
    }
    assert_eq!(everything(&town).await, before);
    let decided = dismiss(&town.wang, &taken, "ground: \"当天无签到记录\" article: \"第六条第二款\"").await;
    assert_eq!(decided["decision"], "DISMISSED", "{decided}");
    assert!(has_point(&town.wang, point).await.unwrap(), "the point stands");
    let told = json!({ "ground": "当天无签到记录", "article": "第六条第二款", "reason": REASON });
    assert_eq!(look(&town.worker, &taken, "ground article reason").await, told);
    let stored = everything(&town).await;
    assert!(!stored.contains("当天无签到记录") && !stored.contains(REASON), "both lie sealed");
}

#[tokio::test]
async fn nobody_decides_about_a_decision_of_their_own() {
    let town = Town::new().await;
    let (case, point) = about_point(&town, Some(id_of(&town.li)), false).await;
    let taken = take(&town.li, &case).await;
    let before = everything(&town).await;
    let refused = uphold(&town.li, &taken).await;
    assert_eq!(why(&refused), ("OWN_DECISION", "id"), "{refused}");
    assert!(refused["message"].as_str().unwrap().contains("回避"), "{refused}");
    assert_eq!(everything(&town).await, before);
    assert!(has_point(&town.wang, point).await.unwrap());
    let offered = hand_over(&town.li, &taken, &town.wang).await;
    let accepted = accept(&town.wang, &offered).await;
    assert_eq!(uphold(&town.wang, &accepted).await["decision"], "UPHELD");
    assert!(!has_point(&town.wang, point).await.unwrap());
}

#[tokio::test]
async fn what_cannot_be_done_is_not_decided() {
    let town = Town::new().await;
    let (case, point) = about_point(&town, None, true).await;
    assert_eq!(why(&uphold(&town.wang, &case).await), ("NOT_OWNER", "id"), "nobody took it yet");
    let taken = take(&town.wang, &case).await;
    let before = everything(&town).await;
    assert_eq!(uphold(&town.wang, &taken).await, json!({ "error": "INTERNAL" }));
    assert_eq!(everything(&town).await, before, "the decision went with what it should do");
    assert!(has_point(&town.wang, point).await.unwrap());
    assert_eq!(
        town.case(&case, "status version decision").await,
        json!({ "status": "ACCEPTED", "version": 2, "decision": null })
    );
}

#[tokio::test]
async fn the_person_takes_a_case_back_as_long_as_it_is_open() {
    let town = Town::new().await;
    let (taken, point) = town.taken(&town.wang).await;
    let offered = hand_over(&town.wang, &taken, &town.li).await;
    let before = everything(&town).await;
    assert_eq!(withdraw(&town.wang, &offered).await, json!({ "error": "FORBIDDEN" }), "it is not his to take back");
    assert_eq!(withdraw(&town.zhao, &offered).await, json!({ "error": "NOT_FOUND" }));
    assert_eq!(why(&withdraw(&town.worker, &taken).await), ("CONFLICT", "version"));
    assert_eq!(everything(&town).await, before);
    let withdrawn = withdraw(&town.worker, &offered).await;
    assert_eq!((&withdrawn["status"], &withdrawn["offeredTo"]), (&json!("WITHDRAWN"), &json!(null)), "{withdrawn}");
    assert!(has_point(&town.wang, point).await.unwrap(), "the point stands");
    assert_eq!(why(&withdraw(&town.worker, &withdrawn).await), ("CLOSED", "id"));
    assert_eq!(course(&town.worker, &taken).await, ["WITHDRAWN", "TAKEN", "OPENED"]);
}

#[tokio::test]
async fn the_audit_names_the_case_and_no_word_of_it() {
    use sea_orm::EntityTrait as _;
    let town = Town::new().await;
    let (taken, _) = town.taken(&town.wang).await;
    note(&town.li, &taken, "已电话核实").await;
    dismiss(&town.wang, &taken, "ground: \"当天无签到记录\" article: \"第六条\"").await;
    let entries = entities::audit_entry::Entity::find().all(&town.wang.scope()).await.unwrap();
    let about = |operation: &str| entries.iter().find(|entry| entry.operation == operation && entry.result == "DONE");
    for operation in ["case.take", "case.note", "case.decide"] {
        let entry = about(operation).unwrap_or_else(|| panic!("{operation}"));
        assert_eq!(
            (entry.subject_kind.as_deref(), &entry.detail["reference"]),
            (Some("Case"), &json!("SS-20261126-0001"))
        );
    }
    let events = entities::event::Entity::find().all(&town.wang.scope()).await.unwrap();
    let all = format!("{entries:?} {events:?}");
    assert!([REASON, "已电话核实", "当天无签到记录"].iter().all(|words| !all.contains(words)), "{all}");
    let kinds: Vec<&str> =
        events.iter().map(|event| event.kind.as_str()).filter(|kind| kind.starts_with("case.")).collect();
    assert_eq!(kinds.len(), 3, "{kinds:?}");
}
