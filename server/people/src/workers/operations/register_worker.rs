//! Registering a worker (登记零工人员): by itself, or at a counter by staff on its behalf with a consent that is written down.

use entities::{citizen, worker};
use kernel::checks::{CitizenId, Phone, RetirementKind};
use kernel::fault::Stop;
use kernel::{Actor, Ctx, Fault, Lang, Mask, Once, Outcome, Pii, Place, Tx};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, NotSet, Set};
use uuid::Uuid;

use super::entry::{self, Comer, Whose};
use crate::citizens::consents::{self, ConsentForm, ConsentPurpose, Given};
use crate::citizens::store as citizens;
use crate::workers::events::WorkerRegistered;
use crate::workers::forms::WorkerInput;
use crate::workers::kinds::{WorkHours, WorkerSource};
use crate::workers::parameters::{Parameters, WorkerParameter};
use crate::workers::policy;
use crate::workers::rules::ages;
use crate::workers::rules::form::{self, Flaw};
use crate::workers::store::{load, save, visible};

kernel::refusals! {
    /// Why nobody was registered (不予登记零工人员).
    pub RegisterWorker => RegisterWorkerReason, RegisterWorkerRefusalCode {
        /// Something in the form is wrong; the field says what.
        BadForm { field: String, zh: String, en: String }: "{zh}" / "{en}",
        /// Nobody under sixteen is registered.
        UnderAge { zh: String, en: String } @ "input.idNumber": "{zh}" / "{en}",
        /// A trade that minors are kept from.
        HazardousForMinor { zh: String, en: String } @ "input.trades": "{zh}" / "{en}",
        /// The consent is none.
        Consent { zh: String, en: String } @ "input.consent": "{zh}" / "{en}",
        /// The entry cannot be taken here. Said to whoever registers itself, whatever stands in the way.
        SeeCounter:
            "提交的信息无法在线核验，请本人持身份证到就近的公共零工市场柜台办理。" /
            "This could not be verified online. Please come to the counter of a public odd-job market with your identity card.",
        /// The person is registered. Said to staff, who are shown the entry if they may see it.
        AlreadyRegistered:
            "该人员已经登记，请核对已有登记；不在您权限范围内的，请本人到公共零工市场或县级经办机构办理。" /
            "This person is registered already; look at the entry. If you may not see it, send the person to a public market or the county's office.",
        /// The number is somebody else's, as far as is known.
        PhoneTaken @ "input.phone":
            "该手机号已在其他登记中使用。请让本人读出发到该手机的验证码；不是本人手机的，请更正或填“无”。" /
            "This number stands in another entry. Have the person read out the code that came to it; if it is not the person's, correct it or enter none.",
        /// The entry of this person was blocked.
        Blocked: "该人员的记录已停用，请先由主管部门经办人核实。" / "This person's entry is blocked; let an officer of the bureau look at it first.",
    }
}

impl RegisterWorker {
    /// Of a flaw in the form.
    fn of(flaw: &Flaw) -> Self {
        let (zh, en) = (flaw.message(Lang::Zh), flaw.message(Lang::En));
        match flaw {
            Flaw::UnderAge { .. } => Self::UnderAge { zh, en },
            Flaw::Hazardous { .. } => Self::HazardousForMinor { zh, en },
            _ => Self::BadForm { field: flaw.field().to_owned(), zh, en },
        }
    }

    /// The field of a form that is wrong, which only the form knows.
    pub(crate) fn field_of_form(&self) -> Option<&str> {
        match self {
            Self::BadForm { field, .. } => Some(field),
            _ => None,
        }
    }
}

/// A form that was read and found in order.
struct Read {
    name: Pii<String>,
    id: CitizenId,
    phone: Option<Phone>,
    trades: Vec<String>,
    county: String,
    radius_km: Option<i32>,
    point: Option<(f64, f64)>,
    certificates: Vec<save::Certificate>,
}

fn read(ctx: &Ctx, input: &WorkerInput) -> Result<Read, Flaw> {
    let today = ctx.today();
    let name = form::name(&Pii::from(input.name.as_str()))?;
    let id = form::id_number(&Pii::from(input.id_number.as_str()), today)?;
    let phone = form::phone(&Pii::from(input.phone.as_str()))?;
    let trades = form::trades(&input.trades)?;
    form::fit_for(&id, &trades, today)?;
    let county = form::county(&input.county, &ctx.tenant().code)?;
    let radius_km = input.radius_km.map(form::radius).transpose()?;
    let point = input.point.as_ref().map(|point| form::rough_point(point.lat, point.lng, point.crs)).transpose()?;
    let mut certificates = Vec::new();
    for one in input.certificates.iter().flatten() {
        let number = Pii::from(one.number.as_str());
        let (trade, number) = form::certificate(&one.trade, &number, one.valid_until.0, today)?;
        certificates.retain(|kept: &save::Certificate| kept.trade != trade);
        certificates.push(save::Certificate { trade, number, valid_until: one.valid_until.0 });
    }
    Ok(Read { name, id, phone, trades, county, radius_km, point, certificates })
}

