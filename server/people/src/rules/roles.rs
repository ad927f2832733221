//! Who may hold which role, and beside which other (三员分立).

use chrono::NaiveDate;
use kernel::policy::{self, Held, RoleDef, ScopeKind};

/// Roles of people who do not belong to the bureau's own staff.
const OUTSIDE: [&str; 3] = ["agency_manager", "developer", "volunteer_lead"];

/// Does the role hold on `today`?
#[must_use]
pub(crate) fn holds_now(held: &Held, today: NaiveDate) -> bool {
    held.until.is_none_or(|until| until >= today)
}

/// Is it one of the three administrators?
#[must_use]
pub(crate) fn is_administrator(role: &str) -> bool {
    policy::role(role).is_some_and(|def| def.exclusive.is_some())
}

/// Is the account one of staff (工作人员), who need a second factor? Every role but those of agencies, volunteers and
/// front-end teams.
#[must_use]
pub(crate) fn is_staff(held: &[Held]) -> bool {
    held.iter().any(|h| !OUTSIDE.contains(&h.role.as_str()))
}

/// Roles of the offices, whose accounts name one of the five departments (R63). The three administrators are named when a
/// city is set up, before there is anybody to ask.
const OF_DEPARTMENTS: [&str; 7] = [
    "bureau_officer",
    "county_officer",
    "department_officer",
    "safety_inspector",
    "supervisor",
    "province_officer",
    "province_supervisor",
];

/// Does whoever holds the role belong to a department (所属部门)?
#[must_use]
pub(crate) fn needs_department(role: &str) -> bool {
    OF_DEPARTMENTS.contains(&role)
}

/// May the role be given in this kind of store? Administrators in both; all others in a city or at the province.
#[must_use]
pub(crate) fn belongs(def: &RoleDef, platform: bool) -> bool {
    !def.scopes.is_empty() && (def.exclusive.is_some() || def.platform == platform)
}

/// The role among `held` that `wanted` may not stand beside.
#[must_use]
pub(crate) fn excluded_by(wanted: &RoleDef, held: &[Held], today: NaiveDate) -> Option<&'static RoleDef> {
    let group = wanted.exclusive?;
    held.iter()
        .filter(|h| holds_now(h, today) && h.role != wanted.name)
        .filter_map(|h| policy::role(&h.role))
        .find(|def| def.exclusive == Some(group))
}

/// May `def` be assigned in this kind of scope?
#[must_use]
pub(crate) fn fits(def: &RoleDef, kind: ScopeKind) -> bool {
    def.scopes.contains(&kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(role: &str, until: Option<&str>) -> Held {
        let until = until.map(|day| day.parse().unwrap());
        Held { role: role.to_owned(), kind: ScopeKind::City, key: String::new(), until }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn no_account_is_two_of_the_three_administrators() {
        let wanted = policy::role("audit_admin").unwrap();
        let excluded =
            excluded_by(wanted, &[held("bureau_officer", None), held("system_admin", None)], day("2026-07-01"));
        assert_eq!(excluded.map(|def| def.name), Some("system_admin"));
    }

    #[test]
    fn a_role_that_has_run_out_excludes_nothing() {
        let wanted = policy::role("audit_admin").unwrap();
        assert!(excluded_by(wanted, &[held("system_admin", Some("2026-06-30"))], day("2026-07-01")).is_none());
        assert!(excluded_by(wanted, &[held("system_admin", Some("2026-07-01"))], day("2026-07-01")).is_some());
    }

    #[test]
    fn an_administrator_may_hold_an_office_role_and_the_same_role_again() {
        let wanted = policy::role("audit_admin").unwrap();
        assert!(
            excluded_by(wanted, &[held("audit_admin", None), held("supervisor", None)], day("2026-07-01")).is_none()
        );
        let office = policy::role("bureau_officer").unwrap();
        assert!(excluded_by(office, &[held("audit_admin", None)], day("2026-07-01")).is_none());
    }

    #[test]
    fn city_roles_stay_in_cities_and_province_roles_at_the_province() {
        let belongs = |name, platform| belongs(policy::role(name).unwrap(), platform);
        assert!(belongs("bureau_officer", false) && !belongs("bureau_officer", true));
        assert!(belongs("province_officer", true) && !belongs("province_officer", false));
        assert!(belongs("audit_admin", true) && belongs("audit_admin", false));
    }

    #[test]
    fn agencies_volunteers_and_developers_are_not_staff() {
        assert!(!is_staff(&[]));
        assert!(!is_staff(&[held("agency_manager", None), held("developer", None), held("volunteer_lead", None)]));
        assert!(is_staff(&[held("developer", None), held("market_staff", None)]));
    }
}
