//! casbin, and nothing else: one enforcer per tenant, replaced as a whole when a line changes, decisions remembered.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use casbin::function_map::OperatorFunction;
use casbin::{Adapter, CoreApi as _, DefaultModel, Enforcer, Filter, Model};
use chrono::NaiveDate;
use parking_lot::Mutex;
use sea_orm::{EntityTrait as _, QueryOrder as _};

use super::lines::may_stand;
use super::roles::CITIZEN;
use super::{Action, ClassedReach, Held, Line, OperatorClass, Place, Reach};
use crate::cache::Cache;
use crate::ctx::{Actor, Ctx, Via};
use crate::fault::Fault;

const MODEL: &str = "
[request_definition]
r = roles, every, class, obj, act
[policy_definition]
p = role, class, obj, act, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = r.obj == p.obj && (p.act == \"*\" || r.act == p.act) && (p.class == \"*\" || r.class == p.class) && (holds(r.roles, p.role) || p.eft == \"deny\" && holds(r.every, p.role))
";

/// The effect of a line that forbids.
const DENY: &str = "deny";

/// What was decided, and why (授权决定).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Allowed?
    pub allowed: bool,
    /// The roles that held at the place.
    pub roles: Vec<String>,
    /// The line that decided, `role, class, object, act, effect`.
    pub line: Option<String>,
    /// The actor's API key does not name the action.
    pub outside_key: bool,
}

impl Decision {
    /// Did a line that forbids decide?
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.line.as_deref().is_some_and(|line| line.ends_with(", deny"))
    }
}

/// The roles that hold there, those held anywhere, the class, the object and what is done.
type Question = (String, String, OperatorClass, &'static str, &'static str);

/// The policy of one tenant (授权策略). What is allowed holds where the role does. What is forbidden follows the person: who
/// holds such a role anywhere does not do it anywhere, whatever else allows it, so that a list shows what a look at one of
/// its rows would.
pub struct TenantPolicy {
    enforcer: Enforcer,
    lines: Vec<Line>,
    forbids: bool,
    decided: Mutex<HashMap<Question, (bool, Option<String>)>>,
}

impl TenantPolicy {
    /// The policy that `lines` make.
    pub async fn new(lines: Vec<Line>) -> Result<Self, Fault> {
        let model = DefaultModel::from_str(MODEL).await.map_err(Fault::of("read the policy model"))?;
        let mut enforcer = Enforcer::new(model, Lines(lines.clone())).await.map_err(Fault::of("load the policy"))?;
        enforcer.add_function(
            "holds",
            OperatorFunction::Arg2(|roles, role| {
                let (roles, role) = (roles.to_string(), role.to_string());
                roles.split(',').any(|r| r == role).into()
            }),
        );
        let forbids = lines.iter().any(|line| line.effect == DENY);
        Ok(Self { enforcer, lines, forbids, decided: Mutex::default() })
    }

    /// The lines, for the golden matrix and for `explainAccess`.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Decides whether `actor` may do `action` at `place` on `today`.
    #[must_use]
    pub fn decide(&self, actor: &Actor, action: &Action, place: &Place, today: NaiveDate) -> Decision {
        match actor {
            Actor::System(_) => {
                Decision { allowed: true, roles: Vec::new(), line: Some("system".to_owned()), outside_key: false }
            }
            Actor::Anonymous => Decision { allowed: false, roles: Vec::new(), line: None, outside_key: false },
            Actor::Citizen(_) => {
                let (allowed, line) = self.ask(&[CITIZEN], &[CITIZEN], place.class, action);
                Decision { allowed, roles: vec![CITIZEN.to_owned()], line, outside_key: false }
            }
            Actor::Account(account) => {
                let roles = holding(&account.held, place, today);
                let every = in_force(&account.held, today);
                let (allowed, line) = self.ask(&roles, &every, place.class, action);
                let outside_key = !key_names(&account.via, action);
                let roles = roles.into_iter().map(str::to_owned).collect();
                Decision { allowed: allowed && !outside_key && !account.restricted, roles, line, outside_key }
            }
        }
    }

    /// Where `actor` may do `action`, whatever the class of the market.
    #[must_use]
    pub fn reach(&self, actor: &Actor, action: &Action, today: NaiveDate) -> Reach {
        reach_where(actor, action, today, |role, every| self.may(&[role], every, action))
    }

