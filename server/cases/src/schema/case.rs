//! A case as those who may see it see it (办件).

use std::sync::Arc;

use async_graphql::{Error, ID, Object, Result, SimpleObject};
use chrono::{DateTime, FixedOffset};
use kernel::gql::{self, Answer, Date, Page, Paging, moment};
use kernel::{Ctx, Fault, Outcome, Pii, Stop};
use uuid::Uuid;

use super::kind::KindShown;
use crate::case_kind;
use crate::kinds::{CaseDecision, CaseEventKind, CasePartyKind, CaseStatus};
use crate::rows::{case_event, case_file};
use crate::rules::clock;
use crate::rules::life::is_open;
use crate::store::batch::{Batch, Names};
use crate::store::visible::{self, Sight};

/// A case (办件).
#[derive(Clone, Debug)]
pub struct Case {
    row: case_file::Model,
    page: Arc<Batch>,
}

/// What a case is about (所涉事项).
#[derive(Clone, Debug, SimpleObject)]
pub struct CaseSubject {
    /// The kind of thing (类型).
    pub kind: String,
    /// Its id (标识).
    pub id: ID,
    /// What it is called, where it is still there (名称).
    pub title: Option<String>,
}

/// An official who has to do with a case (经办人员).
#[derive(Clone, Debug, SimpleObject)]
pub struct CaseOfficial {
    /// The account (账号).
    pub id: ID,
    /// The name colleagues know (姓名).
    pub name: String,
}

/// Somebody in the course of a case (当事人).
#[derive(Clone, Debug, SimpleObject)]
pub struct CaseParty {
    /// An account, a citizen, or the system (类型).
    pub kind: CasePartyKind,
    /// The working name, where it is an account (姓名).
    pub name: Option<String>,
}

/// An entry in the course of a case (办理过程).
#[derive(Clone, Debug, SimpleObject)]
pub struct CaseEvent {
    /// When (时间).
    pub at: DateTime<FixedOffset>,
    /// What happened, as a code (节点).
    pub kind: CaseEventKind,
    /// In words (名称).
    pub title: String,
    /// Who did it (操作人).
    pub actor: CaseParty,
    /// The other official: to whom it was offered, or whose it was before (相关人员).
    pub other: Option<CaseOfficial>,
    /// What was noted (备注).
    pub note: Option<String>,
    /// For officials only (仅内部可见)?
    pub internal: bool,
}

impl Case {
    /// Cases of one page.
    pub(crate) fn page(ctx: &Ctx, sight: Sight, rows: Vec<case_file::Model>) -> Vec<Self> {
        let page = Batch::of(ctx, sight, &rows);
        rows.into_iter().map(|row| Self { row, page: Arc::clone(&page) }).collect()
    }

    /// The case of this id, as whoever asks may see it.
    pub async fn at(ctx: &Ctx, id: Uuid) -> Result<Self, Fault> {
        let sight = Sight::of(ctx).await?;
        let row = visible::load(&ctx.scope(), &sight, id).await?;
        Self::page(ctx, sight, vec![row]).pop().ok_or(Fault::NotFound)
    }

    /// What an operation was about, read again: also for mutations of chapters above that open a case.
    pub async fn again<R>(ctx: &Ctx, done: Result<Outcome, Stop<R>>) -> Result<Self, Stop<R>> {
        Ok(Self::at(ctx, done?.id).await?)
    }

    fn ctx(&self) -> &Ctx {
        self.page.ctx()
    }

    fn failed(&self) -> impl FnOnce(Fault) -> Error + '_ {
        |fault| gql::error(self.ctx(), &fault)
    }

    /// An official, by name.
    async fn official(&self, id: Option<Uuid>) -> Answer<CaseOfficial> {
        let id = id?;
        Some(self.page.names().await.map(|names| official(self.ctx(), id, names)).map_err(self.failed()))
    }

    /// A sealed text of the file, opened.
    async fn opened(&self, column: &str, sealed: Option<&[u8]>) -> Result<Option<Pii<String>>, Fault> {
        let Some(sealed) = sealed else { return Ok(None) };
        self.ctx().keys().await?.open("case_file", column, self.row.id, sealed).map(Some)
    }
}

