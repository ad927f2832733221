//! The figures of quick hire: medians, the same day, splits by age and hardship, and who takes on first those who find work hard to
//! get.

use people::{ConsentForm, DifficultyBasis, DifficultyForm, DifficultyKind};

use super::*;

#[tokio::test]
async fn the_figures_of_the_api_are_those_by_hand_and_a_handful_of_people_is_not_told_apart() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 20)).await;
    let mut hired = Vec::new();
    // Published at ten; applied and confirmed after 1, 2, 4, 8, 16 and 32 minutes.
    for n in 0..6_u32 {
        town.clock.set(at("2026-11-23T02:00:00Z") + Duration::minutes(1 << n));
        hired.push(town.hired(town.worker("张三", n).await, wall.shifts[0]).await);
    }
    town.at("2026-11-23T21:00:00Z");
    for one in &hired[..3] {
        send(&town.counter().await, "recordArrival", &seen(one)).await;
    }
    let question = "{ quickHireFigures(from: \"2026-11-23\", to: \"2026-11-23\") { steps { step count medianMinutes } applied confirmed arrived sameDay sameDayRate byAge { age applied confirmed arrived } } }";
    let shown = ask(&town.bureau().await, question).await["quickHireFigures"].clone();
    let step = |name: &str| shown["steps"].as_array().unwrap().iter().find(|s| s["step"] == name).unwrap().clone();
    assert_eq!(
        step("PUBLISHED_TO_APPLIED"),
        json!({ "step": "PUBLISHED_TO_APPLIED", "count": 6, "medianMinutes": 6.0 })
    );
    assert_eq!(step("APPLIED_TO_CONFIRMED")["medianMinutes"], 0.0);
    // 05:00 the next day less 10:01, 10:02, 10:04.
    assert_eq!(
        step("CONFIRMED_TO_ARRIVED"),
        json!({ "step": "CONFIRMED_TO_ARRIVED", "count": 3, "medianMinutes": 1138.0 })
    );
    assert_eq!((&shown["applied"], &shown["confirmed"], &shown["arrived"]), (&json!(6), &json!(6), &json!(3)));
    assert_eq!((&shown["sameDay"], &shown["sameDayRate"]), (&json!(0), &json!(0.0)), "they came the next day");
    assert_eq!(shown["byAge"][1], json!({ "age": "ADULT", "applied": 6, "confirmed": 6, "arrived": null }));
    assert_eq!(shown["byAge"][3], json!({ "age": "OVER_AGE", "applied": 0, "confirmed": 0, "arrived": 0 }));
    let nothing = ask(&town.bureau().await, &question.replace("11-23", "11-22")).await["quickHireFigures"].clone();
    assert_eq!((&nothing["applied"], &nothing["sameDayRate"]), (&json!(0), &Value::Null));
}

/// The table by hand, in Shanghai: of each worker when it applied, was talked to, agreed, had the place, came, was done and was paid.
/// All was published at ten on the 23rd. Where the time of the place is missing it was taken with the application, or not at all.
const BY_HAND: [[&str; 7]; 5] = [
    // applied +1, contacted +2, agreed +4, confirmed +8, arrived +200, completed +265, paid +40 minutes
    ["23T10:01:00", "23T10:03:00", "23T10:07:00", "23T10:15:00", "23T13:35:00", "23T18:00:00", "23T18:40:00"],
    // applied +3, contacted +9, agreed +1, confirmed +1, arrived +225, completed +210, paid +960 minutes
    ["23T10:03:00", "23T10:12:00", "23T10:13:00", "23T10:14:00", "23T13:59:00", "23T17:29:00", "24T09:29:00"],
    // applied +10, contacted +30 seconds, agreed +20 minutes, nothing more
    ["23T10:10:00", "23T10:10:30", "23T10:30:30", "", "", "", ""],
    // applied +60 and confirmed at once, arrived +185, completed +245, not paid
    ["23T11:00:00", "", "", "", "23T14:05:00", "23T18:10:00", ""],
    // applied +120 and confirmed at once, arrived the next day +1070, completed +611, paid +2 minutes
    ["23T12:00:00", "", "", "", "24T05:50:00", "24T16:01:00", "24T16:03:00"],
];

/// Who does what the table says from the second column on: the counter.
const BY_COUNTER: [&str; 6] =
    ["markContacted", "agreeEngagement", "confirmEngagement", "recordArrival", "completeEngagement", "recordPayAnswer"];

