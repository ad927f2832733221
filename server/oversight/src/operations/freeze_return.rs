//! Freezing (冻结填报): the directory as it is now becomes a numbered snapshot with its filer.

use kernel::{Ctx, Fault, Once, Outcome, Pii, Place, Stop};
use sea_orm::Set;

use crate::form::Line;
use crate::rows::directory_return::ActiveModel;
use crate::rules::returns::{ReturnStatus, return_id};
use crate::{form, policy, records, rules};

kernel::refusals! {
    /// Why a return was not frozen (不予冻结填报).
    pub FreezeReturn => FreezeReturnReason, FreezeReturnRefusalCode {
        /// The province has no directory of its own.
        NotACity: "省级平台没有名录可填报，请在所在市办理。" / "The province has no directory of its own; do this in a city.",
        /// The year is not open.
        WrongYear { from: i32, to: i32 } @ "year":
            "现在只能填报{from}年至{to}年的名录，请选择其中的年份。" /
            "Only {from} to {to} can be filed now; choose one of these years.",
        /// It is frozen already.
        AlreadyFrozen: "该年度名录已冻结；如需更新，请先解除冻结。" / "It is frozen already; to update it, unfreeze it first.",
        /// It was submitted.
        AlreadySubmitted: "该年度名录已报送，省级退回后才能重新冻结。" / "It was submitted; it can be frozen again only if the province returns it.",
        /// It was accepted.
        AlreadyAccepted: "该年度名录省级已接收，不能再更改。" / "The province has accepted it; it cannot be changed any more.",
        /// No filer.
        FilerMissing @ "filer": "请填写填报人。" / "Enter the filer's name.",
        /// Too long, or characters that cannot be printed.
        FilerInvalid { most: usize } @ "filer":
            "填报人姓名不能超过{most}个字，且不能含有控制字符。" /
            "The filer's name has at most {most} characters and no control characters.",
        /// No telephone.
        PhoneMissing @ "filerPhone": "请填写填报人的联系电话。" / "Enter the filer's telephone number.",
        /// No telephone number.
        PhoneInvalid @ "filerPhone":
            "联系电话无法识别，请填写手机号码或带区号的固定电话，例如0351-5278313。" /
            "This is no telephone number; enter a mobile number or a fixed line with its area code, for example 0351-5278313.",
        /// The directory is empty.
        NothingToReport: "名录中还没有已列入的零工市场，请先列入后再填报。" / "No market is listed in the directory yet; list one first.",
        /// Somebody was faster.
        Conflict { current: i32 }: "该填报刚被他人更改（现为第{current}版），请刷新后再试。" / "Someone else has just changed this return (now version {current}); reload and try again.",
    }
}

/// Freezes the return of `year`. The filer's name and telephone number are sealed.
pub async fn freeze_return(
    ctx: &Ctx,
    year: i32,
    filer: Pii<String>,
    phone: Pii<String>,
    once: Option<Once>,
) -> Result<Outcome, Stop<FreezeReturn>> {
    // As of one moment: a line is put together from several tables.
    let lines = directory(ctx).await;
    ctx.transact_once(&policy::FREEZE, once, |tx| async move {
        let ctx = tx.ctx();
        if ctx.tenant().is_platform() {
            return Err(Stop::Refused(FreezeReturn::NotACity));
        }
        let id = return_id(year);
        tx.about("DirectoryReturn", id);
        tx.authorize(&policy::FREEZE, &Place::city()).await?;
        let first = records::first_report(&tx).await?.due_on;
        rules::returns::year_is_open(year, first, ctx.today()).map_err(Stop::Refused)?;
        let row = records::ensure(&tx, year).await?;
        let lines = lines?;

        let standing = records::standing(&row)?;
        let freezing = rules::returns::freeze(&standing, &filer, &phone, lines.len()).map_err(Stop::Refused)?;

        let ring = ctx.keys().await?;
        let seal = |column: &str, text: &Pii<String>| ring.seal("directory_return", column, id, text);
        let change = ActiveModel {
            status: Set(ReturnStatus::Frozen.name().to_owned()),
            version_no: Set(freezing.version_no),
            row_count: Set(i32::try_from(lines.len()).unwrap_or(i32::MAX)),
            filer: Set(Some(seal("filer", &freezing.filer)?)),
            filer_phone: Set(Some(seal("filer_phone", &freezing.phone)?)),
            frozen_at: Set(Some(ctx.now())),
            submitted_at: Set(None),
            delivered_at: Set(None),
            decided_at: Set(None),
            snapshot_id: Set(Some(ctx.new_id())),
            ..Default::default()
        };
        if !records::change(&tx, &row, change).await? {
            return Err(Stop::Refused(FreezeReturn::Conflict { current: row.version + 1 }));
        }
        tx.note("year", year);
        tx.note("versionNo", freezing.version_no);
        tx.note("rows", lines.len());
        records::keep_lines(&tx, id, freezing.version_no, lines).await?;
        records::log(&tx, id, "FROZEN", freezing.version_no, None).await?;
        Ok(Outcome::of("DirectoryReturn", id, row.version + 1))
    })
    .await
}

/// The lines of the form, for those who may freeze it.
async fn directory(ctx: &Ctx) -> Result<Vec<Line>, Fault> {
    ctx.require(&policy::FREEZE, &Place::city()).await?;
    let now = ctx.snapshot().await?;
    let lines = form::lines(markets::form_rows(&now).await?);
    now.end().await?;
    Ok(lines)
}
