//! What happens on channels though nothing happens to a posting: days pass, licences end, and staff print their own list.

use chrono::{DateTime, NaiveDate, Utc};
use entities::agency;
use people::LicenceChanged;
use sea_orm::ActiveValue::Set;
use sea_orm::PaginatorTrait as _;

use super::*;
use crate::channels::operations::keep_up::keep_up;
use crate::channels::operations::print_list::{next, print_list};
use crate::channels::operations::print_market_list::{PrintMarketPostingList, print_market_list};
use crate::channels::rules::is_shown;
use crate::operations::confirm_posting::confirm_posting;
use crate::queries::conditions;

impl House {
    /// Writes this over a posting, as time does: it gets no new version.
    pub(super) async fn set(&self, id: Uuid, change: posting::ActiveModel) {
        let done: Result<(), Stop<Never>> = self
            .house()
            .await
            .transact(&ARRANGE, |tx: Tx| async move {
                posting::Entity::update_many().set(change).filter(posting::Column::Id.eq(id)).exec(&tx).await?;
                Ok(())
            })
            .await;
        done.unwrap();
    }

    /// Writes this over an agency, and says so as its chapter does.
    async fn decide(&self, id: Uuid, change: agency::ActiveModel) {
        let done: Result<(), Stop<Never>> = self
            .house()
            .await
            .transact(&ARRANGE, |tx: Tx| async move {
                agency::Entity::update_many().set(change).filter(agency::Column::Id.eq(id)).exec(&tx).await?;
                tx.announce(&LicenceChanged { id })?;
                Ok(())
            })
            .await;
        done.unwrap();
        self.settle().await;
    }

    async fn keep_up(&self) -> usize {
        keep_up(&self.house().await).await.unwrap()
    }

    pub(super) async fn feed(&self) -> String {
        queries::feed(&self.house().await).await.unwrap()
    }

    async fn hall(&self) -> Vec<String> {
        let screen = self.channel(ChannelKind::HallScreen).await;
        let lines = queries::lines(&self.bureau().await, screen.id, 10).await.unwrap();
        lines.into_iter().map(|(_, text, _)| text).collect()
    }
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[tokio::test]
async fn what_nobody_confirmed_leaves_every_channel_and_the_province_and_comes_back_once_it_is_confirmed() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.publish().await;
    house.settle().await;
    assert_eq!(house.at_the_province().await, [("装卸搬运工1人".to_owned(), false)]);
    assert_eq!(house.keep_up().await, 0, "all is as it should be");
    let stale = posting::ActiveModel { fresh_until: Set(moment("2026-11-25T21:00:00Z")), ..Default::default() };
    house.set(id, stale).await;
    house.clock.set(moment("2026-11-25T21:00:00Z"));
    assert_eq!(house.keep_up().await, 1);
    house.settle().await;
    for (kind, status) in house.states(id).await {
        let by_hand = matches!(kind, ChannelKind::Printed | ChannelKind::Wechat);
        assert_eq!(status, if by_hand { DeliveryStatus::Withdrawing } else { DeliveryStatus::Withdrawn }, "{kind:?}");
    }
    assert_eq!((house.feed().await.as_str(), house.file().as_str(), house.hall().await.len()), ("[]", "[]", 0));
    assert_eq!(house.at_the_province().await, [(String::new(), true)]);
    assert_eq!(house.keep_up().await, 0, "it is withdrawn once");
    let paces = queries::paces(&house.house().await).await.unwrap();
    let feed = house.channel(ChannelKind::Feed).await.id;
    assert_eq!(queries::seconds(&paces[&feed].withdrawn_ms, 100), Some(0), "the lag is measured as ever");
    confirm_posting(&house.bureau().await, id, None).await.unwrap();
    assert_eq!(house.keep_up().await, 1);
    house.settle().await;
    assert!(house.feed().await.contains("装卸搬运工1人") && house.file().contains("装卸搬运工1人"));
    assert_eq!(house.at_the_province().await, [("装卸搬运工1人".to_owned(), false)], "of the version that was there");
    assert_eq!(house.delivery(id, ChannelKind::Province).await.shown_version, Some(1));
    assert_eq!(house.keep_up().await, 0);
}

