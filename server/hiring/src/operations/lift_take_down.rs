//! Lifting a taking down (撤销下架), where an appeal against it was right: a front door for whoever decides appeals.

use kernel::{Fault, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use crate::kinds::PostingStatus;
use crate::rows::{posting, taken_down_text};
use crate::store::{history, posting as rows};

/// Lifts the taking down of a posting (撤销下架): its text may be published again, and its party may correct its times and hand it
/// in. False where it is not taken down. Asks nobody's permission: whoever calls this decided an appeal.
pub async fn lift_take_down(tx: &Tx, id: Uuid, reason: &str) -> Result<bool, Fault> {
    let row = posting::Entity::find_by_id(id).lock(LockType::NoKeyUpdate).one(tx).await?.ok_or(Fault::NotFound)?;
    if row.status != PostingStatus::TakenDown {
        return Ok(false);
    }
    let change = posting::ActiveModel {
        status: Set(PostingStatus::Returned),
        status_reason: Set(Some(reason.to_owned())),
        remarks: Set(None),
        ..posting::ActiveModel::default()
    };
    if !rows::change(tx, &row, change).await? {
        return Err(Fault::internal("lift a taking down: the posting is held"));
    }
    taken_down_text::Entity::update_many()
        .col_expr(taken_down_text::Column::LiftedAt, Expr::value(tx.ctx().now()))
        .filter(taken_down_text::Column::PostingId.eq(id))
        .filter(taken_down_text::Column::LiftedAt.is_null())
        .exec(tx)
        .await?;
    history::write(tx, id, "lifted", Some(reason.to_owned()));
    Ok(true)
}
