//! The party's own row (用工主体行): changed under its version.

use entities::hiring_party::{self, Column};
use kernel::keys::KeyRing;
use kernel::{Fault, Pii, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::parties::rules::registration::Called;

/// The table, as seals name it.
pub const TABLE: &str = "hiring_party";

/// What finds the parties of a number.
pub fn contact_index(ring: &KeyRing, sought: &Pii<String>) -> Vec<u8> {
    ring.blind("hiring_party.contact", sought)
}

/// Writes a change over the version that was read; whether nobody else was faster.
pub async fn change(tx: &Tx, row: &hiring_party::Model, mut change: hiring_party::ActiveModel) -> Result<bool, Fault> {
    change.version = Set(row.version + 1);
    change.updated_at = Set(tx.ctx().now());
    let done = hiring_party::Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(row.version))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Something that hangs on the party was changed: its own version stays, since its form does not have it.
pub async fn touch(tx: &Tx, party: Uuid) -> Result<(), Fault> {
    hiring_party::Entity::update_many()
        .col_expr(Column::UpdatedAt, Expr::value(tx.ctx().now()))
        .filter(Column::Id.eq(party))
        .exec(tx)
        .await?;
    Ok(())
}

/// The party that has this code.
pub async fn of_code(db: &impl ConnectionTrait, uscc: &str) -> Result<Option<hiring_party::Model>, Fault> {
    Ok(hiring_party::Entity::find().filter(Column::Uscc.eq(uscc)).one(db).await?)
}

/// Seals who is called.
pub fn set_contact(
    ring: &KeyRing,
    change: &mut hiring_party::ActiveModel,
    id: Uuid,
    name: &Pii<String>,
    phone: &Called,
) -> Result<(), Fault> {
    change.contact_name = Set(ring.seal(TABLE, "contact_name", id, name)?);
    change.contact_phone = Set(ring.seal(TABLE, "contact_phone", id, &phone.shown)?);
    change.contact_index = Set(contact_index(ring, &phone.sought));
    Ok(())
}
