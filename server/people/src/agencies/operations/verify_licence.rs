//! Holding a licence against its original (核验许可证).

use entities::agency;
use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::shared::{NotOurs, announce, ours};
use crate::agencies::kinds::AgencyEventKind;
use crate::agencies::policy;
use crate::agencies::rules::identity::{PROSE, note};
use crate::agencies::rules::licence::{LicenceState, state_of};
use crate::agencies::store::{self, Line, called, said_at};

kernel::refusals! {
    /// Why a licence was not verified (不予核验).
    pub VerifyAgencyLicence => VerifyAgencyLicenceReason, VerifyAgencyLicenceRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该机构已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this agency (now version {current}); reload and try again.",
        /// It is only heard of.
        NotRegistered @ "id": "该机构尚未登记，请先登记。" / "This agency is only heard of; register it first.",
        /// Another store answers for it.
        Elsewhere { zh: String, en: String } @ "id":
            "该机构由{zh}登记，请在该处核验；结果各市自动同步。" /
            "This agency is registered by {en}; verify it there, and every city hears of it.",
        /// It ran out.
        Expired { since: String } @ "id":
            "许可证自 {since} 起已过期，请先变更有效期，再核验新证。" /
            "The licence ran out, it is good for nothing since {since}; amend its last day, then verify the new one.",
        /// It is revoked.
        Revoked { since: String } @ "id":
            "许可证已于 {since} 吊销，不能核验。" / "The licence is revoked since {since} and cannot be verified.",
        /// Too many words.
        NoteTooLong { limit: usize } @ "note": "核验说明不超过 {limit} 个字。" / "At most {limit} characters about how it was verified.",
    }
}

/// Verifies a licence (核验许可证): from now on it counts, in every city.
pub async fn verify_licence(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    how: Option<String>,
    once: Option<Once>,
) -> Result<Outcome, Stop<VerifyAgencyLicence>> {
    ctx.transact_once(&policy::VERIFY, once, |tx| async move {
        let row = store::hold(&tx, &policy::VERIFY, id).await?;
        let here = tx.ctx().tenant().code.clone();
        match ours(&row, &here) {
            Ok(()) => {}
            Err(NotOurs::HeardOf) => return Err(Stop::Refused(VerifyAgencyLicence::NotRegistered)),
            Err(NotOurs::Elsewhere(home)) => {
                let by = called(tx.ctx(), &home).await?;
                return Err(Stop::Refused(VerifyAgencyLicence::Elsewhere { zh: by.zh, en: by.en }));
            }
        }
        let how = decide(&row, version, how.as_deref(), tx.ctx().today()).map_err(Stop::Refused)?;
        let change = agency::ActiveModel {
            verified_at: Set(Some(tx.ctx().now())),
            verified_by: Set(tx.ctx().actor().account_id()),
            verified_in: Set(Some(here)),
            amended_at: Set(Some(said_at(&tx, row.amended_at))),
            ..agency::ActiveModel::default()
        };
        let version = store::change(&tx, &row, change).await?;
        store::log(&tx, id, Line::of(AgencyEventKind::Verified, version).because(how));
        announce(&tx, id)?;
        Ok(Outcome::of("Agency", id, version))
    })
    .await
}

fn decide(
    row: &agency::Model,
    version: i32,
    how: Option<&str>,
    today: chrono::NaiveDate,
) -> Result<Option<String>, VerifyAgencyLicence> {
    if row.version != version {
        return Err(VerifyAgencyLicence::Conflict { current: row.version });
    }
    match state_of(row, today) {
        LicenceState::Expired { since } => return Err(VerifyAgencyLicence::Expired { since: since.to_string() }),
        LicenceState::Revoked { since } => return Err(VerifyAgencyLicence::Revoked { since: since.to_string() }),
        LicenceState::Valid { .. } | LicenceState::Suspended { .. } | LicenceState::Unknown => {}
    }
    note(how, PROSE).map_err(|()| VerifyAgencyLicence::NoteTooLong { limit: PROSE })
}
