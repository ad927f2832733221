//! Showing a personal value (查看个人信息): one value, to whoever may, for a reason that the audit keeps.

use std::sync::Arc;

use async_graphql::ID;
use chrono::{DateTime, Duration, Utc};
use entities::{account, audit_entry};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use crate::ctx::{AccountActor, Ctx, Via};
use crate::fault::{Fault, Stop};
use crate::ids::GlobalId;
use crate::kernel::Kernel;
use crate::personal::{PersonalData, PersonalField, REASON, Shown, providers};
use crate::pii::Pii;
use crate::transact::Tx;

/// So many values an hour are shown to one account: enough to ring up a county, too few to copy a city.
pub const AN_HOUR: u64 = 20;

crate::refusals! {
    /// Why a personal value was not shown (不予查看个人信息).
    pub RevealPersonalValue => RevealPersonalValueRefused, RevealPersonalValueRefusalCode {
        /// No reason, or none to speak of.
        ReasonNeeded { least: usize, most: usize } @ "reason":
            "请写明查看原因（{least}至{most}字），原因将记入审计日志。" /
            "Say why you need to see it, in {least} to {most} characters; the audit keeps the reason.",
        /// Too many in an hour.
        TooMany { most: u64, minutes: i64 }:
            "每个账号每小时最多查看{most}条个人信息，请在{minutes}分钟后再试。" /
            "One account is shown at most {most} personal values an hour; try again in {minutes} min.",
    }
}

/// Shows a value (查看个人信息). It is kept for no repetition: who looks again gives a reason again.
pub async fn reveal_personal_value(
    ctx: &Ctx,
    id: &ID,
    field: PersonalField,
    reason: &str,
) -> Result<Pii<String>, Stop<RevealPersonalValue>> {
    let (provider, shown, id) = find(ctx, id, field)?;
    ctx.transact(shown.action, |tx| async move {
        tx.about(shown.kind, id);
        tx.note("field", field.name());
        let actor = at_a_screen(tx.ctx())?.id;
        let value = provider.reveal(&tx, shown, id).await?;
        let reason = reason.trim();
        if !REASON.contains(&reason.chars().count()) {
            let (least, most) = (*REASON.start(), *REASON.end());
            return Err(Stop::Refused(RevealPersonalValue::ReasonNeeded { least, most }));
        }
        // What is said about an account goes with the account; what is said about others, with whoever said it.
        tx.note_about(if shown.kind == "Account" { id } else { actor }, "reason", reason);
        match wait(&tx, actor).await? {
            Some(minutes) => Err(Stop::Refused(RevealPersonalValue::TooMany { most: AN_HOUR, minutes })),
            None => Ok(value),
        }
    })
    .await
}

/// A person at a screen: a key of a front-end team shows nothing, and neither does a password that must be changed.
fn at_a_screen(ctx: &Ctx) -> Result<&AccountActor, Fault> {
    let account = ctx.account()?;
    match account.via {
        Via::Session(_) if !account.restricted => Ok(account),
        _ => Err(Fault::Forbidden),
    }
}

type Provider = Arc<dyn PersonalData>;

/// Who shows such a value.
fn find(ctx: &Ctx, id: &ID, field: PersonalField) -> Result<(Provider, &'static Shown, Uuid), Fault> {
    let kind = GlobalId::decode(id.as_str()).ok_or(Fault::NotFound)?.kind;
    let mut all = providers(ctx.kernel()).flat_map(|(_, _, p)| p.shown().iter().map(move |s| (Arc::clone(&p), s)));
    let (provider, shown) = all.find(|(_, s)| s.kind == kind && s.field == field).ok_or(Fault::NotFound)?;
    Ok((provider, shown, ctx.parse_id(shown.kind, id)?))
}

/// The names under which the audit knows that a value was shown.
fn operations(kernel: &Kernel) -> Vec<String> {
    let mut names: Vec<String> =
        providers(kernel).flat_map(|(_, _, p)| p.shown().iter().map(|s| s.action.name())).collect();
    names.sort();
    names.dedup();
    names
}

/// In how many minutes another may be shown, if so many were. Counted over the audit with the account's row locked, so
/// that two requests at the same moment, in whichever process, follow each other.
async fn wait(tx: &Tx, actor: Uuid) -> Result<Option<i64>, Fault> {
    account::Entity::find_by_id(actor).lock_exclusive().one(tx).await?;
    let since = tx.ctx().now() - Duration::hours(1);
    let at: Vec<DateTime<Utc>> = audit_entry::Entity::find()
        .select_only()
        .column(audit_entry::Column::At)
        .filter(audit_entry::Column::ActorId.eq(actor))
        .filter(audit_entry::Column::Operation.is_in(operations(tx.ctx().kernel())))
        .filter(audit_entry::Column::Result.eq("DONE"))
        .filter(audit_entry::Column::At.gt(since))
        .order_by_desc(audit_entry::Column::At)
        .limit(AN_HOUR)
        .into_tuple()
        .all(tx)
        .await?;
    let full = u64::try_from(at.len()).unwrap_or(u64::MAX) >= AN_HOUR;
    // The oldest of them leaves the hour first.
    Ok(at.last().filter(|_| full).map(|oldest| (*oldest - since).num_seconds() / 60 + 1))
}
