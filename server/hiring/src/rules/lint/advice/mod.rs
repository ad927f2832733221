//! What is said of a finding (说明与依据): the law, why, and what to write instead.

mod money;
mod people;
mod work;

use kernel::text::{Text, Words};

use super::figures::{About, FigureHit};
use super::finding::{Finding, LintField, LintRule, Severity, Span};
use super::input::Engagement;
use kernel::money::yuan;

/// The texts of one rule in one case; `{words}` stands for the author's own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Advice {
    pub(super) law: Text,
    pub(super) why: Text,
    pub(super) instead: Text,
}

impl LintRule {
    /// What the rule is called (规则名称).
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::SexLimit => Text::new("限定性别", "Limit by sex"),
            Self::AgeLimit => Text::new("限定年龄", "Limit by age"),
            Self::MarriageBirth => Text::new("婚育限制", "Marriage and children"),
            Self::EthnicityReligion => Text::new("民族宗教限制", "Ethnic group and religion"),
            Self::RegionLimit => Text::new("户籍地域限制", "Register and region"),
            Self::Disability => Text::new("排斥残疾人", "Disability"),
            Self::Carrier => Text::new("排斥病原携带者", "Carriers of a disease"),
            Self::RuralWorker => Text::new("排斥农村劳动者", "Rural workers"),
            Self::UnrelatedCondition => Text::new("与岗位无关的条件", "Condition the work does not need"),
            Self::Deposit => Text::new("押金担保", "Deposit or guarantee"),
            Self::KeptDocument => Text::new("扣押证件", "Documents kept"),
            Self::Fee => Text::new("向劳动者收费", "Fee taken from workers"),
            Self::Hype => Text::new("夸大噱头", "Lure"),
            Self::Diversion => Text::new("变相引流", "Leading away"),
            Self::ContactInText => Text::new("文字中的联系方式", "Contact inside the text"),
            Self::WageVague => Text::new("报酬不明", "Wage left open"),
            Self::WageContradicts => Text::new("报酬前后不一", "Wage contradicted"),
            Self::WageBelowMinimum => Text::new("低于最低工资", "Wage below the minimum"),
            Self::PartTimeHours => Text::new("超出非全日制工时", "Too long for part-time work"),
            Self::LongHours => Text::new("超时工作", "Long hours"),
            Self::PayCycle => Text::new("结算周期过长", "Paid too late"),
            Self::WageWithheld => Text::new("克扣、押扣工资", "Wages held back"),
            Self::PayInKind => Text::new("以实物抵工资", "Pay in goods"),
            Self::Probation => Text::new("违法约定试用期", "Probation"),
            Self::UnpaidTrial => Text::new("无薪试工", "Unpaid trial"),
            Self::ChildLabour => Text::new("招用童工", "Child labour"),
            Self::MinorHazard => Text::new("未成年工禁忌劳动", "Hazardous work under eighteen"),
            Self::SafetyWaiver => Text::new("工伤免责", "Waiver of responsibility"),
            Self::InsuranceWaiver => Text::new("放弃社会保险", "Waiver of insurance"),
            Self::IllegalWork => Text::new("违法工作", "Forbidden work"),
        }
    }
}

/// The texts for words that break a rule.
fn of_words(rule: LintRule, severity: Severity, engagement: Engagement, words: &str) -> Advice {
    let looks = severity == Severity::Warns;
    match rule {
        LintRule::SexLimit if looks => people::SEX_LOOK,
        LintRule::SexLimit => people::SEX,
        LintRule::AgeLimit => people::AGE,
        LintRule::MarriageBirth => people::MARRIAGE,
        LintRule::EthnicityReligion => people::ETHNICITY,
        LintRule::RegionLimit => people::REGION,
        LintRule::Disability => people::DISABILITY,
        LintRule::Carrier => people::CARRIER,
        LintRule::RuralWorker => people::RURAL,
        LintRule::UnrelatedCondition => people::UNRELATED,
        LintRule::ChildLabour => people::CHILD,
        LintRule::MinorHazard => people::HAZARD,
        LintRule::Deposit => money::DEPOSIT,
        LintRule::KeptDocument => money::DOCUMENT,
        LintRule::Fee if looks => money::FEE_LOOK,
        LintRule::Fee => money::FEE,
        LintRule::WageVague => money::VAGUE,
        LintRule::WageContradicts => money::CONTRADICTS,
        LintRule::WageBelowMinimum => money::MINIMUM,
        LintRule::WageWithheld => money::WITHHELD,
        LintRule::PayInKind => money::IN_KIND,
        LintRule::PayCycle => cycle(engagement),
        LintRule::Hype => work::HYPE,
        LintRule::Diversion => work::DIVERSION,
        LintRule::ContactInText => work::CONTACT,
        LintRule::PartTimeHours => work::PART_TIME_HOURS,
        LintRule::LongHours if looks => work::OVERTIME,
        LintRule::LongHours => work::LONG_HOURS,
        LintRule::Probation if engagement == Engagement::PartTime => work::PROBATION_PART_TIME,
        LintRule::Probation => work::PROBATION_SHORT,
        LintRule::UnpaidTrial => work::TRIAL,
        LintRule::SafetyWaiver => work::SAFETY,
        LintRule::InsuranceWaiver => work::INSURANCE,
        LintRule::IllegalWork => work::illegal(words),
    }
}

