//! Where things stand (所在): chapters say, once, where the objects of each of their kinds are, so that those below them can
//! ask whether an object is there and what policy says at its place, without knowing its tables.

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

#[derive(Default)]
struct Locators(RwLock<HashMap<&'static str, Locate>>);

/// Says where objects of a kind stand; once, when the house is opened.
pub fn teach(kernel: &Kernel, kind: &'static str, locate: Locate) {
    kernel.part(|_| Locators::default()).0.write().insert(kind, locate);
}

/// The kind as it was taught, and its locator.
fn known(kernel: &Kernel, kind: &str) -> Option<(&'static str, Locate)> {
    let locators = kernel.part(|_| Locators::default());
    locators.0.read().iter().find(|(name, _)| **name == kind).map(|(name, find)| (*name, Arc::clone(find)))
}

/// Where the object of this id stands, for whoever asks; `None` where nobody has said where objects of its kind stand.
/// An object that is not there, or that the asker may not see, is [`Fault::NotFound`].
pub async fn place_of(ctx: &Ctx, kind: &str, id: &ID) -> Result<Option<Place>, Fault> {
    let Some((kind, find)) = known(ctx.kernel(), kind) else { return Ok(None) };
    let id = ctx.parse_id(kind, id)?;
    find(ctx.clone(), id).await?.map(Some).ok_or(Fault::NotFound)
}

/// Refuses with [`Fault::NotFound`] what is not there at all, whoever asks. What nobody has said the place of is taken to
/// be there.
pub async fn require(ctx: &Ctx, kind: &str, id: Uuid) -> Result<(), Fault> {
    let Some((_, find)) = known(ctx.kernel(), kind) else { return Ok(()) };
    let there = find(ctx.as_actor(Actor::System("places")), id).await?;
    there.map(|_| ()).ok_or(Fault::NotFound)
}

/// As [`require`], of a market, where one was named.
pub(crate) async fn require_market(ctx: &Ctx, market: Option<Uuid>) -> Result<(), Fault> {
    match market {
        Some(id) => require(ctx, "Market", id).await,
        None => Ok(()),
    }
}
