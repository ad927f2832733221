//! Pages of rows of several returns in one statement: serials run without gaps, so a page is a range of them.

use std::collections::HashMap;
use std::sync::Arc;

use kernel::{Ctx, Fault};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::form::Line;
use crate::rows::{platform_return_row, return_row};

/// A snapshot: its return, and its number in a city or the number of its arrival at the province.
pub type Snapshot = (Uuid, i32);

/// Rows by snapshot.
type Grouped = HashMap<Snapshot, Vec<Line>>;

/// The rows of the snapshots of one answer (名录行分页): the first who asks for a first page reads those of all, so that
/// a list of returns costs one statement however long it is. A cursor belongs to one return, and so does its page.
pub struct LinePages {
    ctx: Ctx,
    snapshots: Vec<Snapshot>,
    read: Mutex<HashMap<i32, Arc<Grouped>>>,
}

impl LinePages {
    /// Of these snapshots: this tenant's own or, on the platform, received ones.
    #[must_use]
    pub fn of(ctx: &Ctx, snapshots: Vec<Snapshot>) -> Self {
        Self { ctx: ctx.clone(), snapshots, read: Mutex::default() }
    }

    /// At most `limit` rows of a snapshot, after a serial.
    pub async fn page(&self, snapshot: Snapshot, after: i32, limit: i32) -> Result<Vec<Line>, Fault> {
        if after > 0 {
            return Ok(self.load(&[snapshot], after, limit).await?.remove(&snapshot).unwrap_or_default());
        }
        let mut read = self.read.lock().await;
        let page = match read.get(&limit) {
            Some(page) => Arc::clone(page),
            None => {
                let page = Arc::new(self.load(&self.snapshots, after, limit).await?);
                read.insert(limit, Arc::clone(&page));
                page
            }
        };
        Ok(page.get(&snapshot).cloned().unwrap_or_default())
    }

    async fn load(&self, snapshots: &[Snapshot], after: i32, limit: i32) -> Result<Grouped, Fault> {
        let last = after.saturating_add(limit);
        let rows = if self.ctx.tenant().is_platform() {
            received(&self.ctx, snapshots, after, last).await?
        } else {
            own(&self.ctx, snapshots, after, last).await?
        };
        let mut grouped = Grouped::new();
        for (snapshot, line) in rows {
            grouped.entry(snapshot).or_default().push(line);
        }
        Ok(grouped)
    }
}

async fn own(ctx: &Ctx, snapshots: &[Snapshot], after: i32, last: i32) -> Result<Vec<(Snapshot, Line)>, Fault> {
    use return_row::Column;
    let which = snapshots.iter().fold(Condition::any(), |any, (id, number)| {
        any.add(Column::ReturnId.eq(*id).and(Column::VersionNo.eq(*number)))
    });
    let rows = return_row::Entity::find()
        .filter(which)
        .filter(Column::Serial.gt(after))
        .filter(Column::Serial.lte(last))
        .order_by_asc(Column::ReturnId)
        .order_by_asc(Column::Serial)
        .all(&ctx.scope())
        .await?;
    rows.into_iter().map(|row| Ok(((row.return_id, row.version_no), row.try_into()?))).collect()
}

async fn received(ctx: &Ctx, snapshots: &[Snapshot], after: i32, last: i32) -> Result<Vec<(Snapshot, Line)>, Fault> {
    use platform_return_row::Column;
    let which = snapshots.iter().fold(Condition::any(), |any, (id, number)| {
        any.add(Column::ReturnId.eq(*id).and(Column::ReceiptNo.eq(*number)))
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
    rows.into_iter().map(|row| Ok(((row.return_id, row.receipt_no), row.try_into()?))).collect()
}