    /// Where `actor` may do `action`, in each class.
    #[must_use]
    pub fn reach_by_class(&self, actor: &Actor, action: &Action, today: NaiveDate) -> ClassedReach {
        ClassedReach::new(|class| {
            reach_where(actor, action, today, |role, every| self.ask(&[role], every, class, action).0)
        })
    }

    /// May `role` do `action` in any class?
    #[must_use]
    pub fn role_may(&self, role: &str, action: &Action) -> bool {
        self.may(&[role], &[role], action)
    }

    /// May a holder of `roles`, who holds `every` role altogether, do `action` in any class?
    fn may(&self, roles: &[&str], every: &[&str], action: &Action) -> bool {
        OperatorClass::ALL.into_iter().any(|class| self.ask(roles, every, class, action).0)
    }

    /// May a holder of `roles`, who holds `every` role altogether, do `action` in `class`, and by which line? Remembered.
    #[must_use]
    pub fn ask(&self, roles: &[&str], every: &[&str], class: OperatorClass, action: &Action) -> (bool, Option<String>) {
        // Where nothing is forbidden, what else somebody holds is no part of the question.
        let every = if self.forbids { every } else { &[] };
        let question: Question = (roles.join(","), every.join(","), class, action.object, action.act);
        if let Some(answer) = self.decided.lock().get(&question) {
            return answer.clone();
        }
        let answer = self.judge(&question, self.deciding(roles, every, class, action));
        self.decided.lock().insert(question, answer.clone());
        answer
    }

    /// casbin's judgement where a line speaks of the question. Where none does nothing is allowed, and casbin, which would
    /// weigh every line for it, is not asked: most pairs of a role and an action are such.
    fn judge(&self, question: &Question, line: Option<String>) -> (bool, Option<String>) {
        if line.is_none() {
            return (false, None);
        }
        let (roles, every, class, object, act) = question;
        let request = (roles.clone(), every.clone(), class.name().to_owned(), (*object).to_owned(), (*act).to_owned());
        match self.enforcer.enforce(request) {
            Ok(allowed) => (allowed, line),
            // Whatever cannot be decided is refused.
            Err(error) => {
                tracing::error!(%error, "casbin could not decide");
                (false, None)
            }
        }
    }

    /// The line that explains a decision: a denial if there is one, else the first that allows.
    fn deciding(&self, roles: &[&str], every: &[&str], class: OperatorClass, action: &Action) -> Option<String> {
        let matches = |line: &&Line| {
            line.object == action.object
                && (line.act == "*" || line.act == action.act)
                && (line.class == "*" || line.class == class.name())
        };
        let about = |line: &Line, roles: &[&str]| roles.contains(&line.role.as_str());
        let mut matching = self.lines.iter().filter(matches);
        let denial = matching.clone().find(|line| line.effect == DENY && (about(line, roles) || about(line, every)));
        denial
            .or_else(|| matching.find(|line| line.effect != DENY && about(line, roles)))
            .map(|line| format!("{}, {}, {}, {}, {}", line.role, line.class, line.object, line.act, line.effect))
    }
}

/// Where `actor` may do `action`, as far as `may` says of a role, beside every role that is held, that it may.
fn reach_where(actor: &Actor, action: &Action, today: NaiveDate, may: impl Fn(&str, &[&str]) -> bool) -> Reach {
    let mut reach = Reach::default();
    match actor {
        Actor::System(_) => reach.city = true,
        // What is a citizen's own is found by whose it is, and lies in no scope.
        Actor::Anonymous | Actor::Citizen(_) => {}
        Actor::Account(account) if account.restricted || !key_names(&account.via, action) => {}
        Actor::Account(account) => {
            let every = in_force(&account.held, today);
            for held in account.held.iter().filter(|held| holds_on(held, today)) {
                if may(held.role.as_str(), &every) {
                    reach.add(held);
                }
            }
        }
    }
    reach
}

/// Does it hold on `today`?
fn holds_on(held: &Held, today: NaiveDate) -> bool {
    held.until.is_none_or(|until| until >= today)
}

/// The roles among `held` that hold at `place` on `today`, sorted, each once.
fn holding<'a>(held: &'a [Held], place: &Place, today: NaiveDate) -> Vec<&'a str> {
    names(held.iter().filter(|held| holds_on(held, today) && place.is_within(held)))
}

