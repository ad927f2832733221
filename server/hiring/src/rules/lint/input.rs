//! What is read (送检内容): the draft of a posting as plain values, and the figures that a place has set.

use super::finding::LintField;

/// How the work is engaged (用工类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engagement {
    /// Part-time work (非全日制用工): at most 4 hours a day and 24 hours a week.
    PartTime,
    /// Temporary work (临时性用工): one task, paid when it is done.
    Temporary,
    /// Work of a season or a stage (阶段性用工): weeks or months.
    Phased,
}

/// What the wage is paid for (计酬单位).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WageUnit {
    /// An hour (小时).
    Hour,
    /// A day (天).
    Day,
    /// A piece (件).
    Piece,
    /// The whole job (整活).
    Job,
    /// A month (月).
    Month,
}

/// When the wage is paid (结算周期).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PayDay {
    /// When the work is done (完工即结).
    OnCompletion,
    /// Every day (日结).
    Daily,
    /// Every week (周结).
    Weekly,
    /// Every half month (半月结).
    HalfMonthly,
    /// Every month (月结).
    Monthly,
}

impl PayDay {
    /// The longest cycle in days (周期天数); nothing where the wage is paid when the work is done.
    #[must_use]
    pub const fn days(self) -> i64 {
        match self {
            Self::OnCompletion => 0,
            Self::Daily => 1,
            Self::Weekly => 7,
            Self::HalfMonthly => 15,
            Self::Monthly => 31,
        }
    }
}

/// One stretch of work (班次), in minutes on the wall clock since the beginning of 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// When it begins (开始).
    pub starts: i64,
    /// When it ends (结束).
    pub ends: i64,
    /// Minutes of rest and meals inside it (休息分钟).
    pub rest: i64,
}

/// How long the work is (工时), as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hours<'a> {
    /// Nothing was said (未填).
    Unknown,
    /// So much every day (按天): minutes of work a day, and days a week when they are known.
    Daily {
        /// Minutes of work a day (每天分钟).
        minutes: i64,
        /// Days of work a week (每周天数).
        days_a_week: Option<i64>,
    },
    /// These shifts (按班次).
    Shifts(&'a [Shift]),
}

/// The draft of a posting (招聘信息草稿) as its author wrote it.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// The title (标题).
    pub title: &'a str,
    /// The content of the work (工作内容).
    pub duties: &'a str,
    /// The conditions of recruiting (招聘条件).
    pub conditions: &'a str,
    /// The place of work (工作地点).
    pub place: &'a str,
    /// What is said about the pay in words (报酬说明).
    pub pay_text: &'a str,
    /// The type of engagement (用工类型).
    pub engagement: Engagement,
    /// The wage in fen (报酬，分).
    pub wage_fen: i64,
    /// What the wage is paid for (计酬单位).
    pub wage_unit: WageUnit,
    /// When it is paid (结算周期).
    pub pay_day: PayDay,
    /// How long the work is (工时).
    pub hours: Hours<'a>,
    /// Does the trade belong to those closed to workers under eighteen (未成年工禁忌工种)?
    pub hazardous: bool,
}

impl<'a> Draft<'a> {
    /// The written fields in the order in which findings are given (文字栏).
    #[must_use]
    pub const fn texts(&self) -> [(LintField, &'a str); 5] {
        [
            (LintField::Title, self.title),
            (LintField::Duties, self.duties),
            (LintField::Conditions, self.conditions),
            (LintField::Place, self.place),
            (LintField::PayText, self.pay_text),
        ]
    }
}

/// The figures of the place and the day (当地标准); what is unset cannot be checked, and the linter says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// The lowest hourly wage of part-time work in fen (小时最低工资标准).
    pub minimum_hourly_fen: Option<i64>,
    /// The lowest monthly wage in fen (月最低工资标准).
    pub minimum_monthly_fen: Option<i64>,
}
