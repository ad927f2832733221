//! Confirming an application (确认录用).

use kernel::{Ctx, Once, Outcome, Stop, Tx};
use uuid::Uuid;

use super::hiring::{self, Asked, refused_as_blocked};
use crate::engagements::events::EngagementConfirmed;
use crate::engagements::rules::steps::{Step, after};
use crate::engagements::store::deal::{self, Deal};
use crate::engagements::store::offer::{Hirer, Offer, Work};
use crate::engagements::store::workers::{self, Held};
use crate::engagements::store::{change, hire_rules, slips};
use crate::kinds::Side;
use crate::policy;

kernel::refusals! {
    /// Why an application was not confirmed (不予确认).
    pub ConfirmEngagement => ConfirmEngagementReason, ConfirmEngagementRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该对接已有变化（现为第 {current} 版），请刷新后再试。" /
            "This engagement has changed (now version {current}); reload and try again.",
        /// It stands elsewhere.
        NotFromHere { status_zh: String, status_en: String } @ "id":
            "当前状态为“{status_zh}”，不能确认。" / "It is {status_en} and cannot be confirmed.",
        /// All places are taken.
        Full @ "id": "名额已满；请增加名额，或请对方候补。" / "All places are taken; add places, or let the worker stand by.",
        /// Not published.
        NotPublished @ "id": "该招聘信息尚未发布，请先发布。" / "This posting is not published; publish it first.",
        /// Closed, withdrawn or taken down.
        Closed @ "id": "该班次已停止招人。" / "No places of this shift are given any more.",
        /// Its time is over.
        Expired @ "id": "该班次已结束或招聘信息已过期。" / "This shift is over, or its posting has expired.",
        /// The agency's licence is not in force.
        LicenceInvalid @ "id":
            "发布机构的人力资源服务许可证无效，不能录用（人力资源市场暂行条例第十八条）。" /
            "The agency's licence is not in force; it cannot place anybody (Interim Regulations on the Human Resources Market, art 18).",
        /// The hiring party is not verified, or suspended.
        NotVerified @ "id": "用工方尚未通过核验或已被暂停，请先办理核验。" / "The hiring party is not verified or is suspended; have it verified first.",
        /// Not there, or not in use.
        WorkerGone { names: String } @ "id": "对方的零工登记已停用：{names}。" / "The worker's registration is not in use: {names}.",
        /// Too young.
        UnderAge { names: String } @ "id": "对方依《劳动法》不能从事该工种：{names}。" / "By the Labour Law this worker may not do this work: {names}.",
        /// No certificate.
        CertificateMissing { names: String } @ "id":
            "对方没有登记该工种的特种作业操作证：{names}。请到窗口查看证件原件后办理。" /
            "No certificate for this trade is known of: {names}. Have the counter look at the paper.",
        /// A place at the same hours.
        Overlapping { names: String } @ "id": "对方这段时间已有其他工作：{names}。" / "The worker has a place at these hours already: {names}.",
        /// Applied for it twice.
        DuplicateApplication { names: String } @ "id": "对方已在该班次名单中：{names}。" / "The worker is on this shift already: {names}.",
        /// Not looking for work.
        NotLooking { names: String } @ "id": "对方今天没有表示在找活：{names}。" / "The worker does not look for work today: {names}.",
    }
}

refused_as_blocked!(ConfirmEngagement);

/// Confirms an application: the place is the worker's, and both have the work slip (确认录用).
pub async fn confirm_engagement(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    certificate_seen: bool,
    once: Option<Once>,
) -> Result<Outcome, Stop<ConfirmEngagement>> {
    ctx.transact_once(&policy::CONFIRM, once, |tx| async move {
        let wanted = deal::workers_of(&tx, &[id]).await?;
        let held = workers::held(&tx, &wanted).await?;
        let (deal, side) = deal::held_for(&tx, &policy::CONFIRM, id, &[Side::Party, Side::Staff]).await?;
        decide(&deal, version).map_err(Stop::Refused)?;
        let asked = Asked { applied: true, certificate_seen: certificate_seen && side == Side::Staff, looking: false };
        let taken = hiring::take(&tx, offer_of(&deal), &held, &wanted, asked).await?;
        let offer = taken.map_err(|blocked| Stop::Refused(ConfirmEngagement::of(&blocked, &held)))?;
        confirm(&tx, &deal, &offer, &held).await?;
        Ok(Outcome::of("Engagement", id, deal.row.version + 1))
    })
    .await
}

fn decide(deal: &Deal, version: i32) -> Result<(), ConfirmEngagement> {
    if deal.row.version != version {
        return Err(ConfirmEngagement::Conflict { current: deal.row.version });
    }
    if after(deal.row.status, Step::Confirm).is_none() {
        let title = deal.row.status.title();
        return Err(ConfirmEngagement::NotFromHere { status_zh: title.zh.to_owned(), status_en: title.en.to_owned() });
    }
    Ok(())
}

/// The shift of an engagement, as an offer.
#[must_use]
pub(in crate::engagements) fn offer_of(deal: &Deal) -> Offer {
    let (posting, party) = (Work::from(&deal.posting), Hirer::from(&deal.party));
    Offer { shift: deal.shift.clone(), posting, party, own: false }
}

/// Writes the confirmation, with the slip.
async fn confirm(tx: &Tx, deal: &Deal, offer: &Offer, held: &[Held]) -> Result<(), kernel::Fault> {
    let row = &deal.row;
    let step = change::step(row, Step::Confirm, tx.ctx().now());
    let step = step.ok_or(kernel::Fault::internal("confirm an engagement"))?;
    change::write(tx, row, change::confirmed(&offer.posting, &offer.shift, step)).await?;
    let worker = held.iter().find(|one| Some(one.row.id) == row.worker_id);
    let worker = worker.ok_or(kernel::Fault::internal("confirm nobody"))?;
    let rules = hire_rules::read(tx).await?;
    tx.put(slips::slip(tx, offer, &rules, row.id, &worker.row)?);
    tx.announce(&EngagementConfirmed { id: row.id, promoted: false })
}
