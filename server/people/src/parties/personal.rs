//! What is held about a citizen as somebody who hires (用工主体个人信息): shown for a reason, handed out, erased.
//!
//! Called by the chapter's provider for citizens, before the row of the citizen itself is emptied: a contact of a unit is
//! known as the person's by the number.

use entities::hiring_party::{self, Column};
use entities::{citizen, party_member};
use kernel::gql::moment;
use kernel::keys::KeyRing;
use kernel::personal::{PersonalField, Piece, Shown};
use kernel::{Ctx, Fault, Pii, Text, Tx, sms};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::kinds::{PartyKind, PartyStatus};
use super::operations::close_party::close;
use super::rows::{
    agent_authorisation, employer_visit, party_event, party_recheck, party_review, pledge_signature, verification_step,
};
use super::rules::life;
use super::rules::registration;
use super::store::{citizens, evidence, party as rows, visible};

/// Why the bare row of a party stays.
const KEPT: Text = Text::new(
    "用工主体的编号依《保障农民工工资支付条例》第十五条随工资台账保存三年，其中不留个人信息",
    "the number of the party stays with the ledger of wages for three years (Regulations on Ensuring Wage Payment to Migrant Workers, art 15); nothing personal stays in it",
);
/// What agencies wrote down about those whom they served.
const RECORDS: Text = Text::new("机构服务台账和收费凭证", "Ledgers and receipts of agencies");
/// Why that stays: it names whoever was served, and no number finds it.
const KEPT_BY_AGENCIES: Text = Text::new(
    "人力资源服务机构如曾提供服务，其服务台账和收费凭证记有用工方的名称，依《人力资源市场暂行条例》第三十三条保存两年（网络招聘服务依人力资源社会保障部令第44号保存三年），到期自动删除；其中只记名称，无法按本人查出",
    "ledger and receipts of an agency that served the person name who hired, for two years (Interim Regulations on the Human Resources Market, art 33; of services on the network three, order 44 of the ministry), and go by themselves; they have the name alone, by which nobody is found",
);
/// What stands for a person who was erased.
const GONE: &str = "已删除用户";

/// Loads and authorises a party and opens whom to ask for, or the number.
pub(crate) async fn reveal(tx: &Tx, shown: &Shown, id: Uuid) -> Result<Pii<String>, Fault> {
    let row = visible::load_for(tx, shown.action, id).await?;
    let (column, sealed) = match shown.field {
        PersonalField::Phone => ("contact_phone", &row.contact_phone),
        _ => ("contact_name", &row.contact_name),
    };
    let value = tx.ctx().keys().await?.open(rows::TABLE, column, id, sealed)?;
    if value.is_blank() { Err(Fault::NotFound) } else { Ok(value) }
}

/// The number of the citizen, as contacts are found by it.
async fn number(db: &impl ConnectionTrait, ring: &KeyRing, citizen: Uuid) -> Result<Option<Vec<u8>>, Fault> {
    let Some(row) = citizen::Entity::find_by_id(citizen).one(db).await? else { return Ok(None) };
    let phone = citizens::phone(ring, &row)?.and_then(|phone| registration::phone(&phone).ok());
    Ok(phone.map(|phone| rows::contact_index(ring, &phone.sought)))
}

/// The parties in which something of the citizen stands: its own, and those whose contact it is.
async fn parties(db: &impl ConnectionTrait, ring: &KeyRing, citizen: Uuid) -> Result<Vec<hiring_party::Model>, Fault> {
    let called = number(db, ring, citizen).await?.map(|index| Column::ContactIndex.eq(index));
    let whose = Condition::any().add(Column::CitizenId.eq(citizen)).add_option(called);
    Ok(hiring_party::Entity::find().filter(whose).order_by_asc(Column::Id).all(db).await?)
}

