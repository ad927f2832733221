//! A posting whose places are all taken, or one of which is free again (招满与空出): front doors for whoever takes places.

use kernel::{Fault, Tx};
use uuid::Uuid;

use crate::events::{PostingFilled, PostingPublished};
use crate::kinds::PostingStatus;
use crate::store::public;

/// The last free place of a shift was taken (名额用完): the posting is filled if no other shift ahead has one. One statement; false
/// where it is not filled. Asks nobody's permission.
pub async fn posting_filled(tx: &Tx, id: Uuid) -> Result<bool, Fault> {
    public::settle(tx, id, PostingStatus::Filled, "filled", &PostingFilled { id }).await
}

/// A place came free (名额空出): a posting that was filled is to be seen again, if the place can still be taken. One statement; false
/// where it was not filled. Asks nobody's permission.
pub async fn posting_free(tx: &Tx, id: Uuid) -> Result<bool, Fault> {
    public::settle(tx, id, PostingStatus::Published, "reopened", &PostingPublished { id }).await
}
