//! What the linter says (检查结果), and what a form is told while it is filled in.

use async_graphql::SimpleObject;
use kernel::Lang;

use crate::kinds::FindingSeverity;
use crate::rules::checking::Said;
use crate::rules::flaw::PostingFlaw;

/// One thing the linter says of a posting (检查结果).
#[derive(Clone, Debug, SimpleObject)]
pub struct LintFinding {
    /// Which rule, as a stable code: `SEX_LIMIT`, `DEPOSIT` (规则代码).
    pub rule: String,
    /// The field of the form (所涉字段).
    pub field: String,
    /// The first character of the words it is about; null where it is about a figure (起始字符).
    pub start: Option<i32>,
    /// The character after the last of them (结束字符).
    pub end: Option<i32>,
    /// How serious it is (严重程度).
    pub severity: FindingSeverity,
    /// By which law and article (法律依据).
    pub law: String,
    /// Why it is found (说明).
    pub why: String,
    /// What to write instead (改写建议).
    pub instead: String,
}

impl LintFinding {
    /// In the caller's language.
    #[must_use]
    pub fn new(said: &Said, lang: Lang) -> Self {
        let at = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
        Self {
            rule: said.rule.clone(),
            field: said.field.clone(),
            start: said.span.map(|(start, _)| at(start)),
            end: said.span.map(|(_, end)| at(end)),
            severity: said.severity,
            law: said.law.get(lang).to_owned(),
            why: said.why.get(lang).to_owned(),
            instead: said.instead.get(lang).to_owned(),
        }
    }

    /// All of them, in the caller's language.
    #[must_use]
    pub fn all(said: &[Said], lang: Lang) -> Vec<Self> {
        said.iter().map(|said| Self::new(said, lang)).collect()
    }
}

/// What a form is told while it is filled in (填写检查).
#[derive(Clone, Debug, SimpleObject)]
pub struct PostingCheck {
    /// All that is wrong with the form (填报问题).
    pub flaws: Vec<PostingFlaw>,
    /// What the linter says of it; nothing while the form has flaws that keep it from being read (检查结果).
    pub findings: Vec<LintFinding>,
    /// May it be handed in as it is (可以提交)?
    pub good: bool,
}
