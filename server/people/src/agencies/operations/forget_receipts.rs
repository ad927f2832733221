//! Forgetting receipts that were kept long enough (收费凭证到期清理): each night, by the house itself, as the service ledger. Whoever
//! paid may be a household. What is due to be paid back stays until it was.

use chrono::NaiveDate;
use kernel::fault::{Fault, Never, Stop};
use kernel::{Ctx, Tx};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use super::forget_ledger::BATCH;
use crate::agencies::kinds::AgencyParameterCode;
use crate::agencies::policy;
use crate::agencies::queries::kept;
use crate::agencies::rows::fee_receipt::{Column, Entity};
use crate::agencies::rules::{ledger, parameters};

/// Forgets receipts that were kept long enough (收费凭证到期清理).
pub(crate) async fn forget_receipts(ctx: &Ctx) -> Result<(), Fault> {
    let (today, set) = (ctx.today(), kept::parameters(&ctx.scope()).await?);
    // Where no term is known, all is kept.
    let Some(years) = parameters::on(AgencyParameterCode::LedgerYears, today, &set) else { return Ok(()) };
    while forget_some(ctx, ledger::kept_from(today, years)).await? {}
    Ok(())
}

/// Forgets a batch of what was settled before a day; whether there was any.
async fn forget_some(ctx: &Ctx, kept_from: NaiveDate) -> Result<bool, Fault> {
    let ids: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::IssuedOn.lt(kept_from))
        .filter(Condition::any().add(Column::FailedOn.is_null()).add(Column::RefundedOn.lt(kept_from)))
        .order_by_asc(Column::IssuedOn)
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
            tx.note("receipts", gone.rows_affected);
            tx.note("before", kept_from.to_string());
            Ok(())
        })
        .await;
    forgotten.map_err(Stop::into_fault)?;
    Ok(true)
}
