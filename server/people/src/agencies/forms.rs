//! What is filled in about agencies (表单).

use async_graphql::{ID, InputObject};
use kernel::gql::Date;
use serde::Serialize;

use super::kinds::{
    AgencyParameterCode, AgencyServiceKind, DisplayedKind, FeePayer, InspectionKind, InspectionResult, LicenceScope,
};

/// What an agency is, as its licence says (机构和许可证信息).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct AgencyInput {
    /// Its name (机构名称).
    pub name: String,
    /// Unified social credit code (统一社会信用代码).
    pub uscc: Option<String>,
    /// Code of the county where it has its seat (所在区县代码).
    pub county: Option<String>,
    /// The organ that issued the licence (发证机关).
    pub issuer: String,
    /// What it is licensed for, or has filed (业务范围).
    pub scope: Vec<LicenceScope>,
    /// When the licence was issued (发证日期).
    pub issued_on: Date,
    /// The last day the licence is good for, where one is printed on it (有效期至).
    pub expires_on: Option<Date>,
}

/// Why a licence is suspended, revoked or given back (处理依据).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct LicenceDecisionInput {
    /// Why (理由).
    pub reason: String,
    /// By which article of which law (法律依据).
    pub article: String,
}

/// A branch (分支机构).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct AgencyBranchInput {
    /// Its name (名称).
    pub name: String,
    /// Where it is (地址).
    pub address: String,
    /// Code of its county (所在区县代码).
    pub county: String,
    /// When it was set up (设立日期).
    pub set_up_on: Date,
    /// When it was reported in writing (书面报告日期).
    pub reported_on: Option<Date>,
    /// When it was closed (撤销日期).
    pub closed_on: Option<Date>,
}

/// A price list (收费标准).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct PriceListInput {
    /// The first day it holds (执行日期).
    pub effective_from: Date,
    /// What is charged for, in order (收费项目).
    pub items: Vec<PriceItemInput>,
}

/// An item of a price list (收费项目).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct PriceItemInput {
    /// What is charged for (项目).
    pub item: String,
    /// By what it is counted (计费单位).
    pub unit: String,
    /// The price of one, in fen (单价，分).
    pub fen: i64,
    /// Who pays; never a worker (付费方).
    pub payer: FeePayer,
}

/// An item that hangs in the hall (公示项).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct DisplayedItemInput {
    /// Which (类别).
    pub kind: DisplayedKind,
    /// What it says: of the supervising body its name (内容).
    pub text: Option<String>,
    /// Of the supervising body the telephone for complaints (监督电话).
    pub phone: Option<String>,
    /// A picture or a scan of it, uploaded before (图片或扫描件).
    pub paper: Option<ID>,
    /// When somebody last looked whether it hangs there (核对日期).
    pub checked_on: Date,
}

/// An inspection (监督检查). Names of inspectors: no `Debug`.
#[derive(Clone, InputObject, Serialize)]
pub struct AgencyInspectionInput {
    /// When (检查日期).
    pub inspected_on: Date,
    /// Why (检查类型).
    pub kind: InspectionKind,
    /// Inspectors with an account here (检查人员账号).
    pub inspector_accounts: Option<Vec<ID>>,
    /// Inspectors without one, by name (检查人员姓名).
    pub inspector_names: Option<Vec<String>>,
    /// What it came to (检查结果).
    pub result: InspectionResult,
    /// What was found (检查发现).
    pub findings: String,
    /// By when it is looked at again (复查日期).
    pub follow_up_on: Option<Date>,
}

/// How an inspection was followed up (复查).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct InspectionFollowUpInput {
    /// When (复查日期).
    pub followed_up_on: Date,
    /// What it came to (复查结果).
    pub result: InspectionResult,
    /// What was found (复查情况).
    pub note: String,
}

/// A service in the ledger (服务台账). A hiring party may be a person: no `Debug`.
#[derive(Clone, InputObject, Serialize)]
pub struct LedgerEntryInput {
    /// When (服务日期).
    pub served_on: Date,
    /// The hiring party's name (用工主体名称).
    pub hiring_party: String,
    /// Is it a household, a person (个人雇主)?
    pub household: bool,
    /// Which service (服务类型).
    pub kind: AgencyServiceKind,
    /// On the network: its records are kept longer (网络服务).
    pub online: bool,
    /// How many workers it was about (服务人数).
    pub workers: i32,
    /// What it came to (服务结果).
    pub result: String,
}

/// A receipt for a fee (收费凭证). A hiring party may be a person: no `Debug`.
#[derive(Clone, InputObject, Serialize)]
pub struct FeeReceiptInput {
    /// Its number (凭证号).
    pub receipt_no: String,
    /// When (开具日期).
    pub issued_on: Date,
    /// From whom: a hiring party (交费的用工主体).
    pub hiring_party: String,
    /// Is it a household, a person (个人雇主)?
    pub household: bool,
    /// How many units of the item (数量).
    pub quantity: i32,
    /// What was paid in all, in fen (金额，分).
    pub fen: i64,
}

/// An annual report (年度报告).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct AnnualReportInput {
    /// The year it is about (报告年度).
    pub year: i32,
    /// When it came in (提交日期).
    pub reported_on: Date,
    /// What is to be said of it (备注).
    pub note: Option<String>,
}

/// A parameter from a day on (监管参数).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct AgencyParameterInput {
    /// Which (参数).
    pub code: AgencyParameterCode,
    /// Its value; nothing where it is not set from that day on (取值).
    pub value: Option<i32>,
    /// The first day it holds (生效日期).
    pub effective_from: Date,
}
