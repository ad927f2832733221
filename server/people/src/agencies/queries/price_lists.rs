//! The price lists of one agency, page by page (历次收费标准).

use kernel::gql::Paging;
use kernel::{Ctx, Fault};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use super::kept;
use super::page::Priced;
use crate::agencies::rows::price_list::{self, Column};

/// A page of price lists, the newest first, each with its items: two statements.
pub async fn page(ctx: &Ctx, agency: Uuid, paging: &Paging) -> Result<Vec<Priced>, Fault> {
    let mut query = price_list::Entity::find().filter(Column::AgencyId.eq(agency));
    let after = paging.after.as_ref().and_then(|key| key.first()).and_then(|number| number.parse::<i32>().ok());
    if let Some(after) = after {
        query = query.filter(Column::Number.lt(after));
    }
    let lists = query.order_by_desc(Column::Number).limit(paging.limit()).all(&ctx.scope()).await?;
    with_items(ctx, lists).await
}

/// Price lists with their items.
pub async fn with_items(ctx: &Ctx, lists: Vec<price_list::Model>) -> Result<Vec<Priced>, Fault> {
    let mut items = kept::items(&ctx.scope(), lists.iter().map(|list| list.id).collect()).await?;
    let with_items = |list: price_list::Model| {
        let items = items.remove(&list.id).unwrap_or_default();
        (list, items)
    };
    Ok(lists.into_iter().map(with_items).collect())
}
