//! Replacing the root key (更换根密钥): the ring of every store is wrapped anew, one store in one transaction.
//!
//! What was sealed stays sealed as it is, under keys that stay the same; only their wrapping changes, and with it what is
//! derived from the root key: on PostgreSQL the passwords of the roles, and the key that signs the audit.

use std::sync::Arc;

use entities::key_ring;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::{ROTATE_ROOT, RootKey};
use crate::audit;
use crate::ctx::{Actor, Ctx};
use crate::fault::{Fault, Never, Stop};
use crate::invalidate::KEYS;
use crate::kernel::Kernel;
use crate::text::Lang;

/// A store whose ring lies under the next root key (换裹结果).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rewrapped {
    /// Keys that were wrapped anew; none where an earlier run had done it.
    pub keys: usize,
}

/// Brings the store of `code` under the next root key of the kernel (换裹租户密钥). Cut short anywhere, it is run again:
/// the ring first, in one transaction with its entry, then the passwords of the roles, which only `admin_url` may change.
pub async fn rotate_root(kernel: &Arc<Kernel>, code: &str, admin_url: Option<&str>) -> Result<Rewrapped, Fault> {
    let root = Arc::clone(&kernel.root);
    let next = root.next().ok_or(Fault::internal("replace the root key: there is no next one"))?;
    let ctx = kernel.ctx(code, Actor::System("key"), Lang::Zh).await?;
    let keys = adopt(&ctx, &root, next).await?;
    drop(ctx);
    kernel.store.change_passwords(code, next, admin_url).await?;
    // Its connections know the old passwords.
    kernel.store.close(code).await?;
    Ok(Rewrapped { keys })
}

/// Wraps the ring of the tenant of `ctx` under `to`, and has the new signing key of its audit vouch for the old one; says
/// how many keys lay under `from` still.
pub(crate) async fn adopt(ctx: &Ctx, from: &RootKey, to: &RootKey) -> Result<usize, Fault> {
    let code = ctx.tenant().code.as_str();
    let mut anew: Vec<(Uuid, Vec<u8>)> = Vec::new();
    for row in key_ring::Entity::find().all(&ctx.scope()).await? {
        if to.unwrap_alone(code, &row.purpose, row.id, &row.wrapped).is_err() {
            let key = from.unwrap_alone(code, &row.purpose, row.id, &row.wrapped)?;
            anew.push((row.id, to.wrap(code, &row.purpose, row.id, &key)?));
        }
    }
    let succession = audit::succeed(ctx, from, to).await?;
    let (count, names) = (anew.len(), (from.fingerprint(), to.fingerprint()));
    let done: Result<(), Stop<Never>> = ctx
        .transact(&ROTATE_ROOT, |tx| async move {
            tx.note("from", names.0);
            tx.note("to", names.1);
            tx.note("keys", count);
            for (id, wrapped) in anew {
                key_ring::Entity::update_many()
                    .col_expr(key_ring::Column::Wrapped, Expr::value(wrapped))
                    .filter(key_ring::Column::Id.eq(id))
                    .exec(&tx)
                    .await?;
            }
            succession.put(&tx);
            tx.invalidate(KEYS);
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault)?;
    Ok(count)
}
