//! Opening the link of a hall screen (开通大屏链接): whoever has it reads what the screen shows, and nothing else.

use kernel::crypto::hash;
use kernel::{Ctx, Fault, Place, Stop};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use crate::channels::rows::channel;
use crate::channels::screen;
use crate::kinds::ChannelKind;
use crate::policy;

kernel::refusals! {
    /// Why no link was made (不予开通大屏链接).
    pub OpenHallScreen => OpenHallScreenReason, OpenHallScreenRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该渠道已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this channel (now version {current}); reload and try again.",
        /// It is no screen.
        NotAScreen @ "id": "只有大厅大屏可以开通大屏链接。" / "Only a hall screen has a link; choose one.",
    }
}

/// A link that was made (新大屏链接).
pub struct NewLink {
    /// The channel.
    pub id: Uuid,
    /// Where the screen is read: shown once.
    pub url: String,
}

/// Opens the link of a hall screen (开通大屏链接): it is shown once, kept as a hash, and the one before it is good for nothing.
pub async fn open_hall_screen(ctx: &Ctx, (id, version): (Uuid, i32)) -> Result<NewLink, Stop<OpenHallScreen>> {
    let token = hash::random_token().map_err(Fault::of("make the link of a screen"))?;
    ctx.transact(&policy::CHANNELS, |tx| async move {
        tx.authorize(&policy::CHANNELS, &Place::city()).await?;
        let found = channel::Entity::find_by_id(id).lock_exclusive().one(&tx).await?;
        let row = found.ok_or(Fault::NotFound)?;
        tx.about("Channel", id);
        decide(&row, version).map_err(Stop::Refused)?;
        let change = channel::ActiveModel {
            version: Set(version + 1),
            screen_hash: Set(Some(screen::hash_of(&token))),
            screen_since: Set(Some(tx.ctx().now())),
            ..channel::ActiveModel::default()
        };
        channel::Entity::update_many().set(change).filter(channel::Column::Id.eq(id)).exec(&tx).await?;
        tx.note("screen", "opened");
        Ok(NewLink { id, url: screen::url(tx.ctx(), &token) })
    })
    .await
}

const fn decide(row: &channel::Model, version: i32) -> Result<(), OpenHallScreen> {
    if row.version != version {
        return Err(OpenHallScreen::Conflict { current: row.version });
    }
    match row.kind {
        ChannelKind::HallScreen => Ok(()),
        _ => Err(OpenHallScreen::NotAScreen),
    }
}
