//! Opening a case (提出办件): a front door for chapters above, inside their own transaction.

use kernel::calendar::Calendar;
use kernel::{Fault, Outcome, Pii, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, Condition, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, SqlErr};
use uuid::Uuid;

use crate::case_kind::{self, CaseKind};
use crate::events::CaseOpened;
use crate::kinds::{CaseStatus, Opener};
use crate::rows::case_file::{ActiveModel, Column, Entity, Model};
use crate::rules::clock;
use crate::rules::life::is_open;
use crate::rules::written::{REASON, fits};
use crate::store::{reference, timeline};

kernel::refusals! {
    /// Why no case was opened (不予登记).
    pub OpenCase => OpenCaseRefused, OpenCaseRefusalCode {
        /// Nothing written, or more than is kept.
        ReasonNeeded { least: usize, most: usize } @ "reason":
            "请写明事由和理由（{least}至{most}字）。" / "Say what it is about and why, in {least} to {most} characters.",
        /// One about the same is in hand.
        AlreadyOpen @ "subject":
            "您已就同一事项提出过，正在办理，请等待结果。" / "You asked about this already; it is in hand, please wait for the result.",
        /// One about the same was decided.
        AlreadyDecided { reference: String } @ "subject":
            "您就同一事项提出的 {reference} 号已办结，不再重复受理。" / "What you asked about this was decided under {reference}; it is not taken up again.",
    }
}

/// A case to be opened (新办件).
#[derive(Debug)]
pub struct NewCase {
    /// The code of its kind.
    pub kind: &'static str,
    /// What it is about.
    pub subject: Uuid,
    /// Who opens it.
    pub opened_by: Opener,
    /// The citizen it is for, where an official opens it at the counter.
    pub citizen: Option<Uuid>,
    /// What the person wrote or said.
    pub reason: Pii<String>,
}

/// Opens a case (提出办件) in the transaction of the chapter that knows what it is about, which has authorised it. It gets its
/// reference number and its last day at once, and is nobody's until an official takes it.
pub async fn open(tx: &Tx, new: NewCase) -> Result<Outcome, Stop<OpenCase>> {
    let ctx = tx.ctx();
    let kind = case_kind::of(ctx.kernel(), new.kind)?;
    if new.reason.try_map(|text| fits(text, &REASON).then_some(())).is_none() {
        return Err(Stop::Refused(OpenCase::ReasonNeeded { least: *REASON.start(), most: *REASON.end() }));
    }
    let before = before(tx, &new).await?;
    decide(&kind, before.as_ref()).map_err(Stop::Refused)?;
    let place = kind.matter.place(tx, new.subject).await?;
    let id = ctx.new_id();
    let reference = reference::take(tx, kind.prefix, ctx.today()).await?;
    let due = clock::due(Calendar::standard(), ctx.today(), kind.deadline.value, kind.deadline.count);
    let reason = new.reason.map(|text| text.trim().to_owned());
    let (opened_by_kind, opened_by) = new.opened_by.columns();
    let row = ActiveModel {
        id: Set(id),
        version: Set(1),
        reference: Set(reference),
        kind: Set(kind.code.to_owned()),
        subject_kind: Set(kind.subject.to_owned()),
        subject_id: Set(new.subject),
        opened_by_kind: Set(opened_by_kind),
        opened_by: Set(opened_by),
        citizen_id: Set(new.citizen.or(citizen(new.opened_by))),
        reason: Set(Some(ctx.keys().await?.seal("case_file", "reason", id, &reason)?)),
        status: Set(CaseStatus::Received),
        county: Set(place.county),
        market_id: Set(place.market),
        opened_at: Set(ctx.now()),
        due_on: Set(due.date),
        due_provisional: Set(due.provisional),
        rule_version: Set(kind.deadline.version.to_owned()),
        ..ActiveModel::default()
    };
    Entity::insert(row).exec_without_returning(tx).await.map_err(taken)?;
    timeline::opened(tx, id, new.opened_by);
    tx.announce(&CaseOpened { id, kind: kind.code.to_owned(), about: new.subject })?;
    Ok(Outcome::of("Case", id, 1))
}

const fn citizen(opener: Opener) -> Option<Uuid> {
    match opener {
        Opener::Citizen(id) => Some(id),
        Opener::Account(_) => None,
    }
}

/// The last case of this kind about the same thing that is of the same person and was not taken back: of the citizen, at the
/// counter or by itself, or else of whoever opened it.
async fn before(tx: &Tx, new: &NewCase) -> Result<Option<Model>, Fault> {
    let (by, id) = new.opened_by.columns();
    let same = match new.citizen.or(citizen(new.opened_by)) {
        Some(citizen) => Condition::all().add(Column::CitizenId.eq(citizen)),
        None => Condition::all().add(Column::OpenedByKind.eq(by)).add(Column::OpenedBy.eq(id)),
    };
    Ok(Entity::find()
        .filter(Column::Kind.eq(new.kind))
        .filter(Column::SubjectId.eq(new.subject))
        .filter(same)
        .filter(Column::Status.ne(CaseStatus::Withdrawn))
        .order_by_desc(Column::Id)
        .one(tx)
        .await?)
}

fn decide(kind: &CaseKind, before: Option<&Model>) -> Result<(), OpenCase> {
    match before {
        Some(row) if is_open(row.status) => Err(OpenCase::AlreadyOpen),
        Some(row) if !kind.repeatable => Err(OpenCase::AlreadyDecided { reference: row.reference.clone() }),
        _ => Ok(()),
    }
}

/// Two may open the same at one moment: the table takes the first, the second is told.
fn taken(error: DbErr) -> Stop<OpenCase> {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Stop::Refused(OpenCase::AlreadyOpen),
        _ => error.into(),
    }
}
