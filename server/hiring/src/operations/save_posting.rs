//! Entering and amending a posting (登记、修改招聘信息).

use kernel::{Ctx, Once, Outcome, Stop};
use markets::Which;

use super::saving::{self, Unentered, stop};
use crate::forms::PostingInput;
use crate::policy;
use crate::rows::posting;
use crate::rules::lifecycle::{Step, may};
use crate::store::place::{Ground, ground};
use crate::store::{posting as rows, visible};

saving::refusals_of_saving! {
    /// Why a posting was not saved (不予保存招聘信息).
    pub SavePosting => SavePostingReason, SavePostingRefusalCode {
        /// It has ended.
        Over { status_zh: String, status_en: String } @ "id":
            "该信息“{status_zh}”，不能再修改；如需继续招聘，请再发一次。" /
            "This posting is {status_en} and stays as it is; repeat it to hire again.",
        /// A posting keeps its party.
        PartyFixed @ "input.partyId":
            "不能更换用工主体，请为该主体另行登记。" / "A posting keeps its hiring party; enter another one.",
    }
}

/// Enters a posting as a draft, or amends one (登记、修改招聘信息): by staff, or by whoever acts for the party.
pub async fn save_posting(
    ctx: &Ctx,
    which: Which,
    input: PostingInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<SavePosting>> {
    ctx.transact_once(&policy::CREATE, once, |tx| async move {
        let ctx = tx.ctx().clone();
        let known = match which.id {
            Some(id) => Some(visible::load_for(&tx, &policy::CREATE, id).await?),
            None => None,
        };
        let ground = ground(&ctx, &tx, &input).await?;
        let kept = match &known {
            Some(row) => {
                decide(row, which.version, &ground).map_err(Stop::Refused)?;
                rows::kept(&tx, row.id).await?
            }
            None => Vec::new(),
        };
        let read = ground.read(&ctx, &input, &kept).map_err(|flaws| stop(Unentered::Flawed(flaws)))?;
        tx.authorize(&policy::CREATE, &ground.place(&read.county)).await?;
        let Some(row) = known else {
            let id = saving::enter(&tx, &ground, &read, "entered").await?;
            return Ok(Outcome::of("Posting", id, 1));
        };
        saving::amend(&tx, &row, &ground, &read, &kept).await?;
        Ok(Outcome::of("Posting", row.id, row.version + 1))
    })
    .await
}

fn decide(row: &posting::Model, version: Option<i32>, ground: &Ground) -> Result<(), SavePosting> {
    if version != Some(row.version) {
        return Err(SavePosting::Conflict { current: row.version });
    }
    if !may(row.status, Step::Amend) {
        let title = row.status.title();
        return Err(SavePosting::Over { status_zh: title.zh.to_owned(), status_en: title.en.to_owned() });
    }
    if row.party_id != ground.party.id {
        return Err(SavePosting::PartyFixed);
    }
    Ok(())
}
