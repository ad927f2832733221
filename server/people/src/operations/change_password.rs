//! Changing one's password (修改口令).

use entities::account;
use kernel::Ctx;
use kernel::fault::{Fault, Stop};
use kernel::invalidate::SESSIONS;
use kernel::{Outcome, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _, Set};
use uuid::Uuid;

use super::{attempts, shared};
use crate::rows::password_history;
use crate::rules::passwords;
use crate::source::Source;
use crate::{policy, prepare, queries};

kernel::refusals! {
    /// Why the password stays as it is (不予修改口令).
    pub ChangePassword => ChangePasswordReason, ChangePasswordRefusalCode {
        /// The present password is wrong.
        WrongPassword @ "current": "当前口令不正确，请重新输入。" / "The present password is wrong; enter it again.",
        /// Too many wrong ones.
        TooManyAttempts { minutes: i64 } @ "current":
            "口令错误次数过多，请在{minutes}分钟后再试。" / "Too many wrong passwords: try again in {minutes} min.",
        /// The new one breaks the rules.
        WeakPassword { zh: String, en: String } @ "new": "{zh}" / "{en}",
        /// Somebody else changed it meanwhile.
        Conflict: "口令刚刚被修改过，请重新登录后再试。" / "The password was changed a moment ago; sign in again and retry.",
    }
}

/// Changes the password (修改口令): the other sessions end, the present one goes on.
pub async fn change_password(
    ctx: &Ctx,
    current: &str,
    new: &str,
    source: &Source,
) -> Result<Outcome, Stop<ChangePassword>> {
    let (actor, session) = shared::own_session(ctx)?;
    let (id, username) = (actor.id, actor.username.clone());
    let attempt = match attempts::take(ctx, &username, source, false).await? {
        Ok(attempt) => attempt,
        Err(blocked) => {
            return refuse(ctx, ChangePassword::TooManyAttempts { minutes: blocked.minutes(ctx.now()) }).await;
        }
    };
    let seen = queries::account(&ctx.scope(), id).await?.ok_or(Fault::NotFound)?;
    if !prepare::verify(current, seen.password_hash.as_deref()).await? {
        return refuse(ctx, ChangePassword::WrongPassword).await;
    }
    let preset = ctx.kernel().config.people.password_preset;
    let reused = prepare::is_reused(new, earlier(ctx, &seen, preset.history()).await?).await?;
    if let Err(weak) = passwords::check(preset, new, &username, reused) {
        attempt.give_back(ctx).await?;
        return refuse(ctx, ChangePassword::WeakPassword { zh: weak.zh, en: weak.en }).await;
    }
    let phc = prepare::hash(new).await?;
    ctx.transact(&policy::CHANGE_PASSWORD, |tx| async move {
        tx.about("Account", id);
        let changed = replace(&tx, &seen, &phc).await?;
        if !changed {
            return Err(Stop::Refused(ChangePassword::Conflict));
        }
        attempt.forgive(&tx).await?;
        shared::end_sessions(&tx, id, Some(session)).await?;
        tx.invalidate(SESSIONS);
        Ok(Outcome::of("Account", id, seen.version + 1))
    })
    .await
}

async fn refuse(ctx: &Ctx, refusal: ChangePassword) -> Result<Outcome, Stop<ChangePassword>> {
    ctx.transact(&policy::CHANGE_PASSWORD, |_| async { Err(Stop::Refused(refusal)) }).await
}

/// The last `count` passwords, the present one included, the newest first.
async fn earlier(ctx: &Ctx, account: &account::Model, count: usize) -> Result<Vec<String>, Fault> {
    let rows = password_history::Entity::find()
        .filter(password_history::Column::AccountId.eq(account.id))
        .order_by_desc(password_history::Column::Id)
        .all(&ctx.scope())
        .await?;
    let present = account.password_hash.clone();
    Ok(present.into_iter().chain(rows.into_iter().map(|row| row.password_hash)).take(count).collect())
}

/// Puts the new password in the place of the one that was checked, and remembers the old one.
async fn replace(tx: &Tx, seen: &account::Model, phc: &str) -> Result<bool, Fault> {
    let now = tx.ctx().now();
    let updated = account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, Expr::value(phc))
        .col_expr(account::Column::PasswordChangedAt, Expr::value(now))
        .col_expr(account::Column::MustChangePassword, Expr::value(false))
        .col_expr(account::Column::UpdatedAt, Expr::value(now))
        .col_expr(account::Column::Version, Expr::col(account::Column::Version).add(1))
        .filter(account::Column::Id.eq(seen.id))
        .filter(account::Column::PasswordHash.eq(seen.password_hash.clone()))
        .filter(account::Column::Status.eq("ACTIVE"))
        .exec(tx)
        .await?;
    if let (1, Some(old)) = (updated.rows_affected, &seen.password_hash) {
        remember(tx, seen.id, old).await?;
    }
    Ok(updated.rows_affected == 1)
}

/// Keeps as many as any preset asks for.
const KEPT: usize = 5;

pub(super) async fn remember(tx: &Tx, account: Uuid, phc: &str) -> Result<(), Fault> {
    let row = password_history::ActiveModel {
        id: Set(tx.ctx().new_id()),
        account_id: Set(account),
        password_hash: Set(phc.to_owned()),
        set_at: Set(tx.ctx().now()),
    };
    password_history::Entity::insert(row).exec_without_returning(tx).await?;
    let all = password_history::Entity::find()
        .filter(password_history::Column::AccountId.eq(account))
        .order_by_desc(password_history::Column::Id)
        .all(tx)
        .await?;
    let over: Vec<Uuid> = all.iter().skip(KEPT).map(|row| row.id).collect();
    if !over.is_empty() {
        let forget = password_history::Column::Id.is_in(over);
        password_history::Entity::delete_many().filter(forget).exec(tx).await?;
    }
    Ok(())
}
