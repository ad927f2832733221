//! Writing an import (写入导入结果): few statements for many rows, all in the caller's transaction.

use std::collections::BTreeMap;

use kernel::{Fault, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::events::{MarketAmended, MarketRegistered};
use crate::kinds::{ImportStatus, MarketStatus};
use crate::rows::{directory_import, market, market_event};
use crate::rules::describe::Described;
use crate::store::parts::{Parts, clear, insert};
use crate::store::{history, market as rows, slug};

/// What an import does to the directory.
pub(super) struct Work {
    asked_by: Option<String>,
    create: Vec<Described>,
    update: Vec<(Uuid, Described)>,
    /// Rows that change nothing.
    pub(super) unchanged: i32,
    /// Rows that turned bad since the check and stay behind.
    pub(super) left_out: i32,
}

impl Work {
    /// Nothing yet.
    pub(super) fn new(asked_by: Option<String>) -> Self {
        Self { asked_by, create: Vec::new(), update: Vec::new(), unchanged: 0, left_out: 0 }
    }

    /// A new market.
    pub(super) fn create(&mut self, described: Described) {
        self.create.push(described);
    }

    /// A change of a market.
    pub(super) fn update(&mut self, id: Uuid, described: Described) {
        self.update.push((id, described));
    }
}

/// Writes it, with history and events, and marks the import applied.
pub(super) async fn write(tx: &Tx, import: Uuid, bad_rows: i32, work: Work) -> Result<(), Fault> {
    let mut parts = Parts::default();
    let mut entries = Vec::new();
    let new = create(tx, &work, &mut parts, &mut entries).await?;
    insert::<market::Entity>(tx, new).await?;
    update(tx, &work, &mut parts, &mut entries).await?;
    parts.write(tx).await?;
    insert::<market_event::Entity>(tx, entries).await?;
    let whole = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    let (created, updated) = (whole(work.create.len()), whole(work.update.len()));
    tx.note("created", created);
    tx.note("updated", updated);
    let change = directory_import::ActiveModel {
        status: Set(ImportStatus::Applied),
        created: Set(created),
        updated: Set(updated),
        unchanged: Set(work.unchanged),
        good_rows: Set(created + updated + work.unchanged),
        bad_rows: Set(bad_rows + work.left_out),
        ..directory_import::ActiveModel::default()
    };
    directory_import::Entity::update_many()
        .set(change)
        .filter(directory_import::Column::Id.eq(import))
        .exec(tx)
        .await?;
    Ok(())
}

/// New markets come in as drafts: the public sees them once an officer has listed them.
async fn create(
    tx: &Tx,
    work: &Work,
    parts: &mut Parts,
    entries: &mut Vec<market_event::ActiveModel>,
) -> Result<Vec<market::ActiveModel>, Fault> {
    let ctx = tx.ctx();
    let mut numbers: BTreeMap<&str, i64> = BTreeMap::new();
    for described in &work.create {
        *numbers.entry(&described.located.county).or_default() += 1;
    }
    for (county, number) in &mut numbers {
        *number = slug::take(tx, county, *number).await?;
    }
    let mut new = Vec::with_capacity(work.create.len());
    for described in &work.create {
        let id = ctx.new_id();
        let county = described.located.county.as_str();
        let number = numbers.entry(county).or_default();
        new.push(rows::fresh(ctx, id, slug::of(county, *number), MarketStatus::Draft, described));
        *number += 1;
        parts.add(ctx, id, described).await?;
        entries.push(entry(tx, work, id));
        tx.announce(&MarketRegistered { id })?;
    }
    Ok(new)
}

async fn update(
    tx: &Tx,
    work: &Work,
    parts: &mut Parts,
    entries: &mut Vec<market_event::ActiveModel>,
) -> Result<(), Fault> {
    let ctx = tx.ctx();
    let ids: Vec<Uuid> = work.update.iter().map(|(id, _)| *id).collect();
    // Contacts and services are not in the form: they stay.
    clear(tx, &ids, false).await?;
    for (id, described) in &work.update {
        let change = market::ActiveModel { updated_at: Set(ctx.now()), ..rows::described(described) };
        market::Entity::update_many()
            .set(change)
            .col_expr(market::Column::Version, Expr::col(market::Column::Version).add(1))
            .filter(market::Column::Id.eq(*id))
            .exec(tx)
            .await?;
        parts.add(ctx, *id, described).await?;
        entries.push(entry(tx, work, *id));
        tx.announce(&MarketAmended { id: *id })?;
    }
    Ok(())
}

fn entry(tx: &Tx, work: &Work, market: Uuid) -> market_event::ActiveModel {
    let entry = history::entry(tx.ctx(), market, "imported", None);
    market_event::ActiveModel { actor: Set(work.asked_by.clone()), ..entry }
}
