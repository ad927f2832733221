//! Attempts to prove a telephone number (验证码校验): counted before the code is looked at, so that parallel guesses cannot
//! pass together.

use kernel::checks::Phone;
use kernel::crypto::hash;
use kernel::fault::{Fault, Never, Stop};
use kernel::keys::KeyRing;
use kernel::{Ctx, Pii, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set};
use uuid::Uuid;

use super::rows::phone_code::{ActiveModel, Column, Entity};
use super::rules::codes::{self, PhoneCodePurpose};
use super::store;

/// A code that was right and is not used yet (已核验的验证码).
#[derive(Debug)]
pub(crate) struct Proof(Uuid);

impl Proof {
    /// Uses the code, in the transaction of what it is good for; false if it was used meanwhile.
    pub(crate) async fn use_up(&self, tx: &Tx) -> Result<bool, Fault> {
        let now = tx.ctx().now();
        let used = Entity::update_many()
            .col_expr(Column::UsedAt, Expr::value(now))
            .filter(Column::Id.eq(self.0))
            .filter(Column::UsedAt.is_null())
            .filter(Column::ExpiresAt.gt(now))
            .exec(tx)
            .await?;
        Ok(used.rows_affected == 1)
    }
}

/// What is kept of a code: under the tenant's key and bound to its row, since six digits alone are soon guessed.
fn kept(ring: &KeyRing, id: Uuid, code: &str) -> Vec<u8> {
    ring.blind("phone_code.code", &Pii::from(format!("{id}:{code}")))
}

/// Looks at a code that was sent to this number for this purpose: the newest one, as often as [`codes::TRIES`] says. `None` for
/// a wrong one, one that is over, and where none was sent: which, is not told.
pub(crate) async fn check(
    ctx: &Ctx,
    phone: &Phone,
    purpose: PhoneCodePurpose,
    typed: &str,
) -> Result<Option<Proof>, Fault> {
    let ring = ctx.keys().await?;
    let index = store::phone_index(&ring, phone);
    let taken: Result<Option<(Uuid, Vec<u8>)>, Stop<Never>> = ctx
        .quietly(|tx| async move {
            let newest = Entity::find()
                .filter(Column::PhoneIndex.eq(index))
                .filter(Column::Purpose.eq(purpose.name()))
                .order_by_desc(Column::Id)
                .lock_exclusive()
                .one(&tx)
                .await?;
            let live = |row: &super::rows::phone_code::Model| {
                row.used_at.is_none() && row.expires_at > tx.ctx().now() && row.tries < codes::TRIES
            };
            let Some(row) = newest.filter(live) else { return Ok(None) };
            Entity::update_many()
                .col_expr(Column::Tries, Expr::value(row.tries + 1))
                .filter(Column::Id.eq(row.id))
                .exec(&tx)
                .await?;
            Ok(Some((row.id, row.code_hash)))
        })
        .await;
    let Some((id, expected)) = taken.map_err(Stop::into_fault)? else { return Ok(None) };
    let right = codes::typed(typed).is_some_and(|code| kept(&ring, id, &code) == expected);
    Ok(right.then_some(Proof(id)))
}

/// Lets go of the codes that went to a number, found by its index; how many.
pub(crate) async fn forget(tx: &Tx, phone_index: &[u8]) -> Result<u64, Fault> {
    let of = Column::PhoneIndex.eq(phone_index.to_vec());
    Ok(Entity::delete_many().filter(of).exec(tx).await?.rows_affected)
}

/// Makes a code for this number and purpose; it is to be sent, and only its hash is kept.
pub(crate) async fn make(tx: &Tx, phone: &Phone, purpose: PhoneCodePurpose) -> Result<Pii<String>, Fault> {
    let ctx = tx.ctx();
    let (id, ring) = (ctx.new_id(), ctx.keys().await?);
    let code = codes::digits(hash::random_bytes().map_err(Fault::of("make a code"))?);
    let row = ActiveModel {
        id: Set(id),
        phone_index: Set(store::phone_index(&ring, phone)),
        purpose: Set(purpose.name().to_owned()),
        code_hash: Set(kept(&ring, id, &code)),
        tries: Set(0),
        created_at: Set(ctx.now()),
        expires_at: Set(ctx.now() + chrono::Duration::minutes(codes::GOOD_MINUTES)),
        used_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(Pii::from(code))
}
