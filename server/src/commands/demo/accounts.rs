//! The demo's accounts: one for every role.

use std::sync::Arc;

use entities::account;
use kernel::ctx::Actor;
use kernel::fault::{Fault, Never, Stop};
use kernel::kernel::Kernel;
use kernel::policy::ScopeKind;
use kernel::store::PLATFORM;
use kernel::text::Lang;
use kernel::{Action, Ctx};
use people::{HashedPassword, NewAccount, NewRole};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

static PREPARE: Action = Action::new("demo", "accounts", "建立演示账号", "Make the demo's accounts");

/// User name, name, role, department.
type Row = (&'static str, &'static str, &'static str, Option<&'static str>);

const EVERY_STORE: [Row; 3] = [
    ("sysadmin", "系统管理员", "system_admin", Some("HRSS")),
    ("secadmin", "安全管理员", "security_admin", Some("HRSS")),
    ("auditadmin", "审计管理员", "audit_admin", Some("HRSS")),
];

const EVERY_CITY: [Row; 1] = [("bureau", "市局经办人", "bureau_officer", Some("HRSS"))];

const TAIYUAN: [Row; 4] = [
    ("supervisor", "监督员", "supervisor", Some("HRSS")),
    ("developer", "前端开发者", "developer", None),
    ("inspector", "安全检查员", "safety_inspector", Some("HOUSING")),
    ("civil", "民政局经办人", "department_officer", Some("CIVIL_AFFAIRS")),
];

/// User name, name, role; in a county or at a market.
const COUNTY: (&str, &str, &str, &str) = ("county", "小店区经办人", "county_officer", "140105");
const AT_MARKETS: [(&str, &str, &str, &str); 3] = [
    ("manager", "小店区零工市场负责人", "market_manager", "太原市小店区零工市场"),
    ("staff", "小店区零工市场工作人员（公共市场窗口）", "market_staff", "太原市小店区零工市场"),
    ("volunteer", "志愿队负责人（志愿服务）", "volunteer_lead", "新兰路早市零工点"),
];
/// Who manages the agency that runs the market below it.
const AGENCY_MANAGER: (&str, &str, &str) = ("agencymanager", "并州建筑劳务有限公司负责人", "agency_manager");
const AGENCY: (&str, &str, &str, &str) =
    ("agency", "并州建筑劳务市场负责人（持证机构）", "market_manager", "并州建筑劳务市场");
/// Who runs the market of the agency whose licence ends soon.
const LOGISTICS: (&str, &str, &str, &str) =
    ("logistics", "汾河物流用工市场负责人（许可证即将到期）", "market_manager", "汾河物流用工市场");

const PROVINCE: [Row; 2] = [
    ("province", "省厅经办人", "province_officer", Some("HRSS")),
    ("provincewatch", "省厅监督员", "province_supervisor", Some("HRSS")),
];

/// What the welcome lists for Taiyuan.
pub(super) fn shown() -> Vec<(&'static str, &'static str)> {
    let mut rows: Vec<_> =
        EVERY_CITY.iter().chain(&EVERY_STORE).chain(&TAIYUAN).map(|(username, name, ..)| (*username, *name)).collect();
    rows.push((COUNTY.0, COUNTY.1));
    rows.push((AGENCY_MANAGER.0, AGENCY_MANAGER.1));
    rows.extend(AT_MARKETS.iter().chain([&AGENCY, &LOGISTICS]).map(|(username, name, ..)| (*username, *name)));
    rows
}

/// Makes the accounts that are missing in these stores, and gives all accounts there this password.
pub(super) async fn ensure(kernel: &Arc<Kernel>, password: &HashedPassword, stores: &[String]) -> Result<(), Fault> {
    for code in stores {
        let ctx = kernel.ctx(code, Actor::System("demo"), Lang::Zh).await?;
        let mut wanted: Vec<NewAccount> = Vec::new();
        let rows: Vec<&Row> = match code.as_str() {
            PLATFORM => EVERY_STORE.iter().chain(&PROVINCE).collect(),
            "140100" => EVERY_STORE.iter().chain(&EVERY_CITY).chain(&TAIYUAN).collect(),
            _ => EVERY_STORE.iter().chain(&EVERY_CITY).collect(),
        };
        for (username, name, role, department) in rows {
            let place = match (*role, department) {
                ("department_officer", Some(d)) => NewRole { role, kind: ScopeKind::Department, key: (*d).to_owned() },
                _ => NewRole::city(role),
            };
            wanted.push(account_of(username, name, place, *department, &ctx));
        }
        if code == "140100" {
            let (username, name, role) = AGENCY_MANAGER;
            if let Some(agency) = agency_of(&ctx, AGENCY.3).await? {
                let place = NewRole { role, kind: ScopeKind::Agency, key: agency.to_string() };
                wanted.push(account_of(username, name, place, None, &ctx));
            }
            let (username, name, role, county) = COUNTY;
            let place = NewRole { role, kind: ScopeKind::County, key: county.to_owned() };
            wanted.push(account_of(username, name, place, Some("HRSS"), &ctx));
            for (username, name, role, market) in AT_MARKETS.iter().chain([&AGENCY, &LOGISTICS]) {
                if let Some(id) = markets::market_named(&ctx, market).await? {
                    let place = NewRole { role, kind: ScopeKind::Market, key: id.to_string() };
                    wanted.push(account_of(username, name, place, None, &ctx));
                }
            }
        }
        for new in wanted {
            one(&ctx, new, password).await?;
        }
    }
    Ok(())
}

async fn agency_of(ctx: &Ctx, market: &str) -> Result<Option<Uuid>, Fault> {
    match markets::market_named(ctx, market).await? {
        Some(id) => markets::agency_of(ctx, id).await,
        None => Ok(None),
    }
}

fn account_of(username: &str, name: &str, role: NewRole, department: Option<&'static str>, ctx: &Ctx) -> NewAccount {
    NewAccount {
        email: Some(format!("{username}@{}.example", ctx.tenant().slug).into()),
        roles: vec![role],
        department,
        ..NewAccount::named(username, name)
    }
}

async fn one(ctx: &Ctx, new: NewAccount, password: &HashedPassword) -> Result<(), Fault> {
    let there = account::Entity::find().filter(account::Column::Username.eq(&new.username)).one(&ctx.scope()).await?;
    let password = password.clone();
    let done: Result<(), Stop<Never>> = ctx
        .transact(&PREPARE, |tx| async move {
            match there {
                Some(row) => people::set_password(&tx, row.id, &password).await?,
                None => {
                    let new = NewAccount { password: Some(password), ..new };
                    people::create_account(&tx, new).await.map_err(|stop| Stop::Fault(stop.into_fault()))?;
                }
            }
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault)
}
