//! Opening a file that was shown (查看核验材料): for a reason, which the audit keeps.

use kernel::blob::{DownloadLink, download_link};
use kernel::personal::REASON;
use kernel::sheet::text;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use crate::parties::policy;
use crate::parties::rows::{agent_authorisation, party_recheck, pledge_signature, verification_step};
use crate::parties::store::visible;

kernel::refusals! {
    /// Why a file was not opened (不予查看材料).
    pub OpenPartyEvidence => OpenPartyEvidenceRefused, OpenPartyEvidenceRefusalCode {
        /// No reason, or none to speak of.
        ReasonNeeded { least: usize, most: usize } @ "reason":
            "请写明查看原因（{least}至{most}字），原因将记入审计日志。" /
            "Say why you need to see it, in {least} to {most} characters; the audit keeps the reason.",
        /// Nothing was kept.
        NoFile @ "of": "该事项没有留存材料。" / "No file was kept of this.",
    }
}

/// Of what a file was shown (材料所属事项).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownFor {
    /// A step of a verification.
    Step(Uuid),
    /// An authorisation, by the member it made.
    Member(Uuid),
    /// A sampling check.
    Recheck(Uuid),
    /// The newest signature of a party under the pledge.
    Pledge(Uuid),
}

/// Opens a file that was shown (查看核验材料): an address that is good for a while.
pub async fn open_evidence(
    ctx: &Ctx,
    of: ShownFor,
    reason: &str,
    once: Option<Once>,
) -> Result<DownloadLink, Stop<OpenPartyEvidence>> {
    let reason = text::tidy(reason);
    let opened = ctx.transact_once(&policy::READ_EVIDENCE, once, |tx| async move {
        let (party, file) = found(&tx, of).await?;
        visible::load_for(&tx, &policy::READ_EVIDENCE, party).await?;
        if !REASON.contains(&reason.chars().count()) {
            let (least, most) = (*REASON.start(), *REASON.end());
            return Err(Stop::Refused(OpenPartyEvidence::ReasonNeeded { least, most }));
        }
        let file = file.ok_or(Stop::Refused(OpenPartyEvidence::NoFile))?;
        let actor = tx.ctx().account()?.id;
        tx.note_about(actor, "reason", reason);
        Ok(Outcome::of("File", file, 1))
    });
    Ok(download_link(ctx, opened.await?.id).await?)
}

async fn found(tx: &Tx, of: ShownFor) -> Result<(Uuid, Option<Uuid>), Fault> {
    let found = match of {
        ShownFor::Step(id) => {
            let row = verification_step::Entity::find_by_id(id).one(tx).await?;
            row.map(|row| (row.party_id, row.evidence))
        }
        ShownFor::Member(id) => {
            let made = agent_authorisation::Entity::find().filter(agent_authorisation::Column::MemberId.eq(id));
            made.one(tx).await?.map(|row| (row.party_id, row.evidence))
        }
        ShownFor::Recheck(id) => {
            let row = party_recheck::Entity::find_by_id(id).one(tx).await?;
            row.map(|row| (row.party_id, row.evidence))
        }
        ShownFor::Pledge(party) => {
            let of = pledge_signature::Entity::find().filter(pledge_signature::Column::PartyId.eq(party));
            let newest = of.order_by_desc(pledge_signature::Column::Id).one(tx).await?;
            Some((party, newest.and_then(|row| row.evidence)))
        }
    };
    found.ok_or(Fault::NotFound)
}
