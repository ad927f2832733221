//! Where the mark is looked for (查找之处): every row as it lies and opened, every file, what an index or a token says of the
//! person, what the audit shows, and the file that a partner fetches.

use std::collections::BTreeSet;
use std::path::Path;

use entities::blob;
use kernel::house::queries::audit::{EntryFilter, entries};
use kernel::{Actor, Ctx};
use sea_orm::EntityTrait as _;

use super::{FORMER, MARK, PHONE};
use crate::world::dump::{Dump, Window};
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
    text.to_lowercase().contains(&MARK.to_lowercase()) || text.contains(PHONE) || text.contains(FORMER)
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
    let ring = ctx.keys().await.expect("the keys");
    let opened = window.opened(&ring).await;
    assert!(!opened.is_empty(), "something lies sealed in {code}");
    let opened = opened.into_iter().filter(|(table, text)| !of_files(table) && is_marked(text));
    found.extend(opened.map(|(table, _)| format!("{code} {table}")));
    for file in blob::Entity::find().all(&ctx.scope()).await.expect("the files") {
        // Announced, and not here yet: it has a name alone.
        let bytes = kernel::blob::read(ctx, file.id).await.unwrap_or_default();
        if is_marked(&String::from_utf8_lossy(&bytes)) || is_marked(&file.file_name) {
            found.insert(format!("{code} file {}", file.purpose));
        }
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
