//! What this chapter takes from others (外部接口), in one place.

use async_graphql::SimpleObject;
use chrono::{DateTime, FixedOffset};
use kernel::trades::Trades;
use kernel::{Ctx, Fault};
use markets::annex2::{AliasBasis, DirectoryRow, Nature};
use markets::kinds::{self, MarketStatus};
use markets::rows::{market, market_hours, market_trade};
use markets::rules::spans;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

pub use markets::kinds::{ExportFormat, OperatingNature};

/// A file to fetch (导出文件).
#[derive(Clone, Debug, SimpleObject)]
pub struct ExportedFile {
    /// Where to fetch it (下载地址).
    pub url: String,
    /// Its name (文件名).
    pub file_name: String,
    /// Until when it can be fetched (有效期).
    pub expires_at: DateTime<FixedOffset>,
}

/// The rows of the directory as annex 2 wants them.
pub async fn form_rows(ctx: &Ctx) -> Result<Vec<DirectoryRow>, Fault> {
    let scope = ctx.scope();
    let rows = market::Entity::find()
        .filter(market::Column::Status.eq(MarketStatus::Listed))
        .order_by_asc(market::Column::Division)
        .order_by_asc(market::Column::DisplayName)
        .order_by_asc(market::Column::Id)
        .all(&scope)
        .await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let hours = market_hours::Entity::find()
        .filter(market_hours::Column::MarketId.is_in(ids.iter().copied()))
        .all(&scope)
        .await?;
    let trades = market_trade::Entity::find()
        .filter(market_trade::Column::MarketId.is_in(ids))
        .order_by_asc(market_trade::Column::Position)
        .all(&scope)
        .await?;
    let row = |row: market::Model| DirectoryRow {
        alias_basis: match row.alias_basis {
            kinds::AliasBasis::Official => AliasBasis::Official,
            kinds::AliasBasis::Customary => AliasBasis::Customary,
            kinds::AliasBasis::Address => AliasBasis::Address,
        },
        nature: match row.nature {
            OperatingNature::Public => Nature::Public,
            OperatingNature::Commercial => Nature::Commercial,
            OperatingNature::Spontaneous => Nature::Spontaneous,
        },
        hours: hours.iter().filter(|h| h.market_id == row.id).map(|h| spans::to_form(&span(h))).collect(),
        seeker_scale: row.scale().map(|figure| figure.to_form()),
        trades: trades.iter().filter(|t| t.market_id == row.id).filter_map(trade).collect(),
        daily_successes: row.successes().map(|figure| figure.to_form()),
        name: row.display_name,
        address: row.address,
    };
    Ok(rows.into_iter().map(row).collect())
}

fn span(row: &market_hours::Model) -> spans::Span {
    spans::Span {
        season: row.season,
        from_month: row.from_month,
        to_month: row.to_month,
        weekdays: row.weekdays,
        opens: row.opens,
        closes: row.closes,
    }
}

fn trade(row: &market_trade::Model) -> Option<String> {
    let known = row.code.as_deref().and_then(|code| Trades::standard().name(code)).map(str::to_owned);
    known.or_else(|| row.name.clone())
}