/// Registers a worker (登记零工人员): the citizen who is signed in, or, by staff, whoever stands at the counter of `market`, or of
/// the county where there is none.
pub async fn register_worker(
    ctx: &Ctx,
    market: Option<Uuid>,
    input: WorkerInput,
    consent: ConsentForm,
    once: Option<Once>,
) -> Result<Outcome, Stop<RegisterWorker>> {
    let read = read(ctx, &input);
    let phone = read.as_ref().ok().and_then(|read| read.phone.as_ref());
    let proof = consents::prove(ctx, &consent, phone).await?;
    ctx.transact_once(&policy::REGISTER, once, |tx| async move {
        let county = read.as_ref().map_or(&input.county, |read| &read.county);
        let place = place(tx.ctx(), market, county).await?;
        tx.authorize(&policy::REGISTER, &place).await?;
        let read = read.map_err(|flaw| Stop::Refused(RegisterWorker::of(&flaw)))?;
        let given = consents::take(&tx, consent, proof.as_ref(), &policy::REGISTER, &place).await?;
        let given = given.map_err(|flaw| {
            let (zh, en) = flaw.texts();
            Stop::Refused(RegisterWorker::Consent { zh, en })
        })?;
        let citizen = match tx.ctx().actor() {
            Actor::Citizen(me) => in_person(&tx, me.id, &read).await?,
            _ => at_counter(&tx, &read, &given).await?,
        };
        let worker = save_worker(&tx, &citizen, market, &input, read).await?;
        consents::write(&tx, citizen.id, ConsentPurpose::Registration, &given).await?;
        tx.about("Worker", worker.0);
        tx.announce(&WorkerRegistered { worker: worker.0, market })?;
        Ok(Outcome::of("Worker", worker.0, worker.1))
    })
    .await
}

/// Where somebody is registered. A citizen registers itself at no market.
pub(crate) async fn place(ctx: &Ctx, market: Option<Uuid>, county: &str) -> Result<Place, Fault> {
    match (ctx.actor(), market) {
        (Actor::Citizen(_), None) => Ok(Place::city()),
        (Actor::Citizen(_), Some(_)) => Err(Fault::NotFound),
        (_, Some(market)) => {
            let place = visible::at_market(ctx, market, None).await?;
            // A market that is not there has no county.
            if place.county.is_some() { Ok(place) } else { Err(Fault::NotFound) }
        }
        (_, None) => Ok(Place::county(county.to_owned())),
    }
}

/// The citizen who registers itself, with its numbers written down.
async fn in_person(tx: &Tx, me: Uuid, read: &Read) -> Result<citizen::Model, Stop<RegisterWorker>> {
    let elsewhere = || Stop::Refused(RegisterWorker::SeeCounter);
    let ctx = tx.ctx();
    let row = citizens::lock(tx, me).await?;
    let known = citizens::id_index(ctx.keys().await?.as_ref(), &read.id);
    match citizens::by_id_number(ctx, tx, &read.id).await? {
        Some(other) if other.id != me => return Err(elsewhere()),
        // A card once given stays: another one is for the counter to look at.
        None if row.id_index.as_ref().is_some_and(|index| *index != known) => return Err(elsewhere()),
        _ => {}
    }
    let own = citizens::phone_index_of(ctx, read.phone.as_ref()).await?;
    if own.is_some() && own != row.phone_index {
        return Err(elsewhere());
    }
    if load::of_citizen(tx, me).await?.is_some_and(|worker| worker.status == "ACTIVE") {
        return Err(elsewhere());
    }
    let fresh =
        citizens::Known { name: Some(read.name.clone()), id_number: Some(read.id.clone()), ..Default::default() };
    citizens::amend(tx, &row, fresh).await?;
    Ok(row)
}

