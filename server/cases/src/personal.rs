//! What this chapter holds about a person (个人信息): what they wrote, what was decided about it, and what they did as
//! officials.

use kernel::gql::moment;
use kernel::personal::{Person, PersonalData, Piece, async_trait};
use kernel::{Ctx, Fault, Pii, Text, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use uuid::Uuid;

use crate::kinds::{CaseEventKind, CasePartyKind, CaseStatus, Opener};
use crate::rows::case_event::{self, Column as Event};
use crate::rows::case_file::{ActiveModel, Column, Entity, Model};
use crate::store::{case, timeline};

/// Why the frame of a case stays.
const FRAME: Text = Text::new(
    "删除时只保留编号、日期和结果，作为依法履职的记录；本人所写内容、理由和备注一并删除（《个人信息保护法》第十三条、第四十七条）",
    "erasing leaves number, dates and result, a record of official work; what the person wrote, grounds and notes are deleted (Personal Information Protection Law, art 13 and art 47)",
);

/// Why what an official did stays.
const KEPT: Text = Text::new(
    "履行法定职责的工作记录，依《个人信息保护法》第十三条保留",
    "a record of official work, kept under the Personal Information Protection Law, art 13",
);

/// What this chapter knows of people with accounts; a chapter that knows citizens asks [`held_about`] and [`forget`] itself.
pub(crate) struct OfCases;

#[async_trait]
impl PersonalData for OfCases {
    async fn held(&self, ctx: &Ctx, person: &Person) -> Result<Vec<Piece>, Fault> {
        let mut pieces = held_about(ctx, Opener::Account(person.account)).await?;
        pieces.extend(official_work(ctx, person.account).await?);
        Ok(pieces)
    }

    /// What the person opened is blanked, and what is open of it ends; what the person owned is nobody's again.
    async fn erase(&self, tx: &Tx, person: &Person) -> Result<u64, Fault> {
        let own = forget(tx, Opener::Account(person.account)).await?;
        Ok(own + release(tx, person.account).await?)
    }
}

/// The cases of a person: opened by them for themselves, or for them by an official at the counter.
fn of(person: Opener) -> Condition {
    match person {
        Opener::Account(id) => Condition::all()
            .add(Column::OpenedByKind.eq(CasePartyKind::Account))
            .add(Column::OpenedBy.eq(id))
            .add(Column::CitizenId.is_null()),
        Opener::Citizen(id) => Condition::all().add(Column::CitizenId.eq(id)),
    }
}

/// What is held about a person who opened cases (办件中的个人信息).
pub async fn held_about(ctx: &Ctx, person: Opener) -> Result<Vec<Piece>, Fault> {
    let ring = ctx.keys().await?;
    let open = |row: &Model, column: &str, sealed: &Option<Vec<u8>>| {
        sealed.as_deref().map(|sealed| ring.open("case_file", column, row.id, sealed)).transpose()
    };
    let mut pieces = Vec::new();
    for row in Entity::find().filter(of(person)).order_by_asc(Column::Id).all(&ctx.scope()).await? {
        let decision = row.decision.map(|decision| decision.title().get(ctx.lang()).into());
        let mut values: Vec<(&'static str, Pii<String>)> = vec![
            ("reference", row.reference.as_str().into()),
            ("openedAt", moment(row.opened_at).to_rfc3339().into()),
            ("status", row.status.title().get(ctx.lang()).into()),
        ];
        values.extend(open(&row, "reason", &row.reason)?.map(|reason| ("reason", reason)));
        values.extend(decision.map(|decision| ("decision", decision)));
        values.extend(open(&row, "decision_ground", &row.decision_ground)?.map(|ground| ("ground", ground)));
        values.extend(row.decision_article.map(|article| ("article", article.into())));
        pieces.push(Piece { title: Text::new("本人的办件", "Case of the person"), values, kept: Some(FRAME) });
    }
    Ok(pieces)
}

/// Forgets what a person's cases say of them (删除办件中的个人信息): what they wrote, the grounds, notes of colleagues. What is
/// open of it ends; how many rows.
pub async fn forget(tx: &Tx, person: Opener) -> Result<u64, Fault> {
    let rows = Entity::find().filter(of(person)).order_by_asc(Column::Id).lock_exclusive().all(tx).await?;
    if rows.is_empty() {
        return Ok(0);
    }
    for row in rows.iter().filter(|row| row.closed_at.is_none()) {
        let change = ActiveModel { status: Set(CaseStatus::Withdrawn), ..case::closed(tx, row) };
        case::change(tx, row, change).await?;
        timeline::write(tx, row.id, CaseEventKind::Withdrawn);
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let nothing = || Expr::value(Option::<Vec<u8>>::None);
    let files = Entity::update_many()
        .col_expr(Column::Reason, nothing())
        .col_expr(Column::DecisionGround, nothing())
        .filter(Column::Id.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    let notes = case_event::Entity::update_many()
        .col_expr(Event::Note, nothing())
        .filter(Event::CaseId.is_in(ids))
        .filter(Event::Note.is_not_null())
        .exec(tx)
        .await?;
    Ok(files.rows_affected + notes.rows_affected)
}

/// What an official owned is nobody's again, and what was offered to them is not; how many cases.
async fn release(tx: &Tx, official: Uuid) -> Result<u64, Fault> {
    let theirs = Condition::any().add(Column::OwnerId.eq(official)).add(Column::OfferedTo.eq(official));
    let open = Entity::find().filter(theirs).filter(Column::ClosedAt.is_null());
    let rows = open.order_by_asc(Column::Id).lock_exclusive().all(tx).await?;
    for row in &rows {
        let not_offered = ActiveModel { offered_to: Set(None), offered_at: Set(None), ..ActiveModel::default() };
        if row.owner_id == Some(official) {
            let (status, nobody) = (Set(CaseStatus::Received), Set(None));
            let change = ActiveModel { status, owner_id: nobody, owned_since: Set(None), ..not_offered };
            case::change(tx, row, change).await?;
            timeline::write_about(tx, row.id, CaseEventKind::Released, Some(official));
        } else {
            case::change(tx, row, not_offered).await?;
        }
    }
    Ok(u64::try_from(rows.len()).unwrap_or(u64::MAX))
}

/// What an account did in cases.
async fn official_work(ctx: &Ctx, account: Uuid) -> Result<Vec<Piece>, Fault> {
    let rows = case_event::Entity::find()
        .filter(Event::ActorKind.eq(CasePartyKind::Account))
        .filter(Event::ActorId.eq(account))
        .order_by_asc(Event::Id)
        .all(&ctx.scope())
        .await?;
    let piece = |row: case_event::Model| Piece {
        title: Text::new("本人在办件中的操作", "What the person did in a case"),
        values: vec![
            ("case", ctx.gid("Case", row.case_id).to_string().into()),
            ("what", row.kind.title().get(ctx.lang()).into()),
            ("at", moment(row.at).to_rfc3339().into()),
        ],
        kept: Some(KEPT),
    };
    Ok(rows.into_iter().map(piece).collect())
}
