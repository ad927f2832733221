//! Handing out and erasing what is held about a person (导出、删除个人信息).

use std::sync::Arc;

use chrono::Duration;
use entities::{account, api_key, audit_entry, mail, role_assignment, session, setting};
use kernel::blob::{self, PERSONAL};
use kernel::house::queries::audit::{EntryFilter, entries};
use kernel::personal::{Person, PersonalData, Piece, async_trait};
use kernel::plugin::Manifest;
use kernel::{Ctx, Fault, Text, Tx};
use people::testing::{House, PASSWORD, TAIYUAN};
use people::{
    EnableAccount, ErasePersonalData, ExportPersonalData, LiaisonInput, NewRole, SignIn, SignInInput, disable_account,
    enable_account, erase_personal_data, export_personal_data, set_liaison, sign_in,
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::Value;
use tempfile::TempDir;
use uuid::Uuid;

use super::common::{HOME, as_account, fault, refusal};

const REASON: &str = "本人书面申请";

/// The name under which the plugin keeps its note about somebody.
fn note(account: Uuid) -> String {
    format!("ledger:{account}")
}

/// A plugin that keeps notes about people.
struct Ledger;

#[async_trait]
impl PersonalData for Ledger {
    async fn held(&self, ctx: &Ctx, person: &Person) -> Result<Vec<Piece>, Fault> {
        let own = setting::Entity::find_by_id(note(person.account)).one(&ctx.scope()).await?;
        let words = own.and_then(|row| row.value.as_str().map(str::to_owned));
        let piece = |words: String| Piece {
            title: Text::new("随手记", "Note"),
            values: vec![("words", words.into())],
            kept: None,
        };
        Ok(words.map(piece).into_iter().collect())
    }

    async fn erase(&self, tx: &Tx, person: &Person) -> Result<u64, Fault> {
        Ok(setting::Entity::delete_by_id(note(person.account)).exec(tx).await?.rows_affected)
    }
}

fn ledger() -> Manifest {
    Manifest {
        name: "ledger",
        title: Text::new("记事本", "Ledger"),
        switchable: true,
        root_fields: &[],
        migrations: Vec::new(),
        actions: &[],
        grants: &[],
        jobs: Vec::new(),
        listeners: Vec::new(),
        personal: Some(Arc::new(Ledger)),
    }
}

/// A city with two administrators and a clerk, about whom a plugin holds a note.
struct Town {
    house: House,
    _dir: TempDir,
    system: Ctx,
    security: Ctx,
    clerk: Uuid,
}

impl Town {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let house = House::build(dir.path(), vec![ledger()]).await.unwrap();
        for (name, role) in [
            ("system", "system_admin"),
            ("security", "security_admin"),
            ("clerk", "bureau_officer"),
            ("next", "developer"),
        ] {
            house.account(TAIYUAN, name, vec![NewRole::city(role)]).await.unwrap();
        }
        let (system, security) = (as_account(&house, "system").await, as_account(&house, "security").await);
        let clerk = find(&house, "clerk").await.id;
        let itself = house.itself(TAIYUAN).await.unwrap();
        let noted: Result<(), kernel::Stop<kernel::Never>> = itself
            .quietly(|tx| async move {
                for account in [clerk, Uuid::from_u128(1)] {
                    let row = setting::ActiveModel {
                        name: Set(note(account)),
                        value: Set(format!("记事 {account}").into()),
                        changed_at: Set(tx.ctx().now()),
                        changed_by: Set(None),
                    };
                    setting::Entity::insert(row).exec_without_returning(&tx).await?;
                }
                Ok(())
            })
            .await;
        noted.unwrap();
        Self { house, _dir: dir, system, security, clerk }
    }

    async fn disable(&self) -> i32 {
        let version = find(&self.house, "clerk").await.version;
        disable_account(&self.system, self.clerk, version, "李建国已离职", None).await.unwrap().version
    }

    async fn copy(&self, ctx: &Ctx, reason: &str) -> Value {
        let id = export_personal_data(ctx, self.clerk, reason, None).await.unwrap().id;
        serde_json::from_slice(&blob::read(ctx, id).await.unwrap()).unwrap()
    }
}

