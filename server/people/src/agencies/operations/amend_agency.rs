//! Amending an agency (变更机构登记): what it is and what its licence says. The number stays: another licence is another agency.

use entities::agency;
use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::shared::{NotOurs, announce, columns, ours, refusals_of_form};
use crate::agencies::forms::AgencyInput;
use crate::agencies::kinds::AgencyEventKind;
use crate::agencies::policy;
use crate::agencies::rules::identity;
use crate::agencies::store::{self, Line, called, place, said_at};

refusals_of_form! {
    /// Why an agency was not amended (不予变更).
    pub AmendAgency => AmendAgencyReason, AmendAgencyRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该机构已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this agency (now version {current}); reload and try again.",
        /// It is only heard of.
        NotRegistered @ "id": "该机构尚未登记，请先登记。" / "This agency is only heard of; register it first.",
        /// Another store answers for it.
        Elsewhere { zh: String, en: String } @ "id":
            "该机构由{zh}登记，请在该处变更；变更后各市自动同步。" /
            "This agency is registered by {en}; amend it there, and every city hears of it.",
        /// Nothing would change.
        NothingChanged @ "input": "所填内容与现有登记一致，无需变更。" / "Nothing is different from what is registered.",
    }
}

/// Amends an agency (变更机构登记). Where the licence says something else than before, it must be verified again; who is called
/// otherwise or moved is still verified.
pub async fn amend_agency(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    input: AgencyInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<AmendAgency>> {
    ctx.transact_once(&policy::AMEND, once, |tx| async move {
        let row = store::hold(&tx, &policy::AMEND, id).await?;
        let here = tx.ctx().tenant().code.clone();
        match ours(&row, &here) {
            Ok(()) => {}
            Err(NotOurs::HeardOf) => return Err(Stop::Refused(AmendAgency::NotRegistered)),
            Err(NotOurs::Elsewhere(home)) => {
                let by = called(tx.ctx(), &home).await?;
                return Err(Stop::Refused(AmendAgency::Elsewhere { zh: by.zh, en: by.en }));
            }
        }
        if row.version != version {
            return Err(Stop::Refused(AmendAgency::Conflict { current: row.version }));
        }
        let new =
            identity::check(&input, &here, tx.ctx().today()).map_err(|flaw| Stop::Refused(AmendAgency::from(flaw)))?;
        // Moving it to another county needs the right there too.
        tx.authorize(&policy::AMEND, &place(Some(id), new.county.clone())).await?;
        let fields = identity::changed(&row, &new);
        if fields.is_empty() {
            return Err(Stop::Refused(AmendAgency::NothingChanged));
        }
        let mut change = agency::ActiveModel { amended_at: Set(Some(said_at(&tx, row.amended_at))), ..columns(&new) };
        if identity::says_another_licence(&fields) {
            change.verified_at = Set(None);
            change.verified_by = Set(None);
            change.verified_in = Set(None);
        }
        let version = store::change(&tx, &row, change).await?;
        tx.note("fields", fields.join(", "));
        store::log(&tx, id, Line { fields: &fields, ..Line::of(AgencyEventKind::Amended, version) });
        announce(&tx, id)?;
        Ok(Outcome::of("Agency", id, version))
    })
    .await
}
