//! Saving a map annotation (保存地图标注).

use chrono::NaiveDate;
use entities::account;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::saving::{self, Which};
use crate::forms::AnnotationInput;
use crate::kinds::AnnotationStatus;
use crate::policy;
use crate::rows::{map_annotation, market};
use crate::rules::errand::{self, ErrandFlaw};
use crate::rules::naming::some;
use crate::rules::venue::{NAME, TEXT, may_fit};
use crate::schema::kept::provider_code;
use crate::store::{history, visible};

kernel::refusals! {
    /// Why a map annotation was not saved (不予保存地图标注).
    pub SaveAnnotation => SaveAnnotationReason, SaveAnnotationRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该标注已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this annotation (now version {current}); reload and try again.",
        /// The market is delisted.
        Delisted @ "marketId": "该市场已移出名录，不能再修改。" / "This market is delisted and stays as it is.",
        /// Nothing to hand in.
        NoPoint @ "input.status": "请先填写市场坐标，再提交地图标注。" / "Enter the market's coordinates before handing it in to a map.",
        /// Approved, but where?
        PoiMissing { limit: usize } @ "input.poiId":
            "已通过的标注请填写地图 POI 编号，不超过 {limit} 个字。" / "An approved annotation has the map's POI id, of at most {limit} characters.",
        /// Rejected, but why?
        NoteMissing @ "input.note": "被退回的标注请说明原因。" / "Say why the annotation was rejected.",
        /// A note longer than is kept.
        NoteTooLong { limit: usize } @ "input.note": "说明超过 {limit} 个字，请缩短。" / "The note has more than {limit} characters; shorten it.",
        /// A day to come.
        CheckedInFuture @ "input.checkedOn": "核对日期不能晚于今天。" / "The day of the check cannot be later than today.",
        /// Nobody who could do it.
        AssigneeUnknown @ "input.assignee": "负责人不是在用账号，请另选。" / "The account is not in use; choose another.",
        /// A day without somebody who keeps it.
        AssigneeMissing @ "input.assignee": "填写截止日期的任务请先选择负责人。" / "A task with a due day is somebody's: choose the account.",
        /// A day that is past.
        DuePast @ "input.dueOn": "截止日期不能早于今天。" / "The due day cannot be past.",
        /// A day on which nobody works.
        DueNotWorking { next: String } @ "input.dueOn":
            "截止日期不是工作日，可改为 {next}。" / "Nobody works on that day; {next} is the next working day.",
    }
}

/// Saves how far a market's annotation on a map is (保存地图标注); there is one per market and provider.
pub async fn save_annotation(
    ctx: &Ctx,
    market: Uuid,
    version: Option<i32>,
    input: AnnotationInput,
    assignee: Option<Uuid>,
    once: Option<Once>,
) -> Result<Outcome, Stop<SaveAnnotation>> {
    ctx.transact_once(&policy::ANNOTATE, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::ANNOTATE, market).await?;
        decide(&row, &input, tx.ctx().today()).map_err(Stop::Refused)?;
        let kept = kept(&tx, market, &input).await?;
        if kept.is_none() && version.is_some() {
            // It was seen, and removed since.
            return Err(Fault::NotFound.into());
        }
        let whose = whose(&tx, assignee).await?;
        let which = Which { id: kept.as_ref().map(|k| k.id), version };
        let version = saving::version(which, kept.as_ref().map(|k| k.version))
            .map_err(|current| Stop::Refused(SaveAnnotation::Conflict { current }))?;
        let due_before = kept.as_ref().and_then(|k| k.due_on);
        let task = task(&input, whose.as_ref(), due_before, tx.ctx().today()).map_err(Stop::Refused)?;
        let id = which.id.unwrap_or_else(|| tx.ctx().new_id());
        save(&tx, market, id, version, &input, task).await?;
        saving::touch(&tx, market).await?;
        history::write(&tx, market, "annotated", None);
        Ok(Outcome::of("MapAnnotation", id, version))
    })
    .await
}

async fn kept(tx: &Tx, market: Uuid, input: &AnnotationInput) -> Result<Option<map_annotation::Model>, Fault> {
    Ok(map_annotation::Entity::find()
        .filter(map_annotation::Column::MarketId.eq(market))
        .filter(map_annotation::Column::Provider.eq(provider_code(input.provider)))
        .one(tx)
        .await?)
}

fn decide(market: &market::Model, input: &AnnotationInput, today: NaiveDate) -> Result<(), SaveAnnotation> {
    if saving::is_over(market) {
        return Err(SaveAnnotation::Delisted);
    }
    if input.status != AnnotationStatus::Todo && market.point().is_none() {
        return Err(SaveAnnotation::NoPoint);
    }
    let poi = some(input.poi_id.as_deref());
    let fits = may_fit(poi.as_deref(), NAME);
    if !fits || (input.status == AnnotationStatus::Approved && poi.is_none()) {
        return Err(SaveAnnotation::PoiMissing { limit: NAME });
    }
    if input.status == AnnotationStatus::Rejected && some(input.note.as_deref()).is_none() {
        return Err(SaveAnnotation::NoteMissing);
    }
    if !may_fit(input.note.as_deref(), TEXT) {
        return Err(SaveAnnotation::NoteTooLong { limit: TEXT });
    }
    if input.checked_on.is_some_and(|day| day.0 > today) {
        return Err(SaveAnnotation::CheckedInFuture);
    }
    Ok(())
}

/// Whose task it is, and by when.
type Task = (Option<Uuid>, Option<NaiveDate>);

/// The account whose task it shall be; one that is not there is not found.
async fn whose(tx: &Tx, id: Option<Uuid>) -> Result<Option<account::Model>, Fault> {
    let Some(id) = id else { return Ok(None) };
    account::Entity::find_by_id(id).one(tx).await?.map(Some).ok_or(Fault::NotFound)
}

/// The task as given; what the map has approved is nobody's any more.
fn task(
    input: &AnnotationInput,
    whose: Option<&account::Model>,
    before: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<Task, SaveAnnotation> {
    if !errand::is_open(input.status) {
        return Ok((None, None));
    }
    if whose.is_some_and(|account| account.status != "ACTIVE") {
        return Err(SaveAnnotation::AssigneeUnknown);
    }
    let due = input.due_on.map(|day| day.0);
    errand::errand(whose.is_some(), due, before, today).map_err(|flaw| match flaw {
        ErrandFlaw::Nobody => SaveAnnotation::AssigneeMissing,
        ErrandFlaw::Past => SaveAnnotation::DuePast,
        ErrandFlaw::NotWorking(next) => SaveAnnotation::DueNotWorking { next: next.to_string() },
    })?;
    Ok((whose.map(|account| account.id), due))
}

async fn save(
    tx: &Tx,
    market: Uuid,
    id: Uuid,
    version: i32,
    input: &AnnotationInput,
    (assignee, due): Task,
) -> Result<(), Fault> {
    let row = map_annotation::ActiveModel {
        id: Set(id),
        market_id: Set(market),
        version: Set(version),
        provider: Set(provider_code(input.provider).to_owned()),
        status: Set(input.status),
        poi_id: Set(some(input.poi_id.as_deref())),
        checked_on: Set(input.checked_on.map(|day| day.0)),
        note: Set(some(input.note.as_deref())),
        assignee: Set(assignee),
        due_on: Set(due),
    };
    if version == 1 {
        map_annotation::Entity::insert(row).exec_without_returning(tx).await?;
    } else {
        map_annotation::Entity::update_many().set(row).filter(map_annotation::Column::Id.eq(id)).exec(tx).await?;
    }
    Ok(())
}