/// Everything of the table happens, whatever is first of it first.
async fn as_the_table_says(town: &Town, shifts: [Uuid; 5]) {
    let mut rows = Vec::new();
    for (n, (shift, moments)) in shifts.into_iter().zip(BY_HAND).enumerate() {
        let who = town.worker("张三", u32::try_from(n).unwrap()).await;
        rows.push((who, shift, moments, Value::Null));
    }
    let mut all: Vec<(&str, usize, usize)> = Vec::new();
    for (n, (_, _, moments, _)) in rows.iter().enumerate() {
        let taken = moments.iter().enumerate().filter(|(_, moment)| !moment.is_empty());
        all.extend(taken.map(|(step, moment)| (*moment, n, step)));
    }
    all.sort_unstable();
    let counter = town.counter().await;
    for (moment, n, step) in all {
        town.at(&format!("2026-11-{moment}+08:00"));
        let (who, shift, _, deal) = &mut rows[n];
        *deal = if step == 0 {
            town.apply(*who, *shift).await
        } else {
            let paid = if step == 6 { ", paidFen: 18000" } else { "" };
            send(&counter, BY_COUNTER[step - 1], &format!("{}{paid}", seen(deal))).await
        };
        assert!(deal["id"].is_string(), "line {n}, column {step}: {deal}");
    }
}

#[tokio::test]
async fn each_step_of_a_table_by_hand_has_its_median_and_who_came_on_the_day_is_counted() {
    let town = Town::new().await;
    let today = vec![(at("2026-11-23T06:00:00Z"), 4)];
    let slow = town.post(NewPosting { shifts: today.clone(), ..town.wall(false, 5) }).await;
    let quick = town.post(NewPosting { shifts: today, ..town.wall(true, 5) }).await;
    let tomorrow = town.post(town.wall(true, 5)).await;
    let slow = slow.shifts[0];
    as_the_table_says(&town, [slow, slow, slow, quick.shifts[0], tomorrow.shifts[0]]).await;
    let question = "{ quickHireFigures(from: \"2026-11-23\", to: \"2026-11-23\") { \
        steps { step count medianMinutes } applied confirmed arrived sameDay sameDayRate } }";
    let shown = ask(&town.bureau().await, question).await["quickHireFigures"].clone();
    let took = |step: &str, count: u32, minutes: f64| json!({ "step": step, "count": count, "medianMinutes": minutes });
    assert_eq!(
        shown,
        json!({
            "steps": [
                // 1, 3, 10, 60, 120
                took("PUBLISHED_TO_APPLIED", 5, 10.0),
                // 0.5, 2, 9
                took("APPLIED_TO_CONTACTED", 3, 2.0),
                // 1, 4, 20
                took("CONTACTED_TO_AGREED", 3, 4.0),
                // 1, 8
                took("AGREED_TO_CONFIRMED", 2, 4.5),
                // 0, 0, 11, 14
                took("APPLIED_TO_CONFIRMED", 4, 5.5),
                // 185, 200, 225, 1070
                took("CONFIRMED_TO_ARRIVED", 4, 212.5),
                // 210, 245, 265, 611
                took("ARRIVED_TO_COMPLETED", 4, 255.0),
                // 2, 40, 960
                took("COMPLETED_TO_PAID", 3, 40.0),
            ],
            "applied": 5, "confirmed": 4, "arrived": 4,
            // All who arrived but the last.
            "sameDay": 3, "sameDayRate": 0.75,
        })
    );
}

