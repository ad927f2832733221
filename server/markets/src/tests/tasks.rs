//! Annotations as tasks of somebody, by a day.

use kernel::policy::ScopeKind;
use sea_orm::{EntityTrait as _, Set};

use super::*;

/// An account of the city, in use or not; its id.
async fn clerk(town: &Town, number: u128, status: &str) -> Value {
    let id = uuid::Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 + number);
    let now = town.bureau.now();
    let name = kernel::Pii::from(format!("办事员{number}"));
    let ring = town.bureau.keys().await.unwrap();
    let row = entities::account::ActiveModel {
        id: Set(id),
        username: Set(format!("clerk{number}")),
        display_name: Set(ring.seal("account", "display_name", id, &name).unwrap()),
        display_name_index: Set(ring.blind("display_name", &name)),
        email: Set(None),
        email_index: Set(None),
        department: Set(None),
        status: Set(status.to_owned()),
        lang: Set("zh".to_owned()),
        password_hash: Set(None),
        password_changed_at: Set(None),
        must_change_password: Set(false),
        totp_secret: Set(None),
        totp_last_step: Set(None),
        totp_confirmed: Set(false),
        last_sign_in_at: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
    };
    let made: Result<(), kernel::Stop<kernel::Never>> = town
        .bureau
        .quietly(|tx| async move {
            entities::account::Entity::insert(row).exec_without_returning(&tx).await?;
            Ok(())
        })
        .await;
    made.map_err(kernel::Stop::into_fault).unwrap();
    json!(town.bureau.gid("Account", id))
}

async fn annotate(ctx: &Ctx, market: &Value, version: i32, input: Value) -> Value {
    let declared = "$market: ID!, $version: Int, $input: AnnotationInput!";
    let variables = json!({ "market": market["id"], "version": version, "input": input });
    let fields = "version status assignee { id name } dueOn overdue";
    send(ctx, "saveAnnotation", declared, "marketId: $market, version: $version, input: $input", variables, fields)
        .await
}

async fn tasks(ctx: &Ctx, filter: &str) -> Vec<Value> {
    let fields = "marketName provider status assignee { name } dueOn overdue workingDaysLeft";
    let question = format!("{{ annotationTasks(filter: {{ {filter} }}) {{ edges {{ node {{ {fields} }} }} }} }}");
    let found = ask(ctx, &question).await["annotationTasks"]["edges"].clone();
    found.as_array().unwrap().iter().map(|edge| edge["node"].clone()).collect()
}

#[tokio::test]
async fn a_task_is_somebodys_by_a_working_day_overdue_after_it_and_done_when_the_map_approves() {
    let town = Town::new().await;
    let market = town.listed(form("坞城零工市场")).await;
    let (mine, gone) = (clerk(&town, 1, "ACTIVE").await, clerk(&town, 2, "DISABLED").await);
    assert_eq!(tasks(&town.bureau, "").await.len(), 2, "Baidu and Gaode");
    assert_eq!(tasks(&town.bureau, "unassigned: true").await.len(), 2);
    let todo = json!({ "provider": "BAIDU", "status": "TODO", "assignee": mine, "dueOn": "2026-11-25" });
    for (path, value, code, field) in [
        ("/assignee", json!(null), "ASSIGNEE_MISSING", "input.assignee"),
        ("/assignee", gone, "ASSIGNEE_UNKNOWN", "input.assignee"),
        ("/dueOn", json!("2026-11-20"), "DUE_PAST", "input.dueOn"),
        ("/dueOn", json!("2026-11-28"), "DUE_NOT_WORKING", "input.dueOn"),
    ] {
        let refused = annotate(&town.bureau, &market, 1, with(todo.clone(), path, value)).await;
        assert_eq!((&refused["code"], &refused["field"]), (&json!(code), &json!(field)));
    }
    let saved = annotate(&town.bureau, &market, 1, todo.clone()).await;
    assert_eq!((&saved["assignee"]["name"], &saved["overdue"]), (&json!("办事员1"), &json!(false)), "{saved}");
    let task = json!({ "marketName": "坞城零工市场", "provider": "BAIDU", "status": "TODO",
        "assignee": { "name": "办事员1" }, "dueOn": "2026-11-25", "overdue": false, "workingDaysLeft": 2 });
    assert_eq!(tasks(&town.bureau, "").await[0], task, "what has a day comes first");
    assert_eq!(tasks(&town.bureau, "mine: true").await, [task], "the bureau's officer is account 1");
    assert_eq!(tasks(&town.bureau, "overdue: true").await, Vec::<Value>::new());
    town.clock.advance(chrono::Duration::days(3));
    let later = town.by(bureau()).await;
    let late = tasks(&later, "overdue: true").await;
    assert_eq!((late.len(), &late[0]["overdue"], &late[0]["workingDaysLeft"]), (1, &json!(true), &json!(0)));
    let done =
        json!({ "provider": "BAIDU", "status": "APPROVED", "poiId": "B20", "assignee": mine, "dueOn": "2026-11-25" });
    let done = annotate(&later, &market, 2, done).await;
    assert_eq!((&done["assignee"], &done["dueOn"], &done["overdue"]), (&json!(null), &json!(null), &json!(false)));
    assert_eq!(tasks(&later, "").await.len(), 1);
    assert_eq!(tasks(&later, "provider: BAIDU").await.len(), 0);
    let elsewhere = town.by(testing::officer("county_officer", ScopeKind::County, "140106")).await;
    assert_eq!(tasks(&elsewhere, "").await.len(), 0);
    let foreign = kernel::ids::GlobalId::new("Account", "140200", uuid::Uuid::from_u128(7)).encode();
    let other = with(todo, "/assignee", json!(foreign));
    assert_eq!(annotate(&later, &market, 3, other).await, json!({ "error": "NOT_FOUND" }));
}
