//! Correcting a row of an import (更正导入行).

use kernel::divisions::Divisions;
use kernel::trades::Trades;
use kernel::{Ctx, Fault, Outcome, Stop, Tx};
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::import_steps;
use crate::annex2::Field;
use crate::forms::ImportRowInput;
use crate::kinds::ImportStatus;
use crate::policy;
use crate::queries::imports::visible;
use crate::rows::{cell_issue, directory_import, import_row};
use crate::rules::import::{Cells, Decision, Index, Setting, Taken, assess, decide, read_again};
use crate::rules::place;
use crate::store::parts::insert;
use crate::store::{imports, market, standing};

/// Characters a corrected cell may have.
const CELL: usize = 1000;

kernel::refusals! {
    /// Why a row was not corrected (不予更正).
    pub CorrectImportRow => CorrectImportRowRefused, CorrectImportRowRefusalCode {
        /// Not checked yet, or applied already.
        NotChecked { status_zh: String, status_en: String } @ "id":
            "该导入当前状态为“{status_zh}”，不能更正；请重新上传文件。" /
            "This import is {status_en} and cannot be corrected; upload the file again.",
        /// No such row.
        NoSuchRow { row: i32 } @ "row": "导入中没有第 {row} 行。" / "The import has no row {row}.",
        /// Nothing was given.
        Nothing @ "input": "请至少更正一个单元格。" / "Correct at least one cell.",
        /// Too long for a cell.
        TooLong { limit: usize } @ "input": "单元格内容超过 {limit} 个字，请缩短。" / "A cell has more than {limit} characters; shorten it.",
        /// No such division in the city.
        DivisionUnknown { division: String } @ "input.division":
            "本市没有名为或代码为“{division}”的县区或乡镇街道。" / "The city has no county or township with this name or code: {division}.",
    }
}

/// Corrects cells of one row and decides on it anew (更正导入行). The file itself stays as it was uploaded.
pub async fn correct_import_row(
    ctx: &Ctx,
    import: Uuid,
    row: i32,
    input: ImportRowInput,
) -> Result<Outcome, Stop<CorrectImportRow>> {
    ctx.transact(&policy::IMPORT_CHECK, |tx| async move {
        let counties = import_steps::counties(&tx.ctx().reach(&policy::IMPORT_CHECK).await?);
        let head = visible(&tx, tx.ctx(), import).await?;
        tx.about("DirectoryImport", import);
        tx.note("row", row);
        checked(&head).map_err(Stop::Refused)?;
        let of_row = || {
            import_row::Entity::find()
                .filter(import_row::Column::ImportId.eq(import))
                .filter(import_row::Column::RowNo.eq(row))
        };
        let Some(kept) = of_row().one(&tx).await? else {
            return Err(Stop::Refused(CorrectImportRow::NoSuchRow { row }));
        };
        let (mut cells, mut chosen) = imports::cells(&kept);
        correct(&mut cells, &mut chosen, &input, &tx.ctx().tenant().code).map_err(Stop::Refused)?;
        again(&tx, &head, row, &cells, chosen, counties.as_deref()).await?;
        import_steps::count(&tx, import, ImportStatus::Checked).await?;
        Ok(Outcome::of("DirectoryImport", import, head.version))
    })
    .await
}

fn checked(head: &directory_import::Model) -> Result<(), CorrectImportRow> {
    if head.status == ImportStatus::Checked {
        return Ok(());
    }
    let title = head.status.title();
    Err(CorrectImportRow::NotChecked { status_zh: title.zh.to_owned(), status_en: title.en.to_owned() })
}

/// Lays the input over the cells.
fn correct(
    cells: &mut Cells,
    chosen: &mut Option<String>,
    input: &ImportRowInput,
    city: &str,
) -> Result<(), CorrectImportRow> {
    let given = [
        (Field::Name, &input.name),
        (Field::Nature, &input.nature),
        (Field::Hours, &input.hours_text),
        (Field::Address, &input.address),
        (Field::SeekerScale, &input.seeker_scale),
        (Field::Trades, &input.trades),
        (Field::DailySuccesses, &input.daily_successes),
    ];
    let mut any = false;
    for (field, text) in given {
        let Some(text) = text else { continue };
        if text.chars().count() > CELL {
            return Err(CorrectImportRow::TooLong { limit: CELL });
        }
        cells.insert(field, text.clone());
        any = true;
    }
    if let Some(division) = input.division.as_deref().map(str::trim) {
        *chosen = if division.is_empty() { None } else { Some(division_of(division, city)?) };
        any = true;
    }
    if any { Ok(()) } else { Err(CorrectImportRow::Nothing) }
}

/// The code of a division that was given by code or name.
fn division_of(given: &str, city: &str) -> Result<String, CorrectImportRow> {
    let tree = Divisions::standard();
    let unknown = || CorrectImportRow::DivisionUnknown { division: given.chars().take(40).collect() };
    if given.chars().all(|c| c.is_ascii_digit()) {
        return place::locate(tree, city, given).map(|l| l.division).map_err(|_| unknown());
    }
    place::find_in(tree, city, given).ok_or_else(unknown)
}

/// Reads the row again, decides on it, and keeps that in place of what was kept.
async fn again(
    tx: &Tx,
    head: &directory_import::Model,
    row: i32,
    cells: &Cells,
    chosen: Option<String>,
    counties: Option<&[String]>,
) -> Result<(), Fault> {
    let columns = imports::columns(head);
    let (read, mut found) = read_again(row, &columns, cells, Trades::standard());
    let read = read.ok_or(Fault::internal("read a corrected row"))?;
    let there = standing::all(tx).await?;
    let index = Index::of(there.iter(), Divisions::standard());
    let around = market::around(tx.ctx());
    let setting = Setting { around, index: &index, default_division: head.default_division.as_deref(), counties };
    let mut taken = Taken::default();
    for other in imports::rows(tx, head.id, true).await?.iter().filter(|other| other.row_no != row) {
        let decision: Option<Decision> = imports::draft(other).and_then(|draft| decide(&draft, &setting).ok());
        if let Some(decision) = decision {
            taken.before(other.row_no, &decision, around.divisions);
        }
    }
    let assessed = assess(&read, chosen.clone(), &columns, &setting, &mut taken);
    found.extend(assessed.issue.clone());
    let of = import_row::Column::ImportId.eq(head.id).and(import_row::Column::RowNo.eq(row));
    import_row::Entity::delete_many().filter(of).exec(tx).await?;
    let of = cell_issue::Column::ImportId.eq(head.id).and(cell_issue::Column::RowNo.eq(row));
    cell_issue::Entity::delete_many().filter(of).exec(tx).await?;
    let kept = imports::row(head.id, &read, cells, chosen.as_deref(), &assessed);
    insert::<import_row::Entity>(tx, vec![kept]).await?;
    insert::<cell_issue::Entity>(tx, imports::issues(tx, head.id, &found)).await?;
    tx.note("good", assessed.decision.is_some());
    Ok(())
}
