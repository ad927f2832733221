//! Restoring a tenant from a backup.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use data_encoding::HEXLOWER;
use entities::{audit_checkpoint, tenant};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, Set};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::file::{Reader, inspect_under};
use super::{Header, Line, RESTORE};
use crate::audit::Verified;
use crate::ctx::{Actor, Ctx};
use crate::fault::{Fault, Never, Stop};
use crate::invalidate::{ALL, TENANTS};
use crate::kernel::Kernel;
use crate::keys::{RootFiles, RootKey};
use crate::personal::erasures;
use crate::store::{Load, PLATFORM};
use crate::tenants::RESTORING;
use crate::text::Lang;

/// Rows handed over at once.
const BATCH: usize = 200;

/// A tenant that was restored (恢复结果).
#[derive(Clone, Debug)]
pub struct Restored {
    /// What the backup said of itself.
    pub header: Header,
    /// Tables it has.
    pub tables: usize,
    /// Rows that came back.
    pub rows: u64,
    /// What the audit's chain says.
    pub verified: Verified,
    /// Who was erased since the backup was made, and is erased again.
    pub erased_again: u64,
    /// Where the old file of signed checkpoints was put: it may vouch for more than the backup had.
    pub set_aside: Option<PathBuf>,
}

/// Restores the tenant that the file at `path` is a backup of (恢复租户): on either back end, into a store that is not
/// there yet or is empty. Its values open under its own code only, so it is restored under no other. It must have been
/// made under this root key, or under one that it replaced and that is still in the folder of the keys, and is read to
/// its end before anything is written. Jobs that waited then wait again: what they do, they do at least once. Whoever was erased
/// since is erased again before anybody is let in.
pub async fn restore(kernel: &Arc<Kernel>, path: &Path, admin_url: Option<&str>) -> Result<Restored, Fault> {
    restore_at(kernel, path, None, admin_url).await
}

/// As [`restore`], into a PostgreSQL server of its own, which `admin_url` reaches then; without one, to where the tenant
/// is listed, or beside the platform.
pub async fn restore_at(
    kernel: &Arc<Kernel>,
    path: &Path,
    database_url: Option<&str>,
    admin_url: Option<&str>,
) -> Result<Restored, Fault> {
    let (header, earlier) = ours(kernel, path).await?;
    let code = header.code.as_str();
    // Of the store that is there still, if one is.
    erasures::gather(kernel, code).await;
    match database_url {
        Some(url) => kernel.store.settle_anew(code, url)?,
        // Where it is stands in its line.
        None if code != PLATFORM => kernel.tenant(code).await.map(drop)?,
        None => {}
    }
    let load = kernel.store.load(code, &header.migrations, admin_url).await?;
    let before = if code == PLATFORM { None } else { shut(kernel, code, database_url).await? };
    let tables = load.tables.len();
    let rows = match fill(load, path).await {
        Ok(rows) => rows,
        Err(fault) => {
            if let Some(row) = before {
                set_line(&kernel.platform_ctx().await?, code, &row.status, row.database_url).await?;
            }
            return Err(fault);
        }
    };
    kernel.store.migrate(code).await?;
    kernel.store.close(code).await?;
    kernel.stale(code, ALL);
    if code != PLATFORM {
        list(kernel, &header, database_url).await?;
    }
    kernel.stale_everywhere(code).await?;
    let ctx = kernel.ctx(code, Actor::System("restore"), Lang::Zh).await?;
    let set_aside = replace_checkpoints(&ctx).await?;
    if let Some(earlier) = earlier {
        crate::keys::adopt(&ctx, &earlier, &kernel.root).await?;
    }
    let verified = crate::audit::verify(&ctx).await?;
    let erased_again = erasures::erase_again(&ctx).await?;
    record(&ctx, &header, (rows, erased_again), &verified).await?;
    if code != PLATFORM {
        reopen(kernel, code, before).await?;
    }
    Ok(Restored { header, tables, rows, verified, erased_again, set_aside })
}