async fn find(house: &House, username: &str) -> account::Model {
    let ctx = house.itself(TAIYUAN).await.unwrap();
    let named = account::Entity::find().filter(account::Column::Username.eq(username));
    named.one(&ctx.scope()).await.unwrap().unwrap()
}

#[tokio::test]
async fn everybody_gets_the_copy_of_their_own_and_the_security_administrator_anothers_for_a_reason() {
    let town = Town::new().await;
    let clerk = as_account(&town.house, "clerk").await;
    let own = town.copy(&clerk, "").await;
    assert_eq!(own["username"], "clerk");
    let refused = refusal(export_personal_data(&town.security, town.clerk, "好的", None).await);
    assert_eq!(refused, ExportPersonalData::ReasonNeeded { least: 4, most: 200 });
    assert_eq!(town.copy(&town.security, REASON).await["username"], "clerk");
    for other in [&town.system, &as_account(&town.house, "next").await] {
        let asked = export_personal_data(other, town.clerk, REASON, None).await;
        assert!(matches!(fault(asked), Fault::Forbidden));
    }
    let there = town.house.account("140200", "clerk", vec![NewRole::city("bureau_officer")]).await.unwrap();
    assert!(matches!(fault(export_personal_data(&town.security, there, REASON, None).await), Fault::NotFound));
}

#[tokio::test]
async fn the_copy_says_what_every_chapter_and_plugin_holds_and_is_good_for_a_quarter_of_an_hour() {
    let town = Town::new().await;
    let copy = town.copy(&town.security, REASON).await;
    let chapters: Vec<&str> =
        copy["chapters"].as_array().unwrap().iter().filter_map(|c| c["chapter"].as_str()).collect();
    assert_eq!(chapters, ["house", "people", "ledger"]);
    let all = copy.to_string();
    for said in ["clerk@example.com", "bureau_officer", &format!("记事 {}", town.clerk)] {
        assert!(all.contains(said), "{said} is not in {all}");
    }
    assert!(!all.contains(&Uuid::from_u128(1).to_string()), "another's note");
    assert!(!all.contains("argon2") && !all.contains("system@example.com"), "{all}");

    let done = export_personal_data(&town.security, town.clerk, REASON, None).await.unwrap();
    let link = blob::download_link(&town.security, done.id).await.unwrap();
    assert_eq!(link.file_name, "个人信息（clerk）.json");
    let token = link.url.rsplit('/').next().unwrap().to_owned();
    assert!(blob::open_download(&town.security, &token).await.is_ok());
    town.house.clock.advance(Duration::minutes(16));
    assert!(blob::open_download(&town.security, &token).await.is_err());
    assert!(blob::download_link(&town.security, done.id).await.is_err());
}

#[tokio::test]
async fn only_a_disabled_account_is_erased_and_by_somebody_else_who_says_why() {
    let town = Town::new().await;
    let before = find(&town.house, "clerk").await;
    let erase = async |ctx: &Ctx, id: Uuid, version: i32, reason: &str| {
        erase_personal_data(ctx, id, version, reason, None).await
    };
    let asked = erase(&town.security, town.clerk, before.version, REASON).await;
    assert_eq!(refusal(asked), ErasePersonalData::NotDisabled);
    assert_eq!(find(&town.house, "clerk").await, before, "nothing changed");
    let version = town.disable().await;
    assert!(matches!(fault(erase(&town.system, town.clerk, version, REASON).await), Fault::Forbidden));
    let asked = erase(&town.security, town.clerk, version, "无").await;
    assert_eq!(refusal(asked), ErasePersonalData::ReasonNeeded { least: 4, most: 200 });
    let asked = erase(&town.security, town.clerk, version - 1, REASON).await;
    assert_eq!(refusal(asked), ErasePersonalData::Conflict { current: version });
    let own = find(&town.house, "security").await;
    let asked = erase(&town.security, own.id, own.version, REASON).await;
    assert_eq!(refusal(asked), ErasePersonalData::OwnAccount);
    erase(&town.security, town.clerk, version, REASON).await.unwrap();
    let asked = erase(&town.security, town.clerk, version + 1, REASON).await;
    assert_eq!(refusal(asked), ErasePersonalData::AlreadyErased);
}

