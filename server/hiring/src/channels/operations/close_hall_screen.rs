//! Closing the link of a hall screen (停用大屏链接): from then on it opens nothing.

use kernel::{Ctx, Fault, Once, Outcome, Place, Stop};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use crate::channels::rows::channel;
use crate::policy;

kernel::refusals! {
    /// Why no link was closed (不予停用大屏链接).
    pub CloseHallScreen => CloseHallScreenReason, CloseHallScreenRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该渠道已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this channel (now version {current}); reload and try again.",
        /// There is none.
        NotOpen @ "id": "该渠道没有开通大屏链接。" / "This channel has no open link; there is nothing to close.",
    }
}

/// Closes the link of a hall screen (停用大屏链接), at once.
pub async fn close_hall_screen(
    ctx: &Ctx,
    (id, version): (Uuid, i32),
    once: Option<Once>,
) -> Result<Outcome, Stop<CloseHallScreen>> {
    ctx.transact_once(&policy::CHANNELS, once, |tx| async move {
        tx.authorize(&policy::CHANNELS, &Place::city()).await?;
        let found = channel::Entity::find_by_id(id).lock_exclusive().one(&tx).await?;
        let row = found.ok_or(Fault::NotFound)?;
        tx.about("Channel", id);
        decide(&row, version).map_err(Stop::Refused)?;
        let change = channel::ActiveModel {
            version: Set(version + 1),
            screen_hash: Set(None),
            screen_since: Set(None),
            ..channel::ActiveModel::default()
        };
        channel::Entity::update_many().set(change).filter(channel::Column::Id.eq(id)).exec(&tx).await?;
        tx.note("screen", "closed");
        Ok(Outcome::of("Channel", id, version + 1))
    })
    .await
}

const fn decide(row: &channel::Model, version: i32) -> Result<(), CloseHallScreen> {
    if row.version != version {
        return Err(CloseHallScreen::Conflict { current: row.version });
    }
    if row.screen_hash.is_none() { Err(CloseHallScreen::NotOpen) } else { Ok(()) }
}
