//! Saving a project (保存建设改造项目).

use kernel::sheet::text;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::saving::{self, Which};
use crate::forms::ProjectInput;
use crate::policy;
use crate::rows::construction_project;
use crate::rows::milestone;
use crate::rules::venue::{self, NAME, ProjectFlaw};
use crate::store::parts::insert;
use crate::store::{history, visible};

kernel::refusals! {
    /// Why a project was not saved (不予保存建设改造项目).
    pub SaveProject => SaveProjectReason, SaveProjectRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "建设改造项目已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this project (now version {current}); reload and try again.",
        /// The market is delisted.
        Delisted @ "marketId": "该市场已移出名录，不能再修改。" / "This market is delisted and stays as it is.",
        /// No title.
        TitleMissing { limit: usize } @ "input.title": "请填写项目名称，不超过 {limit} 个字。" / "Name the project, in at most {limit} characters.",
        /// A milestone that says nothing.
        Milestone { row: usize } @ "input.milestones":
            "第 {row} 个里程碑请填写内容，最多 50 个。" / "Milestone {row}: say what shall be done; at most 50 of them.",
        /// Done on a day to come.
        DoneInFuture { row: usize } @ "input.milestones":
            "第 {row} 个里程碑的完成日期不能晚于今天。" / "Milestone {row} cannot be done later than today.",
    }
}

/// Saves a new or a known project of a market (保存建设改造项目).
pub async fn save_project(
    ctx: &Ctx,
    market: Uuid,
    which: Which,
    input: ProjectInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<SaveProject>> {
    ctx.transact_once(&policy::PLAN, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::PLAN, market).await?;
        if saving::is_over(&row) {
            return Err(Stop::Refused(SaveProject::Delisted));
        }
        let kept = kept(&tx, market, which).await?;
        let version =
            saving::version(which, kept).map_err(|current| Stop::Refused(SaveProject::Conflict { current }))?;
        decide(&input, tx.ctx().today()).map_err(Stop::Refused)?;
        let id = which.id.unwrap_or_else(|| tx.ctx().new_id());
        save(&tx, market, id, version, &input).await?;
        saving::touch(&tx, market).await?;
        history::write(&tx, market, "planned", None);
        Ok(Outcome::of("ConstructionProject", id, version))
    })
    .await
}

/// The version of a known one of this market; another's is not there.
async fn kept(tx: &Tx, market: Uuid, which: Which) -> Result<Option<i32>, Fault> {
    let Some(id) = which.id else { return Ok(None) };
    let of_market = construction_project::Column::MarketId.eq(market);
    let row = construction_project::Entity::find_by_id(id).filter(of_market).one(tx).await?.ok_or(Fault::NotFound)?;
    Ok(Some(row.version))
}

async fn save(tx: &Tx, market: Uuid, id: Uuid, version: i32, input: &ProjectInput) -> Result<(), Fault> {
    let row = construction_project::ActiveModel {
        id: Set(id),
        market_id: Set(market),
        version: Set(version),
        mode: Set(input.mode),
        title: Set(text::tidy(&input.title)),
        planned_open_on: Set(input.planned_open_on.map(|day| day.0)),
    };
    if version == 1 {
        construction_project::Entity::insert(row).exec_without_returning(tx).await?;
    } else {
        construction_project::Entity::update_many()
            .set(row)
            .filter(construction_project::Column::Id.eq(id))
            .exec(tx)
            .await?;
    }
    milestone::Entity::delete_many().filter(milestone::Column::ProjectId.eq(id)).exec(tx).await?;
    let milestones = input.milestones.iter().zip(0_i32..).map(|(step, position)| milestone::ActiveModel {
        id: Set(tx.ctx().new_id()),
        project_id: Set(id),
        market_id: Set(market),
        position: Set(position),
        title: Set(text::tidy(&step.title)),
        due_on: Set(step.due_on.0),
        done_on: Set(step.done_on.map(|day| day.0)),
    });
    insert::<milestone::Entity>(tx, milestones.collect()).await
}

fn decide(input: &ProjectInput, today: chrono::NaiveDate) -> Result<(), SaveProject> {
    venue::project(input, today).map_err(|flaw| match flaw {
        ProjectFlaw::Title => SaveProject::TitleMissing { limit: NAME },
        ProjectFlaw::Milestone(row) => SaveProject::Milestone { row },
        ProjectFlaw::DoneInFuture(row) => SaveProject::DoneInFuture { row },
    })
}
