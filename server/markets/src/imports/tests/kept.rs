//! What is kept, for how long, and as whom it was seen.

use chrono::Duration;

use super::*;
use crate::imports::operations::purge::{PurgeJob, purge};
use crate::rows::{cell_issue, directory_import, import_row};

const ROW: &str = "1,小店区零工市场,公共,06:00—18:00,小店区坞城路1号,约300,瓦工、木工,120";
const BAD: &str = "2,某零工市场,公共,明天,迎泽区某路1号,10,瓦工,1";

const LIST: &str = "{ directoryImports { edges { node { id status fileName refusal fileUrl reportUrl \
                    issues { edges { node { row code message hint } } } } } } }";

async fn imports(ctx: &Ctx) -> Vec<Value> {
    let edges = ask(ctx, LIST).await["directoryImports"]["edges"].as_array().unwrap().clone();
    edges.into_iter().map(|edge| edge["node"].clone()).collect()
}

#[tokio::test]
async fn a_file_that_is_refused_stays_with_its_report_for_thirty_days() {
    let (_dir, _kernel, ctx) = bureau().await;
    let mut kept = Vec::new();
    for bytes in [b"".as_slice(), b"%PDF-1.7 no sheet", b"PK\x03\x04 nor this"] {
        let refused = check(&ctx, bytes, None).await;
        assert_eq!(refused["code"], "NOT_READABLE", "{refused}");
        let before = kept.len();
        kept = imports(&ctx).await;
        assert_eq!(
            (kept.len() - before, &kept[0]["status"], &kept[0]["refusal"]),
            (1, &"FAILED".into(), &refused["message"])
        );
        assert!(kept[0]["fileUrl"].is_string() && kept[0]["reportUrl"].is_string());
        assert_eq!(kept[0]["issues"]["edges"][0]["node"]["row"], 0);
    }
    assert_eq!(apply(&ctx, &kept[0], "GOOD_ROWS_ONLY").await["code"], "ENDED");
    assert_eq!(markets(&ctx).await, 0);
}

#[tokio::test]
async fn after_thirty_days_the_import_is_gone_and_its_markets_stay() {
    let dir = tempfile::tempdir().unwrap();
    let (kernel, clock) = testing::house(dir.path()).await.unwrap();
    let ctx = testing::by(&kernel, testing::bureau()).await.unwrap();
    import(&kernel, &ctx, &file(&[ROW])).await;
    check(&ctx, &file(&[BAD]), None).await;
    let count = async || {
        let scope = ctx.scope();
        let imports = directory_import::Entity::find().count(&scope).await.unwrap();
        let rows = import_row::Entity::find().count(&scope).await.unwrap();
        (imports, rows, cell_issue::Entity::find().count(&scope).await.unwrap() > 0)
    };
    assert_eq!(count().await, (2, 2, true));
    let house = kernel.ctx(testing::CITY, kernel::Actor::System("worker"), kernel::Lang::Zh).await.unwrap();
    let run = || kernel::jobs::JobRun { ctx: house.clone(), id: Uuid::from_u128(1), attempt: 1, created_by: None };
    clock.advance(Duration::days(30) - Duration::seconds(1));
    assert_eq!(purge(run()).await.unwrap(), kernel::jobs::JobEnd::Done(None));
    assert_eq!(count().await, (2, 2, true), "a second too early");
    clock.advance(Duration::seconds(1));
    purge(run()).await.unwrap();
    assert_eq!(count().await, (0, 0, false));
    assert_eq!(markets(&ctx).await, 1);
    assert_eq!(<PurgeJob as kernel::jobs::Job>::KIND, "import.purge");
}

#[tokio::test]
async fn whoever_saw_an_older_state_of_an_import_is_refused() {
    let (_dir, _kernel, ctx) = bureau().await;
    let checked = check(&ctx, &file(&[ROW, BAD]), None).await;
    let seen = version(&ctx, &checked).await;
    correct(&ctx, &checked, 4, "hoursText: \"06:00—18:00\"").await;
    let call = format!(
        "mutation {{ applyDirectoryImport(id: {}, version: {seen}, mode: ALL_OR_NOTHING) {{ \
         ... on ApplyDirectoryImportRefused {{ code field }} }} }}",
        checked["id"]
    );
    let stale = ask(&ctx, &call).await["applyDirectoryImport"].clone();
    assert_eq!(stale, serde_json::json!({ "code": "CONFLICT", "field": "version" }));
    assert_eq!(again(&ctx, &checked).await["status"], "CHECKED");
}

#[tokio::test]
async fn the_filer_lies_sealed_and_is_shown_to_who_may_see_the_import() {
    let (_dir, _kernel, ctx) = bureau().await;
    let checked = check(&ctx, &file(&[ROW]), None).await;
    assert_eq!(checked["filer"], "王芳");
    let row = directory_import::Entity::find().one(&ctx.scope()).await.unwrap().unwrap();
    let sealed = row.filer.unwrap();
    assert!(!sealed.windows(6).any(|bytes| bytes == "王芳".as_bytes()));
}
