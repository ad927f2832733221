//! Applying, cancelling, listing.

use kernel::jobs::JobRun;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, QueryFilter as _};

use super::*;
use crate::imports::jobs::{self, ApplyJob};
use crate::imports::place::Counties;
use crate::kinds::{FigureMethod, MarketStatus, OperatorKind};
use crate::rows::{directory_import, market_event};

const PUBLIC: &str = "1,小店区零工市场,公共,06:00—18:00,小店区坞城路1号,约300,瓦工、木工,120";
const COMMERCIAL: &str = "2,晋阳零工驿站,经营性,周一至周五 8:00-18:00,晋源区健康街8号,200-300,保洁,80";
const SPONTANEOUS: &str = "3,大营盘（代称）,自发形成,04:30—08:00,迎泽区大营盘十字西北角,500,普工,—";
const BAD: &str = "4,某零工市场,公共,明天,迎泽区某路1号,10,瓦工,1";

#[tokio::test]
async fn an_import_makes_drafts_with_declared_figures_and_a_history() {
    let (_dir, kernel, ctx) = bureau().await;
    let applied = import(&kernel, &ctx, &file(&[PUBLIC, COMMERCIAL, SPONTANEOUS])).await;
    assert_eq!((&applied["created"], &applied["updated"]), (&3.into(), &0.into()));
    let rows = market::Entity::find().all(&ctx.scope()).await.unwrap();
    assert!(rows.iter().all(|row| row.status == MarketStatus::Draft && row.version == 1));
    let public = rows.iter().find(|row| row.display_name == "小店区零工市场").unwrap();
    assert_eq!((public.operator_kind, public.public_interest), (OperatorKind::HrssDirect, true));
    assert_eq!((public.scale_method, public.scale_as_of), (Some(FigureMethod::Declared), Some(ctx.today())));
    assert_eq!((public.slug.as_str(), public.county.as_str()), ("140105-001", "140105"));
    let events = market_event::Entity::find().all(&ctx.scope()).await.unwrap();
    assert_eq!(events.len(), 3);
    assert!(events.iter().all(|e| e.kind == "imported" && e.reason.as_deref() == Some("名录.csv")));
}

#[tokio::test]
async fn the_same_file_again_changes_nothing_and_a_changed_row_updates_its_market() {
    let (_dir, kernel, ctx) = bureau().await;
    import(&kernel, &ctx, &file(&[PUBLIC, COMMERCIAL, SPONTANEOUS])).await;
    let again = import(&kernel, &ctx, &file(&[PUBLIC, COMMERCIAL, SPONTANEOUS])).await;
    assert_eq!([&again["created"], &again["updated"], &again["unchanged"]], [0, 0, 3]);
    let changed = "1,小店区零工市场,公共,06:00—20:00,太原市小店区坞城路１号,350,瓦工、木工、电工,120";
    let third = import(&kernel, &ctx, &file(&[changed, COMMERCIAL, SPONTANEOUS])).await;
    assert_eq!([&third["created"], &third["updated"], &third["unchanged"]], [0, 1, 2]);
    assert_eq!(markets(&ctx).await, 3);
    let row = market::Entity::find().filter(market::Column::DisplayName.eq("小店区零工市场")).one(&ctx.scope()).await;
    let row = row.unwrap().unwrap();
    assert_eq!((row.version, row.hours_text.as_str(), row.scale_low), (2, "06:00—20:00", Some(350)));
    assert_eq!((row.slug.as_str(), row.status), ("140105-001", MarketStatus::Draft));
    // Its history names what the file changed.
    let changes = market_event::Entity::find().filter(market_event::Column::Fields.is_not_null());
    let changes = changes.all(&ctx.scope()).await.unwrap();
    let named: Vec<_> = changes.iter().map(|event| (event.market_id, event.fields.as_deref())).collect();
    assert_eq!(named, [(row.id, Some("address.text hours trades seekerScale"))]);
}

#[tokio::test]
async fn a_market_that_moved_is_found_by_name_and_county_but_not_guessed_among_two() {
    let (_dir, kernel, ctx) = bureau().await;
    import(&kernel, &ctx, &file(&[PUBLIC])).await;
    let moved = "1,小店区零工市场,公共,06:00—18:00,小店区长风街9号,约300,瓦工、木工,120";
    let applied = import(&kernel, &ctx, &file(&[moved])).await;
    assert_eq!((&applied["updated"], markets(&ctx).await), (&1.into(), 1));
    let two = "2,小店区零工市场,公共,06:00—18:00,小店区学府街5号,100,瓦工,20";
    let three = "3,小店区零工市场,公共,06:00—18:00,小店区体育路6号,100,瓦工,20";
    let checked = check(&ctx, &file(&[two, three]), None).await;
    assert_eq!(checked["badRows"], 2);
    assert_eq!(rows(&ctx, &checked).await[0]["issues"][0]["code"], "AMBIGUOUS_MARKET");
}

