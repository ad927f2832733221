//! How to reach the two sides (联系方式): opened for the other side of a place that was confirmed, for the slip, and for text messages.

use entities::{citizen, hiring_party};
use kernel::{Ctx, Fault, Lang, Pii};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use std::collections::HashMap;
use uuid::Uuid;

/// A name and a number.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    /// The name, once it was given.
    pub name: Option<Pii<String>>,
    /// The number, if there is one.
    pub phone: Option<Pii<String>>,
    /// The language of messages.
    pub lang: Lang,
}

/// How to reach citizens, opened, by citizen: one statement.
pub async fn citizens(db: &impl ConnectionTrait, ctx: &Ctx, ids: &[Uuid]) -> Result<HashMap<Uuid, Contact>, Fault> {
    use citizen::Column as Of;
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, Option<Vec<u8>>, Option<Vec<u8>>, String)> = citizen::Entity::find()
        .select_only()
        .columns([Of::Id, Of::Name, Of::Phone, Of::Lang])
        .filter(Of::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let ring = ctx.keys().await?;
    let mut found = HashMap::new();
    for (id, name, phone, lang) in rows {
        let open = |column: &str, sealed: Option<Vec<u8>>| {
            sealed.map(|sealed| ring.open("citizen", column, id, &sealed)).transpose()
        };
        let contact = Contact { name: open("name", name)?, phone: open("phone", phone)?, lang: Lang::from_code(&lang) };
        found.insert(id, contact);
    }
    Ok(found)
}

/// How to reach a hiring party, opened.
pub async fn party(ctx: &Ctx, row: &hiring_party::Model) -> Result<Contact, Fault> {
    let ring = ctx.keys().await?;
    let open = |column: &str, sealed: &[u8]| ring.open("hiring_party", column, row.id, sealed);
    Ok(Contact {
        name: Some(open("contact_name", &row.contact_name)?),
        phone: Some(open("contact_phone", &row.contact_phone)?),
        lang: Lang::Zh,
    })
}

/// The name of a hiring party as a slip says it: of a unit its own, of a person the person's, opened.
pub async fn party_name(ctx: &Ctx, row: &hiring_party::Model) -> Result<Pii<String>, Fault> {
    match &row.name {
        Some(sealed) => ctx.keys().await?.open("hiring_party", "name", row.id, sealed),
        None => Ok(Pii::new(row.display_name.clone())),
    }
}
