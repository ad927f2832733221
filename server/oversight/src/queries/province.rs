//! What the province has (省级汇总). Everything stands in the platform's own store: the cities pushed it there.

use std::collections::HashMap;

use chrono::NaiveDate;
use kernel::calendar::Calendar;
use kernel::clock::day_of;
use kernel::kernel::TenantInfo;
use kernel::{Ctx, Fault};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::city::Filer;
use crate::form::{CityPart, Edition, Line, ProvinceBook, Reader};
use crate::operations::set_ministry_deadline::{MINISTRY, version_of};
use crate::operations::set_monitoring_city::changes;
use crate::policy;
use crate::rows::{
    platform_deadline, platform_first_report, platform_monitoring, platform_return, platform_return_row,
};
use crate::rules::calendar::{Addressee, city_due_on, due_on};
use crate::rules::compare::{Changes, Seen, compare};
use crate::rules::province::is_late;
use crate::rules::returns::ReturnStatus;

/// A city and what it handed in for a year, if anything (各市报送情况).
#[derive(Clone)]
pub struct ProvinceView {
    /// The city.
    pub city: TenantInfo,
    /// The year reported.
    pub year: i32,
    /// What it handed in.
    pub row: Option<platform_return::Model>,
    /// Where that stands.
    pub status: ReturnStatus,
    /// Rows handed in for the year before.
    pub last_year: Option<i32>,
    /// The filer.
    pub filer: Option<Filer>,
    /// The day the city is due, by its own calendar; none before its first report.
    pub due_on: Option<NaiveDate>,
    /// Late?
    pub late: bool,
    /// Named for monitoring?
    pub monitoring: bool,
    /// How often it was named or withdrawn.
    pub monitoring_version: i32,
}

/// The dates of a year (报送期限).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadlines {
    /// The year reported.
    pub year: i32,
    /// When the cities are due.
    pub cities_due_on: NaiveDate,
    /// The last working day up to it.
    pub cities_remind_on: NaiveDate,
    /// When the province is due.
    pub ministry_due_on: NaiveDate,
    /// Was that day set by the province, or is it the end of the year by rule?
    pub ministry_set: bool,
    /// The working calendar of that year is not published yet.
    pub provisional: bool,
    /// How often the province set its day.
    pub version: i32,
}

/// This year's rows against last year's (同比).
#[derive(Clone)]
pub struct Comparison {
    /// The city.
    pub city: TenantInfo,
    /// The year reported.
    pub year: i32,
    /// Rows this year.
    pub row_count: Option<i32>,
    /// Rows last year.
    pub last_year: Option<i32>,
    /// What changed.
    pub changes: Changes,
}

/// Where a received return stands.
pub fn status_of(row: &platform_return::Model) -> Result<ReturnStatus, Fault> {
    ReturnStatus::parse(&row.status).ok_or(Fault::internal("read the status of a received return"))
}

pub(crate) async fn may_read(ctx: &Ctx) -> Result<(), Fault> {
    if !ctx.tenant().is_platform() {
        return Err(Fault::NotFound);
    }
    ctx.reach(&policy::PROVINCE_READ).await.map(|_| ())
}

/// Every city with its return of `year`, by code.
pub async fn province_returns(ctx: &Ctx, year: i32) -> Result<Vec<ProvinceView>, Fault> {
    may_read(ctx).await?;
    views(ctx, year, None).await
}

/// The returns of `year` that wait for the province's decision: their ids and versions.
pub async fn handed_in(ctx: &Ctx, year: i32) -> Result<Vec<(Uuid, i32)>, Fault> {
    may_read(ctx).await?;
    let rows = platform_return::Entity::find()
        .filter(platform_return::Column::Year.eq(year))
        .filter(platform_return::Column::Status.eq(ReturnStatus::Submitted.name()))
        .order_by_asc(platform_return::Column::City)
        .all(&ctx.scope())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.version)).collect())
}

/// One received return.
pub async fn province_return(ctx: &Ctx, id: Uuid) -> Result<ProvinceView, Fault> {
    may_read(ctx).await?;
    let row = platform_return::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    views(ctx, row.year, Some(&row.city)).await?.pop().ok_or(Fault::NotFound)
}

/// One city's return of `year`.
pub async fn province_return_of(ctx: &Ctx, city: &str, year: i32) -> Result<ProvinceView, Fault> {
    may_read(ctx).await?;
    views(ctx, year, Some(city)).await?.pop().ok_or(Fault::NotFound)
}

