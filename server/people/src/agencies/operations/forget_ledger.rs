//! Forgetting what stood in the service ledger long enough (台账到期清理): each night, by the house itself. It names who hired, and
//! households among them; what the law has kept for years it does not have kept for ever (个人信息保护法 第四十七条).

use chrono::NaiveDate;
use kernel::fault::{Fault, Never, Stop};
use kernel::{Ctx, Tx};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use crate::agencies::kinds::AgencyParameterCode;
use crate::agencies::policy;
use crate::agencies::queries::kept;
use crate::agencies::rows::ledger_entry::{Column, Entity};
use crate::agencies::rules::{ledger, parameters};

/// So many in one transaction: a city has one writer, and somebody is always waiting for it.
pub(super) const BATCH: u64 = 200;

/// Forgets what stood in the service ledger long enough (台账到期清理): longer where the service was on the network.
pub(crate) async fn forget_ledger(ctx: &Ctx) -> Result<(), Fault> {
    let (today, set) = (ctx.today(), kept::parameters(&ctx.scope()).await?);
    for (online, code) in [(false, AgencyParameterCode::LedgerYears), (true, AgencyParameterCode::OnlineLedgerYears)] {
        // Where no term is known, all is kept.
        let Some(years) = parameters::on(code, today, &set) else { continue };
        while forget_some(ctx, online, ledger::kept_from(today, years)).await? {}
    }
    Ok(())
}

/// Forgets a batch of what is older than a day; whether there was any.
async fn forget_some(ctx: &Ctx, online: bool, kept_from: NaiveDate) -> Result<bool, Fault> {
    let ids: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::ServedOn.lt(kept_from))
        .filter(Column::Online.eq(online))
        .order_by_asc(Column::ServedOn)
        .limit(BATCH)
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    if ids.is_empty() {
        return Ok(false);
    }
    let forgotten: Result<(), Stop<Never>> = ctx
        .transact(&policy::FORGET, |tx: Tx| async move {
            let gone = Entity::delete_many().filter(Column::Id.is_in(ids)).exec(&tx).await?;
            tx.note("entries", gone.rows_affected);
            tx.note("before", kept_from.to_string());
            Ok(())
        })
        .await;
    forgotten.map_err(Stop::into_fault)?;
    Ok(true)
}
