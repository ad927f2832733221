//! The linter over our postings (信息检查): the form's values as it reads them, and what it says as it is kept and shown.

use kernel::clock::shanghai;
use kernel::sheet::text::tidy;
use kernel::trades::Trades;
use kernel::{Text, Words};
use serde::{Deserialize, Serialize};

use super::describe::{self, Described};
use super::lint::{self, Draft, Engagement, Figures, Finding, Hours, Severity};
use super::shifts::Shift;
use crate::forms::PostingInput;
use crate::kinds::{EngagementType, FindingSeverity, PayDay, WageUnit};

/// What the linter says of a posting, as it is kept with a refusal (检查结果).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// The rule.
    pub rule: String,
    /// The field of the form.
    pub field: String,
    /// At which characters of it, the last not included.
    pub span: Option<(usize, usize)>,
    /// How serious it is.
    pub severity: FindingSeverity,
    /// By which law and article.
    pub law: Words,
    /// Why.
    pub why: Words,
    /// What to write instead.
    pub instead: Words,
}

impl Said {
    /// May it not be published so?
    #[must_use]
    pub fn blocks(&self) -> bool {
        self.severity == FindingSeverity::Blocks
    }
}

/// The field of the form that a finding is about.
const fn field(field: lint::LintField) -> &'static str {
    match field {
        lint::LintField::Title => "title",
        lint::LintField::Duties => "duties",
        lint::LintField::Conditions => "conditions",
        lint::LintField::Place => "place",
        lint::LintField::PayText => "payText",
        lint::LintField::Wage => "wageFen",
        lint::LintField::Hours => "shifts",
        lint::LintField::PayDay => "payDay",
    }
}

impl From<Finding> for Said {
    fn from(found: Finding) -> Self {
        let law: Text = found.law;
        Self {
            rule: found.rule.code().to_owned(),
            field: field(found.field).to_owned(),
            span: found.span.map(|span| (span.start, span.end)),
            severity: match found.severity {
                Severity::Blocks => FindingSeverity::Blocks,
                Severity::Warns => FindingSeverity::Warns,
                Severity::CannotCheck => FindingSeverity::CannotCheck,
            },
            law: law.into(),
            why: found.why,
            instead: found.instead,
        }
    }
}

/// What of a posting the linter reads (送检内容).
#[derive(Clone, Debug)]
pub struct Read<'a> {
    /// Title.
    pub title: &'a str,
    /// Duties.
    pub duties: &'a str,
    /// Conditions.
    pub conditions: Option<&'a str>,
    /// Place.
    pub place: &'a str,
    /// Words about the pay.
    pub pay_text: Option<&'a str>,
    /// Engagement type.
    pub engagement: EngagementType,
    /// The wage in fen.
    pub wage_fen: i64,
    /// What it is for.
    pub wage_unit: WageUnit,
    /// When it is paid.
    pub pay_day: PayDay,
    /// The shifts.
    pub shifts: Vec<Shift>,
    /// Is it work that needs a certificate, which nobody under eighteen does?
    pub hazardous: bool,
}

impl<'a> From<&'a Described> for Read<'a> {
    fn from(read: &'a Described) -> Self {
        Self {
            title: &read.title,
            duties: &read.duties,
            conditions: read.conditions.as_deref(),
            place: &read.place,
            pay_text: read.pay_text.as_deref(),
            engagement: read.engagement,
            wage_fen: read.wage_fen,
            wage_unit: read.wage_unit,
            pay_day: read.pay_day,
            shifts: read.shifts.clone(),
            hazardous: Trades::standard().needs_certificate(&read.trade),
        }
    }
}

/// Minutes on the wall clock in Shanghai since the beginning of 1970.
fn minute(at: chrono::DateTime<chrono::Utc>) -> i64 {
    at.with_timezone(&shanghai()).naive_local().and_utc().timestamp().div_euclid(60)
}

