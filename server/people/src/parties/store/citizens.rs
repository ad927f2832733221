//! The citizens behind parties (个人用户): found by what they proved, and made at the counter where they are not known yet.

use entities::citizen::{self, Column};
use kernel::keys::KeyRing;
use kernel::{Ctx, Fault, Pii, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use crate::parties::rules::registration::Identity;

const TABLE: &str = "citizen";

/// What finds the citizen of a mobile number.
pub fn phone_index(ring: &KeyRing, e164: &Pii<String>) -> Vec<u8> {
    ring.blind("citizen.phone", e164)
}

/// What finds the citizen of a citizen number.
pub fn id_index(ring: &KeyRing, id_number: &Pii<String>) -> Vec<u8> {
    ring.blind("citizen.id_number", id_number)
}

/// The citizen, held until the end of the transaction.
pub async fn held(tx: &Tx, id: Uuid) -> Result<citizen::Model, Fault> {
    citizen::Entity::find_by_id(id).lock_exclusive().one(tx).await?.ok_or(Fault::NotFound)
}

/// The citizen who proved this number.
pub async fn of_proved_phone(
    db: &impl ConnectionTrait,
    ring: &KeyRing,
    e164: &Pii<String>,
) -> Result<Option<citizen::Model>, Fault> {
    let row = citizen::Entity::find()
        .filter(Column::PhoneIndex.eq(phone_index(ring, e164)))
        .filter(Column::PhoneProvedAt.is_not_null())
        .filter(Column::Status.eq("ACTIVE"))
        .one(db)
        .await?;
    Ok(row)
}

/// The citizen of this citizen number, held.
pub async fn of_identity(tx: &Tx, ring: &KeyRing, id_number: &Pii<String>) -> Result<Option<citizen::Model>, Fault> {
    let of = citizen::Entity::find().filter(Column::IdIndex.eq(id_index(ring, id_number)));
    Ok(of.lock_exclusive().one(tx).await?)
}

/// The name, opened, where one was given.
pub fn name(ring: &KeyRing, row: &citizen::Model) -> Result<Option<Pii<String>>, Fault> {
    row.name.as_deref().map(|sealed| ring.open(TABLE, "name", row.id, sealed)).transpose()
}

/// The number, opened, where one was given.
pub fn phone(ring: &KeyRing, row: &citizen::Model) -> Result<Option<Pii<String>>, Fault> {
    row.phone.as_deref().map(|sealed| ring.open(TABLE, "phone", row.id, sealed)).transpose()
}

/// The citizen number, opened, where one was given.
pub fn id_number(ring: &KeyRing, row: &citizen::Model) -> Result<Option<Pii<String>>, Fault> {
    row.id_number.as_deref().map(|sealed| ring.open(TABLE, "id_number", row.id, sealed)).transpose()
}

/// What an identity becomes in the row of a citizen.
fn sealed(ring: &KeyRing, id: Uuid, of: &Identity, ctx: &Ctx) -> Result<citizen::ActiveModel, Fault> {
    Ok(citizen::ActiveModel {
        name: Set(Some(ring.seal(TABLE, "name", id, &of.name)?)),
        id_number: Set(Some(ring.seal(TABLE, "id_number", id, &of.id_number)?)),
        id_index: Set(Some(id_index(ring, &of.id_number))),
        birth_year: Set(Some(of.birth_year)),
        sex: Set(Some(of.sex)),
        updated_at: Set(ctx.now()),
        ..citizen::ActiveModel::default()
    })
}

/// Writes down who a citizen is, who had not said so before.
pub async fn identify(tx: &Tx, ring: &KeyRing, row: &citizen::Model, of: &Identity) -> Result<(), Fault> {
    let change = citizen::ActiveModel { version: Set(row.version + 1), ..sealed(ring, row.id, of, tx.ctx())? };
    citizen::Entity::update_many().set(change).filter(Column::Id.eq(row.id)).exec(tx).await?;
    Ok(())
}

/// A citizen who came to a counter and proved no number.
pub async fn enter(tx: &Tx, ring: &KeyRing, of: &Identity) -> Result<Uuid, Fault> {
    let ctx = tx.ctx();
    let id = ctx.new_id();
    let row = citizen::ActiveModel {
        id: Set(id),
        version: Set(1),
        status: Set("ACTIVE".to_owned()),
        phone: Set(None),
        phone_index: Set(None),
        phone_proved_at: Set(None),
        lang: Set(kernel::Lang::Zh.code().to_owned()),
        notice_version: Set(None),
        created_at: Set(ctx.now()),
        ..sealed(ring, id, of, ctx)?
    };
    // Two counters may enter one person at one moment: the first row is the one.
    let first = OnConflict::new().do_nothing().to_owned();
    citizen::Entity::insert(row).on_conflict(first).exec_without_returning(tx).await?;
    let entered = of_identity(tx, ring, &of.id_number).await?;
    entered.map(|row| row.id).ok_or(Fault::internal("enter a citizen"))
}
