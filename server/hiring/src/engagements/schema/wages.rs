//! Wages as callers see them (工资): a worker its own line, a hiring party its sheets.

use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, FixedOffset};
use kernel::Ctx;
use kernel::gql::{Date, moment};

use crate::engagements::kinds::DeductionReason;
use crate::engagements::queries::sheets::{Line, Sheet};
use crate::engagements::rules::pay;
use crate::kinds::PayMethod;
use crate::rows::{engagement, wage_line};

/// What was agreed, due, paid, and said to be paid (工资对账).
#[derive(Clone, Debug, SimpleObject)]
pub struct WageTruth {
    /// What the agreed wage comes to, fen; empty where it cannot be told (约定工资，分).
    agreed_fen: Option<i64>,
    /// What the wage sheet says is due, fen (应发，分).
    due_fen: Option<i64>,
    /// What was taken off, fen (扣款，分).
    deduction_fen: Option<i64>,
    /// For what (扣款原因).
    deduction_reason: Option<DeductionReason>,
    /// What the hiring party says it paid, fen (用工方登记实发，分).
    sheet_paid_fen: Option<i64>,
    /// Time worked, minutes (工时，分钟).
    minutes: Option<i32>,
    /// Pieces made (件数).
    pieces: Option<i32>,
    /// When it was paid (支付时间).
    sheet_paid_at: Option<DateTime<FixedOffset>>,
    /// How (支付方式).
    method: Option<PayMethod>,
    /// What the worker says was paid, fen: this is what counts (零工确认收款，分).
    paid_fen: Option<i64>,
    /// How much less than agreed the worker got, or than the sheet says where no sum was agreed, or than the allowance where the place
    /// was cancelled, fen; below zero, how much more (与应得的差额，分).
    short_fen: Option<i64>,
    /// Is there a sum to hold what was paid against? Where none was agreed, as by the month or the piece, and none stands on a sheet,
    /// nobody can say whether it was less (有可核对的金额).
    comparable: bool,
}

impl WageTruth {
    /// Of an engagement, and its line if it stands on a sheet.
    #[must_use]
    pub fn of(row: &engagement::Model, line: Option<&wage_line::Model>) -> Self {
        Self {
            agreed_fen: row.agreed_fen,
            due_fen: row.due_fen,
            deduction_fen: line.map(|line| line.deduction_fen),
            deduction_reason: line.and_then(reason),
            sheet_paid_fen: line.map(|line| line.paid_fen),
            minutes: line.map(|line| line.minutes),
            pieces: line.and_then(|line| line.pieces),
            sheet_paid_at: line.map(|line| moment(line.paid_at)),
            method: line.map(|line| line.method),
            paid_fen: row.paid_fen,
            short_fen: pay::short_fen(pay::to_get(row), row.paid_fen),
            comparable: pay::to_get(row).is_some(),
        }
    }
}

fn reason(line: &wage_line::Model) -> Option<DeductionReason> {
    line.deduction_reason.as_deref().and_then(DeductionReason::from_code)
}

/// A line of a wage sheet (工资表的一行).
#[derive(Clone, Debug, SimpleObject)]
pub struct WageLine {
    /// Whose work it was (用工对接).
    engagement_id: ID,
    /// The worker, masked; empty once the worker let go of it (零工姓名，脱敏).
    worker_name: Option<String>,
    /// Time worked, minutes (工时，分钟).
    minutes: i32,
    /// Pieces made (件数).
    pieces: Option<i32>,
    /// What the agreed wage comes to, fen (约定工资，分).
    agreed_fen: Option<i64>,
    /// What is due, fen (应发，分).
    due_fen: i64,
    /// What was taken off, fen (扣款，分).
    deduction_fen: i64,
    /// For what (扣款原因).
    deduction_reason: Option<DeductionReason>,
    /// What was paid, fen (实发，分).
    paid_fen: i64,
    /// When (支付时间).
    paid_at: DateTime<FixedOffset>,
    /// How (支付方式).
    method: PayMethod,
    /// Is there a proof (有支付凭证)?
    proven: bool,
}

/// A wage sheet (工资支付台账): kept three years (保障农民工工资支付条例 art 15).
#[derive(Clone, Debug, SimpleObject)]
pub struct WageSheet {
    /// Its id (标识).
    id: ID,
    /// Counts its changes (版本).
    version: i32,
    /// The posting (招聘信息).
    posting_id: ID,
    /// When it was last saved (登记时间).
    made_at: DateTime<FixedOffset>,
    /// Until when it is kept (保存至).
    keep_until: Date,
    /// Its lines (明细).
    lines: Vec<WageLine>,
}

impl WageSheet {
    /// A sheet.
    #[must_use]
    pub fn of(ctx: &Ctx, sheet: Sheet) -> Self {
        let Sheet { row, lines } = sheet;
        Self {
            id: ctx.gid("WageSheet", row.id),
            version: row.version,
            posting_id: ctx.gid("Posting", row.posting_id),
            made_at: moment(row.made_at),
            keep_until: row.keep_until.into(),
            lines: lines.into_iter().map(|line| line_of(ctx, line)).collect(),
        }
    }
}

fn line_of(ctx: &Ctx, line: Line) -> WageLine {
    let Line { row, worker_name } = line;
    WageLine {
        engagement_id: ctx.gid("Engagement", row.engagement_id),
        worker_name,
        minutes: row.minutes,
        pieces: row.pieces,
        agreed_fen: row.agreed_fen,
        due_fen: row.due_fen,
        deduction_fen: row.deduction_fen,
        deduction_reason: reason(&row),
        paid_fen: row.paid_fen,
        paid_at: moment(row.paid_at),
        method: row.method,
        proven: row.proof_file.is_some(),
    }
}
