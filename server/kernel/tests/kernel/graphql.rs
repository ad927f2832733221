//! The house through GraphQL.

use async_graphql::{Request, Schema, Value};
use chrono::Duration;
use entities::{job, mail};
use futures_util::StreamExt as _;
use kernel::audit::seal;
use kernel::house::{HouseMutation, HouseQuery, HouseSubscription};
use kernel::mail::Letter;
use kernel::{Ctx, Lang, Never, Stop};
use sea_orm::EntityTrait as _;
use serde_json::{Value as Json, json};

use crate::on_both;
use crate::support::{CITY, House, WRITE, account};
use crate::tasks::Count;

on_both! {
    the_audit_is_read_page_by_page_by_its_administrator_alone,
    the_audit_is_verified_and_the_result_is_remembered,
    what_was_removed_from_the_audit_is_told,
    one_sees_ones_own_jobs_and_the_administrator_everybodys,
    letters_are_listed_masked_and_opened_by_readers_only,
    an_upload_is_announced_and_refusals_are_data,
    a_job_is_watched_until_it_ends,
    plugins_are_listed_and_switched,
}

type House3 = Schema<HouseQuery, HouseMutation, HouseSubscription>;

fn schema() -> House3 {
    Schema::new(HouseQuery, HouseMutation, HouseSubscription)
}

async fn ask(ctx: &Ctx, query: &str) -> Json {
    let response = schema().execute(Request::new(query).data(ctx.clone())).await;
    let errors: Vec<_> = response
        .errors
        .iter()
        .map(|e| e.extensions.as_ref().and_then(|x| x.get("code")).cloned().unwrap_or_else(|| e.message.clone().into()))
        .collect();
    assert!(errors.is_empty(), "{query}: {errors:?} {:?}", response.errors);
    response.data.into_json().unwrap()
}

async fn code(ctx: &Ctx, query: &str) -> String {
    let response = schema().execute(Request::new(query).data(ctx.clone())).await;
    match response.errors.first().and_then(|e| e.extensions.as_ref()).and_then(|x| x.get("code")) {
        Some(Value::String(code)) => code.clone(),
        _ => panic!("no code: {response:?}"),
    }
}

async fn run(ctx: &Ctx, name: &'static str) {
    let done: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            tx.note("name", name);
            tx.enqueue(&Count { name: name.to_owned(), how: "ok".to_owned() })?;
            Ok(())
        })
        .await;
    done.unwrap();
}

async fn the_audit_is_read_page_by_page_by_its_administrator_alone(house: House) {
    let (officer, auditor) =
        (account(&house, 1, &["bureau_officer"]).await, account(&house, 2, &["audit_admin"]).await);
    for name in ["a", "b", "c"] {
        run(&officer, name).await;
    }
    seal(&officer).await.unwrap();
    assert_eq!(code(&officer, "{ auditEntries { edges { node { id } } } }").await, "FORBIDDEN");
    let fields = "totalCount edges { cursor node { actor operation result detail sealed seq at } } pageInfo { hasNextPage endCursor }";
    let first =
        ask(&auditor, &format!("{{ auditEntries(first: 2, filter: {{actor: \"user1\"}}) {{ {fields} }} }}")).await;
    let page = &first["auditEntries"];
    assert_eq!(page["totalCount"], 3);
    assert_eq!(page["pageInfo"]["hasNextPage"], true);
    let node = &page["edges"][0]["node"];
    assert_eq!(
        *node,
        json!({"actor": "user1", "operation": "note.write", "result": "DONE", "detail": "{\"name\":\"c\"}",
               "sealed": true, "seq": 3, "at": "2026-03-02T10:00:00+08:00"})
    );
    let cursor = page["pageInfo"]["endCursor"].as_str().unwrap();
    let rest =
        format!("{{ auditEntries(first: 2, after: \"{cursor}\", filter: {{actor: \"user1\"}}) {{ {fields} }} }}");
    let rest = ask(&auditor, &rest).await;
    assert_eq!(rest["auditEntries"]["edges"].as_array().unwrap().len(), 1);
    assert_eq!(rest["auditEntries"]["edges"][0]["node"]["detail"], "{\"name\":\"a\"}");
    // The cursor of one list does not fit another.
    let other = format!("{{ auditEntries(first: 2, after: \"{cursor}\") {{ totalCount }} }}");
    assert_eq!(code(&auditor, &other).await, "INVALID_REQUEST");
    let failed = ask(&auditor, "{ auditEntries(filter: {result: FAILED}) { totalCount } }").await;
    assert_eq!(failed["auditEntries"]["totalCount"], 0);
    let before = auditor.counters().statements();
    ask(&auditor, "{ auditEntries(first: 100) { edges { node { id seq } } } }").await;
    assert_eq!(auditor.counters().statements() - before, 3, "entries, keys of the persons they speak of, and seals");
    house.close().await;
}

