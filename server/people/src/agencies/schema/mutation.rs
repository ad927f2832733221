//! Writing about agencies (变更).

mod licence;
mod papers;
mod work;

use async_graphql::{ID, MergedObject};
use kernel::refusal::Refusal;
use kernel::{Ctx, Fault, Outcome, Stop, gql};
use uuid::Uuid;

use super::agency::Agency;
use super::kept::{AgencyBranch, AgencyParameter, AnnualReport, DisplayedItem, PriceList};
use super::work::{AgencyInspection, FeeReceipt, LedgerEntry};
use crate::agencies::queries::{kept, lists, price_lists};
use crate::agencies::rows;
use crate::agencies::store;
use sea_orm::EntityTrait as _;

/// What is done about agencies (机构变更).
#[derive(MergedObject, Default)]
pub struct AgenciesMutation(licence::LicenceMutation, papers::PapersMutation, work::WorkMutation);

/// What a mutation answers with: read again, once it is saved.
trait Kept: Sized {
    /// The kind in its ids.
    const KIND: &'static str;

    /// Reads it.
    fn at(ctx: &Ctx, id: Uuid) -> impl Future<Output = Result<Self, Fault>> + Send;
}

/// What an operation was about, read again.
async fn again<K: Kept, R>(ctx: &Ctx, done: Result<Outcome, Stop<R>>) -> Result<K, Stop<R>> {
    Ok(K::at(ctx, done?.id).await?)
}

/// Its newest state, where the operation was refused because somebody else was faster.
async fn newest<K: Kept, T, R: Refusal>(ctx: &Ctx, id: Option<&ID>, done: &Result<T, Stop<R>>) -> Option<K> {
    let read = async { K::at(ctx, ctx.parse_id(K::KIND, id.ok_or(Fault::NotFound)?)?).await };
    gql::current(done, read).await
}

/// The one row that was asked for.
fn only<T>(rows: Vec<T>) -> Result<T, Fault> {
    rows.into_iter().next().ok_or(Fault::NotFound)
}

/// How each kind is made of its row.
macro_rules! kept {
    ($($kind:ident: $table:ident = |$ctx:ident, $row:ident| $make:expr;)*) => {
        $(
            impl Kept for $kind {
                const KIND: &'static str = stringify!($kind);

                async fn at($ctx: &Ctx, id: Uuid) -> Result<Self, Fault> {
                    let row = rows::$table::Entity::find_by_id(id).one(&$ctx.scope()).await?;
                    let $row = row.ok_or(Fault::NotFound)?;
                    Ok($make)
                }
            }
        )*
    };
}

kept! {
    AgencyBranch: branch = |ctx, row| Self::of(ctx, &row, &kept::parameters(&ctx.scope()).await?);
    AgencyInspection: inspection = |ctx, row| {
        let inspectors = lists::inspectors(ctx, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
        Self::of(ctx, row, inspectors)
    };
    AgencyParameter: parameter = |ctx, row| Self::of(ctx, row.code, &kept::parameters(&ctx.scope()).await?);
    AnnualReport: report = |ctx, row| Self::of(ctx, &row);
    DisplayedItem: displayed_item = |ctx, row| {
        let url = match row.file_id {
            Some(file) => Some(kernel::blob::download_url(ctx, file).await?),
            None => None,
        };
        Self::of(ctx, &row, url)
    };
    FeeReceipt: fee_receipt = |ctx, row| {
        let set = kept::parameters(&ctx.scope()).await?;
        only(Self::all(ctx, lists::with_items(ctx, vec![row]).await?, &set).await?)?
    };
    LedgerEntry: ledger_entry = |ctx, row| {
        only(Self::all(ctx, &[row], &kept::parameters(&ctx.scope()).await?).await?)?
    };
    PriceList: price_list = |ctx, row| {
        let (list, items) = only(price_lists::with_items(ctx, vec![row]).await?)?;
        Self::of(ctx, &list, &items)
    };
}

impl Kept for Agency {
    const KIND: &'static str = "Agency";

    async fn at(ctx: &Ctx, id: Uuid) -> Result<Self, Fault> {
        store::load(&ctx.scope(), ctx, id).await.map(|row| Self::one(ctx, row))
    }
}
