//! The province's own date (省级上报期限): unless set, the end of the year.

use chrono::NaiveDate;
use kernel::{Ctx, Fault, Once, Outcome, Place, Stop, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, Select, Set,
    SqlErr,
};
use uuid::Uuid;

use crate::rows::platform_deadline;
use crate::rules::calendar::{Addressee, due_on};
use crate::{policy, rules};

/// To whom: as stored.
pub(crate) const MINISTRY: &str = "MINISTRY";

kernel::refusals! {
    /// Why a date was not set (不予设定期限).
    pub SetMinistryDeadline => SetMinistryDeadlineReason, SetMinistryDeadlineRefusalCode {
        /// The year is over, too far ahead, or before the first report.
        WrongYear { year: i32 } @ "year": "不能设定{year}年的上报期限，只能设定本年和下一年的。" / "The date of {year} cannot be set; only this year's and next year's can.",
        /// Somebody set it meanwhile.
        Conflict { current: i32 } @ "version":
            "上报期限刚被他人更改（现为第{current}版），请刷新后再试。" /
            "Someone else has just set this date (now version {current}); reload and try again.",
        /// Not in that year.
        OutsideYear { year: i32 } @ "dueOn": "上报期限应在{year}年之内（每年年底前上报）。" / "The date must lie in {year}: the report is due before the end of the year.",
        /// Before the cities are due.
        BeforeCities { cities: NaiveDate } @ "dueOn": "上报期限不能早于各市的报送期限{cities}。" / "The date must not be before {cities}, when the cities are due.",
    }
}

/// Sets the day of the province's report for `year`. The day before it stays in the record, superseded.
pub async fn set_ministry_deadline(
    ctx: &Ctx,
    year: i32,
    due: NaiveDate,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<SetMinistryDeadline>> {
    ctx.transact_once(&policy::PROVINCE_DEADLINE, once, |tx| async move {
        let ctx = tx.ctx();
        if !ctx.tenant().is_platform() {
            return Err(Fault::NotFound.into());
        }
        tx.authorize(&policy::PROVINCE_DEADLINE, &Place::city()).await?;

        let cities = due_on(Addressee::Province, year);
        rules::province::ministry_deadline(year, due, cities, ctx.today()).map_err(Stop::Refused)?;

        let set = days_of(year).all(&tx).await?;
        let current = i32::try_from(set.len()).unwrap_or(i32::MAX);
        if current != version {
            return Err(clash(current));
        }
        tx.note("year", year);
        tx.note("dueOn", due.to_string());
        if let Some(before) = set.iter().find(|row| row.superseded_at.is_none()) {
            supersede(&tx, before.id, version).await?;
        }
        let id = save(&tx, year, due, version).await?;
        tx.about("ProvinceDeadline", id);
        Ok(Outcome::of("ProvinceDeadline", id, version + 1))
    })
    .await
}

/// The day that was seen, and no other: one that somebody set since is not this one.
async fn supersede(tx: &Tx, seen: Uuid, version: i32) -> Result<(), Stop<SetMinistryDeadline>> {
    let superseded = platform_deadline::Entity::update_many()
        .col_expr(platform_deadline::Column::SupersededAt, Expr::value(tx.ctx().now()))
        .filter(platform_deadline::Column::Id.eq(seen))
        .filter(platform_deadline::Column::SupersededAt.is_null())
        .exec(tx)
        .await?;
    if superseded.rows_affected == 0 { Err(clash(version + 1)) } else { Ok(()) }
}

async fn save(tx: &Tx, year: i32, due: NaiveDate, version: i32) -> Result<Uuid, Stop<SetMinistryDeadline>> {
    let ctx = tx.ctx();
    let id = ctx.new_id();
    let row = platform_deadline::ActiveModel {
        id: Set(id),
        addressee: Set(MINISTRY.to_owned()),
        year: Set(year),
        due_on: Set(due),
        set_at: Set(ctx.now()),
        set_by: Set(ctx.actor().account_id()),
        superseded_at: Set(None),
    };
    let set = platform_deadline::Entity::insert(row).exec_without_returning(tx).await;
    set.map(|_| id).map_err(|error| taken(error, version))
}

/// One day of a year counts at a time: the table holds that, where two set it in one moment.
fn taken(error: DbErr, version: i32) -> Stop<SetMinistryDeadline> {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => clash(version + 1),
        _ => error.into(),
    }
}

fn clash(current: i32) -> Stop<SetMinistryDeadline> {
    Stop::Refused(SetMinistryDeadline::Conflict { current })
}

/// The days that were set for `year`: the one that counts, and those before it.
fn days_of(year: i32) -> Select<platform_deadline::Entity> {
    platform_deadline::Entity::find()
        .filter(platform_deadline::Column::Addressee.eq(MINISTRY))
        .filter(platform_deadline::Column::Year.eq(year))
}

/// How often the day of `year` was set.
pub(crate) async fn version_of<C: ConnectionTrait>(db: &C, year: i32) -> Result<i32, Fault> {
    Ok(i32::try_from(days_of(year).count(db).await?).unwrap_or(i32::MAX))
}
