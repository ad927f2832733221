//! How a market's licence stands (许可证状态), in SQL and in Rust: one rule, over every pair of what the market's form says and
//! what is registered of the agency, on both back ends.

use chrono::{Days, NaiveDate};
use entities::agency;
use kernel::{Actor, Ctx, Fault, Never, Stop};
use people::{LicenceStanding, LicenceState};
use sea_orm::{ActiveValue::Set, EntityTrait as _, IntoActiveModel as _};
use uuid::Uuid;

use super::agreement::{DRAW, Ids, found, row, today};
use crate::kinds::{MarketStatus, OperatingNature};
use crate::queries::conditions::licensed;
use crate::rows::market;
use crate::rules::inclusion::{standing, unfit};
use crate::testing::{by, house_on};

/// An agency that is registered nowhere.
const UNKNOWN: Uuid = Uuid::from_u128(99);

fn days() -> [Option<NaiveDate>; 4] {
    [None, Some(today() - Days::new(1)), Some(today()), Some(today() + Days::new(1))]
}

/// Agencies of every status, with every last day, verified and not.
async fn agencies(ctx: &Ctx) -> Vec<Uuid> {
    let made: Result<Vec<Uuid>, Stop<Never>> = ctx
        .transact(&DRAW, |tx| async move {
            let mut ids = Vec::new();
            for status in ["VALID", "SUSPENDED", "REVOKED"] {
                for expires_on in days() {
                    for verified in [false, true] {
                        let (id, n) = (tx.ctx().new_id(), ids.len());
                        let row = agency::ActiveModel {
                            id: Set(id),
                            licence_no: Set(n.to_string()),
                            licence_key: Set(n.to_string()),
                            name: Set(format!("第{n}机构")),
                            entered_at: Set(tx.ctx().now()),
                            status: Set(status.to_owned()),
                            expires_on: Set(expires_on),
                            verified_at: Set(verified.then(|| tx.ctx().now())),
                            ..agency::ActiveModel::default()
                        };
                        agency::Entity::insert(row).exec_without_returning(&tx).await?;
                        ids.push(id);
                    }
                }
            }
            Ok(ids)
        })
        .await;
    made.map_err(Stop::into_fault).unwrap()
}

async fn markets(ctx: &Ctx, agencies: &[Uuid]) -> Vec<market::Model> {
    let mut all = Vec::new();
    let run_by: Vec<Option<Uuid>> =
        [None, Some(UNKNOWN)].into_iter().chain(agencies.iter().map(|id| Some(*id))).collect();
    for nature in [OperatingNature::Public, OperatingNature::Commercial] {
        for licence_until in days() {
            for agency in &run_by {
                let described = (MarketStatus::Listed, nature, false, "140105");
                let plain = row(ctx, ctx.new_id(), all.len(), described);
                let licence_no = Some("某许可证".to_owned());
                all.push(market::Model { licence_no, licence_until, agency: *agency, ..plain });
            }
        }
    }
    let rows = all.clone();
    let put: Result<(), Stop<Never>> = ctx
        .transact(&DRAW, |tx| async move {
            for one in rows {
                market::Entity::insert(one.into_active_model()).exec_without_returning(&tx).await?;
            }
            Ok(())
        })
        .await;
    put.map_err(Stop::into_fault).unwrap();
    all
}

async fn the_store_and_the_rule_agree(admin: Option<&str>) -> Result<(), Fault> {
    let dir = tempfile::tempdir().unwrap();
    let (kernel, _clock) = house_on(dir.path(), admin).await?;
    let ctx = by(&kernel, Actor::System("test")).await?;
    let agencies = agencies(&ctx).await;
    let all = markets(&ctx, &agencies).await;
    for day in [today() - Days::new(1), today(), today() + Days::new(1), today() + Days::new(2)] {
        let states = people::licences_of(&ctx.scope(), &agencies, day).await?;
        let state =
            |one: &market::Model| one.agency.and_then(|id| states.get(&id)).copied().unwrap_or(LicenceState::Unknown);
        let mut sorted = 0;
        for wanted in LicenceStanding::ALL {
            let rule = |one: &&market::Model| standing(one.nature, one.licence_until, state(one), day) == Some(wanted);
            let said: Ids = all.iter().filter(rule).map(|one| one.id).collect();
            // Nothing has run out on the day before the first of these ends.
            assert!(day < today() || !said.is_empty(), "some are {wanted:?} on {day}");
            assert_eq!(found(&ctx, licensed(wanted, day)).await, said, "{wanted:?} on {day}");
            sorted += said.len();
        }
        assert_eq!(sorted, all.len() / 2, "every commercial market stands somehow, and no other");
        // Whatever is shown to have run out, or to be suspended or revoked, is not listed, and nothing else.
        for one in &all {
            let shown = standing(one.nature, one.licence_until, state(one), day);
            let fit = matches!(shown, None | Some(LicenceStanding::Valid | LicenceStanding::Unverified));
            assert_eq!(unfit(one.nature, one.licence().as_ref(), state(one), None, day).is_none(), fit, "{shown:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn how_a_licence_stands_means_the_same_in_sql_and_in_rust_on_sqlite() {
    the_store_and_the_rule_agree(None).await.unwrap();
}

#[tokio::test]
async fn how_a_licence_stands_means_the_same_in_sql_and_in_rust_on_postgresql() {
    let admin = std::env::var("YIZHAN_TEST_PG_ADMIN_URL")
        .expect("PostgreSQL is not here; run this under scripts/with-postgres");
    the_store_and_the_rule_agree(Some(&admin)).await.unwrap();
}
