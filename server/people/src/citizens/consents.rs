//! Consents (知情同意): to what, after which notice, given how. A consent at a counter rests on something that can be looked at
//! later: a signed paper, a second member of staff who heard it, or a code that came to the person's own telephone.

use async_graphql::{Enum, ID, InputObject};
use kernel::{Action, Actor, Ctx, Fault, Lang, Place, Tx, blob};
use sea_orm::{EntityTrait as _, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::attempts::{self, Proof};
use super::notice;
use super::rows::consent;
use super::rules::codes::PhoneCodePurpose;
use crate::{colleagues, queries};
use kernel::checks::Phone;

/// What a consent is for (同意事项).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize)]
pub enum ConsentPurpose {
    /// Being registered as looking for work (求职登记).
    Registration,
    /// That hardship is written down: sensitive, and consented to separately (记录困难情形，敏感个人信息，单独同意).
    Difficulty,
}

impl ConsentPurpose {
    /// As stored.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Registration => "REGISTRATION",
            Self::Difficulty => "DIFFICULTY",
        }
    }

    /// From what is stored; the narrower one where that cannot be read.
    pub(crate) fn stored(text: &str) -> Self {
        if text == Self::Registration.name() { Self::Registration } else { Self::Difficulty }
    }
}

/// How a consent was given (同意方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize)]
pub enum ConsentHow {
    /// By the person itself, signed in (本人在线确认).
    Online,
    /// With the code that came to the person's own telephone (本人手机验证码).
    PhoneCode,
    /// On a signed paper, of which there is a scan (签字纸质件).
    SignedPaper,
    /// Spoken before a second member of staff (口头同意，另一名工作人员见证).
    Spoken,
}

impl ConsentHow {
    /// As stored.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Online => "ONLINE",
            Self::PhoneCode => "PHONE_CODE",
            Self::SignedPaper => "SIGNED_PAPER",
            Self::Spoken => "SPOKEN",
        }
    }

    /// From what is stored.
    pub(crate) fn stored(text: &str) -> Self {
        let all = [Self::PhoneCode, Self::SignedPaper, Self::Spoken];
        all.into_iter().find(|how| how.name() == text).unwrap_or(Self::Online)
    }
}

/// A consent, and what it rests on (知情同意).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct ConsentInput {
    /// The version of the notice that was shown or read out (告知书版本).
    pub notice_version: String,
    /// How it was given (同意方式).
    pub how: ConsentHow,
    /// The scan of the signed paper: a completed upload (签字件的上传标识).
    pub paper: Option<ID>,
    /// The account of the second member of staff (见证人账号).
    pub witness: Option<ID>,
    /// The code that came to the person's telephone (本人手机收到的验证码).
    pub code: Option<String>,
}

/// A consent with its ids read.
#[derive(Clone, Debug)]
pub struct ConsentForm {
    notice_version: String,
    how: ConsentHow,
    paper: Option<Uuid>,
    witness: Option<Uuid>,
    code: Option<String>,
}

impl ConsentForm {
    /// Reads the ids.
    pub(crate) fn read(ctx: &Ctx, input: ConsentInput) -> Result<Self, Fault> {
        Ok(Self {
            notice_version: input.notice_version,
            how: input.how,
            paper: input.paper.map(|id| ctx.parse_id("Upload", &id)).transpose()?,
            witness: input.witness.map(|id| ctx.parse_id("Account", &id)).transpose()?,
            code: input.code,
        })
    }

    /// One given by the person itself, signed in.
    #[must_use]
    pub fn online() -> Self {
        let notice_version = notice::current().version.to_owned();
        Self { notice_version, how: ConsentHow::Online, paper: None, witness: None, code: None }
    }

    /// One that was spoken before a second member of staff.
    #[must_use]
    pub fn spoken(witness: Uuid) -> Self {
        Self { how: ConsentHow::Spoken, witness: Some(witness), ..Self::online() }
    }

