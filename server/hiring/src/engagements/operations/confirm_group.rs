//! Confirming a group of applications (成组确认): up to fifty, all or none.

use std::collections::HashSet;

use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::confirm::offer_of;
use super::hiring::{self, Asked, GROUP, refused_as_blocked};
use crate::engagements::events::{EngagementConfirmed, GroupConfirmed};
use crate::engagements::rules::number::number;
use crate::engagements::rules::steps::{Step, after};
use crate::engagements::store::change;
use crate::engagements::store::deal::{self, Deal};
use crate::engagements::store::offer::{self, Offer};
use crate::engagements::store::workers::{self, Held};
use crate::engagements::store::{hire_rules, slips};
use crate::kinds::{EngagementStatus, Side};
use crate::policy;
use crate::rows::{engagement, work_slip};

kernel::refusals! {
    /// Why a group was not confirmed (不予成组确认).
    pub ConfirmGroup => ConfirmGroupRefused, ConfirmGroupRefusalCode {
        /// Nobody was named, or too many.
        Count { limit: usize } @ "engagementIds": "请选择1—{limit}份报名。" / "Name one to {limit} applications.",
        /// Not all of one shift.
        OtherShift @ "engagementIds": "所选报名不属于同一班次，请分班次确认。" / "Not all of these are of one shift; confirm each shift by itself.",
        /// Some stand elsewhere.
        NotFromHere { names: String } @ "engagementIds":
            "以下人员的报名当前不能确认（已取消、已确认或在候补）：{names}。未确认任何人，请刷新后重选。" /
            "These cannot be confirmed from where they stand: {names}. Nobody was confirmed; reload and choose again.",
        /// There are not so many places left.
        Full @ "engagementIds": "剩余名额不足，未确认任何人；请减少人数或增加名额。" / "There are not so many places left; nobody was confirmed. Name fewer, or add places.",
        /// Not published.
        NotPublished @ "shiftId": "该招聘信息尚未发布，请先发布。" / "This posting is not published; publish it first.",
        /// Closed, withdrawn or taken down.
        Closed @ "shiftId": "该班次已停止招人。" / "No places of this shift are given any more.",
        /// Its time is over.
        Expired @ "shiftId": "该班次已结束或招聘信息已过期。" / "This shift is over, or its posting has expired.",
        /// The agency's licence is not in force.
        LicenceInvalid @ "shiftId":
            "发布机构的人力资源服务许可证无效，不能录用（人力资源市场暂行条例第十八条）。" /
            "The agency's licence is not in force; it cannot place anybody (Interim Regulations on the Human Resources Market, art 18).",
        /// The hiring party is not verified, or suspended.
        NotVerified @ "shiftId": "用工方尚未通过核验或已被暂停，请先办理核验。" / "The hiring party is not verified or is suspended; have it verified first.",
        /// Not there, or not in use.
        WorkerGone { names: String } @ "engagementIds": "以下人员的零工登记已停用：{names}。未确认任何人。" / "These have no registration in use: {names}. Nobody was confirmed.",
        /// Too young.
        UnderAge { names: String } @ "engagementIds": "以下人员依《劳动法》不能从事该工种：{names}。" / "By the Labour Law these may not do this work: {names}.",
        /// No certificate.
        CertificateMissing { names: String } @ "engagementIds":
            "以下人员没有登记该工种的特种作业操作证：{names}。请到窗口查看证件原件后办理。" /
            "No certificate for this trade is known of: {names}. Have the counter look at the papers.",
        /// A place at the same hours.
        Overlapping { names: String } @ "engagementIds":
            "以下人员这段时间已有工作：{names}。未确认任何人，请调整后重试。" /
            "These have a place at these hours already: {names}. Nobody was confirmed; name others.",
        /// Applied for it twice.
        DuplicateApplication { names: String } @ "engagementIds": "以下人员重复：{names}。" / "These are named twice: {names}.",
        /// Not looking for work.
        NotLooking { names: String } @ "engagementIds": "以下人员今天没有表示在找活：{names}。" / "These do not look for work today: {names}.",
    }
}

