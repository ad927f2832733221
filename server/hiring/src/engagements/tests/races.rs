//! Many at one moment: a place is never promised twice, and nobody meets a fault.

use kernel::Stop;

use super::*;
use crate::engagements::operations::apply::{ApplyForShift, apply_for_shift};
use crate::engagements::operations::hire::{HireGroup, hire_group};
use crate::engagements::operations::record_no_show::record_no_show;
use crate::operations::save_posting::SavePosting;

const WORKERS: u32 = 100;
const PLACES: i32 = 10;
const ROUNDS: usize = 20;

/// How an attempt ended.
#[derive(Debug, PartialEq, Eq, Hash, Clone, Copy, PartialOrd, Ord)]
enum Ended {
    Hired,
    Full,
    Overlapping,
}

fn ended(done: Result<kernel::Outcome, Stop<ApplyForShift>>) -> Ended {
    match done {
        Ok(_) => Ended::Hired,
        Err(Stop::Refused(ApplyForShift::Full)) => Ended::Full,
        Err(Stop::Refused(ApplyForShift::Overlapping)) => Ended::Overlapping,
        Err(other) => panic!("neither a place nor an answer: {other:?}"),
    }
}

async fn all_at_once(town: &Town, wanted: Vec<(Somebody, Uuid)>) -> Vec<Ended> {
    let mut tasks = Vec::new();
    for (who, shift) in wanted {
        let ctx = town.citizen(who).await;
        tasks.push(tokio::spawn(async move { ended(apply_for_shift(&ctx, shift, false, None).await) }));
    }
    let mut all = Vec::new();
    for task in tasks {
        all.push(task.await.unwrap());
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_hundred_who_want_ten_places_at_one_moment_exactly_ten_have_one_each_time() {
    let town = Town::new().await;
    let mut workers = Vec::new();
    for n in 0..WORKERS {
        workers.push(town.worker("张三", n).await);
    }
    for round in 0..ROUNDS {
        // Each round on a day of its own.
        let starts = at("2026-11-23T22:00:00Z") + Duration::days(i64::try_from(round).unwrap());
        let wall = town.post(NewPosting { shifts: vec![(starts, 10)], ..town.wall(true, PLACES) }).await;
        let all = all_at_once(&town, workers.iter().map(|who| (*who, wall.shifts[0])).collect()).await;
        let hired = all.iter().filter(|end| **end == Ended::Hired).count();
        let full = all.iter().filter(|end| **end == Ended::Full).count();
        assert_eq!((hired, full), (10, 90), "round {round}");
        assert_eq!(town.taken(wall.shifts[0]).await, (PLACES, "FILLED".to_owned()), "round {round}");
        let rows = engagement::Entity::find().filter(engagement::Column::ShiftId.eq(wall.shifts[0]));
        assert_eq!(rows.count(&town.bureau().await.scope()).await.unwrap(), 10, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_worker_who_wants_ten_overlapping_shifts_at_one_moment_has_one() {
    let town = Town::new().await;
    let zhang = town.worker("张三", 1).await;
    for round in 0..ROUNDS {
        let starts = at("2026-11-23T22:00:00Z") + Duration::days(i64::try_from(round).unwrap());
        let mut wanted = Vec::new();
        for n in 0..10 {
            let from = starts + Duration::minutes(30 * n);
            let posted = town.post(NewPosting { shifts: vec![(from, 10)], ..town.wall(true, 5) }).await;
            wanted.push((zhang, posted.shifts[0]));
        }
        let shifts: Vec<Uuid> = wanted.iter().map(|(_, shift)| *shift).collect();
        let mut all = all_at_once(&town, wanted).await;
        all.sort_unstable();
        assert_eq!(all[0], Ended::Hired);
        assert!(all[1..].iter().all(|end| *end == Ended::Overlapping), "round {round}: {all:?}");
        let mut taken = 0;
        for shift in shifts {
            taken += town.taken(shift).await.0;
        }
        assert_eq!(taken, 1, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_groups_that_share_a_worker_and_want_the_same_places_one_has_them_all() {
    let town = Town::new().await;
    let mut workers = Vec::new();
    for n in 0..19 {
        workers.push(town.worker("张三", n).await);
    }
    for round in 0..ROUNDS {
        let starts = at("2026-11-23T22:00:00Z") + Duration::days(i64::try_from(round).unwrap());
        testing::make(&town.kernel, |tx| async move {
            let until = starts + Duration::days(1);
            worker::Entity::update_many()
                .col_expr(worker::Column::LookingUntil, sea_orm::sea_query::Expr::value(until))
                .exec(&tx)
                .await?;
            Ok::<_, kernel::Fault>(())
        })
        .await
        .unwrap();
        let wall = town.post(NewPosting { shifts: vec![(starts, 10)], ..town.wall(true, 10) }).await;
        // Ten each; the tenth of the one is the first of the other, and they are named from both ends.
        let first: Vec<Uuid> = workers[..10].iter().map(|who| who.id).collect();
        let second: Vec<Uuid> = workers[9..].iter().rev().map(|who| who.id).collect();
        let mut tasks = Vec::new();
        for group in [first, second] {
            let (ctx, shift) = (town.builder().await, wall.shifts[0]);
            tasks.push(tokio::spawn(async move { hire_group(&ctx, shift, group, false, None).await }));
        }
        let mut hired = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(_) => hired += 1,
                Err(Stop::Refused(HireGroup::Full | HireGroup::DuplicateApplication { .. })) => {}
                Err(other) => panic!("neither places nor an answer: {other:?}"),
            }
        }
        assert_eq!(hired, 1, "round {round}");
        assert_eq!(town.taken(wall.shifts[0]).await.0, 10, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn while_some_cancel_and_others_apply_no_place_is_lost_or_given_twice() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let mut hired = Vec::new();
    for n in 0..5 {
        let who = town.worker("张三", n).await;
        hired.push((who, town.hired(who, wall.shifts[0]).await));
    }
    let mut tasks = Vec::new();
    for n in 100..120 {
        let (ctx, shift) = (town.citizen(town.worker("李四", n).await).await, wall.shifts[0]);
        tasks.push(tokio::spawn(async move {
            apply_for_shift(&ctx, shift, true, None).await.map(|_| ()).map_err(|e| format!("{e:?}"))
        }));
    }
    for (who, of) in &hired {
        let ctx = town.citizen(*who).await;
        let call = format!("{}, reason: ILLNESS", seen(of));
        tasks.push(tokio::spawn(async move {
            let done = send(&ctx, "cancelEngagement", &call).await;
            if done["status"] == "CANCELLED_BY_WORKER" { Ok(()) } else { Err(done.to_string()) }
        }));
    }
    for task in tasks {
        assert_eq!(task.await.unwrap(), Ok(()));
    }
    let house = town.by(Actor::System("hiring")).await;
    crate::engagements::operations::keep::fill_from_standby(&house).await.unwrap();
    let holding = engagement::Entity::find()
        .filter(engagement::Column::ShiftId.eq(wall.shifts[0]))
        .filter(engagement::Column::Status.is_in(crate::engagements::rules::steps::HOLDING))
        .count(&house.scope())
        .await
        .unwrap();
    assert_eq!((holding, town.taken(wall.shifts[0]).await.0), (5, 5));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_worker_who_applies_while_a_party_takes_the_same_for_the_same_hours_has_one_place() {
    let town = Town::new().await;
    let zhang = town.worker("张三", 1).await;
    for round in 0..ROUNDS {
        let starts = at("2026-11-23T22:00:00Z") + Duration::hours(20 * i64::try_from(round).unwrap());
        let own = town.post(NewPosting { shifts: vec![(starts, 8)], ..town.wall(true, 5) }).await;
        let theirs = town.post(NewPosting { shifts: vec![(starts, 8)], ..town.wall(true, 5) }).await;
        let (me, counter) = (town.citizen(zhang).await, town.counter().await);
        let (one, other) = (own.shifts[0], theirs.shifts[0]);
        let applied = tokio::spawn(async move { apply_for_shift(&me, one, false, None).await.is_ok() });
        let hired = tokio::spawn(async move { hire_group(&counter, other, vec![zhang.id], false, None).await.is_ok() });
        let places = [applied.await.unwrap(), hired.await.unwrap()];
        assert_eq!(places.iter().filter(|has| **has).count(), 1, "round {round}: {places:?}");
        assert_eq!(town.taken(one).await.0 + town.taken(other).await.0, 1, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_did_not_come_twice_has_the_points_of_both_although_they_are_recorded_at_one_moment() {
    let town = Town::new().await;
    let morning = town.post(NewPosting { shifts: vec![(at("2026-11-23T22:00:00Z"), 4)], ..town.wall(true, 20) }).await;
    let evening = town.post(NewPosting { shifts: vec![(at("2026-11-24T04:00:00Z"), 4)], ..town.wall(true, 20) }).await;
    let mut workers = Vec::new();
    for n in 0..10 {
        let worker = town.worker("张三", n).await;
        town.hired(worker, morning.shifts[0]).await;
        town.hired(worker, evening.shifts[0]).await;
        workers.push(worker);
    }
    town.at("2026-11-24T05:00:00Z");
    let bureau = town.bureau().await;
    let mut tasks = Vec::new();
    for row in engagement::Entity::find().all(&bureau.scope()).await.unwrap() {
        let ctx = town.bureau().await;
        tasks.push(tokio::spawn(async move { record_no_show(&ctx, row.id, row.version, None).await.map(drop) }));
    }
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    for worker in workers {
        assert_eq!(town.worker_row(worker).await.points, 6);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_takes_a_place_while_the_wage_changes_has_it_at_the_wage_that_stands() {
    let town = Town::new().await;
    let mut workers = Vec::new();
    for n in 0..6 {
        workers.push(town.worker("张三", n).await);
    }
    for round in 0..ROUNDS {
        let starts = at("2026-11-23T22:00:00Z") + Duration::days(i64::try_from(round).unwrap());
        let wall = town.post(NewPosting { shifts: vec![(starts, 8)], market: None, ..town.wall(true, PLACES) }).await;
        let (builder, which, input) = town.at_another_wage(wall.id, 19_000).await;
        let mut seekers = Vec::new();
        for who in &workers {
            seekers.push(town.citizen(*who).await);
        }
        let shift = wall.shifts[0];
        let apply = |ctx: Ctx| tokio::spawn(async move { ended(apply_for_shift(&ctx, shift, false, None).await) });
        // The change comes in before the first of them, between two, or after the last.
        let late = seekers.split_off(round % 7);
        let mut tasks: Vec<_> = seekers.into_iter().map(apply).collect();
        let amending = tokio::spawn(async move { crate::save_posting(&builder, which, input, None).await.map(drop) });
        tasks.extend(late.into_iter().map(apply));
        for task in tasks {
            assert_eq!(task.await.unwrap(), Ended::Hired, "round {round}");
        }
        let wage = match amending.await.unwrap() {
            Ok(()) => 19_000,
            Err(Stop::Refused(SavePosting::TermsFixed)) => 18_000,
            Err(other) => panic!("neither amended nor fixed: {other:?}"),
        };
        let scope = town.bureau().await;
        let row = posting::Entity::find_by_id(wall.id).one(&scope.scope()).await.unwrap().unwrap();
        let deals = engagement::Entity::find().filter(engagement::Column::ShiftId.eq(shift));
        let deals: Vec<i64> = deals.all(&scope.scope()).await.unwrap().iter().map(|deal| deal.wage_fen).collect();
        assert_eq!((row.wage_fen, deals), (wage, vec![wage; 6]), "round {round}");
    }
}
