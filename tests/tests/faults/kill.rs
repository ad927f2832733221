//! kill -9 in the midst of acknowledged writes: whoever was told that it is done finds it done.

use std::time::Duration;

use super::server::Place;
use super::writers::{ask_again, sign_in, write_until_killed};
use super::{Dice, report, times, town};

/// A server that was killed answers again within so long.
const READY: Duration = Duration::from_secs(2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledged_write_is_lost_when_the_server_is_killed_on_sqlite() {
    nothing_acknowledged_is_lost("SQLite", town::on_sqlite().await, 20_260_401).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledged_write_is_lost_when_the_server_is_killed_on_postgresql() {
    nothing_acknowledged_is_lost("PostgreSQL", town::on_postgres().await, 20_260_402).await;
}

async fn nothing_acknowledged_is_lost(back_end: &str, place: Place, seed: u64) {
    let (kills, mut dice) = (times("YIZHAN_FAULT_KILLS", 5), Dice(seed));
    let alone = std::env::var_os("YIZHAN_FAULT_KILLS").is_some();
    let mut server = place.serve().await;
    let (tokens, reader) = sign_in(&server.caller).await;
    let (mut there, mut again, mut slowest) = (Vec::new(), 0, Duration::ZERO);
    for round in 0..kills {
        let enough = 1 + dice.below(40);
        let remembered = write_until_killed(&mut server, &tokens, round, enough, &mut dice).await;
        assert!(remembered.acknowledged.len() >= enough, "they wrote until the server died");

        server = place.serve().await;
        // The clock counts where the machine has nothing else to do; among other tests, the work.
        let took = if alone { server.ready_in } else { server.worked };
        assert!(took < READY, "ready again in {took:?}, kill {round}");
        slowest = slowest.max(server.ready_in);

        // Whoever got no answer asks again with the same key: done before the kill or now, it is done once.
        there.extend(remembered.acknowledged);
        let found = server.caller.markets(&reader).await;
        let lost: Vec<_> = there.iter().filter(|name| found.binary_search(name).is_err()).collect();
        assert!(lost.is_empty(), "acknowledged, and gone after kill {round}: {lost:?}");
        again += remembered.unanswered.len();
        there.extend(ask_again(&server.caller, &tokens, remembered.unanswered).await);
        there.sort();
        assert_eq!(server.caller.markets(&reader).await, there, "each exactly once after kill {round}");
        assert!(place.verified() >= there.len() as u64, "every write left its entry");
    }
    report(&format!(
        "| kill -9 while four people write, {back_end} | {kills} kills | {} writes acknowledged, {again} unanswered and asked \
         again under the same key | none lost, none done twice, chain whole after each; slowest start to ready {:.2} s |",
        there.len() - again,
        slowest.as_secs_f64(),
    ));
}
