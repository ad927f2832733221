//! Saying that a posting still holds (确认仍然有效): one tap (人社部发〔2022〕38号 七 动态收集更新).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::events::PostingAmended;
use crate::policy;
use crate::rows::posting;
use crate::rules::lifecycle::{Step, may};
use crate::store::{history, settings, visible};

kernel::refusals! {
    /// Why a posting was not confirmed (不予确认).
    pub ConfirmPosting => ConfirmPostingRefused, ConfirmPostingRefusalCode {
        /// It is not to be seen.
        NotPublished { status_zh: String, status_en: String } @ "id":
            "该信息当前状态为“{status_zh}”，无需确认。" / "This posting is {status_en}; there is nothing to confirm.",
    }
}

/// Says that a posting still holds (确认仍然有效). What it says stays, and so does its version.
pub async fn confirm_posting(ctx: &Ctx, id: Uuid, once: Option<Once>) -> Result<Outcome, Stop<ConfirmPosting>> {
    ctx.transact_once(&policy::CREATE, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::CREATE, id).await?;
        if !may(row.status, Step::Confirm) {
            let title = row.status.title();
            let (status_zh, status_en) = (title.zh.to_owned(), title.en.to_owned());
            return Err(Stop::Refused(ConfirmPosting::NotPublished { status_zh, status_en }));
        }
        let now = tx.ctx().now();
        let fresh = settings::figures(&tx).await?.fresh_until(now);
        posting::Entity::update_many()
            .col_expr(posting::Column::LastConfirmedAt, Expr::value(now))
            .col_expr(posting::Column::FreshUntil, Expr::value(fresh))
            .filter(posting::Column::Id.eq(id))
            .exec(&tx)
            .await?;
        history::write(&tx, id, "confirmed", None);
        if row.fresh_until <= now {
            // It was out of sight: the channels are to hear that it is there again.
            tx.announce(&PostingAmended { id })?;
        }
        Ok(Outcome::of("Posting", id, row.version))
    })
    .await
}
