//! What the demo has finished (完成标记): a store whose making was cut short is made again from nothing.

use kernel::Action;
use kernel::ctx::Actor;
use kernel::fault::{Fault, Never, Stop};
use kernel::kernel::Kernel;
use kernel::text::Lang;
use sea_orm::{EntityTrait as _, Set};
use std::sync::Arc;

static FINISH: Action = Action::new("demo", "finish", "完成演示数据", "Finish the demo's data");

/// The setting that says so.
const NAME: &str = "demo.finished";

/// Was everything of this store made?
pub(super) async fn is_finished(kernel: &Arc<Kernel>, code: &str) -> Result<bool, Fault> {
    let ctx = kernel.ctx(code, Actor::System("demo"), Lang::Zh).await?;
    Ok(entities::setting::Entity::find_by_id(NAME).one(&ctx.scope()).await?.is_some())
}

/// Everything of this store is made.
pub(super) async fn finish(kernel: &Arc<Kernel>, code: &str) -> Result<(), Fault> {
    let ctx = kernel.ctx(code, Actor::System("demo"), Lang::Zh).await?;
    if is_finished(kernel, code).await? {
        return Ok(());
    }
    let row = entities::setting::ActiveModel {
        name: Set(NAME.to_owned()),
        value: Set(serde_json::json!(true)),
        changed_at: Set(ctx.now()),
        changed_by: Set(None),
    };
    let done: Result<(), Stop<Never>> = ctx
        .transact(&FINISH, |tx| async move {
            entities::setting::Entity::insert(row).exec_without_returning(&tx).await?;
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault)
}
