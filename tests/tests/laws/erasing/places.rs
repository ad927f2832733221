//! Where the mark is looked for (查找之处): every row as it lies and opened, every file, what an index or a token says of the
//! person, what the audit shows, and the file that a partner fetches.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use entities::blob;
use kernel::house::queries::audit::{EntryFilter, entries};
use kernel::{Actor, Ctx};
use migrations::ColumnType;
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use super::{FORMER, ID, MARK, PHONE};
use crate::laws::database::described::tables;
use crate::world::dump::{Dump, Place, Window};
use crate::world::{PLATFORM, TAIYUAN, World};

/// What stands for the person and does not say who it is: values of blind indexes, tokens, ids. Each with the table and the
/// column in which it is looked for.
#[derive(Default)]
pub(super) struct Sought(Vec<(&'static str, String)>);

impl Sought {
    /// Bytes, as a store shows them.
    pub(super) fn bytes(&mut self, place: &'static str, bytes: &[u8]) {
        let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        self.text(place, &digits.concat());
    }

    /// Letters and digits.
    pub(super) fn text(&mut self, place: &'static str, text: &str) {
        self.0.push((place, text.to_lowercase()));
    }

    /// Where it stands in one store.
    pub(super) async fn standing(&self, window: &Window) -> BTreeSet<&'static str> {
        let dump = window.dump().await;
        self.stands(&dump).collect()
    }

    fn stands(&self, dump: &Dump) -> impl Iterator<Item = &'static str> {
        // An id has hyphens on one back end and none on the other.
        let holds = |table: &str, value: &str| {
            let rows = dump.get(table).into_iter().flatten();
            rows.map(|row| row.to_lowercase().replace('-', "")).any(|row| row.contains(value))
        };
        self.0
            .iter()
            .filter(move |(place, value)| holds(place.split('.').next().unwrap_or(place), value))
            .map(|(at, _)| *at)
    }
}

fn is_marked(text: &str) -> bool {
    text.to_lowercase().contains(&MARK.to_lowercase())
        || [PHONE, FORMER, ID.as_str()].into_iter().any(|number| text.contains(number))
}

/// The columns in which values lie sealed: all of bytes, but for hashes, blind indexes, signatures, and keys under the root key.
fn sealed() -> BTreeSet<Place> {
    let is_plain = |table: &str, column: &str| {
        column.ends_with("_index")
            || column.ends_with("hash")
            || ["public_key", "sha256", "signature"].contains(&column)
            || (table, column) == ("key_ring", "wrapped")
    };
    let mut sealed = BTreeSet::new();
    for (table, columns) in tables() {
        let bytes = columns.into_iter().filter(|(_, (kind, _))| *kind == ColumnType::Bytes);
        sealed.extend(bytes.filter(|(column, _)| !is_plain(&table, column)).map(|(column, _)| [table.clone(), column]));
    }
    sealed
}

/// Where something of the person stands, in the city and at the province.
pub(super) async fn found(world: &World, sought: &Sought) -> BTreeSet<String> {
    let town = world.town(TAIYUAN);
    let mut found = found_elsewhere(world, sought).await;
    found.extend(found_in(&world.ctx(town, Actor::System("test")).await, &town.window, sought).await);
    found
}

/// Where it stands outside the city: at the province, and with whoever fetches from it.
pub(super) async fn found_elsewhere(world: &World, sought: &Sought) -> BTreeSet<String> {
    let province = world.town(PLATFORM);
    let mut found = found_in(&world.ctx(province, Actor::System("test")).await, &province.window, sought).await;
    if is_in_folder(&world.kernel.config.data_dir.join("partner")) {
        found.insert("the file of a partner".to_owned());
    }
    found
}

/// Where it stands in one store.
pub(super) async fn found_in(ctx: &Ctx, window: &Window, sought: &Sought) -> BTreeSet<String> {
    let code = &ctx.tenant().code;
    let dump = window.dump().await;
    let mut found: BTreeSet<String> = sought.stands(&dump).map(|place| format!("{code} {place}")).collect();
    // What files hold, and what they are called, is told by what they are for.
    let of_files = |table: &str| matches!(table, "blob" | "blob_chunk");
    let plain = dump.iter().filter(|(table, rows)| !of_files(table) && rows.iter().any(|row| is_marked(row)));
    found.extend(plain.map(|(table, _)| format!("{code} {table}")));
    let files = blob::Entity::find().all(&ctx.scope()).await.expect("the files");
    let named = files.iter().filter(|file| is_marked(&file.file_name));
    found.extend(named.map(|file| format!("{code} file {}", file.purpose)));
    let purposes: HashMap<Uuid, String> = files.into_iter().map(|file| (file.id, file.purpose)).collect();
    let ring = ctx.keys().await.expect("the keys");
    let opened = window.opened(&ring, &sealed()).await.expect("whatever lies sealed opens");
    assert!(!opened.is_empty(), "something lies sealed in {code}");
    for one in opened.iter().filter(|one| is_marked(&one.text)) {
        // Pieces of a file, whatever became of it.
        let purpose = purposes.get(&one.row).filter(|_| of_files(&one.table));
        let place = purpose.map_or_else(|| one.table.clone(), |purpose| format!("file {purpose}"));
        found.insert(format!("{code} {place}"));
    }
    let read = entries(ctx, &EntryFilter::default(), None, 100_000).await.expect("the audit");
    if read.iter().any(|(entry, _)| is_marked(&entry.detail.to_string())) {
        found.insert(format!("{code} audit"));
    }
    found
}

/// Does a file below this folder hold the mark?
fn is_in_folder(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries.map(|entry| entry.expect("an entry").path()).any(|path| {
        let text = || String::from_utf8_lossy(&std::fs::read(&path).expect("a file")).into_owned();
        if path.is_dir() { is_in_folder(&path) } else { is_marked(&text()) }
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_lies_sealed_and_does_not_open_is_not_passed_over() {
    let world = World::on_sqlite().await;
    let (town, province) = (world.town(TAIYUAN), world.town(PLATFORM));
    let own = world.ctx(town, Actor::System("test")).await.keys().await.expect("the keys");
    assert!(town.window.opened(&own, &sealed()).await.is_ok_and(|opened| !opened.is_empty()));
    let others = world.ctx(province, Actor::System("test")).await.keys().await.expect("the keys");
    let told = town.window.opened(&others, &sealed()).await.err().unwrap_or_default();
    assert!(told.ends_with("does not open"), "{told}");
}

#[test]
fn what_is_personal_in_bytes_counts_as_sealed() {
    let sealed = sealed();
    let place = |table: &str, column: &str| [table.to_owned(), column.to_owned()];
    for (table, column) in
        [("citizen", "id_number"), ("worker_difficulty", "certified_by"), ("wage_line", "worker_name")]
    {
        assert!(sealed.contains(&place(table, column)), "{table}.{column}");
    }
    assert!(!sealed.contains(&place("citizen", "id_index")), "an index opens nowhere");
}
