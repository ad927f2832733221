//! A worker as staff and the worker itself see it: masked.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, FixedOffset};
use entities::worker;
use kernel::divisions::Divisions;
use kernel::geo::Crs;
use kernel::gql::{self, Answer};
use kernel::{Ctx, Fault, Mask};

use super::types::{RoughPoint, WorkerCertificate, WorkerDifficulty, WorkerTrade};
use crate::workers::kinds::{AgeBand, FemaleWorkerKind, WorkHours, WorkerSource, WorkerStatus};
use crate::workers::rules::ages::Retirement;
use crate::workers::store::batch::Batch;
use crate::workers::store::{load, visible};

/// An odd-job worker (零工人员): what somebody wants to work at, where and when.
#[derive(Clone, Debug)]
pub struct Worker {
    row: worker::Model,
    batch: Arc<Batch>,
}

impl Worker {
    /// One by itself, for whoever has asked whether it may be seen.
    pub(crate) fn one(row: worker::Model) -> Self {
        let batch = Batch::new(std::slice::from_ref(&row));
        Self { row, batch }
    }

    /// One of a list.
    pub(crate) const fn among(row: worker::Model, batch: Arc<Batch>) -> Self {
        Self { row, batch }
    }

    /// The worker of this id, if the actor may see it.
    pub(crate) async fn seen(ctx: &Ctx, id: uuid::Uuid) -> Result<Self, Fault> {
        visible::load(ctx, id).await.map(Self::one)
    }

    async fn masked(&self, ctx: &Ctx, column: &str, mask: Mask) -> Answer<String> {
        match self.batch.masked(ctx, &self.row, column, mask).await {
            Ok(None) => None,
            Ok(Some(value)) => Some(Ok(value)),
            Err(fault) => Some(Err(gql::error(ctx, &fault))),
        }
    }

    /// What is known of its retirement: the day from which it may be over age, and whether that is certain.
    async fn retirement(&self, ctx: &Ctx) -> Result<Option<(bool, bool)>, Fault> {
        let Some(id) = self.batch.id_number(ctx, &self.row).await? else { return Ok(None) };
        let retirement = Retirement::of(&id, load::said(self.batch.profile(ctx, self.row.id).await?));
        Ok(Some((retirement.from(&id) <= ctx.today(), retirement.certain)))
    }
}

/// An odd-job worker (零工人员): what somebody wants to work at, where and when.
#[Object]
impl Worker {
    /// Its id (标识).
    async fn id(&self, gql: &Context<'_>) -> ID {
        gql::ctx(gql).gid("Worker", self.row.id)
    }

    /// Who it is (个人用户标识).
    async fn citizen_id(&self, gql: &Context<'_>) -> ID {
        gql::ctx(gql).gid("Citizen", self.row.citizen_id)
    }

    /// Whether the registration holds (登记状态).
    async fn status(&self) -> WorkerStatus {
        WorkerStatus::parse(&self.row.status).unwrap_or(WorkerStatus::Closed)
    }

    /// How it was registered (登记来源).
    async fn source(&self) -> WorkerSource {
        WorkerSource::parse(&self.row.source).unwrap_or(WorkerSource::Counter)
    }

    /// The market that registered it (登记市场标识).
    async fn market_id(&self, gql: &Context<'_>) -> Option<ID> {
        self.row.market_id.map(|id| gql::ctx(gql).gid("Market", id))
    }

    /// What that market is called (登记市场名称).
    async fn market_name(&self, gql: &Context<'_>) -> Answer<String> {
        let ctx = gql::ctx(gql);
        match self.batch.market_name(ctx, self.row.market_id?).await {
            Ok(name) => name.map(Ok),
            Err(fault) => Some(Err(gql::error(ctx, &fault))),
        }
    }

    /// Its name, masked: 张* (姓名，已脱敏).
    async fn name_masked(&self) -> &str {
        &self.row.name_masked
    }

    /// Its telephone number, masked; nothing for whoever has none (手机号，已脱敏).
    async fn phone_masked(&self, gql: &Context<'_>) -> Answer<String> {
        self.masked(gql::ctx(gql), "phone", Mask::Phone).await
    }

    /// Its citizen number, masked (公民身份号码，已脱敏).
    async fn id_number_masked(&self, gql: &Context<'_>) -> Answer<String> {
        self.masked(gql::ctx(gql), "id_number", Mask::CitizenId).await
    }

    /// The trades it works at, the one wanted most first (工种).
    async fn trades(&self, gql: &Context<'_>) -> async_graphql::Result<Vec<WorkerTrade>> {
        let ctx = gql::ctx(gql);
        let trades = self.batch.trades(ctx, self.row.id).await.map_err(gql::fail(ctx))?;
        Ok(trades.iter().map(|code| WorkerTrade::of(code)).collect())
    }

