//! Recording a sampling check (记录抽查, R51): by somebody else than who verified.

use entities::hiring_party;
use kernel::sheet::text;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::suspend_party::suspend;
use crate::parties::kinds::{PartyRecheckStatus, PartyStatus};
use crate::parties::policy;
use crate::parties::rows::party_recheck::{self, Column};
use crate::parties::store::{evidence, history, party as rows, visible};

/// Characters of a finding.
const FINDING: usize = 300;

kernel::refusals! {
    /// Why a sampling check was not recorded (不予记录抽查).
    pub RecordRecheck => RecordRecheckReason, RecordRecheckRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该抽查任务已被他人处理（现为第{current}版），请刷新后再看。" /
            "Someone else dealt with this check (now version {current}); reload it.",
        /// It is done, or void.
        NotOpen @ "id": "该抽查任务已完成或已失效。" / "This check is done or void.",
        /// Who verified does not look again.
        SamePerson @ "id": "抽查须由核验人以外的人员办理，请转交同事。" / "Somebody else than who verified looks again; hand it to a colleague.",
        /// The party is suspended meanwhile.
        NotVerified @ "id": "该主体现在不是已核验状态，恢复后再抽查。" / "This party is not verified at present; look again once it is.",
        /// A check that failed, without a word.
        FindingNeeded { limit: usize } @ "input.finding": "抽查不合格的，请写明问题（不超过 {limit} 字），将作为暂停原因告知。" / "Say what was wrong, in at most {limit} characters; the party is told.",
        /// A file that cannot be used.
        EvidenceNotReady @ "input.evidence":
            "文件未上传完成、已过期或已用于其他事项，请重新上传。" /
            "The file was not uploaded whole, has expired or belongs to something else; upload it again.",
    }
}

/// What a sampling check found (抽查结果).
#[derive(Clone, Debug)]
pub struct RecheckInput {
    /// In order?
    pub passed: bool,
    /// What was found.
    pub finding: Option<String>,
    /// What shows it.
    pub evidence: Option<Uuid>,
}

/// Records a sampling check (记录抽查): in order, the badge gets its day; not in order, the party is suspended.
pub async fn record_recheck(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    input: RecheckInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<RecordRecheck>> {
    ctx.transact_once(&policy::RECHECK, once, |tx| async move {
        let party = party_recheck::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?.party_id;
        let party = visible::load_for(&tx, &policy::RECHECK, party).await?;
        // Read again, now that the party is held.
        let row = party_recheck::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;
        let finding = input.finding.as_deref().map(text::tidy).filter(|finding| !finding.is_empty());
        let actor = tx.ctx().actor().account_id();
        decide(&row, &party, version, actor, input.passed, finding.as_deref()).map_err(Stop::Refused)?;
        let file = match input.evidence {
            None => None,
            Some(file) => {
                let kept = evidence::take(&tx, file).await?;
                Some(kept.ok_or(Stop::Refused(RecordRecheck::EvidenceNotReady))?)
            }
        };
        save(&tx, &row, input.passed, finding.clone(), file).await?;
        conclude(&tx, &party, input.passed, finding).await?;
        Ok(Outcome::of("PartyRecheck", id, version + 1))
    })
    .await
}

fn decide(
    row: &party_recheck::Model,
    party: &hiring_party::Model,
    version: i32,
    actor: Option<Uuid>,
    passed: bool,
    finding: Option<&str>,
) -> Result<(), RecordRecheck> {
    if row.version != version {
        return Err(RecordRecheck::Conflict { current: row.version });
    }
    if row.status != PartyRecheckStatus::Open {
        return Err(RecordRecheck::NotOpen);
    }
    if PartyStatus::of(party) != PartyStatus::Verified {
        return Err(RecordRecheck::NotVerified);
    }
    if actor.is_some() && actor == party.verified_by {
        return Err(RecordRecheck::SamePerson);
    }
    let said = finding.map_or(0, |finding| finding.chars().count());
    if said > FINDING || (!passed && said == 0) {
        return Err(RecordRecheck::FindingNeeded { limit: FINDING });
    }
    Ok(())
}

async fn save(
    tx: &Tx,
    row: &party_recheck::Model,
    passed: bool,
    finding: Option<String>,
    file: Option<Uuid>,
) -> Result<(), Fault> {
    let ctx = tx.ctx();
    let status = if passed { PartyRecheckStatus::Passed } else { PartyRecheckStatus::Failed };
    let change = party_recheck::ActiveModel {
        version: Set(row.version + 1),
        status: Set(status),
        finding: Set(finding),
        evidence: Set(file),
        done_by: Set(ctx.actor().account_id()),
        done_on: Set(Some(ctx.today())),
        ..Default::default()
    };
    party_recheck::Entity::update_many().set(change).filter(Column::Id.eq(row.id)).exec(tx).await?;
    Ok(())
}

/// What it means for the party.
async fn conclude(tx: &Tx, party: &hiring_party::Model, passed: bool, finding: Option<String>) -> Result<(), Fault> {
    history::write(tx, party.id, if passed { "recheck_passed" } else { "recheck_failed" }, finding.clone());
    let done = if passed {
        let change = hiring_party::ActiveModel { rechecked_on: Set(Some(tx.ctx().today())), ..Default::default() };
        rows::change(tx, party, change).await?
    } else {
        suspend(tx, party, finding.unwrap_or_default()).await?
    };
    if done { Ok(()) } else { Err(Fault::internal("record a sampling check: the party's row is held")) }
}
