//! Channels that people serve (人工渠道): a text in a group, a list on a wall. That something is gone from there is said by somebody.

use super::*;
use crate::channels::operations::print_list::{PrintPostingList, print_list};
use crate::channels::operations::print_market_list::print_market_list;
use crate::channels::operations::record_by_hand::{RecordChannelDelivery, record_by_hand};
use crate::channels::operations::record_list_hung::{RecordPostingListHung, record_list_hung};

#[tokio::test]
async fn a_text_in_a_group_is_there_and_gone_when_somebody_says_so_and_who_it_was_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.publish().await;
    house.settle().await;
    let bureau = house.bureau().await;
    let wechat = house.delivery(id, ChannelKind::Wechat).await;
    let nameless = record_by_hand(&bureau, wechat.id, wechat.version, " ".to_owned(), None).await;
    assert!(matches!(nameless, Err(Stop::Refused(RecordChannelDelivery::ReceiptMissing { .. }))));
    record_by_hand(&bureau, wechat.id, wechat.version, "公众号11月26日头条".to_owned(), None).await.unwrap();
    let shown = house.delivery(id, ChannelKind::Wechat).await;
    let Actor::Account(officer) = bureau.actor() else { panic!("an officer acts") };
    assert_eq!((shown.status, shown.recorded_by.as_deref()), (DeliveryStatus::Sent, Some(officer.username.as_str())));
    let feed = house.delivery(id, ChannelKind::Feed).await;
    let brought = record_by_hand(&bureau, feed.id, feed.version, "x".to_owned(), None).await;
    assert!(matches!(brought, Err(Stop::Refused(RecordChannelDelivery::NotByHand))));
    assert_eq!(feed.recorded_by, None, "the house saw to it");
    house.change(id, PostingStatus::TakenDown).await;
    let wechat = house.delivery(id, ChannelKind::Wechat).await;
    assert_eq!((wechat.status, wechat.recorded_by), (DeliveryStatus::Withdrawing, None), "nobody saw it gone yet");
    house.clock.advance(Duration::minutes(9));
    let bureau = house.bureau().await;
    record_by_hand(&bureau, wechat.id, wechat.version, "群内已删除".to_owned(), None).await.unwrap();
    let gone = house.delivery(id, ChannelKind::Wechat).await;
    assert_eq!((gone.status, gone.withdrawn_at), (DeliveryStatus::Withdrawn, Some(bureau.now())));
    assert_eq!(gone.recorded_by.as_deref(), Some(officer.username.as_str()));
    let paces = queries::paces(&bureau).await.unwrap();
    assert_eq!(queries::seconds(&paces[&gone.channel_id].withdrawn_ms, 100), Some(9 * 60));
}

#[tokio::test]
async fn what_a_new_list_leaves_out_is_gone_once_somebody_says_that_the_old_one_is_off_the_wall() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.publish().await;
    house.settle().await;
    let (bureau, list) = (house.bureau().await, house.channel(ChannelKind::Printed).await);
    let file = print_list(&bureau, list.id, None).await.unwrap();
    assert!(kernel::blob::read(&bureau, file.id).await.unwrap().starts_with(b"%PDF-"));
    assert_eq!(house.delivery(id, ChannelKind::Printed).await.status, DeliveryStatus::Sent);
    let hangs = record_list_hung(&bureau, None, None).await;
    assert!(matches!(hangs, Err(Stop::Refused(RecordPostingListHung::NothingToTakeDown))));
    house.change(id, PostingStatus::TakenDown).await;
    let early = record_list_hung(&bureau, None, None).await;
    assert!(
        matches!(early, Err(Stop::Refused(RecordPostingListHung::NothingToTakeDown))),
        "the last list still has it"
    );
    print_list(&bureau, list.id, None).await.unwrap();
    let left_out = house.delivery(id, ChannelKind::Printed).await;
    assert_eq!((left_out.status, left_out.shown_version), (DeliveryStatus::Withdrawing, None), "printed is not hung");
    let again = print_list(&bureau, list.id, None).await;
    assert!(matches!(again, Err(Stop::Refused(PrintPostingList::NothingToPrint))));
    record_list_hung(&bureau, None, None).await.unwrap();
    let gone = house.delivery(id, ChannelKind::Printed).await;
    assert_eq!((gone.status, gone.withdrawn_at), (DeliveryStatus::Withdrawn, Some(bureau.now())));
    assert!(gone.recorded_by.is_some() && gone.receipt == left_out.receipt, "by whom, and with which list");
}

#[tokio::test]
async fn a_line_that_is_struck_out_on_the_wall_is_recorded_like_a_text_that_is_deleted() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.publish().await;
    house.settle().await;
    let (bureau, list) = (house.bureau().await, house.channel(ChannelKind::Printed).await);
    let waiting = house.delivery(id, ChannelKind::Printed).await;
    let unprinted = record_by_hand(&bureau, waiting.id, waiting.version, "x".to_owned(), None).await;
    assert!(matches!(unprinted, Err(Stop::Refused(RecordChannelDelivery::Printed))));
    print_list(&bureau, list.id, None).await.unwrap();
    house.change(id, PostingStatus::Withdrawn).await;
    let hanging = house.delivery(id, ChannelKind::Printed).await;
    record_by_hand(&bureau, hanging.id, hanging.version, "已在墙上划去".to_owned(), None).await.unwrap();
    assert_eq!(house.delivery(id, ChannelKind::Printed).await.status, DeliveryStatus::Withdrawn);
}

#[tokio::test]
async fn the_staff_of_a_market_record_what_hangs_on_its_own_wall_and_on_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.publish().await;
    house.settle().await;
    let bureau = house.bureau().await;
    let own = markets::market_named(&bureau, "坞城零工市场").await.unwrap().unwrap();
    let other = markets::register_market(&bureau, markets::testing::market("平阳路零工市场"), None).await.unwrap().id;
    let staff = house.by(officer("market_staff", ScopeKind::Market, &own.to_string())).await;
    print_market_list(&staff, own, None).await.unwrap();
    house.change(id, PostingStatus::Withdrawn).await;
    print_market_list(&staff, own, None).await.unwrap();
    for elsewhere in [Some(other), None] {
        let refused = record_list_hung(&staff, elsewhere, None).await;
        assert!(matches!(refused, Err(Stop::Fault(kernel::Fault::Forbidden))), "{elsewhere:?}");
    }
    let wall = async || {
        let slot = channel::Column::Slot.eq(super::super::store::slot(ChannelKind::Printed, Some(own)));
        let wall = channel::Entity::find().filter(slot).one(&bureau.scope()).await.unwrap().unwrap();
        let of = channel_delivery::Column::ChannelId.eq(wall.id);
        channel_delivery::Entity::find().filter(of).one(&bureau.scope()).await.unwrap().unwrap().status
    };
    assert_eq!(wall().await, DeliveryStatus::Withdrawing);
    record_list_hung(&staff, Some(own), None).await.unwrap();
    assert_eq!(wall().await, DeliveryStatus::Withdrawn);
}
