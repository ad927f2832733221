//! Who may be in the directory: a commercial market needs a licence that is good, and an operator of good record.

use async_graphql::ID;
use kernel::policy::ScopeKind;

use super::*;

/// A commercial market's form.
fn commercial(name: &str) -> Value {
    let form = with(form(name), "/nature", json!("COMMERCIAL"));
    let form = with(form, "/operatorKind", json!("LICENSED_AGENCY"));
    with(with(form, "/operatorName", json!("某某人力资源服务有限公司")), "/publicInterest", json!(false))
}

fn licensed(name: &str) -> Value {
    with(commercial(name), "/licenceNo", json!("许可证样本甲"))
}

/// Saves an entry of bad credit; a new one, or `known` at its version.
async fn credit(ctx: &Ctx, market: &Value, known: &Value, input: Value) -> Value {
    let declared = "$market: ID!, $id: ID, $version: Int, $input: BadCreditInput!";
    let variables = json!({ "market": market["id"], "id": known["id"], "version": known["version"], "input": input });
    let call = "marketId: $market, id: $id, version: $version, input: $input";
    send(ctx, "saveBadCredit", declared, call, variables, "id version since liftedOn inForce").await
}

#[tokio::test]
async fn a_commercial_market_is_listed_with_a_licence_that_is_good_and_the_public_sees_its_number() {
    let town = Town::new().await;
    let bare = town.register(commercial("晋阳零工驿站")).await;
    let refused = step(&town.bureau, "listMarket", &bare, "").await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("NO_LICENCE"), &json!("licenceNo")));
    let old = with(licensed("晋阳零工驿站"), "/licenceUntil", json!("2026-11-22"));
    let old = amend(&town.bureau, &bare, old).await;
    let refused = step(&town.bureau, "listMarket", &old, "").await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("LICENCE_EXPIRED"), &json!("licenceUntil")));
    let renewed = amend(&town.bureau, &old, with(licensed("晋阳零工驿站"), "/licenceUntil", json!("2026-11-23"))).await;
    let listed = step(&town.bureau, "listMarket", &renewed, "").await;
    assert_eq!(listed["status"], "LISTED", "{listed}");
    let public = town.by(Actor::Anonymous).await;
    let found = ask(&public, "{ directory { edges { node { operatorName licenceNo } } } }").await;
    let shown = json!({ "operatorName": "某某人力资源服务有限公司", "licenceNo": "许可证样本甲" });
    assert_eq!(found["directory"]["edges"][0]["node"], shown);
    let soon = "{ markets(filter: { licenceExpiresBefore: \"2026-12-01\" }) { totalCount } }";
    assert_eq!(ask(&town.bureau, soon).await["markets"]["totalCount"], 1);
    let gone = amend(&town.bureau, &listed, commercial("晋阳零工驿站")).await;
    assert_eq!((&gone["code"], &gone["field"]), (&json!("LISTED_NEEDS_LICENCE"), &json!("licenceNo")));
    // Those that need none.
    town.listed(form("公共零工市场")).await;
}

#[tokio::test]
async fn an_operator_of_bad_credit_is_neither_listed_nor_resumed_until_that_is_lifted() {
    let town = Town::new().await;
    let listed = town.listed(licensed("晋阳零工驿站")).await;
    let entry = json!({ "since": "2026-11-20", "source": "市人社局严重失信主体名单" });
    let none = credit(&town.bureau, &listed, &json!({}), with(entry.clone(), "/source", json!(" "))).await;
    assert_eq!(none["code"], "SOURCE_MISSING");
    let late = credit(&town.bureau, &listed, &json!({}), with(entry.clone(), "/since", json!("2026-11-24"))).await;
    assert_eq!(late["code"], "SINCE_FUTURE");
    let kept = credit(&town.bureau, &listed, &json!({}), entry.clone()).await;
    assert_eq!((&kept["inForce"], &kept["version"]), (&json!(true), &json!(1)));
    assert_eq!(town.market(&listed, "status").await["status"], "LISTED", "taking it out is a decision of its own");
    let bad = "{ markets(filter: { badCredit: true }) { totalCount } }";
    assert_eq!(ask(&town.bureau, bad).await["markets"]["totalCount"], 1);
    let suspended = step(&town.bureau, "suspendMarket", &listed, "运营机构严重失信").await;
    let refused = step(&town.bureau, "resumeMarket", &suspended, "").await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("BAD_CREDIT"), &json!("badCredits")));
    let draft = town.register(with(licensed("汾河用工市场"), "/address/text", json!("迎新街"))).await;
    credit(&town.bureau, &draft, &json!({}), entry.clone()).await;
    assert_eq!(step(&town.bureau, "listMarket", &draft, "").await["code"], "BAD_CREDIT");
    let lifted = with(entry.clone(), "/liftedOn", json!("2026-11-23"));
    let stale = json!({ "id": kept["id"], "version": 7 });
    assert_eq!(credit(&town.bureau, &listed, &stale, lifted.clone()).await["code"], "CONFLICT");
    let lifted = credit(&town.bureau, &listed, &kept, lifted).await;
    assert_eq!((&lifted["inForce"], &lifted["version"]), (&json!(false), &json!(2)));
    assert_eq!(step(&town.bureau, "resumeMarket", &suspended, "").await["status"], "LISTED");
    assert_eq!(ask(&town.bureau, bad).await["markets"]["totalCount"], 1, "the other one");
    let told =
        town.market(&listed, "badCredits { since liftedOn inForce } history(first: 5) { edges { node { kind } } }");
    let told = told.await;
    assert_eq!(told["badCredits"], json!([{ "since": "2026-11-20", "liftedOn": "2026-11-23", "inForce": false }]));
    assert!(told["history"].to_string().contains("credit_lifted"), "{told}");
}

