//! Keeping a template (保存招聘模板): the form as it was filled in, to begin the next posting with.

use kernel::sheet::text::tidy;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use markets::Which;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, SqlErr};
use uuid::Uuid;

use super::saving::told;
use crate::forms::PostingInput;
use crate::policy;
use crate::rows::posting_template::{ActiveModel, Column, Entity, Model};
use crate::rules::flaw::{Flaw, PostingFlawCode};
use crate::store::place::{Ground, ground};
use crate::store::templates;

/// Characters of a name at most.
const NAME: usize = 40;
/// Templates of a party at most.
const MOST: u64 = 100;

kernel::refusals! {
    /// Why a template was not kept (不予保存模板).
    pub SavePostingTemplate => SavePostingTemplateReason, SavePostingTemplateRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该模板已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this template (now version {current}); reload and try again.",
        /// No name.
        NameMissing { limit: usize } @ "name":
            "请填写模板名称，不超过 {limit} 个字。" / "Name the template, in at most {limit} characters.",
        /// Another one is called so.
        NameTaken { name: String } @ "name":
            "已有名为“{name}”的模板，请换一个名称或修改原模板。" / "There is a template “{name}” already; choose another name or change that one.",
        /// More than are kept.
        TooMany { most: u64 } @ "name": "最多保存 {most} 个模板，请先删除不用的。" / "At most {most} templates are kept; remove one first.",
        /// The form has flaws.
        Flawed { zh: String, en: String } @ "input": "{zh}" / "{en}",
    }
}

/// Keeps a new or a known template of a party (保存招聘模板). Its times are those of the day it was filled in for; they move to the
/// day it is used for.
pub async fn save_template(
    ctx: &Ctx,
    which: Which,
    name: String,
    input: PostingInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<SavePostingTemplate>> {
    ctx.transact_once(&policy::TEMPLATE, once, |tx| async move {
        let ground = ground(tx.ctx(), &tx, &input).await?;
        let party = ground.party.id;
        templates::may_keep(tx.ctx(), &tx, party).await?;
        let known = known(&tx, which, party).await?;
        let name = tidy(&name);
        decide(&tx, known.as_ref(), which, &name, (&ground, &input)).map_err(Stop::Refused)?;
        free(&tx, known.as_ref(), party, &name).await?;
        let content = serde_json::to_value(&input).map_err(Fault::of("write a template"))?;
        let (id, version) = known.as_ref().map_or_else(|| (tx.ctx().new_id(), 1), |row| (row.id, row.version + 1));
        tx.about("PostingTemplate", id);
        let row = ActiveModel {
            version: Set(version),
            name: Set(name.clone()),
            content: Set(content),
            ..ActiveModel::default()
        };
        if known.is_some() {
            Entity::update_many()
                .set(row)
                .filter(Column::Id.eq(id))
                .exec(&tx)
                .await
                .map_err(|error| taken(error, &name))?;
        } else {
            let row = ActiveModel { id: Set(id), party_id: Set(party), created_at: Set(tx.ctx().now()), ..row };
            Entity::insert(row).exec_without_returning(&tx).await.map_err(|error| taken(error, &name))?;
        }
        Ok(Outcome::of("PostingTemplate", id, version))
    })
    .await
}

/// Two may give the same name at one moment: the table takes the first, the second is told.
fn taken(error: DbErr, name: &str) -> Stop<SavePostingTemplate> {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => {
            Stop::Refused(SavePostingTemplate::NameTaken { name: name.to_owned() })
        }
        _ => error.into(),
    }
}

/// A known one of this party, held; another party's is not there.
async fn known(tx: &Tx, which: Which, party: Uuid) -> Result<Option<Model>, Fault> {
    let Some(id) = which.id else { return Ok(None) };
    let row = templates::held(tx, id).await?;
    if row.party_id == party { Ok(Some(row)) } else { Err(Fault::NotFound) }
}

fn decide(
    tx: &Tx,
    known: Option<&Model>,
    which: Which,
    name: &str,
    (ground, input): (&Ground, &PostingInput),
) -> Result<(), SavePostingTemplate> {
    if let Some(row) = known
        && which.version != Some(row.version)
    {
        return Err(SavePostingTemplate::Conflict { current: row.version });
    }
    if !(1..=NAME).contains(&name.chars().count()) {
        return Err(SavePostingTemplate::NameMissing { limit: NAME });
    }
    // Times pass, and a template outlives them.
    let lasting = |flaw: &Flaw| {
        let code = crate::rules::flaw::PostingFlaw::from_refusal(flaw, tx.ctx().lang()).code;
        !matches!(code, PostingFlawCode::ShiftPast | PostingFlawCode::ValidOver | PostingFlawCode::ValidReversed)
    };
    let flaws = ground.read(tx.ctx(), input, &[]).err().unwrap_or_default();
    let flaws: Vec<Flaw> = flaws.into_iter().filter(lasting).collect();
    if flaws.is_empty() {
        return Ok(());
    }
    let words = told(&flaws);
    Err(SavePostingTemplate::Flawed { zh: words.zh, en: words.en })
}

/// Is the name free, and is there room?
async fn free(tx: &Tx, known: Option<&Model>, party: Uuid, name: &str) -> Result<(), Stop<SavePostingTemplate>> {
    let of_party = || Entity::find().filter(Column::PartyId.eq(party));
    let same = of_party().filter(Column::Name.eq(name)).one(tx).await?;
    if same.is_some_and(|row| known.is_none_or(|known| known.id != row.id)) {
        return Err(Stop::Refused(SavePostingTemplate::NameTaken { name: name.to_owned() }));
    }
    if known.is_none() && of_party().count(tx).await? >= MOST {
        return Err(Stop::Refused(SavePostingTemplate::TooMany { most: MOST }));
    }
    Ok(())
}
