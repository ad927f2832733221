//! Agencies as they are kept (机构存取): loaded within reach, held, changed under their version, with a line of history.

use chrono::{DateTime, Utc};
use entities::agency;
use kernel::policy::{Action, OperatorClass, Place, Reach};
use kernel::{Ctx, Fault, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::kinds::AgencyEventKind;
use super::policy;
use super::rows::event;

/// Where an agency stands: with itself, and in the county of its seat. Departments work together on all of them.
pub fn place_of(row: &agency::Model) -> Place {
    place(Some(row.id), row.county.clone())
}

/// Where an agency of this county stands.
pub const fn place(id: Option<Uuid>, county: Option<String>) -> Place {
    Place { class: OperatorClass::Commercial, county, departments: true, market: None, agency: id }
}

/// The agencies within a reach.
pub fn within(reach: &Reach) -> Condition {
    if reach.city || !reach.departments.is_empty() {
        return Condition::all();
    }
    Condition::any()
        .add(agency::Column::County.is_in(reach.counties.iter().cloned()))
        .add(agency::Column::Id.is_in(reach.agencies.iter().copied()))
}

/// The agency, if the actor may see it; else *not found*.
pub async fn load(db: &impl ConnectionTrait, ctx: &Ctx, id: Uuid) -> Result<agency::Model, Fault> {
    let reach = ctx.reach(&policy::READ).await?;
    agency::Entity::find_by_id(id).filter(within(&reach)).one(db).await?.ok_or(Fault::NotFound)
}

/// The agency, if the actor may do this with what it has: for lists that hang on it.
pub async fn load_to(ctx: &Ctx, action: &Action, id: Uuid) -> Result<agency::Model, Fault> {
    let row = load(&ctx.scope(), ctx, id).await?;
    ctx.require(action, &place_of(&row)).await?;
    Ok(row)
}

/// Loads an agency that an operation is about, and authorises it. It is held until the end of the transaction: all that is
/// written about one takes turns.
pub async fn hold(tx: &Tx, action: &Action, id: Uuid) -> Result<agency::Model, Fault> {
    let reach = tx.ctx().reach(&policy::READ).await?;
    let seen = agency::Entity::find_by_id(id).filter(within(&reach));
    let row = seen.lock_exclusive().one(tx).await?.ok_or(Fault::NotFound)?;
    tx.about("Agency", id);
    tx.authorize(action, &place_of(&row)).await?;
    Ok(row)
}

/// The agency with this licence, held, whoever asks.
pub async fn held_by_key(tx: &Tx, key: &str) -> Result<Option<agency::Model>, Fault> {
    Ok(agency::Entity::find().filter(agency::Column::LicenceKey.eq(key)).lock_exclusive().one(tx).await?)
}

/// Saves columns of an agency that is held; the version afterwards.
pub async fn change(tx: &Tx, row: &agency::Model, mut change: agency::ActiveModel) -> Result<i32, Fault> {
    let version = row.version + 1;
    change.version = Set(version);
    agency::Entity::update_many().set(change).filter(agency::Column::Id.eq(row.id)).exec(tx).await?;
    Ok(version)
}

/// A line of history (沿革).
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// What happened.
    pub kind: AgencyEventKind,
    /// The version it led to.
    pub version: i32,
    /// Why.
    pub reason: Option<String>,
    /// By which article.
    pub article: Option<String>,
    /// Which fields changed.
    pub fields: &'a [&'a str],
    /// Where it was decided, if elsewhere.
    pub decided_in: Option<String>,
}

impl Line<'_> {
    /// That something happened.
    pub const fn of(kind: AgencyEventKind, version: i32) -> Self {
        Self { kind, version, reason: None, article: None, fields: &[], decided_in: None }
    }

    /// And what is to be said of it.
    #[must_use]
    pub fn because(mut self, reason: Option<String>) -> Self {
        self.reason = reason;
        self
    }
}

/// Writes a line of an agency's history.
pub fn log(tx: &Tx, agency: Uuid, line: Line<'_>) {
    let fields = (!line.fields.is_empty()).then(|| line.fields.join(", "));
    tx.put(event::ActiveModel {
        id: Set(tx.ctx().new_id()),
        agency_id: Set(agency),
        at: Set(tx.ctx().now()),
        kind: Set(line.kind),
        version: Set(line.version),
        reason: Set(line.reason),
        article: Set(line.article),
        fields: Set(fields),
        decided_in: Set(line.decided_in),
        done_by: Set(tx.ctx().actor().account_id()),
    });
}

/// What a store is called, in both languages: a city by its name, the province as such.
#[derive(Clone, Debug)]
pub struct Called {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// What the store of this code is called.
pub async fn called(ctx: &Ctx, code: &str) -> Result<Called, Fault> {
    if code == kernel::store::PLATFORM {
        return Ok(Called { zh: "省级平台".to_owned(), en: "the province".to_owned() });
    }
    let tenant = ctx.kernel().tenant(code).await?;
    Ok(tenant.map_or_else(
        || Called { zh: code.to_owned(), en: code.to_owned() },
        |tenant| Called { zh: tenant.name_zh.clone(), en: tenant.name_en.clone() },
    ))
}

/// When something was said, as a moment after the one before.
pub fn said_at(tx: &Tx, before: Option<DateTime<Utc>>) -> DateTime<Utc> {
    super::rules::sync::stamp(tx.ctx().now(), before)
}
