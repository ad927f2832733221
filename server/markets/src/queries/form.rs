//! The directory as annex 2 wants it (名录表行).

use kernel::policy::Reach;
use kernel::trades::Trades;
use kernel::{Ctx, Fault};
use sea_orm::Condition;

use super::markets::{self, MarketFilter};
use crate::annex2::DirectoryRow;
use crate::kinds::MarketStatus;
use crate::rules::import::{Standing, basis_to, nature_to};
use crate::rules::spans;
use crate::store::{standing, visible};

/// The rows of the form: every listed market of the city, in directory order (区划、名称). For the house itself; whether
/// the caller may have them is the calling chapter's question.
pub async fn form_rows(ctx: &Ctx) -> Result<Vec<DirectoryRow>, Fault> {
    let city = Reach { city: true, ..Reach::default() };
    let listed = MarketFilter { status: Some(MarketStatus::Listed), ..MarketFilter::default() };
    rows_of(ctx, &listed, &city).await
}

/// The rows of the markets of a filter within a reach: three statements.
pub async fn rows_of(ctx: &Ctx, filter: &MarketFilter, reach: &Reach) -> Result<Vec<DirectoryRow>, Fault> {
    let found = markets::all(ctx, filter, reach).await?;
    let these = Condition::all().add(visible::within(reach)).add(markets::condition(ctx, filter));
    let standing = standing::of(&ctx.scope(), found, these).await?;
    Ok(standing.into_iter().map(row).collect())
}

fn row(standing: Standing) -> DirectoryRow {
    let d = standing.described;
    let catalogue = Trades::standard();
    DirectoryRow {
        name: d.names.shown().to_owned(),
        alias_basis: basis_to(d.names.basis),
        nature: nature_to(d.nature),
        hours: d.hours.iter().map(spans::to_form).collect(),
        seeker_scale: d.scale.as_ref().map(crate::rules::figures::Figure::to_form),
        trades: d.trades.iter().map(|t| t.name(catalogue).to_owned()).collect(),
        daily_successes: d.successes.as_ref().map(crate::rules::figures::Figure::to_form),
        address: d.address,
    }
}
