//! Assigning and withdrawing roles (授予和收回角色).

use chrono::Duration;
use entities::role_assignment;
use kernel::policy::ScopeKind;
use kernel::{Actor, Ctx, Fault, Never, Place, Stop};
use people::testing::{House, TAIYUAN};
use people::{
    AssignInput, AssignRole, DisableAccount, Licensed, NewAccount, NewRole, WithdrawRole, assign_role, disable_account,
    policy, withdraw_role,
};
use sea_orm::EntityTrait as _;
use tempfile::TempDir;
use uuid::Uuid;

use super::common::{self, as_account, city, fault, refusal};

fn input(account: Uuid, role: &str, kind: ScopeKind, key: Option<&str>) -> AssignInput {
    AssignInput { account, role: role.to_owned(), kind, key: key.map(str::to_owned), until: None }
}

fn in_city(account: Uuid, role: &str) -> AssignInput {
    input(account, role, ScopeKind::City, None)
}

/// A city with a security administrator, who acts, and a clerk without a role.
async fn offices() -> (House, TempDir, Ctx, Uuid) {
    let (house, dir) = city().await;
    house.account(TAIYUAN, "security", vec![NewRole::city("security_admin")]).await.unwrap();
    let clerk = house.account(TAIYUAN, "liwei", Vec::new()).await.unwrap();
    let security = as_account(&house, "security").await;
    (house, dir, security, clerk)
}

async fn assignments(house: &House) -> Vec<role_assignment::Model> {
    let ctx = house.itself(TAIYUAN).await.unwrap();
    role_assignment::Entity::find().all(&ctx.scope()).await.unwrap()
}

#[tokio::test]
async fn a_role_holds_at_once_for_a_session_that_is_open_and_ends_at_once_when_withdrawn() {
    let (house, _dir, security, clerk) = offices().await;
    let token = common::signed_in(&house, "liwei", &common::HOME).await;
    let may = async || {
        let ctx = common::believed(&house, &token).await;
        ctx.allows(&policy::SET_LIAISON, &Place::city()).await.unwrap()
    };
    assert!(!may().await);
    assign_role(&security, in_city(clerk, "bureau_officer"), None).await.unwrap();
    assert!(may().await);
    let socket = common::believed(&house, &token).await.actor().clone();
    let id = assignments(&house).await.into_iter().find(|row| row.account_id == clerk).unwrap().id;
    withdraw_role(&security, id, None).await.unwrap();
    assert!(!may().await);
    // What an open socket still holds is looked at again.
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let now = people::refresh(&stranger, &socket, true).await.unwrap().unwrap();
    assert_ne!(now, socket);
    assert!(!stranger.as_actor(now).allows(&policy::SET_LIAISON, &Place::city()).await.unwrap());
}

#[tokio::test]
async fn a_socket_that_is_only_open_does_not_keep_its_session_alive() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "liwei", Vec::new()).await.unwrap();
    let socket = as_account(&house, "liwei").await.actor().clone();
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let look = async |used| people::refresh(&stranger, &socket, used).await.unwrap();
    for used in [true, false] {
        house.clock.advance(Duration::minutes(20));
        assert!(look(used).await.is_some(), "unused for 20 minutes");
    }
    house.clock.advance(Duration::minutes(11));
    assert_eq!(look(false).await, None, "looked at is not used");
}

#[tokio::test]
async fn only_the_security_administrator_assigns_roles() {
    let (house, _dir, _, clerk) = offices().await;
    for (name, role) in [("system", "system_admin"), ("audit", "audit_admin"), ("officer", "bureau_officer")] {
        house.account(TAIYUAN, name, vec![NewRole::city(role)]).await.unwrap();
        let ctx = as_account(&house, name).await;
        let before = assignments(&house).await;
        let result = assign_role(&ctx, in_city(clerk, "bureau_officer"), None).await;
        assert!(matches!(fault(result), Fault::Forbidden), "{name}");
        assert_eq!(assignments(&house).await, before);
    }
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    assert!(matches!(fault(assign_role(&stranger, in_city(clerk, "developer"), None).await), Fault::Unauthenticated));
}