#[tokio::test]
async fn neither_the_market_nor_another_county_says_what_licence_it_has() {
    let town = Town::new().await;
    let listed = town.listed(licensed("晋阳零工驿站")).await;
    let id = town.bureau.parse_id("Market", &ID(listed["id"].as_str().unwrap().to_owned())).unwrap();
    let manager = town.by(testing::officer("market_manager", ScopeKind::Market, &id.to_string())).await;
    let forged = with(licensed("晋阳零工驿站"), "/licenceNo", json!("另一个编号"));
    assert_eq!(amend(&manager, &listed, forged).await["code"], "RECLASSIFICATION_NOT_ALLOWED");
    let entry = json!({ "since": "2026-11-20", "source": "某名单" });
    assert_eq!(credit(&manager, &listed, &json!({}), entry.clone()).await, json!({ "error": "FORBIDDEN" }));
    let elsewhere = town.by(testing::officer("county_officer", ScopeKind::County, "140106")).await;
    assert_eq!(credit(&elsewhere, &listed, &json!({}), entry).await, json!({ "error": "NOT_FOUND" }));
    assert_eq!(amend(&manager, &listed, licensed("晋阳零工驿站")).await["version"], 3);
}

#[tokio::test]
async fn an_agency_keeps_the_markets_under_its_licence_and_sees_no_other() {
    let town = Town::new().await;
    let first = town.listed(licensed("晋阳零工驿站")).await;
    let other = with(licensed("汾河用工市场"), "/licenceNo", json!("许可证样本乙"));
    let other = town.listed(with(other, "/address/text", json!("迎新街"))).await;
    let id = |market: &Value| town.bureau.parse_id("Market", &ID(market["id"].as_str().unwrap().to_owned())).unwrap();
    let agency = crate::agency_of(&town.bureau, id(&first)).await.unwrap().unwrap();
    assert_ne!(crate::agency_of(&town.bureau, id(&other)).await.unwrap(), Some(agency));
    let manager = town.by(testing::officer("agency_manager", ScopeKind::Agency, &agency.to_string())).await;
    let seen = async || ask(&manager, "{ markets { totalCount edges { node { agency { licenceNo name } } } } }").await;
    let alone = json!({ "licenceNo": "许可证样本甲", "name": "某某人力资源服务有限公司" });
    assert_eq!(seen().await["markets"]["totalCount"], 1);
    assert_eq!(seen().await["markets"]["edges"][0]["node"]["agency"], alone);
    let renamed = with(licensed("晋阳零工驿站"), "/operatorName", json!("市人力资源和社会保障局"));
    let amended = amend(&manager, &first, renamed).await;
    assert_eq!(amended["version"], 3);
    assert_eq!(
        seen().await["markets"]["edges"][0]["node"]["agency"],
        alone,
        "what the agency is called is not theirs to say"
    );
    assert_eq!(amend(&manager, &other, licensed("汾河用工市场")).await, json!({ "error": "NOT_FOUND" }));
    // Its licence is not its own to write: that would hand the market to another, or take another's.
    let given = with(licensed("晋阳零工驿站"), "/licenceNo", json!("许可证样本乙"));
    assert_eq!(amend(&manager, &amended, given).await["code"], "RECLASSIFICATION_NOT_ALLOWED");
    assert_eq!(step(&manager, "suspendMarket", &amended, "停电").await, json!({ "error": "FORBIDDEN" }));
    // A second market under the licence is the agency's from the moment the bureau writes it down.
    let second = with(licensed("并州用工市场"), "/address/text", json!("府西街"));
    let second = town.register(with(second, "/licenceNo", json!(" 许可证 样本甲 "))).await;
    assert_eq!(seen().await["markets"]["totalCount"], 2);
    let public = with(form("并州用工市场"), "/address/text", json!("府西街"));
    let taken_over = amend(&town.bureau, &second, public).await;
    assert_eq!(taken_over["version"], 2, "{taken_over}");
    assert_eq!(seen().await["markets"]["totalCount"], 1, "the bureau runs it now");
}

