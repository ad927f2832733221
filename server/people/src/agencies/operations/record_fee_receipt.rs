//! Recording a receipt for a fee (登记收费凭证): by the price list that held on its day, from a hiring party.

use kernel::money::yuan;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use super::shared::is_taken;
use crate::agencies::forms::FeeReceiptInput;
use crate::agencies::policy;
use crate::agencies::queries::kept;
use crate::agencies::rows::{fee_receipt, price_item, price_list};
use crate::agencies::rules::fees::{self, Flaw, QUANTITY};
use crate::agencies::rules::identity::{NAME, NUMBER};
use crate::agencies::rules::{ledger, prices};
use crate::agencies::store;

kernel::refusals! {
    /// Why a receipt was not recorded (不予登记收费凭证).
    pub RecordFeeReceipt => RecordFeeReceiptRefused, RecordFeeReceiptRefusalCode {
        /// No number.
        NumberMissing { limit: usize } @ "input.receiptNo": "请填写凭证号，不超过 {limit} 个字。" / "Enter the number of the receipt, in at most {limit} characters.",
        /// A number that is used.
        NumberTaken @ "input.receiptNo": "该凭证号已登记，请核对。" / "A receipt of this number is recorded already; look at the number again.",
        /// A day to come.
        InFuture @ "input.issuedOn": "开具日期不能晚于今天。" / "A receipt is not issued later than today.",
        /// Nobody paid.
        HiringPartyMissing { limit: usize } @ "input.hiringParty":
            "请填写交费的用工主体，不超过 {limit} 个字；不得向求职人员收费。" /
            "Enter the hiring party that paid, in at most {limit} characters; workers are charged nothing.",
        /// A number of units that is none.
        QuantityInvalid { most: i32 } @ "input.quantity": "数量应在 1 到 {most} 之间。" / "There are between 1 and {most} units.",
        /// Nothing was paid.
        NothingPaid @ "input.fen": "金额应大于 0。" / "Something was paid: more than nothing.",
        /// More than the list says.
        AboveTheList { most: String } @ "input.fen":
            "金额超过公布的收费标准，最多{most}元（人力资源市场暂行条例第三十二条）。" /
            "This is more than the published list says: at most {most} yuan (Interim Regulations on the Human Resources Market, art 32).",
        /// A list that did not hold then.
        NotInForce @ "itemId": "该收费项目所在的收费标准在开具日期并不执行，请选择当日执行的收费标准。" / "The list of this item did not hold on that day; choose an item of the one that did.",
    }
}

impl From<Flaw> for RecordFeeReceipt {
    fn from(flaw: Flaw) -> Self {
        match flaw {
            Flaw::Number => Self::NumberMissing { limit: NUMBER },
            Flaw::InFuture => Self::InFuture,
            Flaw::Quantity => Self::QuantityInvalid { most: QUANTITY },
            Flaw::Nothing => Self::NothingPaid,
            Flaw::AboveTheList(most) => Self::AboveTheList { most: yuan(most) },
        }
    }
}

/// Records a receipt for a fee (登记收费凭证): for an item of the agency's price list that held on its day.
pub async fn record_fee_receipt(
    ctx: &Ctx,
    item: Uuid,
    input: FeeReceiptInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<RecordFeeReceipt>> {
    ctx.transact_once(&policy::KEEP, once, |tx| async move {
        let item = price_item::Entity::find_by_id(item).one(&tx).await?.ok_or(Fault::NotFound)?;
        let list = price_list::Entity::find_by_id(item.list_id).one(&tx).await?.ok_or(Fault::NotFound)?;
        store::hold(&tx, &policy::KEEP, list.agency_id).await?;
        let checked = fees::check(&input, item.fen, tx.ctx().today());
        let number = checked.map_err(|flaw| Stop::Refused(RecordFeeReceipt::from(flaw)))?;
        let lists = kept::price_lists(&tx, list.agency_id).await?;
        let known: Vec<_> = lists.iter().map(|list| (list.effective_from, list.number)).collect();
        let held = prices::in_force(&known, input.issued_on.0).and_then(|at| lists.get(at));
        if held.is_none_or(|held| held.id != list.id) {
            return Err(Stop::Refused(RecordFeeReceipt::NotInForce));
        }
        let id = save(&tx, &list, item.id, number, input).await?;
        Ok(Outcome::of("FeeReceipt", id, 1))
    })
    .await
}

async fn save(
    tx: &Tx,
    list: &price_list::Model,
    item: Uuid,
    number: String,
    input: FeeReceiptInput,
) -> Result<Uuid, Stop<RecordFeeReceipt>> {
    let (ctx, id) = (tx.ctx(), tx.ctx().new_id());
    let party = ledger::hiring_party(&input.hiring_party);
    let party = party.ok_or(Stop::Refused(RecordFeeReceipt::HiringPartyMissing { limit: NAME }))?;
    let row = fee_receipt::ActiveModel {
        id: Set(id),
        agency_id: Set(list.agency_id),
        version: Set(1),
        receipt_no: Set(number),
        issued_on: Set(input.issued_on.0),
        item_id: Set(item),
        quantity: Set(input.quantity),
        fen: Set(input.fen),
        hiring_party: Set(ctx.keys().await?.seal("agency_fee_receipt", "hiring_party", id, &party)?),
        household: Set(input.household),
        failed_on: Set(None),
        failed_reason: Set(None),
        refunded_on: Set(None),
        recorded_at: Set(ctx.now()),
        recorded_by: Set(ctx.actor().account_id()),
    };
    match fee_receipt::Entity::insert(row).exec_without_returning(tx).await {
        Ok(_) => Ok(id),
        Err(error) if is_taken(&error) => Err(Stop::Refused(RecordFeeReceipt::NumberTaken)),
        Err(error) => Err(error.into()),
    }
}