refused_as_blocked!(ConfirmGroup);

/// Confirms applications for one shift together (成组确认): all of them or none.
pub async fn confirm_group(
    ctx: &Ctx,
    shift: Uuid,
    ids: Vec<Uuid>,
    once: Option<Once>,
) -> Result<Outcome, Stop<ConfirmGroup>> {
    ctx.transact_once(&policy::CONFIRM, once, |tx| async move {
        let ids: Vec<Uuid> = ids.into_iter().collect::<HashSet<_>>().into_iter().collect();
        if ids.is_empty() || ids.len() > GROUP {
            return Err(Stop::Refused(ConfirmGroup::Count { limit: GROUP }));
        }
        let wanted = deal::workers_of(&tx, &ids).await?;
        let held = workers::held(&tx, &wanted).await?;
        let deals = deal::held_all(&tx, &ids).await?;
        let Some(first) = deals.first().filter(|_| deals.len() == ids.len()) else {
            return Err(Stop::Fault(Fault::NotFound));
        };
        // All are of one posting, so one answer is the answer for all.
        let side = deal::authorize(&tx, &policy::CONFIRM, first, &[Side::Party, Side::Staff]).await?;
        if first.row.shift_id != shift {
            offer::load(&tx, tx.ctx(), shift).await?;
        }
        decide(&deals, shift, first.row.posting_id).map_err(Stop::Refused)?;
        let asked = Asked { applied: true, certificate_seen: false, looking: false };
        let taken = hiring::take(&tx, offer_of(first), &held, &wanted, asked).await?;
        let offer = taken.map_err(|blocked| Stop::Refused(ConfirmGroup::of(&blocked, &held)))?;
        confirm(&tx, &deals, &offer, &held).await?;
        tx.note("workers", deals.len());
        tx.note("staff", side == Side::Staff);
        Ok(Outcome::of("Engagement", first.row.id, first.row.version + 1))
    })
    .await
}

fn decide(deals: &[Deal], shift: Uuid, posting: Uuid) -> Result<(), ConfirmGroup> {
    if deals.iter().any(|deal| deal.row.shift_id != shift || deal.row.posting_id != posting) {
        return Err(ConfirmGroup::OtherShift);
    }
    let stuck = deals.iter().filter(|deal| after(deal.row.status, Step::Confirm).is_none());
    let names: Vec<&str> =
        stuck.map(|deal| deal.worker.as_ref().map_or("—", |worker| worker.name_masked.as_str())).collect();
    if names.is_empty() { Ok(()) } else { Err(ConfirmGroup::NotFromHere { names: names.join("、") }) }
}

async fn confirm(tx: &Tx, deals: &[Deal], offer: &Offer, held: &[Held]) -> Result<(), Fault> {
    use engagement::Column as Of;
    let Some(first) = deals.first() else { return Ok(()) };
    let group = number(tx.ctx().today(), tx.ctx().new_id());
    let rules = hire_rules::read(tx).await?;
    let confirmed = change::confirmed(
        &offer.posting,
        &offer.shift,
        engagement::ActiveModel {
            status: Set(EngagementStatus::Confirmed),
            confirmed_at: Set(Some(tx.ctx().now())),
            group_no: Set(Some(group)),
            ..engagement::ActiveModel::default()
        },
    );
    engagement::Entity::update_many()
        .set(confirmed)
        .col_expr(Of::Version, Expr::col(Of::Version).add(1))
        .filter(Of::Id.is_in(deals.iter().map(|deal| deal.row.id)))
        .exec(tx)
        .await?;
    let mut made = Vec::new();
    for deal in deals {
        let worker = held.iter().find(|one| Some(one.row.id) == deal.row.worker_id);
        let worker = worker.ok_or(Fault::internal("confirm nobody"))?;
        made.push(slips::slip(tx, offer, &rules, deal.row.id, &worker.row)?);
        tx.announce(&EngagementConfirmed { id: deal.row.id, promoted: false })?;
    }
    work_slip::Entity::insert_many(made).exec_without_returning(tx).await?;
    tx.announce(&GroupConfirmed { id: first.row.id })
}
