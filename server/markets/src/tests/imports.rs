//! Imports and exports of annex 2, over a whole house.

use futures_util::stream;
use kernel::blob::{self, ANNEX2};
use kernel::worker::Worker;
use kernel::{Ctx, Kernel, Stop};
use sea_orm::EntityTrait as _;
use std::sync::Arc;
use uuid::Uuid;

use super::ask;
use crate::forms::ImportRowInput;
use crate::kinds::{ExportFormat, ImportMode, ImportStatus, MarketStatus};
use crate::operations::apply_directory_import::{ApplyDirectoryImport, apply_directory_import};
use crate::operations::cancel_directory_import::cancel_directory_import;
use crate::operations::check_directory_import::{CheckDirectoryImport, check_directory_import};
use crate::operations::correct_import_row::correct_import_row;
use crate::operations::export_directory::export_directory;
use crate::operations::list_market::list_market;
use crate::queries::markets::MarketFilter;
use crate::rows::{directory_import, market};
use crate::testing::{CITY, bureau, by, house};

const TAIYUAN: &[u8] = include_bytes!("../annex2/fixtures/taiyuan-utf8.csv");

async fn upload(ctx: &Ctx, name: &str, bytes: &[u8]) -> Uuid {
    let ticket = blob::create_upload(ctx, &ANNEX2, name, i64::try_from(bytes.len()).unwrap()).await.unwrap();
    let token = ticket.url.rsplit('/').next().unwrap();
    let body = stream::iter([Ok::<_, std::convert::Infallible>(bytes.to_vec())]);
    blob::receive(ctx, token, body).await.unwrap();
    blob::complete(ctx, ticket.id).await.unwrap();
    ticket.id
}

async fn checked(ctx: &Ctx, bytes: &[u8]) -> Uuid {
    let file = upload(ctx, "名录.csv", bytes).await;
    check_directory_import(ctx, file, None, None).await.unwrap().id
}

async fn head(ctx: &Ctx, id: Uuid) -> directory_import::Model {
    directory_import::Entity::find_by_id(id).one(&ctx.scope()).await.unwrap().unwrap()
}

async fn work(kernel: &Arc<Kernel>) {
    Worker::new(Arc::clone(kernel), "test".to_owned()).drain(CITY).await.unwrap();
}

async fn markets(ctx: &Ctx) -> Vec<market::Model> {
    market::Entity::find().all(&ctx.scope()).await.unwrap()
}

/// `created, updated, unchanged, bad`.
fn counts(head: &directory_import::Model) -> (i32, i32, i32, i32) {
    (head.created, head.updated, head.unchanged, head.bad_rows)
}

#[tokio::test]
async fn an_untidy_form_is_taken_in_once_and_the_second_time_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (kernel, _clock) = house(dir.path()).await.unwrap();
    let ctx = by(&kernel, bureau()).await.unwrap();
    let id = checked(&ctx, TAIYUAN).await;
    let found = head(&ctx, id).await;
    assert_eq!((found.status, counts(&found)), (ImportStatus::Checked, (3, 0, 0, 0)));
    assert_eq!(markets(&ctx).await.len(), 0, "a dry run changes nothing");
    apply_directory_import(&ctx, id, ImportMode::AllOrNothing, None).await.unwrap();
    work(&kernel).await;
    assert_eq!(head(&ctx, id).await.status, ImportStatus::Applied);
    let all = markets(&ctx).await;
    assert_eq!(all.len(), 3);
    assert!(all.iter().all(|m| m.status == MarketStatus::Draft && m.version == 1));
    let id = checked(&ctx, TAIYUAN).await;
    assert_eq!(counts(&head(&ctx, id).await), (0, 0, 3, 0));
    apply_directory_import(&ctx, id, ImportMode::AllOrNothing, None).await.unwrap();
    work(&kernel).await;
    assert!(markets(&ctx).await.iter().all(|m| m.version == 1), "nothing was touched");
}