#[tokio::test]
async fn nobody_assigns_a_role_to_oneself() {
    let (_house, _dir, security, _) = offices().await;
    let me = security.account().unwrap().id;
    assert_eq!(refusal(assign_role(&security, in_city(me, "bureau_officer"), None).await), AssignRole::OwnAccount);
}

#[tokio::test]
async fn the_three_administrators_are_three_persons_and_the_refusal_names_both_roles() {
    use kernel::refusal::Refusal as _;
    let (house, _dir, security, clerk) = offices().await;
    assign_role(&security, in_city(clerk, "system_admin"), None).await.unwrap();
    let before = assignments(&house).await;
    let refused = refusal(assign_role(&security, in_city(clerk, "audit_admin"), None).await);
    assert!(refused.message(kernel::Lang::Zh).starts_with("该账号已是系统管理员，不能同时担任审计管理员"));
    assert!(refused.message(kernel::Lang::En).contains("system administrator and cannot be audit administrator"));
    assert_eq!(assignments(&house).await, before);
}

#[tokio::test]
async fn a_county_officer_is_of_a_county_of_this_city_that_exists() {
    let (_house, _dir, security, clerk) = offices().await;
    let assign = async |key: Option<&'static str>| {
        assign_role(&security, input(clerk, "county_officer", ScopeKind::County, key), None).await
    };
    for (key, says) in [
        (None, "请指明"),
        (Some("999999"), "没有这个行政区划代码"),
        (Some("140200"), "不是县级区划"),
        (Some("140212"), "不属于本市"),
        (Some("142301"), "已撤销，请改用"),
    ] {
        let AssignRole::InvalidScope { zh, .. } = refusal(assign(key).await) else { panic!("{key:?}") };
        assert!(zh.contains(says), "{key:?}: {zh}");
    }
    assign(Some("140105")).await.unwrap();
    let unfit = assign_role(&security, in_city(clerk, "county_officer"), None).await;
    assert!(matches!(refusal(unfit), AssignRole::InvalidScope { .. }));
}

#[tokio::test]
async fn a_market_is_named_by_its_opaque_id_and_another_citys_is_unknown() {
    let (house, _dir, security, clerk) = offices().await;
    let market = Uuid::from_u128(7);
    let ours = security.gid("Market", market).to_string();
    let theirs = house.stranger("140200").await.unwrap().gid("Market", market).to_string();
    let assign = async |key: &str| {
        assign_role(&security, input(clerk, "market_manager", ScopeKind::Market, Some(key)), None).await
    };
    for wrong in [theirs.as_str(), "7", &market.to_string(), &security.gid("Agency", market)] {
        assert!(matches!(refusal(assign(wrong).await), AssignRole::InvalidScope { .. }), "{wrong}");
    }
    assign(&ours).await.unwrap();
    let row = assignments(&house).await.into_iter().find(|row| row.account_id == clerk).unwrap();
    assert_eq!((row.scope_kind.as_str(), row.scope_key), ("MARKET", market.to_string()));
}

/// Agencies as a market's form enters them.
async fn enter(house: &House, written: &[(&str, &str)]) -> Vec<Uuid> {
    let ctx = house.stranger(TAIYUAN).await.unwrap().as_actor(Actor::System("test"));
    let licensed: Vec<Licensed> = written
        .iter()
        .map(|(number, name)| Licensed { number: (*number).to_owned(), name: Some((*name).to_owned()) })
        .collect();
    let entered: Result<Vec<Uuid>, Stop<Never>> = ctx
        .transact(&policy::ASSIGN_ROLE, |tx| async move {
            let agencies = people::enter_agencies(&tx, &licensed).await?;
            Ok(licensed.iter().map(|one| agencies.of(&one.number).unwrap()).collect())
        })
        .await;
    entered.unwrap_or_else(|stop| panic!("{stop:?}"))
}

