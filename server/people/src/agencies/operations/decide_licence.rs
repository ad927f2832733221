//! Suspending, revoking and giving back a licence (处理许可证): what the three have in common.

use chrono::NaiveDate;
use entities::agency;
use kernel::{Fault, Outcome, Tx};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::shared::{NotOurs, announce, ours, tell_managers};
use crate::agencies::forms::LicenceDecisionInput;
use crate::agencies::kinds::{AgencyEventKind, LicenceStatus};
use crate::agencies::rules::identity::{ARTICLE, PROSE, line, prose};
use crate::agencies::rules::licence::{self, Barred, Decision};
use crate::agencies::store::{self, Called, Line, called, said_at};
use crate::agencies::{mail, policy};

/// Why nothing was decided (不予处理).
pub(super) enum Why {
    /// Somebody else changed it.
    Conflict(i32),
    /// It is only heard of.
    HeardOf,
    /// Another store answers for it.
    Elsewhere(Called),
    /// It is so already, or not so that this could follow.
    NotFromHere(LicenceStatus),
    /// Another store decided what stands.
    ByAnother(Called),
    /// No reason.
    Reason,
    /// No article.
    Article,
}

/// Decides about a licence (处理许可证): with a reason and an article, at once, in every city.
pub(super) async fn decide(
    tx: &Tx,
    (id, version): (Uuid, i32),
    decision: Decision,
    input: &LicenceDecisionInput,
) -> Result<Result<Outcome, Why>, Fault> {
    let action = match decision {
        Decision::Suspend => &policy::SUSPEND,
        Decision::Revoke => &policy::REVOKE,
        Decision::Lift => &policy::LIFT,
    };
    let row = store::hold(tx, action, id).await?;
    let here = tx.ctx().tenant().code.clone();
    match ours(&row, &here) {
        Ok(()) => {}
        Err(NotOurs::HeardOf) => return Ok(Err(Why::HeardOf)),
        Err(NotOurs::Elsewhere(home)) => return Ok(Err(Why::Elsewhere(called(tx.ctx(), &home).await?))),
    }
    if row.version != version {
        return Ok(Err(Why::Conflict(row.version)));
    }
    let status = match licence::decide(&row, &here, decision) {
        Ok(status) => status,
        Err(Barred::NotFromHere(status)) => return Ok(Err(Why::NotFromHere(status))),
        Err(Barred::ByAnother) => {
            let by = called(tx.ctx(), row.status_by.as_deref().unwrap_or_default()).await?;
            return Ok(Err(Why::ByAnother(by)));
        }
    };
    let Some(reason) = prose(&input.reason, PROSE) else { return Ok(Err(Why::Reason)) };
    let Some(article) = line(&input.article, ARTICLE) else { return Ok(Err(Why::Article)) };
    let version = save(tx, &row, status, &reason, &article).await?;
    announce(tx, id)?;
    Ok(Ok(Outcome::of("Agency", id, version)))
}

async fn save(tx: &Tx, row: &agency::Model, status: LicenceStatus, reason: &str, article: &str) -> Result<i32, Fault> {
    let stands = status != LicenceStatus::Valid;
    let today: NaiveDate = tx.ctx().today();
    let change = agency::ActiveModel {
        status: Set(status.code().to_owned()),
        status_since: Set(stands.then_some(today)),
        status_reason: Set(stands.then(|| reason.to_owned())),
        status_article: Set(stands.then(|| article.to_owned())),
        status_by: Set(stands.then(|| tx.ctx().tenant().code.clone())),
        status_at: Set(Some(said_at(tx, row.status_at))),
        ..agency::ActiveModel::default()
    };
    let version = store::change(tx, row, change).await?;
    tx.note("status", status.code());
    let kind = match status {
        LicenceStatus::Valid => AgencyEventKind::Lifted,
        LicenceStatus::Suspended => AgencyEventKind::Suspended,
        LicenceStatus::Revoked => AgencyEventKind::Revoked,
    };
    let line = Line::of(kind, version).because(Some(reason.to_owned()));
    store::log(tx, row.id, Line { article: Some(article.to_owned()), ..line });
    let words = (Some(reason), Some(article));
    tell_managers(tx, row.id, |to, lang| mail::licence_decided(to, lang, row, status, words)).await?;
    Ok(version)
}

/// The refusals of a decision about a licence: each operation has its own, with its own word for what cannot be.
macro_rules! refusals_of_decision {
    ($(#[$doc:meta])* pub $name:ident => $object:ident, $codes:ident { $($own:tt)* }) => {
        kernel::refusals! {
            $(#[$doc])*
            pub $name => $object, $codes {
                $($own)*
                /// Someone else changed it.
                Conflict { current: i32 } @ "version":
                    "该机构已被他人修改（现为第 {current} 版），请刷新后再试。" /
                    "Someone else changed this agency (now version {current}); reload and try again.",
                /// It is only heard of.
                NotRegistered @ "id": "该机构尚未登记，请先登记。" / "This agency is only heard of; register it first.",
                /// Another store answers for it.
                Elsewhere { zh: String, en: String } @ "id":
                    "该机构由{zh}登记，请移送该处处理。" / "This agency is registered by {en}; hand the matter over to them.",
                /// Another store decided what stands.
                DecidedElsewhere { zh: String, en: String } @ "id":
                    "现有处理由{zh}作出，只能由其变更。" / "What stands was decided by {en}, who alone may change it.",
                /// No reason.
                ReasonMissing { limit: usize } @ "input.reason":
                    "请填写理由，不超过 {limit} 个字。" / "Give a reason, in at most {limit} characters.",
                /// No article.
                ArticleMissing { limit: usize } @ "input.article":
                    "请填写所依据的法律条款，不超过 {limit} 个字。" / "Name the article it rests on, in at most {limit} characters.",
            }
        }

        impl From<super::decide_licence::Why> for $name {
            fn from(why: super::decide_licence::Why) -> Self {
                use super::decide_licence::Why;
                use $crate::agencies::rules::identity::{ARTICLE, PROSE};
                match why {
                    Why::Conflict(current) => Self::Conflict { current },
                    Why::HeardOf => Self::NotRegistered,
                    Why::Elsewhere(by) => Self::Elsewhere { zh: by.zh, en: by.en },
                    Why::NotFromHere(status) => {
                        let title = status.title();
                        Self::NotFromHere { status_zh: title.zh.to_owned(), status_en: title.en.to_owned() }
                    }
                    Why::ByAnother(by) => Self::DecidedElsewhere { zh: by.zh, en: by.en },
                    Why::Reason => Self::ReasonMissing { limit: PROSE },
                    Why::Article => Self::ArticleMissing { limit: ARTICLE },
                }
            }
        }
    };
}
pub(super) use refusals_of_decision;
