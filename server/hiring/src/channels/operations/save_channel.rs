//! Saving a channel (设置发布渠道): whether it is fed, and the text it is given.

use kernel::{Ctx, Fault, Once, Outcome, Place, Stop};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use crate::channels::jobs::Replan;
use crate::channels::rows::channel;
use crate::channels::rules::{self, TEMPLATE};
use crate::policy;

kernel::refusals! {
    /// Why a channel was not saved (不予保存渠道).
    pub SaveChannel => SaveChannelReason, SaveChannelRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该渠道已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this channel (now version {current}); reload and try again.",
        /// A text longer than is kept.
        TemplateTooLong { limit: usize } @ "template": "文稿模板超过 {limit} 个字，请缩短。" / "The text has more than {limit} characters; shorten it.",
        /// A hole that nothing fits.
        UnknownPlaceholder { name: String, known: String } @ "template":
            "文稿模板中的“{{{name}}}”无法识别，可用：{known}。" /
            "Nothing fits {{{name}}}; what can be filled in: {known}.",
    }
}

/// Saves a channel (设置发布渠道): the text it is given, nothing for the usual one, and whether it is fed. What is published is
/// planned anew: a channel that is switched off shows nothing more.
pub async fn save_channel(
    ctx: &Ctx,
    (id, version): (Uuid, i32),
    template: Option<String>,
    active: bool,
    once: Option<Once>,
) -> Result<Outcome, Stop<SaveChannel>> {
    ctx.transact_once(&policy::CHANNELS, once, |tx| async move {
        tx.authorize(&policy::CHANNELS, &Place::city()).await?;
        let found = channel::Entity::find_by_id(id).lock_exclusive().one(&tx).await?;
        let row = found.ok_or(Fault::NotFound)?;
        tx.about("Channel", id);
        let template = decide(&row, version, template.as_deref()).map_err(Stop::Refused)?;
        let change = channel::ActiveModel {
            version: Set(version + 1),
            template: Set(template),
            active: Set(active),
            ..channel::ActiveModel::default()
        };
        channel::Entity::update_many().set(change).filter(channel::Column::Id.eq(id)).exec(&tx).await?;
        tx.enqueue(&Replan { channel: id, version: version + 1 })?;
        Ok(Outcome::of("Channel", id, version + 1))
    })
    .await
}

fn decide(row: &channel::Model, version: i32, template: Option<&str>) -> Result<Option<String>, SaveChannel> {
    if row.version != version {
        return Err(SaveChannel::Conflict { current: row.version });
    }
    let Some(template) = template.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    if template.chars().count() > TEMPLATE {
        return Err(SaveChannel::TemplateTooLong { limit: TEMPLATE });
    }
    if let Some(name) = rules::unknown_placeholder(template) {
        let known = rules::PLACEHOLDERS.iter().map(|(name, _)| format!("{{{name}}}")).collect::<Vec<_>>().join(" ");
        return Err(SaveChannel::UnknownPlaceholder { name, known });
    }
    Ok(Some(template.to_owned()))
}
