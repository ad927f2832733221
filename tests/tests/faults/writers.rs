//! Writers: four people who register markets at the same time, and remember what was acknowledged to them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::server::{Caller, Server};
use super::town::WRITERS;
use super::{Dice, within};

/// What the writers know after the server died under them.
#[derive(Default)]
pub(super) struct Remembered {
    /// Markets whose registration was answered with success, by their names.
    pub(super) acknowledged: Vec<String>,
    /// Writer and name of what was asked and never answered.
    pub(super) unanswered: Vec<(usize, String)>,
}

/// Lets everybody write until `enough` are acknowledged and a moment more has passed, then kills the server.
pub(super) async fn write_until_killed(
    server: &mut Server,
    tokens: &[String],
    round: usize,
    enough: usize,
    dice: &mut Dice,
) -> Remembered {
    let (count, reached) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
    let caller = server.caller.clone();
    let mut writing = JoinSet::new();
    for (writer, token) in tokens.iter().cloned().enumerate() {
        let (count, reached, caller) = (Arc::clone(&count), Arc::clone(&reached), caller.clone());
        writing.spawn(async move {
            let mut remembered = Remembered::default();
            for n in 0.. {
                let name = format!("市场{round}-{writer}-{n}");
                let Ok(answer) = caller.register(&token, &name).await else {
                    remembered.unanswered.push((writer, name));
                    break;
                };
                assert_eq!(answer["data"]["registerMarket"]["officialName"], name, "{answer}");
                remembered.acknowledged.push(name);
                if count.fetch_add(1, Ordering::SeqCst) + 1 >= enough {
                    reached.notify_one();
                }
            }
            remembered
        });
    }
    within(reached.notified()).await;
    // Somewhere in the writing of the next ones.
    for _ in 0..dice.below(2_000) {
        tokio::task::yield_now().await;
    }
    server.kill();
    let mut all = Remembered::default();
    for one in within(writing.join_all()).await {
        all.acknowledged.extend(one.acknowledged);
        all.unanswered.extend(one.unanswered);
    }
    all
}

/// Asks again, under the same keys, for what was never answered; each is answered now.
pub(super) async fn ask_again(caller: &Caller, tokens: &[String], unanswered: Vec<(usize, String)>) -> Vec<String> {
    let mut names = Vec::new();
    for (writer, name) in unanswered {
        let answer = caller.register(&tokens[writer], &name).await.expect("an answer");
        assert_eq!(answer["data"]["registerMarket"]["officialName"], name, "{answer}");
        names.push(name);
    }
    names
}

/// Signs everybody in: the tokens of the writers, and of one who reads.
pub(super) async fn sign_in(caller: &Caller) -> (Vec<String>, String) {
    let mut tokens = Vec::new();
    for name in WRITERS {
        tokens.push(caller.sign_in(name).await);
    }
    (tokens, caller.sign_in("reader").await)
}
