//! Two at one case at one moment: one does it, and the other is told.

use super::*;
use crate::operations::open::{NewCase, OpenCase, open};
use crate::testing::{APPEAL, MAKE};

/// Races of each kind: where two write at once, one of them does not always meet the same moment.
const ROUNDS: usize = 4;

/// The one that was done, and the one that was not.
fn told(one: Value, other: Value) -> (Value, Value) {
    let done = |answer: &Value| answer["id"].is_string();
    assert!(done(&one) != done(&other), "one of two: {one} {other}");
    if done(&one) { (one, other) } else { (other, one) }
}

#[tokio::test]
async fn of_two_who_take_a_case_at_one_moment_one_owns_it_and_the_other_is_told() {
    let town = Town::new().await;
    for _ in 0..ROUNDS {
        let (case, _) = town.appealed().await;
        let (one, other) = tokio::join!(take(&town.wang, &case), take(&town.li, &case));
        let (done, refused) = told(one, other);
        assert_eq!(why(&refused), ("TAKEN", "id"), "{refused}");
        assert_eq!(town.case(&case, "owner { name }").await["owner"], done["owner"]);
    }
}

#[tokio::test]
async fn of_a_decision_and_a_withdrawal_at_one_moment_one_stands() {
    let town = Town::new().await;
    for _ in 0..ROUNDS {
        let (taken, point) = town.taken(&town.wang).await;
        let (decided, withdrawn) = tokio::join!(uphold(&town.wang, &taken), withdraw(&town.worker, &taken));
        let (done, refused) = told(decided, withdrawn);
        assert_eq!(why(&refused), ("CONFLICT", "version"), "{refused}");
        assert_eq!(refused["current"]["status"], done["status"]);
        let stands = testing::has_point(&town.wang, point).await.unwrap();
        assert_eq!(stands, done["status"] == "WITHDRAWN");
    }
}

#[tokio::test]
async fn of_two_who_open_the_same_at_one_moment_one_is_opened() {
    let town = Town::new().await;
    for _ in 0..ROUNDS {
        let (_, subject) = town.appealed().await;
        let opened_by = Opener::Citizen(Uuid::from_u128(8));
        let house = town.itself().await;
        let again = || {
            let new = NewCase { kind: APPEAL, subject, opened_by, citizen: None, reason: REASON.into() };
            house.transact::<_, OpenCase, _, _>(&MAKE, |tx| async move { open(&tx, new).await })
        };
        let (one, other) = tokio::join!(again(), again());
        let refused: Vec<OpenCase> = [one, other]
            .into_iter()
            .filter_map(|done| match done {
                Ok(_) => None,
                Err(kernel::Stop::Refused(refusal)) => Some(refusal),
                Err(kernel::Stop::Fault(fault)) => panic!("{fault} {:?}", std::error::Error::source(&fault)),
            })
            .collect();
        assert_eq!(refused, [OpenCase::AlreadyOpen]);
    }
}

#[tokio::test]
async fn no_two_cases_of_a_day_have_one_number() {
    let town = Town::new().await;
    let some = tokio::join!(town.appealed(), town.appealed(), town.appealed(), town.appealed());
    let mut numbers = Vec::new();
    for (case, _) in [some.0, some.1, some.2, some.3] {
        numbers.push(town.case(&case, "reference").await["reference"].as_str().unwrap().to_owned());
    }
    numbers.sort();
    assert_eq!(numbers, [1, 2, 3, 4].map(|n| format!("SS-20261126-000{n}")));
}
