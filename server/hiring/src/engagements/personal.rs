//! What the hire holds about a worker (个人信息): messages, slips, points, and the lines of wage sheets. Erased with the citizen, but
//! for the wage ledger and the bare text of written agreements.

use entities::{blob, worker};
use kernel::blob::PERSONAL;
use kernel::clock::day_of;
use kernel::gql::moment;
use kernel::personal::Piece;
use kernel::{Ctx, Fault, Pii, Text, Tx, sms};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::events::EngagementCancelled;
use super::operations::confirm::offer_of;
use super::operations::export_record::file_names;
use super::operations::export_slip::file_name;
use super::rules::steps::{Step, holds_a_place};
use super::rules::terms::Terms;
use super::store::deal::with_posting;
use super::store::{change, deal, doors, hire_rules, record, slips, standby};
use crate::kinds::Side;
use crate::personal::GONE;
use crate::rows::{conduct_point, engagement, favourite, posting, talk, wage_line, wage_sheet, work_slip};
use kernel::money::yuan;

/// Why the wage ledger stays, and how long.
pub const KEPT: Text = Text::new(
    "工资支付台账依《保障农民工工资支付条例》第十五条至少保存3年，期间只保存、不使用，到期自动删除",
    "the wage ledger is kept for at least three years (保障农民工工资支付条例 art 15); until then it is stored and not used, and then it goes by itself",
);

/// Why a written agreement on over-age work stays, and how long.
pub const AGREEMENT_KEPT: Text = Text::new(
    "双方确认的超龄用工协议依《劳动合同法》第五十条自工作结束起至少保存二年；删除个人信息后其中不留个人信息，到期自动删除",
    "an agreement on over-age work that both sides accepted is kept for at least two years after the work (劳动合同法 art 50); nothing personal stays in it once the person is erased, and then it goes by itself",
);

/// Engagements of one statement.
const AT_ONCE: usize = 500;

/// Everything held about the worker that a citizen is.
pub async fn held(ctx: &Ctx, citizen: Uuid) -> Result<Vec<Piece>, Fault> {
    let scope = ctx.scope();
    let Some(worker) = doors::own_worker(&scope, citizen).await? else { return Ok(Vec::new()) };
    let mut pieces = engagements(ctx, worker).await?;
    pieces.extend(talks(ctx, worker).await?);
    pieces.extend(points(ctx, worker).await?);
    pieces.extend(agreements(ctx, worker).await?);
    pieces.extend(lines(ctx, worker).await?);
    Ok(pieces)
}

async fn engagements(ctx: &Ctx, worker: Uuid) -> Result<Vec<Piece>, Fault> {
    use engagement::Column as Of;
    let rows: Vec<(engagement::Model, Option<posting::Model>)> = with_posting(engagement::Entity::find())
        .select_also(posting::Entity)
        .filter(Of::WorkerId.eq(worker))
        .order_by_asc(Of::Id)
        .all(&ctx.scope())
        .await?;
    let title = Text::new("用工对接", "Engagement");
    let piece = |(row, posting): (engagement::Model, Option<posting::Model>)| {
        let mut values: Vec<(&'static str, Pii<String>)> = vec![
            ("status", row.status.code().into()),
            ("startsAt", moment(row.starts_at).to_rfc3339().into()),
            ("appliedAt", moment(row.applied_at).to_rfc3339().into()),
        ];
        values.extend(posting.map(|posting| ("title", Pii::new(posting.title))));
        values.extend(row.allowance_fen.map(|fen| ("allowanceYuan", Pii::new(yuan(fen)))));
        values.extend(row.paid_fen.map(|fen| ("paidYuan", Pii::new(yuan(fen)))));
        Piece { title, values, kept: None }
    };
    Ok(rows.into_iter().map(piece).collect())
}

async fn talks(ctx: &Ctx, worker: Uuid) -> Result<Vec<Piece>, Fault> {
    let ring = ctx.keys().await?;
    let of = engagements_of(worker);
    let rows = talk::Entity::find()
        .filter(talk::Column::EngagementId.in_subquery(of))
        .order_by_asc(talk::Column::Id)
        .all(&ctx.scope())
        .await?;
    let mut pieces = Vec::new();
    for row in rows {
        let words = ring.open("talk", "words", row.id, &row.words)?;
        let values =
            vec![("side", row.side.code().into()), ("at", moment(row.at).to_rfc3339().into()), ("words", words)];
        pieces.push(Piece { title: Text::new("转达的消息", "Message that was passed on"), values, kept: None });
    }
    Ok(pieces)
}

