//! What lists ask in SQL and one agency in Rust is one rule (口径一致).

use kernel::{Never, Stop};
use people::{LicenceStanding, LicenceState, in_standing, licences_numbered, licences_of};
use sea_orm::ActiveValue::Set;

use super::*;

#[tokio::test]
async fn the_store_finds_the_agencies_of_which_the_rule_says_so_on_every_day() {
    let world = Province::new().await;
    let ctx = world.house.itself(TAIYUAN).await.unwrap();
    let put: Result<(), Stop<Never>> = ctx
        .transact(&people::policy::REMIND, |tx| async move {
            let mut n = 0;
            for status in ["VALID", "SUSPENDED", "REVOKED", "UNHEARD_OF"] {
                for expires_on in [None, Some("2026-06-30"), Some("2026-07-01"), Some("2026-07-02")] {
                    for verified in [false, true] {
                        n += 1;
                        let row = agency::ActiveModel {
                            id: Set(tx.ctx().new_id()),
                            licence_no: Set(n.to_string()),
                            licence_key: Set(n.to_string()),
                            name: Set(format!("第{n}机构")),
                            entered_at: Set(tx.ctx().now()),
                            status: Set(status.to_owned()),
                            expires_on: Set(expires_on.and_then(|day| day.parse().ok())),
                            verified_at: Set(verified.then(|| tx.ctx().now())),
                            ..agency::ActiveModel::default()
                        };
                        agency::Entity::insert(row).exec_without_returning(&tx).await?;
                    }
                }
            }
            Ok(())
        })
        .await;
    put.unwrap();
    let all: Vec<uuid::Uuid> =
        agency::Entity::find().all(&ctx.scope()).await.unwrap().into_iter().map(|row| row.id).collect();
    assert_eq!(all.len(), 32);
    let mut sizes = Vec::new();
    for day in ["2026-06-30", "2026-07-01", "2026-07-02", "2026-07-03"] {
        let today = day.parse().unwrap();
        let states = licences_of(&ctx.scope(), &all, today).await.unwrap();
        for standing in LicenceStanding::ALL {
            let query = agency::Entity::find().filter(agency::Column::Id.in_subquery(in_standing(standing, today)));
            let mut found: Vec<_> = query.all(&ctx.scope()).await.unwrap().into_iter().map(|row| row.id).collect();
            let mut said: Vec<_> =
                states.iter().filter(|(_, state)| state.standing() == standing).map(|(id, _)| *id).collect();
            found.sort_unstable();
            said.sort_unstable();
            assert_eq!(found, said, "{standing:?} on {day}");
            sizes.push(found.len());
        }
    }
    // Valid, expired, suspended, revoked, unverified on each of the days: a day matters.
    assert_eq!(sizes, [4, 0, 8, 8, 12, 3, 2, 8, 8, 11, 2, 4, 8, 8, 10, 1, 6, 8, 8, 9]);
}

#[tokio::test]
async fn a_licence_is_found_by_its_number_however_that_is_written_and_nobody_is_entered_by_asking() {
    let world = Province::new().await;
    world.verified().await;
    let ctx = world.house.itself(TAIYUAN).await.unwrap();
    let asked = ["晋人服证字（2026）第 0101号".to_owned(), "另一许可证".to_owned()];
    let states = licences_numbered(&ctx.scope(), &asked, ctx.today()).await.unwrap();
    let valid = LicenceState::Valid { until: "2027-01-04".parse().ok() };
    assert_eq!(asked.each_ref().map(|number| states.of(number)), [valid, LicenceState::Unknown]);
    assert_eq!(states.of(LICENCE), valid);
    assert_eq!(agency::Entity::find().count(&ctx.scope()).await.unwrap(), 1);
}