async fn views(ctx: &Ctx, year: i32, only: Option<&str>) -> Result<Vec<ProvinceView>, Fault> {
    due_on(Addressee::Province, year).ok_or(Fault::NotFound)?;
    let cities = ctx.kernel().all_tenants().await?;
    let cities = cities.into_iter().filter(|city| only.is_none_or(|only| only == city.code)).collect();
    views_of(ctx, &ctx.scope(), cities, year).await
}

/// These cities with their returns of `year`.
pub(crate) async fn views_of<C: ConnectionTrait>(
    ctx: &Ctx,
    db: &C,
    cities: Vec<TenantInfo>,
    year: i32,
) -> Result<Vec<ProvinceView>, Fault> {
    let rows =
        platform_return::Entity::find().filter(platform_return::Column::Year.is_in([year, year - 1])).all(db).await?;
    let mut rows: HashMap<(String, i32), platform_return::Model> =
        rows.into_iter().map(|row| ((row.city.clone(), row.year), row)).collect();
    let named: Vec<(String, Option<NaiveDate>)> = platform_monitoring::Entity::find()
        .select_only()
        .column(platform_monitoring::Column::City)
        .column(platform_monitoring::Column::Until)
        .into_tuple()
        .all(db)
        .await?;
    let firsts: HashMap<String, Option<NaiveDate>> = platform_first_report::Entity::find()
        .all(db)
        .await?
        .into_iter()
        .map(|known| (known.city, known.due_on))
        .collect();
    let mut views = Vec::new();
    for city in cities {
        let row = rows.remove(&(city.code.clone(), year));
        let submitted = row.as_ref().map(|row| day_of(row.first_submitted_at));
        // What came with the return holds; before that, what the city set; a city that is asked for later is never late.
        let own = firsts.get(&city.code).copied().flatten();
        let due_on = row.as_ref().map(|row| row.due_on).or_else(|| city_due_on(year, own));
        let named = || named.iter().filter(|(code, _)| *code == city.code).map(|(_, until)| until.is_some());
        views.push(ProvinceView {
            status: row.as_ref().map_or(Ok(ReturnStatus::Open), status_of)?,
            last_year: rows.get(&(city.code.clone(), year - 1)).map(|row| row.row_count),
            filer: match &row {
                Some(row) => Some(filer(ctx, row).await?),
                None => None,
            },
            late: due_on.is_some_and(|due| is_late(due, submitted, ctx.today())),
            due_on,
            monitoring: named().any(|over| !over),
            monitoring_version: named().map(changes).sum(),
            city,
            year,
            row,
        });
    }
    Ok(views)
}

/// The filer of a received return, opened.
pub(crate) async fn filer(ctx: &Ctx, row: &platform_return::Model) -> Result<Filer, Fault> {
    let ring = ctx.keys().await?;
    let open = |column: &str, sealed: &[u8]| ring.open("platform_return", column, row.id, sealed);
    Ok(Filer { name: open("filer", &row.filer)?, phone: open("filer_phone", &row.filer_phone)? })
}

/// The dates of `year`.
pub async fn deadlines(ctx: &Ctx, year: i32) -> Result<Deadlines, Fault> {
    may_read(ctx).await?;
    deadlines_of(&ctx.scope(), year).await
}

pub(crate) async fn deadlines_of<C: ConnectionTrait>(db: &C, year: i32) -> Result<Deadlines, Fault> {
    let cities_due_on = due_on(Addressee::Province, year).ok_or(Fault::NotFound)?;
    let by_rule = due_on(Addressee::Ministry, year).ok_or(Fault::NotFound)?;
    let set = platform_deadline::Entity::find()
        .filter(platform_deadline::Column::Addressee.eq(MINISTRY))
        .filter(platform_deadline::Column::Year.eq(year))
        .filter(platform_deadline::Column::SupersededAt.is_null())
        .one(db)
        .await?;
    let remind = Calendar::standard().shift_to_previous_working_day(cities_due_on);
    Ok(Deadlines {
        year,
        cities_due_on,
        cities_remind_on: remind.date,
        ministry_due_on: set.as_ref().map_or(by_rule, |row| row.due_on),
        ministry_set: set.is_some(),
        provisional: remind.provisional,
        version: version_of(db, year).await?,
    })
}

