//! What mutations answer with (办理结果): the part of a market that was changed, read again; and its newest state where
//! somebody else was faster.

use std::future::Future;

use async_graphql::ID;
use kernel::refusal::Refusal;
use kernel::{Ctx, Fault, Outcome, Stop, gql};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use super::counts::MonitoringSample;
use super::kept::{BadCredit, ConstructionProject, MapAnnotation, OperatorContract};
use super::market::Market;
use super::parts::{Facility, PickupBay, SafetyCheck, Zone};
use crate::queries::tasks;
use crate::rows;
use crate::store::batch::Batch;
use crate::store::visible;

/// A part of a market, or the market itself.
pub trait Part: Sized {
    /// The kind in its ids.
    const KIND: &'static str;

    /// Reads it.
    fn at(ctx: &Ctx, id: Uuid) -> impl Future<Output = Result<Self, Fault>> + Send;
}

/// What an operation was about, read again.
pub async fn again<P: Part, R>(ctx: &Ctx, done: Result<Outcome, Stop<R>>) -> Result<P, Stop<R>> {
    Ok(P::at(ctx, done?.id).await?)
}

/// Its newest state, where the operation was refused because somebody else was faster.
pub async fn newest<P: Part, T, R: Refusal>(ctx: &Ctx, id: Option<&ID>, done: &Result<T, Stop<R>>) -> Option<P> {
    let read = async { P::at(ctx, ctx.parse_id(P::KIND, id.ok_or(Fault::NotFound)?)?).await };
    gql::current(done, read).await
}

/// How each kind is made of its row.
macro_rules! parts {
    ($($kind:ident: $table:ident = |$ctx:ident, $row:ident| $make:expr;)*) => {
        $(
            impl Part for $kind {
                const KIND: &'static str = stringify!($kind);

                async fn at($ctx: &Ctx, id: Uuid) -> Result<Self, Fault> {
                    let row = rows::$table::Entity::find_by_id(id).one(&$ctx.scope()).await?;
                    let $row = row.ok_or(Fault::NotFound)?;
                    Ok($make)
                }
            }
        )*
    };
}

parts! {
    BadCredit: bad_credit = |ctx, row| Self::of(ctx, &row);
    ConstructionProject: construction_project =
        |ctx, row| Self { page: Batch::new(ctx, vec![row.market_id]), row };
    Facility: market_facility = |ctx, row| Self::of(ctx, &row);
    MonitoringSample: monitoring_sample = |ctx, row| Self::of(ctx, &row);
    OperatorContract: operator_contract = |ctx, row| Self { page: Batch::new(ctx, vec![row.market_id]), row };
    PickupBay: pickup_bay = |ctx, row| Self::of(ctx, &row);
    SafetyCheck: safety_check = |ctx, row| Self::of(&Batch::new(ctx, vec![row.market_id]), &row);
    Zone: market_zone = |ctx, row| Self { page: Batch::new(ctx, vec![row.market_id]), row };
}

impl Part for Market {
    const KIND: &'static str = "Market";

    async fn at(ctx: &Ctx, id: Uuid) -> Result<Self, Fault> {
        visible::load(&ctx.scope(), ctx, id).await.map(|row| Self::one(ctx, row))
    }
}

impl Part for MapAnnotation {
    const KIND: &'static str = "MapAnnotation";

    async fn at(ctx: &Ctx, id: Uuid) -> Result<Self, Fault> {
        let scope = ctx.scope();
        let row = rows::map_annotation::Entity::find_by_id(id).one(&scope).await?.ok_or(Fault::NotFound)?;
        let market = rows::market::Entity::find_by_id(row.market_id).one(&scope).await?.ok_or(Fault::NotFound)?;
        let names = tasks::names(ctx, row.assignee.as_slice()).await?;
        Self::of(ctx, &row, market.point(), &names).ok_or(Fault::internal("read a map annotation"))
    }
}