/// The citizen who stands at the counter, found or made, with its numbers written down.
async fn at_counter(tx: &Tx, read: &Read, given: &Given) -> Result<citizen::Model, Stop<RegisterWorker>> {
    let proved = given.proves_phone();
    let comer = Comer { id: &read.id, phone: read.phone.as_ref(), proved };
    let mut fresh = citizens::Known {
        name: Some(read.name.clone()),
        id_number: Some(read.id.clone()),
        phone: read.phone.clone().map_or(citizens::Number::Same, citizens::Number::Is),
        proved: proved && read.phone.is_some(),
        notice: Some(given.notice().to_owned()),
    };
    let row = match entry::whose(tx, &comer).await? {
        Whose::New => {
            let id = citizens::insert(tx, fresh).await?;
            return Ok(citizens::citizen(tx, id).await?);
        }
        Whose::PhoneTaken => return Err(Stop::Refused(RegisterWorker::PhoneTaken)),
        Whose::Both(row, other) => {
            unregistered(tx, &row).await?;
            citizens::absorb(tx, row.id, &other).await?;
            row
        }
        Whose::Of(row) => {
            unregistered(tx, &row).await?;
            row
        }
    };
    if row.phone_index.is_some() && row.phone_index == citizens::phone_index_of(tx.ctx(), read.phone.as_ref()).await? {
        // The same number again: what was proved of it stays proved.
        fresh.phone = citizens::Number::Same;
        fresh.proved = fresh.proved && row.phone_proved_at.is_none();
    }
    citizens::amend(tx, &row, fresh).await?;
    Ok(row)
}

/// Refuses whoever is registered or blocked.
async fn unregistered(tx: &Tx, row: &citizen::Model) -> Result<(), Stop<RegisterWorker>> {
    if row.status != "ACTIVE" {
        return Err(Stop::Refused(RegisterWorker::Blocked));
    }
    match load::of_citizen(tx, row.id).await? {
        Some(worker) if worker.status == "ACTIVE" => {
            tx.about("Worker", worker.id);
            Err(Stop::Refused(RegisterWorker::AlreadyRegistered))
        }
        _ => Ok(()),
    }
}

/// Writes the worker down, or opens a closed registration again; its id and version.
async fn save_worker(
    tx: &Tx,
    citizen: &citizen::Model,
    market: Option<Uuid>,
    input: &WorkerInput,
    read: Read,
) -> Result<(Uuid, i32), Fault> {
    let ctx = tx.ctx();
    let figures = Parameters::of(tx).await?;
    let before = load::of_citizen(tx, citizen.id).await?;
    let (id, version) = before.as_ref().map_or((ctx.new_id(), 1), |row| (row.id, row.version + 1));
    let said = input.retirement_kind.map(RetirementKind::from);
    let source = match (ctx.actor(), input.from_card) {
        (Actor::Citizen(_), _) => WorkerSource::SelfService,
        (_, Some(true)) => WorkerSource::CardReader,
        _ => WorkerSource::Counter,
    };
    let row = worker::ActiveModel {
        id: Set(id),
        citizen_id: Set(citizen.id),
        version: Set(version),
        status: Set("ACTIVE".to_owned()),
        source: Set(source.name().to_owned()),
        market_id: Set(market),
        registered_by: Set(ctx.actor().account_id()),
        name_masked: Set(read.name.masked(Mask::Name)),
        county: Set(read.county),
        lat: Set(read.point.map(|point| point.0)),
        lng: Set(read.point.map(|point| point.1)),
        radius_km: Set(read.radius_km.unwrap_or(figures.get(WorkerParameter::RadiusKm))),
        hours: Set(WorkHours::mask(input.hours.as_deref().unwrap_or_default())),
        steady_job: Set(input.steady_job.unwrap_or_default()),
        training: Set(input.training.unwrap_or_default()),
        looking_until: Set(Some(save::looking_until(ctx.now(), figures.get(WorkerParameter::LookingDays)))),
        last_confirmed_at: Set(ctx.now()),
        age_band: Set(ages::band(&read.id, said, figures.older(), ctx.today()).name().to_owned()),
        over_age_from: Set(ages::over_age_soon(&read.id, said, ctx.today())),
        points: before.as_ref().map_or(Set(0), |row| Set(row.points)),
        places_given: if before.is_some() { NotSet } else { Set(0) },
        created_at: Set(before.as_ref().map_or(ctx.now(), |row| row.created_at)),
        updated_at: Set(ctx.now()),
    };
    if before.is_some() {
        row.update(tx).await?;
    } else {
        worker::Entity::insert(row).exec_without_returning(tx).await?;
    }
    save::set_trades(tx, id, &read.trades).await?;
    save::set_profile(tx, id, input.retirement_kind).await?;
    for certificate in &read.certificates {
        save::set_certificate(tx, id, certificate).await?;
    }
    Ok((id, version))
}
