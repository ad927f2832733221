//! A hiring party, as staff and those who act for it see it.

use std::sync::Arc;

use async_graphql::{ID, Object};
use chrono::{DateTime, FixedOffset};
use entities::hiring_party;
use kernel::divisions::Divisions;
use kernel::gql::{self, Answer, Date, Page, Paging, found, moment};
use kernel::text::Words;
use kernel::{Ctx, Fault, Mask};

use super::parts::{AgentRequest, PartyEvent, PartyMember, PartyNotice, VerificationStep};
use super::public::{Duty, VerifiedBadge, articles};
use crate::parties::kinds::{PartyDecision, PartyKind, PartyStatus, PartyStep};
use crate::parties::rows::party_review;
use crate::parties::rules::standing::{Standing, is_stale, standing};
use crate::parties::rules::{duties, verification};
use crate::parties::store::batch::Batch;
use crate::parties::store::party::TABLE;
use crate::parties::store::{steps, visible};

/// A hiring party (用工主体): who has others work. Whom to ask for and the number are masked.
#[derive(Clone)]
pub struct HiringParty {
    ctx: Ctx,
    row: hiring_party::Model,
    batch: Arc<Batch>,
}

impl HiringParty {
    /// A page of them.
    pub fn page(ctx: &Ctx, rows: Vec<hiring_party::Model>) -> Vec<Self> {
        let batch = Batch::of(ctx, &rows);
        rows.into_iter().map(|row| Self { ctx: ctx.clone(), row, batch: Arc::clone(&batch) }).collect()
    }

    /// One of them.
    pub fn one(ctx: &Ctx, row: hiring_party::Model) -> Self {
        let batch = Batch::of(ctx, [&row]);
        Self { ctx: ctx.clone(), row, batch }
    }

    /// Read again, as the caller sees it.
    pub async fn again(ctx: &Ctx, id: uuid::Uuid) -> Result<Self, Fault> {
        Ok(Self::one(ctx, visible::load(&ctx.scope(), ctx, id).await?))
    }

    fn standing(&self) -> Standing {
        standing(&self.row, self.ctx.today())
    }

    async fn masked(&self, column: &str, sealed: &[u8], mask: Mask) -> Result<String, Fault> {
        Ok(self.ctx.keys().await?.open(TABLE, column, self.row.id, sealed)?.masked(mask))
    }
}

/// A hiring party (用工主体): who has others work. Whom to ask for and the number are masked.
#[Object]
impl HiringParty {
    /// Its id (标识).
    async fn id(&self) -> ID {
        self.ctx.gid("HiringParty", self.row.id)
    }

    /// Counts its changes (版本).
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// Its kind (类别).
    async fn kind(&self) -> PartyKind {
        PartyKind::of(&self.row)
    }

    /// Its status (状态).
    async fn status(&self) -> PartyStatus {
        PartyStatus::of(&self.row)
    }

    /// Why it was sent back, suspended, or is verified no more (原因).
    async fn status_reason(&self) -> Option<&str> {
        self.row.status_reason.as_deref()
    }

    /// What everybody reads: the name of a unit, the masked one of a person (显示名称).
    async fn display_name(&self) -> &str {
        &self.row.display_name
    }

    /// Unified social credit code of a unit (统一社会信用代码).
    async fn uscc(&self) -> Option<&str> {
        self.row.uscc.as_deref()
    }

    /// Whom to ask for, masked (联系人).
    async fn contact_name(&self) -> Answer<String> {
        found(&self.ctx, self.masked("contact_name", &self.row.contact_name, Mask::Name).await)
    }

    /// The number to call, masked (联系电话).
    async fn contact_phone(&self) -> Answer<String> {
        found(&self.ctx, self.masked("contact_phone", &self.row.contact_phone, Mask::Phone).await)
    }

    /// The county, by its code (县区代码).
    async fn county(&self) -> &str {
        &self.row.county
    }

    /// The county, by its name (县区).
    async fn county_name(&self) -> Option<&str> {
        Divisions::standard().get(&self.row.county).map(|county| county.name.as_str())
    }

    /// Where it is, in words; of units only (地址).
    async fn address(&self) -> Option<&str> {
        self.row.address.as_deref()
    }

    /// The market that registered it (登记市场).
    async fn market_id(&self) -> Option<ID> {
        self.row.market_id.map(|id| self.ctx.gid("Market", id))
    }

    /// The name of that market (登记市场名称).
    async fn market_name(&self) -> Answer<String> {
        let name = match self.row.market_id {
            Some(market) => self.batch.market_name(market).await,
            None => Ok(None),
        };
        found(&self.ctx, name.and_then(|name| name.map(str::to_owned).ok_or(Fault::NotFound)))
    }

    /// The agency whose lead it is (所属机构).
    async fn agency_id(&self) -> Option<ID> {
        self.row.agency_id.map(|id| self.ctx.gid("Agency", id))
    }

    /// May it publish at once, today (快速发布通道)?
    async fn fast_lane(&self) -> bool {
        self.standing().fast_lane
    }

    /// The last day on which it may not, for what it did (快速发布通道停用至).
    async fn fast_lane_lost_until(&self) -> Option<Date> {
        self.row.fast_lane_lost_until.map(Date)
    }