#[tokio::test]
async fn what_the_day_takes_away_and_brings_back_is_wanted_since_its_moment_and_not_since_it_was_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.publish().await;
    house.settle().await;
    let stale = posting::ActiveModel { fresh_until: Set(moment("2026-11-25T21:00:00Z")), ..Default::default() };
    house.set(id, stale).await;
    house.clock.set(moment("2026-11-25T21:20:00Z"));
    house.keep_up().await;
    let feed = house.delivery(id, ChannelKind::Feed).await;
    assert_eq!(feed.withdraw_wanted_at, Some(moment("2026-11-25T21:00:00Z")));
    house.settle().await;
    confirm_posting(&house.bureau().await, id, None).await.unwrap();
    house.clock.set(moment("2026-11-25T21:50:00Z"));
    house.keep_up().await;
    let feed = house.delivery(id, ChannelKind::Feed).await;
    assert_eq!((feed.wanted_at, feed.withdraw_wanted_at), (moment("2026-11-25T21:20:00Z"), None));
}

#[tokio::test]
async fn a_posting_for_tomorrow_is_shown_from_tomorrow_on() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.post().await;
    let tomorrow = posting::ActiveModel { valid_from: Set(day("2026-11-27")), ..Default::default() };
    house.set(id, tomorrow).await;
    plan_deliveries(&house.house().await, id).await.unwrap();
    house.settle().await;
    let scope = house.house().await;
    assert_eq!(channel_delivery::Entity::find().count(&scope.scope()).await.unwrap(), 0);
    assert_eq!(house.keep_up().await, 0);
    house.clock.set(moment("2026-11-26T15:59:59Z"));
    assert_eq!(house.keep_up().await, 0, "it is still today in Shanghai");
    house.clock.set(moment("2026-11-26T16:00:00Z"));
    assert_eq!(house.keep_up().await, 1);
    house.settle().await;
    assert_eq!(house.hall().await.len(), 1);
    assert_eq!(house.at_the_province().await, [("装卸搬运工1人".to_owned(), false)]);
    assert_eq!(house.keep_up().await, 0);
}

#[tokio::test]
async fn channels_show_what_the_search_of_the_city_finds_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.post().await;
    let ctx = house.house().await;
    let (now, today) = (ctx.now(), ctx.today());
    let second = Duration::seconds(1);
    let as_it_was = posting::Entity::find_by_id(id).one(&ctx.scope()).await.unwrap().unwrap();
    let was = posting::ActiveModel {
        status: Set(as_it_was.status),
        closes_at: Set(as_it_was.closes_at),
        valid_from: Set(as_it_was.valid_from),
        fresh_until: Set(as_it_was.fresh_until),
        ..Default::default()
    };
    let cases = [
        (true, was.clone()),
        (false, posting::ActiveModel { status: Set(PostingStatus::Filled), ..was.clone() }),
        (false, posting::ActiveModel { closes_at: Set(now), ..was.clone() }),
        (true, posting::ActiveModel { closes_at: Set(now + second), ..was.clone() }),
        (true, posting::ActiveModel { valid_from: Set(today), ..was.clone() }),
        (false, posting::ActiveModel { valid_from: Set(today + Duration::days(1)), ..was.clone() }),
        (false, posting::ActiveModel { fresh_until: Set(now), ..was.clone() }),
        (true, posting::ActiveModel { fresh_until: Set(now + second), ..was }),
    ];
    for (number, (expected, change)) in cases.into_iter().enumerate() {
        house.set(id, change).await;
        let found = posting::Entity::find().filter(conditions::open(&ctx)).count(&ctx.scope()).await.unwrap();
        let row = posting::Entity::find_by_id(id).one(&ctx.scope()).await.unwrap().unwrap();
        assert_eq!((is_shown(&row, now, today), found == 1), (expected, expected), "case {number}");
    }
}

#[tokio::test]
async fn a_licence_that_is_suspended_shows_on_every_channel_and_at_the_province_and_so_does_its_return() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.post().await;
    let agency = crate::testing::agency(&house.house().await, "并州人力").await.unwrap();
    house.set(id, posting::ActiveModel { agency_id: Set(Some(agency)), ..Default::default() }).await;
    plan_deliveries(&house.house().await, id).await.unwrap();
    house.settle().await;
    let good = "｜发布机构：并州人力（人力资源服务许可证14014）";
    let bad = "｜发布机构：并州人力（人力资源服务许可证14014，许可证无效）";
    assert!(house.hall().await[0].ends_with(good), "{:?}", house.hall().await);
    assert!(
        house.feed().await.contains("\"agency\":{\"name\":\"并州人力\",\"licenceNo\":\"14014\",\"licenceValid\":true}")
    );
    let version = house.delivery(id, ChannelKind::Printed).await.version;
    house.decide(agency, agency::ActiveModel { county: Set(Some("140105".to_owned())), ..Default::default() }).await;
    assert_eq!(house.delivery(id, ChannelKind::Printed).await.version, version, "nothing of it is on the wall");
    let suspended = agency::ActiveModel {
        status: Set("SUSPENDED".to_owned()),
        status_since: Set(Some(day("2026-11-26"))),
        ..Default::default()
    };
    house.decide(agency, suspended).await;
    assert!(house.hall().await[0].ends_with(bad), "{:?}", house.hall().await);
    assert!(house.feed().await.contains("\"licenceValid\":false") && house.file().contains("\"licenceValid\":false"));
    assert_eq!(house.licence_at_the_province().await, [(Some("并州人力".to_owned()), Some(false))]);
    assert_eq!(
        house.delivery(id, ChannelKind::Printed).await.status,
        DeliveryStatus::Queued,
        "it is to be hung up anew"
    );
    house.decide(agency, agency::ActiveModel { status: Set("VALID".to_owned()), ..Default::default() }).await;
    assert!(house.hall().await[0].ends_with(good), "{:?}", house.hall().await);
    assert_eq!(house.licence_at_the_province().await, [(Some("并州人力".to_owned()), Some(true))]);
}