async fn the_audit_is_verified_and_the_result_is_remembered(house: House) {
    let auditor = account(&house, 2, &["audit_admin"]).await;
    run(&auditor, "a").await;
    seal(&auditor).await.unwrap();
    let status =
        "entries sealedTo lastCheckpointAt verified verifiedAt firstBroken removed { seq keptMonths before removedAt }";
    let before = ask(&auditor, &format!("{{ auditStatus {{ {status} }} }}")).await;
    let never = json!({"entries": 1, "sealedTo": 1, "lastCheckpointAt": null, "verified": null, "verifiedAt": null, "firstBroken": null, "removed": null});
    assert_eq!(before["auditStatus"], never);
    let query = format!(
        "mutation {{ verifyAudit {{ ... on AuditStatus {{ {status} }} ... on VerifyAuditRefused {{ code message }} }} }}"
    );
    let done = ask(&auditor, &query).await;
    assert_eq!(done["verifyAudit"]["verified"], true);
    assert_eq!(done["verifyAudit"]["verifiedAt"], "2026-03-02T10:00:00+08:00");
    let again = ask(&auditor, &query).await;
    assert_eq!(again["verifyAudit"], json!({"code": "TOO_SOON", "message": "刚刚校验过，请10秒后再试。"}));
    house.clock.advance(Duration::minutes(1));
    seal(&auditor).await.unwrap();
    let mut raw = house.raw(CITY).await;
    raw.without_triggers().await;
    raw.run(
        "UPDATE audit_entry SET actor_label = 'somebody' WHERE id = (SELECT entry_id FROM audit_seal WHERE seq = 1)",
    )
    .await
    .unwrap();
    let broken = ask(&auditor, &query).await;
    assert_eq!((&broken["verifyAudit"]["verified"], &broken["verifyAudit"]["firstBroken"]), (&json!(false), &json!(1)));
    let system = account(&house, 3, &["system_admin"]).await;
    assert_eq!(code(&system, &query).await, "FORBIDDEN");
    house.close().await;
}

async fn what_was_removed_from_the_audit_is_told(house: House) {
    let auditor = account(&house, 2, &["audit_admin"]).await;
    run(&auditor, "a").await;
    run(&auditor, "b").await;
    kernel::audit::checkpoint(&auditor).await.unwrap();
    house.clock.advance(Duration::days(4 * 365));
    kernel::audit::prune(&auditor, "2027-01-01".parse().unwrap(), "到期").await.unwrap();
    let told = ask(&auditor, "{ auditStatus { entries removed { seq keptMonths before removedAt } } }").await;
    let removed = json!({"seq": 1, "keptMonths": 36, "before": "2027-01-01T00:00:00+08:00", "removedAt": "2030-03-01T10:00:00+08:00"});
    assert_eq!(told["auditStatus"], json!({"entries": 2, "removed": removed}));
    house.close().await;
}

async fn one_sees_ones_own_jobs_and_the_administrator_everybodys(house: House) {
    let (mine, theirs) = (account(&house, 1, &["bureau_officer"]).await, account(&house, 2, &["bureau_officer"]).await);
    run(&mine, "a").await;
    run(&theirs, "b").await;
    let query = "{ jobs(first: 10) { edges { node { id kind title status cancellable } } } }";
    let seen = ask(&mine, query).await["jobs"]["edges"].as_array().unwrap().clone();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0]["node"]["title"], "计数");
    let id = seen[0]["node"]["id"].as_str().unwrap();
    let one = format!("{{ job(id: \"{id}\") {{ status }} }}");
    assert_eq!(ask(&mine, &one).await["job"]["status"], "QUEUED");
    assert_eq!(ask(&theirs, &one).await["job"], Json::Null);
    let admin = account(&house, 3, &["system_admin"]).await;
    assert_eq!(ask(&admin, query).await["jobs"]["edges"].as_array().unwrap().len(), 2);
    assert_eq!(ask(&admin, "{ jobs(mine: true) { edges { node { id } } } }").await["jobs"]["edges"], json!([]));
    let cancel = format!(
        "mutation {{ cancelJob(id: \"{id}\") {{ ... on Job {{ status }} ... on CancelJobRefused {{ code }} }} }}"
    );
    assert_eq!(ask(&mine, &cancel).await["cancelJob"]["code"], "NOT_CANCELLABLE");
    house.close().await;
}

