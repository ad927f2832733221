//! Groups: a foreman's ten, all or none.

use super::*;

async fn ten(town: &Town) -> Vec<Somebody> {
    let mut all = Vec::new();
    for n in 0..10 {
        all.push(town.worker(&format!("工友{n}"), 100 + n).await);
    }
    all
}

fn ids(kind: &str, all: impl Iterator<Item = Uuid>) -> String {
    let all: Vec<String> = all.map(|id| format!("\"{}\"", gid(kind, id))).collect();
    format!("[{}]", all.join(", "))
}

const GROUP: &str = "... on HiredGroup { engagements { status groupNo enteredBy slip { number } } }";

#[tokio::test]
async fn a_foreman_takes_ten_on_the_site_together() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 10)).await;
    let workers = ten(&town).await;
    let call = format!(
        "shiftId: \"{}\", workerIds: {}",
        gid("Shift", wall.shifts[0]),
        ids("Worker", workers.iter().map(|w| w.id))
    );
    let hired = send_for(&town.builder().await, "hireGroup", &call, GROUP, "").await;
    let all = hired["engagements"].as_array().unwrap_or_else(|| panic!("{hired}"));
    assert_eq!(all.len(), 10);
    let numbers: std::collections::HashSet<&Value> = all.iter().map(|one| &one["slip"]["number"]).collect();
    assert_eq!(numbers.len(), 10);
    assert!(all.iter().all(|one| one["status"] == "CONFIRMED" && one["enteredBy"] == "PARTY"));
    assert!(all.iter().all(|one| one["groupNo"] == all[0]["groupNo"] && one["groupNo"].is_string()));
    assert_eq!(town.taken(wall.shifts[0]).await, (10, "FILLED".to_owned()));
    town.drain().await;
    assert_eq!(town.texts("hire.confirmed").await.len(), 10);
    assert_eq!(town.texts("hire.taken").await, Vec::<String>::new(), "who took them knows it");
}

#[tokio::test]
async fn whom_the_counter_hires_the_hiring_party_hears_of_by_one_text_and_of_a_group_by_one() {
    let town = Town::new().await;
    let (wall, other) = (town.post(town.wall(true, 10)).await, town.post(town.wall(true, 10)).await);
    let (counter, zhang) = (town.counter().await, town.worker("张三", 1).await);
    let call = format!("shiftId: \"{}\", workerId: \"{}\"", gid("Shift", wall.shifts[0]), gid("Worker", zhang.id));
    assert_eq!(send(&counter, "hireWalkIn", &call).await["status"], "CONFIRMED");
    town.drain().await;
    let told = town.texts("hire.taken").await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("已确认1人"), "{told:?}");
    let workers = ten(&town).await;
    let call = format!(
        "shiftId: \"{}\", workerIds: {}",
        gid("Shift", other.shifts[0]),
        ids("Worker", workers.iter().map(|w| w.id))
    );
    let hired = send_for(&counter, "hireGroup", &call, GROUP, "").await;
    assert_eq!(hired["engagements"].as_array().map(Vec::len), Some(10), "{hired}");
    town.drain().await;
    let told = town.texts("hire.taken").await;
    assert_eq!(told.len(), 2, "one for all of the group: {told:?}");
    assert!(told[1].contains("已成组确认10人"), "{told:?}");
    assert_eq!(town.texts("hire.confirmed").await.len(), 11, "each of them has its own");
}

#[tokio::test]
async fn of_a_group_in_which_one_is_busy_nobody_is_hired_and_the_one_is_named() {
    let town = Town::new().await;
    let (wall, other) = (town.post(town.wall(true, 10)).await, town.post(town.wall(true, 10)).await);
    let workers = ten(&town).await;
    town.hired(workers[3], other.shifts[0]).await;
    let before = town.count_engagements().await;
    let call = format!(
        "shiftId: \"{}\", workerIds: {}",
        gid("Shift", wall.shifts[0]),
        ids("Worker", workers.iter().map(|w| w.id))
    );
    let refused = send_for(&town.builder().await, "hireGroup", &call, GROUP, "").await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("OVERLAPPING"), &json!("workerIds")));
    assert!(refused["message"].as_str().unwrap().contains("工*"), "{refused}");
    assert_eq!((town.count_engagements().await, town.taken(wall.shifts[0]).await.0), (before, 0));
}

