//! A file for a partner site (合作网站文件): the postings of the city as JSON, written whole each time and read back.
//!
//! It lies in a folder that a partner fetches from, mostly a mounted share: a share that is gone is a channel that is down.

use std::collections::{BTreeMap, HashMap};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use kernel::{Ctx, Fault};
use uuid::Uuid;

use super::adapters::{Down, Order, Seen};
use super::rows::channel;

/// Where the file of a channel lies.
fn path(root: &Path, ctx: &Ctx, channel: &channel::Model) -> PathBuf {
    let name = format!("{}.json", channel.slot.to_ascii_lowercase().replace(':', "-"));
    root.join(&ctx.tenant().code).join(name)
}

/// Writes the file as ordered and reads it again.
pub(crate) async fn bring(ctx: &Ctx, channel: &channel::Model, order: &Order) -> Result<Result<Seen, Down>, Fault> {
    let (root, ours) = ctx.kernel().config.partner_dir();
    let path = path(&root, ctx, channel);
    let mut show = BTreeMap::new();
    for (notice, _) in &order.show {
        let item = serde_json::to_value(notice.item(ctx)).map_err(Fault::of("write a posting for a partner"))?;
        show.insert(ctx.gid("Posting", notice.row.id).to_string(), item);
    }
    let ids: HashMap<String, Uuid> = order
        .show
        .iter()
        .map(|(notice, _)| notice.row.id)
        .chain(order.hide.iter().map(|(id, _, _)| *id))
        .map(|id| (ctx.gid("Posting", id).to_string(), id))
        .collect();
    let hide: Vec<String> = order.hide.iter().map(|(id, _, _)| ctx.gid("Posting", *id).to_string()).collect();
    let wrote =
        tokio::task::spawn_blocking(move || rewrite((&root, ours), &path, show, &hide).and_then(|()| read(&path)));
    let Ok(Ok((shown, receipt))) = wrote.await else { return Ok(Err(Down("FOLDER_UNAVAILABLE"))) };
    let shown = shown.into_iter().filter_map(|(id, version)| Some((*ids.get(&id)?, version))).collect();
    Ok(Ok(Seen { shown, receipt }))
}

type Items = BTreeMap<String, serde_json::Value>;

/// Puts in and takes out, in a file of its own that takes the place of the old one. A folder that was set is never made:
/// where it is not, the share is not there.
fn rewrite((root, ours): (&Path, bool), path: &Path, show: Items, hide: &[String]) -> std::io::Result<()> {
    if !ours && !root.is_dir() {
        return Err(std::io::Error::from(std::io::ErrorKind::NotFound));
    }
    let folder = path.parent().unwrap_or(root);
    std::fs::create_dir_all(folder)?;
    let mut items = items(path)?;
    items.extend(show);
    items.retain(|id, _| !hide.contains(id));
    let fresh = path.with_extension("part");
    let mut file = std::fs::File::create(&fresh)?;
    serde_json::to_writer(&mut file, &items.into_values().collect::<Vec<_>>())?;
    file.flush()?;
    file.sync_all()?;
    std::fs::rename(&fresh, path)
}

/// What stands in the file; nothing where there is none yet.
fn items(path: &Path) -> std::io::Result<Items> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Items::new()),
        Err(error) => return Err(error),
    };
    let list: Vec<serde_json::Value> = serde_json::from_slice(&bytes)?;
    let id = |item: &serde_json::Value| item.get("id").and_then(|id| id.as_str()).map(str::to_owned);
    Ok(list.into_iter().filter_map(|item| Some((id(&item)?, item))).collect())
}

/// The ids and versions in the file, and its hash.
fn read(path: &Path) -> std::io::Result<(Vec<(String, i32)>, String)> {
    let hash = kernel::crypto::hash::sha256_hex(&std::fs::read(path)?);
    let version = |item: &serde_json::Value| {
        item.get("version").and_then(serde_json::Value::as_i64).and_then(|v| i32::try_from(v).ok()).unwrap_or_default()
    };
    Ok((items(path)?.into_iter().map(|(id, item)| (id, version(&item))).collect(), hash))
}
