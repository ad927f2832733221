//! Which lines a city may add to the policy (授权策略): it gives and forbids to the offices what the house gives to some
//! office by default. The part of the three administrators is fixed: whoever may write lines could be all three, or, as an
//! administrator may hold an office too and what is forbidden follows the person, stop another from looking on.

use kernel::policy::{self, Action, Line, RoleDef};

use super::roles;

/// Why a line cannot stand (不成立的策略).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// No role of this place.
    UnknownRole,
    /// One of the three administrators.
    Administrator,
    /// Nothing that can be done here.
    UnknownAction,
    /// Everybody's own, or the house's: no role is asked for it.
    NoRolesPart,
    /// An administrator's alone.
    AdministratorsPart,
}

/// What a line is about (策略内容).
#[derive(Clone, Copy, Debug)]
pub(crate) struct About {
    /// The role.
    pub role: &'static RoleDef,
    /// What it may or may not do.
    pub action: &'static Action,
}

/// What a line about `role` and `action` would be about, if it may stand beside the lines of the house.
pub(crate) fn check(
    role: &str,
    action: &str,
    platform: bool,
    mut actions: impl Iterator<Item = &'static Action>,
    defaults: &[Line],
) -> Result<About, Flaw> {
    let role = policy::role(role).filter(|def| roles::belongs(def, platform)).ok_or(Flaw::UnknownRole)?;
    if role.exclusive.is_some() {
        return Err(Flaw::Administrator);
    }
    let action = actions.find(|known| known.is(action)).ok_or(Flaw::UnknownAction)?;
    let mut given = defaults.iter().filter(|line| line.object == action.object && line.act == action.act).peekable();
    if given.peek().is_none() {
        return Err(Flaw::NoRolesPart);
    }
    if given.any(|line| roles::is_administrator(&line.role)) {
        return Err(Flaw::AdministratorsPart);
    }
    Ok(About { role, action })
}

#[cfg(test)]
mod tests {
    use kernel::policy::default_lines;

    use super::*;
    use crate::policy::{ACTIONS, GRANTS};

    fn flaw(role: &str, action: &str) -> Option<Flaw> {
        let defaults = default_lines(&GRANTS.iter().collect::<Vec<_>>());
        check(role, action, false, ACTIONS.iter().copied(), &defaults).err()
    }

    #[test]
    fn an_office_is_given_what_another_office_has_and_forbidden_what_it_has() {
        assert_eq!(flaw("county_officer", "liaison.read"), None);
        assert_eq!(flaw("supervisor", "liaison.reveal"), None);
    }

    #[test]
    fn the_part_of_the_three_administrators_is_fixed() {
        assert_eq!(flaw("security_admin", "liaison.read"), Some(Flaw::Administrator));
        assert_eq!(flaw("audit_admin", "account.read"), Some(Flaw::Administrator));
        for action in ["role.assign", "policy.set", "account.invite", "account.read"] {
            assert_eq!(flaw("bureau_officer", action), Some(Flaw::AdministratorsPart), "{action}");
        }
    }

    #[test]
    fn what_no_role_is_asked_for_and_what_nobody_knows_is_no_line() {
        assert_eq!(flaw("bureau_officer", "session.sign_in"), Some(Flaw::NoRolesPart));
        assert_eq!(flaw("bureau_officer", "session.purge"), Some(Flaw::NoRolesPart));
        assert_eq!(flaw("bureau_officer", "liaison"), Some(Flaw::UnknownAction));
        assert_eq!(flaw("mayor", "liaison.read"), Some(Flaw::UnknownRole));
        assert_eq!(flaw("province_officer", "liaison.read"), Some(Flaw::UnknownRole), "not in a city");
    }
}
