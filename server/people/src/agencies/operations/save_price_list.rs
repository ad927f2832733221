//! Publishing a price list (公布收费标准): a new one beside those before, of which none is changed.

use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use crate::agencies::forms::PriceListInput;
use crate::agencies::kinds::{AgencyEventKind, FeePayer};
use crate::agencies::policy;
use crate::agencies::queries::kept;
use crate::agencies::rows::{price_item, price_list};
use crate::agencies::rules::prices::{self, Flaw, ITEMS, Item};
use crate::agencies::store::{self, Line};

kernel::refusals! {
    /// Why a price list was not published (不予公布收费标准).
    pub SavePriceList => SavePriceListRefused, SavePriceListRefusalCode {
        /// Nothing on it, or too much.
        ItemsMissing { limit: usize } @ "input.items": "请填写 1 到 {limit} 个收费项目。" / "Enter between 1 and {limit} items.",
        /// An item without a name or a unit.
        ItemInvalid { row: usize } @ "input.items": "第 {row} 项：请填写项目和计费单位。" / "Item {row}: say what is charged for, and by what it is counted.",
        /// An item that stands on it twice.
        ItemTwice { row: usize } @ "input.items": "第 {row} 项与前面的项目重复。" / "Item {row} stands on the list already.",
        /// A price that is none.
        PriceInvalid { row: usize } @ "input.items": "第 {row} 项：单价应在 0 到 100 万元之间。" / "Item {row}: a price is between nothing and a million yuan.",
        /// A worker would pay.
        ChargedToWorker { row: usize } @ "input.items":
            "第 {row} 项：不得向求职人员收取任何费用，也不得以招用为名收取押金（人社部发〔2022〕38号第一条；就业促进法第四十一条）。请改由用工主体付费，或删去该项。" /
            "Item {row}: nothing may be charged to workers, no deposit either (national notice of 2022, art 1; Employment Promotion Law, art 41). Charge the hiring party, or leave it out.",
        /// It would begin before the newest one.
        BeforeTheLast { from: String } @ "input.effectiveFrom":
            "执行日期不能早于现有最新收费标准的执行日期（{from}）。" / "It cannot begin to hold before the newest list, which holds from {from}.",
    }
}

impl From<Flaw> for SavePriceList {
    fn from(flaw: Flaw) -> Self {
        match flaw {
            Flaw::Items => Self::ItemsMissing { limit: ITEMS },
            Flaw::Item(row) => Self::ItemInvalid { row },
            Flaw::Twice(row) => Self::ItemTwice { row },
            Flaw::Price(row) => Self::PriceInvalid { row },
            Flaw::ChargedToWorker(row) => Self::ChargedToWorker { row },
            Flaw::BeforeTheLast(from) => Self::BeforeTheLast { from: from.to_string() },
        }
    }
}

/// Publishes a price list of an agency (公布收费标准).
pub async fn save_price_list(
    ctx: &Ctx,
    agency: Uuid,
    input: PriceListInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<SavePriceList>> {
    ctx.transact_once(&policy::KEEP, once, |tx| async move {
        let row = store::hold(&tx, &policy::KEEP, agency).await?;
        let newest = kept::price_lists(&tx, agency).await?.pop();
        let last = newest.as_ref().map(|list| list.effective_from);
        let items = prices::check(&input, last).map_err(|flaw| Stop::Refused(SavePriceList::from(flaw)))?;
        let number = newest.map_or(1, |list| list.number + 1);
        let id = save(&tx, agency, number, &input, items).await?;
        tx.note("number", number);
        store::log(&tx, agency, Line::of(AgencyEventKind::PricesPublished, row.version));
        Ok(Outcome::of("PriceList", id, number))
    })
    .await
}

async fn save(tx: &Tx, agency: Uuid, number: i32, input: &PriceListInput, items: Vec<Item>) -> Result<Uuid, Fault> {
    let (ctx, id) = (tx.ctx(), tx.ctx().new_id());
    let list = price_list::ActiveModel {
        id: Set(id),
        agency_id: Set(agency),
        number: Set(number),
        effective_from: Set(input.effective_from.0),
        published_at: Set(ctx.now()),
        published_by: Set(ctx.actor().account_id()),
    };
    price_list::Entity::insert(list).exec_without_returning(tx).await?;
    let rows = (0_i32..).zip(items).map(|(position, item)| price_item::ActiveModel {
        id: Set(ctx.new_id()),
        list_id: Set(id),
        position: Set(position),
        item: Set(item.name),
        unit: Set(item.unit),
        fen: Set(item.fen),
        payer: Set(FeePayer::HiringParty),
    });
    price_item::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(id)
}
