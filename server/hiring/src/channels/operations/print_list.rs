//! Printing the list of postings (打印招聘清单). What is on the new sheet is shown; what is on it no more is to be taken off the wall
//! with the old sheet, and is gone once somebody who saw to it says so.

use chrono::Duration;
use kernel::pdf::{self, Orientation, TableDocument};
use kernel::policy::Action;
use kernel::{Ctx, Fault, Lang, Once, Outcome, Place, Stop, Tx, blob};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::deliver;
use crate::channels::adapters::{Order, Wish};
use crate::channels::queries;
use crate::channels::rows::{channel, channel_delivery};
use crate::channels::store::{self, Notice, day, when};
use crate::kinds::{ChannelKind, DeliveryStatus};
use crate::policy;
use crate::rows::posting;
use crate::rules::money;
use crate::store::history;

/// Lists are kept so long.
const KEPT: Duration = Duration::days(30);
/// Postings on a list at most: a wall has no more room, and a phone shows the rest.
const MOST: u64 = 500;

kernel::refusals! {
    /// Why the list was not printed (不予打印).
    pub PrintPostingList => PrintPostingListRefused, PrintPostingListRefusalCode {
        /// It is no list.
        NotPrinted @ "id": "该渠道不是打印清单。" / "This channel is not a printed list.",
        /// Nothing is published.
        NothingToPrint @ "id": "目前没有可张贴的招聘信息，也没有需要撤下的信息。" / "Nothing is published, and nothing is to be taken off the wall.",
    }
}

/// How the names of printed lists begin: by it they are found again when what stands on them is erased.
pub(crate) const LIST: &str = "零工招聘清单-";

/// A list that was set, and what it was made of.
struct Sheet {
    bytes: Vec<u8>,
    deliveries: Vec<channel_delivery::Model>,
    shown: Vec<Notice>,
}

/// Prints the list of a channel (打印招聘清单): from then on what is on it counts as shown. What is not waits until the old list is off
/// the wall.
pub async fn print_list(ctx: &Ctx, id: Uuid, once: Option<Once>) -> Result<Outcome, Stop<PrintPostingList>> {
    ctx.require(&policy::CHANNELS, &Place::city()).await?;
    print(ctx, id, (&policy::CHANNELS, &Place::city()), once).await
}

