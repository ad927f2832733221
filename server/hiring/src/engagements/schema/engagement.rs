//! An engagement as callers see it (用工对接): names masked, and what hangs on it read once for a whole page.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{ComplexObject, ID, SimpleObject};
use chrono::{DateTime, FixedOffset};
use entities::hiring_party;
use kernel::gql::{self, Answer, moment};
use kernel::trades::Trades;
use kernel::{Ctx, Fault};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::slip::{Names, WorkSlip};
use super::wages::WageTruth;
use crate::engagements::kinds::Consequence;
use crate::engagements::queries::lists::Listed;
use crate::engagements::rules::private::opens_worker;
use crate::engagements::rules::steps::holds_a_place;
use crate::engagements::store::contact::{self, Contact};
use crate::engagements::store::{deal, slips, wages};
use crate::kinds::{AccidentCover, EngagementStatus, EngagementType, PayDay, Side, WageUnit};
use crate::rows::{wage_line, work_slip};

/// What hangs on the engagements of a page: each level is read once, by whoever asks first.
pub struct Batch {
    pub(super) ctx: Ctx,
    ids: Vec<Uuid>,
    citizens: Vec<Uuid>,
    parties: Vec<Uuid>,
    slips: OnceCell<HashMap<Uuid, work_slip::Model>>,
    lines: OnceCell<HashMap<Uuid, wage_line::Model>>,
    workers: OnceCell<HashMap<Uuid, Contact>>,
    hiring: OnceCell<HashMap<Uuid, hiring_party::Model>>,
}

impl Batch {
    fn new(ctx: &Ctx, rows: &[Listed]) -> Arc<Self> {
        Arc::new(Self {
            ctx: ctx.clone(),
            ids: rows.iter().map(|listed| listed.row.id).collect(),
            citizens: rows.iter().filter_map(|listed| listed.citizen).collect(),
            parties: rows.iter().map(|listed| listed.row.party_id).collect(),
            slips: OnceCell::new(),
            lines: OnceCell::new(),
            workers: OnceCell::new(),
            hiring: OnceCell::new(),
        })
    }

    async fn slip(&self, id: Uuid) -> Result<Option<&work_slip::Model>, Fault> {
        let read = async || slips::of_all(&self.ctx.scope(), &self.ids).await;
        Ok(self.slips.get_or_try_init(read).await?.get(&id))
    }

    async fn line(&self, id: Uuid) -> Result<Option<&wage_line::Model>, Fault> {
        let read = async || wages::lines_of(&self.ctx.scope(), &self.ids).await;
        Ok(self.lines.get_or_try_init(read).await?.get(&id))
    }

    pub(super) async fn worker(&self, citizen: Uuid) -> Result<Option<&Contact>, Fault> {
        let read = async || contact::citizens(&self.ctx.scope(), &self.ctx, &self.citizens).await;
        Ok(self.workers.get_or_try_init(read).await?.get(&citizen))
    }

    pub(super) async fn party(&self, id: Uuid) -> Result<Option<&hiring_party::Model>, Fault> {
        let read = async || {
            let wanted = hiring_party::Column::Id.is_in(self.parties.iter().copied());
            let rows = hiring_party::Entity::find().filter(wanted).all(&self.ctx.scope()).await?;
            Ok::<_, Fault>(rows.into_iter().map(|row| (row.id, row)).collect::<HashMap<_, _>>())
        };
        Ok(self.hiring.get_or_try_init(read).await?.get(&id))
    }
}

/// The work of an engagement (工作).
#[derive(Clone, Debug, SimpleObject)]
pub struct EngagementJob {
    /// The posting (招聘信息).
    posting_id: ID,
    /// The shift (班次).
    shift_id: ID,
    /// What is wanted, in a line (岗位).
    title: String,
    /// Code of the trade (工种代码).
    trade: String,
    /// Name of the trade (工种).
    trade_name: String,
    /// What is to be done (工作内容).
    duties: String,
    /// Where (工作地点).
    place: String,
    /// GB/T 2260 code of the county (区县).
    county: String,
    /// From when (开工时间).
    starts_at: DateTime<FixedOffset>,
    /// Until when (收工时间).
    ends_at: DateTime<FixedOffset>,
    /// Unpaid rest, minutes (休息，分钟).
    break_minutes: i32,
    /// Engagement type (用工类型).
    engagement_type: EngagementType,
    /// The wage for one unit, fen (工资，分).
    wage_fen: i64,
    /// The unit (计薪单位).
    wage_unit: WageUnit,
    /// When it is paid (结算方式).
    pay_day: PayDay,
    /// Who bears an accident (意外保障).
    cover: AccidentCover,
}

