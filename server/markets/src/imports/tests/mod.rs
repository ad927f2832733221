//! Stories of imports and exports, over a whole house with a store of its own.

mod amended;
mod apply;
mod check;
mod export;
mod kept;
mod licensed;
mod many;

use std::sync::Arc;

use async_graphql::{EmptySubscription, Request, Schema};
use kernel::blob::ANNEX2;
use kernel::worker::Worker;
use kernel::{Ctx, Kernel, Never, Stop};
use sea_orm::{EntityTrait as _, PaginatorTrait as _};
use serde_json::Value;
use uuid::Uuid;

use crate::rows::market;
use crate::testing;

/// The headings of the form, as bureaus shorten them.
const HEADINGS: &str =
    "序号,零工市场名称,运营性质,运行时间,详细地址,求职人员规模（人）,主要招聘工种,日均招聘成功人数（人）";

/// A house with the bureau's officer.
async fn bureau() -> (tempfile::TempDir, Arc<Kernel>, Ctx) {
    let dir = tempfile::tempdir().unwrap();
    let (kernel, _) = testing::house(dir.path()).await.unwrap();
    let ctx = testing::by(&kernel, testing::bureau()).await.unwrap();
    (dir, kernel, ctx)
}

/// A file as text, with the city above the table and the filer under it.
fn file(rows: &[&str]) -> Vec<u8> {
    format!("太原市\n{HEADINGS}\n{}\n填报人：王芳,联系电话：0351-5278313\n", rows.join("\n")).into_bytes()
}

/// An upload that is complete; gives its id as GraphQL knows it.
async fn uploaded(ctx: &Ctx, bytes: &[u8]) -> String {
    let bytes = bytes.to_vec();
    let id: Result<Uuid, Stop<Never>> = ctx
        .quietly(|tx| async move { Ok(kernel::blob::store(&tx, &ANNEX2, "名录.csv", "text/csv", &bytes, None).await?) })
        .await;
    ctx.gid("Upload", id.map_err(Stop::into_fault).unwrap()).to_string()
}

async fn ask(ctx: &Ctx, question: &str) -> Value {
    let schema = Schema::new(crate::MarketsQuery::default(), crate::MarketsMutation::default(), EmptySubscription);
    let answer = schema.execute(Request::new(question).data(ctx.clone())).await;
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
    answer.data.into_json().unwrap()
}

/// What every mutation of an import is asked for.
const HEAD: &str = "__typename ... on DirectoryImport { id status city filer rowCount goodRows badRows created updated \
                    unchanged listed notListable refusal reportUrl notListableReasons { reason count } }";

/// Checks a file; the answer is the import or the refusal.
async fn check(ctx: &Ctx, bytes: &[u8], default: Option<&str>) -> Value {
    let upload = uploaded(ctx, bytes).await;
    let default = default.map_or(String::new(), |code| format!(", defaultDivision: \"{code}\""));
    let question = format!(
        "mutation {{ checkDirectoryImport(uploadId: \"{upload}\"{default}) {{ {HEAD} \
         ... on CheckDirectoryImportRefused {{ code message field }} }} }}"
    );
    ask(ctx, &question).await["checkDirectoryImport"].clone()
}

/// The rows of an import.
async fn rows(ctx: &Ctx, import: &Value) -> Vec<Value> {
    let question = format!(
        "{{ directoryImport(id: {}) {{ rows(first: 100) {{ totalCount edges {{ node {{ row name address nature \
         natureReading publicInterest hoursText seekerScale trades unknownTrades dailySuccesses divisionName action good \
         issues {{ row column columnTitle value code severity message hint }} }} }} }} }} }}",
        import["id"]
    );
    let answer = ask(ctx, &question).await;
    let edges = answer["directoryImport"]["rows"]["edges"].as_array().unwrap().clone();
    edges.into_iter().map(|edge| edge["node"].clone()).collect()
}

/// The version of an import as it stands now.
async fn version(ctx: &Ctx, import: &Value) -> Value {
    let question = format!("{{ directoryImport(id: {}) {{ version }} }}", import["id"]);
    ask(ctx, &question).await["directoryImport"]["version"].clone()
}

/// Corrects a row.
async fn correct(ctx: &Ctx, import: &Value, row: i32, input: &str) -> Value {
    let question = format!(
        "mutation {{ correctImportRow(id: {}, version: {}, row: {row}, input: {{ {input} }}) {{ {HEAD} \
         ... on CorrectImportRowRefused {{ code message field }} }} }}",
        import["id"],
        version(ctx, import).await
    );
    ask(ctx, &question).await["correctImportRow"].clone()
}

/// Asks for an import to be applied.
async fn apply(ctx: &Ctx, import: &Value, mode: &str) -> Value {
    let question = format!(
        "mutation {{ applyDirectoryImport(id: {}, version: {}, mode: {mode}) {{ {HEAD} \
         ... on ApplyDirectoryImportRefused {{ code message field }} }} }}",
        import["id"],
        version(ctx, import).await
    );
    ask(ctx, &question).await["applyDirectoryImport"].clone()
}

/// An import as it stands.
async fn again(ctx: &Ctx, import: &Value) -> Value {
    let question = format!("{{ directoryImport(id: {}) {{ {HEAD} job {{ status }} }} }}", import["id"]);
    ask(ctx, &question).await["directoryImport"].clone()
}

/// Cancels an import.
async fn cancel(ctx: &Ctx, import: &Value) -> Value {
    let question = format!(
        "mutation {{ cancelDirectoryImport(id: {}, version: {}) {{ {HEAD} \
         ... on CancelDirectoryImportRefused {{ code message field }} }} }}",
        import["id"],
        version(ctx, import).await
    );
    ask(ctx, &question).await["cancelDirectoryImport"].clone()
}

/// Lists the markets of an import.
async fn list(ctx: &Ctx, import: &Value) -> Value {
    let question = format!(
        "mutation {{ listImportedMarkets(id: {}, version: {}) {{ {HEAD} \
         ... on ListImportedMarketsRefused {{ code message field }} }} }}",
        import["id"],
        version(ctx, import).await
    );
    ask(ctx, &question).await["listImportedMarkets"].clone()
}

/// Does the work that is due.
async fn work(kernel: &Arc<Kernel>, ctx: &Ctx) {
    Worker::new(Arc::clone(kernel), "test".to_owned()).drain(&ctx.tenant().code).await.unwrap();
}

/// Checks and applies a file that has no bad row.
async fn import(kernel: &Arc<Kernel>, ctx: &Ctx, bytes: &[u8]) -> Value {
    let checked = check(ctx, bytes, None).await;
    assert_eq!(checked["badRows"], 0, "{checked}");
    apply(ctx, &checked, "ALL_OR_NOTHING").await;
    work(kernel, ctx).await;
    let applied = again(ctx, &checked).await;
    assert_eq!(applied["status"], "APPLIED", "{applied}");
    applied
}

async fn markets(ctx: &Ctx) -> u64 {
    market::Entity::find().count(&ctx.scope()).await.unwrap()
}
