//! Wage sheets (工资支付台账): sheet and lines; kept three years (保障农民工工资支付条例 art 15).

use std::collections::{HashMap, HashSet};

use chrono::Months;
use entities::citizen;
use kernel::{Fault, Outcome, Pii, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{CaseStatement, Expr};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use uuid::Uuid;

use super::deal::Deal;
use crate::engagements::forms::WageLine;
use crate::engagements::rules::pay;
use crate::kinds::Side;
use crate::rows::{engagement, posting, wage_line, wage_sheet};

/// Years that a sheet is kept.
const YEARS: u32 = 3;

/// A sheet of a posting, held until the end of the transaction; another posting's is not there.
pub async fn held(tx: &Tx, posting: Uuid, id: Uuid) -> Result<wage_sheet::Model, Fault> {
    let row = wage_sheet::Entity::find_by_id(id).filter(wage_sheet::Column::PostingId.eq(posting));
    row.lock_exclusive().one(tx).await?.ok_or(Fault::NotFound)
}

/// Those of these engagements that stand on another sheet.
pub async fn on_other_sheets(tx: &Tx, ids: &[Uuid], sheet: Option<Uuid>) -> Result<HashSet<Uuid>, Fault> {
    let mut rows = wage_line::Entity::find()
        .select_only()
        .column(wage_line::Column::EngagementId)
        .filter(wage_line::Column::EngagementId.is_in(ids.iter().copied()));
    if let Some(sheet) = sheet {
        rows = rows.filter(wage_line::Column::SheetId.ne(sheet));
    }
    Ok(rows.into_tuple::<Uuid>().all(tx).await?.into_iter().collect())
}

/// The proof of what was paid for an engagement, if one was kept.
pub async fn proof_of(tx: &Tx, engagement: Uuid) -> Result<Option<Uuid>, Fault> {
    let line = wage_line::Entity::find()
        .select_only()
        .column(wage_line::Column::ProofFile)
        .filter(wage_line::Column::EngagementId.eq(engagement));
    Ok(line.into_tuple::<Option<Uuid>>().one(tx).await?.flatten())
}

/// What the ledger holds of a line already (台账已有内容): neither is lost because it is not said again.
pub struct Held {
    /// The proof.
    pub proof: Option<Uuid>,
    /// The worker, who may have let go of the engagement meanwhile.
    whose: Whose,
}

/// Whose a line is.
#[derive(Clone, Default)]
struct Whose {
    /// The worker; nobody once it was erased.
    worker: Option<Uuid>,
    /// Its name.
    name: Pii<String>,
}

/// What a sheet holds already, by engagement.
pub(in crate::engagements) async fn lines_held(tx: &Tx, sheet: Option<Uuid>) -> Result<HashMap<Uuid, Held>, Fault> {
    let Some(sheet) = sheet else { return Ok(HashMap::new()) };
    let ring = tx.ctx().keys().await?;
    let rows = wage_line::Entity::find().filter(wage_line::Column::SheetId.eq(sheet)).all(tx).await?;
    let held = |row: wage_line::Model| {
        let name = ring.open("wage_line", "worker_name", row.id, &row.worker_name)?;
        Ok((row.engagement_id, Held { proof: row.proof_file, whose: Whose { worker: row.worker_id, name } }))
    };
    rows.into_iter().map(held).collect()
}

/// Saves a sheet: its lines replace those it had.
pub(in crate::engagements) async fn save(
    tx: &Tx,
    posting: &posting::Model,
    side: Side,
    sheet: Option<wage_sheet::Model>,
    (lines, deals, proofs): (&[WageLine], &[Deal], &[Option<Uuid>]),
    held: &HashMap<Uuid, Held>,
) -> Result<Outcome, Fault> {
    let ctx = tx.ctx();
    let (id, version) = sheet.as_ref().map_or((ctx.new_id(), 1), |sheet| (sheet.id, sheet.version + 1));
    tx.about("WageSheet", id);
    tx.note("lines", lines.len());
    let keep_until = ctx.today() + Months::new(12 * YEARS);
    let row = wage_sheet::ActiveModel {
        id: Set(id),
        version: Set(version),
        party_id: Set(posting.party_id),
        posting_id: Set(posting.id),
        made_at: Set(ctx.now()),
        made_by: Set(ctx.actor().account_id().filter(|_| side == Side::Staff)),
        keep_until: Set(keep_until),
    };
    if sheet.is_some() {
        wage_sheet::Entity::update_many().set(row).filter(wage_sheet::Column::Id.eq(id)).exec(tx).await?;
        wage_line::Entity::delete_many().filter(wage_line::Column::SheetId.eq(id)).exec(tx).await?;
    } else {
        wage_sheet::Entity::insert(row).exec_without_returning(tx).await?;
    }
    let mut whose = whose(tx, deals).await?;
    for (engagement, held) in held {
        whose.entry(*engagement).or_insert_with(|| held.whose.clone());
    }
    let rows = rows(tx, id, lines, deals, proofs, &whose).await?;
    wage_line::Entity::insert_many(rows).exec_without_returning(tx).await?;
    tell(tx, lines, deals).await?;
    Ok(Outcome::of("WageSheet", id, version))
}

async fn rows(
    tx: &Tx,
    sheet: Uuid,
    lines: &[WageLine],
    deals: &[Deal],
    proofs: &[Option<Uuid>],
    whose: &HashMap<Uuid, Whose>,
) -> Result<Vec<wage_line::ActiveModel>, Fault> {
    let (ctx, ring) = (tx.ctx(), tx.ctx().keys().await?);
    let mut rows = Vec::with_capacity(lines.len());
    for (said, proof) in lines.iter().zip(proofs) {
        let (id, Whose { worker, name }) = (ctx.new_id(), whose.get(&said.engagement).cloned().unwrap_or_default());
        rows.push(wage_line::ActiveModel {
            id: Set(id),
            sheet_id: Set(sheet),
            engagement_id: Set(said.engagement),
            worker_id: Set(worker),
            worker_name: Set(ring.seal("wage_line", "worker_name", id, &name)?),
            minutes: Set(said.minutes),
            pieces: Set(said.pieces),
            agreed_fen: Set(agreed(said, deals)),
            due_fen: Set(said.due_fen),
            deduction_fen: Set(said.deduction_fen),
            deduction_reason: Set(said.deduction_reason.map(|reason| reason.code().to_owned())),
            paid_fen: Set(said.paid_fen),
            paid_at: Set(said.paid_at),
            method: Set(said.method),
            proof_file: Set(*proof),
        });
    }
    Ok(rows)
}

/// What the agreed wage comes to for what the sheet counted.
fn agreed(said: &WageLine, deals: &[Deal]) -> Option<i64> {
    let deal = deals.iter().find(|deal| deal.row.id == said.engagement)?;
    pay::owed(deal.row.wage_fen, deal.row.wage_unit, said.minutes, said.pieces)
}

/// The workers, with their names as the law wants them on the sheet, opened: one statement.
async fn whose(tx: &Tx, deals: &[Deal]) -> Result<HashMap<Uuid, Whose>, Fault> {
    let ring = tx.ctx().keys().await?;
    let citizens = deals.iter().filter_map(|deal| deal.worker.as_ref()).map(|worker| worker.citizen_id);
    let sealed: Vec<(Uuid, Option<Vec<u8>>)> = citizen::Entity::find()
        .select_only()
        .columns([citizen::Column::Id, citizen::Column::Name])
        .filter(citizen::Column::Id.is_in(citizens))
        .into_tuple()
        .all(tx)
        .await?;
    let sealed: HashMap<Uuid, Option<Vec<u8>>> = sealed.into_iter().collect();
    let mut whose = HashMap::new();
    for deal in deals {
        let Some(worker) = &deal.worker else { continue };
        let name = match sealed.get(&worker.citizen_id).and_then(Option::as_ref) {
            Some(name) => ring.open("citizen", "name", worker.citizen_id, name)?,
            None => Pii::new(worker.name_masked.clone()),
        };
        whose.insert(deal.row.id, Whose { worker: Some(worker.id), name });
    }
    Ok(whose)
}

/// What was agreed with a worker once its hours were counted: what was planned, or more where it worked longer. Who counts fewer
/// hours than were planned owes an explanation, and the difference stays to be seen.
fn agreed_now(said: &WageLine, deals: &[Deal]) -> Option<i64> {
    let deal = deals.iter().find(|deal| deal.row.id == said.engagement)?;
    let (row, shift) = (&deal.row, &deal.shift);
    let minutes = pay::minutes(shift.starts_at, shift.ends_at, shift.break_minutes);
    let planned = pay::owed(row.wage_fen, row.wage_unit, minutes, None);
    // What cannot be told is less than anything.
    Ord::max(planned, agreed(said, deals)).or(row.agreed_fen)
}

/// Tells each engagement what the sheet says is due: one statement.
async fn tell(tx: &Tx, lines: &[WageLine], deals: &[Deal]) -> Result<(), Fault> {
    use engagement::Column as Of;
    let mut due = CaseStatement::new();
    let mut agreed_fen = CaseStatement::new();
    for said in lines {
        due = due.case(Of::Id.eq(said.engagement), Expr::value(said.due_fen));
        agreed_fen = agreed_fen.case(Of::Id.eq(said.engagement), Expr::value(agreed_now(said, deals)));
    }
    engagement::Entity::update_many()
        .col_expr(Of::DueFen, due.into())
        .col_expr(Of::AgreedFen, agreed_fen.into())
        .col_expr(Of::Version, Expr::col(Of::Version).add(1))
        .filter(Of::Id.is_in(lines.iter().map(|said| said.engagement)))
        .exec(tx)
        .await?;
    Ok(())
}

/// The lines of engagements, by engagement: one statement.
pub async fn lines_of(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, wage_line::Model>, Fault> {
    let rows = wage_line::Entity::find().filter(wage_line::Column::EngagementId.is_in(ids.iter().copied()));
    Ok(rows.all(db).await?.into_iter().map(|row| (row.engagement_id, row)).collect())
}

/// Lets go of sheets that were kept long enough, at most so many, the oldest first, with their lines and proofs (到期清理); how many
/// sheets.
pub async fn let_go(tx: &Tx, most: u64) -> Result<usize, Fault> {
    let sheets: Vec<Uuid> = wage_sheet::Entity::find()
        .select_only()
        .column(wage_sheet::Column::Id)
        .filter(wage_sheet::Column::KeepUntil.lt(tx.ctx().today()))
        .order_by_asc(wage_sheet::Column::KeepUntil)
        .limit(most)
        // One that is saved at this moment is kept anew.
        .lock_exclusive()
        .into_tuple()
        .all(tx)
        .await?;
    if sheets.is_empty() {
        return Ok(0);
    }
    let of = || wage_line::Column::SheetId.is_in(sheets.iter().copied());
    let proofs: Vec<Uuid> = wage_line::Entity::find()
        .select_only()
        .column(wage_line::Column::ProofFile)
        .filter(of())
        .filter(wage_line::Column::ProofFile.is_not_null())
        .into_tuple()
        .all(tx)
        .await?;
    tx.note("proofs", kernel::blob::discard(tx, &proofs).await?);
    wage_line::Entity::delete_many().filter(of()).exec(tx).await?;
    let gone = wage_sheet::Column::Id.is_in(sheets.iter().copied());
    wage_sheet::Entity::delete_many().filter(gone).exec(tx).await?;
    Ok(sheets.len())
}
