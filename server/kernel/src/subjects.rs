//! What things are about (所涉事项): chapters say, once, what the objects of each of their kinds are called, so that those
//! below them, cases above all, can name what they are about without knowing its tables.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use parking_lot::RwLock;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::fault::Fault;
use crate::kernel::Kernel;
use crate::places;

/// Titles of objects of some kind in the caller's language, in one statement; those that are not there have none. No
/// personal value stands in a title: whoever sees a list of cases reads it.
pub type Titles = Arc<dyn Fn(Ctx, Vec<Uuid>) -> BoxFuture<'static, Result<HashMap<Uuid, String>, Fault>> + Send + Sync>;

#[derive(Default)]
struct Kinds(RwLock<HashMap<&'static str, Titles>>);

/// Says what objects of a kind are called; once, when the house is opened.
pub fn teach(kernel: &Kernel, kind: &'static str, titles: Titles) {
    kernel.part(|_| Kinds::default()).0.write().insert(kind, titles);
}

/// The titles of objects of a kind. What was taught as a place (`kernel::places`) goes by its name; of what nobody has
/// said anything there are none. Asks nobody's permission: whoever calls this shows what is about them.
pub async fn titles(ctx: &Ctx, kind: &str, ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>, Fault> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let taught = ctx.kernel().part(|_| Kinds::default()).0.read().get(kind).cloned();
    match taught {
        Some(titles) => titles(ctx.clone(), ids).await,
        None => places::names(ctx, kind, ids).await,
    }
}