impl House {
    async fn licence_at_the_province(&self) -> Vec<(Option<String>, Option<bool>)> {
        let rows = province_posting::Entity::find().all(&self.province().await.scope()).await.unwrap();
        rows.into_iter().map(|row| (row.agency_name, row.agency_licence_valid)).collect()
    }
}

#[tokio::test]
async fn staff_print_the_list_of_their_own_market_and_of_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.publish().await;
    house.settle().await;
    let bureau = house.bureau().await;
    let own = markets::market_named(&bureau, "坞城零工市场").await.unwrap().unwrap();
    let other = markets::register_market(&bureau, markets::testing::market("平阳路零工市场"), None).await.unwrap().id;
    let staff = house.by(officer("market_staff", ScopeKind::Market, &own.to_string())).await;
    let elsewhere = print_market_list(&staff, other, None).await;
    assert!(matches!(elsewhere, Err(Stop::Fault(kernel::Fault::Forbidden))));
    let list = house.channel(ChannelKind::Printed).await;
    let of_the_city = print_list(&staff, list.id, None).await;
    assert!(matches!(of_the_city, Err(Stop::Fault(kernel::Fault::Forbidden))));
    let file = print_market_list(&staff, own, None).await.unwrap();
    assert!(kernel::blob::read(&bureau, file.id).await.unwrap().starts_with(b"%PDF-"));
    let slot = channel::Column::Slot.eq(super::super::store::slot(ChannelKind::Printed, Some(own)));
    let wall = channel::Entity::find().filter(slot).one(&bureau.scope()).await.unwrap().unwrap();
    let on_it = channel_delivery::Column::ChannelId.eq(wall.id);
    let hung = channel_delivery::Entity::find().filter(on_it).all(&bureau.scope()).await.unwrap();
    let hung: Vec<_> = hung.into_iter().map(|row| (row.posting_id, row.status)).collect();
    assert_eq!(hung, [(id, DeliveryStatus::Sent)]);
    assert_eq!(house.delivery(id, ChannelKind::Printed).await.status, DeliveryStatus::Queued, "the city's waits on");
    print_market_list(&staff, own, None).await.unwrap();
    let nothing = print_market_list(&bureau, other, None).await;
    assert!(matches!(nothing, Err(Stop::Refused(PrintMarketPostingList::NothingToPrint))));
}

#[tokio::test]
async fn a_sheet_has_withdrawals_first_then_what_is_not_printed_yet_and_then_what_hangs_already() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let hanging = house.publish().await;
    let (bureau, wall) = (house.bureau().await, house.channel(ChannelKind::Printed).await.id);
    print_list(&bureau, wall, None).await.unwrap();
    let (late, early) = (house.post().await, house.post().await);
    let begins = |at| posting::ActiveModel { starts_at: Set(moment(at)), ..Default::default() };
    house.set(early, begins("2026-11-27T01:00:00Z")).await;
    house.set(late, begins("2026-11-27T02:00:00Z")).await;
    for id in [late, early] {
        plan_deliveries(&house.house().await, id).await.unwrap();
    }
    let on_it = async |most| {
        let next = next(&bureau, wall, most).await.unwrap();
        next.into_iter().map(|delivery| delivery.posting_id).collect::<Vec<_>>()
    };
    assert_eq!(on_it(1).await, [early], "what hangs there makes room");
    assert_eq!(on_it(9).await, [early, late, hanging]);
    house.change(hanging, PostingStatus::Withdrawn).await;
    assert_eq!(on_it(2).await, [hanging, early]);
    print_list(&bureau, wall, None).await.unwrap();
    assert_eq!(on_it(9).await, [early, late], "what is taken off is on no sheet");
}
