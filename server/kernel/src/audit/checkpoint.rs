//! Signed checkpoints (检查点): the head of the chain, signed, kept in the store and in a file elsewhere.

use std::io::Write as _;
use std::path::PathBuf;

use data_encoding::HEXLOWER;
use entities::{audit_checkpoint, audit_seal};
use sea_orm::{EntityTrait as _, QueryOrder as _, Set};
use serde_json::json;

use super::chain::seal_all;
use super::signers::key_id;
use crate::crypto::{join, sign};
use crate::ctx::Ctx;
use crate::fault::{Fault, Never, Stop};
use crate::kernel::Kernel;

/// What is signed.
pub(super) fn message(tenant: &str, seq: i64, hash: &[u8]) -> Vec<u8> {
    join(&[b"yizhan-checkpoint-1", tenant.as_bytes(), &seq.to_be_bytes(), hash])
}

/// Seals whatever is not sealed and signs the head of the chain, unless it was signed already; says its number.
pub async fn checkpoint(ctx: &Ctx) -> Result<Option<i64>, Fault> {
    seal_all(ctx).await?;
    let Some(head) = audit_seal::Entity::find().order_by_desc(audit_seal::Column::Seq).one(&ctx.scope()).await? else {
        return Ok(None);
    };
    let last = audit_checkpoint::Entity::find().order_by_desc(audit_checkpoint::Column::Seq).one(&ctx.scope()).await?;
    if last.is_some_and(|l| l.seq == head.seq) {
        return Ok(None);
    }
    let tenant = ctx.tenant().code.clone();
    let seed = ctx.kernel().root.checkpoint_seed(&tenant);
    let signature = sign::sign(&seed, &message(&tenant, head.seq, &head.hash)).to_vec();
    let key_id = key_id(&sign::public_key(&seed));
    let line = json!({
        "tenant": tenant, "seq": head.seq, "hash": HEXLOWER.encode(&head.hash),
        "signature": HEXLOWER.encode(&signature), "key": key_id, "at": ctx.now().to_rfc3339(),
    });
    append(ctx, &tenant, &line.to_string()).await?;
    let row = audit_checkpoint::ActiveModel {
        id: Set(ctx.new_id()),
        seq: Set(head.seq),
        hash: Set(head.hash),
        signature: Set(signature),
        key_id: Set(key_id),
        signed_at: Set(ctx.now()),
    };
    let saved: Result<(), Stop<Never>> = ctx
        .quietly(|tx| async move {
            audit_checkpoint::Entity::insert(row).exec_without_returning(&tx).await?;
            Ok(())
        })
        .await;
    saved.map_err(Stop::into_fault)?;
    Ok(Some(head.seq))
}

/// Puts the tenant's file of checkpoints aside, where it is kept and vouches for nothing any more: what it signed was of
/// a store that is gone. Says where, if there was one.
pub(crate) async fn set_aside(kernel: &Kernel, tenant: &str) -> Result<Option<PathBuf>, Fault> {
    let dir = kernel.config.checkpoint_dir();
    let path = dir.join(format!("{tenant}.jsonl"));
    let stamp = kernel.clock.now().format("%Y%m%dT%H%M%SZ").to_string();
    let name = move |n: u32| if n == 0 { stamp.clone() } else { format!("{stamp}-{n}") };
    let tenant = tenant.to_owned();
    tokio::task::spawn_blocking(move || {
        // Never over one that was put aside before.
        let (mut n, at) = (0, |n| dir.join(format!("{tenant}.before-{}.jsonl", name(n))));
        while at(n).exists() {
            n += 1;
        }
        let aside = at(n);
        match std::fs::rename(&path, &aside) {
            Ok(()) => Ok(Some(aside)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e),
        }
    })
    .await
    .map_err(Fault::of("set the file of checkpoints aside"))?
    .map_err(Fault::of("set the file of checkpoints aside"))
}

/// The lines of the tenant's file of checkpoints; what is no JSON says nothing. A file that is there and cannot be read
/// is a fault: it would have vouched for something.
pub(super) async fn lines(ctx: &Ctx) -> Result<Vec<serde_json::Value>, Fault> {
    let path = ctx.kernel().config.checkpoint_dir().join(format!("{}.jsonl", ctx.tenant().code));
    let text = match tokio::fs::read_to_string(path).await {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        read => read.map_err(Fault::of("read the file of checkpoints"))?,
    };
    Ok(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

/// Adds a line to the tenant's file of checkpoints, outside the database it vouches for.
pub(super) async fn append(ctx: &Ctx, tenant: &str, line: &str) -> Result<(), Fault> {
    let dir = ctx.kernel().config.checkpoint_dir();
    let path = dir.join(format!("{tenant}.jsonl"));
    let line = format!("{line}\n");
    // One that the settings name is somebody else's disk: made here, it would stand where that disk is to be mounted.
    let own = ctx.kernel().config.audit.checkpoint_dir.as_os_str().is_empty();
    tokio::task::spawn_blocking(move || {
        if own {
            crate::folder::make(&dir)?;
        }
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(&path)?;
        file.write_all(line.as_bytes())?;
        file.sync_all()?;
        crate::folder::keep_name(&path)
    })
    .await
    .map_err(Fault::of("write a checkpoint"))?
    .map_err(Fault::of("write a checkpoint"))
}