#[tokio::test]
async fn how_quick_it_was_is_split_by_age_and_hardship_and_not_told_of_a_handful() {
    let town = Town::new().await;
    let wall = town.post(NewPosting { shifts: vec![(at("2026-11-23T06:00:00Z"), 4)], ..town.wall(true, 20) }).await;
    let mut hired = Vec::new();
    for n in 0..6_u32 {
        let who = town.worker("张三", n).await;
        if n < 5 {
            declare(&town, who, DifficultyKind::LowIncome).await;
        } else {
            declare(&town, who, DifficultyKind::Disabled).await;
        }
        hired.push(town.hired(who, wall.shifts[0]).await);
    }
    for (n, one) in hired.iter().enumerate() {
        town.clock.set(at("2026-11-23T05:30:00Z") + Duration::minutes(i64::try_from(n).unwrap()));
        send(&town.counter().await, "recordArrival", &seen(one)).await;
    }
    let part = "sameDay sameDayRate medians { step medianMinutes }";
    let question = format!(
        "{{ quickHireFigures(from: \"2026-11-23\", to: \"2026-11-23\") {{ byAge {{ age {part} }} byDifficulty {{ difficulty {part} }} }} }}"
    );
    let shown = ask(&town.bureau().await, &question).await["quickHireFigures"].clone();
    let came = |of: &Value| {
        let all = of["medians"].as_array().unwrap();
        all.iter().find(|s| s["step"] == "CONFIRMED_TO_ARRIVED").unwrap()["medianMinutes"].clone()
    };
    let row = |list: &str, key: &str, name: &str| {
        shown[list].as_array().unwrap().iter().find(|row| row[key] == name).unwrap().clone()
    };
    let adult = row("byAge", "age", "ADULT");
    // Applied at ten; arrived from 13:30 to 13:35, a minute apart.
    assert_eq!((&adult["sameDay"], &adult["sameDayRate"], came(&adult)), (&json!(6), &json!(1.0), json!(212.5)));
    let poor = row("byDifficulty", "difficulty", "LOW_INCOME");
    assert_eq!((&poor["sameDay"], &poor["sameDayRate"], came(&poor)), (&json!(5), &json!(1.0), json!(212.0)));
    let alone = row("byDifficulty", "difficulty", "DISABLED");
    assert_eq!((&alone["sameDay"], &alone["sameDayRate"], came(&alone)), (&Value::Null, &Value::Null, Value::Null));
}

/// The worker says of itself that it has a hardship.
async fn declare(town: &Town, who: Somebody, kind: DifficultyKind) {
    let form = DifficultyForm {
        kind,
        basis: DifficultyBasis::Declared,
        consent: ConsentForm::online(),
        evidence: None,
        valid_until: None,
        certified_by: None,
        certified_on: None,
    };
    people::record_difficulty(&town.citizen(who).await, who.id, form, None).await.expect("written down");
}

const PRIORITY: &str = "{ quickHireFigures(from: \"2026-11-23\", to: \"2026-11-23\") { applied \
    byDifficulty { difficulty applied confirmed arrived } \
    priorityHiring { partyName postings places confirmed arrived hardToEmploy } } }";

#[tokio::test]
async fn the_figures_split_by_hardship_and_count_who_hires_first_without_pointing_at_anybody() {
    let town = Town::new().await;
    let tagged = town.post(NewPosting { priority: true, ..town.wall(true, 8) }).await;
    let plain = town.post(town.wall(true, 8)).await;
    let few =
        testing::make(&town.kernel, |tx| async move { testing::new_party(&tx, "ENTERPRISE", "汾河公司", 2).await });
    let few = few.await.unwrap();
    let second = town.post(NewPosting { priority: true, party: few.id, ..town.wall(true, 3) }).await;
    let mut hired = Vec::new();
    for n in 0..6 {
        let who = town.worker("张三", n).await;
        declare(&town, who, DifficultyKind::LowIncome).await;
        hired.push(town.hired(who, tagged.shifts[0]).await);
    }
    let alone = town.worker("李四", 10).await;
    declare(&town, alone, DifficultyKind::Disabled).await;
    town.hired(alone, second.shifts[0]).await;
    town.hired(town.worker("王五", 11).await, plain.shifts[0]).await;
    town.at("2026-11-23T22:00:00Z");
    for one in &hired[..5] {
        send(&town.counter().await, "recordArrival", &seen(one)).await;
    }
    let shown = ask(&town.bureau().await, PRIORITY).await["quickHireFigures"].clone();
    assert_eq!(shown["applied"], 8);
    let of = |kind: &str| {
        let all = shown["byDifficulty"].as_array().unwrap();
        all.iter().find(|row| row["difficulty"] == kind).unwrap().clone()
    };
    assert_eq!(of("LOW_INCOME"), json!({ "difficulty": "LOW_INCOME", "applied": 6, "confirmed": 6, "arrived": 5 }));
    assert_eq!(
        of("DISABLED"),
        json!({ "difficulty": "DISABLED", "applied": null, "confirmed": null, "arrived": 0 }),
        "one person is not pointed at"
    );
    assert_eq!(
        shown["priorityHiring"],
        json!([
            { "partyName": "晋建公司", "postings": 1, "places": 8, "confirmed": 6, "arrived": 5, "hardToEmploy": 6 },
            { "partyName": "汾河公司", "postings": 1, "places": 3, "confirmed": 1, "arrived": 0, "hardToEmploy": null },
        ])
    );
    let party = format!("partyId: \"{}\", to:", gid("HiringParty", few.id));
    let one = ask(&town.bureau().await, &PRIORITY.replace("to:", &party)).await["quickHireFigures"].clone();
    assert_eq!((&one["applied"], one["priorityHiring"].as_array().unwrap().len()), (&json!(1), 1));
    let elsewhere = town.by(officer("county_officer", ScopeKind::County, "140106")).await;
    let nothing = ask(&elsewhere, PRIORITY).await["quickHireFigures"].clone();
    assert_eq!((&nothing["applied"], &nothing["priorityHiring"]), (&json!(0), &json!([])));
}

