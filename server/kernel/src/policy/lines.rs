//! The lines of policy: what chapters grant by default, and what a tenant added.

use super::{Grant, OperatorClass};

/// A line of policy (策略行).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// The role.
    pub role: String,
    /// The class, or `*`.
    pub class: String,
    /// The kind of object.
    pub object: String,
    /// What is done, or `*`.
    pub act: String,
    /// `allow` or `deny`; deny overrides.
    pub effect: String,
}

/// The lines that `grants` stand for.
#[must_use]
pub fn default_lines(grants: &[&'static Grant]) -> Vec<Line> {
    let mut lines: Vec<Line> = grants
        .iter()
        .flat_map(|grant| {
            grant.actions.iter().flat_map(move |action| {
                classes(grant).into_iter().map(move |class| Line {
                    role: grant.role.to_owned(),
                    class: class.to_owned(),
                    object: action.object.to_owned(),
                    act: action.act.to_owned(),
                    effect: "allow".to_owned(),
                })
            })
        })
        .collect();
    lines.sort();
    lines.dedup();
    lines
}

/// May a tenant's own line stand beside the lines of the house (租户策略行)? It is about an office, and about what the house
/// gives to offices alone: neither an administrator's part nor what no role is asked for. A line that could be set once may
/// not stand any more, after a restore or under another build.
#[must_use]
pub fn may_stand(line: &Line, defaults: &[Line]) -> bool {
    let is_office = |name: &str| super::role(name).is_some_and(|def| def.exclusive.is_none());
    let mut given = defaults.iter().filter(|d| d.object == line.object && d.act == line.act).peekable();
    is_office(&line.role) && given.peek().is_some() && given.all(|d| is_office(&d.role))
}

fn classes(grant: &Grant) -> Vec<&'static str> {
    if grant.classes.is_empty() { vec!["*"] } else { grant.classes.iter().map(|c: &OperatorClass| c.name()).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(role: &str, object: &str, act: &str) -> Line {
        let [role, object, act] = [role, object, act].map(str::to_owned);
        Line { role, class: "*".to_owned(), object, act, effect: "allow".to_owned() }
    }

    #[test]
    fn an_administrators_part_and_what_nobody_gives_do_not_stand() {
        let defaults = [
            line("bureau_officer", "market", "list"),
            line("audit_admin", "audit", "read"),
            line("supervisor", "audit", "read"),
        ];
        assert!(may_stand(&line("county_officer", "market", "list"), &defaults));
        for refused in [
            line("security_admin", "market", "list"),
            line("mayor", "market", "list"),
            line("supervisor", "audit", "read"),
            line("supervisor", "market", "abolish"),
        ] {
            assert!(!may_stand(&refused, &defaults), "{refused:?}");
        }
    }
}