    /// The county in which it looks for work, by its code (县区代码).
    async fn county(&self) -> &str {
        &self.row.county
    }

    /// What the county is called (县区名称).
    async fn county_name(&self) -> &str {
        Divisions::standard().get(&self.row.county).map_or(&self.row.county, |county| &county.name)
    }

    /// Roughly where it is, about a kilometre (大致位置).
    async fn point(&self) -> Option<RoughPoint> {
        let (lat, lng) = self.row.lat.zip(self.row.lng)?;
        Some(RoughPoint { lat, lng, crs: Crs::Gcj02 })
    }

    /// How far it goes, kilometres (求职半径，公里).
    async fn radius_km(&self) -> i32 {
        self.row.radius_km
    }

    /// When it works (可工作时段).
    async fn hours(&self) -> Vec<WorkHours> {
        WorkHours::of_mask(self.row.hours)
    }

    /// Would rather have a steady job (有单位就业意愿).
    async fn steady_job(&self) -> bool {
        self.row.steady_job
    }

    /// Wants training (有培训需求).
    async fn training(&self) -> bool {
        self.row.training
    }

    /// Does it count as looking for work now (是否在求职)?
    async fn looking(&self, gql: &Context<'_>) -> bool {
        self.row.status == "ACTIVE" && self.row.looking_until.is_some_and(|until| until > gql::ctx(gql).now())
    }

    /// Until when it does (求职状态有效至).
    async fn looking_until(&self) -> Option<DateTime<FixedOffset>> {
        self.row.looking_until.map(gql::moment)
    }

    /// When it last said so (最近确认时间).
    async fn last_confirmed_at(&self) -> DateTime<FixedOffset> {
        gql::moment(self.row.last_confirmed_at)
    }

    /// Its band of ages (年龄段).
    async fn age_band(&self) -> AgeBand {
        AgeBand::parse(&self.row.age_band).unwrap_or(AgeBand::Adult)
    }

    /// Is it, or may it be, beyond the statutory age of retirement today (是否超龄或可能超龄)? Whoever hires it must ask.
    async fn may_be_over_age(&self, gql: &Context<'_>) -> Answer<bool> {
        let ctx = gql::ctx(gql);
        match self.retirement(ctx).await {
            Ok(known) => known.map(|(over, _)| Ok(over)),
            Err(fault) => Some(Err(gql::error(ctx, &fault))),
        }
    }

    /// Is that certain, or did a woman not say which post she last had (是否确定)?
    async fn over_age_is_certain(&self, gql: &Context<'_>) -> Answer<bool> {
        let ctx = gql::ctx(gql);
        match self.retirement(ctx).await {
            Ok(known) => known.map(|(_, certain)| Ok(certain)),
            Err(fault) => Some(Err(gql::error(ctx, &fault))),
        }
    }

    /// Which post a woman last had, if she said so (女职工退休类别).
    async fn retirement_kind(&self, gql: &Context<'_>) -> Answer<FemaleWorkerKind> {
        let ctx = gql::ctx(gql);
        match self.batch.profile(ctx, self.row.id).await {
            Ok(profile) => profile.and_then(|p| FemaleWorkerKind::parse(p.retirement_kind.as_deref()?)).map(Ok),
            Err(fault) => Some(Err(gql::error(ctx, &fault))),
        }
    }

    /// Its certificates (特种作业操作证).
    async fn certificates(&self, gql: &Context<'_>) -> Answer<Vec<WorkerCertificate>> {
        let ctx = gql::ctx(gql);
        let read = async {
            let ring = ctx.keys().await?;
            let rows = self.batch.certificates(ctx, self.row.id).await?;
            rows.iter().map(|row| WorkerCertificate::of(ctx, &ring, row)).collect::<Result<Vec<_>, Fault>>()
        };
        gql::found(ctx, read.await)
    }

    /// Its hardship (困难情形); null to whoever may not see it.
    async fn difficulties(&self, gql: &Context<'_>) -> Answer<Vec<WorkerDifficulty>> {
        let ctx = gql::ctx(gql);
        let read = async {
            let ring = ctx.keys().await?;
            let Some(rows) = self.batch.difficulties(ctx, &self.row).await? else { return Err(Fault::NotFound) };
            rows.iter().map(|row| WorkerDifficulty::of(ctx, &ring, row)).collect::<Result<Vec<_>, Fault>>()
        };
        gql::found(ctx, read.await)
    }

    /// When it was registered (登记时间).
    async fn created_at(&self) -> DateTime<FixedOffset> {
        gql::moment(self.row.created_at)
    }

    /// When it was last changed (更新时间).
    async fn updated_at(&self) -> DateTime<FixedOffset> {
        gql::moment(self.row.updated_at)
    }

    /// Counts changes (版本).
    async fn version(&self) -> i32 {
        self.row.version
    }
}
