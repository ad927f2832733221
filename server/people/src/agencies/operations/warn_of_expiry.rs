//! Warning of licences that run out (许可证到期提醒): those who keep the agency's papers and whoever registered it, by mail,
//! sixty, thirty and seven days before; and on the day after, whoever publishes under it.

use std::collections::HashMap;

use chrono::NaiveDate;
use entities::agency::{self, Column};
use kernel::{Ctx, Fault, Never, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait as _, EntityName as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use super::shared::tell_managers;
use crate::agencies::events::LicenceChanged;
use crate::agencies::kinds::{AgencyEventKind, LicenceStatus};
use crate::agencies::rows::warning;
use crate::agencies::rules::licence::{RAN_OUT, warned_until, warning as due};
use crate::agencies::store::{self, Line};
use crate::agencies::{mail, policy};
use crate::operations::shared::{holders, write_to};

/// Sends the warnings of today (许可证到期提醒), each once.
pub(crate) async fn warn_of_expiry(ctx: &Ctx) -> Result<(), Fault> {
    let today = ctx.today();
    let rows = candidates(ctx, today).await?;
    let sent = sent(ctx, &rows).await?;
    let due = |row: &agency::Model| {
        let last = row.expires_on?;
        let days = due(last, today, sent.get(&(row.id, last)).map(Vec::as_slice).unwrap_or_default())?;
        Some((row.clone(), last, days))
    };
    let due: Vec<_> = rows.iter().filter_map(due).collect();
    if due.is_empty() {
        return Ok(());
    }
    let warned: Result<(), Stop<Never>> = ctx
        .transact(&policy::WARN, |tx| async move {
            tx.note("agencies", due.len());
            for (row, last, days) in &due {
                warn(&tx, row, *last, *days).await?;
            }
            Ok(())
        })
        .await;
    warned.map_err(Stop::into_fault)
}

/// The agencies of whose licence somebody may have to hear: those that ran out, and everybody heard, are left out.
async fn candidates(ctx: &Ctx, today: NaiveDate) -> Result<Vec<agency::Model>, Fault> {
    let told = Query::select()
        .column(warning::Column::Id)
        .from(warning::Entity.table_ref())
        .and_where(Expr::col((warning::Entity, warning::Column::AgencyId)).equals((agency::Entity, Column::Id)))
        .and_where(Expr::col((warning::Entity, warning::Column::ExpiresOn)).equals((agency::Entity, Column::ExpiresOn)))
        .and_where(warning::Column::Days.eq(RAN_OUT))
        .to_owned();
    Ok(agency::Entity::find()
        .filter(Column::ExpiresOn.lte(warned_until(today)))
        .filter(Column::Status.ne(LicenceStatus::Revoked.code()))
        .filter(Expr::exists(told).not())
        .order_by_asc(Column::Id)
        .all(&ctx.scope())
        .await?)
}

/// What was sent of them, by agency and last day.
async fn sent(ctx: &Ctx, rows: &[agency::Model]) -> Result<HashMap<(Uuid, NaiveDate), Vec<i32>>, Fault> {
    let mut sent: HashMap<(Uuid, NaiveDate), Vec<i32>> = HashMap::new();
    for some in rows.chunks(500) {
        let of = some.iter().map(|row| row.id);
        let known = warning::Entity::find().filter(warning::Column::AgencyId.is_in(of)).all(&ctx.scope()).await?;
        for row in known {
            sent.entry((row.agency_id, row.expires_on)).or_default().push(row.days);
        }
    }
    Ok(sent)
}

async fn warn(tx: &Tx, row: &agency::Model, last: NaiveDate, days: i32) -> Result<(), Fault> {
    let said = warning::ActiveModel {
        id: Set(tx.ctx().new_id()),
        agency_id: Set(row.id),
        expires_on: Set(last),
        days: Set(days),
        sent_at: Set(tx.ctx().now()),
    };
    warning::Entity::insert(said).exec_without_returning(tx).await?;
    if days == RAN_OUT {
        store::log(tx, row.id, Line::of(AgencyEventKind::Expired, row.version));
        tx.announce(&LicenceChanged { id: row.id })?;
    }
    let letter = |to, lang| mail::licence_runs_out(to, lang, row, last, days);
    tell_managers(tx, row.id, letter).await?;
    if row.home.as_deref() != Some(tx.ctx().tenant().code.as_str()) {
        return Ok(());
    }
    let office = if tx.ctx().tenant().is_platform() { "province_officer" } else { "bureau_officer" };
    for officer in holders(tx, office).await? {
        write_to(tx, &officer, |to, lang, _| letter(to, lang)).await?;
    }
    Ok(())
}
