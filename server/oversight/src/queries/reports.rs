//! The frozen versions of the roll-up (全省汇总定稿): what each holds, and whether it still is what the cities handed in.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use kernel::kernel::TenantInfo;
use kernel::{Ctx, Fault, Pii};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use uuid::Uuid;

use super::province::{ProvinceView, deadlines_of, may_read, status_of};
use crate::form::{CityPart, Edition, Line, ProvinceBook, Reader, city_name};
use crate::rows::{platform_report, platform_report_city, platform_return, platform_return_row};
use crate::rules::calendar::{Addressee, due_on};
use crate::rules::province::is_late;
use crate::rules::report::{Arrival, Part, accepted, changed};
use crate::rules::returns::ReturnStatus;

/// Versions shown of a year: each holds something that the one before it did not.
const SHOWN: u64 = 50;

/// A version (定稿版本).
pub struct ReportView {
    /// The version itself.
    pub row: platform_report::Model,
    /// Its cities, by code.
    pub cities: Vec<platform_report_city::Model>,
    /// The cities of which it no longer has what is accepted.
    pub changed: BTreeSet<String>,
}

/// A year's roll-up (全省汇总).
pub struct ReportsView {
    /// The year reported.
    pub year: i32,
    /// The number of the last version; 0 before the first.
    pub version: i32,
    /// When the province is due.
    pub due_on: NaiveDate,
    /// Was it first sent after that day, or has it not been sent and the day is past?
    pub late: bool,
    /// The cities that are not accepted now, by code, and where their returns stand.
    pub missing: Vec<(TenantInfo, ReturnStatus)>,
    /// The versions, the latest first.
    pub versions: Vec<ReportView>,
}

/// A year's roll-up with its versions.
pub async fn reports(ctx: &Ctx, year: i32) -> Result<ReportsView, Fault> {
    may_read(ctx).await?;
    due_on(Addressee::Province, year).ok_or(Fault::NotFound)?;
    let scope = ctx.scope();
    let rows = platform_report::Entity::find()
        .filter(platform_report::Column::Year.eq(year))
        .order_by_desc(platform_report::Column::VersionNo)
        .limit(SHOWN)
        .all(&scope)
        .await?;
    let due_on = deadlines_of(&scope, year).await?.ministry_due_on;
    // The first that was sent tells; the day it was due is kept with it.
    let first = rows.iter().filter_map(|row| Some((row.sent_on?, row.sent_due_on?))).min();
    let late = is_late(first.map_or(due_on, |(_, due)| due), first.map(|(sent, _)| sent), ctx.today());
    let (version, now) = (rows.first().map_or(0, |row| row.version_no), now(ctx, year).await?);
    let versions = with_cities(ctx, rows, &parts(&now)).await?;
    let missing = now.into_iter().filter(|(_, status, _)| *status != ReturnStatus::Accepted);
    let missing = missing.map(|(city, status, _)| (city, status)).collect();
    Ok(ReportsView { year, version, due_on, late, missing, versions })
}

/// One version.
pub async fn report(ctx: &Ctx, id: Uuid) -> Result<ReportView, Fault> {
    may_read(ctx).await?;
    let row = platform_report::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    let now = now(ctx, row.year).await?;
    with_cities(ctx, vec![row], &parts(&now)).await?.pop().ok_or(Fault::NotFound)
}

/// A city, where its return stands, and its arrival.
type Standing = (TenantInfo, ReturnStatus, Option<Arrival>);

/// The cities as they stand.
async fn now(ctx: &Ctx, year: i32) -> Result<Vec<Standing>, Fault> {
    let cities = ctx.kernel().all_tenants().await?;
    let rows = platform_return::Entity::find().filter(platform_return::Column::Year.eq(year)).all(&ctx.scope()).await?;
    let rows: HashMap<&str, &platform_return::Model> = rows.iter().map(|row| (row.city.as_str(), row)).collect();
    let standing = |city: TenantInfo| match rows.get(city.code.as_str()) {
        Some(row) => Ok((city, status_of(row)?, Some((row.id, row.receipt_no)))),
        None => Ok((city, ReturnStatus::Open, None)),
    };
    cities.into_iter().map(standing).collect()
}

fn parts(now: &[Standing]) -> Vec<Part> {
    let part = |(city, status, arrival): &Standing| Part {
        city: city.code.clone(),
        zh: city_name(&city.name_zh),
        en: city.name_en.clone(),
        accepted: arrival.and_then(|arrival| accepted(*status, arrival)),
        monitoring: false,
    };
    now.iter().map(part).collect()
}

/// A city as the province sees it, in the roll-up.
pub(crate) fn part_of(view: &ProvinceView) -> Part {
    Part {
        city: view.city.code.clone(),
        zh: city_name(&view.city.name_zh),
        en: view.city.name_en.clone(),
        accepted: view.row.as_ref().and_then(|row| accepted(view.status, (row.id, row.receipt_no))),
        monitoring: view.monitoring,
    }
}

