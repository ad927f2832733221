//! Listing the markets of an import together (导入市场列入名录): a bureau brings whole directories and publishes them.

use std::collections::BTreeMap;

use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use people::LicenceState;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::imports::events::ImportListed;
use crate::imports::store;
use crate::kinds::{ImportStatus, MarketStatus};
use crate::policy;
use crate::rows::{directory_import, import_row, market, market_event};
use crate::rules::inclusion::{Unfit, unfit};
use crate::rules::lifecycle::{Completeness, Incomplete, missing};
use crate::store::{annotations, credit, history, market as rows, visible};

/// Markets in one statement.
const AT_ONCE: usize = 500;

kernel::refusals! {
    /// Why the markets of an import were not listed (不予列入名录).
    pub ListImportedMarkets => ListImportedMarketsReason, ListImportedMarketsRefusalCode {
        /// Someone else was at work on it.
        Conflict { current: i32 } @ "version":
            "该导入已有变化（现为第 {current} 版），请刷新后再试。" /
            "This import has changed (now version {current}); reload and try again.",
        /// The import is not applied.
        NotApplied @ "id": "请先完成导入，再列入名录。" / "Apply the import first, then list its markets.",
        /// None is a draft any more.
        NoDraft @ "id": "该文件导入的市场都已办理，没有待列入的市场。" / "No market of this import is still a draft.",
        /// None can be listed.
        NoneListable { count: usize } @ "id":
            "{count} 个市场资料不全，暂不能列入名录；经营性市场请先补充运营机构名称和人力资源服务许可证。" /
            "{count} markets are incomplete and cannot be listed yet; commercial ones need the name and the licence of their operator.",
    }
}

/// Why a market of an import could not be listed (未列入原因).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, async_graphql::Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NotListableReason {
    /// No address (缺详细地址).
    Address,
    /// No hours (缺运行时间).
    Hours,
    /// No trades (缺主要招聘工种).
    Trades,
    /// The operator's name is missing (缺运营机构名称).
    OperatorName,
    /// A commercial market without its operator's licence (缺人力资源服务许可证编号).
    Licence,
    /// Both of them are missing, as the form has neither (缺运营机构名称和许可证编号).
    OperatorNameAndLicence,
    /// The operator's licence ran out (许可证已到期).
    LicenceExpired,
    /// The operator's licence is suspended (许可证已暂停).
    LicenceSuspended,
    /// The operator's licence is revoked (许可证已吊销).
    LicenceRevoked,
    /// The operator is of seriously bad credit (运营机构严重失信).
    BadCredit,
    /// The caller may not list markets there (无权列入).
    NotAllowed,
}

impl From<Incomplete> for NotListableReason {
    fn from(missing: Incomplete) -> Self {
        match missing {
            Incomplete::Address => Self::Address,
            Incomplete::Hours => Self::Hours,
            Incomplete::Trades => Self::Trades,
            Incomplete::OperatorName => Self::OperatorName,
        }
    }
}

impl From<Unfit> for NotListableReason {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::NoLicence => Self::Licence,
            Unfit::Expired(_) | Unfit::RanOut(_) => Self::LicenceExpired,
            Unfit::Suspended(_) => Self::LicenceSuspended,
            Unfit::Revoked(_) => Self::LicenceRevoked,
            Unfit::BadCredit(_) => Self::BadCredit,
        }
    }
}

/// Numbers by reason.
pub type Reasons = BTreeMap<NotListableReason, i32>;