#[tokio::test]
async fn a_role_is_assigned_for_an_agency_that_is_there_and_for_no_other() {
    let (house, _dir, security, clerk) = offices().await;
    people::teach(&house.kernel);
    let assign = async |id: Uuid| {
        let key = security.gid("Agency", id).to_string();
        assign_role(&security, input(clerk, "agency_manager", ScopeKind::Agency, Some(&key)), None).await
    };
    let before = assignments(&house).await;
    let AssignRole::InvalidScope { zh, .. } = refusal(assign(Uuid::from_u128(7)).await) else { panic!() };
    assert_eq!(zh, "没有找到该市场或机构，请从列表中选择。");
    assert_eq!(assignments(&house).await, before);
    let agency = enter(&house, &[("晋人服证字〔2024〕0001号", "并州建筑劳务有限公司")]).await[0];
    assign(agency).await.unwrap();
    let held = assignments(&house).await.into_iter().find(|row| row.account_id == clerk).unwrap();
    assert_eq!((held.scope_kind.as_str(), held.scope_key), ("AGENCY", agency.to_string()));
}

#[tokio::test]
async fn one_licence_is_one_agency_that_keeps_its_id_and_is_called_as_it_was_written_last() {
    let (house, _dir, security, _) = offices().await;
    people::teach(&house.kernel);
    let first = enter(&house, &[("140105a001", "并州劳务"), ("140105A002", "汾河劳务")]).await;
    assert_ne!(first[0], first[1]);
    let again = enter(&house, &[("１４０１０５Ａ００１", "并州建筑劳务有限公司")]).await;
    assert_eq!(again, [first[0]]);
    let names = kernel::places::names(&security, "Agency", first.clone()).await.unwrap();
    assert_eq!(names[&first[0]], "并州建筑劳务有限公司");
    assert_eq!(names[&first[1]], "汾河劳务");
}

#[tokio::test]
async fn an_officer_belongs_to_a_department_and_whoever_keeps_a_market_need_not() {
    let (house, _dir, security, _) = offices().await;
    let new = NewAccount { password: Some(house.password()), ..NewAccount::named("wangfang", "王芳") };
    let of_none = house.new_account(TAIYUAN, new).await.unwrap();
    let refused = refusal(assign_role(&security, in_city(of_none, "bureau_officer"), None).await);
    assert_eq!(refused, AssignRole::DepartmentNeeded);
    assign_role(&security, in_city(of_none, "developer"), None).await.unwrap();
}

#[tokio::test]
async fn a_province_role_is_not_known_in_a_city() {
    let (_house, _dir, security, clerk) = offices().await;
    for role in ["province_officer", "emperor", ""] {
        assert_eq!(refusal(assign_role(&security, in_city(clerk, role), None).await), AssignRole::UnknownRole);
    }
}

#[tokio::test]
async fn a_role_with_a_last_day_runs_out_and_can_be_renewed() {
    let (house, _dir, security, clerk) = offices().await;
    let today = security.today();
    let until = |day| AssignInput { until: Some(day), ..in_city(clerk, "bureau_officer") };
    let past = assign_role(&security, until(today.pred_opt().unwrap()), None).await;
    assert_eq!(refusal(past), AssignRole::PastEnd);
    assign_role(&security, until(today), None).await.unwrap();
    assert_eq!(refusal(assign_role(&security, until(today), None).await), AssignRole::AlreadyHeld);
    assert!(as_account(&house, "liwei").await.allows(&policy::SET_LIAISON, &Place::city()).await.unwrap());
    house.clock.advance(Duration::days(1));
    assert!(!as_account(&house, "liwei").await.allows(&policy::SET_LIAISON, &Place::city()).await.unwrap());
    let security = as_account(&house, "security").await;
    assign_role(&security, until(security.today()), None).await.unwrap();
    assert_eq!(assignments(&house).await.iter().filter(|row| row.account_id == clerk).count(), 1);
}

