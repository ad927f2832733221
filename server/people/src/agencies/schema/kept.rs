//! What an agency must have and show (机构资料): branches, prices, displayed items, annual reports, and what the city set.

use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, FixedOffset, NaiveDate};
use kernel::gql::{Date, moment};
use kernel::{Ctx, Lang};

use super::agency::county_name;
use crate::agencies::kinds::{AgencyParameterCode, DisplayedKind, FeePayer};
use crate::agencies::rows::{branch, displayed_item, price_item, price_list, report};
use crate::agencies::rules::parameters::{self, Set};
use crate::agencies::rules::{branches, reports};

/// A branch (分支机构).
#[derive(Clone, Debug, SimpleObject)]
pub struct AgencyBranch {
    /// Id (标识).
    pub id: ID,
    /// Its name (名称).
    pub name: String,
    /// Where it is (地址).
    pub address: String,
    /// Code of its county (所在区县代码).
    pub county: String,
    /// Its county (所在区县).
    pub county_name: Option<String>,
    /// When it was set up (设立日期).
    pub set_up_on: Date,
    /// When it was reported in writing (书面报告日期).
    pub reported_on: Option<Date>,
    /// By when it had to be reported (报告截止日).
    pub report_due_on: Date,
    /// Reported late, or not yet although it is late (逾期)?
    pub overdue: bool,
    /// When it was closed (撤销日期).
    pub closed_on: Option<Date>,
    /// Version (版本).
    pub version: i32,
}

impl AgencyBranch {
    pub(super) fn of(ctx: &Ctx, row: &branch::Model, set: &[Set]) -> Self {
        // What was asked of it on the day on which it was set up.
        let days = parameters::on(AgencyParameterCode::BranchReportDays, row.set_up_on, set).unwrap_or_default();
        Self {
            id: ctx.gid("AgencyBranch", row.id),
            name: row.name.clone(),
            address: row.address.clone(),
            county: row.county.clone(),
            county_name: county_name(&row.county),
            set_up_on: Date(row.set_up_on),
            reported_on: row.reported_on.map(Date),
            report_due_on: Date(branches::due_on(row.set_up_on, days)),
            overdue: branches::is_overdue(row.set_up_on, row.reported_on, days, ctx.today()),
            closed_on: row.closed_on.map(Date),
            version: row.version,
        }
    }
}

/// A price list (收费标准).
#[derive(Clone, Debug, SimpleObject)]
pub struct PriceList {
    /// Id (标识).
    pub id: ID,
    /// Its number with the agency (版次).
    pub number: i32,
    /// The first day it holds (执行日期).
    pub effective_from: Date,
    /// When it was published (公布时间).
    pub published_at: DateTime<FixedOffset>,
    /// What is charged for (收费项目).
    pub items: Vec<PriceItem>,
}

impl PriceList {
    pub(super) fn of(ctx: &Ctx, row: &price_list::Model, items: &[price_item::Model]) -> Self {
        Self {
            id: ctx.gid("PriceList", row.id),
            number: row.number,
            effective_from: Date(row.effective_from),
            published_at: moment(row.published_at),
            items: items.iter().map(|item| PriceItem::of(ctx, item)).collect(),
        }
    }
}

/// An item of a price list (收费项目).
#[derive(Clone, Debug, SimpleObject)]
pub struct PriceItem {
    /// Id (标识).
    pub id: ID,
    /// What is charged for (项目).
    pub item: String,
    /// By what it is counted (计费单位).
    pub unit: String,
    /// The price of one, in fen (单价，分).
    pub fen: i64,
    /// Who pays (付费方).
    pub payer: FeePayer,
}

impl PriceItem {
    pub(super) fn of(ctx: &Ctx, row: &price_item::Model) -> Self {
        Self {
            id: ctx.gid("PriceItem", row.id),
            item: row.item.clone(),
            unit: row.unit.clone(),
            fen: row.fen,
            payer: row.payer,
        }
    }
}

/// An item that hangs in the hall (公示项).
#[derive(Clone, Debug, SimpleObject)]
pub struct DisplayedItem {
    /// Id (标识).
    pub id: ID,
    /// Which (类别).
    pub kind: DisplayedKind,
    /// What it says; of the supervising body its name (内容).
    pub text: Option<String>,
    /// Of the supervising body the telephone (监督电话).
    pub phone: Option<String>,
    /// The name of the picture of it (文件名).
    pub file_name: Option<String>,
    /// A signed path to fetch the picture from, for a few minutes (下载地址).
    pub url: Option<String>,
    /// When somebody last looked (核对日期).
    pub checked_on: Date,
}