    /// That it was verified, when and by which organ (核验标识).
    async fn verified_badge(&self) -> Answer<VerifiedBadge> {
        let reviews = self.batch.reviews(self.row.id).await;
        found(&self.ctx, reviews.and_then(|all| badge(&self.ctx, &self.row, all).ok_or(Fault::NotFound)))
    }

    /// The version of the pledge it signed (所签承诺书版本).
    async fn pledge_version(&self) -> Option<&str> {
        self.row.pledge_version.as_deref()
    }

    /// Is that the one in force (是否现行)?
    async fn pledged(&self) -> bool {
        self.standing().pledged
    }

    /// When it signed (签署时间).
    async fn pledged_at(&self) -> Option<DateTime<FixedOffset>> {
        self.row.pledged_at.map(moment)
    }

    /// When it last said that it still hires (最近确认时间).
    async fn last_confirmed_at(&self) -> DateTime<FixedOffset> {
        moment(self.row.last_confirmed_at)
    }

    /// Has it not said so for long (久未确认)?
    async fn stale(&self) -> bool {
        is_stale(&self.row, self.ctx.now(), self.ctx.kernel().config.parties.stale_days)
    }

    /// What was looked at, in the order it was entered; what counts no more included (核验事项).
    async fn steps(&self) -> Answer<Vec<VerificationStep>> {
        let steps = async {
            let (rows, names) = (self.batch.steps(self.row.id).await?, self.batch.officials().await?);
            Ok(rows.iter().map(|row| VerificationStep::of(&self.ctx, row, names)).collect())
        };
        found(&self.ctx, steps.await)
    }

    /// What is missing before it can be verified (尚缺事项).
    async fn missing_steps(&self) -> Answer<Vec<PartyStep>> {
        let steps = self.batch.steps(self.row.id).await;
        let missing = |rows| verification::missing(PartyKind::of(&self.row), &steps::newest(rows));
        found(&self.ctx, steps.map(missing))
    }

    /// What it was told to bring, the last time (一次性告知).
    async fn notice(&self) -> Answer<PartyNotice> {
        let told = self.batch.reviews(self.row.id).await.and_then(|all| {
            let last = all.iter().rev().find(|row| row.decision == Some(PartyDecision::Rejected));
            last.and_then(|row| PartyNotice::of(&self.ctx, row)).ok_or(Fault::NotFound)
        });
        found(&self.ctx, told)
    }

    /// Who acts for it (经办人).
    async fn members(&self) -> Answer<Vec<PartyMember>> {
        let members = async {
            let ring = self.ctx.keys().await?;
            let rows = self.batch.members(self.row.id).await?;
            rows.iter().map(|(row, citizen)| PartyMember::of(&self.ctx, &ring, row, citizen)).collect()
        };
        found(&self.ctx, members.await)
    }

    /// Who asks to act for it (经办申请).
    async fn agent_requests(&self) -> Answer<Vec<AgentRequest>> {
        let asked = async {
            let ring = self.ctx.keys().await?;
            let rows = self.batch.asked(self.row.id).await?;
            rows.iter().map(|(row, citizen)| AgentRequest::of(&self.ctx, &ring, row, citizen)).collect()
        };
        found(&self.ctx, asked.await)
    }

    /// What it owes whoever works for it (用工责任).
    async fn duties(&self) -> Vec<Duty> {
        articles(duties::duties(PartyKind::of(&self.row)), self.ctx.lang())
    }

    /// Which doors are open against it (救济途径): they differ by its kind.
    async fn remedies(&self) -> Vec<Duty> {
        articles(duties::remedies(PartyKind::of(&self.row)), self.ctx.lang())
    }

    /// What happened to it, the newest first (沿革).
    async fn history(
        &self,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
    ) -> Answer<Page<PartyEvent>> {
        let ctx = &self.ctx;
        let answer = async {
            let paging = Paging::read(ctx, first, after, &format!("party-history:{}", self.row.id)).await?;
            let rows = self.batch.history_page(self.row.id, paging.after.clone(), paging.limit()).await;
            let rows = rows.map_err(gql::fail(ctx))?;
            let keyed = rows.iter().map(|row| (vec![row.id.to_string()], PartyEvent::of(ctx, row)));
            paging.page(ctx, keyed.collect(), None).await
        };
        Some(answer.await)
    }

    /// When it was registered (登记时间).
    async fn created_at(&self) -> DateTime<FixedOffset> {
        moment(self.row.created_at)
    }

    /// When it, or what hangs on it, was last changed (修改时间).
    async fn updated_at(&self) -> DateTime<FixedOffset> {
        moment(self.row.updated_at)
    }
}

/// That a party was verified, of its row and its reviews; none where it is not verified now.
pub(super) fn badge(ctx: &Ctx, row: &hiring_party::Model, reviews: &[party_review::Model]) -> Option<VerifiedBadge> {
    let on = row.verified_on.filter(|_| standing(row, ctx.today()).verified)?;
    let last = reviews.iter().rev().find(|review| review.decision == Some(PartyDecision::Verified));
    let organ = last.and_then(|review| review.organ.as_deref()).map(Words::read);
    let by = organ.map(|organ| organ.get(ctx.lang()).to_owned()).unwrap_or_default();
    Some(VerifiedBadge { on: Date(on), by, rechecked_on: row.rechecked_on.map(Date) })
}
