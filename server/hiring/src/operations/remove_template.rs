//! Removing a template (删除招聘模板).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use crate::policy;
use crate::rows::posting_template::Entity;
use crate::store::templates;

kernel::refusals! {
    /// Why a template was not removed (不予删除模板).
    pub RemovePostingTemplate => RemovePostingTemplateReason, RemovePostingTemplateRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该模板已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this template (now version {current}); reload and try again.",
    }
}

/// Removes a template (删除招聘模板).
pub async fn remove_template(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<RemovePostingTemplate>> {
    ctx.transact_once(&policy::TEMPLATE, once, |tx| async move {
        let row = templates::held(&tx, id).await?;
        templates::may_keep(tx.ctx(), &tx, row.party_id).await?;
        tx.about("PostingTemplate", id);
        if row.version != version {
            return Err(Stop::Refused(RemovePostingTemplate::Conflict { current: row.version }));
        }
        Entity::delete_by_id(id).exec(&tx).await?;
        Ok(Outcome::of("PostingTemplate", id, version))
    })
    .await
}
