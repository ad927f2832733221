//! Throwing imports away when their time is over (清理过期导入): the file and its report go with the house's own purge of
//! files, rows and issues go here. Markets that came of them stay.

use kernel::jobs::{Job, JobEnd, JobRun};
use kernel::{Fault, Never, Stop, Tx, Words};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::imports::store;
use crate::rows::directory_import;

/// Imports of one transaction: each may have ten thousand rows.
const AT_ONCE: u64 = 5;

/// The daily look at imports (每日清理导入).
#[derive(Debug, Serialize, Deserialize)]
pub struct PurgeJob {}

impl Job for PurgeJob {
    const KIND: &'static str = "import.purge";
}

/// Throws away what was kept until now (清理过期导入).
pub async fn purge(run: JobRun) -> Result<JobEnd, Fault> {
    let mut gone = 0;
    loop {
        let some: Result<usize, Stop<Never>> = run.ctx.quietly(|tx| async move { Ok(over(&tx).await?) }).await;
        let some = some.map_err(Stop::into_fault)?;
        gone += some;
        if some == 0 {
            return Ok(JobEnd::Done((gone > 0).then(|| {
                Words::new(format!("已清理过期导入 {gone} 份"), format!("{gone} imports past their time thrown away"))
            })));
        }
    }
}

/// A few imports whose time is over; how many there were.
async fn over(tx: &Tx) -> Result<usize, Fault> {
    let ids: Vec<Uuid> = directory_import::Entity::find()
        .select_only()
        .column(directory_import::Column::Id)
        .filter(directory_import::Column::KeptUntil.lte(tx.ctx().now()))
        .limit(AT_ONCE)
        .into_tuple()
        .all(tx)
        .await?;
    for id in &ids {
        store::clear(tx, *id).await?;
        directory_import::Entity::delete_by_id(*id).exec(tx).await?;
    }
    Ok(ids.len())
}
