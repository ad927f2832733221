//! Erasing a citizen who hires (删除个人信息).

use kernel::{Action, Never, Stop};
use people::testing::TAIYUAN;
use people::{erase_from_parties, held_by_parties};
use serde_json::{Value, json};
use uuid::Uuid;

use super::town::{PHONE, Town, ZHANG, ask, enterprise, household, register, send_for, step};

static ERASE: Action = Action::new("test", "erase", "删除", "Erase");

async fn erase(town: &Town, citizen: Uuid) -> u64 {
    let ctx = town.house.itself(TAIYUAN).await.unwrap();
    let gone: Result<u64, Stop<Never>> =
        ctx.transact(&ERASE, |tx| async move { Ok(erase_from_parties(&tx, citizen).await?) }).await;
    gone.map_err(Stop::into_fault).unwrap()
}

/// Names and numbers of every party, opened.
async fn opened(town: &Town) -> Vec<String> {
    let ctx = town.house.itself(TAIYUAN).await.unwrap();
    let ring = ctx.keys().await.unwrap();
    let mut all = Vec::new();
    for row in town.rows().await {
        let open = |column: &str, sealed: &[u8]| ring.open("hiring_party", column, row.id, sealed).unwrap();
        all.push(open("contact_name", &row.contact_name).expose().clone());
        all.push(open("contact_phone", &row.contact_phone).expose().clone());
        all.extend(row.name.as_deref().map(|name| open("name", name).expose().clone()));
        all.push(row.display_name.clone());
        all.extend(row.status_reason.clone());
    }
    all
}

#[tokio::test]
async fn of_a_household_the_bare_number_stays_and_nothing_of_the_person() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let (id, zhang) = town.citizen(PHONE).await;
    let party = register(&zhang, household("张三", ZHANG)).await;
    let sent_back = step(&bureau, "rejectParty", &party, ", input: { remarks: \"张三家地址不详\" }").await;
    assert_eq!(sent_back["status"], "REJECTED", "{sent_back}");
    let visit =
        json!({ "partyId": party["id"], "visitedOn": "2026-06-30", "visitors": "李建国", "needs": "张三需要保洁" });
    let declared = "$i: EmployerVisitInput!";
    send_for(&bureau, "saveVisit", declared, "input: $i", json!({ "i": visit }), "EmployerVisit", "id").await;

    assert!(opened(&town).await.iter().any(|text| text == "张三"), "before, the name is there");
    let ctx = town.house.itself(TAIYUAN).await.unwrap();
    let held = held_by_parties(&ctx, id).await.unwrap();
    let titles: Vec<&str> = held.iter().map(|piece| piece.title.zh).collect();
    assert_eq!(titles, ["本人的用工主体", "经办身份"]);
    assert!(held[0].kept.is_some());

    assert!(erase(&town, id).await > 0);
    assert_eq!(opened(&town).await, ["", "", "已注销用工主体"]);
    let row = town.rows().await.remove(0);
    assert_eq!((row.status.as_str(), row.name, row.status_reason), ("CLOSED", None, None));
    assert_eq!(row.citizen_id, Some(id), "the number stays for the ledger of wages");
    assert_eq!(ask(&bureau, "{ employerVisits { totalCount } }").await["employerVisits"]["totalCount"], 0);
    let history =
        format!("{{ hiringParty(id: {}) {{ history {{ edges {{ node {{ kind reason }} }} }} }} }}", party["id"]);
    let told = ask(&bureau, &history).await["hiringParty"]["history"]["edges"].to_string();
    assert!(told.contains("closed") && told.contains("rejected") && !told.contains("张三"), "{told}");
    assert_eq!(ask(&zhang, "{ myParties { edges { node { id } } } }").await["myParties"]["edges"], json!([]));
    let found = ask(&bureau, &format!("{{ hiringParties(filter: {{ phone: \"{PHONE}\" }}) {{ totalCount }} }}")).await;
    assert_eq!(found["hiringParties"]["totalCount"], 0);
    let public = ask(&bureau, &format!("{{ publicParty(id: {}) {{ displayName }} }}", party["id"])).await;
    assert_eq!(public["publicParty"], Value::Null);
}

#[tokio::test]
async fn of_a_unit_the_contact_goes_and_the_unit_stays() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let (id, owner) = town.citizen(PHONE).await;
    let mut input = enterprise(1);
    input["contactPhone"] = json!(PHONE);
    register(&owner, input).await;
    register(&bureau, enterprise(2)).await;
    erase(&town, id).await;
    assert_eq!(opened(&town).await, ["", "", "第1装卸有限公司", "李建国", "139 0000 5678", "第2装卸有限公司"]);
    assert_eq!(town.rows().await[0].status, "PENDING", "the unit goes on");
    assert!(people::acts_for(&owner, &owner.scope(), town.rows().await[0].id).await.unwrap().is_none());
    assert!(held_by_parties(&bureau, id).await.unwrap().iter().all(|piece| piece.title.zh == "经办身份"));
}
