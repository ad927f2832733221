//! What is counted at a market (计数): samples, and the queue of the day; and the mutations of both.

use async_graphql::{Context, ID, Object, SimpleObject};
use kernel::gql::{self, Answer, Date, moment};
use kernel::refusal::Refusal;
use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::EntityTrait as _;

use super::market::Market;
use super::part::{again, newest};
use super::venue::{self, which};
use crate::forms::MonitoringSampleInput;
use crate::kinds::SampleSession;
use crate::operations::call_number::{CallQueueNumberRefused, call_queue_number};
use crate::operations::compute_figures::{
    ComputeFigures, ComputeFiguresReason, ComputeFiguresRefusalCode, compute_figures,
};
use crate::operations::issue_number::{IssueQueueNumberRefused, issue_queue_number};
use crate::operations::save_sample::{
    SaveMonitoringSample, SaveMonitoringSampleReason, SaveMonitoringSampleRefusalCode, save_monitoring_sample,
};
use crate::operations::withdraw_sample::{
    WithdrawMonitoringSample, WithdrawMonitoringSampleReason, WithdrawMonitoringSampleRefusalCode,
    withdraw_monitoring_sample,
};
use crate::rows::{monitoring_sample, queue_number};

results! {
    /// Recording a sample (保存结果).
    SaveMonitoringSampleResult = MonitoringSample | SaveMonitoringSampleRefused;
    /// Withdrawing a sample (撤回结果).
    WithdrawMonitoringSampleResult = MonitoringSample | WithdrawMonitoringSampleRefused;
    /// Computing figures (计算结果).
    ComputeFiguresResult = Market | ComputeFiguresRefused;
    /// Issuing a queue number (发号结果).
    IssueQueueNumberResult = QueueNumber | IssueQueueNumberRefused;
    /// Calling a queue number (叫号结果).
    CallQueueNumberResult = QueueNumber | CallQueueNumberRefused;
}

/// A sample (抽样): what was counted at one part of one day.
#[derive(Clone, Debug, SimpleObject)]
pub struct MonitoringSample {
    /// Id (标识).
    pub id: ID,
    /// The day (抽样日期).
    pub sampled_on: Date,
    /// The part of the day (时段).
    pub session: SampleSession,
    /// Seekers who were there (求职人数).
    pub seekers: i32,
    /// Of them, those who found work (招聘成功人数).
    pub successes: i32,
    /// Who counted (计数人).
    pub counted_by: String,
    /// Why it was withdrawn, where it was (撤回原因); such a sample counts no more.
    pub withdrawn_reason: Option<String>,
    /// Version (版本).
    pub version: i32,
}

impl MonitoringSample {
    pub(crate) fn of(ctx: &Ctx, row: &monitoring_sample::Model) -> Self {
        Self {
            id: ctx.gid("MonitoringSample", row.id),
            sampled_on: Date(row.sampled_on),
            session: row.session,
            seekers: row.seekers,
            successes: row.successes,
            counted_by: row.counted_by.clone(),
            withdrawn_reason: row.withdrawn_reason.clone(),
            version: row.version,
        }
    }
}

/// The queue of a market's day (排队情况).
#[derive(Clone, Debug, SimpleObject)]
pub struct Queue {
    /// The last number that was issued (已发号).
    pub last_issued: i32,
    /// The last number that was called; 0 before the first (已叫号).
    pub last_called: i32,
    /// How many wait (等候人数).
    pub waiting: i32,
    /// When a number was last issued or called (更新时间).
    pub changed_at: chrono::DateTime<chrono::FixedOffset>,
}

impl Queue {
    /// Today's, of the rows that are kept.
    pub(crate) fn today(ctx: &Ctx, rows: &[queue_number::Model]) -> Option<Self> {
        rows.iter().find(|row| row.day == ctx.today()).map(Self::from)
    }
}

impl From<&queue_number::Model> for Queue {
    fn from(row: &queue_number::Model) -> Self {
        Self {
            last_issued: row.issued,
            last_called: row.called,
            waiting: (row.issued - row.called).max(0),
            changed_at: moment(row.changed_at),
        }
    }
}

/// A queue number (排队号): it knows nobody.
#[derive(Clone, Debug, SimpleObject)]
pub struct QueueNumber {
    /// The number (号码).
    pub number: i32,
    /// The queue as it stands now (排队情况).
    pub queue: Option<Queue>,
}