async fn points(ctx: &Ctx, worker: Uuid) -> Result<Vec<Piece>, Fault> {
    let rows = conduct_point::Entity::find()
        .filter(conduct_point::Column::WorkerId.eq(worker))
        .order_by_asc(conduct_point::Column::Id)
        .all(&ctx.scope())
        .await?;
    let piece = |row: conduct_point::Model| {
        let values = vec![
            ("points", row.points.to_string().into()),
            ("reason", row.reason.into()),
            ("expiresOn", row.expires_on.to_string().into()),
        ];
        Piece { title: Text::new("履约记分", "Points"), values, kept: None }
    };
    Ok(rows.into_iter().map(piece).collect())
}

async fn agreements(ctx: &Ctx, worker: Uuid) -> Result<Vec<Piece>, Fault> {
    let rows = work_slip::Entity::find()
        .filter(work_slip::Column::EngagementId.in_subquery(engagements_of(worker)))
        .filter(slips::concluded())
        .order_by_asc(work_slip::Column::EngagementId)
        .all(&ctx.scope())
        .await?;
    let piece = |row: work_slip::Model| {
        let terms = slips::read(&row)?;
        let until = slips::kept_until(terms.ends_at);
        let mut values: Vec<(&'static str, Pii<String>)> = vec![
            ("number", row.number.into()),
            ("title", terms.title.into()),
            ("keepUntil", day_of(until).to_string().into()),
        ];
        values.extend(row.accepted_by_worker_at.map(|at| ("acceptedAt", Pii::from(moment(at).to_rfc3339()))));
        let kept = (ctx.now() <= until).then_some(AGREEMENT_KEPT);
        Ok(Piece { title: Text::new("超龄用工协议", "Agreement on over-age work"), values, kept })
    };
    rows.into_iter().map(piece).collect()
}

async fn lines(ctx: &Ctx, worker: Uuid) -> Result<Vec<Piece>, Fault> {
    let ring = ctx.keys().await?;
    let rows = wage_line::Entity::find()
        // Also of work that the worker let go of.
        .filter(wage_line::Column::WorkerId.eq(worker))
        .order_by_asc(wage_line::Column::Id)
        .all(&ctx.scope())
        .await?;
    let sheets = wage_sheet::Entity::find()
        .filter(wage_sheet::Column::Id.is_in(rows.iter().map(|row| row.sheet_id)))
        .all(&ctx.scope())
        .await?;
    let mut pieces = Vec::new();
    for row in rows {
        let until = sheets.iter().find(|sheet| sheet.id == row.sheet_id).map(|sheet| sheet.keep_until.to_string());
        let values = vec![
            ("name", ring.open("wage_line", "worker_name", row.id, &row.worker_name)?),
            ("dueYuan", yuan(row.due_fen).into()),
            ("paidYuan", yuan(row.paid_fen).into()),
            ("keepUntil", until.unwrap_or_default().into()),
        ];
        pieces.push(Piece { title: Text::new("工资支付台账", "Line of a wage sheet"), values, kept: Some(KEPT) });
    }
    Ok(pieces)
}

fn engagements_of(worker: Uuid) -> SelectStatement {
    let ids = engagement::Entity::find().select_only().column(engagement::Column::Id);
    sea_orm::QueryTrait::into_query(ids.filter(engagement::Column::WorkerId.eq(worker)))
}

/// Lets go of everything about the worker that a citizen is, but for the wage ledger and the bare text of written agreements; how many
/// rows. To be called before the worker itself goes.
pub async fn erase(tx: &Tx, citizen: Uuid) -> Result<u64, Fault> {
    let Some(worker) = doors::own_worker(tx, citizen).await? else { return Ok(0) };
    withdraw(tx, worker).await?;
    let files = discard_files(tx, worker, true).await?;
    let liked = favourite::Entity::delete_many().filter(favourite::Column::WorkerId.eq(worker)).exec(tx).await?;
    let points =
        conduct_point::Entity::delete_many().filter(conduct_point::Column::WorkerId.eq(worker)).exec(tx).await?;
    let (gone, _) = record::let_go(tx, worker, true).await?;
    wage_line::Entity::update_many()
        .col_expr(wage_line::Column::WorkerId, Expr::value(Option::<Uuid>::None))
        .filter(wage_line::Column::WorkerId.eq(worker))
        .exec(tx)
        .await?;
    worker::Entity::update_many()
        .col_expr(worker::Column::Points, Expr::value(0))
        .filter(worker::Column::Id.eq(worker))
        .exec(tx)
        .await?;
    Ok(files + liked.rows_affected + points.rows_affected + gone)
}

