//! Keys of persons (个人密钥): what the audit says about a person is sealed under a key of that person. Erasing the person
//! forgets the key: the entries stay as they are, the chain still holds, and nobody reads them any more.

use std::collections::{HashMap, HashSet};

use data_encoding::BASE64URL_NOPAD;
use entities::{audit_entry, person_key};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};
use serde_json::{Value, json};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::crypto::{Key, aead};
use crate::ctx::Ctx;
use crate::fault::Fault;
use crate::pii::Pii;
use crate::transact::Tx;

const TABLE: &str = "person_key";
const COLUMN: &str = "wrapped";
/// What stands for a note whose key is forgotten.
const ERASED: &str = "（已删除 / erased）";
/// What stands for a note that is none, or was moved.
const UNREADABLE: &str = "（无法读取 / unreadable）";

/// The row of a person, made when it is first needed.
async fn row_of(tx: &Tx, person: Uuid) -> Result<person_key::Model, Fault> {
    if let Some(row) = person_key::Entity::find_by_id(person).one(tx).await? {
        return Ok(row);
    }
    let ctx = tx.ctx();
    let mut fresh = Zeroizing::new([0_u8; 32]);
    crate::clock::fill_random(fresh.as_mut());
    let row = person_key::ActiveModel {
        person: Set(person),
        wrapped: Set(Some(ctx.keys().await?.seal_bytes(TABLE, COLUMN, person, fresh.as_ref())?)),
        created_at: Set(ctx.now()),
        forgotten_at: Set(None),
    };
    // Two who need it at the same moment keep the first.
    let keep = OnConflict::column(person_key::Column::Person).do_nothing().to_owned();
    person_key::Entity::insert(row).on_conflict(keep).exec_without_returning(tx).await?;
    let kept = person_key::Entity::find_by_id(person).one(tx).await?;
    kept.ok_or(Fault::internal("find the key of a person"))
}

/// The key in a row, if it was not forgotten.
async fn opened(ctx: &Ctx, row: &person_key::Model) -> Result<Option<Zeroizing<Key>>, Fault> {
    let Some(wrapped) = &row.wrapped else { return Ok(None) };
    let plain = Zeroizing::new(ctx.keys().await?.open_bytes(TABLE, COLUMN, row.person, wrapped)?);
    let key: Key = plain.as_slice().try_into().map_err(Fault::of("read the key of a person"))?;
    Ok(Some(Zeroizing::new(key)))
}

/// Forgets the key of a person, for good: the row stays, so that no other is made.
pub(crate) async fn forget(tx: &Tx, person: Uuid) -> Result<(), Fault> {
    row_of(tx, person).await?;
    person_key::Entity::update_many()
        .col_expr(person_key::Column::Wrapped, Expr::value(Option::<Vec<u8>>::None))
        .col_expr(person_key::Column::ForgottenAt, Expr::value(tx.ctx().now()))
        .filter(person_key::Column::Person.eq(person))
        .exec(tx)
        .await?;
    Ok(())
}

fn aad(ctx: &Ctx, person: Uuid, name: &str) -> Vec<u8> {
    aead::aad(&ctx.tenant().code, "audit_entry", name, &person.to_string())
}

/// A note about a person as the audit keeps it.
pub(crate) async fn seal(tx: &Tx, person: Uuid, name: &str, value: &Pii<String>) -> Result<Value, Fault> {
    let row = row_of(tx, person).await?;
    let Some(key) = opened(tx.ctx(), &row).await? else { return Ok(json!({ "person": person, "sealed": null })) };
    let sealed = aead::seal(&key, 0, &aad(tx.ctx(), person, name), value.expose().as_bytes());
    let sealed = sealed.map_err(Fault::of("seal a note about a person"))?;
    Ok(json!({ "person": person, "sealed": BASE64URL_NOPAD.encode(&sealed) }))
}

/// Whose note it is, and what is sealed in it, if it is one.
fn read(note: &Value) -> Option<(Uuid, Option<Vec<u8>>)> {
    let note = note.as_object().filter(|note| note.len() == 2)?;
    let person = note.get("person")?.as_str()?.parse().ok()?;
    let sealed = match note.get("sealed")? {
        Value::Null => None,
        sealed => Some(BASE64URL_NOPAD.decode(sealed.as_str()?.as_bytes()).ok()?),
    };
    Some((person, sealed))
}

/// Opens the notes of entries for those who may read the audit: one statement, however many there are.
pub(crate) async fn open_notes(ctx: &Ctx, entries: &mut [audit_entry::Model]) -> Result<(), Fault> {
    let notes = entries.iter().filter_map(|entry| entry.detail.as_object()).flat_map(|detail| detail.values());
    let persons: HashSet<Uuid> = notes.filter_map(|note| read(note).map(|(person, _)| person)).collect();
    let rows = person_key::Entity::find().filter(person_key::Column::Person.is_in(persons)).all(&ctx.scope()).await?;
    let mut keys = HashMap::new();
    for row in rows {
        if let Some(key) = opened(ctx, &row).await? {
            keys.insert(row.person, key);
        }
    }
    for entry in entries {
        let Some(detail) = entry.detail.as_object_mut() else { continue };
        for (name, note) in detail.iter_mut() {
            let Some((person, sealed)) = read(note) else { continue };
            *note = match (keys.get(&person), sealed) {
                // Details of other kinds may look alike: one that does not open must not take the page away.
                (Some(key), Some(sealed)) => {
                    match aead::open(|_| Some(key.clone()), &aad(ctx, person, name), &sealed) {
                        Ok(plain) => String::from_utf8_lossy(&plain).into_owned().into(),
                        Err(_) => UNREADABLE.into(),
                    }
                }
                _ => ERASED.into(),
            };
        }
    }
    Ok(())
}