/// A colleague's working name; none of an account that is gone.
fn name(id: Uuid, names: &Names) -> Option<String> {
    names.get(&id).map(|name| name.expose().clone())
}

fn official(ctx: &Ctx, id: Uuid, names: &Names) -> CaseOfficial {
    CaseOfficial { id: ctx.gid("Account", id), name: name(id, names).unwrap_or_default() }
}

fn party(kind: CasePartyKind, id: Option<Uuid>, names: &Names) -> CaseParty {
    let account = id.filter(|_| kind == CasePartyKind::Account);
    CaseParty { kind, name: account.and_then(|id| name(id, names)) }
}

/// A text that was opened, for whoever may read it.
fn plain(text: Result<Option<Pii<String>>, Error>) -> Answer<String> {
    text.map(|text| text.map(|text| text.expose().clone())).transpose()
}

/// A case (办件): what a person asked of the bureau, whose it is, by when, and what was decided.
#[Object]
impl Case {
    /// Id (标识).
    async fn id(&self) -> ID {
        self.ctx().gid("Case", self.row.id)
    }

    /// Reference number (办件编号).
    async fn reference(&self) -> &str {
        &self.row.reference
    }

    /// The code of its kind (类型代码).
    async fn kind_code(&self) -> &str {
        &self.row.kind
    }

    /// Its kind, as it is declared now (办件类型).
    async fn kind(&self) -> Option<KindShown> {
        case_kind::known(self.ctx().kernel(), &self.row.kind).map(|kind| KindShown::of(&kind, self.ctx().lang()))
    }

    /// What it is about (所涉事项).
    async fn subject(&self) -> Result<CaseSubject> {
        let (kind, id) = (&self.row.subject_kind, self.row.subject_id);
        let title = self.page.titles().await.map_err(self.failed())?.get(&id).cloned();
        Ok(CaseSubject { kind: kind.clone(), id: self.ctx().gid(kind, id), title })
    }

    /// State (状态).
    async fn status(&self) -> CaseStatus {
        self.row.status
    }

    /// When it was opened (提出时间).
    async fn opened_at(&self) -> DateTime<FixedOffset> {
        moment(self.row.opened_at)
    }

    /// Who opened it (提出人).
    async fn opened_by(&self) -> Result<CaseParty> {
        let names = self.page.names().await.map_err(self.failed())?;
        Ok(party(self.row.opened_by_kind, Some(self.row.opened_by), names))
    }

    /// Did the caller open it (由我提出)?
    async fn opened_by_me(&self) -> bool {
        self.page.sight.is_opener(&self.row)
    }

    /// What the person wrote (事由和理由): for the owner, those who may handle such a case, and whoever opened it. Null for
    /// everybody else, and once the person was erased.
    async fn reason(&self) -> Answer<String> {
        let read = async {
            let may = visible::reads_reason(self.ctx(), &self.page.sight, &self.row).await?;
            self.opened("reason", self.row.reason.as_deref().filter(|_| may)).await
        };
        plain(read.await.map_err(self.failed()))
    }

    /// Division code of the county in which it stands (所在区县代码).
    async fn county(&self) -> Option<&str> {
        self.row.county.as_deref()
    }

    /// The market it is about (所涉市场).
    async fn market_id(&self) -> Option<ID> {
        self.row.market_id.map(|id| self.ctx().gid("Market", id))
    }

    /// Whose it is (经办人).
    async fn owner(&self) -> Answer<CaseOfficial> {
        self.official(self.row.owner_id).await
    }

    /// Since when (经办开始时间).
    async fn owned_since(&self) -> Option<DateTime<FixedOffset>> {
        self.row.owned_since.map(moment)
    }