/// Prints a list. The sheet is set before the transaction; what changed meanwhile stays to be done.
pub(super) async fn print(
    ctx: &Ctx,
    id: Uuid,
    (action, place): (&'static Action, &Place),
    once: Option<Once>,
) -> Result<Outcome, Stop<PrintPostingList>> {
    let row = channel::Entity::find_by_id(id).one(&ctx.scope()).await.map_err(Fault::from)?;
    let channel = row.ok_or(Fault::NotFound)?;
    let sheet = set(ctx, &channel).await?;
    ctx.transact_once(action, once, |tx| async move {
        tx.authorize(action, place).await?;
        tx.about("Channel", id);
        if channel.kind != ChannelKind::Printed {
            return Err(Stop::Refused(PrintPostingList::NotPrinted));
        }
        if sheet.deliveries.is_empty() {
            return Err(Stop::Refused(PrintPostingList::NothingToPrint));
        }
        let name = format!("{LIST}{}.pdf", tx.ctx().today());
        let expires = tx.ctx().now() + KEPT;
        let file = blob::store(&tx, &blob::EXPORT, &name, "application/pdf", &sheet.bytes, Some(expires)).await?;
        tx.note("postings", sheet.shown.len());
        hang_up(&tx, &channel, sheet, file).await?;
        Ok(Outcome::of("ExportedFile", file, 1))
    })
    .await
}

/// What comes onto the next sheet, so many at most (本次打印): what is to be taken off first, then what was never printed as it is,
/// then what hangs there already, each by when it begins. In a large city what is new does not wait for what is old to be over, and
/// what the last sheet left out takes no place on the next.
pub(crate) async fn next(ctx: &Ctx, channel: Uuid, most: u64) -> Result<Vec<channel_delivery::Model>, Fault> {
    use channel_delivery::Column;
    let of_posting =
        channel_delivery::Entity::belongs_to(posting::Entity).from(Column::PostingId).to(posting::Column::Id).into();
    Ok(channel_delivery::Entity::find()
        .join(JoinType::LeftJoin, of_posting)
        .filter(Column::ChannelId.eq(channel))
        .filter(Column::Status.ne(DeliveryStatus::Withdrawn))
        .filter(left_out().not())
        .order_by_desc(Column::Status.eq(DeliveryStatus::Withdrawing))
        .order_by_asc(Column::Status.eq(DeliveryStatus::Sent))
        .order_by_asc(posting::Column::StartsAt)
        .order_by_asc(Column::Id)
        .limit(most)
        .all(&ctx.scope())
        .await?)
}

/// It is withdrawn and not on the last sheet: it is gone as soon as no older one hangs any more.
pub(super) fn left_out() -> Condition {
    Condition::all()
        .add(channel_delivery::Column::Status.eq(DeliveryStatus::Withdrawing))
        .add(channel_delivery::Column::ShownVersion.is_null())
}

async fn set(ctx: &Ctx, channel: &channel::Model) -> Result<Sheet, Fault> {
    let deliveries = next(ctx, channel.id, MOST).await?;
    let ids: Vec<Uuid> = deliveries.iter().map(|delivery| delivery.posting_id).collect();
    let notices = store::notices(ctx, &ctx.scope(), &ids).await?;
    let mut shown: Vec<Notice> = notices.into_values().filter(|notice| notice.is_shown(ctx)).collect();
    shown.sort_by_key(|notice| (notice.row.starts_at, notice.row.id));
    let document = document(ctx, channel, &shown).await?;
    let drawn = tokio::task::spawn_blocking(move || document.render()).await;
    let bytes = drawn.map_err(Fault::of("print a list"))?.map_err(Fault::of("print a list"))?;
    Ok(Sheet { bytes, deliveries, shown })
}

/// The sheet: what the law wants said of a posting stands on it.
pub(crate) async fn document(ctx: &Ctx, channel: &channel::Model, shown: &[Notice]) -> Result<TableDocument, Fault> {
    let whose = queries::market_names(ctx, &[channel.market_id]).await?;
    let whose = channel.market_id.and_then(|id| whose.get(&id).cloned());
    let whose = whose.unwrap_or_else(|| ctx.tenant().name_zh.clone());
    let columns = [
        ("岗位", 1.8),
        ("工作内容", 2.8),
        ("招聘条件", 1.8),
        ("工资", 1.6),
        ("结算", 1.0),
        ("时间", 1.6),
        ("人数", 0.8),
        ("地点", 2.2),
        ("用工主体", 2.0),
        ("有效期至", 1.4),
    ];
    let row = |notice: &Notice| {
        let row = &notice.row;
        vec![
            row.title.clone(),
            row.duties.clone(),
            notice.asked(),
            money::wage(row.wage_fen, row.wage_unit, Lang::Zh),
            row.pay_day.title().zh.to_owned(),
            when(row.starts_at),
            row.headcount.to_string(),
            row.place.clone(),
            [Some(notice.party.clone()), notice.agency_words()].into_iter().flatten().collect::<Vec<_>>().join("；"),
            day(row.valid_until),
        ]
    };
    Ok(TableDocument {
        title: format!("{whose}零工招聘清单"),
        header: vec![format!("打印时间：{}　共{}条", when(ctx.now()), shown.len())],
        columns: columns.map(|(title, weight)| pdf::Column::new(title, weight)).into(),
        rows: shown.iter().map(row).collect(),
        footer: vec!["报名免费；不收押金，不扣证件。旧清单以本清单为准，请一并取下。".to_owned()],
        orientation: Orientation::Landscape,
        ..TableDocument::default()
    })
}

/// What is on the sheet is shown, what is not is left out; what changed since the sheet was set stays to be done.
async fn hang_up(tx: &Tx, channel: &channel::Model, sheet: Sheet, file: Uuid) -> Result<(), Fault> {
    let now = tx.ctx().now();
    let on_it: Vec<Uuid> = sheet.shown.iter().map(|notice| notice.row.id).collect();
    let is_on = |delivery: &&channel_delivery::Model| on_it.contains(&delivery.posting_id);
    let gone = sheet.deliveries.iter().filter(|delivery| !is_on(delivery));
    let wish = |at, number| Wish { at, number };
    let hide = gone.map(|d| (d.posting_id, d.posting_version, wish(d.since(), d.version))).collect();
    let receipt = Some(tx.ctx().gid("File", file).to_string());
    for delivery in &sheet.deliveries {
        let there = is_on(&delivery);
        let change = channel_delivery::ActiveModel {
            version: Set(delivery.version + 1),
            status: Set(if there { DeliveryStatus::Sent } else { delivery.status }),
            shown_version: Set(there.then_some(delivery.posting_version)),
            sent_at: Set(if there { Some(now) } else { delivery.sent_at }),
            receipt: Set(receipt.clone()),
            recorded_by: Set(if there { history::who(tx.ctx()) } else { None }),
            ..channel_delivery::ActiveModel::default()
        };
        channel_delivery::Entity::update_many()
            .set(change)
            .filter(channel_delivery::Column::Id.eq(delivery.id))
            .filter(channel_delivery::Column::Version.eq(delivery.version))
            .exec(tx)
            .await?;
    }
    let show = sheet.shown.into_iter().map(|notice| (notice, wish(now, 0))).collect();
    deliver::put_and_take(tx, channel, &Order { show, hide }).await
}
