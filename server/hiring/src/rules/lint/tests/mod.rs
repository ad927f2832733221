//! The linter is held to its labelled lines (标注样本), and to what must hold for any text.

mod figures;
mod lines;
mod properties;
mod sample;
mod words;

use super::{Draft, Engagement, Figures, Finding, Hours, LintField, PayDay, Shift, WageUnit, lint};

/// Figures far below any wage of the samples, so that words alone are judged.
const LOW: Figures = Figures { minimum_hourly_fen: Some(1), minimum_monthly_fen: Some(1) };
/// One shift of four hours.
const SHORT: [Shift; 1] = [Shift { starts: 480, ends: 720, rest: 0 }];
/// One shift of eight hours.
const WHOLE: [Shift; 1] = [Shift { starts: 480, ends: 1020, rest: 60 }];

/// A lawful draft without words.
fn draft<'a>(engagement: Engagement) -> Draft<'a> {
    let hours = if engagement == Engagement::PartTime { Hours::Shifts(&SHORT) } else { Hours::Shifts(&WHOLE) };
    Draft {
        title: "",
        duties: "",
        conditions: "",
        place: "",
        pay_text: "",
        engagement,
        wage_fen: 30_000,
        wage_unit: WageUnit::Job,
        pay_day: PayDay::Daily,
        hours,
        hazardous: false,
    }
}

/// The draft with a text in one field.
fn with<'a>(draft: Draft<'a>, field: LintField, text: &'a str) -> Draft<'a> {
    match field {
        LintField::Title => Draft { title: text, ..draft },
        LintField::Duties => Draft { duties: text, ..draft },
        LintField::Conditions => Draft { conditions: text, ..draft },
        LintField::Place => Draft { place: text, ..draft },
        LintField::PayText => Draft { pay_text: text, ..draft },
        LintField::Wage | LintField::Hours | LintField::PayDay => panic!("no text in {field:?}"),
    }
}

/// The conditions of temporary work, linted.
fn conditions(text: &str) -> Vec<Finding> {
    lint(&with(draft(Engagement::Temporary), LintField::Conditions, text), &LOW)
}

/// The codes of findings, each once, in order.
fn codes(findings: &[Finding]) -> Vec<&'static str> {
    let mut codes: Vec<&str> = findings.iter().map(|f| f.rule.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The author's words of a finding.
fn cut(text: &str, finding: &Finding) -> String {
    let span = finding.span.expect("words have a place");
    text.chars().skip(span.start).take(span.end - span.start).collect()
}