    /// To whom its owner offered it, who has not accepted yet (拟转办给); for officials.
    async fn offered_to(&self) -> Answer<CaseOfficial> {
        let offered = self.row.offered_to.filter(|_| self.page.sight.is_official(&self.row));
        self.official(offered).await
    }

    /// When it was offered (提请转办时间); for officials.
    async fn offered_at(&self) -> Option<DateTime<FixedOffset>> {
        self.row.offered_at.filter(|_| self.page.sight.is_official(&self.row)).map(moment)
    }

    /// The last day on which it is decided in time (办理期限).
    async fn due_on(&self) -> Date {
        Date(self.row.due_on)
    }

    /// Was a year counted whose working calendar is not published (期限暂定)?
    async fn due_provisional(&self) -> bool {
        self.row.due_provisional
    }

    /// The rule by which it was dated, and its version (时限规则版本).
    async fn rule_version(&self) -> &str {
        &self.row.rule_version
    }

    /// Is it open and after its last day (已逾期)?
    async fn overdue(&self) -> bool {
        is_open(self.row.status) && clock::is_late(self.row.due_on, self.ctx().today())
    }

    /// When it got its yellow mark: one working day was left (黄牌时间).
    async fn warned_at(&self) -> Option<DateTime<FixedOffset>> {
        self.row.warned_at.map(moment)
    }

    /// When it got its red mark: it was late (红牌时间).
    async fn breached_at(&self) -> Option<DateTime<FixedOffset>> {
        self.row.breached_at.map(moment)
    }

    /// What was decided (办理结果).
    async fn decision(&self) -> Option<CaseDecision> {
        self.row.decision
    }

    /// Why (理由), for whoever sees the case. Null once the person was erased.
    async fn ground(&self) -> Answer<String> {
        plain(self.opened("decision_ground", self.row.decision_ground.as_deref()).await.map_err(self.failed()))
    }

    /// By which article (依据条款).
    async fn article(&self) -> Option<&str> {
        self.row.decision_article.as_deref()
    }

    /// Who decided (决定人).
    async fn decided_by(&self) -> Answer<CaseOfficial> {
        self.official(self.row.decided_by).await
    }

    /// When (办结时间).
    async fn decided_at(&self) -> Option<DateTime<FixedOffset>> {
        self.row.decided_at.map(moment)
    }

    /// What happened, the latest first (办理过程); what is for officials only, to officials.
    async fn timeline(
        &self,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
    ) -> Answer<Page<CaseEvent>> {
        let ctx = self.ctx();
        let answer = async {
            let paging = Paging::read(ctx, first, after, &format!("case-timeline:{}", self.row.id)).await?;
            let before = paging.after.as_ref().and_then(|key| key.first()?.parse::<Uuid>().ok());
            let course = self.page.course(before, paging.limit()).await.map_err(self.failed())?;
            let mut keyed = Vec::new();
            for row in course.of(self.row.id) {
                let event = CaseEvent::of(ctx, row, &course.names).await.map_err(self.failed())?;
                keyed.push((vec![row.id.to_string()], event));
            }
            paging.page(ctx, keyed, None).await
        };
        Some(answer.await)
    }

    /// Version (版本).
    async fn version(&self) -> i32 {
        self.row.version
    }
}

impl CaseEvent {
    async fn of(ctx: &Ctx, row: &case_event::Model, names: &Names) -> Result<Self, Fault> {
        let note = match &row.note {
            Some(sealed) => Some(ctx.keys().await?.open("case_event", "note", row.id, sealed)?),
            None => None,
        };
        Ok(Self {
            at: moment(row.at),
            kind: row.kind,
            title: row.kind.title().get(ctx.lang()).to_owned(),
            actor: party(row.actor_kind, row.actor_id, names),
            other: row.other_id.map(|id| official(ctx, id, names)),
            note: note.map(|note| note.expose().clone()),
            internal: row.internal,
        })
    }
}