const fn cycle(engagement: Engagement) -> Advice {
    match engagement {
        Engagement::PartTime => money::CYCLE_PART_TIME,
        Engagement::Temporary => money::CYCLE_TEMPORARY,
        Engagement::Phased => money::CYCLE_PHASED,
    }
}

/// `{name}` replaced by what is said in each language.
fn filled(text: Text, name: &str, said: &Words) -> Words {
    let place = format!("{{{name}}}");
    Words::new(text.zh.replace(&place, &said.zh), text.en.replace(&place, &said.en))
}

/// A finding about words of the author.
pub(super) fn finding(
    (rule, severity): (LintRule, Severity),
    engagement: Engagement,
    field: LintField,
    span: Option<Span>,
    words: &str,
) -> Finding {
    let advice = of_words(rule, severity, engagement, words);
    let said = Words::new(words, words);
    let why = filled(advice.why, "words", &said);
    Finding { rule, field, span, severity, law: advice.law, why, instead: Words::from(advice.instead) }
}

/// The finding that a hazardous trade does not say eighteen.
pub(super) fn unsaid(rule: LintRule, field: LintField, severity: Severity) -> Finding {
    let Advice { law, why, instead } = people::HAZARD_UNSAID;
    Finding { rule, field, span: None, severity, law, why: Words::from(why), instead: Words::from(instead) }
}

/// A finding about figures.
pub(super) fn figure(hit: &FigureHit, engagement: Engagement) -> Finding {
    let part_time = engagement == Engagement::PartTime;
    let advice = match hit.about {
        About::MinimumUnset => money::MINIMUM_UNSET,
        About::NotConvertible => money::MINIMUM_UNKNOWN,
        About::Wage { .. } if part_time => money::MINIMUM_PART_TIME,
        _ => of_words(hit.rule, hit.severity, engagement, ""),
    };
    let (mut why, mut instead) = (filled(advice.why, "words", &figures_said(hit.about)), Words::from(advice.instead));
    if let About::Wage { paid, least } = hit.about {
        for (name, fen) in [("paid", paid), ("least", least)] {
            let place = format!("{{{name}}}");
            let yuan = yuan(fen);
            for text in [&mut why.zh, &mut why.en, &mut instead.zh, &mut instead.en] {
                *text = text.replace(&place, &yuan);
            }
        }
    }
    Finding { rule: hit.rule, field: hit.field, span: None, severity: hit.severity, law: advice.law, why, instead }
}

/// What stands for the author's words where a figure is found.
fn figures_said(about: About) -> Words {
    match about {
        About::HoursADay(minutes) => {
            let hours = decimal(minutes, 60);
            Words::new(format!("每天{hours}小时"), format!("{hours} hours a day"))
        }
        About::HoursAWeek(minutes) => {
            let hours = decimal(minutes, 60);
            Words::new(format!("每周{hours}小时"), format!("{hours} hours a week"))
        }
        About::Cycle(days) => Words::new(format!("最长{days}天一结"), format!("paid after up to {days} days")),
        About::LengthUnknown => Words::new("结算晚于日结", "paid later than daily"),
        About::Wage { .. } | About::MinimumUnset | About::NotConvertible => Words::new("", ""),
    }
}

/// One decimal, and none where it is a nought.
fn decimal(value: i64, unit: i64) -> String {
    let tenths = value.saturating_mul(10) / unit.max(1);
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}
