//! What runs by itself (作业): each night what nobody needs is forgotten, each morning passwords that run out are named.

use kernel::fault::Fault;
use kernel::jobs::{Job, JobEnd, JobKind};
use kernel::text::Text;
use serde::{Deserialize, Serialize};

use crate::operations::forget_over::forget_over;
use crate::operations::lock_unused::lock_unused;
use crate::operations::remind_of_passwords::remind_of_passwords;

/// Forgets what is over (清理过期会话、邀请和失败计数).
#[derive(Serialize, Deserialize)]
struct Purge {}

impl Job for Purge {
    const KIND: &'static str = "people.purge";
}

/// Reminds of passwords that run out (口令到期提醒).
#[derive(Serialize, Deserialize)]
struct Remind {}

impl Job for Remind {
    const KIND: &'static str = "people.remind";
}

/// Locks accounts that nobody uses (锁定长期未用账号).
#[derive(Serialize, Deserialize)]
struct Lock {}

impl Job for Lock {
    const KIND: &'static str = "people.lock";
}

/// The jobs of this chapter.
pub(crate) fn kinds() -> Vec<JobKind> {
    let mut kinds = vec![
        JobKind::new::<Purge, _, _>(
            Text::new("清理过期会话和邀请", "Forget sessions and invitations that are over"),
            |run, _| async move { done(forget_over(&run.ctx).await) },
        )
        .every("10 3 * * *")
        .spread(50),
        JobKind::new::<Lock, _, _>(
            Text::new("锁定长期未用账号", "Lock accounts that nobody uses"),
            |run, _| async move { done(lock_unused(&run.ctx).await) },
        )
        .every("40 3 * * *")
        .spread(50),
        JobKind::new::<Remind, _, _>(
            Text::new("口令到期提醒", "Remind of passwords that run out"),
            |run, _| async move { done(remind_of_passwords(&run.ctx).await) },
        )
        .every("30 8 * * *"),
        crate::workers::jobs::kind(),
    ];
    kinds.extend(crate::agencies::jobs());
    kinds.extend(crate::parties::jobs::kinds());
    kinds
}

fn done(outcome: Result<(), Fault>) -> Result<JobEnd, Fault> {
    outcome.map(|()| JobEnd::Done(None))
}
