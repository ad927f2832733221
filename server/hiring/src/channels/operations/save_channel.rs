//! Saving a channel (设置发布渠道): whether it is fed, and the text it is given.

use kernel::{Ctx, Fault, Once, Outcome, Place, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::plan_deliveries;
use crate::channels::jobs::Replan;
use crate::channels::rows::channel;
use crate::channels::rules::{self, TEMPLATE};
use crate::channels::store;
use crate::kinds::ChannelKind;
use crate::policy;

kernel::refusals! {
    /// Why a channel was not saved (不予保存渠道).
    pub SaveChannel => SaveChannelReason, SaveChannelRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该渠道已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this channel (now version {current}); reload and try again.",
        /// There is one already.
        Duplicate @ "input.kind": "该市场已有这一渠道，请直接修改。" / "This market has such a channel already; change that one.",
        /// Only some channels belong to a market.
        NotOfAMarket @ "input.marketId":
            "只有大厅大屏、打印清单和微信文稿可以按市场设置。" /
            "Only hall screens, printed lists and WeChat texts belong to a market.",
        /// A text longer than is kept.
        TemplateTooLong { limit: usize } @ "input.template": "文稿模板超过 {limit} 个字，请缩短。" / "The text has more than {limit} characters; shorten it.",
        /// A hole that nothing fits.
        UnknownPlaceholder { name: String, known: String } @ "input.template":
            "文稿模板中的“{{{name}}}”无法识别，可用：{known}。" /
            "Nothing fits {{{name}}}; what can be filled in: {known}.",
    }
}

/// A channel as it is to be (渠道设置).
#[derive(Clone, Debug)]
pub struct ChannelSetting {
    /// What it is.
    pub kind: ChannelKind,
    /// The market whose it is.
    pub market: Option<Uuid>,
    /// The text it is given.
    pub template: Option<String>,
    /// Is it fed?
    pub active: bool,
}

/// Saves a channel (设置发布渠道). What is published is planned anew: a channel that is switched off shows nothing more.
pub async fn save_channel(
    ctx: &Ctx,
    known: Option<(Uuid, i32)>,
    setting: ChannelSetting,
    once: Option<Once>,
) -> Result<Outcome, Stop<SaveChannel>> {
    ctx.transact_once(&policy::CHANNELS, once, |tx| async move {
        tx.authorize(&policy::CHANNELS, &Place::city()).await?;
        plan_deliveries::all(&tx).await?;
        let row = kept(&tx, known, &setting).await?;
        let template = decide(&setting, row.as_ref(), known).map_err(Stop::Refused)?;
        let (id, version) = row.as_ref().map_or_else(|| (tx.ctx().new_id(), 1), |row| (row.id, row.version + 1));
        tx.about("Channel", id);
        save(&tx, row.is_some(), id, version, &setting, template).await?;
        tx.enqueue(&Replan { channel: id, version })?;
        Ok(Outcome::of("Channel", id, version))
    })
    .await
}

/// The channel that is meant: by its id, or a new one of a market.
async fn kept(
    tx: &Tx,
    known: Option<(Uuid, i32)>,
    setting: &ChannelSetting,
) -> Result<Option<channel::Model>, Stop<SaveChannel>> {
    if let Some((id, _)) = known {
        let row = channel::Entity::find_by_id(id).lock_exclusive().one(tx).await.map_err(Fault::from)?;
        return Ok(Some(row.ok_or(Fault::NotFound)?));
    }
    if let Some(market) = setting.market {
        kernel::places::require(tx.ctx(), "Market", market).await?;
    }
    let slot = channel::Column::Slot.eq(store::slot(setting.kind, setting.market));
    let there = channel::Entity::find().filter(slot).one(tx).await.map_err(Fault::from)?;
    if there.is_some() { Err(Stop::Refused(SaveChannel::Duplicate)) } else { Ok(None) }
}

fn decide(
    setting: &ChannelSetting,
    row: Option<&channel::Model>,
    known: Option<(Uuid, i32)>,
) -> Result<Option<String>, SaveChannel> {
    if let (Some(row), Some((_, version))) = (row, known)
        && row.version != version
    {
        return Err(SaveChannel::Conflict { current: row.version });
    }
    let local = matches!(setting.kind, ChannelKind::HallScreen | ChannelKind::Printed | ChannelKind::Wechat);
    if setting.market.is_some() && !local {
        return Err(SaveChannel::NotOfAMarket);
    }
    let template = setting.template.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let Some(template) = template else { return Ok(None) };
    if template.chars().count() > TEMPLATE {
        return Err(SaveChannel::TemplateTooLong { limit: TEMPLATE });
    }
    if let Some(name) = rules::unknown_placeholder(template) {
        let known = rules::PLACEHOLDERS.iter().map(|(name, _)| format!("{{{name}}}")).collect::<Vec<_>>().join(" ");
        return Err(SaveChannel::UnknownPlaceholder { name, known });
    }
    Ok(Some(template.to_owned()))
}

async fn save(
    tx: &Tx,
    there: bool,
    id: Uuid,
    version: i32,
    setting: &ChannelSetting,
    template: Option<String>,
) -> Result<(), Fault> {
    if there {
        let change = channel::ActiveModel {
            version: Set(version),
            template: Set(template),
            active: Set(setting.active),
            ..channel::ActiveModel::default()
        };
        channel::Entity::update_many().set(change).filter(channel::Column::Id.eq(id)).exec(tx).await?;
        return Ok(());
    }
    let row = channel::ActiveModel {
        id: Set(id),
        version: Set(version),
        kind: Set(setting.kind),
        slot: Set(store::slot(setting.kind, setting.market)),
        market_id: Set(setting.market),
        template: Set(template),
        active: Set(setting.active),
        round: Set(1),
        down_since: Set(None),
        last_error: Set(None),
    };
    channel::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}
