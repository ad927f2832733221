//! Lists (列表): agencies within reach, and what hangs on one of them, page by page.

use std::collections::HashMap;

use async_graphql::InputObject;
use chrono::NaiveDate;
use entities::agency;
use kernel::gql::{Date, Paging};
use kernel::{Ctx, Fault, Pii};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};
use serde::Serialize;
use uuid::Uuid;

use super::licences::stands;
use super::lookup::said;
use crate::agencies::kinds::{AgencyServiceKind, InspectionResult, LicenceStanding};
use crate::agencies::policy;
use crate::agencies::rows::{event, fee_receipt, inspection, inspector, ledger_entry, price_item};
use crate::agencies::store::within;
use crate::colleagues;

/// Which agencies are wanted (机构筛选).
#[derive(Clone, Debug, Default, InputObject, Serialize)]
pub struct AgencyFilter {
    /// Part of a name or of a licence's number (名称或许可证编号的一部分).
    pub search: Option<String>,
    /// How their licences stand today (许可证状态).
    pub licence_state: Option<LicenceStanding>,
    /// Code of the county where they have their seat (所在区县代码).
    pub county: Option<String>,
    /// Their licences run out before this day (到期日早于).
    pub expires_before: Option<Date>,
    /// Registered in this city, or anywhere; false: only heard of (是否已登记).
    pub registered: Option<bool>,
}

/// Which entries of a ledger are wanted (台账筛选).
#[derive(Clone, Debug, Default, InputObject, Serialize)]
pub struct LedgerFilter {
    /// Not before this day (起始日期).
    pub from: Option<Date>,
    /// Not after this day (截止日期).
    pub to: Option<Date>,
    /// Of this kind (服务类型).
    pub kind: Option<AgencyServiceKind>,
}

/// Which inspections are wanted (检查筛选).
#[derive(Clone, Debug, Default, InputObject, Serialize)]
pub struct InspectionFilter {
    /// With this result (检查结果).
    pub result: Option<InspectionResult>,
    /// True: only those at which nobody has looked again although the day is over (逾期未复查).
    pub follow_up_overdue: Option<bool>,
}