kernel::with_current! {
    /// Why a sample was not saved (不予记录抽样).
    #[derive(Debug)]
    SaveMonitoringSampleRefused(MonitoringSample) = SaveMonitoringSample: SaveMonitoringSampleReason, SaveMonitoringSampleRefusalCode;
    /// Why a sample was not withdrawn (不予撤回抽样).
    #[derive(Debug)]
    WithdrawMonitoringSampleRefused(MonitoringSample) = WithdrawMonitoringSample: WithdrawMonitoringSampleReason, WithdrawMonitoringSampleRefusalCode;
    /// Why figures were not computed (不予计算).
    #[derive(Debug)]
    ComputeFiguresRefused(Market) = ComputeFigures: ComputeFiguresReason, ComputeFiguresRefusalCode;
}

/// The number of an outcome, and the queue of today.
async fn number<R: Refusal>(ctx: &Ctx, done: Result<Outcome, Stop<R>>) -> Result<QueueNumber, Stop<R>> {
    let done = done?;
    let row = queue_number::Entity::find_by_id((done.id, ctx.today())).one(&ctx.scope()).await?;
    Ok(QueueNumber { number: done.version, queue: row.as_ref().map(Queue::from) })
}

/// The mutations of what is counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct CountsMutation;

/// The mutations of what is counted.
#[Object]
impl CountsMutation {
    /// Records a sample of a market, or corrects one (记录抽样).
    async fn save_monitoring_sample(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market (市场)")] market_id: ID,
        #[graphql(desc = "The known one; none makes a new one (标识)")] id: Option<ID>,
        #[graphql(desc = "The version it was read at (版本)")] version: Option<i32>,
        #[graphql(desc = "As it shall be (内容)")] input: MonitoringSampleInput,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SaveMonitoringSampleResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(market_id.as_str(), &id, version, &input));
        let done = async {
            let which = which(ctx, "MonitoringSample", id.as_ref(), version)?;
            save_monitoring_sample(ctx, venue::market_id(ctx, &market_id)?, which, input, once).await
        };
        let done = again(ctx, done.await).await;
        let current = newest(ctx, id.as_ref(), &done).await;
        gql::answer(ctx, done, SaveMonitoringSampleResult::Done, |r| {
            SaveMonitoringSampleResult::Refused(SaveMonitoringSampleRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Withdraws a sample that was counted wrongly; it stays in the record (撤回抽样).
    async fn withdraw_monitoring_sample(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The sample (抽样)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "Why (撤回原因)")] reason: String,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<WithdrawMonitoringSampleResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, &reason));
        let done = async {
            withdraw_monitoring_sample(ctx, ctx.parse_id("MonitoringSample", &id)?, version, reason, once).await
        };
        let done = again(ctx, done.await).await;
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, WithdrawMonitoringSampleResult::Done, |r| {
            WithdrawMonitoringSampleResult::Refused(WithdrawMonitoringSampleRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Computes a market's figures from the samples of some days (按抽样计算规模和成功人数): their mean, with the method shown.
    async fn compute_figures(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market (市场)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The first day (起始日期)")] from: Date,
        #[graphql(desc = "The last day (截止日期)")] to: Date,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ComputeFiguresResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, from, to));
        let done = async { compute_figures(ctx, venue::market_id(ctx, &id)?, version, from.0, to.0, once).await };
        let done = again(ctx, done.await).await;
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, ComputeFiguresResult::Done, |r| {
            ComputeFiguresResult::Refused(ComputeFiguresRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Issues the next queue number of today (发放排队号); numbers begin with 1 every day.
    async fn issue_queue_number(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market (市场)")] market_id: ID,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<IssueQueueNumberResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &market_id.as_str());
        let done = async { issue_queue_number(ctx, venue::market_id(ctx, &market_id)?, once).await };
        gql::answer(ctx, number(ctx, done.await).await, IssueQueueNumberResult::Done, |r| {
            IssueQueueNumberResult::Refused(IssueQueueNumberRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Calls the next queue number of today (叫号).
    async fn call_queue_number(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market (市场)")] market_id: ID,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<CallQueueNumberResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &market_id.as_str());
        let done = async { call_queue_number(ctx, venue::market_id(ctx, &market_id)?, once).await };
        gql::answer(ctx, number(ctx, done.await).await, CallQueueNumberResult::Done, |r| {
            CallQueueNumberResult::Refused(CallQueueNumberRefused::from_refusal(&r, ctx.lang()))
        })
    }
}
