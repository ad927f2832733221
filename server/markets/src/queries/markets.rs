//! The list of those who work with markets (市场列表): within their reach, by every field of the directory.

use async_graphql::{Enum, InputObject};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use kernel::gql::{Date, Paging};
use kernel::maps::MapProvider;
use kernel::{Ctx, Fault};
use people::LicenceStanding;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde::Serialize;
use uuid::Uuid;

use super::{conditions, standard};
use crate::kinds::{
    AliasBasis, AnnotationStatus, ConstructionMode, FacilityKind, MarketLayout, MarketStatus, OperatingNature,
    OperatorKind, ServiceKind, ZoneKind,
};
use crate::policy;
use crate::rows::{
    construction_project, map_annotation, market, market_zone, milestone, operator_contract, pickup_bay, safety_check,
};
use crate::schema::kept::provider_code;
use crate::store::{credit, visible};

/// What is searched for among markets (市场筛选).
#[derive(Clone, Debug, Default, InputObject, Serialize)]
pub struct MarketFilter {
    /// Words (检索词).
    pub search: Option<String>,
    /// A trade: code, official name or street name (工种).
    pub trade: Option<String>,
    /// A division of any level (区划代码).
    pub division: Option<String>,
    /// A village or neighbourhood, by name or by its twelve digits (村、社区名称或代码).
    pub village: Option<String>,
    /// Operating nature (运营性质).
    pub nature: Option<OperatingNature>,
    /// Who runs it (运营主体).
    pub operator_kind: Option<OperatorKind>,
    /// Public interest (公益性).
    pub public_interest: Option<bool>,
    /// State (名录状态).
    pub status: Option<MarketStatus>,
    /// Standardised (规范化).
    pub standardised: Option<bool>,
    /// Layout (布局类型).
    pub layout: Option<MarketLayout>,
    /// Has such a zone (功能分区).
    pub zone: Option<ZoneKind>,
    /// Has such a facility (便民设施).
    pub facility: Option<FacilityKind>,
    /// Offers such a service (服务项目).
    pub service: Option<ServiceKind>,
    /// Opens early (提早开放).
    pub early_opening: Option<bool>,
    /// Has a stop-and-go bay (上车点).
    pub has_bays: Option<bool>,
    /// Without a point on the map (未填坐标).
    pub without_point: Option<bool>,
    /// Shares a place by time: two zones of one place (分时分区共享).
    pub zone_shared: Option<bool>,
    /// Has a construction project of this mode (建设方式).
    pub project_mode: Option<ConstructionMode>,
    /// Has a milestone that is late (里程碑逾期).
    pub project_late: Option<bool>,
    /// The provider that `annotation` is about; alone: has an annotation there (标注平台).
    pub annotation_provider: Option<MapProvider>,
    /// Has a map annotation in this state (地图标注).
    pub annotation: Option<AnnotationStatus>,
    /// Has a contract that ends before this day (协议到期).
    pub contract_ends_before: Option<Date>,
    /// Has a safety check that expires before this day (检查到期).
    pub check_expires_before: Option<Date>,
    /// The licence of its operator runs out before this day (许可证到期).
    pub licence_expires_before: Option<Date>,
    /// Commercial, and the licence under which it is run stands so today (许可证状态).
    pub licence_state: Option<LicenceStanding>,
    /// Its operator is of seriously bad credit today (严重失信).
    pub bad_credit: Option<bool>,
    /// What its name rests on (名称依据).
    pub alias_basis: Option<AliasBasis>,
    /// At least so many seekers (求职人员规模下限).
    pub min_seekers: Option<i32>,
}

/// The order of markets (市场排序).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize)]
pub enum MarketOrder {
    /// By name (按名称).
    #[default]
    Name,
    /// Last changed first (按更新时间).
    UpdatedAt,
    /// By division, then name (按区划).
    Division,
}