#[tokio::test]
async fn a_bad_row_is_named_corrected_and_taken_in() {
    let dir = tempfile::tempdir().unwrap();
    let (kernel, _clock) = house(dir.path()).await.unwrap();
    let ctx = by(&kernel, bureau()).await.unwrap();
    let text = String::from_utf8(TAIYUAN.to_vec())
        .unwrap()
        .replace("04:30—08:00", "天亮到八点")
        .replace("经营性,周一", "民间,周一");
    let id = checked(&ctx, text.as_bytes()).await;
    assert_eq!(counts(&head(&ctx, id).await), (1, 0, 0, 2));
    let refused = apply_directory_import(&ctx, id, ImportMode::AllOrNothing, None).await;
    assert!(matches!(refused, Err(Stop::Refused(ApplyDirectoryImport::BadRows { count: 2 }))), "{refused:?}");
    let gid = ctx.gid("DirectoryImport", id);
    let seen = ask(&ctx, &format!(
        r#"{{ directoryImport(id: "{}") {{ reportUrl rows(onlyBad: true) {{ totalCount edges {{ node {{ row name good issues {{ column value code severity hint }} }} }} }} }} }}"#,
        gid.as_str()
    )).await;
    let rows = &seen["directoryImport"]["rows"];
    assert_eq!(rows["totalCount"], 2);
    let issue = &rows["edges"][0]["node"]["issues"][0];
    assert_eq!((issue["column"].as_str(), issue["code"].as_str()), (Some("C"), Some("NATURE_UNKNOWN")));
    assert!(seen["directoryImport"]["reportUrl"].as_str().unwrap().starts_with("/taiyuan/files/"));
    let bad: Vec<i64> = rows["edges"].as_array().unwrap().iter().map(|e| e["node"]["row"].as_i64().unwrap()).collect();
    let nature = ImportRowInput { nature: Some("经营性".into()), ..ImportRowInput::default() };
    correct_import_row(&ctx, id, i32::try_from(bad[0]).unwrap(), nature).await.unwrap();
    assert_eq!(counts(&head(&ctx, id).await), (2, 0, 0, 1));
    let hours = ImportRowInput { hours_text: Some("04:30-08:00".into()), ..ImportRowInput::default() };
    correct_import_row(&ctx, id, i32::try_from(bad[1]).unwrap(), hours).await.unwrap();
    assert_eq!(counts(&head(&ctx, id).await), (3, 0, 0, 0));
    apply_directory_import(&ctx, id, ImportMode::AllOrNothing, None).await.unwrap();
    work(&kernel).await;
    assert_eq!(markets(&ctx).await.len(), 3);
}

#[tokio::test]
async fn the_good_rows_alone_can_be_taken_in() {
    let dir = tempfile::tempdir().unwrap();
    let (kernel, _clock) = house(dir.path()).await.unwrap();
    let ctx = by(&kernel, bureau()).await.unwrap();
    let text = String::from_utf8(TAIYUAN.to_vec()).unwrap().replace("04:30—08:00", "天亮到八点");
    let id = checked(&ctx, text.as_bytes()).await;
    apply_directory_import(&ctx, id, ImportMode::GoodRowsOnly, None).await.unwrap();
    work(&kernel).await;
    assert_eq!((markets(&ctx).await.len(), counts(&head(&ctx, id).await)), (2, (2, 0, 0, 1)));
}

#[tokio::test]
async fn what_is_exported_comes_back_unchanged() {
    let dir = tempfile::tempdir().unwrap();
    let (kernel, _clock) = house(dir.path()).await.unwrap();
    let ctx = by(&kernel, bureau()).await.unwrap();
    let id = checked(&ctx, TAIYUAN).await;
    apply_directory_import(&ctx, id, ImportMode::AllOrNothing, None).await.unwrap();
    work(&kernel).await;
    let drafts = MarketFilter { status: Some(MarketStatus::Draft), ..MarketFilter::default() };
    for format in [ExportFormat::Csv, ExportFormat::Xlsx] {
        let file = export_directory(&ctx, format, drafts.clone()).await.unwrap();
        let bytes = blob::read(&ctx, file).await.unwrap();
        let again = checked(&ctx, &bytes).await;
        assert_eq!(counts(&head(&ctx, again).await), (0, 0, 3, 0), "{format:?}");
    }
    let pdf = export_directory(&ctx, ExportFormat::Pdf, drafts).await.unwrap();
    assert!(blob::read(&ctx, pdf).await.unwrap().starts_with(b"%PDF-"));
    let refused = export_directory(&ctx, ExportFormat::Csv, MarketFilter::default()).await;
    assert!(matches!(refused, Err(Stop::Refused(_))), "nothing is listed yet: {refused:?}");
    let first = markets(&ctx).await.remove(0);
    list_market(&ctx, first.id, 1, None).await.unwrap();
    assert_eq!(crate::form_rows(&ctx).await.unwrap().len(), 1);
}