/// What is held about a citizen as somebody who hires.
pub async fn held(ctx: &Ctx, citizen: Uuid) -> Result<Vec<Piece>, Fault> {
    let (scope, ring) = (ctx.scope(), ctx.keys().await?);
    let mut pieces = Vec::new();
    for row in parties(&scope, &ring, citizen).await? {
        let own = row.citizen_id == Some(citizen);
        let open = |column: &str, sealed: &[u8]| ring.open(rows::TABLE, column, row.id, sealed);
        let mut values = vec![
            ("contactName", open("contact_name", &row.contact_name)?),
            ("contactPhone", open("contact_phone", &row.contact_phone)?),
            ("party", row.display_name.clone().into()),
            ("status", row.status.clone().into()),
            ("registeredAt", moment(row.created_at).to_rfc3339().into()),
        ];
        if let Some(name) = &row.name {
            values.push(("name", open("name", name)?));
        }
        let title = if own { Text::new("本人的用工主体", "One's own hiring party") } else { CONTACT };
        pieces.push(Piece { title, values, kept: own.then_some(KEPT) });
        if own && !PartyKind::of(&row).is_unit() {
            pieces.push(Piece { title: RECORDS, values: Vec::new(), kept: Some(KEPT_BY_AGENCIES) });
        }
    }
    let acts = party_member::Entity::find()
        .filter(party_member::Column::CitizenId.eq(citizen))
        .order_by_asc(party_member::Column::Id)
        .all(&scope)
        .await?;
    for row in acts {
        let mut values = vec![("as", Pii::from(row.authorised)), ("since", moment(row.since).to_rfc3339().into())];
        values.extend(row.ended_at.map(|at| ("endedAt", Pii::from(moment(at).to_rfc3339()))));
        pieces.push(Piece { title: Text::new("经办身份", "Acting for a hiring party"), values, kept: None });
    }
    Ok(pieces)
}

/// Of a unit, whom to ask for.
const CONTACT: Text = Text::new("单位联系人", "Contact of a unit");

/// Lets go of everything about a citizen as somebody who hires; how many rows. Its own parties close, and are empty; a unit
/// whose contact it was has none any more; it acts for nobody.
pub async fn erase(tx: &Tx, citizen: Uuid) -> Result<u64, Fault> {
    let ring = tx.ctx().keys().await?;
    let mut touched = 0;
    for row in parties(tx, &ring, citizen).await? {
        let mut change = hiring_party::ActiveModel::default();
        empty_contact(&ring, &mut change, row.id)?;
        if row.citizen_id == Some(citizen) && !PartyKind::of(&row).is_unit() {
            change.name = Set(None);
            change.display_name = Set(GONE.to_owned());
            change.address = Set(None);
            touched += papers(tx, row.id).await? + sms::forget_about(tx, "HiringParty", [row.id]).await?;
            if life::is_open(PartyStatus::of(&row)) {
                close(tx, &row, change).await?;
            } else {
                change.status_reason = Set(None);
                rows::change(tx, &row, change).await?;
            }
            silence(tx, row.id).await?;
        } else {
            rows::change(tx, &row, change).await?;
        }
        touched += 1;
    }
    let ended = party_member::Entity::update_many()
        .col_expr(party_member::Column::EndedAt, Expr::value(tx.ctx().now()))
        .filter(party_member::Column::CitizenId.eq(citizen))
        .filter(party_member::Column::EndedAt.is_null())
        .exec(tx)
        .await?;
    Ok(touched + ended.rows_affected + authorisations(tx, citizen).await?)
}

/// Nothing where a name and a number stood; no number finds it.
fn empty_contact(ring: &KeyRing, change: &mut hiring_party::ActiveModel, id: Uuid) -> Result<(), Fault> {
    let nothing = Pii::from("");
    change.contact_name = Set(ring.seal(rows::TABLE, "contact_name", id, &nothing)?);
    change.contact_phone = Set(ring.seal(rows::TABLE, "contact_phone", id, &nothing)?);
    change.contact_index = Set(rows::contact_index(ring, &id.to_string().into()));
    Ok(())
}

