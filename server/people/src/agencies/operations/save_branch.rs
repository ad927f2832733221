//! Saving a branch (登记分支机构).

use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::shared::Which;
use crate::agencies::forms::AgencyBranchInput;
use crate::agencies::kinds::AgencyEventKind;
use crate::agencies::policy;
use crate::agencies::rows::branch;
use crate::agencies::rules::branches::{self, Branch, Flaw};
use crate::agencies::rules::identity::NAME;
use crate::agencies::store::{self, Line};

kernel::refusals! {
    /// Why a branch was not saved (不予登记分支机构).
    pub SaveBranch => SaveBranchReason, SaveBranchRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该分支机构已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this branch (now version {current}); reload and try again.",
        /// No name.
        NameMissing { limit: usize } @ "input.name": "请填写分支机构名称，不超过 {limit} 个字。" / "Enter its name, in at most {limit} characters.",
        /// No address.
        AddressMissing { limit: usize } @ "input.address": "请填写地址，不超过 {limit} 个字。" / "Enter its address, in at most {limit} characters.",
        /// Not a county.
        CountyInvalid { zh: String, en: String } @ "input.county": "{zh}" / "{en}",
        /// Set up on a day to come.
        SetUpInFuture @ "input.setUpOn": "设立日期不能晚于今天。" / "It cannot be set up later than today.",
        /// Reported before it was there, or on a day to come.
        ReportedOn @ "input.reportedOn": "书面报告日期应不早于设立日期，且不晚于今天。" / "It is reported between the day it was set up and today.",
        /// Closed before it was there, or on a day to come.
        ClosedOn @ "input.closedOn": "撤销日期应不早于设立日期，且不晚于今天。" / "It is closed between the day it was set up and today.",
    }
}

impl From<Flaw> for SaveBranch {
    fn from(flaw: Flaw) -> Self {
        match flaw {
            Flaw::Name => Self::NameMissing { limit: NAME },
            Flaw::Address => Self::AddressMissing { limit: NAME },
            Flaw::County(flaw) => Self::CountyInvalid { zh: flaw.zh(), en: flaw.en() },
            Flaw::SetUpInFuture => Self::SetUpInFuture,
            Flaw::Reported => Self::ReportedOn,
            Flaw::Closed => Self::ClosedOn,
        }
    }
}

/// Saves a new or a known branch of an agency (登记分支机构). One that is not reported in writing within the days that are set is
/// saved all the same, and shown as overdue.
pub async fn save_branch(
    ctx: &Ctx,
    agency: Uuid,
    which: Which,
    input: AgencyBranchInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<SaveBranch>> {
    ctx.transact_once(&policy::KEEP, once, |tx| async move {
        let row = store::hold(&tx, &policy::KEEP, agency).await?;
        let kept = kept(&tx, agency, which).await?;
        let version = which.next(kept).map_err(|current| Stop::Refused(SaveBranch::Conflict { current }))?;
        let checked =
            branches::check(&input, tx.ctx().today()).map_err(|flaw| Stop::Refused(SaveBranch::from(flaw)))?;
        let id = which.id.unwrap_or_else(|| tx.ctx().new_id());
        let name = checked.name.clone();
        save(&tx, agency, (id, version), checked, &input).await?;
        store::log(&tx, agency, Line::of(AgencyEventKind::BranchSaved, row.version).because(Some(name)));
        Ok(Outcome::of("AgencyBranch", id, version))
    })
    .await
}

/// The version of a known one of this agency; another's is not there.
async fn kept(tx: &Tx, agency: Uuid, which: Which) -> Result<Option<i32>, Fault> {
    let Some(id) = which.id else { return Ok(None) };
    let of_agency = branch::Column::AgencyId.eq(agency);
    let row = branch::Entity::find_by_id(id).filter(of_agency).one(tx).await?.ok_or(Fault::NotFound)?;
    Ok(Some(row.version))
}

async fn save(
    tx: &Tx,
    agency: Uuid,
    (id, version): (Uuid, i32),
    checked: Branch,
    input: &AgencyBranchInput,
) -> Result<(), Fault> {
    let row = branch::ActiveModel {
        id: Set(id),
        agency_id: Set(agency),
        version: Set(version),
        name: Set(checked.name),
        address: Set(checked.address),
        county: Set(checked.county),
        set_up_on: Set(input.set_up_on.0),
        reported_on: Set(input.reported_on.map(|day| day.0)),
        closed_on: Set(input.closed_on.map(|day| day.0)),
        saved_at: Set(tx.ctx().now()),
    };
    if version == 1 {
        branch::Entity::insert(row).exec_without_returning(tx).await?;
    } else {
        branch::Entity::update_many().set(row).filter(branch::Column::Id.eq(id)).exec(tx).await?;
    }
    Ok(())
}
