//! A row does not hand a market of the directory to an agency whose licence is not good (导入与许可证).

use sea_orm::sea_query::Expr;

use super::*;
use crate::kinds::OperatingNature;
use crate::tests::{because, registered};

const PUBLIC: &str = "1,小店区零工市场,公共,06:00—18:00,小店区坞城路1号,约300,瓦工、木工,120";
const COMMERCIAL: &str = "1,晋阳零工驿站,经营性,周一至周五 8:00-18:00,晋源区健康街8号,200-300,保洁,80";

/// Writes into the only market what the form does not have.
async fn set(ctx: &Ctx, column: market::Column, to: Expr) {
    let done: Result<(), Stop<Never>> = ctx
        .quietly(|tx| async move {
            market::Entity::update_many().col_expr(column, to).exec(&tx).await?;
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault).unwrap();
}

/// What the market in the directory would lack by the only row.
async fn lacks(ctx: &Ctx, import: &Value) -> Value {
    let rows = rows(ctx, import).await;
    let issues = rows[0]["issues"].as_array().unwrap();
    issues.iter().find(|issue| issue["code"] == "LISTED_LACKS").unwrap().clone()
}

#[tokio::test]
async fn a_row_that_hands_a_listed_market_to_an_agency_whose_licence_is_suspended_is_named() {
    let (_dir, kernel, ctx) = bureau().await;
    let imported = import(&kernel, &ctx, &file(&[PUBLIC])).await;
    assert_eq!(list(&ctx, &imported).await["listed"], 1);
    set(&ctx, market::Column::LicenceNo, Expr::value("许可证样本甲")).await;
    let agency = registered(&ctx, None).await;
    let commercial = PUBLIC.replace("公共", "经营性");
    let checked = check(&ctx, &file(&[&commercial]), None).await;
    let message = lacks(&ctx, &checked).await["message"].clone();
    assert!(message.as_str().unwrap().contains("运营机构名称"), "its licence is good: {message}");

    people::suspend_licence(&ctx, agency.id, agency.version, because(), None).await.unwrap();
    let checked = check(&ctx, &file(&[&commercial]), None).await;
    assert_eq!((&checked["goodRows"], &checked["badRows"]), (&0.into(), &1.into()), "{checked}");
    let issue = lacks(&ctx, &checked).await;
    let told = (&issue["row"], &issue["column"], &issue["severity"]);
    assert_eq!(told, (&3.into(), &"C".into(), &"ERROR".into()), "{issue}");
    assert!(issue["message"].as_str().unwrap().contains("许可证（现证已暂停）"), "{issue}");
    let row = market::Entity::find().one(&ctx.scope()).await.unwrap().unwrap();
    assert_eq!((row.nature, row.version), (OperatingNature::Public, 2), "nothing changed");
}

#[tokio::test]
async fn a_licence_suspended_between_check_and_import_stops_the_row_that_would_come_under_it() {
    let (_dir, kernel, ctx) = bureau().await;
    let imported = import(&kernel, &ctx, &file(&[COMMERCIAL])).await;
    set(&ctx, market::Column::OperatorName, Expr::value("某某人力")).await;
    set(&ctx, market::Column::LicenceNo, Expr::value("许可证样本甲")).await;
    assert_eq!(list(&ctx, &imported).await["listed"], 1);
    // Its operator stays while its nature is another: the row makes it commercial again.
    set(&ctx, market::Column::Nature, Expr::value(OperatingNature::Public)).await;
    let agency = registered(&ctx, None).await;
    let checked = check(&ctx, &file(&[COMMERCIAL]), None).await;
    assert_eq!([&checked["updated"], &checked["badRows"]], [1, 0], "{checked}");

    people::suspend_licence(&ctx, agency.id, agency.version, because(), None).await.unwrap();
    apply(&ctx, &checked, "ALL_OR_NOTHING").await;
    work(&kernel, &ctx).await;
    let back = again(&ctx, &checked).await;
    assert_eq!((&back["status"], &back["badRows"]), (&"CHECKED".into(), &1.into()), "{back}");
    assert!(lacks(&ctx, &checked).await["message"].as_str().unwrap().contains("现证已暂停"));
    let row = market::Entity::find().one(&ctx.scope()).await.unwrap().unwrap();
    assert_eq!(row.nature, OperatingNature::Public, "nothing changed");
}