/// Throws away what was shown by a person, and what was written about it: steps, signatures, visits, and the files.
async fn papers(tx: &Tx, party: Uuid) -> Result<u64, Fault> {
    use {employer_visit::Column as Visit, pledge_signature::Column as Signed, verification_step::Column as Step};
    let steps = verification_step::Entity::find().filter(Step::PartyId.eq(party)).all(tx).await?;
    let signed = pledge_signature::Entity::find().filter(Signed::PartyId.eq(party)).all(tx).await?;
    let looked = party_recheck::Entity::find().filter(party_recheck::Column::PartyId.eq(party)).all(tx).await?;
    let files = steps.iter().filter_map(|row| row.evidence).chain(signed.iter().filter_map(|row| row.evidence));
    let files = files.chain(looked.iter().filter_map(|row| row.evidence)).collect();
    let gone = [
        verification_step::Entity::delete_many().filter(Step::PartyId.eq(party)).exec(tx).await?,
        pledge_signature::Entity::delete_many().filter(Signed::PartyId.eq(party)).exec(tx).await?,
        employer_visit::Entity::delete_many().filter(Visit::PartyId.eq(party)).exec(tx).await?,
    ];
    Ok(gone.iter().map(|gone| gone.rows_affected).sum::<u64>() + evidence::throw_away(tx, files).await?)
}

/// That something happened stays; what was said of the person does not.
async fn silence(tx: &Tx, party: Uuid) -> Result<(), Fault> {
    let nothing = || Expr::value(Option::<String>::None);
    party_event::Entity::update_many()
        .col_expr(party_event::Column::Reason, nothing())
        .filter(party_event::Column::PartyId.eq(party))
        .exec(tx)
        .await?;
    party_review::Entity::update_many()
        .col_expr(party_review::Column::Remarks, nothing())
        .filter(party_review::Column::PartyId.eq(party))
        .exec(tx)
        .await?;
    party_recheck::Entity::update_many()
        .col_expr(party_recheck::Column::Finding, nothing())
        .col_expr(party_recheck::Column::Reason, nothing())
        .col_expr(party_recheck::Column::Evidence, Expr::value(Option::<Uuid>::None))
        .filter(party_recheck::Column::PartyId.eq(party))
        .exec(tx)
        .await?;
    Ok(())
}

/// Throws away how the citizen came to act for parties, and the papers.
async fn authorisations(tx: &Tx, citizen: Uuid) -> Result<u64, Fault> {
    use agent_authorisation::Column as Given;
    let files: Vec<Uuid> = agent_authorisation::Entity::find()
        .select_only()
        .column(Given::Evidence)
        .filter(Given::CitizenId.eq(citizen))
        .filter(Given::Evidence.is_not_null())
        .into_tuple()
        .all(tx)
        .await?;
    let gone = agent_authorisation::Entity::delete_many().filter(Given::CitizenId.eq(citizen)).exec(tx).await?;
    Ok(gone.rows_affected + evidence::throw_away(tx, files).await?)
}

/// Two entries of citizens are one person (合并): what the second asked for and was given goes over to the first.
pub async fn merge(tx: &Tx, into: Uuid, from: Uuid) -> Result<(), Fault> {
    use agent_authorisation::Column as Given;
    // Of what both asked for, the first's request is the one.
    let asked: Vec<Uuid> = agent_authorisation::Entity::find()
        .select_only()
        .column(Given::PartyId)
        .filter(Given::CitizenId.eq(into))
        .filter(Given::Status.eq(super::kinds::AgentRequestStatus::Asked))
        .into_tuple()
        .all(tx)
        .await?;
    agent_authorisation::Entity::delete_many()
        .filter(Given::CitizenId.eq(from))
        .filter(Given::Status.eq(super::kinds::AgentRequestStatus::Asked))
        .filter(Given::PartyId.is_in(asked))
        .exec(tx)
        .await?;
    agent_authorisation::Entity::update_many()
        .col_expr(Given::CitizenId, Expr::value(into))
        .filter(Given::CitizenId.eq(from))
        .exec(tx)
        .await?;
    Ok(())
}