#[tokio::test]
async fn ten_for_nine_places_are_none() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 9)).await;
    let workers = ten(&town).await;
    let call = |all: &[Somebody]| {
        format!("shiftId: \"{}\", workerIds: {}", gid("Shift", wall.shifts[0]), ids("Worker", all.iter().map(|w| w.id)))
    };
    let refused = send_for(&town.counter().await, "hireGroup", &call(&workers), GROUP, "").await;
    assert_eq!(refused["code"], "FULL", "{refused}");
    assert_eq!((town.count_engagements().await, town.taken(wall.shifts[0]).await.0), (0, 0));
    let nine = send_for(&town.counter().await, "hireGroup", &call(&workers[..9]), GROUP, "").await;
    assert_eq!(nine["engagements"].as_array().map(Vec::len), Some(9), "{nine}");
    assert_eq!(nine["engagements"][0]["enteredBy"], "STAFF");
}

#[tokio::test]
async fn a_hiring_party_takes_only_those_who_look_for_work_today() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 9)).await;
    let zhang = town.worker("张三", 1).await;
    let call = format!("shiftId: \"{}\", workerId: \"{}\"", gid("Shift", wall.shifts[0]), gid("Worker", zhang.id));
    town.later(Duration::hours(12));
    let refused = send(&town.builder().await, "hireWalkIn", &call).await;
    assert_eq!(refused["code"], "NOT_LOOKING", "{refused}");
    assert_eq!(
        send(&town.counter().await, "hireWalkIn", &call).await["status"],
        "CONFIRMED",
        "who stands at the counter"
    );
}

#[tokio::test]
async fn applications_are_confirmed_together_all_or_none() {
    let town = Town::new().await;
    let (wall, other) = (town.post(town.wall(false, 10)).await, town.post(town.wall(true, 10)).await);
    let workers = ten(&town).await;
    let mut applied = Vec::new();
    for worker in &workers {
        let done = town.apply(*worker, wall.shifts[0]).await;
        assert_eq!(done["status"], "APPLIED", "{done}");
        applied.push(done);
    }
    let all: Vec<String> = applied.iter().map(|one| one["id"].to_string()).collect();
    let call = format!("shiftId: \"{}\", engagementIds: [{}]", gid("Shift", wall.shifts[0]), all.join(", "));
    town.hired(workers[9], other.shifts[0]).await;
    let refused = send_for(&town.builder().await, "confirmGroup", &call, GROUP, "").await;
    assert_eq!(refused["code"], "OVERLAPPING", "{refused}");
    assert_eq!(town.taken(wall.shifts[0]).await.0, 0);
    let call = format!("shiftId: \"{}\", engagementIds: [{}]", gid("Shift", wall.shifts[0]), all[..9].join(", "));
    let confirmed = send_for(&town.builder().await, "confirmGroup", &call, GROUP, "").await;
    assert_eq!(confirmed["engagements"].as_array().map(Vec::len), Some(9), "{confirmed}");
    assert_eq!(town.taken(wall.shifts[0]).await.0, 9);
    let again = send_for(&town.builder().await, "confirmGroup", &call, GROUP, "").await;
    assert_eq!(again["code"], "NOT_FROM_HERE", "{again}");
    let elsewhere = format!("shiftId: \"{}\", engagementIds: [{}]", gid("Shift", other.shifts[0]), all[9]);
    let refused = send_for(&town.builder().await, "confirmGroup", &elsewhere, GROUP, "").await;
    assert_eq!(refused["code"], "OTHER_SHIFT", "{refused}");
}

#[tokio::test]
async fn a_group_has_one_to_fifty() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 100)).await;
    let shift = gid("Shift", wall.shifts[0]);
    let many = ids("Worker", (0..51).map(|n| Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 + n)));
    for workers in ["[]".to_owned(), many] {
        let call = format!("shiftId: \"{shift}\", workerIds: {workers}");
        let refused = send_for(&town.builder().await, "hireGroup", &call, GROUP, "").await;
        assert_eq!(refused["code"], "COUNT", "{refused}");
    }
}
