//! What the chapter announces of postings (事件): thin, ids only. Whoever shows postings elsewhere listens.

use chrono::{DateTime, Utc};
use kernel::outbox::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $kind:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
            pub struct $name {
                /// The posting.
                pub id: Uuid,
            }

            impl Event for $name {
                const KIND: &'static str = $kind;

                fn subject(&self) -> (&'static str, Uuid) {
                    ("Posting", self.id)
                }
            }
        )*
    };
}

events! {
    /// A posting is to be seen, for the first time or again (招聘信息已发布).
    PostingPublished = "posting.published";
    /// What is to be seen of it changed (招聘信息已修改).
    PostingAmended = "posting.amended";
    /// It takes nobody any more, and what was confirmed goes on (招聘信息已结束).
    PostingClosed = "posting.closed";
    /// Its time is over (招聘信息已过期).
    PostingExpired = "posting.expired";
    /// The bureau took it down (招聘信息已下架).
    PostingTakenDown = "posting.taken_down";
    /// All its places are taken (招聘信息已招满).
    PostingFilled = "posting.filled";
}

/// It is to be seen no more (招聘信息已撤回): its party took it back, or it is looked at again before it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostingWithdrawn {
    /// The posting.
    pub id: Uuid,
    /// Does its party cancel what was confirmed, too?
    pub cancel_confirmed: bool,
}

impl Event for PostingWithdrawn {
    const KIND: &'static str = "posting.withdrawn";

    fn subject(&self) -> (&'static str, Uuid) {
        ("Posting", self.id)
    }
}

/// What people applied for is not what it was (招聘信息内容有变): whoever applied or has a place is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostingChanged {
    /// The posting.
    pub id: Uuid,
    /// When it changed.
    pub at: DateTime<Utc>,
}

impl Event for PostingChanged {
    const KIND: &'static str = "posting.changed";

    fn subject(&self) -> (&'static str, Uuid) {
        ("Posting", self.id)
    }
}

/// Postings of a file came in (招聘信息已导入): each is announced for itself as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostingsImported {
    /// The import.
    pub id: Uuid,
    /// Postings that came of it.
    pub postings: i32,
}

impl Event for PostingsImported {
    const KIND: &'static str = "posting.imported";

    fn subject(&self) -> (&'static str, Uuid) {
        ("PostingImport", self.id)
    }
}
