//! What is written into forms of the hire (表单).

use async_graphql::{ID, InputObject};
use chrono::{DateTime, FixedOffset, Utc};
use kernel::{Ctx, Fault};
use serde::Serialize;
use uuid::Uuid;

use super::kinds::DeductionReason;
use super::rules::settings::HireRules;
use crate::kinds::PayMethod;

/// A line of a wage sheet (工资表的一行).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct WageLineInput {
    /// Whose work it was (用工对接).
    pub engagement_id: ID,
    /// Time worked, minutes (工时，分钟).
    pub minutes: i32,
    /// Pieces made, where they are paid (件数).
    pub pieces: Option<i32>,
    /// What is due, fen (应发，分).
    pub due_fen: i64,
    /// What is taken off, fen; nothing unless said (扣款，分).
    pub deduction_fen: Option<i64>,
    /// For what (扣款原因).
    pub deduction_reason: Option<DeductionReason>,
    /// What was paid, fen (实发，分).
    pub paid_fen: i64,
    /// When (支付时间).
    pub paid_at: DateTime<FixedOffset>,
    /// How: in money only (支付方式).
    pub method: PayMethod,
    /// The proof: an upload for `WAGE_PROOF` (支付凭证). The one that the line has stays unless another is given.
    pub proof: Option<ID>,
}

/// The same with ids read.
#[derive(Clone, Debug)]
pub struct WageLine {
    /// The engagement.
    pub engagement: Uuid,
    /// Minutes.
    pub minutes: i32,
    /// Pieces.
    pub pieces: Option<i32>,
    /// Due.
    pub due_fen: i64,
    /// Taken off.
    pub deduction_fen: i64,
    /// For what.
    pub deduction_reason: Option<DeductionReason>,
    /// Paid.
    pub paid_fen: i64,
    /// When.
    pub paid_at: DateTime<Utc>,
    /// How.
    pub method: PayMethod,
    /// The proof.
    pub proof: Option<Uuid>,
}

impl WageLineInput {
    /// Reads its ids.
    pub fn read(&self, ctx: &Ctx) -> Result<WageLine, Fault> {
        Ok(WageLine {
            engagement: ctx.parse_id("Engagement", &self.engagement_id)?,
            minutes: self.minutes,
            pieces: self.pieces,
            due_fen: self.due_fen,
            deduction_fen: self.deduction_fen.unwrap_or(0),
            deduction_reason: self.deduction_reason,
            paid_fen: self.paid_fen,
            paid_at: self.paid_at.with_timezone(&Utc),
            method: self.method,
            proof: self.proof.as_ref().map(|proof| ctx.parse_id("Upload", proof)).transpose()?,
        })
    }
}

/// The city's rules of the hire, as they shall be (用工规则).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct HireRulesInput {
    /// Cancelling fewer hours than this before the start is late, for either side (临时取消时限，小时).
    pub notice_hours: i32,
    /// So many minutes after the confirmation, until the start, nobody cancels late (确认后的反悔时间，分钟).
    pub grace_minutes: i32,
    /// Points for a no-show (未到岗记分).
    pub no_show_points: i32,
    /// Points for a late cancellation by a worker (临时取消记分).
    pub late_cancel_points: i32,
    /// So many days points count (记分有效期，天).
    pub points_days: i32,
    /// From so many points in force on nobody takes a place online (暂停网上抢单的记分).
    pub points_limit: i32,
    /// What a hiring party that cancels late owes, in hundredths of the agreed wage; unset, it loses the fast lane instead (临时取消补偿比例，%).
    pub allowance_percent: Option<i32>,
    /// Within so many days after the cancellation it pays the allowance; unset, no allowance is due by any day (补偿支付期限，天).
    pub allowance_days: Option<i32>,
    /// So many days it goes without the fast lane (暂停快速通道，天).
    pub fast_lane_days: i32,
    /// A no-show is recorded no sooner than so many minutes after the start (未到岗登记时限，分钟).
    pub no_show_minutes: i32,
    /// The stand-by list is called until so many minutes after the start (候补截止，分钟).
    pub standby_minutes: i32,
    /// The early warning is raised so many hours after a wage was due (欠薪预警，小时).
    pub unpaid_hours: i32,
    /// Work that nobody said was done counts as done so many hours after the shift (自动完工，小时).
    pub complete_hours: i32,
}

impl HireRulesInput {
    /// The rules at this version.
    #[must_use]
    pub const fn rules(&self, version: i32) -> HireRules {
        HireRules {
            version,
            notice_hours: self.notice_hours,
            grace_minutes: self.grace_minutes,
            no_show_points: self.no_show_points,
            late_cancel_points: self.late_cancel_points,
            points_days: self.points_days,
            points_limit: self.points_limit,
            allowance_percent: self.allowance_percent,
            allowance_days: self.allowance_days,
            fast_lane_days: self.fast_lane_days,
            no_show_minutes: self.no_show_minutes,
            standby_minutes: self.standby_minutes,
            unpaid_hours: self.unpaid_hours,
            complete_hours: self.complete_hours,
        }
    }
}
