//! The form of a posting as it can be filled in again (表单内容).

use async_graphql::{ID, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};
use markets::Point;

use crate::forms::{PostingInput, ShiftInput};
use crate::kinds::{AccidentCover, EngagementType, PayDay, PostingKind, PostingSource, WageUnit};

/// A shift of a form (表单班次).
#[derive(Clone, Debug, SimpleObject)]
pub struct ShiftForm {
    /// When it begins (开始时间).
    pub starts_at: DateTime<FixedOffset>,
    /// When it ends (结束时间).
    pub ends_at: DateTime<FixedOffset>,
    /// How many are wanted (招聘人数).
    pub headcount: i32,
    /// Unpaid rest, minutes (休息分钟).
    pub break_minutes: Option<i32>,
}

impl From<&ShiftInput> for ShiftForm {
    fn from(shift: &ShiftInput) -> Self {
        Self {
            starts_at: shift.starts_at,
            ends_at: shift.ends_at,
            headcount: shift.headcount,
            break_minutes: shift.break_minutes,
        }
    }
}

/// The form of a posting, to be filled in again (表单内容). What was left out is null.
#[derive(Clone, Debug)]
pub struct PostingForm(pub PostingInput);

/// The form of a posting, to be filled in again (表单内容). What was left out is null.
#[Object]
impl PostingForm {
    /// Id of the hiring party (用工主体标识).
    async fn party_id(&self) -> &ID {
        &self.0.party_id
    }

    /// The trade, as it was written (工种).
    async fn trade(&self) -> &str {
        &self.0.trade
    }

    /// What is to be done (工作内容).
    async fn duties(&self) -> &str {
        &self.0.duties
    }

    /// Where the work is (工作地点).
    async fn place(&self) -> &str {
        &self.0.place
    }

    /// The wage in fen for one unit (劳动报酬，分).
    async fn wage_fen(&self) -> i64 {
        self.0.wage_fen
    }

    /// What it is for (计薪单位).
    async fn wage_unit(&self) -> WageUnit {
        self.0.wage_unit
    }

    /// The shifts (班次).
    async fn shifts(&self) -> Vec<ShiftForm> {
        self.0.shifts.iter().map(ShiftForm::from).collect()
    }

    /// What is wanted, in a line (标题).
    async fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }

    /// What the work asks of the worker (招聘条件).
    async fn conditions(&self) -> Option<&str> {
        self.0.conditions.as_deref()
    }

    /// What is said about the pay besides (报酬说明).
    async fn pay_text(&self) -> Option<&str> {
        self.0.pay_text.as_deref()
    }

    /// Odd job or internship (信息类别).
    async fn kind(&self) -> Option<PostingKind> {
        self.0.kind
    }

    /// How it became known (信息来源).
    async fn source(&self) -> Option<PostingSource> {
        self.0.source
    }

    /// Engagement type (用工类型).
    async fn engagement(&self) -> Option<EngagementType> {
        self.0.engagement
    }

    /// When it is paid (结算方式).
    async fn pay_day(&self) -> Option<PayDay> {
        self.0.pay_day
    }

    /// Code of the county (区县代码).
    async fn county(&self) -> Option<&str> {
        self.0.county.as_deref()
    }

    /// Id of the market (市场标识).
    async fn market_id(&self) -> Option<&ID> {
        self.0.market_id.as_ref()
    }

    /// The point on the map (坐标).
    async fn point(&self) -> Option<Point> {
        let point = self.0.point.as_ref()?;
        Some(Point { lat: point.lat, lng: point.lng, crs: point.crs? })
    }

    /// Who bears an accident (意外保障).
    async fn cover(&self) -> Option<AccidentCover> {
        self.0.cover
    }

    /// Asks for a certificate (特种作业操作证).
    async fn needs_certificate(&self) -> Option<bool> {
        self.0.needs_certificate
    }

    /// Confirms whoever applies (即时快招).
    async fn instant(&self) -> Option<bool> {
        self.0.instant
    }

    /// Takes those first who find work hard to get (优先招用困难零工).
    async fn priority(&self) -> Option<bool> {
        self.0.priority
    }
}
