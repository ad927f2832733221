//! The labelled lines (标注样本) as the tests read them.

use super::super::{Draft, Engagement, LintField, PayDay, WageUnit};
use super::{draft, with};

/// One labelled line.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    pub(super) id: String,
    /// Written before the rules and looked at only when they were done.
    pub(super) held: bool,
    pub(super) engagement: Engagement,
    pub(super) field: LintField,
    given: &'static str,
    pub(super) text: &'static str,
    /// The codes that must be found, and no others.
    pub(super) expects: Vec<&'static str>,
    /// The words that must be pointed at; none where the label does not say.
    pub(super) words: Vec<&'static str>,
}

/// Every labelled line.
pub(super) fn samples() -> Vec<Sample> {
    let lines = include_str!("../fixtures/lines.csv").lines().skip(1);
    lines
        .map(|line| {
            let columns: Vec<&str> = line.split(',').collect();
            let [id, set, engagement, field, given, text, expects, words] = columns.as_slice() else {
                panic!("eight columns: {line}");
            };
            Sample {
                id: (*id).to_owned(),
                held: *set == "held",
                engagement: engagement_of(engagement),
                field: field_of(field),
                given,
                text,
                expects: expects.split_whitespace().collect(),
                words: words.split('|').filter(|w| !w.is_empty()).collect(),
            }
        })
        .collect()
}

/// Phrases that the rules were sharpened with: they must all be read as labelled.
pub(super) fn phrases() -> Vec<Sample> {
    let lines = include_str!("../fixtures/phrases.csv").lines().skip(1).enumerate();
    lines
        .map(|(n, line)| {
            let columns: Vec<&str> = line.split(',').collect();
            let [engagement, field, text, expects] = columns.as_slice() else { panic!("four columns: {line}") };
            Sample {
                id: format!("phrase {}", n + 2),
                held: false,
                engagement: engagement_of(engagement),
                field: field_of(field),
                given: "",
                text,
                expects: expects.split_whitespace().collect(),
                words: Vec::new(),
            }
        })
        .collect()
}

fn engagement_of(code: &str) -> Engagement {
    match code {
        "PART_TIME" => Engagement::PartTime,
        "PHASED" => Engagement::Phased,
        "" => Engagement::Temporary,
        other => panic!("no engagement {other}"),
    }
}

fn field_of(code: &str) -> LintField {
    let fields = [LintField::Title, LintField::Duties, LintField::Conditions, LintField::Place, LintField::PayText];
    fields.into_iter().find(|f| f.code() == code).unwrap_or_else(|| panic!("no field {code}"))
}

impl Sample {
    /// The draft that holds the line.
    pub(super) fn draft(&self) -> Draft<'static> {
        let mut draft = with(draft(self.engagement), self.field, self.text);
        for given in self.given.split_whitespace() {
            match given.split_once('=') {
                None if given == "hazardous" => draft.hazardous = true,
                Some(("pay", "WEEKLY")) => draft.pay_day = PayDay::Weekly,
                Some(("pay", "MONTHLY")) => draft.pay_day = PayDay::Monthly,
                Some(("wage", wage)) => {
                    let (fen, unit) = wage.split_once('/').expect("a wage has a unit");
                    draft.wage_fen = fen.parse().expect("a wage is fen");
                    draft.wage_unit = match unit {
                        "HOUR" => WageUnit::Hour,
                        "DAY" => WageUnit::Day,
                        other => panic!("{}: no unit {other}", self.id),
                    };
                }
                _ => panic!("{}: not read: {given}", self.id),
            }
        }
        draft
    }
}