    /// One on a signed paper.
    #[must_use]
    pub fn on_paper(paper: Uuid) -> Self {
        Self { how: ConsentHow::SignedPaper, paper: Some(paper), ..Self::online() }
    }

    /// One with the code that came to the person's telephone.
    #[must_use]
    pub fn by_code(code: &str) -> Self {
        Self { how: ConsentHow::PhoneCode, code: Some(code.to_owned()), ..Self::online() }
    }

    /// The same after another version of the notice.
    #[must_use]
    pub fn after(mut self, version: &str) -> Self {
        version.clone_into(&mut self.notice_version);
        self
    }
}

/// Why a consent is none (同意无效).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConsentFlaw {
    NoticeChanged,
    NotOnline,
    OnlyOnline,
    PaperNeeded,
    WitnessNeeded,
    WitnessUnfit,
    CodeNeeded,
    WrongCode,
}

impl ConsentFlaw {
    pub(crate) fn message(self, lang: Lang) -> String {
        let version = notice::current().version;
        match (self, lang) {
            (Self::NoticeChanged, Lang::Zh) => format!("请先向本人出示现行的个人信息处理告知书（{version}），再办理。"),
            (Self::NoticeChanged, Lang::En) => format!("Show the present privacy notice ({version}) first."),
            (Self::NotOnline, Lang::Zh) => "由工作人员代办的，同意方式应为签字件、见证或本人手机验证码。".to_owned(),
            (Self::NotOnline, Lang::En) => {
                "Staff act on a signed paper, a witness or the person's own code.".to_owned()
            }
            (Self::OnlyOnline, Lang::Zh) => "本人办理的，同意方式应为在线确认。".to_owned(),
            (Self::OnlyOnline, Lang::En) => "Whoever acts in person agrees online.".to_owned(),
            (Self::PaperNeeded, Lang::Zh) => "请先上传本人签字的纸质件，每份只用一次。".to_owned(),
            (Self::PaperNeeded, Lang::En) => "Upload the signed paper first; each is used once.".to_owned(),
            (Self::WitnessNeeded, Lang::Zh) => "口头同意须注明在场见证的另一名工作人员。".to_owned(),
            (Self::WitnessNeeded, Lang::En) => {
                "Name the second member of staff who heard the spoken consent.".to_owned()
            }
            (Self::WitnessUnfit, Lang::Zh) => "见证人须是另一名在此处有登记权限的在用账号。".to_owned(),
            (Self::WitnessUnfit, Lang::En) => {
                "The witness must be another active account that may register people here.".to_owned()
            }
            (Self::CodeNeeded, Lang::Zh) => "请填写本人手机号，并输入本人手机收到的验证码。".to_owned(),
            (Self::CodeNeeded, Lang::En) => "Enter the person's number and the code that came to it.".to_owned(),
            (Self::WrongCode, Lang::Zh) => "验证码不正确、已过期或已使用，请重新获取。".to_owned(),
            (Self::WrongCode, Lang::En) => "The code is wrong, over or used; ask for another.".to_owned(),
        }
    }

    /// Both texts, as refusals take them.
    pub(crate) fn texts(self) -> (String, String) {
        (self.message(Lang::Zh), self.message(Lang::En))
    }
}

/// Looks at the code of a consent, before the transaction; nothing where it rests on something else.
pub(crate) async fn prove(ctx: &Ctx, form: &ConsentForm, phone: Option<&Phone>) -> Result<Option<Proof>, Fault> {
    match (form.how, phone, form.code.as_deref()) {
        (ConsentHow::PhoneCode, Some(phone), Some(code)) => {
            attempts::check(ctx, phone, PhoneCodePurpose::Consent, code).await
        }
        _ => Ok(None),
    }
}

/// A consent that was found to be one, to be written down.
pub(crate) struct Given {
    form: ConsentForm,
}

impl Given {
    /// Was the number proved with it?
    pub(crate) fn proves_phone(&self) -> bool {
        self.form.how == ConsentHow::PhoneCode
    }