/// Everything the linter says of a posting.
#[must_use]
pub fn findings(read: &Read<'_>, figures: &Figures) -> Vec<Said> {
    let shift = |shift: &Shift| lint::Shift {
        starts: minute(shift.starts_at),
        ends: minute(shift.ends_at),
        rest: shift.break_minutes.into(),
    };
    let shifts: Vec<lint::Shift> = read.shifts.iter().map(shift).collect();
    let draft = Draft {
        title: read.title,
        duties: read.duties,
        conditions: read.conditions.unwrap_or_default(),
        place: read.place,
        pay_text: read.pay_text.unwrap_or_default(),
        engagement: match read.engagement {
            EngagementType::PartTime => Engagement::PartTime,
            EngagementType::Temporary => Engagement::Temporary,
            EngagementType::Phased => Engagement::Phased,
        },
        wage_fen: read.wage_fen,
        wage_unit: unit(read.wage_unit),
        pay_day: pay_day(read.pay_day),
        hours: Hours::Shifts(&shifts),
        hazardous: read.hazardous,
    };
    lint::lint(&draft, figures).into_iter().map(Said::from).collect()
}

/// The fields of the form that are words.
const TEXTS: [&str; 5] = ["title", "duties", "conditions", "place", "payText"];

/// What the linter says of the words of a form that is wrong elsewhere (只查文字), so that all of it is told at once. Of its wage and
/// its hours, which may be what is wrong, nothing is said.
#[must_use]
pub fn text_findings(input: &PostingInput) -> Vec<Said> {
    let trades = Trades::standard();
    let read = Read {
        title: input.title.as_deref().unwrap_or_default(),
        duties: &input.duties,
        conditions: input.conditions.as_deref(),
        place: &input.place,
        pay_text: input.pay_text.as_deref(),
        engagement: input.engagement.unwrap_or(EngagementType::Temporary),
        wage_fen: input.wage_fen,
        wage_unit: input.wage_unit,
        pay_day: input.pay_day.unwrap_or(PayDay::OnCompletion),
        shifts: Vec::new(),
        hazardous: describe::trade(input, trades).is_ok_and(|code| trades.needs_certificate(&code)),
    };
    let unset = Figures { minimum_hourly_fen: None, minimum_monthly_fen: None };
    let mut said = findings(&read, &unset);
    said.retain(|said| TEXTS.contains(&said.field.as_str()));
    said
}

const fn unit(unit: WageUnit) -> lint::WageUnit {
    match unit {
        WageUnit::Hour => lint::WageUnit::Hour,
        WageUnit::Day => lint::WageUnit::Day,
        WageUnit::Piece => lint::WageUnit::Piece,
        WageUnit::Job => lint::WageUnit::Job,
        WageUnit::Month => lint::WageUnit::Month,
    }
}

const fn pay_day(day: PayDay) -> lint::PayDay {
    match day {
        PayDay::OnCompletion => lint::PayDay::OnCompletion,
        PayDay::Daily => lint::PayDay::Daily,
        PayDay::Weekly => lint::PayDay::Weekly,
        PayDay::HalfMonthly => lint::PayDay::HalfMonthly,
        PayDay::Monthly => lint::PayDay::Monthly,
    }
}

/// What a posting says, whoever writes it and however it is punctuated: what was taken down is known again by its hash. Its title
/// is no part of it: where nobody wrote one, it says how many are wanted.
#[must_use]
pub fn text_key(read: &Described) -> String {
    key(&read.duties, read.conditions.as_deref(), &read.place, read.pay_text.as_deref())
}

/// The same of a form, whatever else is wrong with it.
#[must_use]
pub fn form_key(input: &PostingInput) -> String {
    let said = |text: &Option<String>| text.as_deref().map(tidy);
    let (conditions, pay_text) = (said(&input.conditions), said(&input.pay_text));
    key(&tidy(&input.duties), conditions.as_deref(), &tidy(&input.place), pay_text.as_deref())
}

fn key(duties: &str, conditions: Option<&str>, place: &str, pay_text: Option<&str>) -> String {
    let (conditions, pay_text) = (conditions.unwrap_or_default(), pay_text.unwrap_or_default());
    let text = lint::normalised_hash_text("", duties, conditions, place, pay_text);
    kernel::crypto::hash::sha256_hex(text.as_bytes())
}