/// So many workers of an age and with a hardship have a place each; their engagements.
async fn hired_of(
    town: &Town,
    numbers: std::ops::Range<u32>,
    (age_band, kind): (&'static str, DifficultyKind),
    shift: Uuid,
) -> Vec<(Somebody, Value)> {
    let mut hired = Vec::new();
    for number in numbers {
        let who = town.worker_of(NewWorker { age_band, ..NewWorker::named("张三", number) }).await;
        declare(town, who, kind).await;
        hired.push((who, town.hired(who, shift).await));
    }
    hired
}

#[tokio::test]
async fn who_hires_first_is_split_by_age_and_hardship_each_person_counts_once_and_nobody_is_pointed_at() {
    let town = Town::new().await;
    let twice = vec![(at("2026-11-23T22:00:00Z"), 4), (at("2026-11-24T06:00:00Z"), 4)];
    let many = town.post(NewPosting { priority: true, shifts: twice, ..town.wall(true, 20) }).await;
    let poor = hired_of(&town, 0..7, ("ADULT", DifficultyKind::LowIncome), many.shifts[0]).await;
    let disabled = hired_of(&town, 7..12, ("OLDER", DifficultyKind::Disabled), many.shifts[0]).await;
    town.hired(poor[0].0, many.shifts[1]).await;
    let other =
        testing::make(&town.kernel, |tx| async move { testing::new_party(&tx, "ENTERPRISE", "汾河公司", 2).await });
    let other = other.await.unwrap();
    let few = town.post(NewPosting { priority: true, party: other.id, ..town.wall(true, 10) }).await;
    hired_of(&town, 12..18, ("OLDER", DifficultyKind::LowIncome), few.shifts[0]).await;
    hired_of(&town, 18..19, ("ADULT", DifficultyKind::Disabled), few.shifts[0]).await;
    town.at("2026-11-23T22:00:00Z");
    for (_, one) in poor[..6].iter().chain(&disabled) {
        send(&town.counter().await, "recordArrival", &seen(one)).await;
    }
    let question = "{ quickHireFigures(from: \"2026-11-23\", to: \"2026-11-23\") { priorityHiring { \
        partyName confirmed arrived hardToEmploy \
        byAge { age people arrived } byDifficulty { difficulty people arrived } } } }";
    let shown = ask(&town.bureau().await, question).await["quickHireFigures"]["priorityHiring"].clone();
    let [many, few] = [&shown[0], &shown[1]];
    let of = |party: &Value, list: &str, key: &str, part: &str| {
        let row = party[list].as_array().unwrap().iter().find(|row| row[key] == part).unwrap();
        (row["people"].clone(), row["arrived"].clone())
    };
    assert_eq!(
        (&many["partyName"], &many["confirmed"], &many["arrived"], &many["hardToEmploy"]),
        (&json!("晋建公司"), &json!(13), &json!(11), &json!(12)),
        "thirteen places, and twelve people"
    );
    assert_eq!(of(many, "byAge", "age", "ADULT"), (json!(7), json!(6)), "who has two places counts once");
    assert_eq!(of(many, "byAge", "age", "OLDER"), (json!(5), json!(5)));
    assert_eq!(of(many, "byAge", "age", "MINOR"), (json!(0), json!(0)));
    assert_eq!(of(many, "byDifficulty", "difficulty", "LOW_INCOME"), (json!(7), json!(6)));
    assert_eq!(of(many, "byDifficulty", "difficulty", "DISABLED"), (json!(5), json!(5)));
    assert_eq!(
        (&few["partyName"], &few["confirmed"], &few["hardToEmploy"]),
        (&json!("汾河公司"), &json!(7), &json!(7))
    );
    for part in ["ADULT", "OLDER"] {
        assert_eq!(of(few, "byAge", "age", part), (Value::Null, json!(0)), "one is not told from the others: {part}");
    }
    for part in ["LOW_INCOME", "DISABLED"] {
        assert_eq!(of(few, "byDifficulty", "difficulty", part), (Value::Null, json!(0)), "{part}");
    }
}
