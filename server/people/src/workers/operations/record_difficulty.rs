//! Writing down hardship (记录困难情形): sensitive, so with a consent of its own, which the registration does not carry.

use kernel::fault::Stop;
use kernel::{Ctx, Fault, Once, Outcome, Pii, Tx, blob};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};
use uuid::Uuid;

use crate::citizens::consents::{self, ConsentForm, ConsentPurpose};
use crate::citizens::store as citizens;
use crate::rules::contact;
use crate::workers::kinds::{DifficultyBasis, DifficultyKind};
use crate::workers::policy;
use crate::workers::rows::worker_difficulty;
use crate::workers::store::{save, visible};

kernel::refusals! {
    /// Why the hardship was not written down (不予记录困难情形).
    pub RecordDifficulty => RecordDifficultyRefused, RecordDifficultyRefusalCode {
        /// The consent is none.
        Consent { zh: String, en: String } @ "input.consent": "{zh}" / "{en}",
        /// The registration is closed.
        Closed @ "workerId": "该登记已注销，请重新登记。" / "This registration is closed; register again.",
        /// It is written down.
        AlreadyRecorded @ "input.kind":
            "该情形已经记录；如需更正，请先撤回原来的单独同意，再重新记录。" /
            "It is written down already; to correct it, withdraw its consent first and write it down again.",
        /// Only an office certifies.
        DeclaredOnly @ "input.basis": "本人只能申报；经认定的情形由经办人员凭认定材料记录。" /
            "A person declares; what an office certified is written down by staff who saw the paper.",
        /// Who certified it, and when, is missing.
        CertificationMissing @ "input.certifiedBy":
            "经认定的情形须填写认定机构（不超过100字）和不晚于今天的认定日期。" /
            "What is certified needs the office, in at most 100 characters, and a day that is not in the future.",
        /// It is over.
        Over @ "input.validUntil": "有效期已过，请核对认定材料。" / "It is over; look at the paper again.",
        /// The scan is none.
        EvidenceUnknown @ "input.evidence": "请先上传证明材料，每份只用一次。" / "Upload the scan first; each is used once.",
    }
}

/// What is to be written down.
#[derive(Clone)]
pub struct DifficultyForm {
    /// Which hardship.
    pub kind: DifficultyKind,
    /// What it rests on.
    pub basis: DifficultyBasis,
    /// The separate consent.
    pub consent: ConsentForm,
    /// The scan that proves it.
    pub evidence: Option<Uuid>,
    /// The last day on which it counts.
    pub valid_until: Option<chrono::NaiveDate>,
    /// The office that certified it.
    pub certified_by: Option<String>,
    /// When it did.
    pub certified_on: Option<chrono::NaiveDate>,
}

/// What finds the rows of a kind.
pub(crate) fn kind_index(ring: &kernel::keys::KeyRing, kind: DifficultyKind) -> Vec<u8> {
    ring.blind("worker_difficulty.kind", &Pii::from(kind.name()))
}

/// Writes hardship of a worker down (记录困难情形); the outcome is the worker.
pub async fn record_difficulty(
    ctx: &Ctx,
    worker: Uuid,
    form: DifficultyForm,
    once: Option<Once>,
) -> Result<Outcome, Stop<RecordDifficulty>> {
    let phone = phone_of(ctx, worker).await?;
    let proof = consents::prove(ctx, &form.consent, phone.as_ref()).await?;
    ctx.transact_once(&policy::DIFFICULTY, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::DIFFICULTY, worker).await?;
        if row.status != "ACTIVE" {
            return Err(Stop::Refused(RecordDifficulty::Closed));
        }
        let office = decide(tx.ctx(), &form).map_err(Stop::Refused)?;
        let ring = tx.ctx().keys().await?;
        let index = kind_index(&ring, form.kind);
        let known = worker_difficulty::Entity::find()
            .filter(worker_difficulty::Column::WorkerId.eq(worker))
            .filter(worker_difficulty::Column::KindIndex.eq(index.clone()));
        if known.one(&tx).await?.is_some() {
            return Err(Stop::Refused(RecordDifficulty::AlreadyRecorded));
        }
        let place = visible::place_of(tx.ctx(), &row).await?;
        let given = consents::take(&tx, form.consent.clone(), proof.as_ref(), &policy::DIFFICULTY, &place).await?;
        let given = given.map_err(|flaw| {
            let (zh, en) = flaw.texts();
            Stop::Refused(RecordDifficulty::Consent { zh, en })
        })?;
        keep_evidence(&tx, form.evidence).await?;
        let consent = consents::write(&tx, row.citizen_id, ConsentPurpose::Difficulty, &given).await?;
        let id = tx.ctx().new_id();
        let seal = |column: &str, value: &Pii<String>| ring.seal("worker_difficulty", column, id, value);
        let difficulty = worker_difficulty::ActiveModel {
            id: Set(id),
            worker_id: Set(worker),
            kind: Set(seal("kind", &form.kind.name().into())?),
            kind_index: Set(index),
            basis: Set(form.basis.name().to_owned()),
            evidence: Set(form.evidence),
            valid_until: Set(form.valid_until),
            certified_on: Set(form.certified_on.filter(|_| office.is_some())),
            certified_by: Set(office.map(|office| seal("certified_by", &office)).transpose()?),
            consent_id: Set(consent),
            recorded_by: Set(tx.ctx().actor().account_id()),
            created_at: Set(tx.ctx().now()),
        };
        worker_difficulty::Entity::insert(difficulty).exec_without_returning(&tx).await?;
        save::touch(&tx, &row).await?;
        Ok(Outcome::of("Worker", worker, row.version + 1))
    })
    .await
}

/// The number to which the code of a consent came. Who may know whose it is, is asked inside.
async fn phone_of(ctx: &Ctx, worker: Uuid) -> Result<Option<kernel::checks::Phone>, Fault> {
    let scope = ctx.scope();
    let row = crate::workers::store::load::worker(&scope, worker).await?;
    let person = citizens::person(ctx, &citizens::citizen(&scope, row.citizen_id).await?).await?;
    Ok(person
        .phone
        .and_then(|number| number.try_map(|text| kernel::checks::Phone::parse(text).ok()))
        .map(citizens::plain))
}

/// The office that certified it, if one did.
fn decide(ctx: &Ctx, form: &DifficultyForm) -> Result<Option<Pii<String>>, RecordDifficulty> {
    let today = ctx.today();
    if form.valid_until.is_some_and(|until| until < today) {
        return Err(RecordDifficulty::Over);
    }
    if form.basis == DifficultyBasis::Declared {
        return Ok(None);
    }
    if ctx.actor().citizen_id().is_some() {
        return Err(RecordDifficulty::DeclaredOnly);
    }
    let office = form.certified_by.as_deref().and_then(|office| contact::line(office, 100));
    let seen = form.certified_on.is_some_and(|day| day <= today);
    office.filter(|_| seen).map(|office| Some(office.into())).ok_or(RecordDifficulty::CertificationMissing)
}

async fn keep_evidence(tx: &Tx, evidence: Option<Uuid>) -> Result<(), Stop<RecordDifficulty>> {
    let Some(scan) = evidence else { return Ok(()) };
    match blob::keep(tx, scan, &blob::PERSON_PAPER).await {
        Ok(Some(_)) => Ok(()),
        Ok(None) | Err(Fault::NotFound) => Err(Stop::Refused(RecordDifficulty::EvidenceUnknown)),
        Err(fault) => Err(Stop::Fault(fault)),
    }
}
