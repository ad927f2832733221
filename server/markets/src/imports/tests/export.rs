//! The form comes out as it went in.

use kernel::sheet::{Limits, read_all};
use sea_orm::QueryOrder as _;

use super::*;
use crate::imports::form_rows;

async fn export(ctx: &Ctx, format: &str) -> (String, Vec<u8>) {
    export_with(ctx, format, "").await
}

/// Exports with further arguments, `, print: { … }`.
async fn export_with(ctx: &Ctx, format: &str, more: &str) -> (String, Vec<u8>) {
    let question = format!(
        "mutation {{ exportDirectory(format: {format}{more}) {{ __typename ... on ExportedFile {{ url fileName expiresAt }} \
         ... on ExportDirectoryRefused {{ code message }} }} }}"
    );
    let answer = ask(ctx, &question).await["exportDirectory"].clone();
    assert_eq!(answer["__typename"], "ExportedFile", "{answer}");
    let newest = entities::blob::Entity::find().order_by_desc(entities::blob::Column::Id).one(&ctx.scope()).await;
    let bytes = kernel::blob::read(ctx, newest.unwrap().unwrap().id).await.unwrap();
    (answer["fileName"].as_str().unwrap().to_owned(), bytes)
}

/// What an import tells about the cells of its file.
async fn issues(ctx: &Ctx, import: &Value) -> Vec<Value> {
    let question = format!(
        "{{ directoryImport(id: {}) {{ issues(first: 100) {{ edges {{ node {{ row column code message }} }} }} }} }}",
        import["id"]
    );
    let answer = ask(ctx, &question).await;
    answer["directoryImport"]["issues"]["edges"].as_array().unwrap().clone()
}

async fn listed(rows: &[&str]) -> (tempfile::TempDir, Arc<Kernel>, Ctx) {
    let (dir, kernel, ctx) = bureau().await;
    let applied = import(&kernel, &ctx, &file(rows)).await;
    let listed = list(&ctx, &applied).await;
    assert_eq!(listed["notListable"], 0, "{listed}");
    (dir, kernel, ctx)
}

const ROWS: [&str; 3] = [
    "1,小店区零工市场,公共,夏季5:00-19:00，冬季6:00-18:00,小店区坞城路1号,约300,瓦工、宇航员,120",
    "2,大营盘（代称）,自发形成,04:30—08:00,迎泽区大营盘十字西北角,200-300,普工 装卸工 水电工,—",
    "3,柳巷人市,自形成,周一至周五 20:00—次日02:00,迎泽区柳巷1号,500,保洁,80",
];

#[tokio::test]
async fn what_was_exported_can_be_imported_again_and_changes_nothing() {
    let (_dir, _kernel, ctx) = listed(&ROWS).await;
    for format in ["XLSX", "CSV"] {
        let (name, bytes) = export(&ctx, format).await;
        assert_eq!(name, format!("太原市零工市场名录-20261123.{}", format.to_lowercase()));
        let checked = check(&ctx, &bytes, None).await;
        assert_eq!([&checked["unchanged"], &checked["rowCount"]], [3, 3], "{format}: {checked}");
    }
    assert!(export(&ctx, "PDF").await.1.starts_with(b"%PDF-"));
}

#[tokio::test]
async fn a_note_of_ones_own_comes_back_as_a_note_and_not_as_the_heading_of_a_group() {
    let (_dir, _kernel, ctx) = listed(&ROWS).await;
    for format in ["XLSX", "CSV"] {
        let (_, usual) = export(&ctx, format).await;
        let (_, noted) = export_with(&ctx, format, ", print: { note: \"审计\" }").await;
        let (usual, noted) = (check(&ctx, &usual, None).await, check(&ctx, &noted, None).await);
        assert_eq!([&noted["unchanged"], &noted["rowCount"]], [3, 3], "{format}: {noted}");
        let told = issues(&ctx, &noted).await;
        assert!(told.iter().all(|edge| edge["node"]["code"] != "ROW_SKIPPED"), "{format}: {told:?}");
        assert_eq!(told, issues(&ctx, &usual).await, "{format}");
    }
    let (_, pdf) = export_with(&ctx, "PDF", ", print: { note: \"审计\" }").await;
    assert!(pdf.starts_with(b"%PDF-"));
}

#[tokio::test]
async fn a_name_that_looks_like_a_formula_is_text_wherever_it_comes_out() {
    let name = "=HYPERLINK(\"\"http://x\"\")零工市场";
    let row = format!("1,\"{name}\",公共,06:00—18:00,小店区坞城路1号,10,瓦工,1");
    let (_dir, _kernel, ctx) = listed(&[&row]).await;
    let stored = market::Entity::find().one(&ctx.scope()).await.unwrap().unwrap().display_name;
    assert_eq!(stored, "=HYPERLINK(\"http://x\")零工市场");
    let (_, csv) = export(&ctx, "CSV").await;
    assert!(String::from_utf8(csv).unwrap().contains("\"'=HYPERLINK"));
    let (_, xlsx) = export(&ctx, "XLSX").await;
    let grids = read_all(&xlsx, &Limits::default()).unwrap();
    assert!(grids[0].cells.iter().flatten().any(|cell| cell.text().contains(&stored)));
    let checked = check(&ctx, &xlsx, None).await;
    assert_eq!(checked["unchanged"], 1, "{checked}");
}

#[tokio::test]
async fn the_directory_is_given_in_order_of_division_and_name() {
    let (_dir, _kernel, ctx) = listed(&ROWS).await;
    let names: Vec<String> = form_rows(&ctx.scope()).await.unwrap().into_iter().map(|(_, row)| row.name).collect();
    assert_eq!(names, ["小店区零工市场", "大营盘", "柳巷人市"]);
}

#[tokio::test]
async fn nothing_listed_is_nothing_to_export() {
    let (_dir, _kernel, ctx) = bureau().await;
    let question = "mutation { exportDirectory(format: CSV) { ... on ExportDirectoryRefused { code } } }";
    assert_eq!(ask(&ctx, question).await["exportDirectory"]["code"], "NOTHING");
}
