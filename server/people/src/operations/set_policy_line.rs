//! Setting a line of policy (设置授权策略): what a role may do in this city beside what the house gives it, or may not do.
//! The security administrator's part alone.

use entities::policy_line;
use kernel::fault::{Fault, Stop};
use kernel::invalidate::POLICY;
use kernel::{Ctx, Once, Outcome, Place, Tx};
use sea_orm::{ActiveModelTrait as _, DbErr, EntityTrait as _, QuerySelect as _, Set, SqlErr};
use uuid::Uuid;

use crate::events::PolicyChanged;
use crate::rules::lines::{self, About, Flaw};
use crate::{policy, queries};

kernel::refusals! {
    /// Why the line was not set (不予设置授权策略).
    pub SetPolicyLine => SetPolicyLineReason, SetPolicyLineRefusalCode {
        /// Somebody else set one about the same role and action, or took it back.
        Conflict { current: i32 } @ "version":
            "关于该角色和该操作的策略刚被他人变更（现为第{current}版，0为没有），请核对后再试。" /
            "Somebody else has just changed the line about this role and action (now version {current}, 0 for none); look at it and try again.",
        /// Not a role, or not one of this place.
        UnknownRole @ "role": "这里没有该角色，请从列表中选择。" / "There is no such role here; choose one from the list.",
        /// One of the three administrators.
        Administrator @ "role":
            "系统、安全、审计三类管理员的权限是固定的（三员分立），不能另行允许或禁止。" /
            "What the system, security and audit administrators may do is fixed; nothing can be added to it or forbidden.",
        /// Nothing that can be done here.
        UnknownAction @ "action":
            "没有该操作，请从列表中选择（例如 market.read）。" /
            "There is no such action; choose one from the list, like market.read.",
        /// Not a matter of roles.
        NoRolesPart @ "action":
            "该操作属于本人事项或由系统自动办理，不按角色授权，不能设置策略。" /
            "That is everybody's own, or done by the system itself; it is not given to roles, so no line can be about it.",
        /// An administrator's alone.
        AdministratorsPart @ "action":
            "该操作属于系统、安全或审计管理员，不能对其他角色另行允许或禁止（三员分立）。" /
            "That is the part of an administrator: it can be neither given to another role nor forbidden.",
        /// To oneself.
        OwnRole @ "role":
            "不能给自己持有的角色增加权限，请由另一名安全管理员办理。" /
            "You hold this role yourself and cannot add to it; ask another security administrator.",
        /// It stands just so.
        AlreadySet: "已有相同的策略。" / "There is such a line already.",
    }
}

/// A line to be set (策略内容).
#[derive(Clone, Debug)]
pub struct LineInput {
    /// The role.
    pub role: String,
    /// What it may or may not do: `market.read`.
    pub action: String,
    /// Forbidden, not allowed.
    pub forbids: bool,
}

/// Sets a line of policy (设置授权策略), in place of the one about the same role and action, whose version is `version`; 0
/// where there is none. It holds at once, in every process and on open sockets.
pub async fn set_policy_line(
    ctx: &Ctx,
    input: LineInput,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<SetPolicyLine>> {
    ctx.transact_once(&policy::SET_POLICY, once, |tx| async move {
        tx.authorize(&policy::SET_POLICY, &Place::city()).await?;
        let about = decide(tx.ctx(), &input).map_err(Stop::Refused)?;
        let effect = if input.forbids { "deny" } else { "allow" };
        let id = save(&tx, about, effect, version).await?;
        tx.about("PolicyLine", id);
        tx.note("role", about.role.name);
        tx.note("action", about.action.name());
        tx.note("effect", effect);
        tx.invalidate(POLICY);
        tx.announce(&PolicyChanged { line: id, set: true })?;
        Ok(Outcome::of("PolicyLine", id, version + 1))
    })
    .await
}

fn decide(ctx: &Ctx, input: &LineInput) -> Result<About, SetPolicyLine> {
    let (house, platform) = (ctx.kernel(), ctx.tenant().is_platform());
    let checked = lines::check(&input.role, &input.action, platform, house.actions(), house.policy.defaults());
    let about = checked.map_err(|flaw| match flaw {
        Flaw::UnknownRole => SetPolicyLine::UnknownRole,
        Flaw::Administrator => SetPolicyLine::Administrator,
        Flaw::UnknownAction => SetPolicyLine::UnknownAction,
        Flaw::NoRolesPart => SetPolicyLine::NoRolesPart,
        Flaw::AdministratorsPart => SetPolicyLine::AdministratorsPart,
    })?;
    let own = ctx.account().is_ok_and(|actor| actor.held.iter().any(|held| held.role == about.role.name));
    if own && !input.forbids {
        return Err(SetPolicyLine::OwnRole);
    }
    Ok(about)
}

async fn save(tx: &Tx, about: About, effect: &'static str, version: i32) -> Result<Uuid, Stop<SetPolicyLine>> {
    let ctx = tx.ctx();
    let same = queries::policy_line_about(about.role.name, about.action).lock_exclusive().one(tx).await?;
    let present = same.as_ref().map_or(0, |line| line.version);
    if present != version {
        return Err(Stop::Refused(SetPolicyLine::Conflict { current: present }));
    }
    if same.as_ref().is_some_and(|line| line.effect == effect) {
        return Err(Stop::Refused(SetPolicyLine::AlreadySet));
    }
    let id = same.as_ref().map_or_else(|| ctx.new_id(), |line| line.id);
    let row = policy_line::ActiveModel {
        id: Set(id),
        role: Set(about.role.name.to_owned()),
        class: Set("*".to_owned()),
        object: Set(about.action.object.to_owned()),
        act: Set(about.action.act.to_owned()),
        effect: Set(effect.to_owned()),
        created_at: Set(ctx.now()),
        version: Set(version + 1),
    };
    match same {
        Some(_) => row.update(tx).await.map(|_| ())?,
        None => policy_line::Entity::insert(row).exec_without_returning(tx).await.map(|_| ()).map_err(taken)?,
    }
    Ok(id)
}

/// Two who set the first one about the same at the same moment: the second is told.
fn taken(error: DbErr) -> Stop<SetPolicyLine> {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Stop::Refused(SetPolicyLine::Conflict { current: 1 }),
        _ => Stop::Fault(Fault::from(error)),
    }
}
