//! Hearing how to reach the other side (查看对方联系方式).

use chrono::{DateTime, Duration, Utc};
use kernel::{Ctx, Fault, Stop};
use uuid::Uuid;

use crate::engagements::rules::private::opens_worker;
use crate::engagements::rules::steps::holds_a_place;
use crate::engagements::store::contact::{self, Contact};
use crate::engagements::store::deal::{self, Deal};
use crate::kinds::Side;
use crate::policy;

/// So long after the end of the shift the two may still reach each other.
const AFTER: Duration = Duration::days(7);

kernel::refusals! {
    /// Why it is not told (不能查看联系方式).
    pub OpenContact => OpenContactRefused, OpenContactRefusalCode {
        /// Not confirmed.
        NotConfirmed @ "id":
            "确认录用前，双方的电话不公开；请先用消息沟通。" / "Before the confirmation the numbers of both are hidden; write a message instead.",
        /// The hiring party entered the worker itself, who has not come yet.
        NotCome @ "id":
            "该人员由贵方登记录用，本人到岗后才能查看姓名和电话；此前请用消息沟通。" /
            "You entered this worker yourselves; name and number are told once the worker has come. Write a message until then.",
        /// Too long ago.
        Over { days: i64 } @ "id":
            "班次结束已超过 {days} 天，联系方式不再显示；有事请联系市场窗口。" /
            "The shift ended more than {days} days ago and numbers are not shown any more; ask the market's counter.",
    }
}

/// Hears name and number of the other side (查看对方联系方式): from the confirmation, and for whom
/// the hiring party entered itself from the arrival, until a week after the shift; the audit
/// knows who did (个人信息保护法 arts 6, 23).
pub async fn open_contact(ctx: &Ctx, id: Uuid) -> Result<Contact, Stop<OpenContact>> {
    ctx.transact(&policy::CONTACT, |tx| async move {
        let sides = [Side::Worker, Side::Party];
        let (deal, side) = deal::held_for(&tx, &policy::CONTACT, id, &sides).await?;
        decide(&deal, side, tx.ctx().now()).map_err(Stop::Refused)?;
        tx.note("side", side.code());
        if side == Side::Worker {
            return Ok(contact::party(tx.ctx(), &deal.party).await?);
        }
        let worker = deal.worker.as_ref().ok_or(Fault::NotFound)?;
        let found = contact::citizens(&tx, tx.ctx(), &[worker.citizen_id]).await?;
        found.into_values().next().ok_or(Stop::Fault(Fault::NotFound))
    })
    .await
}

fn decide(deal: &Deal, side: Side, now: DateTime<Utc>) -> Result<(), OpenContact> {
    if !holds_a_place(deal.row.status) {
        return Err(OpenContact::NotConfirmed);
    }
    if side == Side::Party && !opens_worker(&deal.row) {
        return Err(OpenContact::NotCome);
    }
    if now > deal.row.ends_at + AFTER { Err(OpenContact::Over { days: AFTER.num_days() }) } else { Ok(()) }
}