/// Lets nobody into a tenant that is listed still, and says where it will be; its line as it stood.
async fn shut(kernel: &Arc<Kernel>, code: &str, database_url: Option<&str>) -> Result<Option<tenant::Model>, Fault> {
    let platform = kernel.platform_ctx().await?;
    let Some(row) = tenant::Entity::find_by_id(code).one(&platform.scope()).await? else { return Ok(None) };
    let url = database_url.map(str::to_owned).or_else(|| row.database_url.clone());
    set_line(&platform, code, RESTORING, url).await?;
    Ok(Some(row))
}

/// Lets people in as they were let in before; where one came back from being cut short, or was not listed, as usual.
async fn reopen(kernel: &Arc<Kernel>, code: &str, before: Option<tenant::Model>) -> Result<(), Fault> {
    let platform = kernel.platform_ctx().await?;
    let Some(now) = tenant::Entity::find_by_id(code).one(&platform.scope()).await? else { return Ok(()) };
    let status = before.map(|row| row.status).filter(|status| status != RESTORING);
    set_line(&platform, code, status.as_deref().unwrap_or("ACTIVE"), now.database_url).await?;
    kernel.wake.notify(code);
    Ok(())
}

/// Sets how a tenant stands, and where it is.
async fn set_line(platform: &Ctx, code: &str, status: &str, url: Option<String>) -> Result<(), Fault> {
    let saved: Result<(), Stop<Never>> = platform
        .transact(&RESTORE, |tx| async move {
            tx.note("code", code);
            tx.note("status", status);
            tenant::Entity::update_many()
                .col_expr(tenant::Column::Status, Expr::value(status))
                .col_expr(tenant::Column::DatabaseUrl, Expr::value(url))
                .filter(tenant::Column::Code.eq(code))
                .exec(&tx)
                .await?;
            tx.invalidate(TENANTS);
            Ok(())
        })
        .await;
    saved.map_err(Stop::into_fault)
}

/// What the backup says of itself, and under which earlier root key it was made, if not under this one.
async fn ours(kernel: &Kernel, path: &Path) -> Result<(Header, Option<RootKey>), Fault> {
    let (root, files, path) = (Arc::clone(&kernel.root), RootFiles::of(&kernel.config), path.to_owned());
    tokio::task::spawn_blocking(move || {
        let mut earlier = files.earlier()?;
        let roots: Vec<&RootKey> = root.at_hand().chain(&earlier).collect();
        let at_hand = root.at_hand().count();
        let (header, under) = inspect_under(&roots, &path)?;
        let earlier = under.checked_sub(at_hand).map(|number| earlier.swap_remove(number));
        Ok((header, earlier))
    })
    .await
    .map_err(Fault::of("read a backup"))?
}

