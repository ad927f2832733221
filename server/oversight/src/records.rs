//! Rows in and out (存取): the few statements that several operations share.

use chrono::NaiveDate;
use kernel::{Actor, Fault, Tx};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, Set,
};
use uuid::Uuid;

use crate::form::{Line, nature_code, nature_of};
use crate::rows::{directory_return, first_report, platform_return_row, return_event, return_row};
use crate::rules::returns::{ReturnStatus, Standing, return_id};

/// Rows of one statement: both back ends limit its parameters.
const AT_ONCE: usize = 1000;

/// The city's own first report (首次报送), as it was set last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FirstReport {
    /// The day; none where the yearly rule holds.
    pub due_on: Option<NaiveDate>,
    /// How often it was set or taken away.
    pub version: i32,
}

/// The city's own first report, where it joined later.
pub async fn first_report<C: ConnectionTrait>(db: &C) -> Result<FirstReport, Fault> {
    let row = first_report::Entity::find_by_id(return_id(0)).one(db).await?;
    Ok(row.map_or_else(FirstReport::default, |row| FirstReport { due_on: row.due_on, version: row.version }))
}

/// Sets it, or takes it away, unless somebody was faster; says whether it was saved.
pub async fn set_first_report(tx: &Tx, day: Option<NaiveDate>, seen: FirstReport) -> Result<bool, Fault> {
    let ctx = tx.ctx();
    let row = first_report::ActiveModel {
        id: Set(return_id(0)),
        due_on: Set(day),
        set_at: Set(ctx.now()),
        set_by: Set(ctx.actor().account_id()),
        version: Set(seen.version + 1),
    };
    let only_if_same = Expr::col((first_report::Entity, first_report::Column::Version)).eq(seen.version);
    let over = OnConflict::column(first_report::Column::Id)
        .update_columns([
            first_report::Column::DueOn,
            first_report::Column::SetAt,
            first_report::Column::SetBy,
            first_report::Column::Version,
        ])
        .action_and_where(only_if_same)
        .to_owned();
    let saved = first_report::Entity::insert(row).on_conflict(over).exec_without_returning(tx).await?;
    Ok(saved == 1)
}

/// The return of a year as it stands, or as it will stand before anything was written.
pub async fn load<C: ConnectionTrait>(db: &C, year: i32) -> Result<Option<directory_return::Model>, Fault> {
    Ok(directory_return::Entity::find_by_id(return_id(year)).one(db).await?)
}

/// A return of which nothing was written yet.
#[must_use]
pub fn blank(year: i32, now: chrono::DateTime<chrono::Utc>) -> directory_return::Model {
    directory_return::Model {
        id: return_id(year),
        year,
        status: ReturnStatus::Open.name().to_owned(),
        version_no: 0,
        row_count: 0,
        filer: None,
        filer_phone: None,
        frozen_at: None,
        submitted_at: None,
        delivered_at: None,
        decided_at: None,
        returned_reason: None,
        snapshot_id: None,
        created_at: now,
        updated_at: now,
        version: 1,
    }
}

/// The return of a year, made if there is none.
pub async fn ensure(tx: &Tx, year: i32) -> Result<directory_return::Model, Fault> {
    if let Some(row) = load(tx, year).await? {
        return Ok(row);
    }
    let row = blank(year, tx.ctx().now());
    let keep = OnConflict::column(directory_return::Column::Id).do_nothing().to_owned();
    let made = row.clone().into_active_model().reset_all();
    directory_return::Entity::insert(made).on_conflict(keep).exec_without_returning(tx).await?;
    Ok(load(tx, year).await?.unwrap_or(row))
}

/// The return as the rules see it.
pub fn standing(row: &directory_return::Model) -> Result<Standing, Fault> {
    let status = ReturnStatus::parse(&row.status).ok_or(Fault::internal("read the status of a return"))?;
    let was_returned = row.returned_reason.is_some();
    Ok(Standing { status, version_no: row.version_no, was_returned, version: row.version })
}

