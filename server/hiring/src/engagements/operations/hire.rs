//! Hiring those who stand here (现场录用): at the counter, or by a hiring party on its site; one or a group, all or none.

use kernel::policy::Action;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use super::hiring::{self, Asked, GROUP, refused_as_blocked};
use crate::engagements::events::{EngagementConfirmed, GroupConfirmed};
use crate::engagements::rules::number::number;
use crate::engagements::store::change::{self, Entering};
use crate::engagements::store::offer::{self, Offer};
use crate::engagements::store::workers::{self, Held};
use crate::engagements::store::{hire_rules, slips};
use crate::kinds::{EngagementStatus, Side};
use crate::policy;
use crate::rows::{engagement, work_slip};

macro_rules! hires {
    ($(#[$doc:meta])* $name:ident => $reason:ident, $codes:ident, $workers:literal) => {
        kernel::refusals! {
            $(#[$doc])*
            pub $name => $reason, $codes {
                /// Nobody was named, or too many.
                Count { limit: usize } @ $workers:
                    "请选择1—{limit}名零工人员。" / "Name one to {limit} workers.",
                /// There are not so many places left.
                Full @ "shiftId":
                    "剩余名额不足，未录用任何人；请减少人数或增加名额。" /
                    "There are not so many places left; nobody was hired. Name fewer, or add places.",
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
                WorkerGone { names: String } @ $workers:
                    "以下人员没有有效的零工登记：{names}。请先办理登记，再一并录用。" /
                    "These have no registration in use: {names}. Register them first, then hire all together.",
                /// Too young.
                UnderAge { names: String } @ $workers:
                    "以下人员依《劳动法》不能从事该工种：{names}。" / "By the Labour Law these may not do this work: {names}.",
                /// No certificate.
                CertificateMissing { names: String } @ $workers:
                    "以下人员没有登记该工种的特种作业操作证：{names}。请查看证件原件后勾选“已查看证件”。" /
                    "No certificate for this trade is known of: {names}. Look at the paper and say so.",
                /// A place at the same hours.
                Overlapping { names: String } @ $workers:
                    "以下人员这段时间已有工作：{names}。未录用任何人，请调整后重试。" /
                    "These have a place at these hours already: {names}. Nobody was hired; name others.",
                /// Applied for it already.
                DuplicateApplication { names: String } @ $workers:
                    "以下人员已报名该班次：{names}。请直接确认其报名。" /
                    "These have applied for this shift already: {names}. Confirm their applications.",
                /// Not looking for work.
                NotLooking { names: String } @ $workers:
                    "以下人员今天没有表示在找活：{names}。请他们先在手机上点“在找活”，或由窗口办理。" /
                    "These did not say that they look for work: {names}. Let them say so first, or go to the counter.",
            }
        }
        refused_as_blocked!($name);
    };
}

hires! {
    /// Why a worker was not hired on the spot (不予现场录用).
    HireWalkIn => HireWalkInReason, HireWalkInRefusalCode, "workerId"
}

hires! {
    /// Why a group was not hired on the spot (不予成组录用).
    HireGroup => HireGroupRefused, HireGroupRefusalCode, "workerIds"
}

/// The staff hires at the counter; a citizen confirms for its own hiring party.
fn action_of(ctx: &Ctx) -> &'static Action {
    if ctx.actor().citizen_id().is_some() { &policy::CONFIRM } else { &policy::HIRE }
}

/// Hires one who stands here (现场录用).
pub async fn hire_walk_in(
    ctx: &Ctx,
    shift: Uuid,
    worker: Uuid,
    certificate_seen: bool,
    once: Option<Once>,
) -> Result<Outcome, Stop<HireWalkIn>> {
    let action = action_of(ctx);
    ctx.transact_once(action, once, |tx| async move {
        let (held, offer, side) = gather(&tx, action, shift, &[worker]).await?;
        let asked = asked(side, certificate_seen);
        let taken = hiring::take(&tx, offer, &held, &[worker], asked).await?;
        let offer = taken.map_err(|blocked| Stop::Refused(HireWalkIn::of(&blocked, &held)))?;
        let made = enter(&tx, &offer, &held, side, None).await?;
        let id = made.into_iter().next().ok_or(Fault::NotFound)?;
        tx.about("Engagement", id);
        Ok(Outcome::of("Engagement", id, 1))
    })
    .await
}

/// Hires a group who stand here (成组录用), up to fifty: all of them or none.
pub async fn hire_group(
    ctx: &Ctx,
    shift: Uuid,
    wanted: Vec<Uuid>,
    certificate_seen: bool,
    once: Option<Once>,
) -> Result<Outcome, Stop<HireGroup>> {
    let action = action_of(ctx);
    ctx.transact_once(action, once, |tx| async move {
        let mut wanted = wanted;
        wanted.sort_unstable();
        wanted.dedup();
        if wanted.is_empty() || wanted.len() > GROUP {
            return Err(Stop::Refused(HireGroup::Count { limit: GROUP }));
        }
        let (held, offer, side) = gather(&tx, action, shift, &wanted).await?;
        let asked = asked(side, certificate_seen);
        let taken = hiring::take(&tx, offer, &held, &wanted, asked).await?;
        let offer = taken.map_err(|blocked| Stop::Refused(HireGroup::of(&blocked, &held)))?;
        let group = tx.ctx().new_id();
        let made = enter(&tx, &offer, &held, side, Some(number(tx.ctx().today(), group))).await?;
        tx.note("workers", made.len());
        let first = made.into_iter().next().ok_or(Fault::NotFound)?;
        Ok(Outcome::of("Engagement", first, 1))
    })
    .await
}

const fn asked(side: Side, certificate_seen: bool) -> Asked {
    let staff = matches!(side, Side::Staff);
    Asked { applied: false, certificate_seen: staff && certificate_seen, looking: !staff }
}

/// The shift, and then the workers, held: whoever may not hire there learns nothing of them.
async fn gather(tx: &Tx, action: &Action, shift: Uuid, wanted: &[Uuid]) -> Result<(Vec<Held>, Offer, Side), Fault> {
    let (offer, side) = offer::load_for(tx, action, shift).await?;
    Ok((workers::held(tx, wanted).await?, offer, side))
}

async fn enter(tx: &Tx, offer: &Offer, held: &[Held], side: Side, group: Option<String>) -> Result<Vec<Uuid>, Fault> {
    let rules = hire_rules::read(tx).await?;
    let (mut rows, mut made_slips, mut made) = (Vec::new(), Vec::new(), Vec::new());
    for one in held {
        let who = Entering { worker: one.row.id, age_band: one.row.age_band.clone(), by: side };
        let row = change::fresh(tx, offer, who, EngagementStatus::Confirmed);
        let row = engagement::Model { group_no: group.clone(), ..row };
        made_slips.push(slips::slip(tx, offer, &rules, row.id, &one.row)?);
        made.push(row.id);
        tx.announce(&EngagementConfirmed { id: row.id, promoted: false })?;
        rows.push(change::inserted(row));
    }
    engagement::Entity::insert_many(rows).exec_without_returning(tx).await?;
    work_slip::Entity::insert_many(made_slips).exec_without_returning(tx).await?;
    if let Some(first) = made.first().filter(|_| group.is_some()) {
        tx.announce(&GroupConfirmed { id: *first })?;
    }
    Ok(made)
}
