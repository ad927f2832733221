//! The roles (角色): defined once, assigned in a scope.

use super::ScopeKind;
use crate::text::Text;

/// A role (角色).
#[derive(Debug)]
pub struct RoleDef {
    /// Its name in policy lines.
    pub name: &'static str,
    /// In words.
    pub title: Text,
    /// Roles of one exclusive group are never held by one account (三员分立).
    pub exclusive: Option<&'static str>,
    /// The scopes it may be assigned in.
    pub scopes: &'static [ScopeKind],
    /// Is it a role of the province's platform rather than of a city?
    pub platform: bool,
}

const fn def(name: &'static str, zh: &'static str, en: &'static str, scopes: &'static [ScopeKind]) -> RoleDef {
    RoleDef { name, title: Text::new(zh, en), exclusive: None, scopes, platform: false }
}

const fn admin(name: &'static str, zh: &'static str, en: &'static str) -> RoleDef {
    RoleDef {
        name,
        title: Text::new(zh, en),
        exclusive: Some("administrators"),
        scopes: &[ScopeKind::City],
        platform: false,
    }
}

const fn province(name: &'static str, zh: &'static str, en: &'static str) -> RoleDef {
    RoleDef { name, title: Text::new(zh, en), exclusive: None, scopes: &[ScopeKind::City], platform: true }
}

/// The role that everybody from the city has who proved a telephone number (个人用户). Nobody is assigned it: it has no scope.
pub const CITIZEN: &str = "citizen";

/// Every role of the core, alphabetical within its group.
pub const ROLES: &[RoleDef] = &[
    admin("audit_admin", "审计管理员", "Audit administrator"),
    admin("security_admin", "安全管理员", "Security administrator"),
    admin("system_admin", "系统管理员", "System administrator"),
    def("bureau_officer", "市局经办人", "Bureau officer", &[ScopeKind::City]),
    def("county_officer", "县区经办人", "County officer", &[ScopeKind::County]),
    def("department_officer", "部门经办人", "Department officer", &[ScopeKind::Department]),
    def(CITIZEN, "个人用户", "Citizen", &[]),
    def("agency_manager", "人力资源机构负责人", "Agency manager", &[ScopeKind::Agency]),
    def("developer", "前端开发者", "Front-end developer", &[ScopeKind::City]),
    def("market_manager", "市场负责人", "Market manager", &[ScopeKind::Market]),
    def("market_staff", "市场工作人员", "Market staff", &[ScopeKind::Market]),
    def("safety_inspector", "安全检查员", "Safety inspector", &[ScopeKind::City, ScopeKind::County]),
    def("supervisor", "监督员", "Supervisor", &[ScopeKind::City, ScopeKind::County]),
    def("volunteer_lead", "志愿队负责人", "Volunteer team lead", &[ScopeKind::Market]),
    province("province_officer", "省厅经办人", "Province officer"),
    province("province_supervisor", "省厅监督员", "Province supervisor"),
];

/// The role of this name.
#[must_use]
pub fn role(name: &str) -> Option<&'static RoleDef> {
    ROLES.iter().find(|r| r.name == name)
}
