//! Recording that an annual report came in (登记年度报告).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::agencies::forms::AnnualReportInput;
use crate::agencies::kinds::AgencyEventKind;
use crate::agencies::policy;
use crate::agencies::rows::report::{self, Column};
use crate::agencies::rules::identity::{PROSE, note};
use crate::agencies::rules::reports::{self, FIRST, Flaw};
use crate::agencies::store::{self, Line};

kernel::refusals! {
    /// Why an annual report was not recorded (不予登记年度报告).
    pub RecordAnnualReport => RecordAnnualReportRefused, RecordAnnualReportRefusalCode {
        /// A year that is not over, or before there were such reports.
        Year { first: i32 } @ "input.year": "报告年度应为 {first} 年以后、已经结束的年度。" / "A report is about a year that is over, from {first} on.",
        /// A day within that year, or to come.
        Day @ "input.reportedOn": "提交日期应在报告年度结束之后，且不晚于今天。" / "A report comes in after its year, and not later than today.",
        /// Too many words.
        NoteTooLong { limit: usize } @ "input.note": "备注不超过 {limit} 个字。" / "The note has at most {limit} characters.",
    }
}

/// Records that the annual report of a year came in (登记年度报告). Said again, the newest word counts; the history keeps both.
pub async fn record_annual_report(
    ctx: &Ctx,
    agency: Uuid,
    input: AnnualReportInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<RecordAnnualReport>> {
    ctx.transact_once(&policy::KEEP, once, |tx| async move {
        let row = store::hold(&tx, &policy::KEEP, agency).await?;
        let ctx = tx.ctx();
        reports::check(input.year, input.reported_on.0, ctx.today()).map_err(|flaw| {
            Stop::Refused(match flaw {
                Flaw::Year => RecordAnnualReport::Year { first: FIRST },
                Flaw::Day => RecordAnnualReport::Day,
            })
        })?;
        let words = note(input.note.as_deref(), PROSE);
        let words = words.map_err(|()| Stop::Refused(RecordAnnualReport::NoteTooLong { limit: PROSE }))?;
        let of_year = Column::AgencyId.eq(agency).and(Column::Year.eq(input.year));
        let known = report::Entity::find().filter(of_year).one(&tx).await?;
        let id = known.as_ref().map_or_else(|| ctx.new_id(), |known| known.id);
        let said = report::ActiveModel {
            id: Set(id),
            agency_id: Set(agency),
            year: Set(input.year),
            reported_on: Set(input.reported_on.0),
            note: Set(words),
            recorded_at: Set(ctx.now()),
            recorded_by: Set(ctx.actor().account_id()),
        };
        if known.is_some() {
            report::Entity::update_many().set(said).filter(Column::Id.eq(id)).exec(&tx).await?;
        } else {
            report::Entity::insert(said).exec_without_returning(&tx).await?;
        }
        let what = Some(format!("{}: {}", input.year, input.reported_on.0));
        store::log(&tx, agency, Line::of(AgencyEventKind::Reported, row.version).because(what));
        Ok(Outcome::of("AnnualReport", id, 1))
    })
    .await
}