impl DisplayedItem {
    pub(super) fn of(ctx: &Ctx, row: &displayed_item::Model, url: Option<String>) -> Self {
        Self {
            id: ctx.gid("DisplayedItem", row.id),
            kind: row.kind,
            text: row.text.clone(),
            phone: row.phone.clone(),
            file_name: row.file_name.clone(),
            url,
            checked_on: Date(row.checked_on),
        }
    }
}

/// An annual report (年度报告).
#[derive(Clone, Debug, SimpleObject)]
pub struct AnnualReport {
    /// Id (标识).
    pub id: ID,
    /// The year it is about (报告年度).
    pub year: i32,
    /// When it came in (提交日期).
    pub reported_on: Date,
    /// What is to be said of it (备注).
    pub note: Option<String>,
}

impl AnnualReport {
    pub(super) fn of(ctx: &Ctx, row: &report::Model) -> Self {
        Self {
            id: ctx.gid("AnnualReport", row.id),
            year: row.year,
            reported_on: Date(row.reported_on),
            note: row.note.clone(),
        }
    }
}

/// Whether an annual report is due (年度报告情况).
#[derive(Clone, Debug, SimpleObject)]
pub struct AnnualReportDue {
    /// The year it is about (报告年度).
    pub year: i32,
    /// By when; empty where the city has set no day, for the law leaves it open (截止日期).
    pub due_on: Option<Date>,
    /// When it came in (提交日期).
    pub reported_on: Option<Date>,
    /// Late (逾期)? Never where no day is set.
    pub overdue: bool,
    /// How it stands, in words (说明).
    pub note: String,
}

impl AnnualReportDue {
    pub(super) fn of(ctx: &Ctx, year: i32, by: Option<i32>, asked: bool, reported_on: Option<NaiveDate>) -> Self {
        let due_on = if asked { reports::due_on(year, by) } else { None };
        let note = match (ctx.lang(), due_on) {
            (Lang::Zh, None) if !asked => format!("该机构{year}年尚未取得许可证，无须提交该年度报告。"),
            (Lang::En, None) if !asked => format!("It had no licence in {year}: no report of that year is due."),
            (Lang::Zh, None) => format!("本市未设定{year}年度报告的截止日，无法判断是否逾期。"),
            (Lang::En, None) => {
                format!("This city has set no last day for the report of {year}: nobody can say that it is late.")
            }
            (Lang::Zh, Some(due)) => format!("{year}年度报告应于{due}前提交。"),
            (Lang::En, Some(due)) => format!("The report of {year} is due by {due}."),
        };
        let overdue = reports::is_overdue(due_on, reported_on, ctx.today());
        Self { year, due_on: due_on.map(Date), reported_on: reported_on.map(Date), overdue, note }
    }
}

/// What a city sets about agencies (机构监管参数).
#[derive(Clone, Debug, SimpleObject)]
pub struct AgencyParameter {
    /// Which (参数).
    pub code: AgencyParameterCode,
    /// In words (名称).
    pub title: String,
    /// What holds today; empty where nothing is set and the law gives no figure (现行取值).
    pub value: Option<i32>,
    /// What the law gives (法定取值).
    pub usual: Option<i32>,
    /// Where it comes from (依据).
    pub law: String,
    /// What this city set, from which day on, the earliest first (设置记录).
    pub settings: Vec<AgencyParameterSetting>,
}

/// What was set, from a day on (设置记录).
#[derive(Clone, Debug, SimpleObject)]
pub struct AgencyParameterSetting {
    /// The first day it holds (生效日期).
    pub effective_from: Date,
    /// Its value; empty where it is unset from then on (取值).
    pub value: Option<i32>,
}

impl AgencyParameter {
    pub(super) fn of(ctx: &Ctx, code: AgencyParameterCode, set: &[Set]) -> Self {
        let known = parameters::of(code);
        let own = set.iter().filter(|(of, ..)| *of == code);
        Self {
            code,
            title: code.title().get(ctx.lang()).to_owned(),
            value: parameters::on(code, ctx.today(), set),
            usual: known.usual,
            law: known.law.get(ctx.lang()).to_owned(),
            settings: own
                .map(|(_, from, value)| AgencyParameterSetting { effective_from: Date(*from), value: *value })
                .collect(),
        }
    }
}
