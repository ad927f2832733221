//! Wage sheets (工资支付台账): for whoever acts for the hiring party, and for the staff.

use std::collections::HashMap;

use entities::worker;
use kernel::gql::Paging;
use kernel::{Ctx, Fault};
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, FromQueryResult, JoinType, QueryFilter as _, QueryOrder as _,
    QueryResult, QuerySelect as _,
};
use uuid::Uuid;

use crate::engagements::store::deal::{columns, on};
use crate::engagements::store::offer::{self, Work};
use crate::policy;
use crate::rows::{engagement, posting, wage_line, wage_sheet};

/// A line, with what is shown of the worker.
#[derive(Clone, Debug)]
pub struct Line {
    /// The line.
    pub row: wage_line::Model,
    /// The worker, masked; nobody once the worker let go of it.
    pub worker_name: Option<String>,
}

impl FromQueryResult for Line {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        let line = wage_line::Model::from_query_result(row, "l_")?;
        Ok(Self { row: line, worker_name: row.try_get("", "worker_name")? })
    }
}

/// A sheet with its lines.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The sheet.
    pub row: wage_sheet::Model,
    /// Its lines.
    pub lines: Vec<Line>,
}

async fn allowed(ctx: &Ctx, posting: Uuid) -> Result<(), Fault> {
    let row = posting::Entity::find_by_id(posting).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    offer::side_of(&ctx.scope(), ctx, &policy::PAY, &Work::from(&row)).await.map(|_| ())
}

/// A page of the sheets of a posting, the newest first: three statements.
pub async fn page(ctx: &Ctx, posting: Uuid, paging: &Paging) -> Result<Vec<(Vec<String>, Sheet)>, Fault> {
    allowed(ctx, posting).await?;
    let mut query = wage_sheet::Entity::find().filter(wage_sheet::Column::PostingId.eq(posting));
    if let Some(after) = &paging.after {
        const READ: &str = "read a cursor of wage sheets";
        let [id] = after.as_slice() else { return Err(Fault::internal(READ)) };
        let id: Uuid = id.parse().map_err(Fault::of(READ))?;
        query = query.filter(wage_sheet::Column::Id.lt(id));
    }
    let sheets = query.order_by_desc(wage_sheet::Column::Id).limit(paging.limit()).all(&ctx.scope()).await?;
    let mut lines = lines(ctx, sheets.iter().map(|sheet| sheet.id).collect()).await?;
    let whole = |row: wage_sheet::Model| {
        let lines = lines.remove(&row.id).unwrap_or_default();
        (vec![row.id.to_string()], Sheet { row, lines })
    };
    Ok(sheets.into_iter().map(whole).collect())
}

/// One sheet, for whoever may see it.
pub async fn one(ctx: &Ctx, id: Uuid) -> Result<Sheet, Fault> {
    let row = wage_sheet::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    allowed(ctx, row.posting_id).await?;
    let lines = lines(ctx, vec![id]).await?.remove(&id).unwrap_or_default();
    Ok(Sheet { row, lines })
}

async fn lines(ctx: &Ctx, sheets: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<Line>>, Fault> {
    let of = on::<wage_line::Entity, engagement::Entity>(wage_line::Column::EngagementId, engagement::Column::Id);
    let worker = on::<engagement::Entity, worker::Entity>(engagement::Column::WorkerId, worker::Column::Id);
    let all = wage_line::Entity::find()
        .select_only()
        .join(JoinType::InnerJoin, of)
        .join(JoinType::LeftJoin, worker)
        .column_as(worker::Column::NameMasked, "worker_name")
        .filter(wage_line::Column::SheetId.is_in(sheets))
        .order_by_asc(wage_line::Column::Id);
    let rows = columns::<_, wage_line::Entity>(all, "l_").into_model::<Line>().all(&ctx.scope()).await?;
    let mut grouped: HashMap<Uuid, Vec<Line>> = HashMap::new();
    for line in rows {
        grouped.entry(line.row.sheet_id).or_default().push(line);
    }
    Ok(grouped)
}
