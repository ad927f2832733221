//! Signing the pledge of those who hire (签署用工承诺书, R35).

use entities::hiring_party;
use kernel::{Actor, Ctx, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use crate::parties::kinds::PartyStatus;
use crate::parties::policy;
use crate::parties::rows::pledge_signature;
use crate::parties::rules::{life, pledge};
use crate::parties::store::{evidence, history, party as rows, visible};

kernel::refusals! {
    /// Why the pledge was not signed (未能签署承诺书).
    pub SignPledge => SignPledgeReason, SignPledgeRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该主体已被他人修改（现为第{current}版），请刷新后再试。" /
            "Someone else changed this party (now version {current}); reload and try again.",
        /// It is closed.
        Closed @ "id": "该主体已注销。" / "This party is closed.",
        /// Not the text in force.
        NotInForce { current: String } @ "pledgeVersion":
            "承诺书已更新为 {current} 版，请阅读后签署现行文本。" /
            "The pledge in force is {current}; read it and sign that one.",
        /// It is signed.
        AlreadySigned @ "pledgeVersion": "该主体已签署现行承诺书。" / "This party has signed the pledge in force.",
        /// At a counter the signed paper is kept.
        EvidenceNeeded @ "evidence": "窗口代办的，请上传签字的承诺书。" / "At a counter, upload the signed paper.",
        /// A file that cannot be used.
        EvidenceNotReady @ "evidence":
            "文件未上传完成、已过期或已用于其他事项，请重新上传。" /
            "The file was not uploaded whole, has expired or belongs to something else; upload it again.",
    }
}

/// Signs the pledge (签署用工承诺书): by whoever acts for the party, or at a counter on paper.
pub async fn sign_pledge(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    pledge_version: String,
    file: Option<Uuid>,
    once: Option<Once>,
) -> Result<Outcome, Stop<SignPledge>> {
    ctx.transact_once(&policy::PLEDGE, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::PLEDGE, id).await?;
        decide(&row, version, &pledge_version).map_err(Stop::Refused)?;
        let file = shown(&tx, file).await?;
        let (ctx, now) = (tx.ctx(), tx.ctx().now());
        let change = hiring_party::ActiveModel {
            pledge_version: Set(Some(pledge_version.clone())),
            pledged_at: Set(Some(now)),
            ..Default::default()
        };
        if !rows::change(&tx, &row, change).await? {
            return Err(Stop::Refused(SignPledge::Conflict { current: version + 1 }));
        }
        let signature = pledge_signature::ActiveModel {
            id: Set(ctx.new_id()),
            party_id: Set(id),
            pledge_version: Set(pledge_version),
            signed_at: Set(now),
            account_id: Set(ctx.actor().account_id()),
            citizen_id: Set(ctx.actor().citizen_id()),
            evidence: Set(file),
        };
        pledge_signature::Entity::insert(signature).exec_without_returning(&tx).await?;
        history::write(&tx, id, "pledged", None);
        Ok(Outcome::of("HiringParty", id, version + 1))
    })
    .await
}

fn decide(row: &hiring_party::Model, version: i32, pledge_version: &str) -> Result<(), SignPledge> {
    if row.version != version {
        return Err(SignPledge::Conflict { current: row.version });
    }
    if !life::is_open(PartyStatus::of(row)) {
        return Err(SignPledge::Closed);
    }
    let current = pledge::current().version;
    if pledge_version != current {
        return Err(SignPledge::NotInForce { current: current.to_owned() });
    }
    if row.pledge_version.as_deref() == Some(current) { Err(SignPledge::AlreadySigned) } else { Ok(()) }
}

/// The paper, where there has to be one.
async fn shown(tx: &Tx, file: Option<Uuid>) -> Result<Option<Uuid>, Stop<SignPledge>> {
    match (file, tx.ctx().actor()) {
        (None, Actor::Account(_)) => Err(Stop::Refused(SignPledge::EvidenceNeeded)),
        (None, _) => Ok(None),
        (Some(file), _) => {
            let kept = evidence::take(tx, file).await?;
            kept.map(Some).ok_or(Stop::Refused(SignPledge::EvidenceNotReady))
        }
    }
}
