//! Registering a hiring party (登记用工主体): by itself, at a market, by an agency or the bureau.

use entities::{hiring_party, party_member};
use kernel::divisions::Divisions;
use kernel::fault::Fault;
use kernel::keys::KeyRing;
use kernel::policy::Place;
use kernel::{Ctx, Lang, Mask, Once, Outcome, Pii, Stop, Tx, places};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, SqlErr};
use uuid::Uuid;

use super::who::{self, Behind, Myself, Untaken, Who};
use crate::parties::events::PartyRegistered;
use crate::parties::kinds::{PartyKind, PartyMemberRole, PartyStatus};
use crate::parties::policy;
use crate::parties::rules::life::{Move, after};
use crate::parties::rules::registration::{self, Called, Flaw};
use crate::parties::rules::{codes, life};
use crate::parties::store::visible::{self, Sight};
use crate::parties::store::{history, members, party as rows, reviews};
use crate::rules::scopes;

kernel::refusals! {
    /// Why a hiring party was not registered (不予登记用工主体).
    pub RegisterParty => RegisterPartyReason, RegisterPartyRefusalCode {
        /// It is registered already, and the caller does not see it.
        AlreadyRegistered @ "input":
            "该主体已经登记过。如果您受其委托办理用工，请用“申请成为经办人”，由其负责人同意，或者持授权委托书到登记的市场办理。" /
            "This party is registered already. If you act for it, ask to become its agent: its owner agrees, or show your authorisation at the market that registered it.",
        /// It is registered already, and the caller sees it.
        AlreadyHere { id: Uuid, name: String, zh: String, en: String } @ "input":
            "已经登记为“{name}”（{zh}），请直接使用，不要重复登记。" /
            "It is registered already as {name} ({en}); use that one.",
        /// No name.
        InvalidName @ "input.name":
            "请填写名称或姓名：单位不超过100字，个人不超过50字，与证照一致。" /
            "Enter the name as the licence or card has it: 100 characters for a unit, 50 for a person.",
        /// A unit without its code.
        UsccMissing @ "input.uscc": "请填写统一社会信用代码（18位，见营业执照）。" / "Enter the unified social credit code: 18 characters, on the licence.",
        /// Not a code.
        InvalidUscc { zh: String, en: String } @ "input.uscc": "{zh}" / "{en}",
        /// The code of another kind of unit.
        UsccOfAnotherKind { zh: String, en: String } @ "input.uscc":
            "统一社会信用代码的前两位与所选类别不符（{zh}），请核对代码或类别。" /
            "The first two characters of the code do not fit the kind ({en}); look at the code and the kind again.",
        /// A person without a citizen number.
        IdNumberMissing @ "input.idNumber": "请填写公民身份号码。" / "Enter the citizen number.",
        /// Not a citizen number.
        InvalidIdNumber { zh: String, en: String } @ "input.idNumber": "{zh}" / "{en}",
        /// Too young.
        Minor { age: u32 } @ "input.idNumber":
            "未满 {age} 周岁的人不能登记为用工主体（民法典第十七条、第十八条）。" /
            "Nobody under {age} registers as a hiring party (Civil Code, articles 17 and 18).",
        /// Name and number are not the same person's, as far as is known.
        IdentityMismatch @ "input.idNumber":
            "姓名与公民身份号码和已登记的信息不一致，请核对证件；仍不一致的，请到市场窗口办理。" /
            "Name and citizen number differ from what is on file; compare the card, and go to a counter if they still do.",
        /// That citizen may not act.
        CitizenBlocked @ "input.idNumber": "该人员已被停用，请联系主管部门。" / "This person is blocked; ask the bureau.",
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
        /// The market is another agency's.
        AgencyOfAnother @ "input.agencyId": "该市场由另一家机构运营，请核对市场或机构。" / "Another agency runs this market; look at both again.",
    }
}

/// A party to be registered (登记信息).
#[derive(Clone, Debug)]
pub struct RegisterInput {
    /// Who it is.
    pub who: Who,
    /// Whom to ask for; the person itself where nothing is given.
    pub contact_name: Option<Pii<String>>,
    /// The number to call; the citizen's own where nothing is given.
    pub contact_phone: Option<Pii<String>>,
    /// The county where it is.
    pub county: String,
    /// Where it is, in words; of units only.
    pub address: Option<String>,
    /// The market that registers it.
    pub market: Option<Uuid>,
    /// The agency whose lead it is.
    pub agency: Option<Uuid>,
}

