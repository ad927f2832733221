//! Citizens as they are kept (个人用户存取): sealed values, what finds them, sessions.

use chrono::{DateTime, Utc};
use entities::{citizen, hiring_party, party_member};
use kernel::checks::citizen_id::Sex;
use kernel::checks::{CitizenId, Phone};
use kernel::invalidate::SESSIONS;
use kernel::keys::KeyRing;
use kernel::personal::CitizenPerson;
use kernel::{Ctx, Fault, Pii, Tx, sms};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ActiveValue, ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _,
    QuerySelect as _, Set,
};
use uuid::Uuid;

use super::attempts;
use super::events::CitizensMerged;
use super::rows::{citizen_merger, citizen_session, consent};

/// What finds a citizen by its number.
pub(crate) fn phone_index(ring: &KeyRing, phone: &Phone) -> Vec<u8> {
    ring.blind("citizen.phone", &Pii::from(phone.e164()))
}

/// What finds a citizen by its citizen number.
pub(crate) fn id_index(ring: &KeyRing, id: &CitizenId) -> Vec<u8> {
    ring.blind("citizen.id_number", &Pii::from(id.reveal()))
}

/// The citizen of this id.
pub(crate) async fn citizen(db: &impl ConnectionTrait, id: Uuid) -> Result<citizen::Model, Fault> {
    citizen::Entity::find_by_id(id).one(db).await?.ok_or(Fault::NotFound)
}

/// As [`citizen`], held until the transaction ends.
pub(crate) async fn lock(tx: &Tx, id: Uuid) -> Result<citizen::Model, Fault> {
    citizen::Entity::find_by_id(id).lock_exclusive().one(tx).await?.ok_or(Fault::NotFound)
}

/// The citizen with this number.
pub(crate) async fn by_phone(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    phone: &Phone,
) -> Result<Option<citizen::Model>, Fault> {
    let index = phone_index(ctx.keys().await?.as_ref(), phone);
    Ok(citizen::Entity::find().filter(citizen::Column::PhoneIndex.eq(index)).one(db).await?)
}

/// The citizen with this citizen number.
pub(crate) async fn by_id_number(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    id: &CitizenId,
) -> Result<Option<citizen::Model>, Fault> {
    let index = id_index(ctx.keys().await?.as_ref(), id);
    Ok(citizen::Entity::find().filter(citizen::Column::IdIndex.eq(index)).one(db).await?)
}

/// A sealed value of a citizen, opened.
pub(crate) fn open(
    ring: &KeyRing,
    id: Uuid,
    column: &str,
    sealed: Option<&[u8]>,
) -> Result<Option<Pii<String>>, Fault> {
    sealed.map(|sealed| ring.open("citizen", column, id, sealed)).transpose()
}

/// The citizen as a person, opened.
pub(crate) async fn person(ctx: &Ctx, row: &citizen::Model) -> Result<CitizenPerson, Fault> {
    let ring = ctx.keys().await?;
    Ok(CitizenPerson {
        citizen: row.id,
        name: open(&ring, row.id, "name", row.name.as_deref())?,
        phone: open(&ring, row.id, "phone", row.phone.as_deref())?,
        id_number: open(&ring, row.id, "id_number", row.id_number.as_deref())?,
        merged: Vec::new(),
    })
}

/// A citizen with all the entries that turned out to be its own: of none of them anything is left once it is erased.
pub(crate) async fn whole_person(tx: &Tx, row: &citizen::Model) -> Result<CitizenPerson, Fault> {
    let entries = citizen_merger::Entity::find()
        .select_only()
        .column(citizen_merger::Column::EntryId)
        .filter(citizen_merger::Column::CitizenId.eq(row.id));
    let merged = entries.into_tuple().all(tx).await?;
    Ok(CitizenPerson { merged, ..person(tx.ctx(), row).await? })
}

