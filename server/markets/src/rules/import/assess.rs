//! Going through the rows (逐行核对): each is decided on, and no two of them are one market.

use std::collections::HashMap;

use uuid::Uuid;

use super::{Decision, Draft, Issue, RowFlaw, Setting, decide, of_flaw};
use crate::annex2::{Columns, Field, FormRow};
use crate::rules::flaw::Flaw;
use crate::rules::place;

/// A row that was gone through (核对结果).
#[derive(Clone, Debug)]
pub struct Assessed {
    /// What it says, where that could be read.
    pub draft: Option<Draft>,
    /// What taking it in does; none for a bad row.
    pub decision: Option<Decision>,
    /// What is the matter with it, beyond the form's own findings.
    pub issue: Option<Issue>,
}

/// Which markets rows were taken for, so far.
#[derive(Debug, Default)]
pub struct Taken {
    there: HashMap<Uuid, i32>,
    new: HashMap<(String, String, String), i32>,
}

impl Taken {
    /// The row that was taken for the same market before, if there was one; else this one is noted.
    pub fn before(&mut self, row: i32, decision: &Decision, tree: &kernel::divisions::Divisions) -> Option<i32> {
        let d = decision.described();
        let key = (
            d.located.county.clone(),
            place::name_key(d.names.shown()),
            place::address_key(tree, &d.located, &d.address),
        );
        let same = decision.market().and_then(|id| self.there.get(&id)).or_else(|| self.new.get(&key)).copied();
        if same.is_none() {
            if let Some(id) = decision.market() {
                self.there.insert(id, row);
            }
            self.new.insert(key, row);
        }
        same
    }
}

/// Decides on a row that was read; `division` is the one somebody chose for it.
pub fn assess(
    read: &FormRow,
    division: Option<String>,
    columns: &Columns,
    setting: &Setting<'_>,
    taken: &mut Taken,
) -> Assessed {
    let row = i32::try_from(read.row).unwrap_or(i32::MAX);
    let around = &setting.around;
    let division = division.or_else(|| place::find_in(around.divisions, around.city, &read.address));
    let draft = Draft::of(read, around.trades, division);
    let bad = |draft, issue| Assessed { draft, decision: None, issue };
    let Some(known) = draft.clone().filter(|_| read.good) else { return bad(draft, None) };
    match decide(&known, setting) {
        Err(flaw) => {
            let issue = of_flaw(row, columns, &flaw, &read.address);
            bad(draft, Some(issue))
        }
        Ok(decision) => match taken.before(row, &decision, around.divisions) {
            Some(_) => {
                let flaw = RowFlaw::Flaw(Field::Name, Flaw::DuplicateMarket { name: known.name.clone() });
                bad(draft, Some(of_flaw(row, columns, &flaw, &known.name)))
            }
            None => Assessed { draft, decision: Some(decision), issue: None },
        },
    }
}
