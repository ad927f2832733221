//! How quickly what a city changes reaches the province, as everybody asks there.

use async_graphql::{EmptySubscription, Request, Schema};
use serde_json::{Value, json};

use super::*;

impl House {
    /// What the province says of the pace of the cities.
    async fn pace(&self) -> Value {
        let schema = Schema::new(crate::HiringQuery::default(), crate::HiringMutation::default(), EmptySubscription);
        let question = "{ provincePaces { city pace { shown publishedMedianSeconds publishedP95Seconds \
            withdrawnMedianSeconds withdrawnP95Seconds withdrawnLongestSeconds } } }";
        let answer = schema.execute(Request::new(question).data(self.province().await)).await;
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        answer.data.into_json().unwrap()["provincePaces"].clone()
    }

    /// Changes a posting, and what is announced of it is heard only after so many seconds.
    async fn change_and_hear_after(&self, id: Uuid, status: PostingStatus, seconds: i64) {
        self.write(id, status).await;
        self.clock.advance(Duration::seconds(seconds));
        plan_deliveries(&self.house().await, id).await.unwrap();
        self.settle().await;
    }
}

/// The only city, as the province says it: how many it shows, the middle and 95 of 100 of what was published, and the middle, 95 of
/// 100 and the longest of what was withdrawn.
fn city(shown: i64, published: [Option<i64>; 2], withdrawn: [Option<i64>; 3]) -> Value {
    json!([{ "city": CITY, "pace": {
        "shown": shown,
        "publishedMedianSeconds": published[0], "publishedP95Seconds": published[1],
        "withdrawnMedianSeconds": withdrawn[0], "withdrawnP95Seconds": withdrawn[1],
        "withdrawnLongestSeconds": withdrawn[2],
    } }])
}

#[tokio::test]
async fn the_province_says_how_long_an_update_and_a_withdrawal_took_from_the_change_to_its_search() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let (first, second) = (house.publish().await, house.publish().await);
    house.settle().await;
    assert_eq!(house.pace().await, city(2, [Some(0), Some(0)], [None; 3]), "both were there at once");
    house.change_and_hear_after(first, PostingStatus::Published, 420).await;
    assert_eq!(house.pace().await, city(2, [Some(0), Some(420)], [None; 3]), "the update took seven minutes");
    house.change_and_hear_after(first, PostingStatus::Withdrawn, 1_530).await;
    assert_eq!(
        house.pace().await,
        city(1, [Some(0), Some(420)], [Some(1_530); 3]),
        "what is gone took so long all the same"
    );
    house.change_and_hear_after(second, PostingStatus::Withdrawn, 90).await;
    assert_eq!(house.pace().await, city(0, [Some(0), Some(420)], [Some(90), Some(1_530), Some(1_530)]));
}
