//! Freezing the roll-up (全省汇总定稿): what the cities handed in and the province accepted becomes a numbered version that
//! never changes; it is what goes to the ministry.

use kernel::clock::day_of;
use kernel::{Ctx, Fault, Once, Outcome, Pii, Place, Stop, Tx};
use sea_orm::{DbErr, EntityTrait as _, Set, SqlErr};
use uuid::Uuid;

use crate::queries::province::{Deadlines, ProvinceView, deadlines_of, views_of};
use crate::queries::reports::{latest, part_of, parts_of};
use crate::rows::{platform_report, platform_report_city};
use crate::rules::calendar::{Addressee, due_on};
use crate::rules::report::{Freezing, freeze};
use crate::rules::returns::ReturnStatus;
use crate::{policy, records};

kernel::refusals! {
    /// Why the roll-up was not frozen (不予定稿).
    pub FreezeProvinceReport => FreezeProvinceReportReason, FreezeProvinceReportRefusalCode {
        /// No city was asked for a report in that year.
        WrongYear { year: i32 } @ "year": "{year}年没有名录报送任务。" / "No return was due in {year}.",
        /// Somebody froze a version meanwhile.
        Conflict { current: i32 } @ "version":
            "全省汇总刚被他人定稿（现为第{current}版），请核对后再试。" /
            "Someone else has just frozen the roll-up (now version {current}); look at it and try again.",
        /// No city's return is accepted.
        NothingAccepted { year: i32 } @ "year":
            "{year}年还没有已接收的报送，请先接收各市报送，再定稿。" /
            "No return of {year} is accepted yet; accept the cities' returns first, then freeze.",
        /// A city that is not accepted is not left out by name.
        CitiesMissing { zh: String, en: String } @ "without":
            "{zh}的报送还没有接收。请先催报、接收，或逐一注明不纳入这些市，再定稿。" /
            "The returns of {en} are not accepted. Accept them first, or name each of these cities as left out, then freeze.",
        /// A city to be left out is accepted.
        CityAccepted { zh: String, en: String } @ "without":
            "{zh}的报送已接收，应当纳入，请核对后再定稿。" /
            "The returns of {en} are accepted and belong in it; look again, then freeze.",
        /// No such city.
        UnknownCity { city: String } @ "without": "没有代码为{city}的市，请检查区划代码。" / "There is no city with the code {city}; check it.",
        /// Nothing is different.
        Unchanged { current: i32 }:
            "各市报送与第{current}版相同，无需再次定稿。" /
            "The returns are those of version {current}; there is nothing to freeze anew.",
    }
}

/// Freezes the next version of the year's roll-up, without the cities named; the versions before it stay as they are.
pub async fn freeze_province_report(
    ctx: &Ctx,
    year: i32,
    version: i32,
    without: Vec<String>,
    once: Option<Once>,
) -> Result<Outcome, Stop<FreezeProvinceReport>> {
    let cities = ctx.kernel().all_tenants().await;
    ctx.transact_once(&policy::PROVINCE_FREEZE, once, |tx| async move {
        let ctx = tx.ctx();
        if !ctx.tenant().is_platform() {
            return Err(Fault::NotFound.into());
        }
        tx.authorize(&policy::PROVINCE_FREEZE, &Place::city()).await?;
        if due_on(Addressee::Province, year).is_none() {
            return Err(Stop::Refused(FreezeProvinceReport::WrongYear { year }));
        }
        let last = latest(&tx, year).await?;
        let before = parts_of(&tx, last.as_ref().map(|last| last.id)).await?;
        let views = views_of(ctx, &tx, cities?, year).await?;

        let now: Vec<_> = views.iter().map(part_of).collect();
        let numbers = (version, last.map_or(0, |last| last.version_no));
        let asked = Freezing { year, numbers, now: &now, before: &before, without: &without };
        let version_no = freeze(&asked).map_err(Stop::Refused)?;

        let id = ctx.new_id();
        tx.about("ProvinceReport", id);
        tx.note("year", year);
        tx.note("versionNo", version_no);
        tx.note("without", without.join(" "));
        keep(&tx, id, version_no, &deadlines_of(&tx, year).await?, views).await?;
        Ok(Outcome::of("ProvinceReport", id, 1))
    })
    .await
}