/// Registers a hiring party (登记用工主体). Whoever registers as itself owns it; one that closed comes back under its old id,
/// and is verified anew.
pub async fn register_party(
    ctx: &Ctx,
    input: RegisterInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<RegisterParty>> {
    ctx.transact_once(&policy::REGISTER, once, |tx| async move {
        let ctx = tx.ctx().clone();
        let county = scopes::county(&input.county, &ctx.tenant().code, Divisions::standard())
            .map_err(|flaw| Stop::Refused(RegisterParty::InvalidCounty { zh: flaw.zh(), en: flaw.en() }))?;
        let place = stands(&ctx, &input, &county).await?;
        tx.authorize(&policy::REGISTER, &place).await?;
        let ring = ctx.keys().await?;
        let me = Myself::of(&tx, &ring).await?;
        let kind = input.who.kind();
        let behind = who::behind(&tx, &ring, &input.who, me.as_ref()).await;
        let behind = behind.map_err(|untaken| who::stop(untaken, |untaken| refused(kind, untaken)))?;
        let contact = who::contact(input.contact_name.as_ref(), input.contact_phone.as_ref(), &behind, me.as_ref());
        let (contact_name, contact_phone) = contact.map_err(|flaw| Stop::Refused(flawed(kind, flaw)))?;
        let address = registration::address(input.address.as_deref().filter(|_| kind.is_unit()));
        let address = address.map_err(|flaw| Stop::Refused(flawed(kind, flaw)))?;
        let known = known(&tx, kind, &behind).await?;
        if let Some(known) = known.as_ref().filter(|known| life::is_open(PartyStatus::of(known))) {
            return Err(Stop::Refused(twice(&tx, known).await?));
        }
        let new = New { kind, behind, contact_name, contact_phone, county, address, place };
        let (id, version) = save(&tx, &ring, new, known, me.as_ref()).await?;
        tx.about("HiringParty", id);
        tx.announce(&PartyRegistered { party: id })?;
        Ok(Outcome::of("HiringParty", id, version))
    })
    .await
}

/// Where it will stand: a market's agency is its agency.
async fn stands(ctx: &Ctx, input: &RegisterInput, county: &str) -> Result<Place, Stop<RegisterParty>> {
    let run_by = match input.market {
        Some(market) => visible::market_place(ctx, market).await?.and_then(|place| place.agency),
        None => None,
    };
    let agency = match (run_by, input.agency) {
        (run_by, None) => run_by,
        (Some(run_by), Some(agency)) if run_by != agency => {
            return Err(Stop::Refused(RegisterParty::AgencyOfAnother));
        }
        (_, Some(agency)) => {
            places::require(ctx, "Agency", agency).await?;
            Some(agency)
        }
    };
    Ok(visible::place(ctx, county, input.market, agency).await?)
}

/// What is wrong with what was typed, as this operation says it.
fn flawed(kind: PartyKind, flaw: Flaw) -> RegisterParty {
    let begins = codes::begins_with(kind);
    match flaw {
        Flaw::Name => RegisterParty::InvalidName,
        Flaw::NoCode => RegisterParty::UsccMissing,
        Flaw::Code(error) => RegisterParty::InvalidUscc { zh: format!("{}。", error.zh()), en: format!("{error}.") },
        Flaw::CodeOfAnotherKind => {
            RegisterParty::UsccOfAnotherKind { zh: begins.zh.to_owned(), en: begins.en.to_owned() }
        }
        Flaw::NoIdNumber => RegisterParty::IdNumberMissing,
        Flaw::IdNumber(error) => {
            RegisterParty::InvalidIdNumber { zh: format!("{}。", error.zh()), en: format!("{error}.") }
        }
        Flaw::Minor => RegisterParty::Minor { age: registration::ADULT },
        Flaw::Phone => RegisterParty::InvalidContactPhone,
        Flaw::ContactName => RegisterParty::InvalidContactName,
        Flaw::Address => RegisterParty::AddressTooLong { limit: registration::ADDRESS },
    }
}

fn refused(kind: PartyKind, untaken: Untaken) -> RegisterParty {
    match untaken {
        Untaken::Flaw(flaw) => flawed(kind, flaw),
        Untaken::Blocked => RegisterParty::CitizenBlocked,
        Untaken::Mismatch | Untaken::Fault(_) => RegisterParty::IdentityMismatch,
    }
}

/// The same unit, or the same person as the same kind, if it was registered before; held.
async fn known(tx: &Tx, kind: PartyKind, behind: &Behind) -> Result<Option<hiring_party::Model>, Fault> {
    use hiring_party::Column;
    let same = match behind {
        Behind::Unit(unit) => hiring_party::Entity::find().filter(Column::Uscc.eq(unit.uscc.as_str())),
        Behind::Person { citizen, .. } => {
            hiring_party::Entity::find().filter(Column::CitizenId.eq(*citizen)).filter(Column::Kind.eq(kind.code()))
        }
    };
    let mut rows = same.order_by_asc(Column::Id).lock_exclusive().all(tx).await?;
    // Of two entries of one person that were merged, one may be closed.
    let open = rows.iter().position(|row| life::is_open(PartyStatus::of(row))).unwrap_or_default();
    Ok(if rows.is_empty() { None } else { Some(rows.swap_remove(open)) })
}

/// It is there: whoever sees it is told which, everybody else that it is.
async fn twice(tx: &Tx, known: &hiring_party::Model) -> Result<RegisterParty, Fault> {
    let seen = match Sight::of(tx.ctx(), &policy::READ).await {
        Ok(sight) => hiring_party::Entity::find_by_id(known.id).filter(sight.parties()).one(tx).await?,
        Err(Fault::Forbidden) => None,
        Err(fault) => return Err(fault),
    };
    let Some(row) = seen else { return Ok(RegisterParty::AlreadyRegistered) };
    let status = PartyStatus::of(&row).title();
    Ok(RegisterParty::AlreadyHere {
        id: row.id,
        name: row.display_name,
        zh: status.get(Lang::Zh).to_owned(),
        en: status.get(Lang::En).to_owned(),
    })
}

/// What is kept of it.
struct New {
    kind: PartyKind,
    behind: Behind,
    contact_name: Pii<String>,
    contact_phone: Called,
    county: String,
    address: Option<String>,
    place: Place,
}

async fn save(
    tx: &Tx,
    ring: &KeyRing,
    new: New,
    known: Option<hiring_party::Model>,
    me: Option<&Myself>,
) -> Result<(Uuid, i32), Stop<RegisterParty>> {
    let ctx = tx.ctx();
    let id = known.as_ref().map_or_else(|| ctx.new_id(), |row| row.id);
    let owner = match (&new.behind, me) {
        (Behind::Person { citizen, .. }, _) => Some(*citizen),
        (Behind::Unit(_), me) => me.map(|me| me.row.id),
    };
    let row = filled(ctx, ring, id, new)?;
    let version = match &known {
        None => {
            hiring_party::Entity::insert(row).exec_without_returning(tx).await.map_err(taken)?;
            history::write(tx, id, "registered", None);
            1
        }
        Some(known) => {
            let status = after(PartyStatus::of(known), Move::Return).ok_or(Fault::internal("take a party back"))?;
            let row = hiring_party::ActiveModel { status: Set(status.code().to_owned()), ..row };
            rows::change(tx, known, row).await?;
            // Whoever acted for it then does not act for it now.
            members::end_all(tx, id).await?;
            history::write(tx, id, "returned", None);
            known.version + 1
        }
    };
    if let Some(owner) = owner {
        let joins = members::joins(ctx, id, owner, PartyMemberRole::Owner);
        party_member::Entity::insert(joins).exec_without_returning(tx).await?;
    }
    reviews::open(tx, id).await?;
    Ok((id, version))
}

/// The row of a party that waits to be verified.
fn filled(ctx: &Ctx, ring: &KeyRing, id: Uuid, new: New) -> Result<hiring_party::ActiveModel, Fault> {
    let (display_name, name, uscc, citizen) = match new.behind {
        Behind::Unit(unit) => (unit.name, None, Some(unit.uscc), None),
        Behind::Person { citizen, name } => {
            (name.masked(Mask::Name), Some(ring.seal(rows::TABLE, "name", id, &name)?), None, Some(citizen))
        }
    };
    let now = ctx.now();
    let mut row = hiring_party::ActiveModel {
        id: Set(id),
        version: Set(1),
        kind: Set(new.kind.code().to_owned()),
        status: Set(PartyStatus::Pending.code().to_owned()),
        status_reason: Set(None),
        display_name: Set(display_name),
        name: Set(name),
        uscc: Set(uscc),
        citizen_id: Set(citizen),
        county: Set(new.county),
        address: Set(new.address),
        market_id: Set(new.place.market),
        agency_id: Set(new.place.agency),
        registered_by: Set(ctx.actor().account_id()),
        fast_lane: Set(false),
        verified_on: Set(None),
        verified_by: Set(None),
        rechecked_on: Set(None),
        pledge_version: Set(None),
        pledged_at: Set(None),
        last_confirmed_at: Set(now),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    rows::set_contact(ring, &mut row, id, &new.contact_name, &new.contact_phone)?;
    Ok(row)
}

/// Two who register one unit at one moment: the table takes the first, the second is told.
fn taken(error: DbErr) -> Stop<RegisterParty> {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Stop::Refused(RegisterParty::AlreadyRegistered),
        _ => error.into(),
    }
}