/// Lists all complete drafts of an applied import (导入市场列入名录), in one transaction, and counts the others by reason.
pub async fn list_imported_markets(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<ListImportedMarkets>> {
    ctx.transact_once(&policy::LIST, once, |tx| async move {
        let ctx = tx.ctx().clone();
        let (import, standing) = super::held(&tx, id).await?;
        tx.about("DirectoryImport", id);
        let reach = ctx.reach_by_class(&policy::LIST).await?;
        if standing != ImportStatus::Applied {
            return Err(Stop::Refused(ListImportedMarkets::NotApplied));
        }
        if import.version != version {
            return Err(Stop::Refused(ListImportedMarkets::Conflict { current: import.version }));
        }
        let drafts = drafts(&tx, id).await?;
        if drafts.is_empty() {
            return Err(Stop::Refused(ListImportedMarkets::NoDraft));
        }
        let (ready, reasons) = sort(&tx, drafts, &reach).await?;
        if ready.is_empty() {
            let count = reasons.values().map(|n| usize::try_from(*n).unwrap_or_default()).sum();
            return Err(Stop::Refused(ListImportedMarkets::NoneListable { count }));
        }
        publish(&tx, &ready).await?;
        let listed = i32::try_from(ready.len()).unwrap_or(i32::MAX);
        let change = directory_import::ActiveModel {
            listed: Set(import.listed + listed),
            not_listable: Set(serde_json::to_value(&reasons).unwrap_or_default()),
            ..directory_import::ActiveModel::default()
        };
        store::advance(&tx, id, &[ImportStatus::Applied], change, ImportStatus::Applied).await?;
        tx.note("listed", listed);
        tx.announce(&ImportListed { id, listed })?;
        Ok(Outcome::of("DirectoryImport", id, import.version + 1))
    })
    .await
}

/// The drafts among the markets that the import made, changed or met; all of them are held.
async fn drafts(tx: &Tx, import: Uuid) -> Result<Vec<market::Model>, Fault> {
    let ids: Vec<Option<Uuid>> = import_row::Entity::find()
        .select_only()
        .column(import_row::Column::MarketId)
        .filter(import_row::Column::ImportId.eq(import))
        .filter(import_row::Column::Good.eq(true))
        .filter(import_row::Column::MarketId.is_not_null())
        .into_tuple()
        .all(tx)
        .await?;
    let held = rows::hold(tx, ids.into_iter().flatten().collect()).await?;
    Ok(held.into_iter().filter(|row| row.status == MarketStatus::Draft).collect())
}

/// Those that can be listed, and why the others cannot.
async fn sort(
    tx: &Tx,
    drafts: Vec<market::Model>,
    reach: &kernel::policy::ClassedReach,
) -> Result<(Vec<market::Model>, Reasons), Fault> {
    let ids: Vec<Uuid> = drafts.iter().map(|row| row.id).collect();
    let (hours, trades) = store::parts(tx, &ids).await?;
    let today = tx.ctx().today();
    let mut bad = std::collections::HashMap::new();
    for some in ids.chunks(AT_ONCE) {
        bad.extend(credit::in_force(tx, some, today).await?);
    }
    let agencies: Vec<Uuid> = drafts.iter().filter_map(|row| row.agency).collect();
    let licences = people::licences_of(tx, &agencies, today).await?;
    let mut reasons = Reasons::new();
    let mut ready = Vec::new();
    for row in drafts {
        let has = Completeness {
            address: !row.address.is_empty(),
            hours: hours.get(&row.id).map_or(0, Vec::len),
            trades: trades.get(&row.id).map_or(0, Vec::len),
            operator: row.operator_kind,
            operator_name: row.operator_name.is_some(),
        };
        let reason = if reach.holds(&visible::place_of(&row)) {
            let agency = row.agency.and_then(|id| licences.get(&id)).copied().unwrap_or(LicenceState::Unknown);
            let bad = bad.get(&row.id).copied();
            why(&missing(&has), unfit(row.nature, row.licence().as_ref(), agency, bad, today))
        } else {
            Some(NotListableReason::NotAllowed)
        };
        match reason {
            Some(reason) => *reasons.entry(reason).or_default() += 1,
            None => ready.push(row),
        }
    }
    Ok((ready, reasons))
}

/// Why not, in one word for all that is missing of what the form does not have.
fn why(missing: &[Incomplete], unfit: Option<Unfit>) -> Option<NotListableReason> {
    match (missing, unfit) {
        ([Incomplete::OperatorName], Some(Unfit::NoLicence)) => Some(NotListableReason::OperatorNameAndLicence),
        ([first, ..], _) => Some((*first).into()),
        ([], unfit) => unfit.map(NotListableReason::from),
    }
}

async fn publish(tx: &Tx, ready: &[market::Model]) -> Result<(), Fault> {
    let ctx = tx.ctx();
    for some in ready.chunks(AT_ONCE) {
        market::Entity::update_many()
            .col_expr(market::Column::Status, Expr::value(MarketStatus::Listed))
            .col_expr(market::Column::StatusReason, Expr::value(Option::<String>::None))
            .col_expr(market::Column::ListedOn, Expr::value(ctx.today()))
            .col_expr(market::Column::Version, Expr::col(market::Column::Version).add(1))
            .col_expr(market::Column::UpdatedAt, Expr::value(ctx.now()))
            .filter(market::Column::Id.is_in(some.iter().map(|row| row.id)))
            .filter(market::Column::Status.eq(MarketStatus::Draft))
            .exec(tx)
            .await?;
    }
    let entries = ready.iter().map(|row| history::entry(ctx, row.id, "listed", None)).collect();
    store::insert::<market_event::Entity>(tx, entries).await?;
    let public: Vec<Uuid> = ready.iter().filter(|row| row.public_interest).map(|row| row.id).collect();
    annotations::ensure(tx, &public).await
}
