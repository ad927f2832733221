//! The list of cases (办件列表): within the reach of whoever asks, and those they opened.

use async_graphql::{Enum, ID, InputObject};
use chrono::NaiveDate;
use kernel::gql::{Date, Paging};
use kernel::{Ctx, Fault};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use serde::Serialize;
use uuid::Uuid;

use crate::kinds::CaseStatus;
use crate::rows::case_file::{Column, Entity, Model};
use crate::store::visible::Sight;

/// What is searched for among cases (办件筛选).
#[derive(Clone, Debug, Default, InputObject, Serialize)]
pub struct CaseFilter {
    /// The code of a kind (办件类型代码).
    pub kind: Option<String>,
    /// State (状态).
    pub status: Option<CaseStatus>,
    /// Whose they are: an account (经办人).
    pub owner: Option<ID>,
    /// Those the caller owns (由我经办).
    pub mine: Option<bool>,
    /// Those offered to the caller, who has not accepted yet (待我接办).
    pub offered_to_me: Option<bool>,
    /// Those due before this day (期限早于).
    pub due_before: Option<Date>,
    /// Those found to be late (已超时).
    pub breached: Option<bool>,
}

/// The order of cases (办件排序).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize)]
pub enum CaseOrder {
    /// The first due comes first (按办理期限).
    #[default]
    DueOn,
    /// The last opened comes first (按提出时间).
    OpenedAt,
}

/// A page of cases: each with its sort key, what the caller sees, and how many there are if that was asked.
pub struct Found {
    /// The rows.
    pub rows: Vec<Model>,
    /// Of each row, where it stands in the list.
    pub keys: Vec<Vec<String>>,
    /// What the caller sees.
    pub sight: Sight,
    /// How many there are.
    pub total: Option<i64>,
}

/// A page of cases.
pub async fn page(
    ctx: &Ctx,
    filter: &CaseFilter,
    order: CaseOrder,
    paging: &Paging,
    count: bool,
) -> Result<Found, Fault> {
    let sight = Sight::of(ctx).await?;
    let query = Entity::find().filter(sight.rows()).filter(condition(ctx, filter)?);
    let total = if count { Some(query.clone().count(&ctx.scope()).await?) } else { None };
    let mut sorted = match order {
        CaseOrder::DueOn => query.order_by_asc(Column::DueOn).order_by_asc(Column::Id),
        CaseOrder::OpenedAt => query.order_by_desc(Column::Id),
    };
    if let Some(after) = &paging.after {
        sorted = sorted.filter(beyond(order, after)?);
    }
    let rows = sorted.limit(paging.limit()).all(&ctx.scope()).await?;
    let keys = rows.iter().map(|row| key(order, row)).collect();
    Ok(Found { rows, keys, sight, total: total.map(|n| i64::try_from(n).unwrap_or(i64::MAX)) })
}

/// Ids are in the order in which cases were opened.
fn key(order: CaseOrder, row: &Model) -> Vec<String> {
    match order {
        CaseOrder::DueOn => vec![row.due_on.to_string(), row.id.to_string()],
        CaseOrder::OpenedAt => vec![row.id.to_string()],
    }
}

fn beyond(order: CaseOrder, after: &[String]) -> Result<Condition, Fault> {
    const READ: &str = "read a cursor of cases";
    let id = |text: &String| text.parse::<Uuid>().map_err(Fault::of(READ));
    match (order, after) {
        (CaseOrder::DueOn, [day, last]) => {
            let day: NaiveDate = day.parse().map_err(Fault::of(READ))?;
            let same = Condition::all().add(Column::DueOn.eq(day)).add(Column::Id.gt(id(last)?));
            Ok(Condition::any().add(Column::DueOn.gt(day)).add(same))
        }
        (CaseOrder::OpenedAt, [last]) => Ok(Condition::all().add(Column::Id.lt(id(last)?))),
        _ => Err(Fault::internal(READ)),
    }
}

fn condition(ctx: &Ctx, f: &CaseFilter) -> Result<Condition, Fault> {
    let me = ctx.actor().account_id().unwrap_or_default();
    let is = |column: Column, flag: bool| {
        let yes = Condition::all().add(column.is_not_null()).add(column.eq(me));
        if flag { yes } else { yes.not() }
    };
    let owner = f.owner.as_ref().map(|id| ctx.parse_id("Account", id)).transpose()?;
    let breached = |flag| if flag { Column::BreachedAt.is_not_null() } else { Column::BreachedAt.is_null() };
    Ok(Condition::all()
        .add_option(f.kind.as_ref().map(|code| Column::Kind.eq(code.as_str())))
        .add_option(f.status.map(|status| Column::Status.eq(status)))
        .add_option(owner.map(|id| Column::OwnerId.eq(id)))
        .add_option(f.mine.map(|flag| is(Column::OwnerId, flag)))
        .add_option(f.offered_to_me.map(|flag| is(Column::OfferedTo, flag)))
        .add_option(f.due_before.map(|day| Column::DueOn.lt(day.0)))
        .add_option(f.breached.map(breached)))
}