#[tokio::test]
async fn whoever_disabled_an_account_does_not_erase_it() {
    let town = Town::new().await;
    let version = town.disable().await;
    // A city whose policy gave one account both powers.
    let actor = town.security.account().unwrap().clone();
    let system = town.system.account().unwrap().clone();
    let both = kernel::ctx::AccountActor { held: actor.held, ..system };
    let both = town.system.as_actor(kernel::Actor::Account(both));
    let asked = erase_personal_data(&both, town.clerk, version, REASON, None).await;
    assert_eq!(refusal(asked), ErasePersonalData::SamePerson);
}

#[tokio::test]
async fn the_present_liaison_person_is_replaced_before_being_erased() {
    let town = Town::new().await;
    let officer = as_account(&town.house, "clerk").await;
    let person = |name: &str, email: &str| LiaisonInput {
        name: name.into(),
        unit: "太原市人力资源和社会保障局".to_owned(),
        position: "就业科科长".to_owned(),
        phone: "13800001234".into(),
        email: Some(email.into()),
    };
    set_liaison(&officer, person("李建国", "Clerk@example.com"), 0, None).await.unwrap();
    let version = town.disable().await;
    let asked = erase_personal_data(&town.security, town.clerk, version, REASON, None).await;
    assert_eq!(refusal(asked), ErasePersonalData::PresentLiaison);
    set_liaison(&officer, person("王敏", "wang@example.com"), 1, None).await.unwrap();
    let copy = town.copy(&town.security, REASON).await.to_string();
    assert!(copy.contains("李建国") && copy.contains("138 0000 1234") && !copy.contains("王敏"), "{copy}");
    erase_personal_data(&town.security, town.clerk, version, REASON, None).await.unwrap();
    let copy = town.copy(&town.security, REASON).await.to_string();
    assert!(!copy.contains("李建国"), "{copy}");
}

#[tokio::test]
async fn a_disabled_account_keeps_everything_until_it_is_erased_and_then_the_user_name_alone() {
    let town = Town::new().await;
    let clerk = as_account(&town.house, "clerk").await;
    town.copy(&clerk, "").await;
    let version = town.disable().await;
    let itself = town.house.itself(TAIYUAN).await.unwrap();
    let disabled = find(&town.house, "clerk").await;
    assert!(disabled.email.is_some() && disabled.password_hash.is_some() && disabled.totp_secret.is_some());
    let count = async || {
        let scope = itself.scope();
        [
            session::Entity::find().filter(session::Column::AccountId.eq(town.clerk)).all(&scope).await.unwrap().len(),
            role_assignment::Entity::find()
                .filter(role_assignment::Column::AccountId.eq(town.clerk))
                .all(&scope)
                .await
                .unwrap()
                .len(),
            api_key::Entity::find().filter(api_key::Column::AccountId.eq(town.clerk)).all(&scope).await.unwrap().len(),
            usize::from(setting::Entity::find_by_id(note(town.clerk)).one(&scope).await.unwrap().is_some()),
            entities::blob::Entity::find()
                .filter(entities::blob::Column::Purpose.eq(PERSONAL.name))
                .all(&scope)
                .await
                .unwrap()
                .len(),
        ]
    };
    assert_eq!(count().await, [1, 1, 0, 1, 1]);
    erase_personal_data(&town.security, town.clerk, version, REASON, None).await.unwrap();
    assert_eq!(count().await, [0; 5]);
    let others = setting::Entity::find_by_id(note(Uuid::from_u128(1))).one(&itself.scope()).await.unwrap();
    assert!(others.is_some(), "another's note stays");
    let erased = find(&town.house, "clerk").await;
    let left = account::Model {
        display_name: erased.display_name.clone(),
        display_name_index: erased.display_name_index.clone(),
        email: None,
        email_index: None,
        department: None,
        status: "ERASED".to_owned(),
        password_hash: None,
        password_changed_at: None,
        totp_secret: None,
        totp_last_step: None,
        totp_confirmed: false,
        last_sign_in_at: None,
        updated_at: erased.updated_at,
        version: version + 1,
        ..disabled.clone()
    };
    assert_eq!(erased, left);
    let name = itself.keys().await.unwrap().open("account", "display_name", erased.id, &erased.display_name).unwrap();
    assert_eq!(name.expose(), "已删除用户");
    assert_ne!(erased.display_name_index, disabled.display_name_index);
}

