//! An interface made to break the law of tenancy in every way, and the law that must catch each.

use async_graphql::{Context, EmptySubscription, Enum, ID, Object, Schema, SimpleObject, Union};
use kernel::fault::{Never, Stop};
use kernel::gql::{self, Answer};
use kernel::ids::GlobalId;
use kernel::{Actor, Fault};
use sea_orm::{EntityTrait as _, Set};

use super::breaches;
use crate::world::sdl::Sdl;
use crate::world::{House, Interface, SETTLE, World};

#[derive(SimpleObject)]
struct Market {
    id: ID,
}

#[derive(SimpleObject)]
struct Ticket {
    number: i32,
}

#[derive(Clone, Copy, PartialEq, Eq, Enum)]
enum Code {
    Closed,
}

#[derive(SimpleObject)]
struct TouchMarketRefused {
    code: Code,
}

#[derive(Union)]
enum TouchMarketResult {
    Market(Market),
    Refused(TouchMarketRefused),
}

struct Query;

#[Object]
impl Query {
    /// Keeps the law.
    async fn market(&self, gql: &Context<'_>, id: ID) -> Answer<Market> {
        let ctx = gql::ctx(gql);
        let found = async {
            let key = ctx.parse_id("Market", &id)?;
            markets::version_of(ctx, key).await.map(|_| Market { id: id.clone() })
        };
        gql::found(ctx, found.await)
    }

    /// Looks into whichever city the id names.
    async fn anybodys(&self, gql: &Context<'_>, market_id: ID) -> Answer<Market> {
        let ctx = gql::ctx(gql);
        let found = async {
            let id = GlobalId::decode(market_id.as_str()).ok_or(Fault::NotFound)?;
            let there = ctx.kernel().ctx(&id.tenant, Actor::Anonymous, ctx.lang()).await?;
            markets::version_of(&there, id.id).await.map(|_| Market { id: market_id.clone() })
        };
        gql::found(ctx, found.await)
    }

    /// Nobody has ever got anything out of it.
    async fn closed(&self) -> Option<Market> {
        None
    }

    /// Wants what nobody knows.
    async fn riddle(&self, solution: String) -> Option<Ticket> {
        Some(Ticket { number: i32::try_from(solution.len()).unwrap_or_default() })
    }

    /// Wants a thing without saying which.
    async fn whose(&self, widget: ID) -> Option<Ticket> {
        Some(Ticket { number: i32::try_from(widget.len()).unwrap_or_default() })
    }
}

struct Mutation;

#[Object]
impl Mutation {
    /// Writes into the other city, and then finds nothing.
    async fn touch_market(&self, gql: &Context<'_>, market_id: ID) -> Answer<TouchMarketResult> {
        let ctx = gql::ctx(gql);
        let done = async {
            let id = GlobalId::decode(market_id.as_str()).ok_or(Fault::NotFound)?;
            let there = ctx.kernel().ctx(&id.tenant, Actor::System("thief"), ctx.lang()).await?;
            let touched: Result<(), Stop<Never>> = there
                .transact(&SETTLE, |tx| async move {
                    let name = format!("touched {}", tx.ctx().new_id());
                    let row = entities::counter::ActiveModel { name: Set(name), value: Set(1) };
                    entities::counter::Entity::insert(row).exec_without_returning(&tx).await?;
                    Ok(())
                })
                .await;
            touched.map_err(Stop::into_fault)?;
            let key = ctx.parse_id("Market", &market_id)?;
            let market = Market { id: market_id.clone() };
            markets::version_of(ctx, key).await.map(|_| TouchMarketResult::Market(market))
        };
        gql::found(ctx, done.await)
    }

    /// Refuses before it looks, so that nobody can tell whether it would have looked abroad.
    async fn refuse_market(&self, market_id: ID) -> Option<TouchMarketResult> {
        (!market_id.is_empty()).then_some(TouchMarketResult::Refused(TouchMarketRefused { code: Code::Closed }))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_interface_that_reaches_into_another_city_is_caught_on_each_way() {
    let (world, house) = (World::on_sqlite().await, House::new());
    let schema = Schema::build(Query, Mutation, EmptySubscription).finish();
    let sdl = Sdl::read(&schema.sdl());
    let found = breaches(&world, &house, &Interface { schema, sdl }).await;
    let told = [
        ("anybodys(marketId: ", "found something: Done"),
        ("closed: does not succeed at home: NotFound", ""),
        ("riddle: nothing to fill riddle.solution with", ""),
        ("whose: nobody knows what widget names", ""),
        // Under the name of one's own, then under the other city's.
        ("touchMarket(marketId: ", ": changed counter of its own city"),
        ("touchMarket(marketId: ", ": changed audit_entry, counter of another city"),
        ("refuseMarket(marketId: ", "found something: Refused(\"CLOSED\")"),
        ("refuseMarket(marketId: ", "found something: Refused(\"CLOSED\")"),
    ];
    assert_eq!(found.breaches.len(), told.len(), "{:#?}", found.breaches);
    for (breach, (begins, says)) in found.breaches.iter().zip(told) {
        assert!(breach.starts_with(begins) && breach.contains(says), "{breach}");
    }
}
