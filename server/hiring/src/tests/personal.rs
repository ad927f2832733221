//! What postings hold about a citizen, and what is left when the citizen is erased.

use entities::hiring_party;
use kernel::personal::{CitizenPerson, PersonalData as _};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, QueryFilter as _};

use super::*;
use crate::personal::OfHiring;
use crate::rows::posting_template;

#[tokio::test]
async fn a_household_sees_what_it_published_and_nothing_of_it_is_left_when_it_is_erased() {
    let town = Town::new().await;
    let home = town.party(NewParty { kind: "HOUSEHOLD", ..NewParty::fast("李*家") }).await;
    let actor = testing::member(&town.bureau, home).await.unwrap();
    let citizen = actor.citizen_id().unwrap();
    testing::arrange(&town.bureau, |tx| async move {
        let own = hiring_party::ActiveModel {
            citizen_id: Set(Some(citizen)),
            ..<hiring_party::ActiveModel as Default>::default()
        };
        hiring_party::Entity::update_many().set(own).filter(hiring_party::Column::Id.eq(home)).exec(&tx).await?;
        Ok(())
    })
    .await
    .unwrap();
    let owner = testing::by(&town.kernel, actor).await.unwrap();
    let id = testing::posted(&owner, testing::form(&owner, home)).await.unwrap();
    let template = json!({ "name": "搬家", "input": form(&owner, home) });
    let made = send_for(
        &owner,
        "savePostingTemplate",
        ("PostingTemplate", "name"),
        "$name: String!, $input: PostingInput!",
        "name: $name, input: $input",
        template,
    )
    .await;
    assert_eq!(made["name"], "搬家", "{made}");
    let (others, person) = (
        town.published().await,
        CitizenPerson { citizen, name: None, phone: None, id_number: None, merged: Vec::new() },
    );
    let held = OfHiring.held_of_citizen(&town.bureau, &person).await.unwrap();
    assert_eq!(held.len(), 1);
    let place = held[0].values.iter().find(|(name, _)| *name == "place").unwrap();
    assert_eq!(place.1.expose(), "坞城路1号仓库");
    let erased = testing::arrange(&town.bureau, |tx| async move { OfHiring.erase_citizen(&tx, &person).await }).await;
    assert_eq!(erased.unwrap(), 3, "who entered it, what it says, and the template");
    let row = town.row(id).await;
    assert_eq!((row.place.as_str(), row.duties.as_str(), row.posted_citizen), ("已删除", "已删除", None));
    assert_eq!(posting_template::Entity::find().all(&town.bureau.scope()).await.unwrap(), []);
    assert_eq!(town.row(others).await.place, "坞城路1号仓库", "a unit's stays");
}

#[tokio::test]
async fn what_somebody_entered_goes_along_when_two_entries_turn_out_to_be_one_person() {
    let town = Town::new().await;
    let home = town.party(NewParty::fast("晋建公司")).await;
    let actor = testing::member(&town.bureau, home).await.unwrap();
    let from = actor.citizen_id().unwrap();
    let id = testing::posted(&town.by(actor).await, testing::form(&town.bureau, home)).await.unwrap();
    let into = testing::citizen(&town.bureau).await.unwrap();
    let others = testing::member(&town.bureau, town.party).await.unwrap();
    let other = others.citizen_id();
    let elsewhere = testing::posted(&town.by(others).await, testing::form(&town.bureau, town.party)).await.unwrap();
    assert_eq!(town.row(id).await.posted_citizen, Some(from));
    let merged = people::CitizensMerged { into, from };
    testing::arrange(&town.bureau, |tx| async move { tx.announce(&merged) }).await.unwrap();
    town.work().await;
    assert_eq!(town.row(id).await.posted_citizen, Some(into));
    assert_eq!(town.row(elsewhere).await.posted_citizen, other, "another's stays another's");
}
