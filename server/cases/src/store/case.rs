//! The file's own row (办件行): changed under its version, as far as its life goes.

use kernel::{Fault, Tx};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use crate::case_kind::OpenCaseFile;
use crate::rows::case_file::{ActiveModel, Column, Entity, Model};
use crate::rules::clock;
use crate::rules::life::Life;

/// Changes a row under its version; false when somebody was faster.
pub async fn change(tx: &Tx, row: &Model, mut change: ActiveModel) -> Result<bool, Fault> {
    change.version = Set(row.version + 1);
    let mine = Entity::update_many().set(change).filter(Column::Id.eq(row.id)).filter(Column::Version.eq(row.version));
    Ok(mine.exec(tx).await?.rows_affected == 1)
}

/// The columns of a case that is closed now: an offer that nobody accepted is over, and one that is late is marked so, also
/// where the morning's look at the clocks has not come yet.
pub fn closed(tx: &Tx, row: &Model) -> ActiveModel {
    let (now, today) = (tx.ctx().now(), tx.ctx().today());
    let late = clock::is_late(row.due_on, today).then_some(now);
    ActiveModel {
        offered_to: Set(None),
        offered_at: Set(None),
        breached_at: Set(row.breached_at.or(late)),
        closed_at: Set(Some(now)),
        ..ActiveModel::default()
    }
}

impl Model {
    /// As far as its life goes.
    pub const fn life(&self) -> Life {
        Life { status: self.status, owner: self.owner_id, offered_to: self.offered_to }
    }

    /// As the code of its kind sees it.
    pub fn file(&self) -> OpenCaseFile {
        OpenCaseFile { id: self.id, reference: self.reference.clone(), subject: self.subject_id }
    }
}
