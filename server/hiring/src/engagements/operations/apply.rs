//! Applying for a place (应聘报名).

use kernel::clock::day_of;
use kernel::{Ctx, Fault, Glance, Once, Outcome, Place, Stop, Tx};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::hiring;
use crate::engagements::events::{EngagementApplied, EngagementConfirmed};
use crate::engagements::rules::eligible::{Bar, Until};
use crate::engagements::store::bids::{self, Bid};
use crate::engagements::store::change::{self, Entering};
use crate::engagements::store::offer::{self, Offer};
use crate::engagements::store::workers::{self, Held};
use crate::engagements::store::{doors, places, slips, standby};
use crate::kinds::{EngagementStatus, Side};
use crate::policy;
use crate::rows::engagement;

kernel::refusals! {
    /// Why an application was not taken (不予报名).
    pub ApplyForShift => ApplyForShiftReason, ApplyForShiftRefusalCode {
        /// All places are taken.
        Full @ "shiftId":
            "名额已满。可以选择候补（standby），或看看下面相近的班次。" /
            "All places are taken. Stand by, or look at the similar shifts below.",
        /// Not published.
        NotPublished @ "shiftId": "该招聘信息尚未发布，不能报名。" / "This posting is not published; nobody can apply yet.",
        /// Closed, withdrawn or taken down.
        Closed @ "shiftId": "该招聘信息已结束，请选择其他工作。" / "This posting is closed; choose other work.",
        /// Its time is over.
        Expired @ "shiftId": "该班次已开工或招聘信息已过期，请选择其他工作。" / "This shift has begun or its posting has expired; choose other work.",
        /// A place at the same hours.
        Overlapping @ "shiftId":
            "您在这段时间已有确认的工作，时间重叠。如要换工作，请先取消原来的。" /
            "You have a place at these hours already. To change, cancel that one first.",
        /// Too young.
        UnderAge @ "shiftId":
            "依《劳动法》，未满16周岁不得从事劳动，16—17周岁不得从事该类工种。请到窗口咨询适合的工作或培训。" /
            "By the Labour Law nobody under 16 may work, and nobody of 16 or 17 in this trade. Ask the counter for other work or training.",
        /// The agency's licence is not in force.
        LicenceInvalid @ "shiftId":
            "发布机构的人力资源服务许可证无效，暂不能报名；请选择其他工作。" /
            "The licence of the agency that published this is not in force; choose other work.",
        /// The hiring party is not verified, or suspended.
        NotVerified @ "shiftId":
            "用工方尚未通过核验或已被暂停，暂不能报名；请选择其他工作。" /
            "The hiring party is not verified or is suspended; choose other work.",
        /// Applied already.
        DuplicateApplication @ "shiftId": "您已报名这个班次，请到“我的工作”查看进展。" / "You have applied for this shift already; see it under your work.",
        /// No certificate that the trade asks for.
        CertificateMissing @ "shiftId":
            "该工种须持有效的特种作业操作证，系统中没有您的证件；请带证件到窗口登记后再报名。" /
            "This trade asks for a certificate of special operations and none of yours is known; take it to the counter first.",
        /// Blocked, or closed by oneself.
        Blocked @ "shiftId":
            "您的零工登记已停用，请到窗口办理恢复。" / "Your registration as a worker is not in use; ask the counter to renew it.",
        /// Too many points in force.
        TooManyPoints { points: i32 } @ "shiftId":
            "您有 {points} 分未到岗或临时取消的记分，暂不能网上抢单；可到窗口现场办理，记分到期自动清除，有异议可以申诉。" /
            "You have {points} points for no-shows or late cancellations and cannot take places online; the counter still hires. Points expire, and you can appeal.",
        /// The hiring party's own.
        OwnPosting @ "shiftId": "这是您自己经办的用工，不能报名。" / "You act for this hiring party and cannot apply to it.",
        /// Not registered as a worker.
        NotAWorker @ "shiftId": "请先完成零工登记，再报名。" / "Register as a worker first, then apply.",
    }
}

impl From<Bar> for ApplyForShift {
    fn from(bar: Bar) -> Self {
        match bar {
            Bar::NotPublished => Self::NotPublished,
            Bar::Closed => Self::Closed,
            Bar::Expired => Self::Expired,
            Bar::NotVerified => Self::NotVerified,
            Bar::Blocked => Self::Blocked,
            Bar::Points => Self::TooManyPoints { points: 0 },
            Bar::Own => Self::OwnPosting,
            Bar::UnderAge => Self::UnderAge,
        }
    }
}

/// Applies for a place of a shift (应聘报名). What confirms at once does so while places last (即时快招); what is full takes whoever
/// wants to stand by.
///
/// Where nothing stands in the way of a place, it is taken in one go; all else is decided by what is held.
pub async fn apply_for_shift(
    ctx: &Ctx,
    shift: Uuid,
    stand_by: bool,
    once: Option<Once>,
) -> Result<Outcome, Stop<ApplyForShift>> {
    let surely = |tx: Tx| async move {
        let citizen = tx.ctx().citizen()?;
        tx.authorize(&policy::APPLY, &Place::city()).await?;
        loop {
            let Some(bid) = bids::held(&tx, citizen.id, shift).await? else {
                // There is no such shift, or there is no such worker.
                offer::load(&tx, tx.ctx(), shift).await?;
                return Err(Stop::Refused(ApplyForShift::NotAWorker));
            };
            admissible(&tx, &bid).await?;
            if let Some(status) = take(&tx, &bid, stand_by).await? {
                return Ok(enter(&tx, &bid, status).await?);
            }
        }
    };
    match may(ctx).await {
        Some(citizen) => {
            let look = |glance: Glance| async move { plain(&glance, citizen, shift).await };
            ctx.transact_swiftly(&policy::APPLY, once, look, |tx, bid| take_plainly(tx, citizen, &bid), surely).await
        }
        None => ctx.transact_once(&policy::APPLY, once, surely).await,
    }
}

