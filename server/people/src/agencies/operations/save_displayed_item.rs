//! Saving what hangs in the hall (核对公示内容): a new look at it beside those before, of which the newest counts.

use kernel::blob::{AGENCY_PAPER, keep};
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::agencies::forms::DisplayedItemInput;
use crate::agencies::kinds::AgencyEventKind;
use crate::agencies::policy;
use crate::agencies::rows::displayed_item::{self, Column};
use crate::agencies::rules::displayed::{self, Displayed, Flaw};
use crate::agencies::rules::identity::PROSE;
use crate::agencies::store::{self, Line};

kernel::refusals! {
    /// Why a displayed item was not saved (不予保存公示项).
    pub SaveDisplayedItem => SaveDisplayedItemRefused, SaveDisplayedItemRefusalCode {
        /// Neither words nor a picture.
        NothingShown @ "input.text":
            "请填写公示内容，或上传图片、扫描件（人力资源市场暂行条例第三十二条）。" /
            "Say what hangs there, or upload a picture of it (Interim Regulations on the Human Resources Market, art 32).",
        /// Too many words.
        TextTooLong { limit: usize } @ "input.text": "公示内容不超过 {limit} 个字。" / "At most {limit} characters.",
        /// No supervising body.
        BodyMissing @ "input.text": "请填写监督机关名称。" / "Name the supervising body.",
        /// No telephone.
        PhoneInvalid @ "input.phone":
            "请填写监督电话：12333等公共短号码、带区号的固定电话或手机号码。" /
            "Enter the telephone for complaints: a public short number, a fixed line with its area code, or a mobile.",
        /// Looked at on a day to come.
        CheckedInFuture @ "input.checkedOn": "核对日期不能晚于今天。" / "It cannot be looked at later than today.",
        /// A file that is none of this kind, or is kept already.
        PaperNotReady @ "input.paper":
            "图片或扫描件未上传完成、已过期或已用于别处，请重新上传。" /
            "The picture was not uploaded whole, has expired or is kept elsewhere; upload it again.",
    }
}

impl From<Flaw> for SaveDisplayedItem {
    fn from(flaw: Flaw) -> Self {
        match flaw {
            Flaw::Empty => Self::NothingShown,
            Flaw::Text => Self::TextTooLong { limit: PROSE },
            Flaw::Body => Self::BodyMissing,
            Flaw::Phone => Self::PhoneInvalid,
            Flaw::CheckedInFuture => Self::CheckedInFuture,
        }
    }
}

/// Saves what hangs in the hall of an agency, and when somebody looked (核对公示内容). `paper` is the upload the form names.
pub async fn save_displayed_item(
    ctx: &Ctx,
    agency: Uuid,
    input: DisplayedItemInput,
    paper: Option<Uuid>,
    once: Option<Once>,
) -> Result<Outcome, Stop<SaveDisplayedItem>> {
    ctx.transact_once(&policy::KEEP, once, |tx| async move {
        let row = store::hold(&tx, &policy::KEEP, agency).await?;
        let checked =
            displayed::check(&input, tx.ctx().today()).map_err(|flaw| Stop::Refused(SaveDisplayedItem::from(flaw)))?;
        let file = match paper {
            None => None,
            Some(paper) => {
                let kept = keep(&tx, paper, &AGENCY_PAPER).await?;
                Some(kept.ok_or(Stop::Refused(SaveDisplayedItem::PaperNotReady))?)
            }
        };
        let id = save(&tx, agency, &input, checked, file).await?;
        let what = Some(input.kind.title().zh.to_owned());
        store::log(&tx, agency, Line::of(AgencyEventKind::Displayed, row.version).because(what));
        Ok(Outcome::of("DisplayedItem", id, 1))
    })
    .await
}

async fn save(
    tx: &Tx,
    agency: Uuid,
    input: &DisplayedItemInput,
    checked: Displayed,
    file: Option<entities::blob::Model>,
) -> Result<Uuid, Fault> {
    displayed_item::Entity::update_many()
        .col_expr(Column::IsCurrent, Expr::value(false))
        .filter(Column::AgencyId.eq(agency))
        .filter(Column::Kind.eq(input.kind))
        .filter(Column::IsCurrent.eq(true))
        .exec(tx)
        .await?;
    let (ctx, id) = (tx.ctx(), tx.ctx().new_id());
    let row = displayed_item::ActiveModel {
        id: Set(id),
        agency_id: Set(agency),
        kind: Set(input.kind),
        text: Set(checked.text),
        phone: Set(checked.phone),
        file_id: Set(file.as_ref().map(|file| file.id)),
        file_name: Set(file.map(|file| file.file_name)),
        checked_on: Set(input.checked_on.0),
        is_current: Set(true),
        saved_at: Set(ctx.now()),
        saved_by: Set(ctx.actor().account_id()),
    };
    displayed_item::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(id)
}
