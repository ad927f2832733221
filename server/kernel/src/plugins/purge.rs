//! Throwing a plugin's data away.

use migrations::{MigrationSet, Step};
use sea_orm::ConnectionTrait as _;
use sea_orm::sea_query::{Alias, Query};
use serde_json::Value;

use super::switch::{SWITCH, current, switched, write};
use super::{State, plugin};
use crate::ctx::Ctx;
use crate::fault::{Fault, Stop};
use crate::policy::Place;
use crate::transact::{Once, Tx};

crate::refusals! {
    /// Why a plugin's data were not thrown away (不予清除插件数据).
    pub PurgePlugin => PurgePluginRefused, PurgePluginRefusalCode {
        /// It is on, or was never.
        NotDisabled @ "name": "只有已停用的插件才能清除数据，请先停用。" / "Only a plugin that was switched off can be purged; switch it off first.",
        /// Its data must stay.
        MustStay @ "name":
            "该插件还有未办结的事项或法定保存期内的数据，暂不能清除。" /
            "The plugin has open cases, or data that the law says to keep; they cannot be purged yet.",
    }
}

/// The tables of a plugin, the last made first.
fn tables(sets: &[MigrationSet]) -> Vec<&'static str> {
    let steps = sets.iter().flat_map(|set| set.migrations).flat_map(|m| (m.steps)());
    let mut names: Vec<_> = steps
        .filter_map(|step| match step {
            Step::Create(table) => Some(table.name),
            _ => None,
        })
        .collect();
    names.reverse();
    names
}

/// Throws away every row and every setting of a plugin that is off (清除插件数据). It can be switched on again, empty.
pub async fn purge_plugin(ctx: &Ctx, name: &str, once: Option<Once>) -> Result<(), Stop<PurgePlugin>> {
    let name = name.to_owned();
    // The plugin reads before the transaction: whether its data may go.
    let may = plugin(ctx.kernel(), &name)?.may_purge.clone();
    ctx.require(&SWITCH, &Place::city()).await?;
    let stays = match may {
        Some(may) => may(ctx.clone()).await.is_err(),
        None => false,
    };
    ctx.transact_once(&SWITCH, once, |tx| async move {
        tx.authorize(&SWITCH, &Place::city()).await?;
        let sets = &plugin(tx.ctx().kernel(), &name)?.manifest.migrations;
        tx.note("plugin", name.as_str());
        tx.note("purged", true);
        if current(&tx).await?.state(&name, None) != State::Disabled {
            return Err(Stop::Refused(PurgePlugin::NotDisabled));
        }
        if stays {
            return Err(Stop::Refused(PurgePlugin::MustStay));
        }
        for table in tables(sets) {
            tx.execute(&Query::delete().from_table(Alias::new(table)).to_owned()).await.map_err(Fault::from)?;
        }
        forget_settings(&tx, &name).await?;
        write(&tx, &name, None, State::Purged, Value::Object(serde_json::Map::new())).await?;
        Ok(switched())
    })
    .await
    .map(|_| ())
}

async fn forget_settings(tx: &Tx, name: &str) -> Result<(), Fault> {
    use entities::plugin_state::{Column, Entity};
    use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
    Entity::delete_many().filter(Column::Plugin.eq(name)).exec(tx).await?;
    Ok(())
}