    /// The version of the notice.
    pub(crate) fn notice(&self) -> &str {
        &self.form.notice_version
    }
}

/// Is it a consent? Uses up the code and takes the paper into keeping. `action` is what the witness must be allowed to do there
/// as well.
pub(crate) async fn take(
    tx: &Tx,
    form: ConsentForm,
    proof: Option<&Proof>,
    action: &Action,
    place: &Place,
) -> Result<Result<Given, ConsentFlaw>, Fault> {
    if notice::current().version != form.notice_version {
        return Ok(Err(ConsentFlaw::NoticeChanged));
    }
    // Whoever is named is somebody, also where nobody is needed.
    if let Some(named) = form.witness
        && queries::account(tx, named).await?.is_none()
    {
        return Ok(Err(ConsentFlaw::WitnessUnfit));
    }
    let in_person = matches!(tx.ctx().actor(), Actor::Citizen(_));
    let flaw = match form.how {
        ConsentHow::Online if in_person => None,
        ConsentHow::Online => Some(ConsentFlaw::NotOnline),
        _ if in_person => Some(ConsentFlaw::OnlyOnline),
        ConsentHow::PhoneCode => by_code(tx, &form, proof).await?,
        ConsentHow::SignedPaper => on_paper(tx, &form).await?,
        ConsentHow::Spoken => before_witness(tx, &form, action, place).await?,
    };
    Ok(flaw.map_or(Ok(Given { form }), Err))
}

async fn by_code(tx: &Tx, form: &ConsentForm, proof: Option<&Proof>) -> Result<Option<ConsentFlaw>, Fault> {
    let Some(proof) = proof else {
        return Ok(Some(if form.code.is_some() { ConsentFlaw::WrongCode } else { ConsentFlaw::CodeNeeded }));
    };
    Ok((!proof.use_up(tx).await?).then_some(ConsentFlaw::WrongCode))
}

async fn on_paper(tx: &Tx, form: &ConsentForm) -> Result<Option<ConsentFlaw>, Fault> {
    let Some(paper) = form.paper else { return Ok(Some(ConsentFlaw::PaperNeeded)) };
    match blob::keep(tx, paper, &blob::PERSON_PAPER).await {
        Ok(Some(_)) => Ok(None),
        Ok(None) | Err(Fault::NotFound) => Ok(Some(ConsentFlaw::PaperNeeded)),
        Err(fault) => Err(fault),
    }
}

async fn before_witness(
    tx: &Tx,
    form: &ConsentForm,
    action: &Action,
    place: &Place,
) -> Result<Option<ConsentFlaw>, Fault> {
    let ctx = tx.ctx();
    let Some(witness) = form.witness else { return Ok(Some(ConsentFlaw::WitnessNeeded)) };
    let other = queries::account(tx, witness).await?.filter(|row| ctx.actor().account_id() != Some(row.id));
    let may = match other {
        Some(account) => colleagues::may(tx, &account, &[action], place).await?,
        None => false,
    };
    Ok((!may).then_some(ConsentFlaw::WitnessUnfit))
}

/// Writes a consent down; its id.
pub(crate) async fn write(tx: &Tx, citizen: Uuid, purpose: ConsentPurpose, given: &Given) -> Result<Uuid, Fault> {
    let (ctx, form) = (tx.ctx(), &given.form);
    let id = ctx.new_id();
    let row = consent::ActiveModel {
        id: Set(id),
        citizen_id: Set(citizen),
        purpose: Set(purpose.name().to_owned()),
        notice_version: Set(form.notice_version.clone()),
        how: Set(form.how.name().to_owned()),
        file_id: Set(form.paper.filter(|_| form.how == ConsentHow::SignedPaper)),
        witness: Set(form.witness.filter(|_| form.how == ConsentHow::Spoken)),
        taken_by: Set(ctx.actor().account_id()),
        given_at: Set(ctx.now()),
        withdrawn_at: Set(None),
    };
    consent::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(id)
}
