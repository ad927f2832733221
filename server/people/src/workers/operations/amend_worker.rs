//! Amending a worker (修改零工人员): what it wants to the worker itself, who it is to the counter.

use entities::{citizen, worker};
use kernel::checks::{CitizenId, RetirementKind};
use kernel::fault::Stop;
use kernel::{Ctx, Fault, Lang, Mask, Once, Outcome, Pii, Tx};
use sea_orm::{ActiveModelTrait as _, Set};
use uuid::Uuid;

use super::entry::{self, Comer, Whose};
use crate::citizens::attempts::{self, Proof};
use crate::citizens::rules::codes::PhoneCodePurpose;
use crate::citizens::store::{self as citizens, Number};
use crate::workers::forms::AmendWorkerInput;
use crate::workers::kinds::WorkHours;
use crate::workers::parameters::Parameters;
use crate::workers::policy;
use crate::workers::rules::ages;
use crate::workers::rules::form::{self, Flaw};
use crate::workers::store::{load, save, visible};

kernel::refusals! {
    /// Why a worker was not amended (不予修改零工人员).
    pub AmendWorker => AmendWorkerReason, AmendWorkerRefusalCode {
        /// Somebody else changed it.
        Conflict { current: i32 } @ "version":
            "该登记已被他人修改（现为第{current}版），请刷新后再试。" /
            "Somebody else changed this registration (now version {current}); reload and try again.",
        /// The registration is closed.
        Closed: "该登记已注销，请重新登记。" / "This registration is closed; register again.",
        /// Something in the form is wrong; the field says what.
        BadForm { field: String, zh: String, en: String }: "{zh}" / "{en}",
        /// Who somebody is changes at a counter only.
        AtCounterOnly: "姓名、公民身份号码须持证件到柜台修改；手机号请用“更换手机号”。" /
            "Name and citizen number change at a counter, with the card; the telephone number with codes.",
        /// The number of the card is that of somebody else.
        IdTaken @ "input.idNumber":
            "该公民身份号码已在其他登记中使用，请核对证件。" /
            "This citizen number stands in another entry; look at the card again.",
        /// The telephone number is somebody else's, or the code is wrong.
        PhoneTaken @ "input.phone":
            "该手机号已在其他登记中使用，或验证码不正确。请让本人读出发到该手机的验证码。" /
            "This number stands in another entry, or the code is wrong. Have the person read out the code that came to it.",
    }
}

impl AmendWorker {
    fn of(flaw: &Flaw) -> Self {
        let (zh, en) = (flaw.message(Lang::Zh), flaw.message(Lang::En));
        Self::BadForm { field: flaw.field().to_owned(), zh, en }
    }

    /// The field of a form that is wrong, which only the form knows.
    pub(crate) fn field_of_form(&self) -> Option<&str> {
        match self {
            Self::BadForm { field, .. } => Some(field),
            _ => None,
        }
    }
}

/// What was read of a form.
struct Read {
    name: Option<Pii<String>>,
    id: Option<CitizenId>,
    phone: Number,
    trades: Option<Vec<String>>,
    county: Option<String>,
    radius_km: Option<i32>,
    point: Option<(f64, f64)>,
}

fn read(ctx: &Ctx, input: &AmendWorkerInput) -> Result<Read, Flaw> {
    let today = ctx.today();
    let personal = |text: Option<&str>| text.map(Pii::from);
    let phone = personal(input.phone.as_deref()).map(|number| form::phone(&number)).transpose()?;
    Ok(Read {
        name: personal(input.name.as_deref()).map(|name| form::name(&name)).transpose()?,
        id: personal(input.id_number.as_deref()).map(|number| form::id_number(&number, today)).transpose()?,
        phone: phone.map_or(Number::Same, Number::of),
        trades: input.trades.as_deref().map(form::trades).transpose()?,
        county: input.county.as_deref().map(|code| form::county(code, &ctx.tenant().code)).transpose()?,
        radius_km: input.radius_km.map(form::radius).transpose()?,
        point: input.point.as_ref().map(|point| form::rough_point(point.lat, point.lng, point.crs)).transpose()?,
    })
}

