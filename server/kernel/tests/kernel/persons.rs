//! What the audit says about persons: sealed under keys of theirs, and forgotten with them.

use entities::{audit_entry, person_key};
use kernel::audit::{seal, verify};
use kernel::house::queries::audit::{EntryFilter, entries};
use kernel::personal::{Person, document, erase};
use kernel::{Ctx, Never, Stop};
use sea_orm::EntityTrait as _;
use serde_json::json;
use uuid::Uuid;

use crate::on_both;
use crate::support::{self, House, WRITE, WriteNote, rows};

on_both! {
    a_note_about_a_person_is_sealed_read_by_the_audits_page_and_forgotten_with_the_key,
    of_a_refused_operation_the_note_is_read_as_well,
    two_who_speak_of_a_person_for_the_first_time_at_once_use_one_key,
    a_sealed_note_does_not_open_under_another_name_or_for_another_person,
}

const SOMEBODY: Uuid = Uuid::from_u128(11);
const ANOTHER: Uuid = Uuid::from_u128(12);

async fn note(ctx: &Ctx, person: Uuid, words: &str) {
    let noted: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            tx.note_about(person, "reason", words);
            Ok(())
        })
        .await;
    noted.map_err(Stop::into_fault).unwrap();
}

/// The reasons as the page of the audit shows them, the oldest first.
async fn read(ctx: &Ctx) -> Vec<serde_json::Value> {
    let page = entries(ctx, &EntryFilter::default(), None, 100).await.unwrap();
    page.iter().rev().map(|(entry, _)| entry.detail["reason"].clone()).collect()
}

async fn a_note_about_a_person_is_sealed_read_by_the_audits_page_and_forgotten_with_the_key(house: House) {
    let ctx = house.ctx().await;
    note(&ctx, SOMEBODY, "张伟来电").await;
    note(&ctx, ANOTHER, "李强来电").await;
    note(&ctx, SOMEBODY, "张伟又来电").await;
    seal(&ctx).await.unwrap();
    let stored = support::entries(&ctx).await;
    assert!(stored.iter().all(|entry| entry.detail["reason"]["sealed"].is_string()), "{stored:?}");
    assert!(!format!("{stored:?}").contains("来电"));
    assert_eq!(read(&ctx).await, [json!("张伟来电"), json!("李强来电"), json!("张伟又来电")]);
    assert_eq!(rows::<person_key::Entity>(&ctx).await, 2);

    let person = Person { account: SOMEBODY, username: "zhang".to_owned(), name: "张伟".into(), email: None };
    assert!(String::from_utf8(document(&ctx, &person).await.unwrap()).unwrap().contains("zhang"));
    let erased: Result<u64, Stop<Never>> = ctx.quietly(|tx| async move { Ok(erase(&tx, &person).await?) }).await;
    erased.map_err(Stop::into_fault).unwrap();
    let gone = json!("（已删除 / erased）");
    assert_eq!(read(&ctx).await, [gone.clone(), json!("李强来电"), gone.clone()]);
    assert_eq!(support::entries(&ctx).await, stored, "no entry was touched");
    // Nobody makes another key for somebody who is gone.
    note(&ctx, SOMEBODY, "张伟再来电").await;
    seal(&ctx).await.unwrap();
    assert_eq!(verify(&ctx).await.unwrap().broken, None);
    assert_eq!(read(&ctx).await[3], gone);
    let last = support::entries(&ctx).await.pop().unwrap();
    assert_eq!(last.detail["reason"], json!({ "person": SOMEBODY, "sealed": null }));
    house.close().await;
}

async fn of_a_refused_operation_the_note_is_read_as_well(house: House) {
    let ctx = house.ctx().await;
    let refused: Result<(), Stop<WriteNote>> = ctx
        .transact(&WRITE, |tx| async move {
            tx.note_about(SOMEBODY, "reason", "张伟来电");
            Err(Stop::Refused(WriteNote::Unwanted { why: "x".to_owned() }))
        })
        .await;
    assert!(matches!(refused, Err(Stop::Refused(_))));
    assert_eq!(read(&ctx).await, [json!("张伟来电")], "the key was not rolled back with the operation");
    house.close().await;
}

async fn two_who_speak_of_a_person_for_the_first_time_at_once_use_one_key(house: House) {
    let (one, other) = (house.ctx().await, house.ctx().await);
    tokio::join!(note(&one, SOMEBODY, "甲"), note(&other, SOMEBODY, "乙"));
    let mut told: Vec<String> = read(&one).await.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect();
    told.sort_unstable();
    assert_eq!(told, ["乙", "甲"]);
    assert_eq!(rows::<person_key::Entity>(&one).await, 1);
    house.close().await;
}

async fn a_sealed_note_does_not_open_under_another_name_or_for_another_person(house: House) {
    let ctx = house.ctx().await;
    note(&ctx, SOMEBODY, "张伟来电").await;
    note(&ctx, ANOTHER, "李强来电").await;
    let sealed = support::entries(&ctx).await[0].detail["reason"]["sealed"].clone();
    for (name, person) in [("network", SOMEBODY), ("reason", ANOTHER)] {
        let moved: Result<(), Stop<Never>> = ctx
            .transact(&WRITE, |tx| {
                let note = json!({ "person": person, "sealed": sealed });
                async move {
                    tx.note(name, note);
                    Ok(())
                }
            })
            .await;
        moved.map_err(Stop::into_fault).unwrap();
        let last = entries(&ctx, &EntryFilter::default(), None, 1).await.unwrap();
        assert_eq!(last[0].0.detail[name], "（无法读取 / unreadable）", "it says nothing, and the page goes on");
    }
    assert_eq!(audit_entry::Entity::find().all(&ctx.scope()).await.unwrap().len(), 4);
    house.close().await;
}
