//! Which markets an actor may see (可见范围), and where a market stands for policy.

use kernel::policy::{Action, ClassedReach, OperatorClass, Place, Reach};
use kernel::{Ctx, Fault, Tx};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait, PrimaryKeyTrait, QueryFilter as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::kinds::OperatorKind;
use crate::policy;
use crate::rows::market;

/// The classes there are of markets.
const CLASSES: [OperatorClass; 4] =
    [OperatorClass::Public, OperatorClass::Commercial, OperatorClass::Volunteer, OperatorClass::Unattended];

/// The rows within a reach. An officer of a department sees all markets of the city: five departments work together
/// on them (晋人社厅发〔2022〕60号 一).
pub fn within(reach: &ClassedReach) -> Condition {
    let everywhere = reach.of(CLASSES[0]);
    if CLASSES.iter().all(|class| reach.of(*class) == everywhere) {
        return inside(everywhere);
    }
    CLASSES.into_iter().fold(Condition::any(), |any, class| {
        let kinds = OperatorKind::ALL.into_iter().filter(|kind| kind.class() == class);
        let of_class = Condition::all().add(market::Column::OperatorKind.is_in(kinds));
        any.add(of_class.add(inside(reach.of(class))))
    })
}

fn inside(reach: &Reach) -> Condition {
    if reach.city || !reach.departments.is_empty() {
        return Condition::all();
    }
    Condition::any()
        .add(market::Column::County.is_in(reach.counties.iter().cloned()))
        .add(market::Column::Id.is_in(reach.markets.iter().copied()))
        .add(market::Column::Agency.is_in(reach.agencies.iter().copied()))
}

/// The market, if the actor may see it; else *not found*.
pub async fn load(db: &impl ConnectionTrait, ctx: &Ctx, id: Uuid) -> Result<market::Model, Fault> {
    let reach = ctx.reach_by_class(&policy::READ).await?;
    market::Entity::find_by_id(id).filter(within(&reach)).one(db).await?.ok_or(Fault::NotFound)
}

/// Loads a market that an operation is about, and authorises it. The market is held until the end of the transaction: all
/// that is written about one takes turns, and what is read of it and its parts from here on is as the turn before left it.
pub async fn load_for(tx: &Tx, action: &Action, id: Uuid) -> Result<market::Model, Fault> {
    let reach = tx.ctx().reach_by_class(&policy::READ).await?;
    let seen = market::Entity::find_by_id(id).filter(within(&reach));
    let row = seen.lock_exclusive().one(tx).await?.ok_or(Fault::NotFound)?;
    tx.about("Market", id);
    tx.authorize(action, &place_of(&row)).await?;
    Ok(row)
}

/// Loads a part of a market, whose column `of` names it, and the market as [`load_for`] does. The part is read once the market
/// is held: in the turn before it may have been changed or removed.
pub async fn load_part<E>(tx: &Tx, action: &Action, id: Uuid, of: E::Column) -> Result<(E::Model, market::Model), Fault>
where
    E: EntityTrait,
    Uuid: Into<<E::PrimaryKey as PrimaryKeyTrait>::ValueType>,
{
    let of: Option<Uuid> = E::find_by_id(id).select_only().column(of).into_tuple().one(tx).await?;
    let market = load_for(tx, action, of.ok_or(Fault::NotFound)?).await?;
    let part = E::find_by_id(id).one(tx).await?.ok_or(Fault::NotFound)?;
    Ok((part, market))
}

/// Where a market stands.
pub fn place_of(row: &market::Model) -> Place {
    place(row.operator_kind, &row.county, Some(row.id), row.agency)
}

/// Where a market of this kind in this county stands, run by this agency.
pub fn place(operator: OperatorKind, county: &str, market: Option<Uuid>, agency: Option<Uuid>) -> Place {
    Place { class: operator.class(), county: Some(county.to_owned()), departments: true, market, agency }
}