/// Amends a worker (修改零工人员).
pub async fn amend_worker(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    input: AmendWorkerInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<AmendWorker>> {
    let read = read(ctx, &input);
    let proof = match (read.as_ref().ok().and_then(|read| read.phone.phone()), &input.phone_code) {
        (Some(phone), Some(code)) => attempts::check(ctx, phone, PhoneCodePurpose::Consent, code).await?,
        _ => None,
    };
    ctx.transact_once(&policy::AMEND, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::AMEND, id).await?;
        if row.version != version {
            return Err(Stop::Refused(AmendWorker::Conflict { current: row.version }));
        }
        if row.status != "ACTIVE" {
            return Err(Stop::Refused(AmendWorker::Closed));
        }
        let read = read.map_err(|flaw| Stop::Refused(AmendWorker::of(&flaw)))?;
        let person = read.name.is_some() || read.id.is_some() || !matches!(read.phone, Number::Same);
        if person && tx.ctx().actor().citizen_id().is_some() {
            return Err(Stop::Refused(AmendWorker::AtCounterOnly));
        }
        let who = citizens::lock(&tx, row.citizen_id).await?;
        let id_now = load::id_of(tx.ctx(), &who).await?;
        let card = read.id.clone().or(id_now).ok_or(Fault::internal("read the number of a worker"))?;
        let trades = match &read.trades {
            Some(trades) => trades.clone(),
            None => load::trades(&tx, id).await?,
        };
        form::fit_for(&card, &trades, tx.ctx().today()).map_err(|flaw| Stop::Refused(AmendWorker::of(&flaw)))?;
        if person {
            amend_person(&tx, &who, &read, &card, proof.as_ref()).await?;
        }
        save(&tx, &row, &input, &read, &card).await?;
        if read.trades.is_some() {
            save::set_trades(&tx, id, &trades).await?;
        }
        Ok(Outcome::of("Worker", id, version + 1))
    })
    .await
}

/// Writes down who somebody is.
async fn amend_person(
    tx: &Tx,
    who: &citizen::Model,
    read: &Read,
    card: &CitizenId,
    proof: Option<&Proof>,
) -> Result<(), Stop<AmendWorker>> {
    let proved = match proof {
        Some(proof) => proof.use_up(tx).await?,
        None => false,
    };
    let phone = read.phone.phone();
    match entry::whose(tx, &Comer { id: card, phone, proved }).await? {
        Whose::New => {}
        Whose::Of(row) if row.id == who.id => {}
        // The card is that of somebody else.
        Whose::Of(row) if row.id_number.is_some() => return Err(Stop::Refused(AmendWorker::IdTaken)),
        // The number is that of an entry without a card, whose owner read out the code.
        Whose::Of(other) => absorb(tx, who, &other).await?,
        Whose::Both(row, other) if row.id == who.id => absorb(tx, who, &other).await?,
        Whose::Both(..) => return Err(Stop::Refused(AmendWorker::IdTaken)),
        Whose::PhoneTaken => return Err(Stop::Refused(AmendWorker::PhoneTaken)),
    }
    let known = citizens::Known {
        name: read.name.clone(),
        id_number: read.id.clone(),
        phone: read.phone.clone(),
        proved: proved && phone.is_some(),
        notice: None,
    };
    citizens::amend(tx, who, known).await?;
    Ok(())
}

async fn absorb(tx: &Tx, who: &citizen::Model, other: &citizen::Model) -> Result<(), Stop<AmendWorker>> {
    if load::of_citizen(tx, other.id).await?.is_some() {
        return Err(Stop::Refused(AmendWorker::PhoneTaken));
    }
    Ok(citizens::absorb(tx, who.id, other).await?)
}

async fn save(
    tx: &Tx,
    row: &worker::Model,
    input: &AmendWorkerInput,
    read: &Read,
    card: &CitizenId,
) -> Result<(), Fault> {
    let ctx = tx.ctx();
    save::set_profile(tx, row.id, input.retirement_kind).await?;
    let profile = load::profile(tx, row.id).await?;
    let said: Option<RetirementKind> = load::said(profile.as_ref());
    let older = Parameters::of(tx).await?.older();
    let mut changed = worker::ActiveModel {
        id: Set(row.id),
        version: Set(row.version + 1),
        age_band: Set(ages::band(card, said, older, ctx.today()).name().to_owned()),
        over_age_from: Set(ages::over_age_soon(card, said, ctx.today())),
        updated_at: Set(ctx.now()),
        ..Default::default()
    };
    if let Some(name) = &read.name {
        changed.name_masked = Set(name.masked(Mask::Name));
    }
    if let Some(county) = &read.county {
        changed.county = Set(county.clone());
    }
    if let Some(km) = read.radius_km {
        changed.radius_km = Set(km);
    }
    if let Some(hours) = &input.hours {
        changed.hours = Set(WorkHours::mask(hours));
    }
    if let Some(point) = read.point {
        (changed.lat, changed.lng) = (Set(Some(point.0)), Set(Some(point.1)));
    } else if input.forget_point == Some(true) {
        (changed.lat, changed.lng) = (Set(None), Set(None));
    }
    if let Some(wants) = input.steady_job {
        changed.steady_job = Set(wants);
    }
    if let Some(wants) = input.training {
        changed.training = Set(wants);
    }
    changed.update(tx).await?;
    Ok(())
}
