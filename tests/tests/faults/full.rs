//! The disk is full for one city: its writes are answered with an error, and nothing else notices.

use std::fs;
use std::path::PathBuf;

use super::disk::shim;
use super::server::{Caller, Place, Server};
use super::town::{City, DATONG, TAIYUAN, WRITERS};
use super::{report, town};

/// Markets registered in each city before the disk is full, and as many again while it is.
const WRITES: usize = 3;
/// What SQLite says of a write that finds no room.
const NO_ROOM: &str = "database or disk is full";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_stops_the_writes_of_one_city_and_nothing_else() {
    let mut place = town::two_on_sqlite().await;
    let disk = FullDisk::under(&mut place, &TAIYUAN);
    let mut server = place.serve().await;
    let (mut struck, mut spared) = (Office::open(&server, &TAIYUAN).await, Office::open(&server, &DATONG).await);
    for n in 0..WRITES {
        struck.writes(&format!("先{n}")).await;
        spared.writes(&format!("先{n}")).await;
    }
    assert!(!server.log().contains(NO_ROOM), "there is room yet");

    disk.fill();
    let mut failed = Vec::new();
    for n in 0..WRITES {
        let name = format!("满{n}");
        let request = struck.fails_to_write(&name).await;
        struck.reads().await;
        spared.writes(&name).await;
        spared.reads().await;
        failed.push((name, request));
    }
    for path in ["/livez", "/readyz"] {
        assert!(server.caller.answers(path).await, "{path}");
    }
    let log = server.log();
    for (name, request) in &failed {
        let told = log.lines().any(|line| line.contains(request.as_str()) && line.contains(NO_ROOM));
        assert!(told, "{name} failed for want of room and of nothing else: {log}");
    }

    disk.clear();
    struck.reads().await;
    // The same requests under the same keys: nothing of the first time stands in their way.
    for (name, _) in &failed {
        struck.writes(name).await;
    }
    struck.writes("后").await;
    spared.writes("后").await;
    struck.reads().await;
    spared.reads().await;
    // The process that was started, and no other, did all of this.
    server.lives();

    // Killed with half a transaction behind it, for want of room.
    disk.fill();
    struck.fails_to_write("末").await;
    server.kill();
    disk.clear();
    whole_after(&place, struck, spared).await;
    report(&format!(
        "| a full disk under one of two cities, SQLite | {} writes without room, then a kill | {WRITES} writes done in \
         the other city meanwhile, both cities read | none half there, chains whole, done when asked again |",
        WRITES + 1,
    ));
}

/// The server is gone: chains are whole, and the next one finds what was acknowledged, each once, and nothing else.
async fn whole_after(place: &Place, mut struck: Office, mut spared: Office) {
    let entries = place.verified_in(&TAIYUAN);
    assert!(entries >= struck.there.len() as u64, "every write left its entry");
    // The same was done by the same people in both; what failed left neither a market nor an entry.
    assert_eq!(struck.there, spared.there);
    assert_eq!(entries, place.verified_in(&DATONG));
    let server = place.serve().await;
    for office in [&mut struck, &mut spared] {
        office.caller = server.caller.in_city(office.caller.city);
        office.reads().await;
        office.writes("又").await;
    }
}

/// `full.c` before the server, and the file that switches it on.
struct FullDisk {
    marker: PathBuf,
}

impl FullDisk {
    /// The processes that start here keep the files of `city` on this disk. It has room until it is filled.
    fn under(place: &mut Place, city: &City) -> Self {
        let marker = place.home.path().join("full");
        let files = place.data.join("tenants").join(format!("{}.sqlite", city.code));
        let shim = shim(place, "full");
        for (name, path) in [("LD_PRELOAD", &shim), ("FULL_FILES", &files), ("FULL_MARKER", &marker)] {
            place.set(name, path.to_str().expect("a plain path"));
        }
        Self { marker }
    }

    fn fill(&self) {
        fs::write(&self.marker, b"").expect("a marker");
    }

    fn clear(&self) {
        fs::remove_file(&self.marker).expect("the marker was there");
    }
}

/// Two people of a city, one who writes and one who reads, and the markets that were acknowledged to them.
struct Office {
    caller: Caller,
    writer: String,
    reader: String,
    /// In order.
    there: Vec<String>,
}

impl Office {
    async fn open(server: &Server, city: &'static City) -> Self {
        let caller = server.caller.in_city(city);
        let (writer, reader) = (caller.sign_in(WRITERS[0]).await, caller.sign_in("reader").await);
        Self { caller, writer, reader, there: Vec::new() }
    }

    /// Registers a market, and is told that it is done.
    async fn writes(&mut self, name: &str) {
        let answer = self.caller.register(&self.writer, name).await.expect("an answer");
        assert_eq!(answer["data"]["registerMarket"]["officialName"], name, "{answer}");
        self.there.push(name.to_owned());
        self.there.sort();
    }

    /// Is told that it failed; the id of the request.
    async fn fails_to_write(&self, name: &str) -> String {
        let answer = self.caller.register(&self.writer, name).await.expect("an answer");
        assert!(answer["data"]["registerMarket"].is_null(), "{name} was acknowledged: {answer}");
        let error = &answer["errors"][0]["extensions"];
        assert_eq!(error["code"], "INTERNAL", "{answer}");
        error["requestId"].as_str().unwrap_or_else(|| panic!("no request id: {answer}")).to_owned()
    }

    /// Whoever reads finds what was acknowledged, each once, and nothing else.
    async fn reads(&self) {
        assert_eq!(self.caller.markets(&self.reader).await, self.there, "in {}", self.caller.city.code);
    }
}