/// Writes the version and its cities.
async fn keep(
    tx: &Tx,
    id: Uuid,
    version_no: i32,
    dates: &Deadlines,
    views: Vec<ProvinceView>,
) -> Result<(), Stop<FreezeProvinceReport>> {
    let ctx = tx.ctx();
    let taken = views.iter().filter(|view| view.status == ReturnStatus::Accepted).filter_map(|view| view.row.as_ref());
    let rows: Vec<i32> = taken.map(|row| row.row_count).collect();
    tx.note("cities", rows.len());
    tx.note("rows", rows.iter().sum::<i32>());
    let report = platform_report::ActiveModel {
        id: Set(id),
        year: Set(dates.year),
        version_no: Set(version_no),
        city_count: Set(i32::try_from(rows.len()).unwrap_or(i32::MAX)),
        row_count: Set(rows.iter().sum()),
        cities_due_on: Set(dates.cities_due_on),
        ministry_due_on: Set(dates.ministry_due_on),
        frozen_at: Set(ctx.now()),
        frozen_by: Set(ctx.actor().account_id()),
        frozen_by_label: Set(records::actor_label(ctx.actor())),
        sent_on: Set(None),
        document_no: Set(None),
        sent_due_on: Set(None),
        recorded_at: Set(None),
        recorded_by: Set(None),
        version: Set(1),
    };
    let kept = platform_report::Entity::insert(report).exec_without_returning(tx).await;
    kept.map_err(|error| taken_by(error, version_no))?;
    let mut cities = Vec::new();
    for view in views {
        cities.push(city(ctx, id, view).await?);
    }
    platform_report_city::Entity::insert_many(cities).exec_without_returning(tx).await?;
    Ok(())
}

/// A city's line, with the filer sealed under a name of its own: the return will forget this one for the next.
async fn city(ctx: &Ctx, report: Uuid, view: ProvinceView) -> Result<platform_report_city::ActiveModel, Fault> {
    let id = ctx.new_id();
    let ring = ctx.keys().await?;
    let seal = |column: &str, text: &Pii<String>| ring.seal("platform_report_city", column, id, text);
    let ProvinceView { city, status, last_year, late, monitoring, row, filer, .. } = view;
    let row = row.filter(|_| status == ReturnStatus::Accepted);
    let filer = filer.filter(|_| row.is_some());
    let sealed = filer.map(|filer| Ok::<_, Fault>((seal("filer", &filer.name)?, seal("filer_phone", &filer.phone)?)));
    let (filer, filer_phone) = sealed.transpose()?.unzip();
    Ok(platform_report_city::ActiveModel {
        id: Set(id),
        report_id: Set(report),
        city: Set(city.code),
        name_zh: Set(city.name_zh),
        name_en: Set(city.name_en),
        status: Set(status.name().to_owned()),
        return_id: Set(row.as_ref().map(|row| row.id)),
        receipt_no: Set(row.as_ref().map(|row| row.receipt_no)),
        version_no: Set(row.as_ref().map(|row| row.version_no)),
        row_count: Set(row.as_ref().map(|row| row.row_count)),
        last_year: Set(last_year),
        submitted_on: Set(row.as_ref().map(|row| day_of(row.submitted_at))),
        late: Set(late),
        monitoring: Set(monitoring),
        filer: Set(filer),
        filer_phone: Set(filer_phone),
    })
}

/// A number is given once: the table holds that, where two freeze in one moment.
fn taken_by(error: DbErr, version_no: i32) -> Stop<FreezeProvinceReport> {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => {
            Stop::Refused(FreezeProvinceReport::Conflict { current: version_no })
        }
        _ => error.into(),
    }
}