/// A piece of the file: some rows of a table.
struct Piece {
    table: String,
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

async fn fill(load: Load, path: &Path) -> Result<u64, Fault> {
    let (sender, mut receiver) = mpsc::channel(4);
    let path = path.to_owned();
    let reading = tokio::task::spawn_blocking(move || read(&path, &sender));
    let mut count = 0;
    while let Some(piece) = receiver.recv().await {
        let Piece { table, columns, rows } = piece;
        let table = load.tables.iter().find(|t| t.name == table);
        let table = table.ok_or(Fault::internal("restore a backup: it has a table that its migrations do not make"))?;
        load.rows(table, &columns, &rows).await?;
        count += rows.len() as u64;
    }
    reading.await.map_err(Fault::of("read a backup"))??;
    load.finish().await?;
    Ok(count)
}

fn read(path: &Path, sender: &mpsc::Sender<Piece>) -> Result<(), Fault> {
    let mut reader = Reader::open(path)?;
    let mut piece = Piece { table: String::new(), columns: Vec::new(), rows: Vec::new() };
    let send = |piece: Piece| {
        let sent = piece.rows.is_empty() || sender.blocking_send(piece).is_ok();
        if sent { Ok(()) } else { Err(Fault::internal("restore a backup")) }
    };
    while let Some(line) = reader.next()? {
        match line {
            Line::Row(row) => {
                piece.rows.push(row);
                if piece.rows.len() >= BATCH {
                    let rows = std::mem::take(&mut piece.rows);
                    send(Piece { table: piece.table.clone(), columns: piece.columns.clone(), rows })?;
                }
            }
            Line::Table { name, columns } => {
                send(std::mem::replace(&mut piece, Piece { table: name, columns, rows: Vec::new() }))?;
            }
            Line::Backup(_) => {}
            Line::End { .. } => return send(piece),
        }
    }
    Err(Fault::internal("read a backup: it is not whole"))
}

/// Lists the tenant, if it is not listed still; nobody is let in yet.
async fn list(kernel: &Arc<Kernel>, header: &Header, database_url: Option<&str>) -> Result<(), Fault> {
    let platform = kernel.platform_ctx().await?;
    if tenant::Entity::find_by_id(&header.code).one(&platform.scope()).await?.is_some() {
        return Ok(());
    }
    let row = tenant::ActiveModel {
        code: Set(header.code.clone()),
        slug: Set(header.slug.clone()),
        name_zh: Set(header.name_zh.clone()),
        name_en: Set(header.name_en.clone()),
        status: Set(RESTORING.to_owned()),
        generation: Set(1),
        database_url: Set(database_url.map(str::to_owned)),
        hotline: Set(header.hotline.clone()),
        limits: Set(None),
        created_at: Set(platform.now()),
    };
    let code = header.code.clone();
    let saved: Result<(), Stop<Never>> = platform
        .transact(&RESTORE, |tx| async move {
            tx.note("code", code);
            tenant::Entity::insert(row).exec_without_returning(&tx).await?;
            tx.invalidate(TENANTS);
            Ok(())
        })
        .await;
    saved.map_err(Stop::into_fault)
}

/// The file of checkpoints may vouch for entries after the backup. It is set aside, not lost, and begun anew from the
/// checkpoints that came back.
async fn replace_checkpoints(ctx: &Ctx) -> Result<Option<PathBuf>, Fault> {
    let code = &ctx.tenant().code;
    let dir = ctx.kernel().config.checkpoint_dir();
    let path = dir.join(format!("{code}.jsonl"));
    let moved = crate::audit::set_aside(ctx.kernel(), code).await?;
    let rows = audit_checkpoint::Entity::find().order_by_asc(audit_checkpoint::Column::Seq).all(&ctx.scope()).await?;
    let lines = rows.into_iter().map(|row| {
        let line = json!({
            "tenant": code, "seq": row.seq, "hash": HEXLOWER.encode(&row.hash),
            "signature": HEXLOWER.encode(&row.signature), "key": row.key_id, "at": row.signed_at.to_rfc3339(),
        });
        format!("{line}\n")
    });
    let horizon = crate::audit::horizon(ctx).await?;
    let horizon = horizon.map(|horizon| format!("{}\n", crate::audit::horizon_line(code, &horizon)));
    let lines: String = lines.chain(horizon).collect();
    tokio::task::spawn_blocking(move || {
        std::fs::create_dir_all(&dir)?;
        std::fs::write(&path, lines)
    })
    .await
    .map_err(Fault::of("replace the file of checkpoints"))?
    .map_err(Fault::of("replace the file of checkpoints"))?;
    Ok(moved)
}

async fn record(
    ctx: &Ctx,
    header: &Header,
    (rows, erased_again): (u64, u64),
    verified: &Verified,
) -> Result<(), Fault> {
    let (taken_at, sealed, whole) = (header.taken_at.to_rfc3339(), verified.sealed, verified.broken.is_none());
    let recorded: Result<(), Stop<Never>> = ctx
        .transact(&RESTORE, |tx| async move {
            tx.note("takenAt", taken_at);
            tx.note("rows", rows);
            tx.note("erasedAgain", erased_again);
            tx.note("sealed", sealed);
            tx.note("whole", whole);
            Ok(())
        })
        .await;
    recorded.map_err(Stop::into_fault)
}
