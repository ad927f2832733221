//! Why an account may or may not do something, in plain words (授权解释).

use chrono::NaiveDate;
use kernel::policy::{Held, RoleDef};
use kernel::text::{Lang, Text};

use super::roles;

/// Why the answer is what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// A role that holds there grants it.
    Granted {
        /// The roles that hold there, by name.
        roles: Vec<String>,
    },
    /// A line forbids it, whatever else allows it.
    Denied,
    /// The account may not sign in.
    NotActive,
    /// A new password or a second factor is due first.
    Restricted,
    /// A role grants it, but only elsewhere.
    Elsewhere {
        /// The roles that grant it elsewhere, by name.
        roles: Vec<String>,
    },
    /// A role that holds there grants it, but not for what is of this class.
    OtherClass {
        /// The roles that hold there, by name.
        roles: Vec<String>,
    },
    /// A role granted it, but has run out.
    RanOut {
        /// The roles that have run out, by name.
        roles: Vec<String>,
    },
    /// No role of the account grants it.
    NoRole {
        /// The roles that would, by name.
        would: Vec<String>,
    },
}

/// Why nothing among `held` grants an action that no line forbids and that `grants` says which roles grant.
#[must_use]
pub(crate) fn why_not(held: &[Held], grants: impl Fn(&str) -> bool, all: &[RoleDef], today: NaiveDate) -> Reason {
    let granting = |wanted: bool| {
        let mut names: Vec<String> = held
            .iter()
            .filter(|h| grants(&h.role) && roles::holds_now(h, today) == wanted)
            .map(|h| h.role.clone())
            .collect();
        names.sort();
        names.dedup();
        names
    };
    let (now, past) = (granting(true), granting(false));
    if !now.is_empty() {
        return Reason::Elsewhere { roles: now };
    }
    if !past.is_empty() {
        return Reason::RanOut { roles: past };
    }
    Reason::NoRole { would: all.iter().filter(|d| grants(d.name)).map(|d| d.name.to_owned()).collect() }
}

fn titles(names: &[String], lang: Lang) -> String {
    let title =
        |name: &String| kernel::policy::role(name).map_or_else(|| name.clone(), |d| d.title.get(lang).to_owned());
    let titles: Vec<String> = names.iter().map(title).collect();
    titles.join(if lang == Lang::Zh { "、" } else { ", " })
}

impl Reason {
    /// In plain words.
    #[must_use]
    pub(crate) fn say(&self, action: Text, lang: Lang) -> String {
        let what = action.get(lang);
        match (self, lang) {
            (Self::Granted { roles }, Lang::Zh) => format!("可以“{what}”：由角色{}授予。", titles(roles, lang)),
            (Self::Granted { roles }, Lang::En) => format!("May “{what}”: granted by {}.", titles(roles, lang)),
            (Self::Denied, Lang::Zh) => format!("不可“{what}”：有一条策略明确禁止，禁止优先于允许。"),
            (Self::Denied, Lang::En) => {
                format!("May not “{what}”: a line of policy forbids it, and that overrides what allows it.")
            }
            (Self::NotActive, Lang::Zh) => format!("不可“{what}”：该账号未启用或已停用。"),
            (Self::NotActive, Lang::En) => format!("May not “{what}”: the account is not active."),
            (Self::Restricted, Lang::Zh) => format!("暂不可“{what}”：须先修改口令或绑定动态口令。"),
            (Self::Restricted, Lang::En) => {
                format!("May not “{what}” yet: a new password or a second factor is due first.")
            }
            (Self::OtherClass { roles }, Lang::Zh) => {
                format!("不可在此“{what}”：角色{}对这类运营主体的市场不包含该操作。", titles(roles, lang))
            }
            (Self::OtherClass { roles }, Lang::En) => {
                format!(
                    "May not “{what}” here: {} does not include it at markets run like this one.",
                    titles(roles, lang)
                )
            }
            (Self::Elsewhere { roles }, Lang::Zh) => {
                format!("不可在此“{what}”：角色{}只在其他范围有效。", titles(roles, lang))
            }
            (Self::Elsewhere { roles }, Lang::En) => {
                format!("May not “{what}” here: {} holds only in another scope.", titles(roles, lang))
            }
            (Self::RanOut { roles }, Lang::Zh) => format!("不可“{what}”：角色{}已过有效期。", titles(roles, lang)),
            (Self::RanOut { roles }, Lang::En) => format!("May not “{what}”: {} has run out.", titles(roles, lang)),
            (Self::NoRole { would }, Lang::Zh) if would.is_empty() => format!("不可“{what}”：没有角色被授予此项权限。"),
            (Self::NoRole { would }, Lang::En) if would.is_empty() => {
                format!("May not “{what}”: no role is granted it.")
            }
            (Self::NoRole { would }, Lang::Zh) => {
                format!("不可“{what}”：所持角色均不含此项权限；需要的角色：{}。", titles(would, lang))
            }
            (Self::NoRole { would }, Lang::En) => {
                format!("May not “{what}”: no role it holds grants it. These would: {}.", titles(would, lang))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::policy::{ROLES, ScopeKind};

    use super::*;

    fn held(role: &str, until: Option<&str>) -> Held {
        let until = until.map(|day| day.parse().unwrap());
        Held { role: role.to_owned(), kind: ScopeKind::City, key: String::new(), until }
    }

    fn why(held: &[Held]) -> Reason {
        why_not(held, |role| role == "supervisor", ROLES, "2026-07-01".parse().unwrap())
    }

    #[test]
    fn each_way_of_not_being_allowed_has_its_reason() {
        let supervisor = || vec!["supervisor".to_owned()];
        assert_eq!(why(&[]), Reason::NoRole { would: supervisor() });
        assert_eq!(why(&[held("supervisor", Some("2026-06-30"))]), Reason::RanOut { roles: supervisor() });
        assert_eq!(why(&[held("supervisor", None)]), Reason::Elsewhere { roles: supervisor() });
    }

    #[test]
    fn the_reason_names_roles_by_their_titles() {
        let action = Text::new("查看工作对接人", "See the liaison person");
        let reason = why(&[]);
        assert_eq!(reason.say(action, Lang::Zh), "不可“查看工作对接人”：所持角色均不含此项权限；需要的角色：监督员。");
        assert!(reason.say(action, Lang::En).ends_with("These would: Supervisor."));
    }
}
