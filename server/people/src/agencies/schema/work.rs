//! What an agency does and what is found there (机构业务): ledger, fees, inspections, history.

use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, FixedOffset};
use kernel::gql::{Date, moment};
use kernel::{Ctx, Fault, Mask, Pii};

use super::kept::PriceItem;
use crate::agencies::kinds::{
    AgencyEventKind, AgencyParameterCode, AgencyServiceKind, InspectionKind, InspectionResult,
};
use crate::agencies::queries::lists::Inspected;
use crate::agencies::rows::{event, fee_receipt, inspection, ledger_entry, price_item};
use crate::agencies::rules::parameters::{self, Set};
use crate::agencies::rules::{fees, inspections, ledger};

/// The name of a hiring party: of a household its first character alone, of a unit, which is no person, the whole.
fn party(name: &Pii<String>, household: bool) -> String {
    if household { name.masked(Mask::Name) } else { name.expose().clone() }
}

/// A service in the ledger (服务台账).
#[derive(Clone, Debug, SimpleObject)]
pub struct LedgerEntry {
    /// Id (标识).
    pub id: ID,
    /// When (服务日期).
    pub served_on: Date,
    /// The hiring party; a household masked (用工主体).
    pub hiring_party: String,
    /// A household (个人雇主)?
    pub household: bool,
    /// Which service (服务类型).
    pub kind: AgencyServiceKind,
    /// On the network (网络服务)?
    pub online: bool,
    /// How many workers it was about (服务人数).
    pub workers: i32,
    /// What it came to (服务结果).
    pub result: String,
    /// The day until which it must be kept (保存至).
    pub kept_until: Date,
    /// When it was entered (登记时间).
    pub entered_at: DateTime<FixedOffset>,
}

impl LedgerEntry {
    pub(super) async fn all(ctx: &Ctx, rows: &[ledger_entry::Model], set: &[Set]) -> Result<Vec<Self>, Fault> {
        let ring = ctx.keys().await?;
        let one = |row: &ledger_entry::Model| {
            let name = ring.open("agency_ledger_entry", "hiring_party", row.id, &row.hiring_party)?;
            let code =
                if row.online { AgencyParameterCode::OnlineLedgerYears } else { AgencyParameterCode::LedgerYears };
            let years = parameters::on(code, ctx.today(), set).unwrap_or_default();
            Ok(Self {
                id: ctx.gid("LedgerEntry", row.id),
                served_on: Date(row.served_on),
                hiring_party: party(&name, row.household),
                household: row.household,
                kind: row.kind,
                online: row.online,
                workers: row.workers,
                result: row.result.clone(),
                kept_until: Date(ledger::kept_until(row.served_on, years)),
                entered_at: moment(row.entered_at),
            })
        };
        rows.iter().map(one).collect()
    }
}

/// A receipt for a fee (收费凭证).
#[derive(Clone, Debug, SimpleObject)]
pub struct FeeReceipt {
    /// Id (标识).
    pub id: ID,
    /// Its number (凭证号).
    pub receipt_no: String,
    /// When it was issued (开具日期).
    pub issued_on: Date,
    /// What was paid for (收费项目).
    pub item: Option<PriceItem>,
    /// How many units of it (数量).
    pub quantity: i32,
    /// What was paid in all, in fen (金额，分).
    pub fen: i64,
    /// From whom; a household masked (交费的用工主体).
    pub hiring_party: String,
    /// A household (个人雇主)?
    pub household: bool,
    /// When the placement failed (介绍失败日期).
    pub failed_on: Option<Date>,
    /// How (失败原因).
    pub failed_reason: Option<String>,
    /// Due to be paid back and not paid back yet (应退未退)?
    pub refund_due: bool,
    /// When it was paid back (退费日期).
    pub refunded_on: Option<Date>,
    /// The day until which it must be kept; empty while it is due to be paid back (保存至).
    pub kept_until: Option<Date>,
    /// Version (版本).
    pub version: i32,
}

