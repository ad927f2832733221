//! The liaison persons of a city, and of all cities at the province.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entities::account;
use kernel::fault::Fault;
use kernel::kernel::TenantInfo;
use kernel::keys::KeyRing;
use kernel::{Ctx, Mask, Pii, Place, gql};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::rows::{liaison, platform_liaison};
use crate::schema::types::Liaison;
use crate::{policy, queries};

/// Persons of the history that are shown at most.
const HISTORY: u64 = 100;

/// The present liaison person; masked for those without [`policy::READ_LIAISON`].
pub(crate) async fn present_liaison(ctx: &Ctx) -> Result<Liaison, Fault> {
    let rows = queries::liaisons(&ctx.scope(), 1).await?;
    shown(ctx, rows).await?.pop().ok_or(Fault::NotFound)
}

/// The liaison persons, the present one first.
pub(crate) async fn liaison_history(ctx: &Ctx) -> Result<Vec<Liaison>, Fault> {
    let rows = queries::liaisons(&ctx.scope(), HISTORY).await?;
    shown(ctx, rows).await
}

/// Anybody signed in may see that there is one; who it is, those who may.
async fn sees_whole(ctx: &Ctx) -> Result<bool, Fault> {
    if matches!(ctx.actor(), kernel::Actor::Anonymous) {
        return Err(Fault::Unauthenticated);
    }
    if ctx.account().is_ok_and(|account| account.restricted) {
        return Err(Fault::Forbidden);
    }
    ctx.allows(&policy::READ_LIAISON, &Place::city()).await
}

async fn shown(ctx: &Ctx, rows: Vec<liaison::Model>) -> Result<Vec<Liaison>, Fault> {
    let whole = sees_whole(ctx).await?;
    let ring = ctx.keys().await?;
    let by: Vec<Uuid> = rows.iter().filter_map(|row| row.changed_by).collect();
    let names: HashMap<Uuid, Pii<String>> = if by.is_empty() {
        HashMap::new()
    } else {
        let changed = account::Entity::find().filter(account::Column::Id.is_in(by)).all(&ctx.scope()).await?;
        // Who entered it is a colleague; a masked name would tell nobody whom to ask.
        let name = |row: account::Model| Ok((row.id, ring.open("account", "display_name", row.id, &row.display_name)?));
        changed.into_iter().map(name).collect::<Result<_, Fault>>()?
    };
    let open = |row: liaison::Model| {
        let sealed = Sealed { table: "liaison", row: row.id, whole, ring: &ring };
        Ok(Liaison {
            id: ctx.gid("Liaison", row.id),
            name: sealed.open("name", &row.name, Mask::Name)?,
            phone: sealed.open("phone", &row.phone, Mask::Phone)?,
            email: row.email.as_deref().map(|email| sealed.open("email", email, Mask::Email)).transpose()?,
            unit: row.unit,
            position: row.position,
            valid_from: gql::moment(row.valid_from),
            valid_until: row.valid_until.map(gql::moment),
            changed_by: row.changed_by.and_then(|id| names.get(&id)).map(|name| name.expose().clone()),
            version: Some(row.version),
        })
    };
    rows.into_iter().map(open).collect()
}

/// A sealed row, and whether the reader may see it whole.
struct Sealed<'a> {
    table: &'static str,
    row: Uuid,
    whole: bool,
    ring: &'a KeyRing,
}

impl Sealed<'_> {
    fn open(&self, column: &str, sealed: &[u8], mask: Mask) -> Result<String, Fault> {
        let value = self.ring.open(self.table, column, self.row, sealed)?;
        Ok(if self.whole { value.expose().clone() } else { value.masked(mask) })
    }
}

/// A city at the province, with its liaison person if it has named one (各市对接人).
#[derive(Clone, Debug)]
pub struct ProvinceLiaison {
    /// The city.
    pub city: TenantInfo,
    /// Its liaison person; masked for those without `liaison.read`.
    pub liaison: Option<Liaison>,
    /// When the city changed it last.
    pub changed_at: Option<DateTime<Utc>>,
}

/// All cities with their liaison persons, by code: two statements. Only at the province; *not found* in a city.
pub async fn province_liaisons(ctx: &Ctx) -> Result<Vec<ProvinceLiaison>, Fault> {
    if !ctx.tenant().is_platform() {
        return Err(Fault::NotFound);
    }
    let whole = sees_whole(ctx).await?;
    let ring = ctx.keys().await?;
    let rows = platform_liaison::Entity::find().all(&ctx.scope()).await?;
    let mut known: HashMap<String, platform_liaison::Model> =
        rows.into_iter().map(|row| (row.city_code.clone(), row)).collect();
    let mut cities = Vec::new();
    for city in ctx.kernel().all_tenants().await? {
        let Some(row) = known.remove(&city.code) else {
            cities.push(ProvinceLiaison { city, liaison: None, changed_at: None });
            continue;
        };
        let sealed = Sealed { table: "platform_liaison", row: row.id, whole, ring: &ring };
        let liaison = Liaison {
            id: ctx.gid("Liaison", row.id),
            name: sealed.open("name", &row.name, Mask::Name)?,
            phone: sealed.open("phone", &row.phone, Mask::Phone)?,
            email: row.email.as_deref().map(|email| sealed.open("email", email, Mask::Email)).transpose()?,
            unit: row.unit,
            position: row.position,
            valid_from: gql::moment(row.changed_at),
            valid_until: None,
            changed_by: None,
            version: None,
        };
        cities.push(ProvinceLiaison { city, liaison: Some(liaison), changed_at: Some(row.changed_at) });
    }
    Ok(cities)
}