/// How the licence stands, to the bureau and to the public.
async fn states(town: &Town, market: &Value) -> (Value, Value) {
    let public = town.by(Actor::Anonymous).await;
    let shown = ask(&public, "{ directory { edges { node { licenceState } } } }").await;
    let own = town.market(market, "licenceState").await;
    (own["licenceState"].clone(), shown["directory"]["edges"][0]["node"]["licenceState"].clone())
}

#[tokio::test]
async fn a_market_is_neither_listed_nor_resumed_under_a_suspended_or_revoked_licence_and_a_listed_one_shows_it() {
    let town = Town::new().await;
    let listed = town.listed(licensed("晋阳零工驿站")).await;
    let both = |state: &str| (json!(state), json!(state));
    assert_eq!(states(&town, &listed).await, both("UNVERIFIED"), "that nobody verified it speaks against nothing");
    let agency = registered(&town.bureau, None).await;
    assert_eq!(states(&town, &listed).await, both("VALID"));
    let draft = town.register(with(licensed("汾河用工市场"), "/address/text", json!("迎新街"))).await;

    let suspended = people::suspend_licence(&town.bureau, agency.id, agency.version, because(), None).await.unwrap();
    assert_eq!(states(&town, &listed).await, both("SUSPENDED"));
    assert_eq!(town.market(&listed, "status").await["status"], "LISTED", "taking it out is a decision of its own");
    let refused = step(&town.bureau, "listMarket", &draft, "").await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("LICENCE_SUSPENDED"), &json!("agency")), "{refused}");
    assert!(refused["message"].as_str().unwrap().contains("2026-11-23"), "{refused}");
    let out = step(&town.bureau, "suspendMarket", &listed, "机构许可证暂停").await;
    assert_eq!(step(&town.bureau, "resumeMarket", &out, "").await["code"], "LICENCE_SUSPENDED");
    let found = "{ markets(filter: { licenceState: SUSPENDED }) { totalCount } }";
    assert_eq!(ask(&town.bureau, found).await["markets"]["totalCount"], 2);
    assert_eq!(town.market(&draft, "version").await["version"], draft["version"], "nothing changed");

    let version = suspended.version;
    let lifted = people::lift_licence(&town.bureau, agency.id, version, because(), None).await.unwrap();
    let back = step(&town.bureau, "resumeMarket", &out, "").await;
    assert_eq!(back["status"], "LISTED", "{back}");
    people::revoke_licence(&town.bureau, agency.id, lifted.version, because(), None).await.unwrap();
    assert_eq!(states(&town, &listed).await, both("REVOKED"));
    assert_eq!(step(&town.bureau, "listMarket", &draft, "").await["code"], "LICENCE_REVOKED");
    let public = town.listed(form("公共零工市场")).await;
    assert_eq!(town.market(&public, "licenceState").await["licenceState"], Value::Null, "it needs none");
}

#[tokio::test]
async fn what_is_registered_of_an_agency_runs_out_by_the_clock_and_its_markets_show_it() {
    let town = Town::new().await;
    let listed = town.listed(licensed("晋阳零工驿站")).await;
    registered(&town.bureau, Some("2026-11-24")).await;
    let draft = town.register(with(licensed("汾河用工市场"), "/address/text", json!("迎新街"))).await;
    town.clock.advance(chrono::Duration::days(1));
    assert_eq!(states(&town, &listed).await, (json!("VALID"), json!("VALID")), "its last day counts");
    town.clock.advance(chrono::Duration::days(1));
    assert_eq!(states(&town, &listed).await, (json!("EXPIRED"), json!("EXPIRED")));
    let refused = step(&town.bureau, "listMarket", &draft, "").await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("AGENCY_LICENCE_EXPIRED"), &json!("agency")));
}

/// A commercial market's form under another licence than the registered one.
fn under_another(name: &str) -> Value {
    with(licensed(name), "/licenceNo", json!("许可证样本乙"))
}

