//! Whose entry a registration belongs to (登记归属): one person is one citizen, however often and wherever it comes.

use entities::citizen;
use kernel::checks::{CitizenId, Phone};
use kernel::{Fault, Tx};
use uuid::Uuid;

use crate::citizens::store;

/// Who comes to be registered, or is amended, as far as numbers tell.
pub(super) struct Comer<'a> {
    /// The citizen number.
    pub(super) id: &'a CitizenId,
    /// The telephone number, if there is one.
    pub(super) phone: Option<&'a Phone>,
    /// Did a code come back from that number?
    pub(super) proved: bool,
}

/// Whose entry it is.
pub(super) enum Whose {
    /// Nobody's yet.
    New,
    /// This citizen's.
    Of(citizen::Model),
    /// This citizen's, who is also the second one: the two become one.
    Both(citizen::Model, citizen::Model),
    /// The telephone number is that of somebody else, as far as is known.
    PhoneTaken,
}

/// Finds the citizens that the numbers name, and holds them.
pub(super) async fn whose(tx: &Tx, comer: &Comer<'_>) -> Result<Whose, Fault> {
    let ctx = tx.ctx();
    let by_id = store::by_id_number(ctx, tx, comer.id).await?;
    let by_phone = match comer.phone {
        Some(phone) => store::by_phone(ctx, tx, phone).await?,
        None => None,
    };
    let by_id = held(tx, by_id.map(|row| row.id)).await?;
    let by_phone = held(tx, by_phone.map(|row| row.id)).await?;
    Ok(match (by_id, by_phone) {
        (None, None) => Whose::New,
        (Some(row), None) => Whose::Of(row),
        (Some(row), Some(other)) if row.id == other.id => Whose::Of(row),
        // A number that nobody proved, in the entry of whoever else has a card of its own: one of the two was mistyped.
        (_, Some(other)) if other.id_number.is_some() || !comer.proved => Whose::PhoneTaken,
        (None, Some(other)) => Whose::Of(other),
        (Some(row), Some(other)) => Whose::Both(row, other),
    })
}

async fn held(tx: &Tx, id: Option<Uuid>) -> Result<Option<citizen::Model>, Fault> {
    match id {
        Some(id) => store::lock(tx, id).await.map(Some),
        None => Ok(None),
    }
}
