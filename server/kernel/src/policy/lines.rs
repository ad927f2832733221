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

fn classes(grant: &Grant) -> Vec<&'static str> {
    if grant.classes.is_empty() { vec!["*"] } else { grant.classes.iter().map(|c: &OperatorClass| c.name()).collect() }
}
