//! Text messages that failed (失败短信): what can be sent again.

use entities::sms;
use kernel::fault::{Fault, Never, Stop};
use kernel::sms::Message;
use kernel::{Actor, Lang};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::{Value, json};
use uuid::Uuid;

use super::make::Thing;
use super::{SETTLE, Town, World};

impl World {
    /// A text message that failed, to a number that got no other.
    pub(super) async fn failed_text(&self, town: &Town) -> Thing {
        let ctx = self.ctx(town, Actor::System("test")).await;
        let number = format!("138{:08}", self.next());
        let queued: Result<Uuid, Stop<Never>> = ctx
            .transact(&SETTLE, |tx| async move {
                let message = Message::notice(number.into(), "law.notice", Lang::Zh, "明日5:30集合。".into());
                tx.sms(message).await?.map_err(|_| Fault::internal("queue a text message").into())
            })
            .await;
        let id = queued.map_err(|stop| format!("a text message: {stop:?}"))?;
        let failed: Result<(), Stop<Never>> = ctx
            .transact(&SETTLE, |tx| async move {
                sms::Entity::update_many()
                    .col_expr(sms::Column::Status, Expr::value("FAILED"))
                    .filter(sms::Column::Id.eq(id))
                    .exec(&tx)
                    .await?;
                Ok(())
            })
            .await;
        failed.map_err(|stop| format!("a failed text message: {stop:?}"))?;
        Ok((json!(ctx.gid("SmsMessage", id).to_string()), Value::Null))
    }
}