/// Saves `change` unless somebody was faster; says whether it was saved. The version counts up.
pub async fn change(
    tx: &Tx,
    row: &directory_return::Model,
    mut change: directory_return::ActiveModel,
) -> Result<bool, Fault> {
    change.version = Set(row.version + 1);
    change.updated_at = Set(tx.ctx().now());
    change.id = ActiveValue::NotSet;
    let saved = directory_return::Entity::update_many()
        .set(change)
        .filter(directory_return::Column::Id.eq(row.id))
        .filter(directory_return::Column::Version.eq(row.version))
        .exec(tx)
        .await?;
    Ok(saved.rows_affected == 1)
}

/// The user name that stands beside what somebody did.
#[must_use]
pub fn actor_label(actor: &Actor) -> Option<String> {
    match actor {
        Actor::Account(account) => Some(account.username.clone()),
        Actor::Anonymous | Actor::Citizen(_) | Actor::System(_) => None,
    }
}

/// Writes what happened into the return's history.
pub async fn log(tx: &Tx, id: Uuid, kind: &str, version_no: i32, reason: Option<String>) -> Result<(), Fault> {
    let ctx = tx.ctx();
    let row = return_event::ActiveModel {
        id: Set(ctx.new_id()),
        return_id: Set(id),
        at: Set(ctx.now()),
        kind: Set(kind.to_owned()),
        version_no: Set(version_no),
        reason: Set(reason),
        actor_id: Set(ctx.actor().account_id()),
        actor_label: Set(actor_label(ctx.actor())),
    };
    return_event::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Keeps the rows of a snapshot.
pub async fn keep_lines(tx: &Tx, id: Uuid, version_no: i32, lines: Vec<Line>) -> Result<(), Fault> {
    for part in lines.chunks(AT_ONCE) {
        let rows = part.iter().cloned().map(|line| return_row::ActiveModel {
            return_id: Set(id),
            version_no: Set(version_no),
            serial: Set(line.serial),
            market_id: Set(line.market),
            name: Set(line.name),
            nature: Set(nature_code(line.nature).to_owned()),
            hours_text: Set(line.hours_text),
            address: Set(line.address),
            seeker_scale: Set(line.seeker_scale),
            trades: Set(line.trades),
            daily_successes: Set(line.daily_successes),
        });
        return_row::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Keeps the rows that a city handed in, at the province.
pub async fn keep_received(tx: &Tx, id: Uuid, receipt_no: i32, rows: Vec<return_row::Model>) -> Result<(), Fault> {
    for part in rows.chunks(AT_ONCE) {
        let rows = part.iter().cloned().map(|row| platform_return_row::ActiveModel {
            return_id: Set(id),
            receipt_no: Set(receipt_no),
            serial: Set(row.serial),
            market_id: Set(row.market_id),
            name: Set(row.name),
            nature: Set(row.nature),
            hours_text: Set(row.hours_text),
            address: Set(row.address),
            seeker_scale: Set(row.seeker_scale),
            trades: Set(row.trades),
            daily_successes: Set(row.daily_successes),
            superseded_at: Set(None),
        });
        platform_return_row::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// The rows of a snapshot, in order.
pub async fn lines<C: ConnectionTrait>(db: &C, id: Uuid, version_no: i32) -> Result<Vec<return_row::Model>, Fault> {
    let rows = return_row::Entity::find()
        .filter(return_row::Column::ReturnId.eq(id))
        .filter(return_row::Column::VersionNo.eq(version_no))
        .order_by_asc(return_row::Column::Serial)
        .all(db)
        .await?;
    Ok(rows)
}

impl TryFrom<return_row::Model> for Line {
    type Error = Fault;

    fn try_from(row: return_row::Model) -> Result<Self, Fault> {
        Ok(Self {
            serial: row.serial,
            market: row.market_id,
            name: row.name,
            nature: nature_of(&row.nature)?,
            hours_text: row.hours_text,
            address: row.address,
            seeker_scale: row.seeker_scale,
            trades: row.trades,
            daily_successes: row.daily_successes,
        })
    }
}

impl TryFrom<platform_return_row::Model> for Line {
    type Error = Fault;

    fn try_from(row: platform_return_row::Model) -> Result<Self, Fault> {
        Ok(Self {
            serial: row.serial,
            market: row.market_id,
            name: row.name,
            nature: nature_of(&row.nature)?,
            hours_text: row.hours_text,
            address: row.address,
            seeker_scale: row.seeker_scale,
            trades: row.trades,
            daily_successes: row.daily_successes,
        })
    }
}
