//! Recording the report (记录上报人社部): the day on which a frozen version went to the ministry, and the letter it went with.

use chrono::NaiveDate;
use kernel::clock::day_of;
use kernel::{Ctx, Fault, Once, Outcome, Place, Stop};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};
use uuid::Uuid;

use crate::queries::province::deadlines_of;
use crate::rows::platform_report;
use crate::{policy, rules};

kernel::refusals! {
    /// Why the sending was not recorded (不予记录上报).
    pub MarkProvinceReportSent => MarkProvinceReportSentReason, MarkProvinceReportSentRefusalCode {
        /// Somebody recorded it meanwhile.
        Conflict { current: i32 } @ "version":
            "该版上报情况刚被他人更改（现为第{current}次），请核对后再试。" /
            "Someone else has just recorded this version (now change {current}); look at it and try again.",
        /// Before the version was there.
        BeforeFrozen { frozen: NaiveDate } @ "sentOn": "上报日期不能早于定稿日期{frozen}。" / "It cannot have been sent before {frozen}, when it was frozen.",
        /// Not sent yet.
        InFuture { today: NaiveDate } @ "sentOn": "上报日期不能晚于今天（{today}），请在上报后再记录。" / "It cannot have been sent after today ({today}); record it once it is sent.",
        /// Too long, or characters that cannot be printed.
        DocumentNoInvalid { most: usize } @ "documentNo":
            "文号不能超过{most}个字，且不能含有控制字符。" /
            "The document number has at most {most} characters and no control characters.",
    }
}

/// Records that a version was sent to the ministry. Recording it again corrects it; what was frozen stays as it is.
pub async fn mark_province_report_sent(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    sent_on: NaiveDate,
    document_no: Option<String>,
    once: Option<Once>,
) -> Result<Outcome, Stop<MarkProvinceReportSent>> {
    ctx.transact_once(&policy::PROVINCE_SEND, once, |tx| async move {
        let ctx = tx.ctx();
        if !ctx.tenant().is_platform() {
            return Err(Fault::NotFound.into());
        }
        tx.about("ProvinceReport", id);
        tx.authorize(&policy::PROVINCE_SEND, &Place::city()).await?;
        let row = platform_report::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;

        let days = (day_of(row.frozen_at), sent_on, ctx.today());
        let document_no = rules::report::sent((version, row.version), days, document_no.as_deref());
        let document_no = document_no.map_err(Stop::Refused)?;

        tx.note("year", row.year);
        tx.note("versionNo", row.version_no);
        tx.note("sentOn", sent_on.to_string());
        tx.note("documentNo", document_no.as_deref().unwrap_or_default());
        // A day that the ministry names later makes nobody late.
        let due_on = match row.sent_due_on {
            Some(due_on) => due_on,
            None => deadlines_of(&tx, row.year).await?.ministry_due_on,
        };
        let change = platform_report::ActiveModel {
            sent_on: Set(Some(sent_on)),
            document_no: Set(document_no),
            sent_due_on: Set(Some(due_on)),
            recorded_at: Set(Some(ctx.now())),
            recorded_by: Set(ctx.actor().account_id()),
            version: Set(row.version + 1),
            ..Default::default()
        };
        let saved = platform_report::Entity::update_many()
            .set(change)
            .filter(platform_report::Column::Id.eq(id))
            .filter(platform_report::Column::Version.eq(row.version))
            .exec(&tx)
            .await?;
        if saved.rows_affected == 0 {
            return Err(Stop::Refused(MarkProvinceReportSent::Conflict { current: row.version + 1 }));
        }
        Ok(Outcome::of("ProvinceReport", id, row.version + 1))
    })
    .await
}