fn long(rows: usize) -> Vec<u8> {
    let mut text = String::from(
        "太原市\n序号,零工市场名称,运营性质,运行时间,详细地址,求职人员规模（人）,主要招聘工种,日均招聘成功人数（人）\n",
    );
    for row in 1..=rows {
        text.push_str(&format!("{row},第{row}零工市场,公共,05:00—19:00,小店区坞城路{row}号,300,瓦工、木工,100\n"));
    }
    text.into_bytes()
}

#[tokio::test]
async fn a_long_file_is_checked_and_applied_by_jobs_in_a_fixed_number_of_statements() {
    let dir = tempfile::tempdir().unwrap();
    let (kernel, _clock) = house(dir.path()).await.unwrap();
    let ctx = by(&kernel, bureau()).await.unwrap();
    let id = checked(&ctx, &long(1200)).await;
    assert_eq!(head(&ctx, id).await.status, ImportStatus::Reading);
    work(&kernel).await;
    assert_eq!(counts(&head(&ctx, id).await), (1200, 0, 0, 0));
    apply_directory_import(&ctx, id, ImportMode::AllOrNothing, None).await.unwrap();
    work(&kernel).await;
    assert_eq!(markets(&ctx).await.len(), 1200);
    let job = head(&ctx, id).await.job_id.unwrap();
    let job = entities::job::Entity::find_by_id(job).one(&ctx.scope()).await.unwrap().unwrap();
    assert_eq!((job.status.as_str(), job.progress, job.total), ("DONE", 1200, Some(1200)));
}

#[tokio::test]
async fn a_cancelled_import_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (kernel, _clock) = house(dir.path()).await.unwrap();
    let ctx = by(&kernel, bureau()).await.unwrap();
    let id = checked(&ctx, TAIYUAN).await;
    apply_directory_import(&ctx, id, ImportMode::AllOrNothing, None).await.unwrap();
    cancel_directory_import(&ctx, id).await.unwrap();
    work(&kernel).await;
    assert_eq!((head(&ctx, id).await.status, markets(&ctx).await.len()), (ImportStatus::Cancelled, 0));
    let refused = cancel_directory_import(&ctx, id).await;
    assert!(matches!(refused, Err(Stop::Refused(_))), "{refused:?}");
}

#[tokio::test]
async fn files_that_are_not_the_form_are_refused_with_the_reason() {
    let dir = tempfile::tempdir().unwrap();
    let (kernel, _clock) = house(dir.path()).await.unwrap();
    let ctx = by(&kernel, bureau()).await.unwrap();
    let refusal = async |bytes: &[u8]| {
        let file = upload(&ctx, "名录.csv", bytes).await;
        match check_directory_import(&ctx, file, None, None).await {
            Err(Stop::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        }
    };
    assert!(matches!(refusal(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1xls").await, CheckDirectoryImport::LegacyXls { .. }));
    assert!(matches!(refusal("姓名,年龄\n王,3\n".as_bytes()).await, CheckDirectoryImport::NotTheForm { .. }));
    assert!(matches!(refusal(&long(10_001)).await, CheckDirectoryImport::TooManyRows { .. }));
    let other = String::from_utf8(TAIYUAN.to_vec()).unwrap().replace("\n太原市,", "\n大同市,");
    assert!(matches!(refusal(other.as_bytes()).await, CheckDirectoryImport::WrongCity { .. }));
    let missing = check_directory_import(&ctx, Uuid::from_u128(9), None, None).await;
    assert!(matches!(missing, Err(Stop::Refused(CheckDirectoryImport::UploadMissing))), "{missing:?}");
}
