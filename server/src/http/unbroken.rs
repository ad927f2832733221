//! A future that always runs to its end (不中断执行). It runs where it is waited for, which costs no task and wakes no
//! thread; whoever stops waiting leaves it to a task of its own, so that nothing in it breaks off in the middle.

use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use tokio_util::task::TaskTracker;

/// Runs to its end; gives `None` when it panicked.
pub(crate) struct Unbroken<T: Send + 'static> {
    running: Option<BoxFuture<'static, Option<T>>>,
    tasks: TaskTracker,
}

impl<T: Send + 'static> Unbroken<T> {
    /// Counted among `tasks` until it ends.
    pub(crate) fn new(tasks: &TaskTracker, future: impl Future<Output = T> + Send + 'static) -> Self {
        let counted = tasks.track_future(AssertUnwindSafe(future).catch_unwind());
        Self { running: Some(counted.map(Result::ok).boxed()), tasks: tasks.clone() }
    }
}

impl<T: Send + 'static> Future for Unbroken<T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(running) = self.running.as_mut() else { return Poll::Ready(None) };
        let ended = running.as_mut().poll(context);
        if ended.is_ready() {
            self.running = None;
        }
        ended
    }
}

impl<T: Send + 'static> Drop for Unbroken<T> {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            // Counted already; the task only carries it on.
            drop(self.tasks.spawn(running));
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn what_nobody_waits_for_any_longer_still_runs_to_its_end() {
        let tasks = TaskTracker::new();
        let (go, wait) = oneshot::channel();
        let (told, ended) = oneshot::channel();
        let mut running = Unbroken::new(&tasks, async move {
            wait.await.unwrap();
            told.send(7).unwrap();
        });
        assert!(futures_util::poll!(&mut running).is_pending());
        assert_eq!(tasks.len(), 1, "it is counted where it runs");
        drop(running);
        go.send(()).unwrap();
        assert_eq!(ended.await, Ok(7));
        tasks.close();
        tasks.wait().await;
    }

    #[tokio::test]
    async fn a_panic_is_nothing_but_no_answer() {
        let tasks = TaskTracker::new();
        let running = Unbroken::new(&tasks, async { panic!("a defect") });
        let answer: Option<()> = running.await;
        assert_eq!((answer, tasks.len()), (None, 0));
    }
}