/// Takes the worker out of what is still to come: places go to the stand-by list, without a consequence for anybody.
async fn withdraw(tx: &Tx, worker: Uuid) -> Result<(), Fault> {
    use engagement::Column as Of;
    let open: Vec<Uuid> = engagement::Entity::find()
        .select_only()
        .column(Of::Id)
        .filter(Of::WorkerId.eq(worker))
        .filter(Of::EndedAt.is_null())
        .into_tuple()
        .all(tx)
        .await?;
    let rules = hire_rules::read(tx).await?;
    for deal in deal::held_all(tx, &open).await? {
        let step = change::step(&deal.row, Step::Cancel(Side::Worker), tx.ctx().now());
        let Some(step) = step else { continue };
        let step = engagement::ActiveModel { end_reason: Set(Some("ERASED".to_owned())), ..step };
        change::write(tx, &deal.row, step).await?;
        if holds_a_place(deal.row.status) {
            standby::give_up(tx, &offer_of(&deal), &rules).await?;
            tx.announce(&EngagementCancelled { id: deal.row.id, by_party: false })?;
        }
    }
    Ok(())
}

/// Lets go of what whoever has others work said and showed to workers: its side of the messages, disputes and slips, and what was
/// written to workers. That they worked there, when, at what and for how much stays theirs. How many rows.
pub async fn erase_hirer(tx: &Tx, parties: SelectStatement) -> Result<u64, Fault> {
    let rows: Vec<(Uuid, Uuid)> = engagement::Entity::find()
        .select_only()
        .columns([engagement::Column::Id, engagement::Column::ShiftId])
        .filter(engagement::Column::PartyId.in_subquery(parties))
        .into_tuple()
        .all(tx)
        .await?;
    let (ids, shifts): (Vec<Uuid>, Vec<Uuid>) = rows.into_iter().unzip();
    let mut gone = 0;
    for some in ids.chunks(AT_ONCE) {
        gone += forget_side(tx, some).await? + blank_slips(tx, some).await?;
        gone += sms::forget_about(tx, "Engagement", some.iter().copied()).await?;
    }
    for some in shifts.chunks(AT_ONCE) {
        gone += sms::forget_about(tx, "Shift", some.iter().copied()).await?;
    }
    Ok(gone)
}

async fn forget_side(tx: &Tx, engagements: &[Uuid]) -> Result<u64, Fault> {
    let of = || engagements.iter().copied();
    let talks = talk::Entity::delete_many()
        .filter(talk::Column::EngagementId.is_in(of()))
        .filter(talk::Column::Side.eq(Side::Party))
        .exec(tx)
        .await?;
    let words = engagement::Entity::update_many()
        .col_expr(engagement::Column::DisputeWords, Expr::value(Option::<Vec<u8>>::None))
        .filter(engagement::Column::Id.is_in(of()))
        .filter(engagement::Column::DisputedBy.eq(Side::Party))
        .exec(tx)
        .await?;
    Ok(talks.rows_affected + words.rows_affected)
}

/// Slips keep hours and wage, which are the worker's, and say no more where the home is; printed ones are thrown away.
async fn blank_slips(tx: &Tx, engagements: &[Uuid]) -> Result<u64, Fault> {
    let numbers = slips::rewrite(tx, engagements, |terms| Terms {
        title: GONE.to_owned(),
        duties: GONE.to_owned(),
        place: GONE.to_owned(),
        ..terms
    });
    let numbers = numbers.await?;
    if numbers.is_empty() {
        return Ok(0);
    }
    let printed = discard(tx, numbers.iter().map(|number| file_name(number)).collect()).await?;
    Ok(printed + u64::try_from(numbers.len()).unwrap_or(u64::MAX))
}

/// Throws away the files that were made of a worker's record and, where all goes, of its slips.
pub async fn discard_files(tx: &Tx, worker: Uuid, slips: bool) -> Result<u64, Fault> {
    let mut names: Vec<String> = file_names(worker).into();
    if slips {
        names.extend(slip_numbers(tx, worker).await?.iter().map(|number| file_name(number)));
    }
    discard(tx, names).await
}

async fn discard(tx: &Tx, names: Vec<String>) -> Result<u64, Fault> {
    let ids: Vec<Uuid> = blob::Entity::find()
        .select_only()
        .column(blob::Column::Id)
        .filter(blob::Column::Purpose.eq(PERSONAL.name))
        .filter(blob::Column::FileName.is_in(names))
        .into_tuple()
        .all(tx)
        .await?;
    kernel::blob::discard(tx, &ids).await
}

async fn slip_numbers(db: &impl ConnectionTrait, worker: Uuid) -> Result<Vec<String>, Fault> {
    let rows = work_slip::Entity::find().select_only().column(work_slip::Column::Number);
    let of = work_slip::Column::EngagementId.in_subquery(engagements_of(worker));
    Ok(rows.filter(of).into_tuple().all(db).await?)
}
