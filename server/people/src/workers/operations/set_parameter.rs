//! Setting a figure of the city about workers (设置零工人员参数).

use entities::setting;
use kernel::fault::Stop;
use kernel::{Ctx, Once, Outcome, Place};
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait as _, Set};
use uuid::Uuid;

use crate::workers::parameters::WorkerParameter;
use crate::workers::policy;

kernel::refusals! {
    /// Why the figure stays as it is (不予设置零工人员参数).
    pub SetWorkerParameter => SetWorkerParameterRefused, SetWorkerParameterRefusalCode {
        /// It lies outside its bounds.
        OutOfBounds { least: i32, most: i32 } @ "value": "该参数应在{least}至{most}之间。" / "This figure is {least} to {most}.",
    }
}

/// Sets a figure of the city (设置零工人员参数); nothing brings the default back.
pub async fn set_parameter(
    ctx: &Ctx,
    which: WorkerParameter,
    value: Option<i32>,
    once: Option<Once>,
) -> Result<Outcome, Stop<SetWorkerParameter>> {
    ctx.transact_once(&policy::PARAMETER, once, |tx| async move {
        tx.authorize(&policy::PARAMETER, &Place::city()).await?;
        tx.note("parameter", which.setting());
        tx.note("value", value);
        let (least, most) = which.bounds();
        match value {
            Some(value) if !(least..=most).contains(&value) => {
                return Err(Stop::Refused(SetWorkerParameter::OutOfBounds { least, most }));
            }
            Some(value) => {
                let row = setting::ActiveModel {
                    name: Set(which.setting().to_owned()),
                    value: Set(value.into()),
                    changed_at: Set(tx.ctx().now()),
                    changed_by: Set(tx.ctx().actor().account_id()),
                };
                let replace = OnConflict::column(setting::Column::Name)
                    .update_columns([setting::Column::Value, setting::Column::ChangedAt, setting::Column::ChangedBy])
                    .to_owned();
                setting::Entity::insert(row).on_conflict(replace).exec_without_returning(&tx).await?;
            }
            None => {
                setting::Entity::delete_by_id(which.setting().to_owned()).exec(&tx).await?;
            }
        }
        Ok(Outcome::of("WorkerParameter", Uuid::nil(), 0))
    })
    .await
}
