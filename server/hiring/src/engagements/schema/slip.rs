//! Work slips and safety cards as callers see them (用工单与安全提示卡).

use std::sync::Arc;

use async_graphql::SimpleObject;
use chrono::{DateTime, FixedOffset};
use kernel::gql::moment;
use kernel::{Fault, Lang};

use super::engagement::Batch;
use crate::engagements::queries::lists::Listed;
use crate::engagements::rules::agreement;
use crate::engagements::rules::terms::RIGHTS;
use crate::engagements::safety::{self, Card};
use crate::engagements::store::{contact, slips};
use crate::kinds::{AccidentCover, EngagementType, PayDay, WageUnit};
use crate::rows::work_slip;

/// A safety card of a trade (安全提示卡).
#[derive(Clone, Debug, SimpleObject)]
pub struct SafetyCard {
    /// Its name in slips (卡片代码).
    code: String,
    /// Counts its changes (版本).
    version: i32,
    /// What it is called (标题).
    title: String,
    /// What it says (内容).
    lines: Vec<String>,
    /// The laws and standards it rests on (依据).
    laws: Vec<String>,
}

impl SafetyCard {
    /// A card in a language.
    #[must_use]
    pub fn of(card: &Card, lang: Lang) -> Self {
        Self {
            code: card.id.clone(),
            version: card.version,
            title: card.title(lang).to_owned(),
            lines: card.lines(lang).to_vec(),
            laws: card.laws.clone(),
        }
    }
}

/// The written agreement on over-age work (超龄用工协议): 超龄劳动者基本权益保障暂行规定 art 6.
#[derive(Clone, Debug, SimpleObject)]
pub struct OverAgeAgreement {
    /// What it says (条款).
    clauses: Vec<String>,
    /// When the worker accepted it (零工确认时间).
    accepted_by_worker_at: Option<DateTime<FixedOffset>>,
    /// When the hiring party accepted it (用工方确认时间).
    accepted_by_party_at: Option<DateTime<FixedOffset>>,
}

/// A work slip (用工单): who, what, where, when, for how much; as it was agreed when the place was confirmed.
#[derive(Clone, Debug, SimpleObject)]
pub struct WorkSlip {
    /// Its number (单号).
    number: String,
    /// When it was made (出具时间).
    made_at: DateTime<FixedOffset>,
    /// The worker; whole to the two sides, masked to others, and to a hiring party that entered the worker itself until it came
    /// (零工姓名).
    worker_name: Option<String>,
    /// The hiring party; whole to the two sides (用工方).
    party_name: String,
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
    /// Whoever cancels fewer hours before the start cancels late (临时取消时限，小时).
    notice_hours: i32,
    /// The safety card of the trade, as it is now (安全提示卡).
    safety_card: Option<SafetyCard>,
    /// The version of it that was shown with the slip (所示版本).
    safety_version: i32,
    /// The written agreement, for over-age workers of units (超龄用工协议).
    agreement: Option<OverAgeAgreement>,
    /// Where to turn when something goes wrong (维权渠道).
    rights: String,
}

/// Which names of a slip are opened (姓名是否公开).
#[derive(Clone, Copy, Debug)]
pub(super) struct Names {
    /// The worker's.
    pub worker: bool,
    /// The hiring party's.
    pub party: bool,
}

impl WorkSlip {
    /// A slip; its names are opened where that was decided.
    pub(super) async fn of(
        batch: &Arc<Batch>,
        listed: &Listed,
        row: &work_slip::Model,
        open: Names,
    ) -> Result<Self, Fault> {
        let (ctx, terms) = (&batch.ctx, slips::read(row)?);
        let lang = ctx.lang();
        let (mut worker_name, mut party_name) = (listed.worker_name.clone(), listed.party_name.clone());
        if open.worker
            && let Some(citizen) = listed.citizen
            && let Some(name) = batch.worker(citizen).await?.and_then(|contact| contact.name.as_ref())
        {
            worker_name = Some(name.expose().clone());
        }
        if open.party
            && let Some(party) = batch.party(listed.row.party_id).await?
        {
            party_name = contact::party_name(ctx, party).await?.expose().clone();
        }
        let agreement = row.over_age_agreement.then(|| OverAgeAgreement {
            clauses: agreement::clauses(&terms, lang),
            accepted_by_worker_at: row.accepted_by_worker_at.map(moment),
            accepted_by_party_at: row.accepted_by_party_at.map(moment),
        });
        Ok(Self {
            number: row.number.clone(),
            made_at: moment(row.made_at),
            worker_name,
            party_name,
            trade_name: terms.trade_name(),
            title: terms.title,
            trade: terms.trade,
            duties: terms.duties,
            place: terms.place,
            starts_at: moment(terms.starts_at),
            ends_at: moment(terms.ends_at),
            break_minutes: terms.break_minutes,
            engagement_type: terms.engagement,
            wage_fen: terms.wage_fen,
            wage_unit: terms.wage_unit,
            pay_day: terms.pay_day,
            cover: terms.cover,
            notice_hours: terms.notice_hours,
            safety_card: safety::named(&terms.safety_card).map(|card| SafetyCard::of(card, lang)),
            safety_version: terms.safety_version,
            agreement,
            rights: RIGHTS.get(lang).to_owned(),
        })
    }
}