fn part(row: &platform_report_city::Model) -> Part {
    Part {
        city: row.city.clone(),
        zh: city_name(&row.name_zh),
        en: row.name_en.clone(),
        accepted: row.return_id.zip(row.receipt_no),
        monitoring: row.monitoring,
    }
}

/// The last version of a year.
pub(crate) async fn latest<C: ConnectionTrait>(db: &C, year: i32) -> Result<Option<platform_report::Model>, Fault> {
    let rows = platform_report::Entity::find().filter(platform_report::Column::Year.eq(year));
    Ok(rows.order_by_desc(platform_report::Column::VersionNo).one(db).await?)
}

/// The cities of a version.
pub(crate) async fn parts_of<C: ConnectionTrait>(db: &C, report: Option<Uuid>) -> Result<Vec<Part>, Fault> {
    Ok(cities(db, report.into_iter().collect()).await?.iter().map(part).collect())
}

async fn cities<C: ConnectionTrait>(db: &C, reports: Vec<Uuid>) -> Result<Vec<platform_report_city::Model>, Fault> {
    let rows = platform_report_city::Entity::find()
        .filter(platform_report_city::Column::ReportId.is_in(reports))
        .order_by_asc(platform_report_city::Column::City);
    Ok(rows.all(db).await?)
}

async fn with_cities(ctx: &Ctx, rows: Vec<platform_report::Model>, now: &[Part]) -> Result<Vec<ReportView>, Fault> {
    let mut of: HashMap<Uuid, Vec<platform_report_city::Model>> = HashMap::new();
    for city in cities(&ctx.scope(), rows.iter().map(|row| row.id).collect()).await? {
        of.entry(city.report_id).or_default().push(city);
    }
    let view = |row: platform_report::Model| {
        let cities = of.remove(&row.id).unwrap_or_default();
        let before: Vec<Part> = cities.iter().map(part).collect();
        ReportView { row, changed: changed(&before, now), cities }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// What the export of a version is made of, exactly as it was frozen; none where there is no such version.
pub async fn book(ctx: &Ctx, year: i32, version_no: i32, reader: Reader) -> Result<Option<ProvinceBook>, Fault> {
    let scope = ctx.scope();
    let report = platform_report::Entity::find()
        .filter(platform_report::Column::Year.eq(year))
        .filter(platform_report::Column::VersionNo.eq(version_no))
        .one(&scope)
        .await?;
    let Some(report) = report else { return Ok(None) };
    let rows = cities(&scope, vec![report.id]).await?;
    let mut lines = lines(ctx, rows.iter().filter_map(|row| row.return_id.zip(row.receipt_no))).await?;
    let ring = ctx.keys().await?;
    let mut cities = Vec::new();
    for row in rows {
        let open = |column: &str, sealed: &Option<Vec<u8>>| match sealed {
            Some(sealed) => ring.open("platform_report_city", column, row.id, sealed),
            None => Ok(Pii::default()),
        };
        cities.push(CityPart {
            status: status(&row)?,
            version_no: row.version_no,
            row_count: row.row_count,
            last_year: row.last_year,
            submitted_on: row.submitted_on,
            late: row.late,
            monitoring: row.monitoring,
            filer: open("filer", &row.filer)?,
            phone: open("filer_phone", &row.filer_phone)?,
            lines: row.return_id.zip(row.receipt_no).map(|arrival| lines.remove(&arrival).unwrap_or_default()),
            name_zh: row.name_zh,
        });
    }
    Ok(Some(ProvinceBook {
        reader,
        edition: Edition::Frozen { version_no, on: kernel::clock::day_of(report.frozen_at) },
        year,
        cities_due: report.cities_due_on,
        ministry_due: report.ministry_due_on,
        cities,
    }))
}

/// Where a city's return stood when the version was frozen.
pub fn status(row: &platform_report_city::Model) -> Result<ReturnStatus, Fault> {
    ReturnStatus::parse(&row.status).ok_or(Fault::internal("read the status of a city in a frozen version"))
}

/// The rows of these arrivals, in order, whether or not a later one took their place.
async fn lines(ctx: &Ctx, of: impl Iterator<Item = Arrival>) -> Result<HashMap<Arrival, Vec<Line>>, Fault> {
    use platform_return_row::Column;
    let which = of
        .fold(Condition::any(), |any, (id, number)| any.add(Column::ReturnId.eq(id).and(Column::ReceiptNo.eq(number))));
    let rows = platform_return_row::Entity::find()
        .filter(which)
        .order_by_asc(Column::ReturnId)
        .order_by_asc(Column::Serial)
        .all(&ctx.scope())
        .await?;
    let mut lines: HashMap<Arrival, Vec<Line>> = HashMap::new();
    for row in rows {
        lines.entry((row.return_id, row.receipt_no)).or_default().push(row.try_into()?);
    }
    Ok(lines)
}
