//! Small values (值类型): shifts, agencies, history, counts, figures.

use async_graphql::parser::types::Field;
use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, FixedOffset};
use kernel::gql::{Date, moment};
use kernel::plain::{Json, Plain};
use kernel::{Ctx, Lang};

use crate::kinds::EngagementStatus;
use crate::rows::{posting_event, shift};
use crate::rules::figures::Figures;
use crate::rules::lane::Licence;
use crate::store::doors::Licensed;
use crate::store::history;

/// A shift (班次): when, and how many.
#[derive(Clone, Debug, SimpleObject)]
pub struct Shift {
    /// Id (标识).
    pub id: ID,
    /// When it begins (开始时间).
    pub starts_at: DateTime<FixedOffset>,
    /// When it ends (结束时间).
    pub ends_at: DateTime<FixedOffset>,
    /// Unpaid rest, minutes (休息分钟).
    pub break_minutes: i32,
    /// Places (招聘人数).
    pub headcount: i32,
    /// Places that can still be taken (剩余名额).
    pub places_left: i32,
}

impl Shift {
    /// Of a row.
    #[must_use]
    pub fn of(ctx: &Ctx, row: &shift::Model) -> Self {
        Self {
            id: ctx.gid("Shift", row.id),
            starts_at: moment(row.starts_at),
            ends_at: moment(row.ends_at),
            break_minutes: row.break_minutes,
            headcount: row.headcount,
            places_left: places_left(ctx, row),
        }
    }
}

impl Plain for Shift {
    fn plain(&self, name: &str, _: &Field, out: &mut Json) -> Option<()> {
        match name {
            "id" => out.put(self.id.as_str()),
            "startsAt" => out.put(&self.starts_at.to_rfc3339()),
            "endsAt" => out.put(&self.ends_at.to_rfc3339()),
            "breakMinutes" => out.put(&self.break_minutes),
            "headcount" => out.put(&self.headcount),
            "placesLeft" => out.put(&self.places_left),
            _ => None,
        }
    }
}

/// Places of a shift that somebody could still take, or could once it is published.
#[must_use]
pub fn places_left(ctx: &Ctx, row: &shift::Model) -> i32 {
    if row.open && row.starts_at > ctx.now() { (row.headcount - row.taken).max(0) } else { 0 }
}

/// The agency that publishes a posting (发布机构).
#[derive(Clone, Debug, SimpleObject)]
pub struct PostingAgency {
    /// Name (名称).
    pub name: String,
    /// The number of its licence (人力资源服务许可证编号).
    pub licence_no: String,
    /// Is the licence good today (许可证有效)?
    pub licence_valid: bool,
    /// Why it is not, where it is not (许可证失效原因).
    pub licence_problem: Option<String>,
}

impl PostingAgency {
    /// In the caller's language.
    #[must_use]
    pub fn new(agency: &Licensed, lang: Lang) -> Self {
        let problem = match &agency.licence {
            Licence::Bad(why) => Some(why.get(lang).to_owned()),
            Licence::Good | Licence::NotNeeded => None,
        };
        Self {
            name: agency.name.clone(),
            licence_no: agency.licence_no.clone(),
            licence_valid: problem.is_none(),
            licence_problem: problem,
        }
    }
}

/// Something that happened to a posting (招聘信息历程).
#[derive(Clone, Debug, SimpleObject)]
pub struct PostingEvent {
    /// When (时间).
    pub at: DateTime<FixedOffset>,
    /// What, as a code (事项代码).
    pub kind: String,
    /// What, in words (事项).
    pub title: String,
    /// Why (原因).
    pub reason: Option<String>,
    /// Who, by user name; of citizens nothing is said (办理人).
    pub actor: Option<String>,
}

impl PostingEvent {
    /// In the caller's language.
    #[must_use]
    pub fn new(row: &posting_event::Model, lang: Lang) -> Self {
        Self {
            at: moment(row.at),
            kind: row.kind.clone(),
            title: history::title(&row.kind).get(lang).to_owned(),
            reason: row.reason.clone(),
            actor: row.actor.clone(),
        }
    }
}

/// How many engagements are in a state (用工对接数).
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct EngagementCount {
    /// The state (状态).
    pub status: EngagementStatus,
    /// How many (人次).
    pub count: i64,
}

/// What was wrong with a posting when it was given back (退回意见).
#[derive(Clone, Debug, SimpleObject)]
pub struct ReviewRemark {
    /// The field of the form (所涉字段).
    pub field: Option<String>,
    /// What is wrong and what to do (意见).
    pub text: String,
}

/// A minimum wage from a day on (最低工资标准).
#[derive(Clone, Debug, SimpleObject)]
pub struct MinimumWage {
    /// Code of the county; null in the rest of the city (区县代码).
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
#[derive(Clone, Debug, SimpleObject)]
pub struct PostingFigures {
    /// Counts its changes; 0 while nobody has set anything (版本).
    pub version: i32,
    /// Minimum wages; where none is set the linter says that it cannot check (最低工资标准).
    pub minimum_wages: Vec<MinimumWage>,
    /// A posting is to be reviewed within so many minutes (审核时限，分钟).
    pub review_minutes: i32,
    /// A posting that nobody confirmed for so many days counts as stale (信息失鲜天数).
    pub stale_days: i32,
}

impl From<Figures> for PostingFigures {
    fn from(figures: Figures) -> Self {
        let line = |line: crate::forms::MinimumWageInput| MinimumWage {
            county: line.county,
            hourly_fen: line.hourly_fen,
            monthly_fen: line.monthly_fen,
            from: line.from,
            basis: line.basis,
        };
        Self {
            version: figures.version,
            minimum_wages: figures.minimum_wages.into_iter().map(line).collect(),
            review_minutes: figures.review_minutes,
            stale_days: figures.stale_days,
        }
    }
}