/// Which receipts are wanted (收费凭证筛选).
#[derive(Clone, Debug, Default, InputObject, Serialize)]
pub struct ReceiptFilter {
    /// Due to be paid back and not paid back yet (应退未退).
    pub refund_due: Option<bool>,
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The id at a place of the key after which a page begins.
fn id_at(paging: &Paging, place: usize) -> Option<Uuid> {
    paging.after.as_ref().and_then(|key| key.get(place)).and_then(|id| id.parse().ok())
}

fn agencies_where(ctx: &Ctx, filter: &AgencyFilter) -> Condition {
    use agency::Column;
    let search = filter.search.as_deref().map(str::trim).filter(|text| !text.is_empty());
    Condition::all()
        .add_option(search.map(said))
        .add_option(filter.licence_state.map(|standing| stands(standing, ctx.today())))
        .add_option(filter.county.as_deref().map(|code| Column::County.eq(code)))
        .add_option(filter.expires_before.map(|day| Column::ExpiresOn.lt(day.0)))
        .add_option(filter.registered.map(|is| if is { Column::Home.is_not_null() } else { Column::Home.is_null() }))
}

/// A page of agencies by name, and how many there are if that was asked.
pub async fn agencies(
    ctx: &Ctx,
    filter: &AgencyFilter,
    paging: &Paging,
    count: bool,
) -> Result<(Vec<agency::Model>, Option<i64>), Fault> {
    use agency::Column;
    let reach = ctx.reach(&policy::READ).await?;
    let query = agency::Entity::find().filter(within(&reach)).filter(agencies_where(ctx, filter));
    let total = if count { Some(whole(query.clone().count(&ctx.scope()).await?)) } else { None };
    let mut sorted = query.order_by_asc(Column::Name).order_by_asc(Column::Id);
    if let (Some(name), Some(id)) = (paging.after.as_ref().and_then(|key| key.first()), id_at(paging, 1)) {
        let same = Condition::all().add(Column::Name.eq(name.as_str())).add(Column::Id.gt(id));
        sorted = sorted.filter(Condition::any().add(Column::Name.gt(name.as_str())).add(same));
    }
    Ok((sorted.limit(paging.limit()).all(&ctx.scope()).await?, total))
}

/// The entries of a ledger, the newest first: of a list, and of an export.
pub fn ledger(agency: Uuid, filter: &LedgerFilter) -> Select<ledger_entry::Entity> {
    use ledger_entry::Column;
    ledger_entry::Entity::find()
        .filter(Column::AgencyId.eq(agency))
        .filter(
            Condition::all()
                .add_option(filter.from.map(|day| Column::ServedOn.gte(day.0)))
                .add_option(filter.to.map(|day| Column::ServedOn.lte(day.0)))
                .add_option(filter.kind.map(|kind| Column::Kind.eq(kind))),
        )
        .order_by_desc(Column::ServedOn)
        .order_by_desc(Column::Id)
}

/// Rows beyond a key of a day and an id, downwards.
macro_rules! below {
    ($query:expr, $paging:expr, $day:expr, $id:expr) => {{
        let day = $paging.after.as_ref().and_then(|key| key.first()).and_then(|day| day.parse::<NaiveDate>().ok());
        match (day, id_at($paging, 1)) {
            (Some(day), Some(id)) => {
                let same = Condition::all().add($day.eq(day)).add($id.lt(id));
                $query.filter(Condition::any().add($day.lt(day)).add(same))
            }
            _ => $query,
        }
    }};
}

/// A page of a ledger.
pub async fn ledger_page(
    ctx: &Ctx,
    agency: Uuid,
    filter: &LedgerFilter,
    paging: &Paging,
    count: bool,
) -> Result<(Vec<ledger_entry::Model>, Option<i64>), Fault> {
    use ledger_entry::Column;
    let query = ledger(agency, filter);
    let total = if count { Some(whole(query.clone().count(&ctx.scope()).await?)) } else { None };
    let query = below!(query, paging, Column::ServedOn, Column::Id);
    Ok((query.limit(paging.limit()).all(&ctx.scope()).await?, total))
}

/// A page of inspections, the newest first.
pub async fn inspections(
    ctx: &Ctx,
    agency: Uuid,
    filter: &InspectionFilter,
    paging: &Paging,
) -> Result<Vec<inspection::Model>, Fault> {
    use inspection::Column;
    let late = Condition::all().add(Column::FollowedUpOn.is_null()).add(Column::FollowUpOn.lt(ctx.today()));
    let query = inspection::Entity::find()
        .filter(Column::AgencyId.eq(agency))
        .filter(
            Condition::all()
                .add_option(filter.result.map(|result| Column::Result.eq(result)))
                .add_option((filter.follow_up_overdue == Some(true)).then_some(late)),
        )
        .order_by_desc(Column::InspectedOn)
        .order_by_desc(Column::Id);
    let query = below!(query, paging, Column::InspectedOn, Column::Id);
    Ok(query.limit(paging.limit()).all(&ctx.scope()).await?)
}

/// Somebody who inspected: the account, of one who has one here, and the name.
pub type Inspected = (Option<Uuid>, Pii<String>);

/// Those who inspected, by inspection, in order: two statements.
pub async fn inspectors(ctx: &Ctx, of: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<Inspected>>, Fault> {
    let mut all: HashMap<Uuid, Vec<Inspected>> = HashMap::new();
    if of.is_empty() {
        return Ok(all);
    }
    let rows = inspector::Entity::find()
        .filter(inspector::Column::InspectionId.is_in(of))
        .order_by_asc(inspector::Column::Position)
        .all(&ctx.scope())
        .await?;
    let accounts: Vec<Uuid> = rows.iter().filter_map(|row| row.account_id).collect();
    let names = colleagues::names(ctx, &ctx.scope(), accounts).await?;
    let ring = ctx.keys().await?;
    for row in rows {
        let name = match (&row.name, row.account_id.and_then(|id| names.get(&id))) {
            (Some(sealed), _) => ring.open("agency_inspector", "name", row.id, sealed)?,
            (None, Some(name)) => name.clone(),
            (None, None) => Pii::default(),
        };
        all.entry(row.inspection_id).or_default().push((row.account_id, name));
    }
    Ok(all)
}

/// A page of receipts, the newest first, each with its item.
pub async fn receipts(
    ctx: &Ctx,
    agency: Uuid,
    filter: &ReceiptFilter,
    paging: &Paging,
) -> Result<Vec<(fee_receipt::Model, Option<price_item::Model>)>, Fault> {
    use fee_receipt::Column;
    let due = Condition::all().add(Column::FailedOn.is_not_null()).add(Column::RefundedOn.is_null());
    let query = fee_receipt::Entity::find()
        .filter(Column::AgencyId.eq(agency))
        .filter(Condition::all().add_option(filter.refund_due.map(|is| if is { due } else { due.not() })))
        .order_by_desc(Column::IssuedOn)
        .order_by_desc(Column::Id);
    let query = below!(query, paging, Column::IssuedOn, Column::Id);
    let rows = query.limit(paging.limit()).all(&ctx.scope()).await?;
    with_items(ctx, rows).await
}

/// Receipts with what was paid for: one statement more.
pub async fn with_items(
    ctx: &Ctx,
    rows: Vec<fee_receipt::Model>,
) -> Result<Vec<(fee_receipt::Model, Option<price_item::Model>)>, Fault> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids = rows.iter().map(|row| row.item_id);
    let items = price_item::Entity::find().filter(price_item::Column::Id.is_in(ids)).all(&ctx.scope()).await?;
    let items: HashMap<Uuid, price_item::Model> = items.into_iter().map(|item| (item.id, item)).collect();
    let with_item = |row: fee_receipt::Model| {
        let item = items.get(&row.item_id).cloned();
        (row, item)
    };
    Ok(rows.into_iter().map(with_item).collect())
}

/// A page of an agency's history, the newest first.
pub async fn history(ctx: &Ctx, agency: Uuid, paging: &Paging) -> Result<Vec<event::Model>, Fault> {
    let mut query = event::Entity::find().filter(event::Column::AgencyId.eq(agency));
    if let Some(after) = id_at(paging, 0) {
        query = query.filter(event::Column::Id.lt(after));
    }
    Ok(query.order_by_desc(event::Column::Id).limit(paging.limit()).all(&ctx.scope()).await?)
}
