//! The screen of a hall (大厅大屏), read by its link and by nothing else.

use super::*;
use crate::channels::operations::close_hall_screen::{CloseHallScreen, close_hall_screen};
use crate::channels::operations::open_hall_screen::{OpenHallScreen, open_hall_screen};
use crate::channels::screen::hall_screen;

impl House {
    /// Opens the link of the city's screen; the secret in it.
    async fn opened(&self) -> String {
        let screen = self.channel(ChannelKind::HallScreen).await;
        let link = open_hall_screen(&self.bureau().await, (screen.id, screen.version)).await.unwrap();
        let (address, secret) = link.url.rsplit_once('/').unwrap();
        assert!(address.ends_with("/taiyuan/screens"), "{address}");
        secret.strip_suffix(".html").unwrap().to_owned()
    }

    /// What somebody reads there who is not signed in.
    async fn read(&self, secret: &str) -> Option<String> {
        hall_screen(&self.by(Actor::Anonymous).await, secret, "n1").await.unwrap()
    }
}

#[tokio::test]
async fn whoever_has_the_link_reads_what_the_screen_shows_and_a_withdrawn_posting_leaves_it() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.publish().await;
    house.settle().await;
    let secret = house.opened().await;
    let page = house.read(&secret).await.unwrap();
    assert!(page.contains("<li>装卸搬运工1人｜160元/天｜11月27日 05:00｜1人｜建设路1号"), "{page}");
    assert!(page.contains("太原市零工招聘"), "{page}");
    house.change(id, PostingStatus::Withdrawn).await;
    house.settle().await;
    assert!(!house.read(&secret).await.unwrap().contains("装卸搬运工"));
    let kept = house.channel(ChannelKind::HallScreen).await.screen_hash.unwrap();
    assert_ne!(kept, secret, "the link itself is kept nowhere");
}

#[tokio::test]
async fn a_link_that_was_replaced_or_closed_opens_nothing_from_that_moment_on() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    house.publish().await;
    house.settle().await;
    let first = house.opened().await;
    let second = house.opened().await;
    assert_eq!((house.read(&first).await, house.read(&second).await.is_some()), (None, true));
    let (bureau, screen) = (house.bureau().await, house.channel(ChannelKind::HallScreen).await);
    let stale = close_hall_screen(&bureau, (screen.id, 1), None).await;
    assert!(matches!(stale, Err(Stop::Refused(CloseHallScreen::Conflict { current: 3 }))));
    close_hall_screen(&bureau, (screen.id, screen.version), None).await.unwrap();
    assert_eq!(house.read(&second).await, None);
    let again = close_hall_screen(&bureau, (screen.id, screen.version + 1), None).await;
    assert!(matches!(again, Err(Stop::Refused(CloseHallScreen::NotOpen))));
    assert_eq!(house.channel(ChannelKind::HallScreen).await.screen_since, None);
}

#[tokio::test]
async fn a_link_of_one_city_opens_nothing_in_another_and_a_screen_that_is_switched_off_shows_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    house.publish().await;
    house.settle().await;
    let secret = house.opened().await;
    let other = NewTenant {
        code: "140200".to_owned(),
        slug: "datong".to_owned(),
        name_zh: "大同市".to_owned(),
        name_en: "Datong".to_owned(),
        hotline: None,
    };
    house.kernel.create_tenant(other, markets::testing::on_postgres().as_deref()).await.unwrap();
    let there = house.kernel.ctx("140200", Actor::Anonymous, Lang::Zh).await.unwrap();
    assert_eq!(hall_screen(&there, &secret, "n1").await.unwrap(), None);
    let screen = house.channel(ChannelKind::HallScreen).await;
    save_channel(&house.bureau().await, (screen.id, screen.version), None, false, None).await.unwrap();
    assert!(house.read(&secret).await.unwrap().contains("目前没有招聘信息"));
}

#[tokio::test]
async fn only_a_screen_gets_a_link_and_only_from_whoever_keeps_channels() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    house.publish().await;
    house.settle().await;
    let (feed, screen) = (house.channel(ChannelKind::Feed).await, house.channel(ChannelKind::HallScreen).await);
    let refused = open_hall_screen(&house.bureau().await, (feed.id, feed.version)).await;
    assert!(matches!(refused, Err(Stop::Refused(OpenHallScreen::NotAScreen))));
    let stale = open_hall_screen(&house.bureau().await, (screen.id, 7)).await;
    assert!(matches!(stale, Err(Stop::Refused(OpenHallScreen::Conflict { current: 1 }))));
    let clerk = house.by(officer("market_staff", ScopeKind::Market, &Uuid::nil().to_string())).await;
    let denied = open_hall_screen(&clerk, (screen.id, screen.version)).await;
    assert!(matches!(denied, Err(Stop::Fault(kernel::Fault::Forbidden))));
    assert_eq!(house.channel(ChannelKind::HallScreen).await, screen, "nothing was opened");
}
