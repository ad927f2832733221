//! Recording an inspection (记录监督检查; R33): by two at least.

use entities::account;
use kernel::{Ctx, Fault, Once, Outcome, Pii, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::agencies::forms::AgencyInspectionInput;
use crate::agencies::kinds::AgencyEventKind;
use crate::agencies::policy;
use crate::agencies::rows::{inspection, inspector};
use crate::agencies::rules::identity::{PROSE, prose};
use crate::agencies::rules::inspections::{self, Flaw, Inspector, LEAST, MOST};
use crate::agencies::store::{self, Line};
use crate::colleagues;
use crate::rules::contact;

/// Characters of a name.
const NAME: usize = 50;

kernel::refusals! {
    /// Why an inspection was not recorded (不予记录监督检查).
    pub RecordInspection => RecordInspectionRefused, RecordInspectionRefusalCode {
        /// Fewer than two, or too many.
        InspectorsMissing { least: usize, most: usize } @ "input.inspectorNames":
            "监督检查人员不得少于 {least} 人，最多 {most} 人，请补充检查人员（人力资源市场暂行条例第三十五条）。" /
            "An inspection takes at least {least} inspectors, and at most {most}: name them all (Interim Regulations on the Human Resources Market, art 35).",
        /// One inspector twice.
        SamePerson @ "input.inspectorNames":
            "同一名检查人员填写了两次，两名检查人员须为不同的人（人力资源市场暂行条例第三十五条）。" /
            "One inspector is named twice; the two must be two persons (Interim Regulations on the Human Resources Market, art 35).",
        /// A name that is none.
        NameInvalid { limit: usize } @ "input.inspectorNames":
            "检查人员姓名不能为空，且不超过 {limit} 个字。" / "The name of an inspector has between 1 and {limit} characters.",
        /// Somebody who does not work here any more.
        NotActive @ "input.inspectorAccounts":
            "所选检查人员的账号已停用，请改选在用账号，或直接填写姓名。" /
            "The account of an inspector is disabled; choose one in use, or enter the name.",
        /// A day to come.
        InFuture @ "input.inspectedOn": "检查日期不能晚于今天。" / "The day of the inspection cannot be later than today.",
        /// Nothing was found, not even in words.
        FindingsMissing { limit: usize } @ "input.findings":
            "请填写检查发现，不超过 {limit} 个字。" / "Say what was found, in at most {limit} characters.",
        /// To be looked at again before it was looked at.
        FollowUpOn @ "input.followUpOn": "复查日期应晚于检查日期。" / "It is looked at again after the day of the inspection.",
    }
}

impl From<Flaw> for RecordInspection {
    fn from(flaw: Flaw) -> Self {
        match flaw {
            Flaw::Inspectors => Self::InspectorsMissing { least: LEAST, most: MOST },
            Flaw::SamePerson => Self::SamePerson,
            Flaw::InFuture => Self::InFuture,
            Flaw::FollowUp | Flaw::FollowedUp => Self::FollowUpOn,
        }
    }
}

/// Records an inspection of an agency (记录监督检查). `accounts` are those that the form names.
pub async fn record_inspection(
    ctx: &Ctx,
    agency: Uuid,
    input: AgencyInspectionInput,
    accounts: Vec<Uuid>,
    once: Option<Once>,
) -> Result<Outcome, Stop<RecordInspection>> {
    ctx.transact_once(&policy::INSPECT, once, |tx| async move {
        let row = store::hold(&tx, &policy::INSPECT, agency).await?;
        let mut all = with_accounts(&tx, accounts).await?;
        for name in input.inspector_names.iter().flatten() {
            let name = contact::line(name, NAME).ok_or(Stop::Refused(RecordInspection::NameInvalid { limit: NAME }))?;
            all.push(Inspector { account: None, name: Pii::new(name) });
        }
        let refused = |flaw: Flaw| Stop::Refused(RecordInspection::from(flaw));
        inspections::inspectors(&all).map_err(refused)?;
        inspections::days(&input, tx.ctx().today()).map_err(refused)?;
        let findings = prose(&input.findings, PROSE);
        let findings = findings.ok_or(Stop::Refused(RecordInspection::FindingsMissing { limit: PROSE }))?;
        let id = save(&tx, agency, &input, findings).await?;
        save_inspectors(&tx, id, &all).await?;
        let what = Some(input.result.title().zh.to_owned());
        store::log(&tx, agency, Line::of(AgencyEventKind::Inspected, row.version).because(what));
        Ok(Outcome::of("AgencyInspection", id, 1))
    })
    .await
}

/// Inspectors with an account in use here; what is no account of this store is not found.
async fn with_accounts(tx: &Tx, ids: Vec<Uuid>) -> Result<Vec<Inspector>, Stop<RecordInspection>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = account::Entity::find().filter(account::Column::Id.is_in(ids.iter().copied())).all(tx).await?;
    if rows.iter().any(|row| row.status != "ACTIVE") {
        return Err(Stop::Refused(RecordInspection::NotActive));
    }
    let known = colleagues::names(tx.ctx(), tx, ids.clone()).await?;
    let inspector = |id: Uuid| {
        let name = known.get(&id).cloned().ok_or(Fault::NotFound)?;
        Ok(Inspector { account: Some(id), name })
    };
    ids.into_iter().map(inspector).collect()
}

async fn save(tx: &Tx, agency: Uuid, input: &AgencyInspectionInput, findings: String) -> Result<Uuid, Fault> {
    let (ctx, id) = (tx.ctx(), tx.ctx().new_id());
    let row = inspection::ActiveModel {
        id: Set(id),
        agency_id: Set(agency),
        version: Set(1),
        inspected_on: Set(input.inspected_on.0),
        kind: Set(input.kind),
        result: Set(input.result),
        findings: Set(findings),
        follow_up_on: Set(input.follow_up_on.map(|day| day.0)),
        followed_up_on: Set(None),
        follow_up_result: Set(None),
        follow_up_note: Set(None),
        recorded_at: Set(ctx.now()),
        recorded_by: Set(ctx.actor().account_id()),
    };
    inspection::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(id)
}

async fn save_inspectors(tx: &Tx, inspection: Uuid, all: &[Inspector]) -> Result<(), Fault> {
    let (ctx, ring) = (tx.ctx(), tx.ctx().keys().await?);
    let mut rows = Vec::with_capacity(all.len());
    for (position, one) in (0_i32..).zip(all) {
        let id = ctx.new_id();
        // The name of one with an account stands there, and goes with it.
        let name = match one.account {
            Some(_) => None,
            None => Some(ring.seal("agency_inspector", "name", id, &one.name)?),
        };
        rows.push(inspector::ActiveModel {
            id: Set(id),
            inspection_id: Set(inspection),
            position: Set(position),
            account_id: Set(one.account),
            name: Set(name),
        });
    }
    inspector::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}