#[tokio::test]
async fn letters_to_an_erased_person_are_gone_and_those_that_wait_are_not_sent() {
    let town = Town::new().await;
    let clerk = find(&town.house, "clerk").await;
    people::reset_password(&town.system, clerk.id, clerk.version, "本人来电", None).await.unwrap();
    let itself = town.house.itself(TAIYUAN).await.unwrap();
    assert_eq!(mail::Entity::find().all(&itself.scope()).await.unwrap().len(), 1);
    let version = town.disable().await;
    erase_personal_data(&town.security, town.clerk, version, REASON, None).await.unwrap();
    assert_eq!(mail::Entity::find().all(&itself.scope()).await.unwrap().len(), 0);
    let jobs = entities::job::Entity::find().filter(entities::job::Column::Kind.eq("mail.send"));
    let ended: Vec<String> = jobs.all(&itself.scope()).await.unwrap().into_iter().map(|job| job.status).collect();
    assert_eq!(ended, ["CANCELLED"]);
}

#[tokio::test]
async fn what_the_audit_says_of_an_erased_person_is_read_by_nobody_and_the_chain_holds() {
    let town = Town::new().await;
    let version = town.disable().await;
    let itself = town.house.itself(TAIYUAN).await.unwrap();
    let told = async |operation: &str| {
        let filter = EntryFilter { operation: Some(operation.to_owned()), ..EntryFilter::default() };
        let read = entries(&itself, &filter, None, 100).await.unwrap();
        read.iter().map(|(entry, _)| entry.detail["reason"].to_string()).collect::<Vec<_>>()
    };
    kernel::audit::seal_all(&itself).await.unwrap();
    kernel::audit::checkpoint(&itself).await.unwrap();
    assert_eq!(told("account.disable").await, ["\"李建国已离职\""]);
    let stored = audit_entry::Entity::find().all(&itself.scope()).await.unwrap();

    erase_personal_data(&town.security, town.clerk, version, REASON, None).await.unwrap();
    assert_eq!(told("account.disable").await, ["\"（已删除 / erased）\""]);
    assert_eq!(told("account.erase").await, [format!("\"{REASON}\"")], "who erased said why, and that stays");
    kernel::audit::seal_all(&itself).await.unwrap();
    let verified = kernel::audit::verify(&itself).await.unwrap();
    assert_eq!(verified.broken, None);
    let after = audit_entry::Entity::find().all(&itself.scope()).await.unwrap();
    assert_eq!(after[..stored.len()], stored[..], "no entry was touched");

    // What is noted about them from now on is kept from the beginning from everybody.
    people::reset_totp(&town.system, town.clerk, version + 1, "李建国又来电", None).await.unwrap_err();
    let refused = audit_entry::Entity::find().filter(audit_entry::Column::Operation.eq("account.reset_totp"));
    let refused = refused.one(&itself.scope()).await.unwrap().unwrap();
    assert!(!refused.detail.to_string().contains("李建国"));
}

#[tokio::test]
async fn an_erased_account_is_neither_enabled_nor_signed_in_to_and_its_user_name_stays_taken() {
    let town = Town::new().await;
    let version = town.disable().await;
    let done = erase_personal_data(&town.security, town.clerk, version, REASON, None).await.unwrap();
    let asked = enable_account(&town.system, town.clerk, done.version, None).await;
    assert_eq!(refusal(asked), EnableAccount::Erased);
    let stranger = town.house.stranger(TAIYUAN).await.unwrap();
    let typed = SignInInput { username: "clerk".into(), password: PASSWORD.into(), totp: Some(town.house.code()) };
    assert_eq!(refusal(sign_in(&stranger, typed, &HOME).await), SignIn::InvalidCredentials);
    assert!(town.house.account(TAIYUAN, "clerk", Vec::new()).await.is_err());
    assert_eq!(people::issue_password(&town.house.itself(TAIYUAN).await.unwrap(), "clerk").await.unwrap(), None);
}
