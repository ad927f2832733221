//! Kinds of case as callers read them (办件类型).

use async_graphql::SimpleObject;
use kernel::Lang;
use kernel::calendar::DayCount;

use crate::case_kind::CaseKind;
use crate::kinds::CaseDecision;

/// A kind of case (办件类型).
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "CaseKind")]
pub struct KindShown {
    /// Its code (代码).
    pub code: String,
    /// In words (名称).
    pub title: String,
    /// What it is about, as ids of such things begin (所涉事项类型).
    pub subject_kind: String,
    /// So many days it may take; the day on which it came in is not counted (办理时限).
    pub days: i32,
    /// Working days or calendar days (计日方式).
    pub day_count: DayCount,
    /// The law or rule behind that (依据).
    pub law: String,
    /// The article (条款).
    pub article: String,
    /// The rule and its version, as each case keeps it (时限规则版本).
    pub rule_version: String,
    /// What may be decided (可作出的决定).
    pub decisions: Vec<CaseDecision>,
}

impl KindShown {
    pub(crate) fn of(kind: &CaseKind, lang: Lang) -> Self {
        Self {
            code: kind.code.to_owned(),
            title: kind.title.get(lang).to_owned(),
            subject_kind: kind.subject.to_owned(),
            days: i32::try_from(kind.deadline.value).unwrap_or(i32::MAX),
            day_count: kind.deadline.count,
            law: kind.deadline.law.get(lang).to_owned(),
            article: kind.deadline.article.get(lang).to_owned(),
            rule_version: kind.deadline.version.to_owned(),
            decisions: kind.decisions.to_vec(),
        }
    }
}