/// The citizen who applies, where it is plain that it may. What fails here fails again where it is recorded.
async fn may(ctx: &Ctx) -> Option<Uuid> {
    ctx.require(&policy::APPLY, &Place::city()).await.ok()?;
    ctx.citizen().ok().map(|citizen| citizen.id)
}

/// The bid, where it is plain to see that the place can be taken.
async fn plain(glance: &Glance, citizen: Uuid, shift: Uuid) -> Option<Bid> {
    let ctx = glance.ctx();
    let bid = bids::free(glance, citizen, shift).await.ok()??;
    let Bid { worker, offer, rules } = &bid;
    let offered = offer.offered();
    let barred = offered.bar(ctx.today(), ctx.now(), Until::Start).is_some()
        || worker.seeker(Some(rules.points_limit), offer.own).bar(&offered).is_some();
    if barred || !offer.is_plain() || !offer.posting.instant || offer.needs_certificate() {
        return None;
    }
    hiring::is_licensed(ctx, &ctx.scope(), offer).await.ok()?.then_some(bid)
}

fn take_plainly(tx: &Tx, citizen: Uuid, bid: &Bid) -> Result<Outcome, Fault> {
    tx.claim(workers::claim(&bid.worker.row, citizen));
    places::claim(tx, &bid.offer)?;
    confirmed(tx, bid)
}

/// Is it a shift that this worker may have a place of?
async fn admissible(tx: &Tx, Bid { worker, offer, rules }: &Bid) -> Result<(), Stop<ApplyForShift>> {
    let (offered, ctx) = (offer.offered(), tx.ctx());
    let seeker = worker.seeker(Some(rules.points_limit), offer.own);
    if let Some(bar) = offered.bar(ctx.today(), ctx.now(), Until::Start).or_else(|| seeker.bar(&offered)) {
        return Err(Stop::Refused(match bar {
            Bar::Points => ApplyForShift::TooManyPoints { points: worker.row.points },
            other => other.into(),
        }));
    }
    if !hiring::is_licensed(ctx, tx, offer).await? {
        return Err(Stop::Refused(ApplyForShift::LicenceInvalid));
    }
    let (trade, day) = (&offer.posting.trade, day_of(offer.shift.starts_at));
    let certified = !offer.needs_certificate()
        || doors::without_certificate(ctx, tx, &[worker.row.id], trade, day).await?.is_empty();
    if certified { Ok(()) } else { Err(Stop::Refused(ApplyForShift::CertificateMissing)) }
}

/// Takes a place, if that is how this posting hires; else the application waits. Nothing where the posting was amended meanwhile:
/// what it says now is decided anew.
async fn take(
    tx: &Tx,
    Bid { worker, offer, .. }: &Bid,
    stand_by: bool,
) -> Result<Option<EngagementStatus>, Stop<ApplyForShift>> {
    let shift = &offer.shift;
    let left = shift.taken < shift.headcount;
    // Who saw a place may still find it gone: the statement decides.
    if left && offer.posting.instant {
        if places::take_for(tx, shift, worker.row.id).await? {
            return Ok(Some(EngagementStatus::Confirmed));
        }
        if offer::amended(tx, offer).await?.is_some() {
            return Ok(None);
        }
    }
    let found = workers::standing(tx, &[worker.row.id], shift.id, shift.starts_at, shift.ends_at).await?;
    if !found.applied.is_empty() {
        return Err(Stop::Refused(ApplyForShift::DuplicateApplication));
    }
    if !found.busy.is_empty() {
        return Err(Stop::Refused(ApplyForShift::Overlapping));
    }
    match (left && !offer.posting.instant, stand_by) {
        (true, _) => Ok(Some(EngagementStatus::Applied)),
        (false, true) => Ok(Some(EngagementStatus::Standby)),
        (false, false) => Err(Stop::Refused(ApplyForShift::Full)),
    }
}

/// Enters whoever has a place, with the slip.
fn confirmed(tx: &Tx, Bid { worker, offer, rules }: &Bid) -> Result<Outcome, Fault> {
    let row = entering(tx, worker, offer, EngagementStatus::Confirmed);
    let id = row.id;
    tx.put(change::inserted(row));
    tx.put(slips::slip(tx, offer, rules, id, &worker.row)?);
    tx.announce(&EngagementConfirmed { id, promoted: false })?;
    Ok(Outcome::of("Engagement", id, 1))
}

/// Enters whoever applied.
async fn enter(tx: &Tx, bid: &Bid, status: EngagementStatus) -> Result<Outcome, Fault> {
    if status == EngagementStatus::Confirmed {
        workers::given(tx, &[bid.worker.row.id]).await?;
        return confirmed(tx, bid);
    }
    let row = entering(tx, &bid.worker, &bid.offer, status);
    let id = row.id;
    let mut row = change::inserted(row);
    if status == EngagementStatus::Standby {
        row.standby_no = Set(Some(standby::next_number(tx, bid.offer.shift.id).await?));
    }
    tx.put(row);
    tx.announce(&EngagementApplied { id })?;
    Ok(Outcome::of("Engagement", id, 1))
}

fn entering(tx: &Tx, worker: &Held, offer: &Offer, status: EngagementStatus) -> engagement::Model {
    let who = Entering { worker: worker.row.id, age_band: worker.row.age_band.clone(), by: Side::Worker };
    let row = change::fresh(tx, offer, who, status);
    tx.about("Engagement", row.id);
    tx.note("status", status.code());
    row
}
