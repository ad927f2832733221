//! What everybody may know of a hiring party (公开信息).

use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, FixedOffset};
use kernel::gql::{Date, moment};
use kernel::{Ctx, Lang};

use crate::parties::kinds::{AgentRequestStatus, PartyKind};
use crate::parties::queries::requests::Asked;
use crate::parties::rules::duties::Article;
use crate::parties::rules::pledge::Pledge;

/// That a party was verified (核验标识): when and by which organ, never by whom.
#[derive(Clone, Debug, SimpleObject)]
pub struct VerifiedBadge {
    /// When (核验日期).
    pub on: Date,
    /// By which organ or market (核验单位).
    pub by: String,
    /// When a sampling check last found it in order (抽查合格日期).
    pub rechecked_on: Option<Date>,
}

/// What is owed, or which door is open, with its article (责任或途径).
#[derive(Clone, Debug, SimpleObject)]
pub struct Duty {
    /// What it says, in plain words (内容).
    pub text: String,
    /// Where it stands (依据).
    pub law: String,
}

/// Articles, in a language.
pub(super) fn articles(all: &[Article], lang: Lang) -> Vec<Duty> {
    let read =
        |article: &Article| Duty { text: article.says.get(lang).to_owned(), law: article.law.get(lang).to_owned() };
    all.iter().map(read).collect()
}

/// A hiring party as everybody sees it (用工主体公开信息): never whom to call.
#[derive(Clone, Debug, SimpleObject)]
pub struct PublicParty {
    /// Its id (标识).
    pub id: ID,
    /// The name of a unit, the masked one of a person (名称).
    pub display_name: String,
    /// Its kind (类别).
    pub kind: PartyKind,
    /// Its kind in words (类别名称).
    pub kind_name: String,
    /// The county (县区).
    pub county_name: Option<String>,
    /// That it was verified; nothing where it is not (核验标识).
    pub verified_badge: Option<VerifiedBadge>,
    /// May it not hire for the time being (已暂停)?
    pub suspended: bool,
    /// Has it not said for long that it still hires (久未确认)?
    pub stale: bool,
    /// Did it sign the pledge in force (已签承诺书)?
    pub pledged: bool,
    /// What it owes whoever works for it (用工责任).
    pub duties: Vec<Duty>,
    /// Which doors are open against it (救济途径).
    pub remedies: Vec<Duty>,
}

/// The pledge of those who hire (用工承诺书).
#[derive(Clone, Debug, SimpleObject)]
pub struct PartyPledge {
    /// Its version (版本).
    pub version: String,
    /// Since when it is in force (启用日期).
    pub since: Date,
    /// Is it the one to be signed (是否现行)?
    pub in_force: bool,
    /// Its heading (标题).
    pub title: String,
    /// What is promised, one sentence each (承诺事项).
    pub promises: Vec<String>,
}

impl PartyPledge {
    pub(super) fn of(pledge: &Pledge, in_force: bool, lang: Lang) -> Self {
        let (title, promises) = pledge.read(lang);
        Self {
            version: pledge.version.to_owned(),
            since: Date(pledge.since),
            in_force,
            title: title.to_owned(),
            promises: promises.into_iter().map(str::to_owned).collect(),
        }
    }
}

/// A request of one's own to act for a party (我的经办申请).
#[derive(Clone, Debug, SimpleObject)]
pub struct OwnAgencyRequest {
    /// The request (申请标识).
    pub id: ID,
    /// The party; one may ask it again (用工主体标识).
    pub party_id: ID,
    /// What the party is called (用工主体名称).
    pub party_name: String,
    /// What came of it (办理状态).
    pub status: AgentRequestStatus,
    /// When it was asked (申请时间).
    pub asked_at: DateTime<FixedOffset>,
    /// When it was answered (答复时间).
    pub decided_at: Option<DateTime<FixedOffset>>,
    /// Why it was declined (不同意的原因).
    pub reason: Option<String>,
}

impl OwnAgencyRequest {
    pub(super) fn of(ctx: &Ctx, (row, party): Asked) -> Option<Self> {
        Some(Self {
            id: ctx.gid("AgentRequest", row.id),
            party_id: ctx.gid("HiringParty", row.party_id),
            party_name: party?.display_name,
            status: row.status,
            asked_at: moment(row.asked_at),
            decided_at: row.decided_at.map(moment),
            reason: row.reason,
        })
    }
}

/// That somebody asked to act for a party (经办申请已提交).
#[derive(Clone, Debug, SimpleObject)]
pub struct AgencyRequested {
    /// The request (申请标识).
    pub id: ID,
}