#[tokio::test]
async fn bad_rows_stop_all_or_nothing_and_stay_behind_otherwise() {
    let (_dir, kernel, ctx) = bureau().await;
    let checked = check(&ctx, &file(&[PUBLIC, BAD]), None).await;
    assert_eq!(apply(&ctx, &checked, "ALL_OR_NOTHING").await["code"], "BAD_ROWS");
    assert_eq!(apply(&ctx, &checked, "GOOD_ROWS_ONLY").await["status"], "APPLYING");
    assert_eq!(apply(&ctx, &checked, "GOOD_ROWS_ONLY").await["code"], "ALREADY_APPLYING");
    work(&kernel, &ctx).await;
    let applied = again(&ctx, &checked).await;
    assert_eq!([&applied["created"], &applied["badRows"]], [1, 1]);
    assert_eq!((&applied["status"], &applied["job"]["status"]), (&"APPLIED".into(), &"DONE".into()));
    assert_eq!(apply(&ctx, &checked, "GOOD_ROWS_ONLY").await["code"], "ALREADY_APPLIED");
    let none = check(&ctx, &file(&[BAD]), None).await;
    assert_eq!(apply(&ctx, &none, "GOOD_ROWS_ONLY").await["code"], "NOTHING_GOOD");
    assert_eq!(markets(&ctx).await, 1);
}

#[tokio::test]
async fn an_import_cancelled_before_its_job_begins_leaves_nothing() {
    let (_dir, kernel, ctx) = bureau().await;
    let checked = check(&ctx, &file(&[PUBLIC]), None).await;
    apply(&ctx, &checked, "ALL_OR_NOTHING").await;
    assert_eq!(cancel(&ctx, &checked).await["status"], "CANCELLED");
    work(&kernel, &ctx).await;
    assert_eq!(again(&ctx, &checked).await["status"], "CANCELLED");
    assert_eq!(markets(&ctx).await, 0);
    assert_eq!(cancel(&ctx, &checked).await["code"], "ENDED");
    assert_eq!(apply(&ctx, &checked, "ALL_OR_NOTHING").await["code"], "ENDED");
}

#[tokio::test]
async fn an_import_cancelled_at_work_leaves_nothing_and_begun_twice_it_is_done_once() {
    let (_dir, kernel, ctx) = bureau().await;
    let checked = check(&ctx, &file(&[PUBLIC]), None).await;
    apply(&ctx, &checked, "ALL_OR_NOTHING").await;
    let row = directory_import::Entity::find().one(&ctx.scope()).await.unwrap().unwrap();
    let (job, import) = (row.job_id.unwrap(), row.id);
    let asked: Result<(), Stop<Never>> = ctx
        .quietly(|tx| async move {
            let cancel = Expr::value(true);
            entities::job::Entity::update_many()
                .col_expr(entities::job::Column::CancelRequested, cancel)
                .filter(entities::job::Column::Id.eq(job))
                .exec(&tx)
                .await?;
            Ok(())
        })
        .await;
    asked.map_err(Stop::into_fault).unwrap();
    let house = kernel.ctx(testing::CITY, kernel::Actor::System("worker"), kernel::Lang::Zh).await.unwrap();
    let task = ApplyJob { import, counties: Counties { city: true, counties: Vec::new() } };
    let run = || JobRun { ctx: house.clone(), id: job, attempt: 1, created_by: None };
    assert_eq!(jobs::run(run(), task.clone()).await.unwrap(), kernel::jobs::JobEnd::Cancelled);
    let over = again(&ctx, &checked).await;
    assert_eq!((markets(&ctx).await, &over["status"], &over["created"]), (0, &"CANCELLED".into(), &0.into()));
    // The lease of a job that was done ran out: it begins again and finds nothing to do.
    let done = super::import(&kernel, &ctx, &file(&[PUBLIC])).await;
    let row = directory_import::Entity::find().filter(directory_import::Column::Id.ne(import)).one(&ctx.scope()).await;
    let row = row.unwrap().unwrap();
    let task = ApplyJob { import: row.id, ..task };
    jobs::run(JobRun { id: row.job_id.unwrap(), ..run() }, task).await.unwrap();
    assert_eq!((markets(&ctx).await, &again(&ctx, &done).await["created"]), (1, &1.into()));
}

