//! Taking a backup, while others write.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::sync::mpsc;

use super::file::Writer;
use super::{BACKUP, Header, LEFT_BEHIND, Line};
use crate::ctx::Actor;
use crate::fault::{Fault, Never, Stop};
use crate::kernel::Kernel;
use crate::store::Snapshot;

/// A backup that was taken (备份结果).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The file.
    pub path: PathBuf,
    /// The moment it shows.
    pub taken_at: DateTime<Utc>,
    /// Tables in it.
    pub tables: usize,
    /// Rows in it.
    pub rows: u64,
    /// SHA-256 of its lines.
    pub sha256: String,
}

/// Backs up the tenant `code` to the file at `path` (备份租户), which appears there when it is whole.
pub async fn backup(kernel: &Arc<Kernel>, code: &str, path: &Path) -> Result<Taken, Fault> {
    let ctx = kernel.ctx_as_it_is(code, Actor::System("backup")).await?;
    // What is written while we read is not in it; everything committed before is.
    crate::audit::seal(&ctx).await?;
    let snapshot = kernel.store.snapshot(code).await?;
    let tenant = ctx.tenant();
    let (format, version) = Header::format();
    let header = Header {
        format: format.to_owned(),
        version,
        code: tenant.code.clone(),
        slug: tenant.slug.clone(),
        name_zh: tenant.name_zh.clone(),
        name_en: tenant.name_en.clone(),
        hotline: tenant.hotline.clone(),
        taken_at: ctx.now(),
        migrations: snapshot.ledger.iter().map(|l| (l.owner.clone(), l.name.clone())).collect(),
    };
    let taken_at = header.taken_at;
    let (sender, receiver) = mpsc::channel(64);
    let (root, path) = (Arc::clone(&kernel.root), path.to_owned());
    let target = path.clone();
    // Compressing is work of its own; it does not hold up those who are served.
    let written = tokio::task::spawn_blocking(move || write(&target, header, receiver, &root));
    let read = read(&snapshot, sender).await;
    let tables = snapshot.tables.iter().filter(|t| !LEFT_BEHIND.contains(&t.name)).count();
    snapshot.end().await?;
    let (rows, sha256) = written.await.map_err(Fault::of("write a backup"))?.map_err(Fault::of("write a backup"))?;
    read?;
    let noted = (rows, sha256.clone());
    let recorded: Result<(), Stop<Never>> = ctx
        .transact(&BACKUP, |tx| async move {
            tx.note("rows", noted.0);
            tx.note("sha256", noted.1);
            Ok(())
        })
        .await;
    recorded.map_err(Stop::into_fault)?;
    Ok(Taken { path, taken_at, tables, rows, sha256 })
}

async fn read(snapshot: &Snapshot, sender: mpsc::Sender<Option<Line>>) -> Result<(), Fault> {
    // The writer tells itself why it went away.
    let gone = |_| Fault::internal("write a backup");
    for table in snapshot.tables.iter().filter(|t| !LEFT_BEHIND.contains(&t.name)) {
        let columns = table.columns.iter().map(|c| c.name.to_owned()).collect();
        sender.send(Some(Line::Table { name: table.name.to_owned(), columns })).await.map_err(gone)?;
        let mut last = None;
        loop {
            let rows = snapshot.page(table, last.as_deref()).await?;
            let Some(end) = rows.last() else { break };
            last = Some(end.clone());
            for row in rows {
                sender.send(Some(Line::Row(row))).await.map_err(gone)?;
            }
        }
    }
    // Without this word the file is not whole and gets no name.
    sender.send(None).await.map_err(gone)
}

fn write(
    path: &Path,
    header: Header,
    mut lines: mpsc::Receiver<Option<Line>>,
    root: &crate::keys::RootKey,
) -> std::io::Result<(u64, String)> {
    let mut writer = Writer::create(path, header)?;
    while let Some(line) = lines.blocking_recv() {
        match line {
            Some(line) => writer.line(&line)?,
            None => return writer.finish(root),
        }
    }
    Err(std::io::Error::other("the snapshot could not be read to its end"))
}
