//! Correcting a row of a checked import in place (更正导入行).

use async_graphql::InputObject;
use kernel::divisions::Divisions;
use kernel::sheet::text;
use kernel::trades::Trades;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::annex2::Field;
use crate::imports::issue::{Headings, Staged};
use crate::imports::jobs::{ReportJob, headings};
use crate::imports::place::{Counties, Ground, place};
use crate::imports::read::{key, read_row};
use crate::imports::settle::{Setting, Shown, overtaken, settle};
use crate::imports::store;
use crate::kinds::ImportStatus;
use crate::policy;
use crate::rows::{directory_import, import_row};
use crate::rules::place::{find_in, locate};

/// Characters a corrected cell may have.
const LONGEST: usize = 1_000;

/// A row as corrected (更正内容): what is left out stays as it is.
#[derive(Clone, Debug, Default, InputObject, Serialize)]
pub struct ImportRowInput {
    /// Market name (零工市场名称).
    pub name: Option<String>,
    /// Operating nature, in the words of the form (运营性质).
    pub nature: Option<String>,
    /// Hours, as in the form (运行时间).
    pub hours_text: Option<String>,
    /// Address (详细地址).
    pub address: Option<String>,
    /// Code of the county or township, where the address names none (区划代码).
    pub division: Option<String>,
    /// Seekers, as in the form (求职人员规模).
    pub seeker_scale: Option<String>,
    /// Main trades, as in the form (主要招聘工种).
    pub trades: Option<String>,
    /// Daily successes, as in the form (日均招聘成功人数).
    pub daily_successes: Option<String>,
}

kernel::refusals! {
    /// Why a row was not corrected (不予更正).
    pub CorrectImportRow => CorrectImportRowReason, CorrectImportRowRefusalCode {
        /// Someone else was at work on it.
        Conflict { current: i32 } @ "version":
            "该导入已有变化（现为第 {current} 版），请刷新后再试。" /
            "This import has changed (now version {current}); reload and try again.",
        /// There is no such row.
        NoRow { row: i32 } @ "row": "该文件没有第 {row} 行的市场。" / "The file has no market in row {row}.",
        /// The import is not at the check.
        NotChecked @ "id": "只有已预检、尚未导入的文件可以更正。" / "Only an import that is checked and not yet applied can be corrected.",
        /// The division is none of this city that the caller looks after.
        UnknownDivision { code: String } @ "input.division":
            "区划代码“{code}”不是您负责的县（市、区）或乡镇街道，请从列表中选择。" /
            "Division “{code}” is not a county or township you look after; choose from the list.",
        /// The address names another division.
        DivisionContradicts { named: String } @ "input.division":
            "地址中写明在{named}，与所选区划不一致，请改正其中之一。" /
            "The address names {named}, which is not the chosen division; correct one of them.",
        /// A cell is too long.
        TooLong { limit: usize } @ "input": "内容超过 {limit} 个字，请缩短。" / "A cell has more than {limit} characters; shorten it.",
    }
}