/// A page of markets, each with its sort key, and how many there are if that was asked.
pub async fn page(
    ctx: &Ctx,
    filter: &MarketFilter,
    order: MarketOrder,
    paging: &Paging,
    count: bool,
) -> Result<(Vec<(Vec<String>, market::Model)>, Option<i64>), Fault> {
    let reach = ctx.reach_by_class(&policy::READ).await?;
    let query = market::Entity::find().filter(visible::within(&reach)).filter(condition(ctx, filter));
    let total = if count { Some(query.clone().count(&ctx.scope()).await?) } else { None };
    let mut sorted = match order {
        MarketOrder::Name => query.order_by_asc(market::Column::DisplayName).order_by_asc(market::Column::Id),
        MarketOrder::UpdatedAt => query.order_by_desc(market::Column::UpdatedAt).order_by_desc(market::Column::Id),
        MarketOrder::Division => query
            .order_by_asc(market::Column::Division)
            .order_by_asc(market::Column::DisplayName)
            .order_by_asc(market::Column::Id),
    };
    if let Some(after) = &paging.after {
        sorted = sorted.filter(beyond(order, after)?);
    }
    let rows = sorted.limit(paging.limit()).all(&ctx.scope()).await?;
    let keyed = rows.into_iter().map(|row| (key(order, &row), row)).collect();
    Ok((keyed, total.map(|n| i64::try_from(n).unwrap_or(i64::MAX))))
}

/// All markets of a filter within the reach, in directory order: for exports.
pub async fn all(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    filter: &MarketFilter,
    reach: &kernel::policy::ClassedReach,
) -> Result<Vec<market::Model>, Fault> {
    Ok(market::Entity::find()
        .filter(visible::within(reach))
        .filter(condition(ctx, filter))
        .order_by_asc(market::Column::Division)
        .order_by_asc(market::Column::DisplayName)
        .order_by_asc(market::Column::Id)
        .all(db)
        .await?)
}

fn key(order: MarketOrder, row: &market::Model) -> Vec<String> {
    let id = row.id.to_string();
    match order {
        MarketOrder::Name => vec![row.display_name.clone(), id],
        MarketOrder::UpdatedAt => vec![row.updated_at.to_rfc3339_opts(SecondsFormat::Micros, true), id],
        MarketOrder::Division => vec![row.division.clone(), row.display_name.clone(), id],
    }
}

fn beyond(order: MarketOrder, after: &[String]) -> Result<Condition, Fault> {
    const READ: &str = "read a cursor of markets";
    let (name, id) = (market::Column::DisplayName, market::Column::Id);
    let by_name = |n: &String, i: &String| -> Result<Condition, Fault> {
        let i: Uuid = i.parse().map_err(Fault::of(READ))?;
        let same = Condition::all().add(name.eq(n.as_str())).add(id.gt(i));
        Ok(Condition::any().add(name.gt(n.as_str())).add(same))
    };
    match (order, after) {
        (MarketOrder::Name, [n, i]) => by_name(n, i),
        (MarketOrder::UpdatedAt, [at, i]) => {
            let at: DateTime<Utc> = at.parse().map_err(Fault::of(READ))?;
            let i: Uuid = i.parse().map_err(Fault::of(READ))?;
            let column = market::Column::UpdatedAt;
            let same = Condition::all().add(column.eq(at)).add(id.lt(i));
            Ok(Condition::any().add(column.lt(at)).add(same))
        }
        (MarketOrder::Division, [division, n, i]) => {
            let column = market::Column::Division;
            let same = Condition::all().add(column.eq(division.as_str())).add(by_name(n, i)?);
            Ok(Condition::any().add(column.gt(division.as_str())).add(same))
        }
        _ => Err(Fault::internal(READ)),
    }
}

fn condition(ctx: &Ctx, f: &MarketFilter) -> Condition {
    let mut all = Condition::all();
    if let Some(search) = &f.search {
        all = all.add(conditions::words(search));
    }
    if let Some(trade) = f.trade.as_deref().filter(|t| !t.trim().is_empty()) {
        all = all.add(conditions::trade(trade));
    }
    if let Some(division) = f.division.as_deref().filter(|d| !d.trim().is_empty()) {
        all = all.add(conditions::division(division));
    }
    if let Some(flag) = f.standardised {
        let yes = standard::is_standardised(ctx.today());
        all = all.add(if flag { yes } else { yes.not() });
    }
    all.add_option(f.village.as_deref().filter(|v| !v.trim().is_empty()).map(conditions::village))
        .add_option(f.nature.map(|v| market::Column::Nature.eq(v)))
        .add_option(f.operator_kind.map(|v| market::Column::OperatorKind.eq(v)))
        .add_option(f.public_interest.map(|v| market::Column::PublicInterest.eq(v)))
        .add_option(f.status.map(|v| market::Column::Status.eq(v)))
        .add_option(f.layout.map(|v| market::Column::Layout.eq(v)))
        .add_option(f.early_opening.map(|v| market::Column::EarlyOpening.eq(v)))
        .add_option(f.alias_basis.map(|v| market::Column::AliasBasis.eq(v)))
        .add_option(f.min_seekers.map(|v| market::Column::ScaleHigh.gte(v)))
        .add_option(
            f.without_point.map(|v| if v { market::Column::Lat.is_null() } else { market::Column::Lat.is_not_null() }),
        )
        .add(parts(f))
        .add(upkeep(f, ctx.today()))
}