/// The roles among `held` that hold anywhere on `today`, sorted, each once.
fn in_force(held: &[Held], today: NaiveDate) -> Vec<&str> {
    names(held.iter().filter(|held| holds_on(held, today)))
}

fn names<'a>(held: impl Iterator<Item = &'a Held>) -> Vec<&'a str> {
    let mut roles: Vec<&str> = held.map(|held| held.role.as_str()).collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

fn key_names(via: &Via, action: &Action) -> bool {
    match via {
        Via::Session(_) => true,
        Via::ApiKey { scopes, .. } => scopes.iter().any(|scope| {
            scope
                .split_once('.')
                .is_some_and(|(object, act)| object == action.object && (act == "*" || act == action.act))
        }),
    }
}

/// The policies of all tenants, loaded when first asked for.
#[derive(Default)]
pub struct PolicyBook {
    tenants: Cache<TenantPolicy>,
    defaults: Vec<Line>,
}

impl PolicyBook {
    /// A book that starts from the chapters' defaults.
    #[must_use]
    pub fn new(defaults: Vec<Line>) -> Self {
        Self { tenants: Cache::default(), defaults }
    }

    /// The default lines.
    #[must_use]
    pub fn defaults(&self) -> &[Line] {
        &self.defaults
    }

    /// The policy of the tenant of `ctx`.
    pub async fn of(&self, ctx: &Ctx) -> Result<Arc<TenantPolicy>, Fault> {
        let code = &ctx.tenant().code;
        if let Some(policy) = self.tenants.get(code) {
            return Ok(policy);
        }
        let epoch = self.tenants.epoch(code);
        let rows = entities::policy_line::Entity::find()
            .order_by_asc(entities::policy_line::Column::Id)
            .all(&ctx.scope())
            .await?;
        let mut lines = self.defaults.clone();
        for row in rows {
            let id = row.id;
            let line = Line { role: row.role, class: row.class, object: row.object, act: row.act, effect: row.effect };
            if may_stand(&line, &self.defaults) {
                lines.push(line);
            } else {
                tracing::warn!(tenant = %code, line = %id, role = %line.role, object = %line.object, act = %line.act, "a line of policy may not stand any more and is left out");
            }
        }
        Ok(self.tenants.keep(code, epoch, Arc::new(TenantPolicy::new(lines).await?)))
    }

    /// Forgets the policy of a tenant, because a line changed.
    pub fn forget(&self, code: &str) {
        self.tenants.forget(code);
    }

    /// Forgets every policy, because a change may have gone unheard.
    pub fn forget_all(&self) {
        self.tenants.forget_all();
    }
}

/// Our adapter: the lines were read in one statement; casbin only takes them over.
struct Lines(Vec<Line>);

#[async_trait]
impl Adapter for Lines {
    async fn load_policy(&mut self, m: &mut dyn Model) -> casbin::Result<()> {
        for l in &self.0 {
            let rule = [&l.role, &l.class, &l.object, &l.act, &l.effect].map(Clone::clone).to_vec();
            m.add_policy("p", "p", rule);
        }
        Ok(())
    }

    async fn load_filtered_policy<'a>(&mut self, m: &mut dyn Model, _: Filter<'a>) -> casbin::Result<()> {
        self.load_policy(m).await
    }

    async fn save_policy(&mut self, _: &mut dyn Model) -> casbin::Result<()> {
        Ok(())
    }

    async fn clear_policy(&mut self) -> casbin::Result<()> {
        self.0.clear();
        Ok(())
    }

    fn is_filtered(&self) -> bool {
        false
    }

    async fn add_policy(&mut self, _: &str, _: &str, _: Vec<String>) -> casbin::Result<bool> {
        Ok(false)
    }

    async fn add_policies(&mut self, _: &str, _: &str, _: Vec<Vec<String>>) -> casbin::Result<bool> {
        Ok(false)
    }

    async fn remove_policy(&mut self, _: &str, _: &str, _: Vec<String>) -> casbin::Result<bool> {
        Ok(false)
    }

    async fn remove_policies(&mut self, _: &str, _: &str, _: Vec<Vec<String>>) -> casbin::Result<bool> {
        Ok(false)
    }

    async fn remove_filtered_policy(&mut self, _: &str, _: &str, _: usize, _: Vec<String>) -> casbin::Result<bool> {
        Ok(false)
    }
}
