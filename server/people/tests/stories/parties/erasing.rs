//! Erasing a citizen who hires (删除个人信息).

use entities::{blob, citizen};
use kernel::policy::ScopeKind;
use kernel::{Action, Never, Stop};
use people::testing::TAIYUAN;
use people::{block_citizen, erase_citizen, erase_from_parties, held_by_parties, merge_in_parties};
use sea_orm::{EntityTrait as _, PaginatorTrait as _};
use serde_json::{Value, json};
use uuid::Uuid;

use super::town::{PHONE, Town, ZHANG, ask, enterprise, evidence, household, register, send, send_for, step};

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
    assert_eq!(titles, ["本人的用工主体", "机构服务台账和收费凭证", "经办身份"]);
    assert!(held[0].kept.is_some() && held[1].kept.is_some());

    assert!(erase(&town, id).await > 0);
    assert_eq!(opened(&town).await, ["", "", "已删除用户"]);
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

async fn ask_to_act(ctx: &kernel::Ctx, party: &Value) -> Value {
    let variables = json!({ "u": party["uscc"] });
    send_for(ctx, "requestAgency", "$u: String!", "uscc: $u", variables, "AgencyRequested", "id").await
}

#[tokio::test]
async fn whoever_was_authorised_and_asked_to_act_is_erased_and_the_units_go_on() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let (unit, other) = (register(&bureau, enterprise(1)).await, register(&bureau, enterprise(2)).await);
    let (id, agent) = town.citizen("13700007777").await;
    let variables = json!({ "p": unit["id"], "n": "13700007777", "f": evidence(&bureau).await });
    let declared = "$p: ID!, $n: String!, $f: ID";
    let passed = "partyId: $p, phone: $n, evidence: $f";
    let with = send(&bureau, "authoriseAgent", declared, passed, variables).await;
    assert_eq!(with["members"][0]["phone"], "137****7777", "{with}");
    assert_eq!(ask_to_act(&agent, &other).await["__typename"], "AgencyRequested");
    let itself = town.house.itself(TAIYUAN).await.unwrap();
    assert_eq!(blob::Entity::find().count(&itself.scope()).await.unwrap(), 1, "the paper is kept");

    let (why, security) = ("本人书面申请删除", town.clerk(11, "security_admin", ScopeKind::City, "").await);
    block_citizen(&bureau, id, 1, why, None).await.unwrap();
    erase_citizen(&security, id, 2, None, why, None).await.unwrap();
    assert_eq!(citizen::Entity::find().count(&itself.scope()).await.unwrap(), 0);
    assert_eq!(blob::Entity::find().count(&itself.scope()).await.unwrap(), 0);
    let query = "{ hiringParties { edges { node { members { id } agentRequests { id } } } } }";
    let left = ask(&bureau, query).await["hiringParties"]["edges"].clone();
    let nobody = json!({ "node": { "members": [], "agentRequests": [] } });
    assert_eq!(left, json!([nobody, nobody]));
}

#[tokio::test]
async fn what_one_entry_of_a_person_asked_for_goes_over_to_the_other() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let (unit, other) = (register(&bureau, enterprise(1)).await, register(&bureau, enterprise(2)).await);
    let ((into, first), (from, second)) = (town.citizen("13700007777").await, town.citizen("13600006666").await);
    for (ctx, party) in [(&first, &unit), (&second, &unit), (&second, &other)] {
        assert_eq!(ask_to_act(ctx, party).await["__typename"], "AgencyRequested");
    }
    let ctx = town.house.itself(TAIYUAN).await.unwrap();
    let merged: Result<(), Stop<Never>> =
        ctx.transact(&ERASE, |tx| async move { Ok(merge_in_parties(&tx, into, from).await?) }).await;
    merged.map_err(Stop::into_fault).unwrap();
    let query = "{ hiringParties(orderBy: NAME) { edges { node { agentRequests { phone } } } } }";
    let asked = ask(&bureau, query).await["hiringParties"]["edges"].clone();
    let once = json!({ "node": { "agentRequests": [{ "phone": "137****7777" }] } });
    assert_eq!(asked, json!([once, once]), "of what both asked for, once");
}
