//! Arriving by code (扫码到岗): the code of the minute is read from the hiring party's screen.

use std::ops::Deref;

use kernel::crypto::{Key, derive};
use kernel::{Ctx, Fault, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::record_arrival::{NotYet, arrive, may_arrive};
use crate::engagements::rules::code;
use crate::engagements::store::{change, deal};
use crate::kinds::Side;
use crate::policy;
use crate::rows::engagement::ActiveModel;

kernel::refusals! {
    /// Why an arrival was not taken (不予登记到岗).
    pub ArriveByCode => ArriveByCodeRefused, ArriveByCodeRefusalCode {
        /// The code is wrong.
        WrongCode { left: i32 } @ "code":
            "到岗码不对，还可以试 {left} 次。请看用工方屏幕上当前的四位数字。" /
            "The code is wrong; {left} tries are left. Read the four digits now on the hiring party's screen.",
        /// Too many wrong codes.
        TooManyTries @ "code":
            "到岗码输错次数太多，请用工方或市场窗口为您登记到岗。" /
            "Too many wrong codes: have the hiring party or the market's counter record your arrival.",
        /// It stands elsewhere.
        NotFromHere { status_zh: String, status_en: String } @ "id":
            "当前状态为“{status_zh}”，不能登记到岗。" / "It is {status_en}; no arrival can be recorded.",
        /// Hours before the start.
        TooEarly { hours: i64 } @ "id":
            "开工前 {hours} 小时内才能登记到岗。" / "An arrival is recorded from {hours} hours before the start.",
        /// The written agreement is not accepted by both.
        AgreementMissing @ "id":
            "超龄劳动者须先由双方确认书面用工协议（第56号令第六条），再登记到岗。" /
            "Both sides accept the written agreement for over-age workers first (Order 56, art 6), then the arrival is recorded.",
    }
}

impl From<NotYet> for ArriveByCode {
    fn from(why: NotYet) -> Self {
        match why {
            NotYet::NotFromHere(title) => {
                Self::NotFromHere { status_zh: title.zh.to_owned(), status_en: title.en.to_owned() }
            }
            NotYet::TooEarly(hours) => Self::TooEarly { hours },
            NotYet::AgreementMissing => Self::AgreementMissing,
        }
    }
}

/// The key of the city's arrival codes.
pub(in crate::engagements) async fn key(ctx: &Ctx) -> Result<impl Deref<Target = Key> + Send + Sync + use<>, Fault> {
    Ok(derive::key(&ctx.keys().await?.link_key(), "arrival-code", &[]))
}

/// What came of a code.
enum Tried {
    Arrived(Outcome),
    Wrong(i32),
}

/// Records one's own arrival by the code on the hiring party's screen (扫码到岗). A wrong one counts, so it is kept although
/// nothing else is changed: after five the hiring party or the counter records the arrival.
pub async fn arrive_by_code(ctx: &Ctx, id: Uuid, typed: String) -> Result<Outcome, Stop<ArriveByCode>> {
    let key = key(ctx).await?;
    let tried = ctx.transact(&policy::ARRIVE, |tx| async move { attempt(&tx, id, &typed, &key).await }).await?;
    match tried {
        Tried::Arrived(outcome) => Ok(outcome),
        Tried::Wrong(0) => Err(Stop::Refused(ArriveByCode::TooManyTries)),
        Tried::Wrong(left) => Err(Stop::Refused(ArriveByCode::WrongCode { left })),
    }
}

async fn attempt(tx: &Tx, id: Uuid, typed: &str, key: &Key) -> Result<Tried, Stop<ArriveByCode>> {
    let (deal, _) = deal::held_for(tx, &policy::ARRIVE, id, &[Side::Worker]).await?;
    may_arrive(tx, &deal).await?.map_err(|why| Stop::Refused(why.into()))?;
    if deal.row.arrival_tries >= code::TRIES {
        return Err(Stop::Refused(ArriveByCode::TooManyTries));
    }
    if code::fits(key, deal.row.shift_id, tx.ctx().now(), typed) {
        return Ok(Tried::Arrived(arrive(tx, &deal, Side::Worker).await?));
    }
    let tries = deal.row.arrival_tries + 1;
    tx.note("wrong", tries);
    change::write(tx, &deal.row, ActiveModel { arrival_tries: Set(tries), ..ActiveModel::default() }).await?;
    Ok(Tried::Wrong(code::TRIES - tries))
}