/// Places that are shared, and what is being built.
fn upkeep(f: &MarketFilter, today: NaiveDate) -> Condition {
    use conditions::markets_in;
    let either = |flag: bool, of: SelectStatement| {
        if flag { market::Column::Id.in_subquery(of) } else { market::Column::Id.not_in_subquery(of) }
    };
    let shared = f.zone_shared.map(|flag| {
        let of = markets_in(market_zone::Entity, market_zone::Column::MarketId)
            .group_by_columns([market_zone::Column::MarketId, market_zone::Column::NameKey])
            .and_having(market_zone::Column::Id.count().gt(1_i64))
            .to_owned();
        either(flag, of)
    });
    let mode = f.project_mode.map(|mode| {
        let of = markets_in(construction_project::Entity, construction_project::Column::MarketId)
            .and_where(construction_project::Column::Mode.eq(mode))
            .to_owned();
        either(true, of)
    });
    let late = f.project_late.map(|flag| {
        let of = markets_in(milestone::Entity, milestone::Column::MarketId)
            .and_where(milestone::Column::DoneOn.is_null())
            .and_where(milestone::Column::DueOn.lt(today))
            .to_owned();
        either(flag, of)
    });
    let licence = f.licence_expires_before.map(|day| market::Column::LicenceUntil.lt(day.0));
    let bad = f.bad_credit.map(|flag| either(flag, credit::markets(today)));
    let stands = f.licence_state.map(|standing| conditions::licensed(standing, today));
    Condition::all()
        .add_option(shared)
        .add_option(mode)
        .add_option(late)
        .add_option(licence)
        .add_option(stands)
        .add_option(bad)
}

/// What hangs on a market is found through its own table.
fn parts(f: &MarketFilter) -> Condition {
    use conditions::markets_in;
    let has = |of: &mut SelectStatement| market::Column::Id.in_subquery(of.to_owned());
    let zone = f.zone.map(|kind| {
        let mut of = markets_in(market_zone::Entity, market_zone::Column::MarketId);
        has(of.and_where(market_zone::Column::Kind.eq(kind)))
    });
    let bays = f.has_bays.map(|flag| {
        let of = markets_in(pickup_bay::Entity, pickup_bay::Column::MarketId);
        if flag { market::Column::Id.in_subquery(of) } else { market::Column::Id.not_in_subquery(of) }
    });
    let annotation = (f.annotation.is_some() || f.annotation_provider.is_some()).then(|| {
        let mut of = markets_in(map_annotation::Entity, map_annotation::Column::MarketId);
        let provider = f.annotation_provider.map(provider_code);
        has(of.cond_where(
            Condition::all()
                .add_option(f.annotation.map(|status| map_annotation::Column::Status.eq(status)))
                .add_option(provider.map(|code| map_annotation::Column::Provider.eq(code))),
        ))
    });
    let contract = f.contract_ends_before.map(|day| {
        let mut of = markets_in(operator_contract::Entity, operator_contract::Column::MarketId);
        has(of.and_where(operator_contract::Column::EndsOn.lt(day.0)))
    });
    let check = f.check_expires_before.map(|day| {
        let mut of = markets_in(safety_check::Entity, safety_check::Column::MarketId);
        of.and_where(safety_check::Column::IsCurrent.eq(true));
        has(of.and_where(safety_check::Column::ExpiresOn.lt(day.0)))
    });
    Condition::all()
        .add_option(zone)
        .add_option(f.facility.map(conditions::has_facility))
        .add_option(f.service.map(conditions::offers))
        .add_option(bays)
        .add_option(annotation)
        .add_option(contract)
        .add_option(check)
}
