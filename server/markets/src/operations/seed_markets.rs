//! Filling a city with made-up markets, listed at once (填充样本市场): for a benchmark, hundreds in one transaction.

use std::collections::BTreeMap;

use kernel::policy::Place;
use kernel::{Ctx, Fault, Never, Stop};
use sea_orm::Set;

use crate::forms::MarketInput;
use crate::kinds::MarketStatus;
use crate::policy;
use crate::rows::{market, market_event};
use crate::rules::describe::{self, Described};
use crate::store::parts::{Parts, insert};
use crate::store::{history, market as rows, slug};

/// Rows of the widest table in one statement: SQLite takes 32,766 values.
const WIDE: usize = 500;

/// Fills a city with made-up markets, listed at once (填充样本市场). Each form is checked as if a person had filled it
/// in; what a person would wait for – an event per market, annotation tasks – is left out.
pub async fn seed_markets(ctx: &Ctx, forms: &[MarketInput]) -> Result<(), Fault> {
    let around = rows::around(ctx);
    let described = forms.iter().map(|form| describe::describe(form, &around));
    let described: Vec<Described> = described.collect::<Result<_, _>>().map_err(|flaw| {
        tracing::error!(?flaw, "a made-up market is not accepted");
        Fault::internal("fill a city: a made-up market is not accepted")
    })?;
    let filled: Result<(), Stop<Never>> = ctx
        .transact(&policy::REGISTER, |tx| async move {
            tx.authorize(&policy::REGISTER, &Place::city()).await?;
            tx.authorize(&policy::LIST, &Place::city()).await?;
            let ctx = tx.ctx();
            let mut counties: BTreeMap<&str, Vec<&Described>> = BTreeMap::new();
            for one in &described {
                counties.entry(&one.located.county).or_default().push(one);
            }
            let agencies = rows::agencies(&tx, &described).await?;
            let (mut markets, mut events, mut parts) = (Vec::new(), Vec::new(), Parts::default());
            for (county, ones) in counties {
                let first = slug::take(&tx, county, i64::try_from(ones.len()).unwrap_or_default()).await?;
                for (one, number) in ones.into_iter().zip(first..) {
                    let id = ctx.new_id();
                    let row = rows::fresh(ctx, id, slug::of(county, number), MarketStatus::Listed, one);
                    let agency = Set(rows::agency_of(&agencies, one));
                    markets.push(market::ActiveModel { listed_on: Set(Some(ctx.today())), agency, ..row });
                    events.push(history::entry(ctx, id, "listed", None));
                    parts.add(ctx, id, one).await?;
                }
            }
            tx.note("markets", markets.len());
            let mut markets = markets.into_iter().peekable();
            while markets.peek().is_some() {
                insert::<market::Entity>(&tx, markets.by_ref().take(WIDE).collect()).await?;
            }
            parts.write(&tx).await?;
            insert::<market_event::Entity>(&tx, events).await?;
            Ok(())
        })
        .await;
    filled.map_err(Stop::into_fault)
}