#[tokio::test]
async fn a_listed_market_is_not_handed_to_an_agency_whose_licence_is_suspended_or_revoked() {
    let town = Town::new().await;
    let agency = registered(&town.bureau, None).await;
    let listed = town.listed(under_another("晋阳零工驿站")).await;
    let public = town.listed(form("公共零工市场")).await;
    let suspended = people::suspend_licence(&town.bureau, agency.id, agency.version, because(), None).await.unwrap();
    let refused = amend(&town.bureau, &listed, licensed("晋阳零工驿站")).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("LICENCE_SUSPENDED"), &json!("licenceNo")), "{refused}");
    assert!(refused["message"].as_str().unwrap().contains("2026-11-23"), "{refused}");
    let refused = amend(&town.bureau, &public, licensed("公共零工市场")).await;
    assert_eq!(refused["code"], "LICENCE_SUSPENDED", "a public one does not become commercial under it");
    let revoked = people::revoke_licence(&town.bureau, agency.id, suspended.version, because(), None).await.unwrap();
    let refused = amend(&town.bureau, &listed, licensed("晋阳零工驿站")).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("LICENCE_REVOKED"), &json!("licenceNo")), "{refused}");
    let kept = json!({ "version": 2, "licenceNo": "许可证样本乙", "licenceState": "UNVERIFIED" });
    assert_eq!(town.market(&listed, "version licenceNo licenceState").await, kept, "nothing changed");
    people::lift_licence(&town.bureau, agency.id, revoked.version, because(), None).await.unwrap();
    assert_eq!(amend(&town.bureau, &listed, licensed("晋阳零工驿站")).await["version"], 3);
    assert_eq!(amend(&town.bureau, &public, licensed("公共零工市场")).await["version"], 3);
}

#[tokio::test]
async fn a_listed_market_is_not_put_under_a_licence_that_ran_out_by_its_form_or_by_what_is_registered() {
    let town = Town::new().await;
    registered(&town.bureau, Some("2026-11-23")).await;
    let listed = town.listed(under_another("晋阳零工驿站")).await;
    let over = with(under_another("晋阳零工驿站"), "/licenceUntil", json!("2026-11-22"));
    let refused = amend(&town.bureau, &listed, over).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("LICENCE_EXPIRED"), &json!("licenceUntil")), "{refused}");
    let last = with(under_another("晋阳零工驿站"), "/licenceUntil", json!("2026-11-23"));
    let amended = amend(&town.bureau, &listed, last).await;
    assert_eq!(amended["version"], 3, "its last day counts: {amended}");
    town.clock.advance(chrono::Duration::days(1));
    let refused = amend(&town.bureau, &amended, licensed("晋阳零工驿站")).await;
    let told = (&refused["code"], &refused["field"]);
    assert_eq!(told, (&json!("AGENCY_LICENCE_EXPIRED"), &json!("licenceNo")), "{refused}");
    assert_eq!(town.market(&listed, "licenceNo").await["licenceNo"], "许可证样本乙");
}

#[tokio::test]
async fn the_hours_of_a_listed_market_are_amended_though_its_licence_was_suspended_since() {
    let town = Town::new().await;
    let agency = registered(&town.bureau, None).await;
    let listed = town.listed(licensed("晋阳零工驿站")).await;
    people::suspend_licence(&town.bureau, agency.id, agency.version, because(), None).await.unwrap();
    let later = with(licensed("晋阳零工驿站"), "/hours/0/opens", json!("05:30"));
    let amended = amend(&town.bureau, &listed, later).await;
    assert_eq!((&amended["version"], &amended["status"]), (&json!(3), &json!("LISTED")), "{amended}");
    let handed = amend(&town.bureau, &amended, under_another("晋阳零工驿站")).await;
    assert_eq!(handed["version"], 4, "another agency takes it over: {handed}");
}

#[tokio::test]
async fn a_suspended_market_may_be_put_under_a_suspended_licence_and_is_not_resumed() {
    let town = Town::new().await;
    let agency = registered(&town.bureau, None).await;
    let listed = town.listed(under_another("晋阳零工驿站")).await;
    people::suspend_licence(&town.bureau, agency.id, agency.version, because(), None).await.unwrap();
    let out = step(&town.bureau, "suspendMarket", &listed, "更换运营机构").await;
    let amended = amend(&town.bureau, &out, licensed("晋阳零工驿站")).await;
    assert_eq!((&amended["version"], &amended["status"]), (&json!(4), &json!("SUSPENDED")), "{amended}");
    let refused = step(&town.bureau, "resumeMarket", &amended, "").await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("LICENCE_SUSPENDED"), &json!("agency")), "{refused}");
}
