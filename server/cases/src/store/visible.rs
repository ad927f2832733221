//! Which cases somebody may see (可见范围): those within the reach of their roles, and those they opened.

use std::sync::Arc;

use kernel::ctx::Via;
use kernel::policy::{Action, OperatorClass, Place, Reach};
use kernel::{Actor, Ctx, Fault, Tx};
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use crate::case_kind::{self, CaseKind};
use crate::kinds::Opener;
use crate::policy;
use crate::rows::case_file::{self, Column, Model};

/// Who asks, as somebody who may have opened cases: a person at a screen. A key of a front-end team does what its scopes
/// name and has no cases of its own.
#[must_use]
pub fn asker(ctx: &Ctx) -> Option<Opener> {
    match ctx.actor() {
        Actor::Account(account) if !account.restricted && matches!(account.via, Via::Session(_)) => {
            Some(Opener::Account(account.id))
        }
        Actor::Citizen(citizen) => Some(Opener::Citizen(citizen.id)),
        _ => None,
    }
}

/// Did this person open the case, or was it opened for them?
#[must_use]
pub fn is_opener(row: &Model, who: Option<Opener>) -> bool {
    let for_them = matches!(who, Some(Opener::Citizen(id)) if row.citizen_id == Some(id));
    for_them || who.is_some_and(|who| who.columns() == (row.opened_by_kind, row.opened_by))
}

/// What somebody may see (可见范围).
#[derive(Clone, Debug)]
pub struct Sight {
    reach: Reach,
    asker: Option<Opener>,
}

impl Sight {
    /// Of whoever asks; refuses whoever sees nothing.
    pub async fn of(ctx: &Ctx) -> Result<Self, Fault> {
        let asker = asker(ctx);
        let reach = match ctx.reach_by_class(&policy::READ).await {
            // A case is the bureau's, whoever runs the market it is about.
            Ok(reach) => reach.of(OperatorClass::Bureau).clone(),
            Err(Fault::Forbidden) if asker.is_some() => Reach::default(),
            Err(fault) => return Err(fault),
        };
        Ok(Self { reach, asker })
    }

    /// The rows it holds.
    #[must_use]
    pub fn rows(&self) -> Condition {
        let Reach { city, counties, markets, .. } = &self.reach;
        if *city {
            return Condition::all();
        }
        let own = self.asker.map(|who| {
            let (kind, id) = who.columns();
            let opened = Condition::all().add(Column::OpenedByKind.eq(kind)).add(Column::OpenedBy.eq(id));
            let for_them = matches!(who, Opener::Citizen(_)).then(|| Column::CitizenId.eq(id));
            Condition::any().add(opened).add_option(for_them)
        });
        Condition::any()
            .add(Column::County.is_in(counties.iter().cloned()))
            .add(Column::MarketId.is_in(markets.iter().copied()))
            .add_option(own)
    }

    /// Does whoever asks see it as an official, notes of colleagues included?
    #[must_use]
    pub fn is_official(&self, row: &Model) -> bool {
        self.reach.holds(&place_of(row))
    }

    /// Did whoever asks open it?
    #[must_use]
    pub fn is_opener(&self, row: &Model) -> bool {
        is_opener(row, self.asker)
    }
}

/// Where a case stands.
#[must_use]
pub fn place_of(row: &Model) -> Place {
    place(row.county.clone(), row.market_id)
}

/// Where a case of this county, about this market, stands.
#[must_use]
pub const fn place(county: Option<String>, market: Option<Uuid>) -> Place {
    Place { class: OperatorClass::Bureau, county, departments: false, market, agency: None }
}

/// May whoever acts read what the person wrote: the owner, whoever may handle such a case there, and whoever opened it.
pub async fn reads_reason(ctx: &Ctx, sight: &Sight, row: &Model) -> Result<bool, Fault> {
    let own = ctx.actor().account_id().is_some_and(|me| row.owner_id == Some(me));
    if sight.is_opener(row) || own {
        return Ok(true);
    }
    if !sight.is_official(row) {
        return Ok(false);
    }
    let Some(kind) = case_kind::known(ctx.kernel(), &row.kind) else { return Ok(false) };
    let place = place_of(row);
    Ok(ctx.allows(&policy::TAKE, &place).await? && ctx.allows(kind.handled_by, &place).await?)
}

/// The case, if it is in sight; else *not found*.
pub async fn load(db: &impl ConnectionTrait, sight: &Sight, id: Uuid) -> Result<Model, Fault> {
    case_file::Entity::find_by_id(id).filter(sight.rows()).one(db).await?.ok_or(Fault::NotFound)
}

/// Loads a case that an operation is about, and holds it until the end of the transaction: all that is written about one
/// takes turns.
async fn held(tx: &Tx, id: Uuid) -> Result<Model, Fault> {
    let sight = Sight::of(tx.ctx()).await?;
    let seen = case_file::Entity::find_by_id(id).filter(sight.rows());
    let row = seen.lock_exclusive().one(tx).await?.ok_or(Fault::NotFound)?;
    tx.about("Case", id);
    Ok(row)
}

/// Loads a case that an official does something with, and authorises it: by the action itself, and by what the kind of
/// case asks of whoever handles it.
pub async fn load_for(tx: &Tx, action: &Action, id: Uuid) -> Result<(Model, Arc<CaseKind>), Fault> {
    let row = held(tx, id).await?;
    let kind = case_kind::of(tx.ctx().kernel(), &row.kind)?;
    let place = place_of(&row);
    tx.authorize(action, &place).await?;
    tx.authorize(kind.handled_by, &place).await?;
    Ok((row, kind))
}

/// Reads a case for whoever may do something with it, authorised as [`load_for`] does.
pub async fn find_for(ctx: &Ctx, action: &Action, id: Uuid) -> Result<(Model, Arc<CaseKind>), Fault> {
    let row = load(&ctx.scope(), &Sight::of(ctx).await?, id).await?;
    let kind = case_kind::of(ctx.kernel(), &row.kind)?;
    let place = place_of(&row);
    ctx.require(action, &place).await?;
    ctx.require(kind.handled_by, &place).await?;
    Ok((row, kind))
}

/// Loads a case for whoever opened it; somebody else who sees it may not.
pub async fn load_own(tx: &Tx, id: Uuid) -> Result<Model, Fault> {
    let row = held(tx, id).await?;
    if is_opener(&row, asker(tx.ctx())) { Ok(row) } else { Err(Fault::Forbidden) }
}
