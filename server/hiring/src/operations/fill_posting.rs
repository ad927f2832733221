//! A posting whose places are all taken, or one of which is free again (招满与空出): front doors for whoever takes places.

use kernel::{Fault, Tx};
use uuid::Uuid;

use crate::events::{PostingFilled, PostingPublished};
use crate::kinds::PostingStatus;
use crate::store::{history, public};

/// The last free place of a shift was taken (名额用完): the posting is filled if no other shift ahead has one. One statement; false
/// where it is not filled. Asks nobody's permission.
pub async fn posting_filled(tx: &Tx, id: Uuid) -> Result<bool, Fault> {
    public::settle(tx, id, PostingStatus::Filled, "filled", &PostingFilled { id }).await
}

/// As [`posting_filled`], claimed with the last statements of a transaction that takes the last place of `shift` in them: where it is
/// not filled by that, nothing of the transaction happens.
pub(crate) fn filled_plainly(tx: &Tx, id: Uuid, shift: Uuid) -> Result<(), Fault> {
    tx.claim(public::filling(tx.ctx(), id, shift));
    history::write(tx, id, "filled", None);
    tx.announce(&PostingFilled { id })
}

/// A place came free (名额空出): a posting that was filled is to be seen again, if the place can still be taken. One statement; false
/// where it was not filled. Asks nobody's permission.
pub async fn posting_free(tx: &Tx, id: Uuid) -> Result<bool, Fault> {
    public::settle(tx, id, PostingStatus::Published, "reopened", &PostingPublished { id }).await
}
