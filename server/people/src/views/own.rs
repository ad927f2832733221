//! One's own matters.

use kernel::fault::Fault;
use kernel::{Action, Ctx};
use uuid::Uuid;

use crate::operations::shared;
use crate::queries;
use crate::rules::sessions;
use crate::schema::types::{Account, City, Session, Viewer};

/// Who is signed in; *not found* for a stranger and for an API key.
pub(crate) async fn viewer(ctx: &Ctx) -> Result<Viewer, Fault> {
    let Ok((actor, session)) = shared::own_session(ctx) else { return Err(Fault::NotFound) };
    let scope = ctx.scope();
    let row = queries::account(&scope, actor.id).await?.ok_or(Fault::NotFound)?;
    let session = queries::session(&scope, session).await?.ok_or(Fault::NotFound)?;
    let roles = queries::roles_of(&scope, &[row.id]).await?.remove(&row.id).unwrap_or_default();
    let config = &ctx.kernel().config.people;
    Ok(Viewer {
        permissions: permissions(ctx).await?,
        session: Session::seen(session, &actor.via),
        must_enrol_totp: sessions::must_enrol_totp(&row, &actor.held, config),
        must_change_password: sessions::must_change_password(&row, config, ctx.today()),
        tenant: City::from(ctx.tenant()),
        account: Account::new(row, roles),
    })
}

/// The names of everything the actor may do somewhere, sorted.
pub(crate) async fn permissions(ctx: &Ctx) -> Result<Vec<String>, Fault> {
    let policy = ctx.kernel().policy.of(ctx).await?;
    let may = |action: &&Action| !policy.reach(ctx.actor(), action, ctx.today()).is_nowhere();
    let mut names: Vec<String> = ctx.kernel().actions().filter(may).map(Action::name).collect();
    names.sort();
    names.dedup();
    Ok(names)
}

/// One's own live sessions, the newest first.
pub(crate) async fn my_sessions(ctx: &Ctx) -> Result<Vec<Session>, Fault> {
    let (actor, _) = shared::free_session(ctx)?;
    let idle = sessions::idle(&ctx.kernel().config.people, &actor.held, ctx.today());
    let rows = queries::live_sessions_of(&ctx.scope(), actor.id, ctx.now(), ctx.now() - idle).await?;
    Ok(rows.into_iter().map(|row| Session::seen(row, &actor.via)).collect())
}

/// A session that was just written.
pub(crate) async fn session(ctx: &Ctx, id: Uuid) -> Result<Session, Fault> {
    let row = queries::session(&ctx.scope(), id).await?.ok_or(Fault::NotFound)?;
    Ok(Session::seen(row, &ctx.account()?.via))
}
