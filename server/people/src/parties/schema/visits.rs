//! Visits to those who hire.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};
use kernel::gql::{self, Answer, Date, moment};
use kernel::keys::KeyRing;
use kernel::{Ctx, Fault, Once};
use uuid::Uuid;

use super::results;
use crate::parties::operations::save_visit::{
    SaveVisit, SaveVisitReason, SaveVisitRefusalCode, VisitInput, save_visit,
};
use crate::parties::queries::visits;
use crate::parties::rows::employer_visit;

/// A visit to somebody who hires, or might (走访企业).
#[derive(Clone, Debug, SimpleObject)]
pub struct EmployerVisit {
    /// Its id (标识).
    pub id: ID,
    /// Counts its changes (版本).
    pub version: i32,
    /// The party, where it is registered (用工主体).
    pub party_id: Option<ID>,
    /// The name it goes by (企业名称).
    pub name: String,
    /// The day (走访日期).
    pub visited_on: Date,
    /// Who went: colleagues, by name (走访人员).
    pub visitors: String,
    /// What it needs (用工需求).
    pub needs: String,
    /// How many it wants (需求人数).
    pub headcount: Option<i32>,
    /// When somebody asks again (回访日期).
    pub follow_up_on: Option<Date>,
    /// When somebody did (已回访日期).
    pub followed_up_on: Option<Date>,
    /// The county, by its code (县区代码).
    pub county: String,
    /// The market whose visit it was (走访市场).
    pub market_id: Option<ID>,
    /// When it was entered (记录时间).
    pub recorded_at: DateTime<FixedOffset>,
}

impl EmployerVisit {
    pub(super) fn of(ctx: &Ctx, ring: &KeyRing, row: &employer_visit::Model) -> Result<Self, Fault> {
        let visitors = ring.open("employer_visit", "visitors", row.id, &row.visitors)?;
        Ok(Self {
            id: ctx.gid("EmployerVisit", row.id),
            version: row.version,
            party_id: row.party_id.map(|id| ctx.gid("HiringParty", id)),
            name: row.name.clone(),
            visited_on: Date(row.visited_on),
            visitors: visitors.expose().clone(),
            needs: row.needs.clone(),
            headcount: row.headcount,
            follow_up_on: row.follow_up_on.map(Date),
            followed_up_on: row.followed_up_on.map(Date),
            county: row.county.clone(),
            market_id: row.market_id.map(|id| ctx.gid("Market", id)),
            recorded_at: moment(row.recorded_at),
        })
    }

    async fn again(ctx: &Ctx, id: Uuid) -> Result<Self, Fault> {
        Self::of(ctx, &*ctx.keys().await?, &visits::one(ctx, id).await?)
    }
}

/// A visit to somebody who hires, or might (走访信息).
#[derive(InputObject, serde::Serialize)]
pub struct EmployerVisitInput {
    /// The party, where it is registered (用工主体).
    pub party_id: Option<ID>,
    /// The name it goes by; the party's own where nothing is given (企业名称).
    pub name: Option<String>,
    /// The day (走访日期).
    pub visited_on: Date,
    /// Who went: colleagues, by name (走访人员).
    pub visitors: String,
    /// What it needs, or what was found (用工需求或走访情况).
    pub needs: String,
    /// How many it wants (需求人数).
    pub headcount: Option<i32>,
    /// When somebody asks again (回访日期).
    pub follow_up_on: Option<Date>,
    /// When somebody did (已回访日期).
    pub followed_up_on: Option<Date>,
    /// The county, by its code; the party's own where nothing is given (县区代码).
    pub county: Option<String>,
    /// The market whose visit it was (走访市场).
    pub market_id: Option<ID>,
}

impl EmployerVisitInput {
    fn read(self, ctx: &Ctx) -> Result<VisitInput, Fault> {
        Ok(VisitInput {
            party: self.party_id.map(|id| ctx.parse_id("HiringParty", &id)).transpose()?,
            name: self.name,
            visited_on: self.visited_on.0,
            visitors: self.visitors.into(),
            needs: self.needs,
            headcount: self.headcount,
            follow_up_on: self.follow_up_on.map(|day| day.0),
            followed_up_on: self.followed_up_on.map(|day| day.0),
            county: self.county,
            market: self.market_id.map(|id| ctx.parse_id("Market", &id)).transpose()?,
        })
    }
}

results! {
    /// How recording a visit ended (记录走访结果).
    SaveVisitResult = EmployerVisit | SaveVisitRefused;
}

kernel::with_current! {
    /// Why a visit was not recorded (不予记录走访).
    SaveVisitRefused(EmployerVisit) = SaveVisit: SaveVisitReason, SaveVisitRefusalCode;
}

/// Visits to those who hire.
#[derive(Default)]
pub struct VisitsMutation;

#[Object]
impl VisitsMutation {
    /// Records a visit to somebody who hires, or amends one (记录走访企业).
    async fn save_visit(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "A visit that is known (走访标识)")] id: Option<ID>,
        #[graphql(desc = "The version that was seen, of a visit that is known (版本)")] version: Option<i32>,
        #[graphql(desc = "The visit (走访信息)")] input: EmployerVisitInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SaveVisitResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version, &input));
        let done = async {
            let known = id.as_ref().map(|id| ctx.parse_id("EmployerVisit", id)).transpose()?;
            let known = known.map(|id| (id, version.unwrap_or_default()));
            let outcome = save_visit(ctx, known, input.read(ctx)?, once).await?;
            Ok(EmployerVisit::again(ctx, outcome.id).await?)
        };
        let done = done.await;
        let newest = async {
            let id = id.as_ref().ok_or(Fault::NotFound)?;
            EmployerVisit::again(ctx, ctx.parse_id("EmployerVisit", id)?).await
        };
        let current = gql::current(&done, newest).await;
        SaveVisitResult::of(ctx, done, |refusal, lang| SaveVisitRefused::of(refusal, lang, current))
    }
}
