//! The course of cases (办理过程): what happened, by whom; added in the transaction in which it happened.

use kernel::{Actor, Ctx, Fault, Pii, Tx};
use sea_orm::Set;
use uuid::Uuid;

use crate::kinds::{CaseEventKind, CasePartyKind, Opener};
use crate::rows::case_event::ActiveModel;

/// Whoever acts, as a row keeps it.
fn actor(ctx: &Ctx) -> (CasePartyKind, Option<Uuid>) {
    match ctx.actor() {
        Actor::Account(account) => (CasePartyKind::Account, Some(account.id)),
        Actor::Citizen(citizen) => (CasePartyKind::Citizen, Some(citizen.id)),
        Actor::System(_) | Actor::Anonymous => (CasePartyKind::House, None),
    }
}

/// Is it for officials only?
const fn is_internal(kind: CaseEventKind) -> bool {
    matches!(kind, CaseEventKind::Offered | CaseEventKind::Released | CaseEventKind::Noted)
}

/// An entry, to be inserted.
pub fn entry(ctx: &Ctx, case: Uuid, kind: CaseEventKind) -> ActiveModel {
    let (actor_kind, actor_id) = actor(ctx);
    ActiveModel {
        id: Set(ctx.new_id()),
        case_id: Set(case),
        at: Set(ctx.now()),
        kind: Set(kind),
        actor_kind: Set(actor_kind),
        actor_id: Set(actor_id),
        other_id: Set(None),
        note: Set(None),
        internal: Set(is_internal(kind)),
    }
}

/// Adds an entry by whoever acts.
pub fn write(tx: &Tx, case: Uuid, kind: CaseEventKind) {
    tx.put(entry(tx.ctx(), case, kind));
}

/// Adds an entry that names the other official.
pub fn write_about(tx: &Tx, case: Uuid, kind: CaseEventKind, other: Option<Uuid>) {
    tx.put(ActiveModel { other_id: Set(other), ..entry(tx.ctx(), case, kind) });
}

/// Adds that a case was opened, by whom: a citizen acts through the chapter that knows them.
pub fn opened(tx: &Tx, case: Uuid, by: Opener) {
    let (kind, id) = by.columns();
    let entry = entry(tx.ctx(), case, CaseEventKind::Opened);
    tx.put(ActiveModel { actor_kind: Set(kind), actor_id: Set(Some(id)), ..entry });
}

/// Adds a note for colleagues, sealed.
pub async fn note(tx: &Tx, case: Uuid, text: &Pii<String>) -> Result<(), Fault> {
    let id = tx.ctx().new_id();
    let sealed = tx.ctx().keys().await?.seal("case_event", "note", id, text)?;
    let entry = entry(tx.ctx(), case, CaseEventKind::Noted);
    tx.put(ActiveModel { id: Set(id), note: Set(Some(sealed)), ..entry });
    Ok(())
}
