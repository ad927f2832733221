//! What a hiring party keeps for itself (模板、常用工), and whom it may ask again.

use async_graphql::{ID, Object, SimpleObject};
use chrono::{DateTime, Days, FixedOffset};
use entities::worker;
use kernel::gql::{Date, moment};
use kernel::{Ctx, Fault};

use super::form::PostingForm;
use super::posting::Posting;
use crate::forms::PostingInput;
use crate::rows::{favourite, posting_template};
use crate::rules::shifts::{days_to, moved};

/// A template (招聘模板) that a hiring party keeps.
#[derive(Clone, Debug)]
pub struct PostingTemplate {
    ctx: Ctx,
    row: posting_template::Model,
    form: PostingInput,
}

impl PostingTemplate {
    /// Of a row.
    pub fn of(ctx: &Ctx, row: posting_template::Model) -> Result<Self, Fault> {
        let form = serde_json::from_value(row.content.clone()).map_err(Fault::of("read a template"))?;
        Ok(Self { ctx: ctx.clone(), row, form })
    }
}

/// A template (招聘模板) that a hiring party keeps.
#[Object]
impl PostingTemplate {
    /// Id (标识).
    async fn id(&self) -> ID {
        self.ctx.gid("PostingTemplate", self.row.id)
    }

    /// Counts its changes; a stale one is refused (版本).
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// Id of the hiring party (用工主体标识).
    async fn party_id(&self) -> ID {
        self.ctx.gid("HiringParty", self.row.party_id)
    }

    /// What it is called (名称).
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// The form, with its shifts moved so that the first is on that day (表单); tomorrow unless it is said.
    async fn form(
        &self,
        #[graphql(desc = "The day of the first shift (首个班次日期)")] day: Option<Date>,
    ) -> PostingForm {
        let tomorrow = self.ctx.today().checked_add_days(Days::new(1));
        let day = day.map(|day| day.0).or(tomorrow).unwrap_or_default();
        let shifts = moved(&self.form.shifts, days_to(&self.form.shifts, day));
        PostingForm(PostingInput { shifts, valid_from: None, valid_until: None, ..self.form.clone() })
    }

    /// When it was made (保存时间).
    async fn created_at(&self) -> DateTime<FixedOffset> {
        moment(self.row.created_at)
    }
}

/// A worker as a hiring party sees one whom it has taken (合作过的零工).
#[derive(Clone, Debug, SimpleObject)]
pub struct KnownWorker {
    /// Id of the worker (零工标识).
    pub id: ID,
    /// The name, masked (姓名).
    pub name_masked: String,
    /// Says that it looks for work (在找活).
    pub looking: bool,
}

impl KnownWorker {
    /// Of a row.
    #[must_use]
    pub fn of(ctx: &Ctx, row: &worker::Model) -> Self {
        Self {
            id: ctx.gid("Worker", row.id),
            name_masked: row.name_masked.clone(),
            looking: row.status == "ACTIVE" && row.looking_until.is_some_and(|until| until > ctx.now()),
        }
    }
}

/// A worker whom a hiring party would take again (常用工).
#[derive(Clone, Debug, SimpleObject)]
pub struct Favourite {
    /// Id (标识).
    pub id: ID,
    /// The worker (零工).
    pub worker: KnownWorker,
    /// Since when (设为常用工时间).
    pub since: DateTime<FixedOffset>,
}

impl Favourite {
    /// Of a row and its worker.
    #[must_use]
    pub fn of(ctx: &Ctx, row: &favourite::Model, worker: &worker::Model) -> Self {
        Self { id: ctx.gid("Favourite", row.id), worker: KnownWorker::of(ctx, worker), since: moment(row.since) }
    }
}

/// A posting that was repeated (再发的信息).
#[derive(Clone, Debug, SimpleObject)]
pub struct RepeatedPosting {
    /// The new posting (新信息).
    pub posting: Posting,
    /// Those who were confirmed for the old one, where that was asked: who are asked again (原班人员).
    pub workers: Vec<KnownWorker>,
}
