//! Markets as rows of the form (名录行).

use kernel::Fault;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use super::store;
use crate::annex2::{self, DirectoryRow, Nature};
use crate::kinds::{AliasBasis, MarketStatus, OperatingNature};
use crate::rows::market;
use crate::rules::spans;

/// The directory as rows of annex 2 (名录全表), each with its market: all listed markets, by division, then name. Through a
/// snapshot it is the directory of one moment.
pub async fn form_rows(db: &impl ConnectionTrait) -> Result<Vec<(Uuid, DirectoryRow)>, Fault> {
    let rows = market::Entity::find()
        .filter(market::Column::Status.eq(MarketStatus::Listed))
        .order_by_asc(market::Column::Division)
        .order_by_asc(market::Column::DisplayName)
        .order_by_asc(market::Column::Id)
        .all(db)
        .await?;
    let form = of(db, &rows).await?;
    Ok(rows.iter().map(|row| row.id).zip(form).collect())
}

/// Markets as rows of the form, in their order.
pub async fn of(db: &impl ConnectionTrait, rows: &[market::Model]) -> Result<Vec<DirectoryRow>, Fault> {
    let catalogue = kernel::trades::Trades::standard();
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let (hours, trades) = store::parts(db, &ids).await?;
    let row = |row: &market::Model| DirectoryRow {
        name: row.display_name.clone(),
        alias_basis: match row.alias_basis {
            AliasBasis::Official => annex2::AliasBasis::Official,
            AliasBasis::Customary => annex2::AliasBasis::Customary,
            AliasBasis::Address => annex2::AliasBasis::Address,
        },
        nature: match row.nature {
            OperatingNature::Public => Nature::Public,
            OperatingNature::Commercial => Nature::Commercial,
            OperatingNature::Spontaneous => Nature::Spontaneous,
        },
        hours: hours.get(&row.id).into_iter().flatten().map(spans::to_form).collect(),
        address: row.address.clone(),
        seeker_scale: row.scale().map(|figure| figure.to_form()),
        trades: trades.get(&row.id).into_iter().flatten().map(|trade| trade.name(catalogue).to_owned()).collect(),
        daily_successes: row.successes().map(|figure| figure.to_form()),
    };
    Ok(rows.iter().map(row).collect())
}
