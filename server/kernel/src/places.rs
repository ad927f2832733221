//! Where things stand (所在): chapters say, once, where the objects of each of their kinds are and what they are called, so
//! that those below them can ask whether an object is there, its name, and what policy says at its place, without knowing
//! its tables.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::ID;
use futures_util::future::BoxFuture;
use parking_lot::RwLock;
use uuid::Uuid;

use crate::ctx::{Actor, Ctx};
use crate::fault::Fault;
use crate::kernel::Kernel;
use crate::policy::Place;

/// Finds where an object of some kind stands; `None` if there is none that the asker may see.
pub type Locate = Arc<dyn Fn(Ctx, Uuid) -> BoxFuture<'static, Result<Option<Place>, Fault>> + Send + Sync>;

/// Names objects of some kind, in one statement; those that are not there have none.
pub type Name = Arc<dyn Fn(Ctx, Vec<Uuid>) -> BoxFuture<'static, Result<HashMap<Uuid, String>, Fault>> + Send + Sync>;

/// Finds objects of some kind by a part of their name, by name, so many at most.
pub type Find = Arc<dyn Fn(Ctx, String, u64) -> BoxFuture<'static, Result<Vec<(Uuid, String)>, Fault>> + Send + Sync>;

/// What a chapter says of a kind of its objects (所在说明).
#[derive(Clone)]
pub struct Kind {
    /// Finds where one stands.
    pub locate: Locate,
    /// Names some.
    pub name: Name,
    /// Finds some, for whoever assigns roles at them.
    pub find: Find,
}

#[derive(Default)]
struct Kinds(RwLock<HashMap<&'static str, Kind>>);

/// Says where objects of a kind stand and what they are called; once, when the house is opened.
pub fn teach(kernel: &Kernel, kind: &'static str, of: Kind) {
    kernel.part(|_| Kinds::default()).0.write().insert(kind, of);
}

/// The kind as it was taught.
fn known(kernel: &Kernel, kind: &str) -> Option<(&'static str, Kind)> {
    let kinds = kernel.part(|_| Kinds::default());
    kinds.0.read().iter().find(|(name, _)| **name == kind).map(|(name, of)| (*name, of.clone()))
}

/// The names of objects of a kind; empty where nobody has said what they are called.
pub async fn names(ctx: &Ctx, kind: &str, ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>, Fault> {
    match known(ctx.kernel(), kind) {
        Some((_, of)) if !ids.is_empty() => (of.name)(ctx.clone(), ids).await,
        _ => Ok(HashMap::new()),
    }
}

/// Objects of a kind by a part of their name; none where nobody has said what they are called. Asks nobody's permission:
/// whoever calls this has asked whether the actor may give roles there.
pub async fn find(ctx: &Ctx, kind: &str, part: &str, limit: u64) -> Result<Vec<(Uuid, String)>, Fault> {
    match known(ctx.kernel(), kind) {
        Some((_, of)) => (of.find)(ctx.clone(), part.trim().to_owned(), limit).await,
        None => Ok(Vec::new()),
    }
}

/// Where the object of this id stands, for whoever asks; `None` where nobody has said where objects of its kind stand.
/// An object that is not there, or that the asker may not see, is [`Fault::NotFound`].
pub async fn place_of(ctx: &Ctx, kind: &str, id: &ID) -> Result<Option<Place>, Fault> {
    let Some((kind, of)) = known(ctx.kernel(), kind) else { return Ok(None) };
    let id = ctx.parse_id(kind, id)?;
    (of.locate)(ctx.clone(), id).await?.map(Some).ok_or(Fault::NotFound)
}

/// Refuses with [`Fault::NotFound`] what is not there at all, whoever asks. What nobody has said the place of is taken to
/// be there.
pub async fn require(ctx: &Ctx, kind: &str, id: Uuid) -> Result<(), Fault> {
    let Some((_, of)) = known(ctx.kernel(), kind) else { return Ok(()) };
    let there = (of.locate)(ctx.as_actor(Actor::System("places")), id).await?;
    there.map(|_| ()).ok_or(Fault::NotFound)
}

/// As [`require`], of a market, where one was named.
pub(crate) async fn require_market(ctx: &Ctx, market: Option<Uuid>) -> Result<(), Fault> {
    match market {
        Some(id) => require(ctx, "Market", id).await,
        None => Ok(()),
    }
}
