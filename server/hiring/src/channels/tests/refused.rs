//! What is refused to whoever serves channels by hand.

use super::*;
use crate::channels::operations::print_list::{PrintPostingList, print_list};
use crate::channels::operations::record_by_hand::{RecordChannelDelivery, record_by_hand};
use crate::channels::operations::record_list_hung::record_list_hung;

#[tokio::test]
async fn a_list_is_printed_of_a_list_and_while_something_is_to_be_hung_up_or_taken_off() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.publish().await;
    house.settle().await;
    let bureau = house.bureau().await;
    let (screen, list) = (house.channel(ChannelKind::HallScreen).await, house.channel(ChannelKind::Printed).await);
    let of_a_screen = print_list(&bureau, screen.id, None).await;
    assert!(matches!(of_a_screen, Err(Stop::Refused(PrintPostingList::NotPrinted))), "{of_a_screen:?}");
    assert_eq!(house.delivery(id, ChannelKind::HallScreen).await.status, DeliveryStatus::Sent, "nothing changed");
    print_list(&bureau, list.id, None).await.unwrap();
    house.change(id, PostingStatus::Withdrawn).await;
    print_list(&bureau, list.id, None).await.unwrap();
    record_list_hung(&bureau, None, None).await.unwrap();
    assert_eq!(house.delivery(id, ChannelKind::Printed).await.status, DeliveryStatus::Withdrawn);
    let of_nothing = print_list(&bureau, list.id, None).await;
    assert!(matches!(of_nothing, Err(Stop::Refused(PrintPostingList::NothingToPrint))), "{of_nothing:?}");
}

#[tokio::test]
async fn what_was_sent_out_by_hand_is_recorded_once_and_a_text_has_its_length() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.publish().await;
    house.settle().await;
    let bureau = house.bureau().await;
    let waits = house.delivery(id, ChannelKind::Wechat).await;
    record_by_hand(&bureau, waits.id, waits.version, "群公告".to_owned(), None).await.unwrap();
    let sent = house.delivery(id, ChannelKind::Wechat).await;
    let twice = record_by_hand(&bureau, sent.id, sent.version, "群公告".to_owned(), None).await;
    assert!(matches!(twice, Err(Stop::Refused(RecordChannelDelivery::NothingToDo))), "{twice:?}");
    assert_eq!(house.delivery(id, ChannelKind::Wechat).await, sent);
    let wechat = house.channel(ChannelKind::Wechat).await;
    let long = Some("长".repeat(1_001));
    let refused = save_channel(&bureau, (wechat.id, wechat.version), long, true, None).await;
    assert!(matches!(refused, Err(Stop::Refused(SaveChannel::TemplateTooLong { limit: 1_000 }))), "{refused:?}");
    assert_eq!(house.channel(ChannelKind::Wechat).await, wechat);
}
