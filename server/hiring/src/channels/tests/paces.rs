//! How quickly each city keeps up (各市渠道时效), as the province sees it.

use chrono::{DateTime, Utc};

use super::*;
use crate::channels::operations::report_paces::report_paces;
use crate::channels::queries::{CityPace, Figures};

impl House {
    /// The city says how its channels keep up; what the province then knows.
    async fn told(&self) -> CityPace {
        report_paces(&self.house().await).await.unwrap();
        let mut cities = queries::province_paces(&self.province().await).await.unwrap();
        assert_eq!(cities.iter().map(|known| known.city.as_str()).collect::<Vec<_>>(), [CITY]);
        cities.remove(0)
    }
}

fn of(known: &CityPace, kind: ChannelKind) -> Figures {
    known.told.iter().find(|(told, _)| *told == kind).map(|(_, figures)| figures.clone()).unwrap()
}

#[tokio::test]
async fn the_province_sees_since_when_a_withdrawal_waits_on_a_channel_of_a_city_and_how_long_it_took() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.publish().await;
    house.settle().await;
    assert_eq!(of(&house.told().await, ChannelKind::Partner).shown, 1);
    std::fs::rename(dir.path().join("share"), dir.path().join("gone")).unwrap();
    house.clock.advance(Duration::minutes(1));
    let withdrawn: DateTime<Utc> = house.house().await.now();
    house.write(id, PostingStatus::Withdrawn).await;
    house.clock.advance(Duration::minutes(2));
    plan_deliveries(&house.house().await, id).await.unwrap();
    house.settle().await;
    let known = house.told().await;
    let partner = of(&known, ChannelKind::Partner);
    assert_eq!((partner.shown, partner.withdrawing, partner.oldest), (0, 1, Some(withdrawn)));
    assert_eq!(
        of(&known, ChannelKind::Feed).withdrawn_longest,
        Some(120),
        "since the change, not since it was heard of"
    );
    assert_eq!((known.here.withdrawing, known.here.withdrawn_longest), (0, Some(120)), "on its own list");
    std::fs::rename(dir.path().join("gone"), dir.path().join("share")).unwrap();
    house.clock.advance(Duration::hours(1));
    house.settle().await;
    let partner = of(&house.told().await, ChannelKind::Partner);
    assert_eq!((partner.withdrawing, partner.oldest, partner.withdrawn_longest), (0, None, Some(62 * 60)));
}

#[tokio::test]
async fn channels_of_markets_count_with_those_of_the_city() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    markets::teach(&house.kernel);
    house.publish().await;
    house.settle().await;
    let bureau = house.bureau().await;
    let market = markets::market_named(&bureau, "坞城零工市场").await.unwrap().unwrap();
    add_channel(&bureau, market, ChannelKind::HallScreen, None).await.unwrap();
    house.settle().await;
    assert_eq!(of(&house.told().await, ChannelKind::HallScreen).shown, 2);
}

#[tokio::test]
async fn what_is_as_it_was_is_told_once_an_hour_so_that_a_city_that_stands_still_is_seen() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    house.publish().await;
    house.settle().await;
    let first = house.told().await.told_at.unwrap();
    house.clock.advance(Duration::minutes(59));
    assert_eq!(house.told().await.told_at, Some(first));
    house.clock.advance(Duration::minutes(1));
    assert_eq!(house.told().await.told_at, Some(first + Duration::hours(1)));
}