/// An engagement (用工对接): one worker and one shift, from application to pay.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Engagement {
    /// Its id (标识).
    pub id: ID,
    /// Counts its changes (版本).
    version: i32,
    /// How far it is (状态).
    status: EngagementStatus,
    /// The work (工作).
    job: EngagementJob,
    /// The hiring party (用工主体).
    party_id: ID,
    /// What everybody reads of it (用工主体名称).
    party_name: String,
    /// The worker, to the hiring party and the staff (零工人员).
    worker_id: Option<ID>,
    /// The worker, masked; empty once the worker let go of it (零工姓名，脱敏).
    worker_name: Option<String>,
    /// Which side the caller is (调用者身份).
    viewer: Side,
    /// The place on the stand-by list (候补顺序).
    standby_no: Option<i32>,
    /// The group that was taken together (成组编号).
    group_no: Option<String>,
    /// Who entered it (登记方).
    entered_by: Side,
    /// When the worker applied (报名时间).
    applied_at: DateTime<FixedOffset>,
    /// When the two sides first talked (联系时间).
    contacted_at: Option<DateTime<FixedOffset>>,
    /// Which side agreed first (先谈妥方).
    agreed_first: Option<Side>,
    /// When they agreed (谈妥时间).
    agreed_at: Option<DateTime<FixedOffset>>,
    /// When the place was taken (确认时间).
    confirmed_at: Option<DateTime<FixedOffset>>,
    /// When the worker arrived (到岗时间).
    arrived_at: Option<DateTime<FixedOffset>>,
    /// Who recorded it: the worker by the code, the hiring party, or the staff (登记到岗方).
    arrived_by: Option<Side>,
    /// When the work was done (完工时间).
    completed_at: Option<DateTime<FixedOffset>>,
    /// Who said so; empty where the house did, when the shift was long over (登记完工方).
    completed_by: Option<Side>,
    /// When the worker said that the wage or the allowance was paid (收款确认时间).
    paid_at: Option<DateTime<FixedOffset>>,
    /// When it came to nothing (结束时间).
    ended_at: Option<DateTime<FixedOffset>>,
    /// Why, as a code (结束原因).
    end_reason: Option<String>,
    /// Was it cancelled late (临时取消)?
    late: bool,
    /// What a late cancellation by the hiring party led to (临时取消的后果).
    consequence: Option<Consequence>,
    /// The allowance it owes, fen; what was paid of it is in the wage truth (应付补偿，分).
    allowance_fen: Option<i64>,
    /// Who disputes it (异议方).
    disputed_by: Option<Side>,
    /// Since when (异议时间).
    disputed_at: Option<DateTime<FixedOffset>>,
    /// Until when the wage is to be paid, or the allowance; of an allowance nothing while the city sets no days for it (应付期限).
    pay_due_at: Option<DateTime<FixedOffset>>,
    /// When the early warning of an unpaid wage or allowance was raised (欠薪预警时间).
    warned_at: Option<DateTime<FixedOffset>>,
    #[graphql(skip)]
    listed: Listed,
    #[graphql(skip)]
    batch: Arc<Batch>,
}

impl Engagement {
    /// The rows of a page, seen from one side.
    #[must_use]
    pub fn page(ctx: &Ctx, side: Side, rows: Vec<(Vec<String>, Listed)>) -> Vec<(Vec<String>, Self)> {
        let (keys, rows): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        keys.into_iter().zip(Self::all(ctx, side, rows)).collect()
    }

    /// Several, seen from one side.
    #[must_use]
    pub fn all(ctx: &Ctx, side: Side, rows: Vec<Listed>) -> Vec<Self> {
        let batch = Batch::new(ctx, &rows);
        rows.into_iter().map(|listed| Self::of(ctx, side, listed, &batch)).collect()
    }

