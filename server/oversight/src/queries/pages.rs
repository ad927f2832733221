//! Pages of rows of several returns in one statement: serials run without gaps, so a page is a range of them.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use kernel::{Ctx, Fault};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use crate::form::Line;
use crate::rows::{platform_return_row, return_row};

/// A page of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageKey {
    /// The return.
    pub id: Uuid,
    /// The snapshot: its number in a city, the number of its arrival at the province.
    pub version_no: i32,
    /// The serial after which the page begins.
    pub after: i32,
    /// Rows to fetch.
    pub limit: i32,
}

/// Loads pages of rows, of this tenant's own returns or, on the platform, of received ones.
pub struct LinePages(pub Ctx);

impl Loader<PageKey> for LinePages {
    type Value = Vec<Line>;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[PageKey]) -> Result<HashMap<PageKey, Vec<Line>>, Arc<Fault>> {
        // One statement for all returns whose pages begin alike: that is all of them, unless cursors differ.
        let ranges: BTreeSet<(i32, i32)> = keys.iter().map(|key| (key.after, key.limit)).collect();
        let mut pages = HashMap::new();
        for (after, limit) in ranges {
            let alike: Vec<&PageKey> = keys.iter().filter(|key| (key.after, key.limit) == (after, limit)).collect();
            for key in &alike {
                pages.insert((*key).clone(), Vec::new());
            }
            let last = after.saturating_add(limit);
            let rows = if self.0.tenant().is_platform() {
                received(&self.0, &alike, after, last).await
            } else {
                own(&self.0, &alike, after, last).await
            };
            for (id, version_no, line) in rows.map_err(Arc::new)? {
                pages.entry(PageKey { id, version_no, after, limit }).or_insert_with(Vec::new).push(line);
            }
        }
        Ok(pages)
    }
}

async fn own(ctx: &Ctx, keys: &[&PageKey], after: i32, last: i32) -> Result<Vec<(Uuid, i32, Line)>, Fault> {
    use return_row::Column;
    let which = keys.iter().fold(Condition::any(), |any, key| {
        any.add(Column::ReturnId.eq(key.id).and(Column::VersionNo.eq(key.version_no)))
    });
    let rows = return_row::Entity::find()
        .filter(which)
        .filter(Column::Serial.gt(after))
        .filter(Column::Serial.lte(last))
        .order_by_asc(Column::ReturnId)
        .order_by_asc(Column::Serial)
        .all(&ctx.scope())
        .await?;
    rows.into_iter().map(|row| Ok((row.return_id, row.version_no, row.try_into()?))).collect()
}

async fn received(ctx: &Ctx, keys: &[&PageKey], after: i32, last: i32) -> Result<Vec<(Uuid, i32, Line)>, Fault> {
    use platform_return_row::Column;
    let which = keys.iter().fold(Condition::any(), |any, key| {
        any.add(Column::ReturnId.eq(key.id).and(Column::ReceiptNo.eq(key.version_no)))
    });
    let rows = platform_return_row::Entity::find()
        .filter(which)
        .filter(Column::SupersededAt.is_null())
        .filter(Column::Serial.gt(after))
        .filter(Column::Serial.lte(last))
        .order_by_asc(Column::ReturnId)
        .order_by_asc(Column::Serial)
        .all(&ctx.scope())
        .await?;
    rows.into_iter().map(|row| Ok((row.return_id, row.receipt_no, row.try_into()?))).collect()
}
