//! Saying that a posting still holds (确认仍然有效): one tap (人社部发〔2022〕38号 七 动态收集更新).

use kernel::{Ctx, Fault, Once, Outcome, Stop, Text, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::publishing::Unfit;
use crate::events::PostingAmended;
use crate::policy;
use crate::rows::posting;
use crate::rules::lane::{Licence, Stopped};
use crate::rules::lifecycle::{Step, may};
use crate::store::{doors, history, posting as rows, settings, visible};

kernel::refusals! {
    /// Why a posting was not confirmed (不予确认).
    pub ConfirmPosting => ConfirmPostingRefused, ConfirmPostingRefusalCode {
        /// It is not to be seen.
        NotPublished { status_zh: String, status_en: String } @ "id":
            "该信息当前状态为“{status_zh}”，无需确认。" / "This posting is {status_en}; there is nothing to confirm.",
        /// The same text was taken down.
        TakenDownBefore @ "id":
            "相同内容曾被下架，不能确认继续展示；如有异议，请联系当地公共就业服务机构复核，确属误下架的予以撤销。" /
            "The same text was taken down before and is not shown on; if you object, ask the public employment service, which lifts what was taken down wrongly.",
        /// It is out of sight, and the agency's licence is not good.
        LicenceInvalid { zh: String, en: String } @ "id":
            "发布机构的人力资源服务许可证{zh}，已停止展示的信息不能恢复展示（人力资源市场暂行条例第十八条）；请先换证并更新登记。" /
            "The agency's licence is not good: {en} (Interim Regulations on the Human Resources Market, art 18). What is out of sight stays so; renew and register it first.",
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
        renew(&tx, &row).await?.map_err(|why| Stop::Refused(ConfirmPosting::from(why)))?;
        Ok(Outcome::of("Posting", id, row.version))
    })
    .await
}

/// Why a posting does not come to count as fresh again (不予续期).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Unrenewed {
    /// Its text was taken down.
    TakenDown,
    /// It is out of sight, and the agency's licence is not good.
    Licence(Text),
}

impl From<Unrenewed> for ConfirmPosting {
    fn from(why: Unrenewed) -> Self {
        match why {
            Unrenewed::TakenDown => Self::TakenDownBefore,
            Unrenewed::Licence(why) => Self::LicenceInvalid { zh: why.zh.to_owned(), en: why.en.to_owned() },
        }
    }
}

impl From<Unrenewed> for Unfit {
    fn from(why: Unrenewed) -> Self {
        match why {
            Unrenewed::TakenDown => Self::TakenDown,
            Unrenewed::Licence(why) => Self::Stopped(Stopped::Licence(why)),
        }
    }
}

/// Lets a posting that is shown count as fresh again (续期), under the version that it has.
pub(super) async fn renew(tx: &Tx, row: &posting::Model) -> Result<Result<(), Unrenewed>, Fault> {
    if !rows::taken_down(tx, vec![row.text_key.clone()]).await?.is_empty() {
        return Ok(Err(Unrenewed::TakenDown));
    }
    let now = tx.ctx().now();
    let hidden = row.fresh_until <= now;
    // What is to be seen stays and says how the licence stands; what nobody sees any more would be published anew.
    if hidden && let Licence::Bad(why) = doors::licence(tx.ctx(), tx, row.agency_id).await? {
        return Ok(Err(Unrenewed::Licence(why)));
    }
    let fresh = settings::figures(tx).await?.fresh_until(now);
    posting::Entity::update_many()
        .col_expr(posting::Column::LastConfirmedAt, Expr::value(now))
        .col_expr(posting::Column::FreshUntil, Expr::value(fresh))
        .filter(posting::Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    history::write(tx, row.id, "confirmed", None);
    if hidden {
        // It was out of sight: the channels are to hear that it is there again.
        tx.announce(&PostingAmended { id: row.id })?;
    }
    Ok(Ok(()))
}
