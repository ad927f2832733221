//! Numbers that are not public, shown for a reason; what is a colleague's, handed out and let go of.

use kernel::house::operations::reveal_personal_value::reveal_personal_value;
use kernel::personal::{Person, PersonalData, PersonalField};
use kernel::policy::ScopeKind;
use kernel::{Fault, Never, Stop};
use sea_orm::{EntityTrait as _, Set};
use uuid::Uuid;

use super::*;
use crate::personal::OfMarkets;
use crate::rows::{directory_import, map_annotation};

const REASON: &str = "核对夜班值班电话";

#[tokio::test]
async fn a_number_that_is_not_public_is_shown_for_a_reason_to_those_who_see_the_market() {
    let town = Town::new().await;
    let contacts = json!([{ "label": "负责人", "phone": "13800001234", "public": false }]);
    let made = town.listed(with(form("小店区零工市场"), "/contacts", contacts)).await;
    let watcher = town.by(testing::officer("supervisor", ScopeKind::City, "")).await;
    let seen = ask(&watcher, &format!("{{ market(id: {}) {{ contacts {{ id phone }} }} }}", made["id"])).await;
    let contact = &seen["market"]["contacts"][0];
    assert_eq!(contact["phone"], "138****1234");
    let id = async_graphql::ID(contact["id"].as_str().unwrap().to_owned());
    let shown = |ctx: Ctx| {
        let id = id.clone();
        async move { reveal_personal_value(&ctx, &id, PersonalField::Phone, REASON).await }
    };
    assert_eq!(shown(watcher).await.unwrap().expose(), "+8613800001234");
    // Another county's officer does not see the market, and a developer's role may not ring anybody up.
    let elsewhere = town.by(testing::officer("county_officer", ScopeKind::County, "140106")).await;
    assert!(matches!(shown(elsewhere).await, Err(Stop::Fault(Fault::NotFound))));
    let developer = town.by(testing::officer("developer", ScopeKind::City, "")).await;
    assert!(matches!(shown(developer).await, Err(Stop::Fault(Fault::Forbidden))));
    let public = town.by(Actor::Anonymous).await;
    assert!(shown(public).await.is_err());
    let audit = entities::audit_entry::Entity::find().all(&town.bureau.scope()).await.unwrap();
    assert!(audit.iter().any(|entry| entry.operation == "market.reveal_contact" && entry.result == "DONE"));
    let all = format!("{audit:?}");
    assert!(!all.contains("13800001234") && !all.contains(REASON), "{all}");
}

/// A task and an import of this person.
async fn busy(town: &Town, account: Uuid, filer: &kernel::Pii<String>) -> Uuid {
    town.listed(form(&format!("第{account}零工市场"))).await;
    let import = town.bureau.new_id();
    let sealed = town.bureau.keys().await.unwrap().seal("directory_import", "filer", import, filer).unwrap();
    let done: Result<(), Stop<Never>> = town
        .bureau
        .quietly(|tx| async move {
            let mut task: map_annotation::ActiveModel =
                map_annotation::Entity::find().one(&tx).await?.ok_or(Fault::NotFound)?.into();
            task.assignee = Set(Some(account));
            map_annotation::Entity::update(task).exec(&tx).await?;
            let now = tx.ctx().now();
            let upload = kernel::blob::store(&tx, &kernel::blob::ANNEX2, "名录.csv", "text/csv", b"-", None).await?;
            let row = directory_import::ActiveModel {
                id: Set(import),
                version: Set(1),
                upload_id: Set(upload),
                file_name: Set("名录.csv".to_owned()),
                status: Set(crate::kinds::ImportStatus::Checked),
                mode: Set(None),
                default_division: Set(None),
                city: Set(None),
                filer: Set(Some(sealed)),
                row_count: Set(0),
                good_rows: Set(0),
                bad_rows: Set(0),
                created: Set(0),
                updated: Set(0),
                unchanged: Set(0),
                listed: Set(0),
                not_listable: Set(json!([])),
                headings: Set(json!([])),
                job_id: Set(None),
                refusal_code: Set(None),
                refusal_zh: Set(None),
                refusal_en: Set(None),
                report_id: Set(None),
                created_by: Set(Some(account)),
                created_at: Set(now),
                kept_until: Set(now),
            };
            directory_import::Entity::insert(row).exec_without_returning(&tx).await?;
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault).unwrap();
    import
}

#[tokio::test]
async fn tasks_of_an_erased_colleague_are_nobodys_and_an_import_forgets_its_filer_only_where_it_is_the_same() {
    let town = Town::new().await;
    for (number, filer, forgotten) in [(7, "李建国", true), (8, "王芳", false)] {
        let person = Person {
            account: Uuid::from_u128(number),
            username: format!("clerk{number}"),
            name: "李建国".into(),
            email: None,
        };
        let import = busy(&town, person.account, &filer.into()).await;
        let held = OfMarkets.held(&town.bureau, &person).await.unwrap();
        let titles: Vec<&str> = held.iter().map(|piece| piece.title.zh).collect();
        assert_eq!(titles, ["分派给本人的标注任务", "本人的名录导入"]);
        assert!(held[1].values.iter().any(|(name, value)| *name == "filer" && value.expose() == filer));
        let erased: Result<u64, Stop<Never>> =
            town.bureau.quietly(|tx| async move { Ok(OfMarkets.erase(&tx, &person).await?) }).await;
        assert_eq!(erased.map_err(Stop::into_fault).unwrap(), 1 + u64::from(forgotten));
        let row = directory_import::Entity::find_by_id(import).one(&town.bureau.scope()).await.unwrap().unwrap();
        assert_eq!(row.filer.is_none(), forgotten);
        let tasks = map_annotation::Entity::find().all(&town.bureau.scope()).await.unwrap();
        assert!(tasks.iter().all(|task| task.assignee.is_none()));
    }
}
