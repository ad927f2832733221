//! Amending a hiring party (修改用工主体): whom to ask for, where it is. Who was told what is missing hands it in again this way.

use entities::hiring_party;
use kernel::divisions::Divisions;
use kernel::sheet::text;
use kernel::{Ctx, Fault, Once, Outcome, Pii, Stop, Tx};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::parties::kinds::{PartyKind, PartyStatus};
use crate::parties::policy;
use crate::parties::rules::life::{Move, after, is_open};
use crate::parties::rules::registration::{self, Flaw};
use crate::parties::store::{history, party as rows, reviews, visible};
use crate::rules::{contact, scopes};

kernel::refusals! {
    /// Why a hiring party was not amended (不予修改用工主体).
    pub AmendParty => AmendPartyReason, AmendPartyRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该主体已被他人修改（现为第{current}版），请刷新后再试。" /
            "Someone else changed this party (now version {current}); reload and try again.",
        /// It is closed.
        Closed @ "id": "该主体已注销；如需继续用工，请重新登记。" / "This party is closed; register it again to go on.",
        /// A name that is not one's to change here.
        NameFixed @ "input.name":
            "名称在核验后不能直接修改：单位更名的，请注销后凭新执照重新登记；个人姓名以证件为准。" /
            "A verified name stays: a unit that was renamed closes and registers again with its new licence; a person's name is as the card has it.",
        /// No name.
        InvalidName @ "input.name": "请填写单位名称（不超过100字）。" / "Enter the name of the unit, at most 100 characters.",
        /// Nobody to call.
        InvalidContactName @ "input.contactName": "请填写联系人姓名（不超过50字）。" / "Enter the name of whom to ask for, at most 50 characters.",
        /// No number to call.
        InvalidContactPhone @ "input.contactPhone":
            "请填写联系电话：11位手机号码，或带区号的固定电话。" /
            "Enter the number to call: 11 digits of a mobile, or a fixed line with its area code.",
        /// Not a county of the city.
        InvalidCounty { zh: String, en: String } @ "input.county": "{zh}" / "{en}",
        /// Too long an address.
        AddressTooLong { limit: usize } @ "input.address": "地址超过 {limit} 个字，请缩短。" / "The address has more than {limit} characters; shorten it.",
    }
}

/// What is amended (修改内容); what is not given stays.
#[derive(Clone, Debug, Default)]
pub struct AmendPartyInput {
    /// The name of a unit that is not verified yet.
    pub name: Option<String>,
    /// Whom to ask for.
    pub contact_name: Option<Pii<String>>,
    /// The number to call.
    pub contact_phone: Option<Pii<String>>,
    /// The county.
    pub county: Option<String>,
    /// The address; an empty one takes it away.
    pub address: Option<String>,
}

/// Amends a hiring party (修改用工主体).
pub async fn amend_party(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    input: AmendPartyInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<AmendParty>> {
    ctx.transact_once(&policy::AMEND, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::AMEND, id).await?;
        if row.version != version {
            return Err(Stop::Refused(AmendParty::Conflict { current: row.version }));
        }
        let status = PartyStatus::of(&row);
        if !is_open(status) {
            return Err(Stop::Refused(AmendParty::Closed));
        }
        let mut change = change(&tx, &row, &input).await?;
        let supplied = after(status, Move::Supply);
        if let Some(status) = supplied {
            change.status = Set(status.code().to_owned());
            change.status_reason = Set(None);
            reviews::open(&tx, id).await?;
        }
        if !rows::change(&tx, &row, change).await? {
            return Err(Stop::Refused(AmendParty::Conflict { current: version + 1 }));
        }
        history::write(&tx, id, if supplied.is_some() { "supplied" } else { "amended" }, None);
        Ok(Outcome::of("HiringParty", id, version + 1))
    })
    .await
}

async fn change(
    tx: &Tx,
    row: &hiring_party::Model,
    input: &AmendPartyInput,
) -> Result<hiring_party::ActiveModel, Stop<AmendParty>> {
    let mut change = hiring_party::ActiveModel::default();
    if let Some(name) = &input.name {
        change.display_name = Set(new_name(row, name).map_err(Stop::Refused)?);
    }
    let ring = tx.ctx().keys().await?;
    if let Some(name) = &input.contact_name {
        let name = registration::contact_name(name).map_err(flawed)?;
        change.contact_name = Set(ring.seal(rows::TABLE, "contact_name", row.id, &name)?);
    }
    if let Some(phone) = &input.contact_phone {
        let phone = registration::phone(phone).map_err(flawed)?;
        change.contact_phone = Set(ring.seal(rows::TABLE, "contact_phone", row.id, &phone.shown)?);
        change.contact_index = Set(rows::contact_index(&ring, &phone.sought));
    }
    if let Some(county) = &input.county {
        let county = scopes::county(county, &tx.ctx().tenant().code, Divisions::standard())
            .map_err(|flaw| Stop::Refused(AmendParty::InvalidCounty { zh: flaw.zh(), en: flaw.en() }))?;
        moves_within_reach(tx, row, &county).await?;
        change.county = Set(county);
    }
    if let Some(address) = input.address.as_deref().filter(|_| PartyKind::of(row).is_unit()) {
        change.address = Set(registration::address(Some(address)).map_err(flawed)?);
    }
    Ok(change)
}

/// Whoever amends it may do so where it moves to as well.
async fn moves_within_reach(tx: &Tx, row: &hiring_party::Model, county: &str) -> Result<(), Fault> {
    let there = visible::place(tx.ctx(), county, row.market_id, row.agency_id).await?;
    tx.authorize(&policy::AMEND, &there).await
}

/// A unit that nobody has verified yet may have been written down wrong.
fn new_name(row: &hiring_party::Model, name: &str) -> Result<String, AmendParty> {
    let waits = matches!(PartyStatus::of(row), PartyStatus::Pending | PartyStatus::Rejected);
    if !waits || !PartyKind::of(row).is_unit() {
        return Err(AmendParty::NameFixed);
    }
    contact::line(&text::tidy(name), registration::UNIT_NAME).ok_or(AmendParty::InvalidName)
}

fn flawed(flaw: Flaw) -> Stop<AmendParty> {
    Stop::Refused(match flaw {
        Flaw::Phone => AmendParty::InvalidContactPhone,
        Flaw::Address => AmendParty::AddressTooLong { limit: registration::ADDRESS },
        _ => AmendParty::InvalidContactName,
    })
}
