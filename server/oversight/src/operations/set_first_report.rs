//! The first report of a city that joined later (设定首次报送日期). The province hears of it, so that both count alike.

use chrono::NaiveDate;
use kernel::{Ctx, Fault, Once, Outcome, Place, Stop, Tx};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use crate::events::FirstReportSet;
use crate::rows::directory_return;
use crate::rules::first_report::first_report;
use crate::rules::returns::return_id;
use crate::{policy, records};

kernel::refusals! {
    /// Why the day was not set (不予设定首次报送日期).
    pub SetFirstReport => SetFirstReportReason, SetFirstReportRefusalCode {
        /// The province reports to the ministry, by another rule.
        NotACity: "省级平台不适用首次报送日期，请在所在市办理。" / "The province has no first report of its own; do this in a city.",
        /// Somebody set it meanwhile.
        Conflict { current: i32 } @ "version":
            "首次报送日期刚被他人更改（现为第{current}版），请核对最新日期后再试。" /
            "Someone else has just set this day (now version {current}); look at the newest one and try again.",
        /// The city has handed in.
        AlreadyReported @ "dueOn": "本市已经报送过名录，首次报送日期不能再更改。" / "The city has handed in a return; the day of its first report stays.",
        /// A day that is over.
        InPast @ "dueOn": "首次报送日期不能早于今天。" / "The first report cannot be due before today.",
        /// Later than next year.
        TooFar { year: i32 } @ "dueOn": "首次报送日期不能晚于{year}年。" / "The first report cannot be due after {year}.",
    }
}

/// Sets the day of the city's first report, or takes it away: then the yearly rule holds.
pub async fn set_first_report(
    ctx: &Ctx,
    day: Option<NaiveDate>,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<SetFirstReport>> {
    ctx.transact_once(&policy::SCHEDULE, once, |tx| async move {
        let ctx = tx.ctx();
        if ctx.tenant().is_platform() {
            return Err(Stop::Refused(SetFirstReport::NotACity));
        }
        tx.authorize(&policy::SCHEDULE, &Place::city()).await?;
        let before = records::first_report(&tx).await?;

        first_report(day, handed_in(&tx).await?, ctx.today()).map_err(Stop::Refused)?;
        let clash = |current: i32| Err(Stop::Refused(SetFirstReport::Conflict { current }));
        if before.version != version {
            return clash(before.version);
        }

        tx.note("before", before.due_on.map(|day| day.to_string()));
        tx.note("dueOn", day.map(|day| day.to_string()));
        if !records::set_first_report(&tx, day, before).await? {
            return clash(records::first_report(&tx).await?.version);
        }
        tx.announce(&FirstReportSet { due_on: day, at: ctx.now() })?;
        Ok(Outcome::of("FirstReport", return_id(0), version + 1))
    })
    .await
}

async fn handed_in(tx: &Tx) -> Result<bool, Fault> {
    let sent = directory_return::Entity::find().filter(directory_return::Column::SubmittedAt.is_not_null());
    Ok(sent.count(tx).await? > 0)
}