/// Writes down whose an entry is from now on, and with it the entries that were its own.
async fn write_merger(tx: &Tx, into: Uuid, from: Uuid) -> Result<(), Fault> {
    citizen_merger::Entity::update_many()
        .col_expr(citizen_merger::Column::CitizenId, Expr::value(into))
        .filter(citizen_merger::Column::CitizenId.eq(from))
        .exec(tx)
        .await?;
    let row = citizen_merger::ActiveModel { entry_id: Set(from), citizen_id: Set(into), at: Set(tx.ctx().now()) };
    citizen_merger::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// What becomes of somebody's telephone number.
#[derive(Clone, Debug, Default)]
pub(crate) enum Number {
    /// It stays.
    #[default]
    Same,
    /// There is none from now on.
    Gone,
    /// It is this one from now on.
    Is(Phone),
}

impl Number {
    /// Of a form in which somebody wrote a number, or that there is none.
    pub(crate) fn of(written: Option<Phone>) -> Self {
        written.map_or(Self::Gone, Self::Is)
    }

    /// The new one.
    pub(crate) const fn phone(&self) -> Option<&Phone> {
        match self {
            Self::Is(phone) => Some(phone),
            Self::Same | Self::Gone => None,
        }
    }
}

/// What is to be known of a citizen from now on; what is missing stays as it is.
#[derive(Default)]
pub(crate) struct Known {
    /// The name.
    pub(crate) name: Option<Pii<String>>,
    /// The citizen number.
    pub(crate) id_number: Option<CitizenId>,
    /// The telephone number.
    pub(crate) phone: Number,
    /// Was the number proved?
    pub(crate) proved: bool,
    /// Which notice was shown.
    pub(crate) notice: Option<String>,
}

impl Known {
    /// The columns it fills in the row of this id.
    fn fill(self, ctx: &Ctx, ring: &KeyRing, id: Uuid, row: &mut citizen::ActiveModel) -> Result<(), Fault> {
        let seal = |column: &str, value: &Pii<String>| ring.seal("citizen", column, id, value);
        if let Some(name) = &self.name {
            row.name = Set(Some(seal("name", name)?));
        }
        if let Some(number) = &self.id_number {
            row.id_number = Set(Some(seal("id_number", &Pii::from(number.reveal()))?));
            row.id_index = Set(Some(id_index(ring, number)));
            row.birth_year = Set(Some(chrono::Datelike::year(&number.birth_date())));
            row.sex = Set(Some(match number.sex() {
                Sex::Male => 1,
                Sex::Female => 2,
            }));
        }
        if matches!(self.phone, Number::Same) {
            if self.proved {
                row.phone_proved_at = Set(Some(ctx.now()));
            }
        } else {
            let phone = self.phone.phone();
            row.phone = Set(phone.map(|phone| seal("phone", &Pii::from(phone.e164()))).transpose()?);
            row.phone_index = Set(phone.map(|phone| phone_index(ring, phone)));
            row.phone_proved_at = Set(phone.filter(|_| self.proved).map(|_| ctx.now()));
        }
        if let Some(version) = self.notice {
            row.notice_version = Set(Some(version));
        }
        row.updated_at = Set(ctx.now());
        Ok(())
    }
}

/// Makes a citizen; its id.
pub(crate) async fn insert(tx: &Tx, known: Known) -> Result<Uuid, Fault> {
    let ctx = tx.ctx();
    let (id, ring) = (ctx.new_id(), ctx.keys().await?);
    let mut row = citizen::ActiveModel {
        id: Set(id),
        version: Set(1),
        status: Set("ACTIVE".to_owned()),
        phone: Set(None),
        phone_index: Set(None),
        phone_proved_at: Set(None),
        name: Set(None),
        id_number: Set(None),
        id_index: Set(None),
        birth_year: Set(None),
        sex: Set(None),
        lang: Set(ctx.lang().code().to_owned()),
        notice_version: Set(None),
        created_at: Set(ctx.now()),
        updated_at: Set(ctx.now()),
    };
    known.fill(ctx, &ring, id, &mut row)?;
    citizen::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(id)
}

/// Writes down what is known of a citizen from now on; the row is held.
pub(crate) async fn amend(tx: &Tx, row: &citizen::Model, known: Known) -> Result<(), Fault> {
    let (ctx, id) = (tx.ctx(), row.id);
    let ring = ctx.keys().await?;
    let number_stays = match &known.phone {
        Number::Same => true,
        Number::Is(number) => row.phone_index == Some(phone_index(&ring, number)),
        Number::Gone => false,
    };
    if !number_stays {
        leave_number(tx, &ring, row).await?;
    }
    let mut changed = citizen::ActiveModel { version: Set(row.version + 1), ..Default::default() };
    known.fill(ctx, &ring, id, &mut changed)?;
    citizen::Entity::update_many().set(changed).filter(citizen::Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}

/// A number is somebody's no more, and soon another's: codes and messages go along with it, for nobody would find them again.
async fn leave_number(tx: &Tx, ring: &KeyRing, row: &citizen::Model) -> Result<(), Fault> {
    if let Some(index) = &row.phone_index {
        attempts::forget(tx, index).await?;
    }
    if let Some(number) = open(ring, row.id, "phone", row.phone.as_deref())?
        && let Some(index) = sms::index(tx.ctx(), &number).await?
    {
        sms::forget(tx, &index).await?;
    }
    Ok(())
}

/// Gives a citizen another status; the row is held.
pub(crate) async fn set_status(tx: &Tx, row: &citizen::Model, status: &str) -> Result<(), Fault> {
    let changed = citizen::ActiveModel {
        status: Set(status.to_owned()),
        version: Set(row.version + 1),
        updated_at: Set(tx.ctx().now()),
        ..Default::default()
    };
    citizen::Entity::update_many().set(changed).filter(citizen::Column::Id.eq(row.id)).exec(tx).await?;
    Ok(())
}

/// Ends one session, at once and in every process.
pub(crate) async fn end_session(tx: &Tx, id: Uuid) -> Result<(), Fault> {
    tx.about("CitizenSession", id);
    end(tx, citizen_session::Column::Id.eq(id)).await.map(|_| ())
}

/// Ends the sessions of a citizen, all or all but one; how many.
pub(crate) async fn end_sessions(tx: &Tx, citizen: Uuid, except: Option<Uuid>) -> Result<u64, Fault> {
    let mut which = citizen_session::Column::CitizenId.eq(citizen);
    if let Some(except) = except {
        which = which.and(citizen_session::Column::Id.ne(except));
    }
    end(tx, which).await
}

async fn end(tx: &Tx, which: SimpleExpr) -> Result<u64, Fault> {
    let ended = citizen_session::Entity::update_many()
        .col_expr(citizen_session::Column::RevokedAt, Expr::value(tx.ctx().now()))
        .filter(which)
        .filter(citizen_session::Column::RevokedAt.is_null())
        .exec(tx)
        .await?
        .rows_affected;
    if ended > 0 {
        tx.invalidate(SESSIONS);
    }
    Ok(ended)
}

/// Two entries are one person: what the second acts for goes over to the first, its sessions end, and nothing personal is
/// left in it. Its row stays, blocked, because chapters above may point at it until they have heard of the merger.
pub(crate) async fn absorb(tx: &Tx, into: Uuid, from: &citizen::Model) -> Result<(), Fault> {
    end_sessions(tx, from.id, None).await?;
    let own = party_member::Entity::find().filter(party_member::Column::CitizenId.eq(into)).all(tx).await?;
    let parties: Vec<Uuid> = own.into_iter().map(|member| member.party_id).collect();
    party_member::Entity::delete_many()
        .filter(party_member::Column::CitizenId.eq(from.id))
        .filter(party_member::Column::PartyId.is_in(parties))
        .exec(tx)
        .await?;
    party_member::Entity::update_many()
        .col_expr(party_member::Column::CitizenId, Expr::value(into))
        .filter(party_member::Column::CitizenId.eq(from.id))
        .exec(tx)
        .await?;
    hiring_party::Entity::update_many()
        .col_expr(hiring_party::Column::CitizenId, Expr::value(into))
        .filter(hiring_party::Column::CitizenId.eq(from.id))
        .exec(tx)
        .await?;
    crate::parties::personal::merge(tx, into, from.id).await?;
    consent::Entity::update_many()
        .col_expr(consent::Column::CitizenId, Expr::value(into))
        .filter(consent::Column::CitizenId.eq(from.id))
        .exec(tx)
        .await?;
    let nothing: ActiveValue<Option<Vec<u8>>> = Set(None);
    let never: ActiveValue<Option<DateTime<Utc>>> = Set(None);
    let husk = citizen::ActiveModel {
        version: Set(from.version + 1),
        status: Set("BLOCKED".to_owned()),
        phone: nothing.clone(),
        phone_index: nothing.clone(),
        phone_proved_at: never,
        name: nothing.clone(),
        id_number: nothing.clone(),
        id_index: nothing,
        birth_year: Set(None),
        sex: Set(None),
        updated_at: Set(tx.ctx().now()),
        ..Default::default()
    };
    citizen::Entity::update_many().set(husk).filter(citizen::Column::Id.eq(from.id)).exec(tx).await?;
    write_merger(tx, into, from.id).await?;
    tx.announce(&CitizensMerged { into, from: from.id })
}

/// A number that was read out of its wrapping: its own type says it masked.
pub(crate) fn plain(number: Pii<Phone>) -> Phone {
    number.expose().clone()
}

/// A citizen number that was opened: its own type says it masked.
pub(crate) fn id_plain(number: &Pii<String>) -> Option<CitizenId> {
    CitizenId::parse(number.expose()).ok()
}

/// What finds the citizen with this number, if there is a number.
pub(crate) async fn phone_index_of(ctx: &Ctx, phone: Option<&Phone>) -> Result<Option<Vec<u8>>, Fault> {
    let ring = ctx.keys().await?;
    Ok(phone.map(|phone| phone_index(&ring, phone)))
}
