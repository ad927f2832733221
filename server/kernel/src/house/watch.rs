//! Watching jobs: however many subscribers a job has, it is read once per change.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use entities::job;
use parking_lot::Mutex;
use sea_orm::EntityTrait as _;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};
use uuid::Uuid;

use crate::clock::new_id;
use crate::ctx::{Actor, Ctx};
use crate::fault::Fault;
use crate::kernel::JobChanged;
use crate::text::Lang;

type Key = (String, Uuid);
type View = watch::Receiver<Arc<job::Model>>;

/// A view nobody looks at any more is closed after so long at most.
const IDLE: Duration = Duration::from_secs(30);

/// The jobs that are watched in this process.
#[derive(Debug, Default)]
pub(crate) struct JobViews(Mutex<HashMap<Key, View>>);

/// The job as it is now, and as it becomes. It ends with the job.
pub(crate) async fn watch_job(ctx: &Ctx, id: Uuid) -> Result<View, Fault> {
    let kernel = ctx.kernel();
    let key = (ctx.tenant().code.clone(), id);
    // A closed one belongs to a job that ended, or to nobody.
    let open = kernel.job_views.0.lock().get(&key).filter(|view| view.has_changed().is_ok()).cloned();
    if let Some(view) = open {
        return Ok(view);
    }
    // Listen first, read then: no change falls in between.
    let changes = kernel.watch_jobs();
    let house = kernel.ctx_of(ctx.tenant_arc(), Actor::System("watch"), Lang::Zh, new_id(ctx.now())).await?;
    let row = job::Entity::find_by_id(id).one(&house.scope()).await?.ok_or(Fault::NotFound)?;
    let (sender, view) = watch::channel(Arc::new(row));
    kernel.job_views.0.lock().insert(key.clone(), view.clone());
    tokio::spawn(follow(house, key, changes, sender));
    Ok(view)
}

async fn follow(
    ctx: Ctx,
    key: Key,
    mut changes: broadcast::Receiver<JobChanged>,
    sender: watch::Sender<Arc<job::Model>>,
) {
    loop {
        let over = sender.borrow().finished_at.is_some();
        // One receiver is our own, in the book.
        if over || sender.receiver_count() <= 1 {
            break;
        }
        match tokio::time::timeout(IDLE, changes.recv()).await {
            Ok(Ok(word)) if word.tenant != key.0 || word.id != key.1 => continue,
            Ok(Err(RecvError::Closed)) => break,
            // A change, or some that were missed, or a while in which a word may have been lost.
            Ok(Ok(_) | Err(RecvError::Lagged(_))) | Err(_) => {}
        }
        match job::Entity::find_by_id(key.1).one(&ctx.scope()).await {
            Ok(Some(row)) => {
                sender.send_if_modified(|old| {
                    let is_news = **old != row;
                    if is_news {
                        *old = Arc::new(row);
                    }
                    is_news
                });
            }
            Ok(None) => break,
            Err(error) => tracing::warn!(cause = %Fault::from(error).cause(), "a watched job could not be read"),
        }
    }
    ctx.kernel().job_views.0.lock().remove(&key);
}
