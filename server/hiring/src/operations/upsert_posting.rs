//! A posting of an agency by the agency's own number (按外部编号发布): entered or amended, and handed in.

use kernel::sheet::text::squash;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::confirm_posting::renew;
use super::publishing::{Unfit, way};
use super::saving::{self, Unentered, Unsaved, stop};
use super::submit_posting::hand_in;
use crate::forms::PostingInput;
use crate::kinds::PostingStatus;
use crate::policy;
use crate::rows::posting;
use crate::rules::checking::text_key;
use crate::rules::describe::Described;
use crate::rules::lifecycle::is_shown;
use crate::rules::shifts::{Kept, Shift};
use crate::store::place::{Ground, ground};
use crate::store::{posting as rows, visible};

/// Characters of an agency's own number at most.
pub const NUMBER: usize = 64;

/// The states in which a number is in use.
pub const LIVE: [PostingStatus; 5] = [
    PostingStatus::Draft,
    PostingStatus::InReview,
    PostingStatus::Returned,
    PostingStatus::Published,
    PostingStatus::Filled,
];

saving::refusals_of_saving! {
    /// Why a posting was not taken over (不予发布).
    pub UpsertPosting => UpsertPostingReason, UpsertPostingRefusalCode {
        /// No number.
        NumberMissing { limit: usize } @ "externalId":
            "请给出外部编号，不超过 {limit} 个字符。" / "Give the agency's own number, in at most {limit} characters.",
        /// The party is no agency's lead.
        NotOfAgency @ "input.partyId":
            "该用工主体不是机构登记的，不能按外部编号发布。" / "The hiring party is no lead of an agency; numbers are an agency's own.",
        /// The number is another party's.
        PartyFixed @ "input.partyId":
            "该外部编号属于另一用工主体，请使用新的编号。" / "This number belongs to another hiring party; use a new one.",
    }
}

/// Takes over a posting under the agency's own number (按外部编号发布). Sent again as it is, it still holds
/// (确认仍然有效), and changes nothing else.
pub async fn upsert_posting(
    ctx: &Ctx,
    external: String,
    input: PostingInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<UpsertPosting>> {
    ctx.transact_once(&policy::CREATE, once, |tx| async move {
        let ctx = tx.ctx().clone();
        let ground = ground(&ctx, &tx, &input).await?;
        let external = number(&external).ok_or(Stop::Refused(UpsertPosting::NumberMissing { limit: NUMBER }))?;
        let agency = ground.agency.ok_or(Stop::Refused(UpsertPosting::NotOfAgency))?;
        let known = live(&tx, agency, &external).await?;
        let kept = match &known {
            Some(row) => rows::kept(&tx, row.id).await?,
            None => Vec::new(),
        };
        let read = ground.read(&ctx, &input, &kept).map_err(|flaws| stop(Unentered::Flawed(flaws)))?;
        tx.authorize(&policy::CREATE, &ground.place(&read.county)).await?;
        match known {
            None => enter(&tx, &ground, &read, external).await,
            Some(row) if row.party_id != ground.party.id => Err(Stop::Refused(UpsertPosting::PartyFixed)),
            Some(row) => {
                let same = is_same(&row, &ground, (&read, input.valid_from.is_some()), &kept);
                again(&tx, &row, &ground, (&read, same), &kept).await
            }
        }
    })
    .await
}

/// The number, without blanks.
pub(super) fn number(external: &str) -> Option<String> {
    let number = squash(external);
    (1..=NUMBER).contains(&number.chars().count()).then_some(number)
}

/// The posting that has this number now, held.
pub(super) async fn live(tx: &Tx, agency: Uuid, external: &str) -> Result<Option<posting::Model>, Fault> {
    Ok(posting::Entity::find()
        .filter(posting::Column::AgencyId.eq(agency))
        .filter(posting::Column::ExternalId.eq(external))
        .filter(posting::Column::Status.is_in(LIVE))
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?)
}

async fn enter(tx: &Tx, ground: &Ground, read: &Described, external: String) -> Result<Outcome, Stop<UpsertPosting>> {
    let key = text_key(read);
    let way = way(tx, ground, &saving::text_of(read, &key)).await?;
    let lane = way.map_err(|unfit| stop(Unentered::Unfit(unfit)))?;
    let entered = saving::enter_as(tx, ground, read, Some(external), "entered").await?;
    let id = entered.ok_or_else(|| stop(Unsaved::Conflict(1)))?;
    let row = posting::Entity::find_by_id(id).one(tx).await?.ok_or(Fault::NotFound)?;
    hand_in(tx, &row, lane).await?;
    Ok(Outcome::of("Posting", id, row.version + 1))
}

/// Amends the posting that has the number, and hands it in where it is not yet; the form may say the `same` as before.
async fn again(
    tx: &Tx,
    row: &posting::Model,
    ground: &Ground,
    (read, same): (&Described, bool),
    kept: &[Kept],
) -> Result<Outcome, Stop<UpsertPosting>> {
    tx.about("Posting", row.id);
    let place = visible::place_of(tx, row).await?;
    tx.authorize(&policy::CREATE, &place).await?;
    let handed_in = is_shown(row.status) || row.status == PostingStatus::InReview;
    if handed_in && same {
        if is_shown(row.status) {
            renew(tx, row).await?.map_err(|why| stop(Unentered::Unfit(Unfit::from(why))))?;
        }
        return Ok(Outcome::of("Posting", row.id, row.version));
    }
    saving::amend(tx, row, ground, read, kept).await?;
    if is_shown(row.status) {
        return Ok(Outcome::of("Posting", row.id, row.version + 1));
    }
    let key = text_key(read);
    let way = way(tx, ground, &saving::text_of(read, &key)).await?;
    let lane = way.map_err(|unfit| stop(Unentered::Unfit(unfit)))?;
    let row = posting::Entity::find_by_id(row.id).one(tx).await?.ok_or(Fault::NotFound)?;
    hand_in(tx, &row, lane).await?;
    Ok(Outcome::of("Posting", row.id, row.version + 1))
}

/// Does the form say what is kept already? The first day counts where it was said: else it is today's.
fn is_same(row: &posting::Model, ground: &Ground, (read, from_said): (&Described, bool), kept: &[Kept]) -> bool {
    let belongs = ground.belongs();
    let shifts: Vec<Shift> = kept.iter().map(|kept| kept.shift).collect();
    let terms = (row.kind, row.engagement, row.wage_fen, row.wage_unit, row.pay_day, row.cover);
    let read_terms = (read.kind, read.engagement, read.wage_fen, read.wage_unit, read.pay_day, read.cover);
    let flags = (row.source, row.needs_certificate, row.instant, row.priority, row.valid_until);
    let texts = (&row.trade, &row.title, &row.duties, &row.conditions, &row.pay_text, &row.place, &row.county);
    terms == read_terms
        && (row.agency_id, row.market_id) == (belongs.agency, belongs.market)
        && flags == (read.source, read.needs_certificate, read.instant, read.priority, read.valid_until)
        && (!from_said || row.valid_from == read.valid_from)
        && texts
            == (&read.trade, &read.title, &read.duties, &read.conditions, &read.pay_text, &read.place, &read.county)
        && row.lat.zip(row.lng) == read.point
        && shifts == read.shifts
}
