//! What people fill in (表单).
//!
//! A posting asks for nine things: the hiring party, the trade, the duties, the place, the wage and its unit, and of each
//! shift its beginning, its end and how many (人力资源市场暂行条例 art 24). The valid period, the pay day and the rest follow from
//! them unless they are said.

use async_graphql::{ID, InputObject};
use chrono::{DateTime, FixedOffset};
use kernel::gql::Date;
use markets::PointInput;
use serde::{Deserialize, Serialize};

use crate::kinds::{AccidentCover, EngagementType, PayDay, PostingKind, PostingSource, WageUnit};

/// A shift (班次): when, and how many.
#[derive(Clone, Debug, InputObject, PartialEq, Serialize, Deserialize)]
pub struct ShiftInput {
    /// When it begins (开始时间).
    pub starts_at: DateTime<FixedOffset>,
    /// When it ends (结束时间).
    pub ends_at: DateTime<FixedOffset>,
    /// How many are wanted (招聘人数), 1–500.
    pub headcount: i32,
    /// Unpaid rest, minutes; 0 unless it is said (休息分钟).
    pub break_minutes: Option<i32>,
}

/// A posting as it is filled in (招聘信息).
#[derive(Clone, Debug, InputObject, Serialize, Deserialize)]
pub struct PostingInput {
    /// Who has others work (用工主体).
    pub party_id: ID,
    /// The trade: a code, an official name or a street name (工种).
    pub trade: String,
    /// What is to be done (工作内容).
    pub duties: String,
    /// Where the work is: street and number, or a landmark (工作地点).
    pub place: String,
    /// The wage in fen for one unit (劳动报酬，分).
    pub wage_fen: i64,
    /// What it is for (计薪单位).
    pub wage_unit: WageUnit,
    /// When, and how many (班次), 1–60.
    pub shifts: Vec<ShiftInput>,
    /// What is wanted, in a line; trade and headcount unless it is said (标题).
    pub title: Option<String>,
    /// What the work asks of the worker (招聘条件).
    pub conditions: Option<String>,
    /// What is said about the pay besides: meals, overtime (报酬说明).
    pub pay_text: Option<String>,
    /// Odd job unless it is said (信息类别).
    pub kind: Option<PostingKind>,
    /// How it became known; the hiring party's own entry is always online (信息来源).
    pub source: Option<PostingSource>,
    /// Temporary unless it is said (用工类型).
    pub engagement: Option<EngagementType>,
    /// When it is paid: when the work is done unless it is said, a monthly wage each month (结算方式).
    pub pay_day: Option<PayDay>,
    /// Code of the county; that of the market, else of the party, unless it is said (区县代码).
    pub county: Option<String>,
    /// The market it is published at (发布市场).
    pub market_id: Option<ID>,
    /// The point on the map (坐标).
    pub point: Option<PointInput>,
    /// Who bears an accident; nobody unless it is said, and then that is shown (意外保障).
    pub cover: Option<AccidentCover>,
    /// Asks for a certificate of special operations; trades that the law names always do (特种作业操作证).
    pub needs_certificate: Option<bool>,
    /// Confirms whoever applies while places last (即时快招).
    pub instant: Option<bool>,
    /// Takes those first who find work hard to get; nobody is refused for it (优先招用困难零工).
    pub priority: Option<bool>,
    /// First day it holds; today unless it is said (有效期起).
    pub valid_from: Option<Date>,
    /// Last day it holds; that of its last shift unless it is said, and at most ninety days on (有效期止).
    pub valid_until: Option<Date>,
}

/// What is wrong with a posting, told by its reviewer (审核意见).
#[derive(Clone, Debug, InputObject, Serialize, Deserialize)]
pub struct ReviewRemarkInput {
    /// The field of the form it is about (所涉字段).
    pub field: Option<String>,
    /// What is wrong and what to do (意见).
    pub text: String,
}

/// A minimum wage from a day on (最低工资标准).
#[derive(Clone, Debug, InputObject, PartialEq, Serialize, Deserialize)]
pub struct MinimumWageInput {
    /// Code of the county; without one it holds in the rest of the city (区县代码).
    pub county: Option<String>,
    /// The lowest hourly wage of part-time work, in fen (小时最低工资标准，分).
    pub hourly_fen: Option<i64>,
    /// The lowest monthly wage, in fen (月最低工资标准，分).
    pub monthly_fen: Option<i64>,
    /// First day it holds (生效日期).
    pub from: Date,
    /// The document that sets it (依据文件).
    pub basis: String,
}

/// What postings are held to in this city (招聘信息标准).
#[derive(Clone, Debug, InputObject, Serialize, Deserialize)]
pub struct PostingFiguresInput {
    /// Minimum wages; where none is set the linter says that it cannot check (最低工资标准).
    pub minimum_wages: Vec<MinimumWageInput>,
    /// A posting is to be reviewed within so many minutes, 5–10,080 (审核时限，分钟).
    pub review_minutes: i32,
    /// A posting that nobody confirmed for so many days counts as stale, 1–90 (信息失鲜天数).
    pub stale_days: i32,
}
