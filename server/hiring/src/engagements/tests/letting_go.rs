//! Letting go of the wage ledger, with the proofs in it, when its three years are over.

use entities::{blob, blob_chunk};
use kernel::Fault;

use super::pay::{done, line, sheet, upload};
use super::*;
use crate::engagements::operations::keep;
use crate::rows::{wage_line, wage_sheet};

/// Sheets, lines, files, and their bytes.
async fn left(town: &Town) -> [u64; 4] {
    let ctx = town.bureau().await;
    let proofs = blob::Entity::find().filter(blob::Column::Purpose.eq(kernel::blob::WAGE_PROOF.name));
    [
        wage_sheet::Entity::find().count(&ctx.scope()).await.unwrap(),
        wage_line::Entity::find().count(&ctx.scope()).await.unwrap(),
        proofs.count(&ctx.scope()).await.unwrap(),
        blob_chunk::Entity::find().count(&ctx.scope()).await.unwrap(),
    ]
}

async fn let_go(town: &Town, moment: &str) -> usize {
    town.at(moment);
    keep::let_go(&town.by(Actor::System("hiring")).await).await.unwrap()
}

#[tokio::test]
async fn a_sheet_goes_after_three_years_with_its_lines_and_its_proof_and_not_a_day_before() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let completed = done(&town, town.worker("张三", 1).await, &wall).await;
    let builder = town.builder().await;
    let proof = format!(", proof: \"{}\"", gid("Upload", upload(&builder).await));
    let saved = sheet(&builder, &wall, "", &[line(&completed, &proof)]).await;
    assert_eq!((&saved["keepUntil"], &saved["lines"][0]["proven"]), (&json!("2029-11-24"), &json!(true)), "{saved}");
    assert_eq!(let_go(&town, "2029-11-23T19:25:00Z").await, 0, "on the last day");
    assert_eq!(left(&town).await, [1, 1, 1, 1]);
    assert_eq!(let_go(&town, "2029-11-24T19:25:00Z").await, 1);
    assert_eq!(left(&town).await, [0, 0, 0, 0]);
}

#[tokio::test]
async fn however_many_have_had_their_time_all_of_them_go_in_one_night() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let (party, posting) = (town.builder.id, wall.id);
    testing::make(&town.kernel, |tx| async move {
        let rows = (0..45).map(|_| wage_sheet::ActiveModel {
            id: sea_orm::Set(tx.ctx().new_id()),
            version: sea_orm::Set(1),
            party_id: sea_orm::Set(party),
            posting_id: sea_orm::Set(posting),
            made_at: sea_orm::Set(tx.ctx().now()),
            made_by: sea_orm::Set(None),
            keep_until: sea_orm::Set("2029-11-24".parse().unwrap()),
        });
        wage_sheet::Entity::insert_many(rows).exec_without_returning(&tx).await?;
        Ok::<_, Fault>(())
    })
    .await
    .unwrap();
    assert_eq!(let_go(&town, "2029-11-24T19:25:00Z").await, 45);
    assert_eq!(left(&town).await, [0, 0, 0, 0]);
}