#[tokio::test]
async fn a_directory_that_changed_since_the_check_is_never_doubled() {
    let (_dir, kernel, ctx) = bureau().await;
    let first = check(&ctx, &file(&[PUBLIC]), None).await;
    let second = check(&ctx, &file(&[PUBLIC]), None).await;
    apply(&ctx, &first, "ALL_OR_NOTHING").await;
    work(&kernel, &ctx).await;
    apply(&ctx, &second, "ALL_OR_NOTHING").await;
    work(&kernel, &ctx).await;
    let second = again(&ctx, &second).await;
    assert_eq!([&second["created"], &second["unchanged"]], [0, 1]);
    assert_eq!(markets(&ctx).await, 1);
}

#[tokio::test]
async fn imported_drafts_are_listed_together_and_the_incomplete_ones_are_counted() {
    let (_dir, kernel, ctx) = bureau().await;
    let checked = check(&ctx, &file(&[PUBLIC, COMMERCIAL, SPONTANEOUS]), None).await;
    assert_eq!(list(&ctx, &checked).await["code"], "NOT_APPLIED");
    apply(&ctx, &checked, "ALL_OR_NOTHING").await;
    work(&kernel, &ctx).await;
    let listed = list(&ctx, &checked).await;
    assert_eq!([&listed["listed"], &listed["notListable"]], [2, 1], "{listed}");
    assert_eq!(listed["notListableReasons"][0]["reason"], "OPERATOR_NAME_AND_LICENCE");
    let rows = market::Entity::find().filter(market::Column::Status.eq(MarketStatus::Listed)).all(&ctx.scope()).await;
    let rows = rows.unwrap();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row.listed_on == Some(ctx.today()) && row.version == 2));
    assert_eq!(list(&ctx, &checked).await["code"], "NONE_LISTABLE");
}

#[tokio::test]
async fn an_imported_commercial_market_waits_for_its_licence_and_says_so() {
    let (_dir, kernel, ctx) = bureau().await;
    let imported = import(&kernel, &ctx, &file(&[PUBLIC, COMMERCIAL])).await;
    let set = |column: market::Column, to: sea_orm::sea_query::SimpleExpr| {
        let ctx = ctx.clone();
        async move {
            let done: Result<(), Stop<Never>> = ctx
                .quietly(|tx| async move {
                    let commercial = market::Column::DisplayName.eq("晋阳零工驿站");
                    market::Entity::update_many().col_expr(column, to).filter(commercial).exec(&tx).await?;
                    Ok(())
                })
                .await;
            done.map_err(Stop::into_fault).unwrap();
        }
    };
    set(market::Column::OperatorName, Expr::value("某某人力")).await;
    let listed = list(&ctx, &imported).await;
    assert_eq!([&listed["listed"], &listed["notListable"]], [1, 1], "{listed}");
    assert_eq!(listed["notListableReasons"][0]["reason"], "LICENCE");
    set(market::Column::LicenceNo, Expr::value("许可证样本甲")).await;
    assert_eq!([&list(&ctx, &again(&ctx, &imported).await).await["listed"]], [2]);
    // The form has no licence: importing it again leaves the licence alone.
    let changed = COMMERCIAL.replace("200-300", "210-310");
    import(&kernel, &ctx, &file(&[PUBLIC, &changed])).await;
    let row = market::Entity::find().filter(market::Column::DisplayName.eq("晋阳零工驿站")).one(&ctx.scope()).await;
    let row = row.unwrap().unwrap();
    assert_eq!((row.scale_low, row.licence_no.as_deref()), (Some(210), Some("许可证样本甲")));
}

#[tokio::test]
async fn a_row_does_not_make_a_listed_market_what_could_not_be_listed() {
    let (_dir, kernel, ctx) = bureau().await;
    let imported = import(&kernel, &ctx, &file(&[PUBLIC])).await;
    assert_eq!(list(&ctx, &imported).await["listed"], 1);
    let commercial = PUBLIC.replace("公共", "经营性");
    let checked = check(&ctx, &file(&[&commercial]), None).await;
    let rows = rows(&ctx, &checked).await;
    assert_eq!((&checked["goodRows"], &checked["badRows"]), (&0.into(), &1.into()), "{checked}");
    let issue = rows[0]["issues"].as_array().unwrap().iter().find(|i| i["code"] == "LISTED_LACKS").unwrap();
    assert_eq!((&issue["column"], &issue["severity"]), (&"C".into(), &"ERROR".into()), "{issue}");
    assert!(issue["message"].as_str().unwrap().contains("许可证"), "{issue}");
    let row = market::Entity::find().one(&ctx.scope()).await.unwrap().unwrap();
    assert_eq!((row.nature, row.status), (crate::kinds::OperatingNature::Public, MarketStatus::Listed));
}
