//! What was amended between check and import (预检之后的变动).

use kernel::Never;
use sea_orm::ExprTrait as _;
use sea_orm::sea_query::Expr;

use super::*;
use crate::rows::directory_import;

const PUBLIC: &str = "1,小店区零工市场,公共,06:00—18:00,小店区坞城路1号,约300,瓦工、木工,120";
const OTHER: &str = "2,小店区零工市场,公共,06:00—18:00,小店区长风街9号,100,瓦工,20";

/// The error report of an import as it lies there now.
async fn report(ctx: &Ctx, import: &Value) -> String {
    let named = kernel::ids::GlobalId::decode(import["id"].as_str().unwrap()).unwrap();
    let row = directory_import::Entity::find_by_id(named.id).one(&ctx.scope()).await.unwrap().unwrap();
    String::from_utf8(kernel::blob::read(ctx, row.report_id.unwrap()).await.unwrap()).unwrap()
}

/// Somebody writes another number of seekers.
async fn amended(ctx: &Ctx, seekers: i32) {
    let done: Result<(), Stop<Never>> = ctx
        .quietly(|tx| async move {
            market::Entity::update_many()
                .col_expr(market::Column::ScaleLow, Expr::value(seekers))
                .col_expr(market::Column::ScaleHigh, Expr::value(seekers))
                .col_expr(market::Column::Version, Expr::col(market::Column::Version).add(1))
                .exec(&tx)
                .await?;
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault).unwrap();
}

#[tokio::test]
async fn what_was_amended_after_the_check_is_not_undone_before_somebody_looked_again() {
    let (_dir, kernel, ctx) = bureau().await;
    import(&kernel, &ctx, &file(&[PUBLIC])).await;
    let seekers = async || market::Entity::find().one(&ctx.scope()).await.unwrap().unwrap().scale_low;
    let checked = check(&ctx, &file(&[PUBLIC]), None).await;
    assert_eq!(checked["unchanged"], 1, "{checked}");
    amended(&ctx, 450).await;
    apply(&ctx, &checked, "ALL_OR_NOTHING").await;
    work(&kernel, &ctx).await;
    let back = again(&ctx, &checked).await;
    assert_eq!((&back["status"], &back["updated"]), (&"CHECKED".into(), &1.into()), "{back}");
    assert_eq!(seekers().await, Some(450));
    let row = rows(&ctx, &checked).await[0].clone();
    let told = (&row["action"], &row["issues"][0]["code"], &row["issues"][0]["severity"]);
    assert_eq!(told, (&"UPDATE".into(), &"AMENDED_SINCE".into(), &"NOTE".into()), "{row}");
    apply(&ctx, &checked, "ALL_OR_NOTHING").await;
    work(&kernel, &ctx).await;
    assert_eq!((&again(&ctx, &checked).await["updated"], seekers().await), (&1.into(), Some(300)));
    let checked = check(&ctx, &file(&[PUBLIC]), None).await;
    amended(&ctx, 450).await;
    apply(&ctx, &checked, "GOOD_ROWS_ONLY").await;
    work(&kernel, &ctx).await;
    let applied = again(&ctx, &checked).await;
    assert_eq!([&applied["updated"], &applied["badRows"]], [0, 1], "{applied}");
    assert_eq!((&applied["status"], seekers().await), (&"APPLIED".into(), Some(450)));
}

#[tokio::test]
async fn a_row_that_changes_an_earlier_state_of_its_market_is_looked_at_again() {
    let (_dir, kernel, ctx) = bureau().await;
    import(&kernel, &ctx, &file(&[PUBLIC])).await;
    let seekers = async || market::Entity::find().one(&ctx.scope()).await.unwrap().unwrap().scale_low;
    let changed = PUBLIC.replace("约300", "约350");
    let checked = check(&ctx, &file(&[&changed]), None).await;
    assert_eq!(checked["updated"], 1, "{checked}");
    amended(&ctx, 450).await;
    apply(&ctx, &checked, "ALL_OR_NOTHING").await;
    work(&kernel, &ctx).await;
    let back = again(&ctx, &checked).await;
    assert_eq!(
        (&back["status"], &back["updated"], seekers().await),
        (&"CHECKED".into(), &1.into(), Some(450)),
        "{back}"
    );
    assert_eq!(rows(&ctx, &checked).await[0]["issues"][0]["code"], "AMENDED_SINCE");
    assert!(report(&ctx, &checked).await.contains("AMENDED_SINCE"), "the report says so too");
    apply(&ctx, &checked, "ALL_OR_NOTHING").await;
    work(&kernel, &ctx).await;
    assert_eq!((&again(&ctx, &checked).await["updated"], seekers().await), (&1.into(), Some(350)));
}

#[tokio::test]
async fn a_row_held_back_while_the_good_ones_go_in_stands_in_the_report() {
    let (_dir, kernel, ctx) = bureau().await;
    import(&kernel, &ctx, &file(&[PUBLIC])).await;
    let changed = PUBLIC.replace("约300", "约350");
    let checked = check(&ctx, &file(&[&changed]), None).await;
    assert!(!report(&ctx, &checked).await.contains("AMENDED_SINCE"));
    amended(&ctx, 450).await;
    apply(&ctx, &checked, "GOOD_ROWS_ONLY").await;
    work(&kernel, &ctx).await;
    let applied = again(&ctx, &checked).await;
    assert_eq!([&applied["updated"], &applied["badRows"]], [0, 1], "{applied}");
    assert!(report(&ctx, &checked).await.contains("AMENDED_SINCE"));
}

#[tokio::test]
async fn correcting_one_row_does_not_hide_that_the_market_of_another_was_amended() {
    let (_dir, kernel, ctx) = bureau().await;
    import(&kernel, &ctx, &file(&[PUBLIC])).await;
    let changed = PUBLIC.replace("约300", "约350");
    let checked = check(&ctx, &file(&[&changed, OTHER]), None).await;
    amended(&ctx, 450).await;
    correct(&ctx, &checked, 4, "seekerScale: \"200\"").await;
    let row = rows(&ctx, &checked).await[0].clone();
    assert_eq!((&row["action"], &row["issues"][0]["code"]), (&"UPDATE".into(), &"AMENDED_SINCE".into()), "{row}");
}