    /// One by its id, for whoever may see it.
    pub async fn at(ctx: &Ctx, id: Uuid) -> Result<Self, Fault> {
        let scope = ctx.scope();
        let deal = deal::read(&scope, id).await?;
        let side = deal::standing(&scope, ctx, &deal).await?;
        Self::all(ctx, side, vec![deal.into()]).pop().ok_or(Fault::NotFound)
    }

    fn of(ctx: &Ctx, side: Side, listed: Listed, batch: &Arc<Batch>) -> Self {
        let (row, posting) = (&listed.row, &listed.posting);
        let at = |at: Option<DateTime<chrono::Utc>>| at.map(moment);
        let named = Trades::standard().name(&posting.trade).unwrap_or(&posting.trade).to_owned();
        Self {
            id: ctx.gid("Engagement", row.id),
            version: row.version,
            status: row.status,
            job: EngagementJob {
                posting_id: ctx.gid("Posting", row.posting_id),
                shift_id: ctx.gid("Shift", row.shift_id),
                title: posting.title.clone(),
                trade: posting.trade.clone(),
                trade_name: named,
                duties: posting.duties.clone(),
                place: posting.place.clone(),
                county: posting.county.clone(),
                starts_at: moment(row.starts_at),
                ends_at: moment(row.ends_at),
                break_minutes: listed.break_minutes,
                engagement_type: posting.engagement,
                wage_fen: row.wage_fen,
                wage_unit: row.wage_unit,
                pay_day: row.pay_day,
                cover: posting.cover,
            },
            party_id: ctx.gid("HiringParty", row.party_id),
            party_name: listed.party_name.clone(),
            worker_id: row.worker_id.filter(|_| side != Side::Worker).map(|id| ctx.gid("Worker", id)),
            worker_name: listed.worker_name.clone(),
            viewer: side,
            standby_no: row.standby_no,
            group_no: row.group_no.clone(),
            entered_by: row.entered_by,
            applied_at: moment(row.applied_at),
            contacted_at: at(row.contacted_at),
            agreed_first: row.agreed_first,
            agreed_at: at(row.agreed_at),
            confirmed_at: at(row.confirmed_at),
            arrived_at: at(row.arrived_at),
            arrived_by: row.arrived_by,
            completed_at: at(row.completed_at),
            completed_by: row.completed_by,
            paid_at: at(row.paid_at),
            ended_at: at(row.ended_at),
            end_reason: row.end_reason.clone(),
            late: row.late,
            consequence: row.allowance.as_deref().and_then(Consequence::from_code),
            allowance_fen: row.allowance_fen,
            disputed_by: row.disputed_by,
            disputed_at: at(row.disputed_at),
            pay_due_at: at(row.pay_due_at),
            warned_at: at(row.warned_at),
            listed,
            batch: Arc::clone(batch),
        }
    }
}

/// What is read only where it is asked for.
#[ComplexObject]
impl Engagement {
    /// The work slip, once the place was confirmed (用工单).
    async fn slip(&self) -> Answer<WorkSlip> {
        let ctx = &self.batch.ctx;
        let read = async {
            let row = self.batch.slip(self.listed.row.id).await?.ok_or(Fault::NotFound)?;
            // Names are opened for the two sides of a place that stands.
            let open = self.viewer != Side::Staff && holds_a_place(self.status);
            let worker = open && (self.viewer == Side::Worker || opens_worker(&self.listed.row));
            WorkSlip::of(&self.batch, &self.listed, row, Names { worker, party: open }).await
        };
        gql::found(ctx, read.await)
    }

    /// What was agreed, what the sheet says is due and paid, and what the worker says (工资对账).
    async fn wage_truth(&self) -> Answer<WageTruth> {
        let ctx = &self.batch.ctx;
        let line = self.batch.line(self.listed.row.id).await;
        Some(line.map(|line| WageTruth::of(&self.listed.row, line)).map_err(gql::fail(ctx)))
    }

    /// What is disputed, in the words of whoever disputes it (异议内容).
    async fn dispute_words(&self) -> Answer<String> {
        let ctx = &self.batch.ctx;
        let row = &self.listed.row;
        let read = async {
            let sealed = row.dispute_words.as_ref().ok_or(Fault::NotFound)?;
            let words = ctx.keys().await?.open("engagement", "dispute_words", row.id, sealed)?;
            Ok(words.expose().clone())
        };
        gql::found(ctx, read.await)
    }
}
