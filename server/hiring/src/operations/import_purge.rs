//! Throwing imports of postings away when their time is over (清理过期的招聘信息导入): file and report go with the house's own purge
//! of files, the rows go here; the postings stay.

use kernel::{Ctx, Fault, Never, Stop};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use crate::policy;
use crate::rows::{posting_import, posting_import_row};

/// Imports of one transaction: each may have five thousand rows.
const AT_ONCE: u64 = 5;

/// Throws away what was kept until now (清理过期的招聘信息导入); how many imports.
pub async fn purge_imports(ctx: &Ctx) -> Result<usize, Fault> {
    let mut gone = 0;
    loop {
        let over: Vec<Uuid> = posting_import::Entity::find()
            .select_only()
            .column(posting_import::Column::Id)
            .filter(posting_import::Column::KeptUntil.lte(ctx.now()))
            .limit(AT_ONCE)
            .into_tuple()
            .all(&ctx.scope())
            .await?;
        if over.is_empty() {
            return Ok(gone);
        }
        gone += over.len();
        let done: Result<(), Stop<Never>> = ctx
            .transact(&policy::KEEP, |tx| async move {
                tx.note("imports", over.len());
                let of = posting_import_row::Column::ImportId.is_in(over.iter().copied());
                posting_import_row::Entity::delete_many().filter(of).exec(&tx).await?;
                let these = posting_import::Column::Id.is_in(over);
                posting_import::Entity::delete_many().filter(these).exec(&tx).await?;
                Ok(())
            })
            .await;
        done.map_err(Stop::into_fault)?;
    }
}
