//! Ten thousand rows.

use super::*;

const COUNTIES: [&str; 5] = ["小店区", "迎泽区", "杏花岭区", "尖草坪区", "万柏林区"];

fn ten_thousand(rows: usize) -> Vec<u8> {
    let lines: Vec<String> = (1..=rows)
        .map(|n| {
            let county = COUNTIES[n % COUNTIES.len()];
            format!(
                "{n},{county}第{n}零工市场,公共,06:00—18:00,{county}某路{n}号,{},瓦工、木工,{}",
                100 + n % 50,
                n % 90
            )
        })
        .collect();
    file(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

#[tokio::test]
async fn ten_thousand_rows_are_checked_and_applied_by_jobs_and_never_doubled() {
    let (_dir, kernel, ctx) = bureau().await;
    let bytes = ten_thousand(10_000);
    let checked = check(&ctx, &bytes, None).await;
    assert_eq!((&checked["status"], &checked["rowCount"]), (&"READING".into(), &10_000.into()), "{checked}");
    assert_eq!(apply(&ctx, &checked, "ALL_OR_NOTHING").await["code"], "STILL_READING");
    work(&kernel, &ctx).await;
    let ready = again(&ctx, &checked).await;
    assert_eq!((&ready["status"], &ready["created"]), (&"CHECKED".into(), &10_000.into()), "{ready}");
    apply(&ctx, &checked, "ALL_OR_NOTHING").await;
    work(&kernel, &ctx).await;
    let applied = again(&ctx, &checked).await;
    assert_eq!((&applied["status"], &applied["created"]), (&"APPLIED".into(), &10_000.into()), "{applied}");
    assert_eq!(markets(&ctx).await, 10_000);
    let second = check(&ctx, &bytes, None).await;
    work(&kernel, &ctx).await;
    let second = again(&ctx, &second).await;
    assert_eq!([&second["unchanged"], &second["created"]], [10_000, 0]);
    let listed = list(&ctx, &applied).await;
    assert_eq!(listed["listed"], 10_000, "{listed}");
}

#[tokio::test]
async fn one_row_more_is_refused() {
    let (_dir, _kernel, ctx) = bureau().await;
    let refused = check(&ctx, &ten_thousand(10_001), None).await;
    assert_eq!(refused["code"], "NOT_READABLE");
    assert!(refused["message"].as_str().unwrap().contains("10000"));
}

#[tokio::test]
async fn a_page_of_rows_costs_the_same_statements_however_many_rows_it_has() {
    let (_dir, kernel, ctx) = bureau().await;
    let checked = check(&ctx, &ten_thousand(60), None).await;
    let counted = async |first: i32| {
        let ctx = testing::by(&kernel, testing::bureau()).await.unwrap();
        let question = format!(
            "{{ directoryImport(id: {}) {{ rows(first: {first}) {{ edges {{ node {{ row issues {{ code }} }} }} }} }} }}",
            checked["id"]
        );
        ask(&ctx, &question).await;
        ctx.counters().statements()
    };
    counted(1).await;
    assert_eq!(counted(2).await, counted(50).await);
}