/// Which markets came and which went in a city.
pub async fn comparison(ctx: &Ctx, city: &str, year: i32) -> Result<Comparison, Fault> {
    may_read(ctx).await?;
    let cities = ctx.kernel().all_tenants().await?;
    let city = cities.into_iter().find(|tenant| tenant.code == city).ok_or(Fault::NotFound)?;
    due_on(Addressee::Province, year).ok_or(Fault::NotFound)?;
    let scope = ctx.scope();
    let rows = platform_return::Entity::find()
        .filter(platform_return::Column::City.eq(city.code.as_str()))
        .filter(platform_return::Column::Year.is_in([year, year - 1]))
        .all(&scope)
        .await?;
    let lines = platform_return_row::Entity::find()
        .filter(platform_return_row::Column::ReturnId.is_in(rows.iter().map(|row| row.id)))
        .filter(platform_return_row::Column::SupersededAt.is_null())
        .order_by_asc(platform_return_row::Column::Serial)
        .all(&scope)
        .await?;
    let of = |year: i32| {
        let row = rows.iter().find(|row| row.year == year);
        let lines = lines.iter().filter(|line| row.is_some_and(|row| row.id == line.return_id)).map(seen);
        (row.map(|row| row.row_count), lines.collect::<Vec<_>>())
    };
    let ((row_count, now), (last_year, before)) = (of(year), of(year - 1));
    Ok(Comparison { city, year, row_count, last_year, changes: compare(&before, &now) })
}

fn seen(line: &platform_return_row::Model) -> Seen {
    Seen {
        market: line.market_id,
        name: line.name.clone(),
        nature: line.nature.clone(),
        seeker_scale: line.seeker_scale.clone(),
        daily_successes: line.daily_successes.clone(),
    }
}

/// What the export is made of; none for a year without a report. Rows only of returns that lie with the province.
pub async fn book(ctx: &Ctx, year: i32, reader: Reader) -> Result<Option<ProvinceBook>, Fault> {
    let deadlines = match deadlines_of(&ctx.scope(), year).await {
        Ok(deadlines) => deadlines,
        Err(Fault::NotFound) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    let views = views(ctx, year, None).await?;
    let with_province = |view: &ProvinceView| matches!(view.status, ReturnStatus::Submitted | ReturnStatus::Accepted);
    let ids: Vec<Uuid> =
        views.iter().filter(|v| with_province(v)).filter_map(|v| v.row.as_ref().map(|row| row.id)).collect();
    let mut lines = lines(ctx, ids).await?;
    let part = |view: ProvinceView| {
        let filer = view.filer.unwrap_or_default();
        CityPart {
            name_zh: view.city.name_zh,
            status: view.status,
            version_no: view.row.as_ref().map(|row| row.version_no),
            row_count: view.row.as_ref().map(|row| row.row_count),
            last_year: view.last_year,
            submitted_on: view.row.as_ref().map(|row| day_of(row.submitted_at)),
            late: view.late,
            monitoring: view.monitoring,
            filer: filer.name,
            phone: filer.phone,
            lines: view.row.and_then(|row| lines.remove(&row.id)),
        }
    };
    Ok(Some(ProvinceBook {
        reader,
        edition: if reader == Reader::Ministry { Edition::Draft } else { Edition::Working },
        year,
        cities_due: deadlines.cities_due_on,
        ministry_due: deadlines.ministry_due_on,
        cities: views.into_iter().map(part).collect(),
    }))
}

async fn lines(ctx: &Ctx, ids: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<Line>>, Fault> {
    let rows = platform_return_row::Entity::find()
        .filter(platform_return_row::Column::ReturnId.is_in(ids))
        .filter(platform_return_row::Column::SupersededAt.is_null())
        .order_by_asc(platform_return_row::Column::ReturnId)
        .order_by_asc(platform_return_row::Column::Serial)
        .all(&ctx.scope())
        .await?;
    let mut lines: HashMap<Uuid, Vec<Line>> = HashMap::new();
    for row in rows {
        lines.entry(row.return_id).or_default().push(row.try_into()?);
    }
    Ok(lines)
}

/// The cities with their liaison persons, by code; masked by people for those who may not see them whole.
pub async fn liaisons(ctx: &Ctx) -> Result<Vec<people::ProvinceLiaison>, Fault> {
    may_read(ctx).await?;
    people::province_liaisons(ctx).await
}
