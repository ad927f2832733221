//! A citizen as itself and the staff see it: masked.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};
use entities::citizen;
use kernel::gql::{self, Answer};
use kernel::{Ctx, Fault, Lang, Mask};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use crate::citizens::consents::{ConsentHow, ConsentPurpose};
use crate::citizens::rows::consent;
use crate::citizens::store;
use crate::schema::types::{City, LetterLang};
use crate::workers::schema::worker::Worker;

/// What a citizen is (个人用户状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CitizenStatus {
    /// It may sign in (正常).
    Active,
    /// It may not (已停用).
    Blocked,
}

/// A consent that was given (同意记录).
#[derive(Clone, Debug, SimpleObject)]
pub struct Consent {
    /// Its id (标识).
    pub id: ID,
    /// What for (同意事项).
    pub purpose: ConsentPurpose,
    /// After which version of the notice (告知书版本).
    pub notice_version: String,
    /// How it was given (同意方式).
    pub how: ConsentHow,
    /// When (同意时间).
    pub given_at: DateTime<FixedOffset>,
    /// When it was withdrawn (撤回时间).
    pub withdrawn_at: Option<DateTime<FixedOffset>>,
}

impl Consent {
    pub(crate) fn of(ctx: &Ctx, row: &consent::Model) -> Self {
        Self {
            id: ctx.gid("Consent", row.id),
            purpose: ConsentPurpose::stored(&row.purpose),
            notice_version: row.notice_version.clone(),
            how: ConsentHow::stored(&row.how),
            given_at: gql::moment(row.given_at),
            withdrawn_at: row.withdrawn_at.map(gql::moment),
        }
    }

    /// The consents of a citizen, the newest first.
    pub(crate) async fn all(ctx: &Ctx, citizen: uuid::Uuid) -> Result<Vec<Self>, Fault> {
        let rows = consent::Entity::find()
            .filter(consent::Column::CitizenId.eq(citizen))
            .order_by_desc(consent::Column::Id)
            .all(&ctx.scope())
            .await?;
        Ok(rows.iter().map(|row| Self::of(ctx, row)).collect())
    }
}

/// Somebody of the city who has no account (个人用户): whoever works, or has others work.
#[derive(Clone, Debug)]
pub struct Citizen {
    row: citizen::Model,
}

impl Citizen {
    pub(crate) const fn new(row: citizen::Model) -> Self {
        Self { row }
    }

    async fn masked(&self, ctx: &Ctx, column: &str, sealed: Option<&[u8]>, mask: Mask) -> Answer<String> {
        let sealed = sealed?;
        let opened = async { ctx.keys().await?.open("citizen", column, self.row.id, sealed) }.await;
        gql::found(ctx, opened.map(|value| value.masked(mask)))
    }
}

/// Somebody of the city who has no account (个人用户): whoever works, or has others work.
#[Object]
impl Citizen {
    /// Its id (标识).
    async fn id(&self, gql: &Context<'_>) -> ID {
        gql::ctx(gql).gid("Citizen", self.row.id)
    }

    /// What it is (状态).
    async fn status(&self) -> CitizenStatus {
        if self.row.status == "ACTIVE" { CitizenStatus::Active } else { CitizenStatus::Blocked }
    }

    /// Its name, masked: 张* (姓名，已脱敏).
    async fn name_masked(&self, gql: &Context<'_>) -> Answer<String> {
        self.masked(gql::ctx(gql), "name", self.row.name.as_deref(), Mask::Name).await
    }

    /// Its telephone number, masked (手机号，已脱敏).
    async fn phone_masked(&self, gql: &Context<'_>) -> Answer<String> {
        self.masked(gql::ctx(gql), "phone", self.row.phone.as_deref(), Mask::Phone).await
    }

    /// Did a code that was sent to the number come back (手机号是否已核验)?
    async fn phone_proved(&self) -> bool {
        self.row.phone_proved_at.is_some()
    }

    /// Its citizen number, masked (公民身份号码，已脱敏).
    async fn id_number_masked(&self, gql: &Context<'_>) -> Answer<String> {
        self.masked(gql::ctx(gql), "id_number", self.row.id_number.as_deref(), Mask::CitizenId).await
    }

    /// The language of messages (短信语言).
    async fn lang(&self) -> LetterLang {
        Lang::from_code(&self.row.lang).into()
    }

    /// Which version of the privacy notice was shown (已告知的告知书版本).
    async fn notice_version(&self) -> Option<&str> {
        self.row.notice_version.as_deref()
    }

    /// The consents it gave, the newest first (同意记录).
    async fn consents(&self, gql: &Context<'_>) -> Answer<Vec<Consent>> {
        let ctx = gql::ctx(gql);
        gql::found(ctx, Consent::all(ctx, self.row.id).await)
    }

    /// When it was first known (建立时间).
    async fn created_at(&self) -> DateTime<FixedOffset> {
        gql::moment(self.row.created_at)
    }

    /// Counts changes (版本).
    async fn version(&self) -> i32 {
        self.row.version
    }
}

/// By which right somebody acts for a hiring party (经办身份).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PartyRight {
    /// It is the person's own (本人).
    Owner,
    /// The person was authorised (受委托).
    Agent,
}

/// A hiring party that somebody acts for (经办的用工主体).
#[derive(Clone, Debug, SimpleObject)]
pub struct PartyMembership {
    /// That it acts, for `endAgent` (经办授权标识).
    pub member_id: ID,
    /// The party (用工主体标识).
    pub party_id: ID,
    /// What it is called (名称).
    pub display_name: String,
    /// What it is, as stored: `VERIFIED` (状态).
    pub status: String,
    /// By which right (经办身份).
    pub right: PartyRight,
    /// Since when (自何时起).
    pub since: DateTime<FixedOffset>,
}

/// A citizen who is signed in (当前个人用户).
#[derive(Clone, Debug, SimpleObject)]
pub struct CitizenViewer {
    /// Who it is (个人用户).
    pub citizen: Citizen,
    /// What it wants to work at, if it registered (求职登记).
    pub worker: Option<Worker>,
    /// Which hiring parties it acts for (经办的用工主体).
    pub parties: Vec<PartyMembership>,
    /// Until when the session lasts at most (会话到期时间).
    pub session_ends_at: DateTime<FixedOffset>,
    /// Where it is signed in (所在城市).
    pub tenant: City,
}

/// The privacy notice (个人信息处理告知书, 个人信息保护法第十七条).
#[derive(Clone, Debug, SimpleObject)]
pub struct PrivacyNotice {
    /// Its version, which a consent names (版本).
    pub version: String,
    /// The text in the caller's language, as Markdown (正文).
    pub text: String,
}

/// A citizen of this id, for whoever has asked.
pub(crate) async fn citizen(ctx: &Ctx, id: uuid::Uuid) -> Result<Citizen, Fault> {
    store::citizen(&ctx.scope(), id).await.map(Citizen::new)
}
