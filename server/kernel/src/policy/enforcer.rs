//! casbin, and nothing else: one enforcer per tenant, replaced as a whole when a line changes, decisions remembered.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use casbin::function_map::OperatorFunction;
use casbin::{Adapter, CoreApi as _, DefaultModel, Enforcer, Filter, Model};
use chrono::NaiveDate;
use parking_lot::Mutex;
use sea_orm::{EntityTrait as _, QueryOrder as _};

use super::{Action, Held, Line, OperatorClass, Place, Reach};
use crate::cache::Cache;
use crate::ctx::{Actor, Ctx, Via};
use crate::fault::Fault;

const MODEL: &str = "
[request_definition]
r = roles, class, obj, act
[policy_definition]
p = role, class, obj, act, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = r.obj == p.obj && (p.act == \"*\" || r.act == p.act) && (p.class == \"*\" || r.class == p.class) && holds(r.roles, p.role)
";

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

type Question = (String, OperatorClass, &'static str, &'static str);

/// The policy of one tenant.
pub struct TenantPolicy {
    enforcer: Enforcer,
    lines: Vec<Line>,
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
        Ok(Self { enforcer, lines, decided: Mutex::default() })
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
            Actor::Account(account) => {
                let roles = holding(&account.held, place, today);
                let (allowed, line) = self.ask(&roles, place.class, action);
                let outside_key = !key_names(&account.via, action);
                Decision { allowed: allowed && !outside_key && !account.restricted, roles, line, outside_key }
            }
        }
    }

    /// Where `actor` may do `action`, whatever the class of the market.
    #[must_use]
    pub fn reach(&self, actor: &Actor, action: &Action, today: NaiveDate) -> Reach {
        let mut reach = Reach::default();
        match actor {
            Actor::System(_) => reach.city = true,
            Actor::Anonymous => {}
            Actor::Account(account) if account.restricted || !key_names(&account.via, action) => {}
            Actor::Account(account) => {
                for held in account.held.iter().filter(|h| h.until.is_none_or(|until| until >= today)) {
                    if self.role_may(&held.role, action) {
                        reach.add(held);
                    }
                }
            }
        }
        reach
    }

    /// May `role` do `action` in any class?
    #[must_use]
    pub fn role_may(&self, role: &str, action: &Action) -> bool {
        let roles = [role.to_owned()];
        OperatorClass::ALL.into_iter().any(|class| self.ask(&roles, class, action).0)
    }

    /// May a holder of `roles` do `action` in `class`, and by which line? Remembered.
    #[must_use]
    pub fn ask(&self, roles: &[String], class: OperatorClass, action: &Action) -> (bool, Option<String>) {
        let joined = roles.join(",");
        let question: Question = (joined, class, action.object, action.act);
        if let Some(answer) = self.decided.lock().get(&question) {
            return answer.clone();
        }
        let request = (question.0.clone(), class.name().to_owned(), action.object.to_owned(), action.act.to_owned());
        let answer = match self.enforcer.enforce(request) {
            Ok(allowed) => (allowed, self.deciding(roles, class, action)),
            // Whatever cannot be decided is refused.
            Err(error) => {
                tracing::error!(%error, "casbin could not decide");
                (false, None)
            }
        };
        self.decided.lock().insert(question, answer.clone());
        answer
    }
}

impl TenantPolicy {
    /// The line that explains a decision: a denial if there is one, else the first that allows.
    fn deciding(&self, roles: &[String], class: OperatorClass, action: &Action) -> Option<String> {
        let matches = |l: &&Line| {
            l.object == action.object
                && (l.act == "*" || l.act == action.act)
                && (l.class == "*" || l.class == class.name())
                && roles.contains(&l.role)
        };
        let denial = self.lines.iter().filter(matches).find(|l| l.effect == "deny");
        denial
            .or_else(|| self.lines.iter().find(matches))
            .map(|l| format!("{}, {}, {}, {}, {}", l.role, l.class, l.object, l.act, l.effect))
    }
}

/// The roles among `held` that hold at `place` on `today`, sorted, each once.
fn holding(held: &[Held], place: &Place, today: NaiveDate) -> Vec<String> {
    let mut roles: Vec<String> = held
        .iter()
        .filter(|h| h.until.is_none_or(|until| until >= today) && place.is_within(h))
        .map(|h| h.role.clone())
        .collect();
    roles.sort();
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
        lines.extend(rows.into_iter().map(|r| Line {
            role: r.role,
            class: r.class,
            object: r.object,
            act: r.act,
            effect: r.effect,
        }));
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