impl FeeReceipt {
    pub(super) async fn all(
        ctx: &Ctx,
        rows: Vec<(fee_receipt::Model, Option<price_item::Model>)>,
        set: &[Set],
    ) -> Result<Vec<Self>, Fault> {
        let ring = ctx.keys().await?;
        let years = parameters::on(AgencyParameterCode::LedgerYears, ctx.today(), set).unwrap_or_default();
        let one = |(row, item): (fee_receipt::Model, Option<price_item::Model>)| {
            let name = ring.open("agency_fee_receipt", "hiring_party", row.id, &row.hiring_party)?;
            Ok(Self {
                id: ctx.gid("FeeReceipt", row.id),
                issued_on: Date(row.issued_on),
                item: item.map(|item| PriceItem::of(ctx, &item)),
                quantity: row.quantity,
                fen: row.fen,
                hiring_party: party(&name, row.household),
                household: row.household,
                failed_on: row.failed_on.map(Date),
                refund_due: row.failed_on.is_some() && row.refunded_on.is_none(),
                refunded_on: row.refunded_on.map(Date),
                kept_until: fees::kept_until(row.issued_on, row.failed_on, row.refunded_on, years).map(Date),
                version: row.version,
                receipt_no: row.receipt_no,
                failed_reason: row.failed_reason,
            })
        };
        rows.into_iter().map(one).collect()
    }
}

/// Who inspected (检查人员).
#[derive(Clone, Debug, SimpleObject)]
pub struct AgencyInspector {
    /// The account, of one who has one here (账号).
    pub account: Option<ID>,
    /// The name (姓名).
    pub name: String,
}

/// An inspection (监督检查).
#[derive(Clone, Debug, SimpleObject)]
pub struct AgencyInspection {
    /// Id (标识).
    pub id: ID,
    /// When (检查日期).
    pub inspected_on: Date,
    /// Why (检查类型).
    pub kind: InspectionKind,
    /// Who inspected: two at least (检查人员).
    pub inspectors: Vec<AgencyInspector>,
    /// What it came to (检查结果).
    pub result: InspectionResult,
    /// What was found (检查发现).
    pub findings: String,
    /// By when it is looked at again (复查日期).
    pub follow_up_on: Option<Date>,
    /// When it was (实际复查日期).
    pub followed_up_on: Option<Date>,
    /// What that came to (复查结果).
    pub follow_up_result: Option<InspectionResult>,
    /// What was found then (复查情况).
    pub follow_up_note: Option<String>,
    /// Is it late that somebody looked again (逾期未复查)?
    pub follow_up_overdue: bool,
    /// When it was recorded (登记时间).
    pub recorded_at: DateTime<FixedOffset>,
    /// Version (版本).
    pub version: i32,
}

impl AgencyInspection {
    pub(super) fn of(ctx: &Ctx, row: inspection::Model, inspectors: Vec<Inspected>) -> Self {
        // Colleagues' working names, to those who may see what they found.
        let inspector = |(account, name): Inspected| AgencyInspector {
            account: account.map(|id| ctx.gid("Account", id)),
            name: name.expose().clone(),
        };
        Self {
            id: ctx.gid("AgencyInspection", row.id),
            inspected_on: Date(row.inspected_on),
            kind: row.kind,
            inspectors: inspectors.into_iter().map(inspector).collect(),
            result: row.result,
            findings: row.findings,
            follow_up_on: row.follow_up_on.map(Date),
            followed_up_on: row.followed_up_on.map(Date),
            follow_up_result: row.follow_up_result,
            follow_up_note: row.follow_up_note,
            follow_up_overdue: inspections::is_overdue(row.follow_up_on, row.followed_up_on, ctx.today()),
            recorded_at: moment(row.recorded_at),
            version: row.version,
        }
    }
}

/// What happened to an agency (机构沿革).
#[derive(Clone, Debug, SimpleObject)]
pub struct AgencyEvent {
    /// When (时间).
    pub at: DateTime<FixedOffset>,
    /// What (类型).
    pub kind: AgencyEventKind,
    /// In words (说明).
    pub title: String,
    /// The version of the agency it led to (版本).
    pub version: i32,
    /// Why, or what it was about (理由或内容).
    pub reason: Option<String>,
    /// By which article (法律依据).
    pub article: Option<String>,
    /// Which fields changed, by their names in the form (变更字段).
    pub fields: Vec<String>,
    /// Code of the city where it was decided, `platform` for the province; empty where it was here (处理地).
    pub decided_in: Option<String>,
}

impl AgencyEvent {
    pub(super) fn of(ctx: &Ctx, row: event::Model) -> Self {
        let fields = row.fields.as_deref().unwrap_or_default().split(", ");
        Self {
            at: moment(row.at),
            kind: row.kind,
            title: row.kind.title().get(ctx.lang()).to_owned(),
            version: row.version,
            reason: row.reason,
            article: row.article,
            fields: fields.filter(|field| !field.is_empty()).map(str::to_owned).collect(),
            decided_in: row.decided_in,
        }
    }
}