#[tokio::test]
async fn the_last_administrator_of_a_kind_keeps_the_role() {
    let (house, _dir, security, clerk) = offices().await;
    let own = assignments(&house).await.into_iter().find(|row| row.role == "security_admin").unwrap().id;
    assert!(matches!(refusal(withdraw_role(&security, own, None).await), WithdrawRole::LastAdministrator { .. }));
    let ends = |account: Uuid, until| AssignInput { until: Some(until), ..in_city(account, "security_admin") };
    assign_role(&security, in_city(clerk, "security_admin"), None).await.unwrap();
    withdraw_role(&security, own, None).await.unwrap();
    // The one who is left is given no last day either, by whoever may assign roles for the house.
    let house_itself = house.itself(TAIYUAN).await.unwrap();
    let other = house.account(TAIYUAN, "zhaomin", Vec::new()).await.unwrap();
    let tomorrow = security.today() + Duration::days(1);
    let refused = refusal(assign_role(&house_itself, ends(clerk, tomorrow), None).await);
    assert!(matches!(refused, AssignRole::LastAdministrator { zh, .. } if zh == "安全管理员"));
    // Nor beside somebody whose role ends; that one's may end later.
    assign_role(&house_itself, ends(other, tomorrow), None).await.unwrap();
    let refused = refusal(assign_role(&house_itself, ends(clerk, tomorrow), None).await);
    assert!(matches!(refused, AssignRole::LastAdministrator { .. }));
    assign_role(&house_itself, ends(other, tomorrow + Duration::days(9)), None).await.unwrap();
}

/// Two accounts that hold an administrator's role and nobody else, and the ids of the assignments.
async fn the_last_two(house: &House, role: &'static str) -> [(Uuid, Uuid); 2] {
    let mut two = Vec::new();
    for name in ["first", "second"] {
        let account = house.account(TAIYUAN, name, vec![NewRole::city(role)]).await.unwrap();
        let held = assignments(house).await.into_iter().find(|row| row.account_id == account).unwrap();
        two.push((account, held.id));
    }
    two.try_into().unwrap()
}

#[tokio::test]
async fn of_the_last_two_administrators_one_keeps_the_role_when_both_are_withdrawn_at_one_moment() {
    let (house, _dir, security, _) = offices().await;
    let [(_, first), (_, second)] = the_last_two(&house, "audit_admin").await;
    let (one, other) = tokio::join!(withdraw_role(&security, first, None), withdraw_role(&security, second, None));
    assert_ne!(one.is_ok(), other.is_ok(), "one is withdrawn, one stays: {one:?} {other:?}");
    let refused = refusal(if one.is_ok() { other } else { one });
    assert!(matches!(refused, WithdrawRole::LastAdministrator { zh, .. } if zh == "审计管理员"));
    assert_eq!(assignments(&house).await.iter().filter(|row| row.role == "audit_admin").count(), 1);
}

#[tokio::test]
async fn of_the_last_two_administrators_one_stays_when_one_is_withdrawn_and_one_disabled_at_one_moment() {
    let (house, _dir, security, _) = offices().await;
    house.account(TAIYUAN, "system", vec![NewRole::city("system_admin")]).await.unwrap();
    let system = as_account(&house, "system").await;
    let [(_, first), (second, _)] = the_last_two(&house, "audit_admin").await;
    let (withdrawn, disabled) =
        tokio::join!(withdraw_role(&security, first, None), disable_account(&system, second, 1, "离职", None));
    match (withdrawn, disabled) {
        (Ok(_), Err(Stop::Refused(DisableAccount::LastAdministrator { .. })))
        | (Err(Stop::Refused(WithdrawRole::LastAdministrator { .. })), Ok(_)) => {}
        both => panic!("nobody is left, or nobody went: {both:?}"),
    }
}

#[tokio::test]
async fn becoming_an_administrator_ends_the_sessions_that_are_open() {
    let (house, _dir, security, clerk) = offices().await;
    let token = common::signed_in(&house, "liwei", &common::HOME).await;
    assign_role(&security, in_city(clerk, "audit_admin"), None).await.unwrap();
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    let claimed = people::authenticate(&ctx, &token, None).await.unwrap();
    assert!(matches!(claimed, people::Claimed::Unknown));
}
