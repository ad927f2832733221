//! Refusals that show what is wrong in full (不予办理的答复): the flaws of a form, what the linter found, the newest state.

use async_graphql::SimpleObject;
use kernel::Lang;

use super::finding::LintFinding;
use super::kept::PostingTemplate;
use super::posting::Posting;
use super::values::PostingFigures;
use crate::operations::close_posting::{ClosePosting, ClosePostingReason, ClosePostingRefusalCode};
use crate::operations::lift_take_down::{LiftTakeDown, LiftTakeDownReason, LiftTakeDownRefusalCode};
use crate::operations::remove_template::{
    RemovePostingTemplate, RemovePostingTemplateReason, RemovePostingTemplateRefusalCode,
};
use crate::operations::repeat_posting::{RepeatPosting, RepeatPostingReason, RepeatPostingRefusalCode};
use crate::operations::review_posting::{ReviewPosting, ReviewPostingReason, ReviewPostingRefusalCode};
use crate::operations::save_posting::{SavePosting, SavePostingReason, SavePostingRefusalCode};
use crate::operations::save_template::{
    SavePostingTemplate, SavePostingTemplateReason, SavePostingTemplateRefusalCode,
};
use crate::operations::set_figures::{SetPostingFigures, SetPostingFiguresReason, SetPostingFiguresRefusalCode};
use crate::operations::submit_posting::{SubmitPosting, SubmitPostingReason, SubmitPostingRefusalCode};
use crate::operations::take_down_posting::{TakeDownPosting, TakeDownPostingReason, TakeDownPostingRefusalCode};
use crate::operations::upsert_posting::{UpsertPosting, UpsertPostingReason, UpsertPostingRefusalCode};
use crate::operations::withdraw_posting::{WithdrawPosting, WithdrawPostingReason, WithdrawPostingRefusalCode};
use crate::rules::flaw::PostingFlaw;

/// Makes refusals that tell what the linter found.
macro_rules! with_findings {
    ($($(#[$doc:meta])* $name:ident = $refusal:ident: $reason:ident, $codes:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, SimpleObject)]
            pub struct $name {
                /// Why, as a code (原因代码).
                pub code: $codes,
                /// What is wrong and what to do next, in the caller's language (说明).
                pub message: String,
                /// The input field it is about, as a path (所涉字段).
                pub field: Option<String>,
                /// What the linter found, for `FINDINGS` (检查结果).
                pub findings: Vec<LintFinding>,
                /// The newest state, for `CONFLICT` (最新内容).
                pub current: Option<Posting>,
            }

            impl $name {
                pub(crate) fn of(refusal: &$refusal, lang: Lang, current: Option<Posting>) -> Self {
                    let findings = LintFinding::all(refusal.findings(), lang);
                    let $reason { code, message, field } = $reason::from_refusal(refusal, lang);
                    Self { code, message, field, findings, current }
                }
            }
        )*
    };
}

/// Makes refusals that tell the flaws of the form and what the linter found.
macro_rules! with_flaws {
    ($($(#[$doc:meta])* $name:ident = $refusal:ident: $reason:ident, $codes:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, SimpleObject)]
            pub struct $name {
                /// Why, as a code (原因代码).
                pub code: $codes,
                /// What is wrong and what to do next, in the caller's language (说明).
                pub message: String,
                /// The input field it is about, as a path (所涉字段).
                pub field: Option<String>,
                /// All that is wrong with the form, for `FLAWED` (填报问题).
                pub flaws: Vec<PostingFlaw>,
                /// What the linter found, for `FINDINGS` (检查结果).
                pub findings: Vec<LintFinding>,
                /// The newest state, for `CONFLICT` (最新内容).
                pub current: Option<Posting>,
            }

            impl $name {
                pub(crate) fn of(refusal: &$refusal, lang: Lang, current: Option<Posting>) -> Self {
                    let flaws = refusal.flaws().iter().map(|flaw| PostingFlaw::from_refusal(flaw, lang)).collect();
                    let findings = LintFinding::all(refusal.findings(), lang);
                    let $reason { code, message, field } = $reason::from_refusal(refusal, lang);
                    Self { code, message, field, flaws, findings, current }
                }
            }
        )*
    };
}

with_findings! {
    /// Why a posting was not handed in (不予提交).
    SubmitPostingRefused = SubmitPosting: SubmitPostingReason, SubmitPostingRefusalCode;
    /// Why a posting was not reviewed (不予审核).
    ReviewPostingRefused = ReviewPosting: ReviewPostingReason, ReviewPostingRefusalCode;
}

with_flaws! {
    /// Why a posting was not saved (不予保存招聘信息).
    SavePostingRefused = SavePosting: SavePostingReason, SavePostingRefusalCode;
    /// Why a posting was not taken over (不予发布).
    UpsertPostingRefused = UpsertPosting: UpsertPostingReason, UpsertPostingRefusalCode;
}

/// Why a posting was not repeated (不予再发).
#[derive(Debug, SimpleObject)]
pub struct RepeatPostingRefused {
    /// Why, as a code (原因代码).
    pub code: RepeatPostingRefusalCode,
    /// What is wrong and what to do next, in the caller's language (说明).
    pub message: String,
    /// The input field it is about, as a path (所涉字段).
    pub field: Option<String>,
    /// All that is wrong with the posting, for `FLAWED` (填报问题).
    pub flaws: Vec<PostingFlaw>,
    /// What the linter found, for `FINDINGS` (检查结果).
    pub findings: Vec<LintFinding>,
}

impl RepeatPostingRefused {
    pub(crate) fn of(refusal: &RepeatPosting, lang: Lang) -> Self {
        let flaws = refusal.flaws().iter().map(|flaw| PostingFlaw::from_refusal(flaw, lang)).collect();
        let findings = LintFinding::all(refusal.findings(), lang);
        let RepeatPostingReason { code, message, field } = RepeatPostingReason::from_refusal(refusal, lang);
        Self { code, message, field, flaws, findings }
    }
}

kernel::with_current! {
    /// Why a posting was not withdrawn (不予撤回招聘信息).
    #[derive(Debug)]
    WithdrawPostingRefused(Posting) = WithdrawPosting: WithdrawPostingReason, WithdrawPostingRefusalCode;
    /// Why a posting was not closed (不予结束招聘).
    #[derive(Debug)]
    ClosePostingRefused(Posting) = ClosePosting: ClosePostingReason, ClosePostingRefusalCode;
    /// Why a posting was not taken down (不予下架).
    #[derive(Debug)]
    TakeDownPostingRefused(Posting) = TakeDownPosting: TakeDownPostingReason, TakeDownPostingRefusalCode;
    /// Why a taking down was not lifted (不予撤销下架).
    #[derive(Debug)]
    LiftTakeDownRefused(Posting) = LiftTakeDown: LiftTakeDownReason, LiftTakeDownRefusalCode;
    /// Why a template was not kept (不予保存模板).
    #[derive(Debug)]
    SavePostingTemplateRefused(PostingTemplate) = SavePostingTemplate: SavePostingTemplateReason, SavePostingTemplateRefusalCode;
    /// Why a template was not removed (不予删除模板).
    #[derive(Debug)]
    RemovePostingTemplateRefused(PostingTemplate) = RemovePostingTemplate: RemovePostingTemplateReason, RemovePostingTemplateRefusalCode;
    /// Why the figures were not set (不予设置).
    #[derive(Debug)]
    SetPostingFiguresRefused(PostingFigures) = SetPostingFigures: SetPostingFiguresReason, SetPostingFiguresRefusalCode;
}