/// Corrects a row (更正导入行): it is read again by the same rules and held against the directory again.
pub async fn correct_import_row(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    row_no: i32,
    input: ImportRowInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<CorrectImportRow>> {
    ctx.transact_once(&policy::IMPORT_CHECK, once, |tx| async move {
        let ctx = tx.ctx().clone();
        let counties = super::counties(&ctx, &policy::IMPORT_CHECK).await?;
        let (import, standing) = super::held(&tx, id).await?;
        tx.about("DirectoryImport", id);
        tx.note("row", row_no);
        if standing != ImportStatus::Checked {
            return Err(Stop::Refused(CorrectImportRow::NotChecked));
        }
        if import.version != version {
            return Err(Stop::Refused(CorrectImportRow::Conflict { current: import.version }));
        }
        let row = import_row::Entity::find_by_id((id, row_no)).one(&tx).await?;
        let row = row.ok_or(Stop::Refused(CorrectImportRow::NoRow { row: row_no }))?;
        let headings = headings(&import);
        let read = again(&ctx, &row, &input, &import, &counties, &headings).map_err(Stop::Refused)?;
        // Claimed before anything is written: an import that is being applied meanwhile is not corrected.
        let none = directory_import::ActiveModel::default();
        if !store::advance(&tx, id, &[ImportStatus::Checked], none, ImportStatus::Checked).await? {
            return Err(Stop::Refused(CorrectImportRow::NotChecked));
        }
        settle_again(&tx, &row, read, &headings).await?;
        store::tally(&tx, id).await?;
        tx.enqueue(&ReportJob { import: id })?;
        Ok(Outcome::of("DirectoryImport", id, import.version + 1))
    })
    .await
}

/// The row as it reads with its corrected cells.
fn again(
    ctx: &Ctx,
    row: &import_row::Model,
    input: &ImportRowInput,
    import: &directory_import::Model,
    counties: &Counties,
    headings: &Headings,
) -> Result<Staged, CorrectImportRow> {
    let (divisions, trades) = (Divisions::standard(), Trades::standard());
    let city = &ctx.tenant().code;
    let cells = corrected(&row.cells, input)?;
    let mut read = read_row(row.import_id, row.row_no, &cells, headings, trades);
    let chosen = input.division.as_deref().map(str::trim).filter(|code| !code.is_empty());
    if let Some(code) = chosen {
        let unknown = || CorrectImportRow::UnknownDivision { code: code.chars().take(20).collect() };
        let located = locate(divisions, city, code).map_err(|_| unknown())?;
        if !counties.hold(&located.county) {
            return Err(unknown());
        }
        let named = read.row.address.as_deref().and_then(|address| find_in(divisions, city, address));
        if let Some(named) = named.filter(|n| !divisions.within(n, code) && !divisions.within(code, n)) {
            let named = divisions.full_name(&named).unwrap_or_default();
            return Err(CorrectImportRow::DivisionContradicts { named });
        }
    }
    // What was chosen before for this row stays chosen.
    let before = row.division.as_deref().filter(|_| input.address.is_none());
    let default = chosen.or(before).or(import.default_division.as_deref());
    let ground = Ground { city, default, counties, divisions, trades };
    place(&mut read, headings, &ground);
    // A chosen township is finer than the county the address names.
    if let (Some(code), Some(division)) = (chosen, read.row.division.as_deref())
        && divisions.within(code, division)
    {
        read.row.division = Some(code.to_owned());
    }
    Ok(read)
}

/// The cells of a row with what was typed over them.
fn corrected(cells: &Value, input: &ImportRowInput) -> Result<Value, CorrectImportRow> {
    let typed = [
        (Field::Name, &input.name),
        (Field::Nature, &input.nature),
        (Field::Hours, &input.hours_text),
        (Field::Address, &input.address),
        (Field::SeekerScale, &input.seeker_scale),
        (Field::Trades, &input.trades),
        (Field::DailySuccesses, &input.daily_successes),
    ];
    let mut cells = cells.as_object().cloned().unwrap_or_default();
    for (field, written) in typed {
        let Some(written) = written else { continue };
        let written = text::tidy(written);
        if written.chars().count() > LONGEST {
            return Err(CorrectImportRow::TooLong { limit: LONGEST });
        }
        if written.is_empty() {
            cells.remove(&key(field));
        } else {
            cells.insert(key(field), Value::String(written));
        }
    }
    Ok(Value::Object(cells))
}

/// The row and those of the same name, old and new, are settled again: what holds between them may have changed.
async fn settle_again(tx: &Tx, before: &import_row::Model, read: Staged, headings: &Headings) -> Result<(), Fault> {
    let names: Vec<String> = [&before.name_key, &read.row.name_key].into_iter().flatten().cloned().collect();
    let others =
        Condition::all().add(import_row::Column::NameKey.is_in(names)).add(import_row::Column::RowNo.ne(before.row_no));
    let mut staged = store::staged(tx, before.import_id, others).await?;
    let shown = Shown::all(&staged);
    staged.push(read);
    staged.sort_by_key(|row| row.row.row_no);
    let ctx = tx.ctx();
    let existing = store::existing(tx, &staged, ctx.today()).await?;
    settle(&mut staged, &existing, &Setting { city: &ctx.tenant().code, today: ctx.today(), headings });
    overtaken(&mut staged, &shown, headings, false);
    store::replace(tx, before.import_id, &staged).await
}
