//! What the linter says (检查结果): a rule, where, how serious, by which article, why, and what to write instead.

use kernel::text::{Text, Words};

/// A rule of the linter (检查规则). The order is that of findings at the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LintRule {
    /// A limit or preference by sex (限定性别).
    SexLimit,
    /// A limit by age that the law does not ask for (限定年龄).
    AgeLimit,
    /// Marriage, pregnancy or children as a condition (婚育限制).
    MarriageBirth,
    /// Ethnic group, race or religion as a condition (民族宗教限制).
    EthnicityReligion,
    /// Household register, region or origin as a condition (户籍地域限制).
    RegionLimit,
    /// Disabled people turned away (排斥残疾人).
    Disability,
    /// Carriers of infectious diseases turned away or tested (排斥病原携带者).
    Carrier,
    /// Rural workers turned away (排斥农村劳动者).
    RuralWorker,
    /// A condition that the work does not need (与岗位无关的条件).
    UnrelatedCondition,
    /// A deposit or a guarantee (押金担保).
    Deposit,
    /// Documents that are kept (扣押证件).
    KeptDocument,
    /// A fee taken from workers (向劳动者收费).
    Fee,
    /// Lures (夸大噱头).
    Hype,
    /// Leading people away to private channels (变相引流).
    Diversion,
    /// A number to call inside the text (文字中的联系方式).
    ContactInText,
    /// A wage that is not said (报酬不明).
    WageVague,
    /// Words that contradict the wage (报酬前后不一).
    WageContradicts,
    /// A wage below the minimum (低于最低工资).
    WageBelowMinimum,
    /// More hours than part-time work may have (超出非全日制工时).
    PartTimeHours,
    /// Overtime in every shift (超时工作).
    LongHours,
    /// Pay that comes too late (结算周期过长).
    PayCycle,
    /// Pay that is held back or forfeited (克扣、押扣工资).
    WageWithheld,
    /// Pay in goods or vouchers (以实物抵工资).
    PayInKind,
    /// Probation where none may be agreed (违法约定试用期).
    Probation,
    /// A trial without pay (无薪试工).
    UnpaidTrial,
    /// Children under sixteen (招用童工).
    ChildLabour,
    /// Hazardous work without the age of eighteen (未成年工禁忌劳动).
    MinorHazard,
    /// A waiver of responsibility for injury (工伤免责).
    SafetyWaiver,
    /// A waiver of social insurance (放弃社会保险).
    InsuranceWaiver,
    /// Work that the law forbids (违法工作).
    IllegalWork,
}

impl LintRule {
    /// Every rule, in order (全部规则).
    pub const ALL: [Self; 30] = [
        Self::SexLimit,
        Self::AgeLimit,
        Self::MarriageBirth,
        Self::EthnicityReligion,
        Self::RegionLimit,
        Self::Disability,
        Self::Carrier,
        Self::RuralWorker,
        Self::UnrelatedCondition,
        Self::Deposit,
        Self::KeptDocument,
        Self::Fee,
        Self::Hype,
        Self::Diversion,
        Self::ContactInText,
        Self::WageVague,
        Self::WageContradicts,
        Self::WageBelowMinimum,
        Self::PartTimeHours,
        Self::LongHours,
        Self::PayCycle,
        Self::WageWithheld,
        Self::PayInKind,
        Self::Probation,
        Self::UnpaidTrial,
        Self::ChildLabour,
        Self::MinorHazard,
        Self::SafetyWaiver,
        Self::InsuranceWaiver,
        Self::IllegalWork,
    ];

    /// The stable code (规则代码).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SexLimit => "SEX_LIMIT",
            Self::AgeLimit => "AGE_LIMIT",
            Self::MarriageBirth => "MARRIAGE_BIRTH",
            Self::EthnicityReligion => "ETHNICITY_RELIGION",
            Self::RegionLimit => "REGION_LIMIT",
            Self::Disability => "DISABILITY",
            Self::Carrier => "CARRIER",
            Self::RuralWorker => "RURAL_WORKER",
            Self::UnrelatedCondition => "UNRELATED_CONDITION",
            Self::Deposit => "DEPOSIT",
            Self::KeptDocument => "KEPT_DOCUMENT",
            Self::Fee => "FEE",
            Self::Hype => "HYPE",
            Self::Diversion => "DIVERSION",
            Self::ContactInText => "CONTACT_IN_TEXT",
            Self::WageVague => "WAGE_VAGUE",
            Self::WageContradicts => "WAGE_CONTRADICTS",
            Self::WageBelowMinimum => "WAGE_BELOW_MINIMUM",
            Self::PartTimeHours => "PART_TIME_HOURS",
            Self::LongHours => "LONG_HOURS",
            Self::PayCycle => "PAY_CYCLE",
            Self::WageWithheld => "WAGE_WITHHELD",
            Self::PayInKind => "PAY_IN_KIND",
            Self::Probation => "PROBATION",
            Self::UnpaidTrial => "UNPAID_TRIAL",
            Self::ChildLabour => "CHILD_LABOUR",
            Self::MinorHazard => "MINOR_HAZARD",
            Self::SafetyWaiver => "SAFETY_WAIVER",
            Self::InsuranceWaiver => "INSURANCE_WAIVER",
            Self::IllegalWork => "ILLEGAL_WORK",
        }
    }
}

/// A field of the draft (栏目), in the order of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LintField {
    /// The title (标题).
    Title,
    /// The content of the work (工作内容).
    Duties,
    /// The conditions (招聘条件).
    Conditions,
    /// The place of work (工作地点).
    Place,
    /// The pay in words (报酬说明).
    PayText,
    /// The wage as a figure (报酬金额).
    Wage,
    /// The hours (工时).
    Hours,
    /// The day of pay (结算周期).
    PayDay,
}

impl LintField {
    /// The stable code (栏目代码).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Title => "TITLE",
            Self::Duties => "DUTIES",
            Self::Conditions => "CONDITIONS",
            Self::Place => "PLACE",
            Self::PayText => "PAY_TEXT",
            Self::Wage => "WAGE",
            Self::Hours => "HOURS",
            Self::PayDay => "PAY_DAY",
        }
    }
}

/// How serious a finding is (严重程度).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It may not be published (不得发布).
    Blocks,
    /// A reviewer looks at it (提请审核).
    Warns,
    /// A figure is unset or missing, and nothing can be said (无法核对).
    CannotCheck,
}

impl Severity {
    /// The stable code (程度代码).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Blocks => "BLOCKS",
            Self::Warns => "WARNS",
            Self::CannotCheck => "CANNOT_CHECK",
        }
    }
}

/// Where the words stand (位置): characters of the field's text, the end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first character (起).
    pub start: usize,
    /// The character after the last (止).
    pub end: usize,
}

/// One thing the linter has to say (一条检查结果).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which rule (规则).
    pub rule: LintRule,
    /// In which field (栏目).
    pub field: LintField,
    /// At which words (位置); none for figures.
    pub span: Option<Span>,
    /// How serious (严重程度).
    pub severity: Severity,
    /// By which law and article (法律依据).
    pub law: Text,
    /// Why it is found (说明), quoting the author's own words.
    pub why: Words,
    /// What to write instead (改写建议).
    pub instead: Words,
}
