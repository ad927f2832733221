//! Asking favourites to come (邀请常用工): they are told by text message of a posting that is to be seen. Nobody is bound by it.

use entities::worker;
use kernel::{Ctx, Fault, Once, Outcome, Stop};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::invite_again::{ask, asked};
use crate::kinds::PostingStatus;
use crate::policy;
use crate::rows::favourite::{Column, Entity};
use crate::rules::lane::Licence;
use crate::store::{doors, visible};

/// So many are asked at most.
const MOST: usize = 50;

kernel::refusals! {
    /// Why favourites were not asked (不予邀请).
    pub InviteFavourites => InviteFavouritesRefused, InviteFavouritesRefusalCode {
        /// Nobody, or too many.
        Count { most: usize } @ "workerIds": "请选择1—{most}名常用工。" / "Choose one to {most} favourites.",
        /// Not a favourite of this party.
        NotAFavourite @ "workerIds":
            "只能邀请本用工方的常用工；请先将其设为常用工。" / "Only favourites of this hiring party are asked; make the worker one first.",
        /// Nobody can apply.
        NotOpen @ "postingId":
            "该招聘信息未在招聘中，不能邀请；请先发布，已招满或已结束的不必再邀请。" /
            "Nobody can apply to this posting now; publish it first. What is filled or over needs nobody.",
        /// The licence of the agency that publishes it is not good.
        LicenceInvalid { zh: String, en: String } @ "postingId":
            "发布机构的人力资源服务许可证{zh}，不能邀请；请先换证并更新登记（人力资源市场暂行条例第十八条）。" /
            "The agency's licence is not good: {en}. Renew and register it first (Interim Regulations on the Human Resources Market, art 18).",
        /// Asked before.
        AskedBefore @ "postingId":
            "这条招聘信息已邀请过一次，同一条信息不重复发短信。" / "Workers were asked to come to this posting before; nobody is asked twice.",
    }
}

/// Asks favourites of the hiring party to come to a posting (邀请常用工), once.
pub async fn invite_favourites(
    ctx: &Ctx,
    posting: Uuid,
    workers: Vec<Uuid>,
    once: Option<Once>,
) -> Result<Outcome, Stop<InviteFavourites>> {
    ctx.transact_once(&policy::TEMPLATE, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::TEMPLATE, posting).await?;
        if workers.is_empty() || workers.len() > MOST {
            return Err(Stop::Refused(InviteFavourites::Count { most: MOST }));
        }
        let wanted: std::collections::HashSet<Uuid> = workers.iter().copied().collect();
        let known = worker::Entity::find().filter(worker::Column::Id.is_in(workers.clone()));
        if known.count(&tx).await? != wanted.len() as u64 {
            return Err(Stop::Fault(Fault::NotFound));
        }
        let own =
            Entity::find().filter(Column::PartyId.eq(row.party_id)).filter(Column::WorkerId.is_in(workers.clone()));
        if own.count(&tx).await? != wanted.len() as u64 {
            return Err(Stop::Refused(InviteFavourites::NotAFavourite));
        }
        if row.status != PostingStatus::Published || row.closes_at <= tx.ctx().now() {
            return Err(Stop::Refused(InviteFavourites::NotOpen));
        }
        if let Licence::Bad(why) = doors::licence(tx.ctx(), &tx, row.agency_id).await? {
            let (zh, en) = (why.zh.to_owned(), why.en.to_owned());
            return Err(Stop::Refused(InviteFavourites::LicenceInvalid { zh, en }));
        }
        if asked(&tx, posting).await? > 0 {
            return Err(Stop::Refused(InviteFavourites::AskedBefore));
        }
        ask(&tx, &row, workers).await?;
        Ok(Outcome::of("Posting", posting, row.version))
    })
    .await
}