async fn letters_are_listed_masked_and_opened_by_readers_only(house: House) {
    let ctx = house.ctx().await;
    let done: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            let letter = Letter {
                to: "wang@example.cn".into(),
                template: "note",
                lang: Lang::Zh,
                subject: "题".into(),
                text: "文".into(),
            };
            tx.mail(letter).await?;
            Ok(())
        })
        .await;
    done.unwrap();
    let admin = account(&house, 1, &["system_admin"]).await;
    let letter = ask(&admin, "{ mailbox { edges { node { toMasked subject text status } } } }").await;
    let node = &letter["mailbox"]["edges"][0]["node"];
    assert_eq!((&node["subject"], &node["text"], &node["status"]), (&json!("题"), &json!("文"), &json!("QUEUED")));
    assert!(!node["toMasked"].as_str().unwrap().contains("wang@"), "{node}");
    let officer = account(&house, 2, &["bureau_officer"]).await;
    assert_eq!(code(&officer, "{ mailbox { edges { node { text } } } }").await, "FORBIDDEN");
    assert_eq!(ask(&admin, "{ deadLetters { edges { node { id } } } }").await["deadLetters"]["edges"], json!([]));
    let row = mail::Entity::find().one(&ctx.scope()).await.unwrap().unwrap();
    let id = ctx.gid("MailMessage", row.id);
    let retry =
        format!("mutation {{ retryMail(id: \"{}\") {{ ... on RetryMailRefused {{ code message }} }} }}", id.as_str());
    assert_eq!(ask(&admin, &retry).await["retryMail"]["code"], "NOT_DEAD");
    house.close().await;
}

async fn an_upload_is_announced_and_refusals_are_data(house: House) {
    let officer = account(&house, 1, &["county_officer"]).await;
    let query = |size: u32| {
        format!(
            "mutation {{ createUpload(input: {{purpose: ANNEX2, fileName: \"名录.xlsx\", size: {size}}}) {{ \
             ... on UploadTicket {{ uploadId url expiresAt }} ... on CreateUploadRefused {{ code message field }} }} }}"
        )
    };
    let ticket = ask(&officer, &query(100)).await["createUpload"].clone();
    assert!(ticket["url"].as_str().unwrap().starts_with("/taiyuan/uploads/"));
    assert_eq!(ticket["expiresAt"], "2026-03-02T10:15:00+08:00");
    let refused = ask(&officer, &query(50 << 20)).await["createUpload"].clone();
    assert_eq!((&refused["code"], &refused["field"]), (&json!("TOO_LARGE"), &json!("input.size")));
    let id = ticket["uploadId"].as_str().unwrap();
    let complete = format!("mutation {{ completeUpload(id: \"{id}\") {{ ... on CompleteUploadRefused {{ code }} }} }}");
    assert_eq!(ask(&officer, &complete).await["completeUpload"]["code"], "NOT_RECEIVED");
    let stranger = account(&house, 2, &["supervisor"]).await;
    assert_eq!(code(&stranger, &query(100)).await, "FORBIDDEN");
    house.close().await;
}

async fn a_job_is_watched_until_it_ends(house: House) {
    let mine = account(&house, 1, &["bureau_officer"]).await;
    run(&mine, "a").await;
    let row = job::Entity::find().one(&mine.scope()).await.unwrap().unwrap();
    let id = mine.gid("Job", row.id);
    let query = format!("subscription {{ jobChanged(id: \"{}\") {{ status }} }}", id.as_str());
    let schema = schema();
    let mut watched: Vec<_> =
        (0..3).map(|_| Box::pin(schema.execute_stream(Request::new(&query).data(mine.clone())))).collect();
    for stream in &mut watched {
        let now = stream.next().await.unwrap().data.into_json().unwrap();
        assert_eq!(now["jobChanged"]["status"], "QUEUED");
    }
    house.worker().drain(CITY).await.unwrap();
    for stream in &mut watched {
        let mut last = Json::Null;
        while let Some(item) = stream.next().await {
            last = item.data.into_json().unwrap();
        }
        assert_eq!(last["jobChanged"]["status"], "DONE");
    }
    let theirs = account(&house, 2, &["bureau_officer"]).await;
    let mut none = Box::pin(schema.execute_stream(Request::new(&query).data(theirs)));
    assert!(!none.next().await.unwrap().errors.is_empty());
    drop((watched, none));
    house.close().await;
}

