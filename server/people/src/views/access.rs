//! Why an account may or may not do something.

use async_graphql::ID;
use entities::account;
use kernel::ctx::{AccountActor, Via};
use kernel::fault::Fault;
use kernel::ids::GlobalId;
use kernel::policy::{Decision, Held, ROLES, TenantPolicy};
use kernel::{Action, Actor, Ctx, Place, places};
use uuid::Uuid;

use crate::queries;
use crate::rules::access::{self, Reason};
use crate::rules::sessions;
use crate::schema::types::AccessExplanation;

/// Where the object of this id stands.
async fn place_of(ctx: &Ctx, object: &ID) -> Result<Place, Fault> {
    let kind = GlobalId::decode(object.as_str()).ok_or(Fault::NotFound)?.kind;
    if let Some(place) = places::place_of(ctx, &kind, object).await? {
        return Ok(place);
    }
    // What belongs to the city as a whole.
    let whole = ["Account", "Session", "ApiKey", "Invitation", "RoleAssignment"];
    let name = whole.into_iter().find(|name| *name == kind).ok_or(Fault::NotFound)?;
    ctx.parse_id(name, object)?;
    Ok(Place::city())
}

/// Why an account may or may not do an action at an object, or anywhere at all.
pub(crate) async fn explain(
    ctx: &Ctx,
    account: Uuid,
    action: &str,
    object: Option<&ID>,
) -> Result<AccessExplanation, Fault> {
    if ctx.account()?.id != account {
        ctx.require(&kernel::house::policy::ACCESS_EXPLAIN, &Place::city()).await?;
    }
    let row = queries::account(&ctx.scope(), account).await?.ok_or(Fault::NotFound)?;
    let action = ctx.kernel().actions().find(|a| a.name() == action).ok_or(Fault::NotFound)?;
    let place = match object {
        Some(object) => Some(place_of(ctx, object).await?),
        None => None,
    };
    let held = queries::held(&ctx.scope(), account).await?;
    let policy = ctx.kernel().policy.of(ctx).await?;
    let decision = decide(ctx, &policy, &row, &held, action, place);
    let reason = reason(ctx, &policy, &row, &held, action, &decision);
    Ok(AccessExplanation {
        allowed: matches!(reason, Reason::Granted { .. }),
        reason: reason.say(action.title, ctx.lang()),
        decided_by: decision.line,
        roles: decision.roles,
    })
}

/// At the place, or at the best of the places where it holds a role.
fn decide(
    ctx: &Ctx,
    policy: &TenantPolicy,
    row: &account::Model,
    held: &[Held],
    action: &Action,
    place: Option<Place>,
) -> Decision {
    let actor = Actor::Account(AccountActor {
        id: row.id,
        username: row.username.clone(),
        held: held.into(),
        via: Via::Session(Uuid::nil()),
        restricted: false,
    });
    if let Some(place) = place {
        return policy.decide(&actor, action, &place, ctx.today());
    }
    let now = |h: &&Held| crate::rules::roles::holds_now(h, ctx.today());
    let every: Vec<&str> = held.iter().filter(now).map(|h| h.role.as_str()).collect();
    let answers = kernel::policy::OperatorClass::ALL.map(|class| policy.ask(&every, &every, class, action));
    let best = answers.iter().find(|(allowed, _)| *allowed).unwrap_or(&answers[0]);
    let (allowed, line) = best.clone();
    let roles = every.into_iter().filter(|role| policy.role_may(role, action)).map(str::to_owned).collect();
    Decision { allowed, roles, line, outside_key: false }
}

fn reason(
    ctx: &Ctx,
    policy: &TenantPolicy,
    row: &account::Model,
    held: &[Held],
    action: &Action,
    decision: &Decision,
) -> Reason {
    let (config, today) = (&ctx.kernel().config.people, ctx.today());
    if row.status != "ACTIVE" {
        return Reason::NotActive;
    }
    if !decision.allowed && decision.is_forbidden() {
        return Reason::Denied;
    }
    let roles: Vec<String> = decision.roles.iter().filter(|role| policy.role_may(role, action)).cloned().collect();
    if !decision.allowed && !roles.is_empty() {
        return Reason::OtherClass { roles };
    }
    if !decision.allowed {
        return access::why_not(held, |role| policy.role_may(role, action), ROLES, today);
    }
    if sessions::must_change_password(row, config, today) || sessions::must_enrol_totp(row, held, config) {
        return Reason::Restricted;
    }
    Reason::Granted { roles }
}