async fn plugins_are_listed_and_switched(house: House) {
    let admin = account(&house, 1, &["system_admin"]).await;
    let list = ask(&admin, "{ plugins { name title state needs configSchema config { key value source } } }").await;
    assert_eq!(list["plugins"][0]["name"], "weather");
    assert_eq!(list["plugins"][0]["state"], "AVAILABLE");
    assert!(list["plugins"][0]["configSchema"].as_str().unwrap().contains("degrees"));
    assert_eq!(list["plugins"][0]["config"][0], json!({"key": "degrees", "value": "35", "source": "DEFAULT"}));
    let on = |config: &str| {
        format!(
            "mutation {{ enablePlugin(input: {{name: \"weather\", config: {config}}}) {{ \
             ... on Plugin {{ state config {{ key value source }} }} ... on EnablePluginRefused {{ code field }} }} }}"
        )
    };
    let done = ask(&admin, &on("\"{\\\"degrees\\\": 20}\"")).await["enablePlugin"].clone();
    assert_eq!((&done["state"], &done["config"][0]["source"]), (&json!("ENABLED"), &json!("TENANT")));
    let bad = ask(&admin, &on("\"{nonsense\"")).await["enablePlugin"].clone();
    assert_eq!((&bad["code"], &bad["field"]), (&json!("BAD_CONFIG"), &json!("input.config")));
    let off = "mutation { disablePlugin(input: {name: \"weather\", reason: \"检修\"}) { ... on Plugin { state } } }";
    assert_eq!(ask(&admin, off).await["disablePlugin"]["state"], "DISABLED");
    let officer = account(&house, 2, &["bureau_officer"]).await;
    assert_eq!(code(&officer, off).await, "FORBIDDEN");
    house.close().await;
}

#[tokio::test]
async fn the_platform_lists_its_cities_and_a_city_itself() {
    let house = House::sqlite().await;
    let platform = house.kernel.platform_ctx().await.unwrap();
    let query = "{ city { slug isPlatform provinceCode } cities { code slug nameZh provinceCode isPlatform } }";
    let listed = ask(&platform, query).await;
    assert_eq!(listed["city"], json!({"slug": "platform", "isPlatform": true, "provinceCode": "140000"}));
    let taiyuan =
        json!([{"code": "140100", "slug": "taiyuan", "nameZh": "某市", "provinceCode": "140000", "isPlatform": false}]);
    assert_eq!(listed["cities"], taiyuan);
    assert_eq!(ask(&house.ctx().await, query).await["cities"], taiyuan);
}

#[tokio::test]
async fn every_type_and_field_of_the_house_is_described() {
    let query = "{ __schema { types { name description fields { name description args { name description } } \
                 inputFields { name description } enumValues { name description } } } }";
    let types = schema().execute(query).await.data.into_json().unwrap()["__schema"]["types"].clone();
    let mut bare = Vec::new();
    for kind in types.as_array().unwrap() {
        let name = kind["name"].as_str().unwrap();
        // The library's own, and the roots, which the server merges.
        if name == "ID"
            || name.starts_with("__")
            || name.ends_with("Connection")
            || name.ends_with("Edge")
            || name.starts_with("House")
        {
            continue;
        }
        let mut look = |of: &str, thing: &Json| {
            if thing["description"].as_str().is_none_or(str::is_empty) {
                bare.push(format!("{of}.{}", thing["name"].as_str().unwrap()));
            }
        };
        look("", kind);
        for part in ["fields", "inputFields", "enumValues"] {
            for member in kind[part].as_array().into_iter().flatten() {
                look(name, member);
                for argument in member["args"].as_array().into_iter().flatten() {
                    look(&format!("{name}.{}", member["name"].as_str().unwrap()), argument);
                }
            }
        }
    }
    assert_eq!(bare, Vec::<String>::new());
}
