//! Officials (经办人员): who may handle a case, what they are called, and where letters find them.

use std::collections::HashMap;

use entities::{account, role_assignment};
use kernel::policy::{Place, ScopeKind};
use kernel::{Ctx, Fault, Lang, Pii, Tx};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::case_kind::CaseKind;
use crate::policy;

/// Who hears of what is late.
const SUPERVISOR: &str = "supervisor";

/// The account of this id.
pub async fn account(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<account::Model>, Fault> {
    Ok(account::Entity::find_by_id(id).one(db).await?)
}

/// May the owner of this account take such a case at this place, as policy stands now?
pub async fn may_handle(tx: &Tx, account: &account::Model, kind: &CaseKind, place: &Place) -> Result<bool, Fault> {
    people::may(tx, account, &[&policy::TAKE, kind.handled_by], place).await
}

/// The working names of these accounts, opened; nothing is asked where there are none.
pub async fn names(ctx: &Ctx, accounts: &[Uuid]) -> Result<HashMap<Uuid, Pii<String>>, Fault> {
    if accounts.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, Vec<u8>)> = account::Entity::find()
        .select_only()
        .columns([account::Column::Id, account::Column::DisplayName])
        .filter(account::Column::Id.is_in(accounts.iter().copied()))
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    let ring = ctx.keys().await?;
    let opened = |(id, sealed): (Uuid, Vec<u8>)| Ok((id, ring.open("account", "display_name", id, &sealed)?));
    rows.into_iter().map(opened).collect()
}

/// Somebody to write to (收件人).
#[derive(Clone)]
pub struct Reader {
    /// The account.
    pub id: Uuid,
    /// The address.
    pub email: Pii<String>,
    /// The language of the letter.
    pub lang: Lang,
}

/// Those of these accounts that are in use and have an address, in the order of their ids.
pub async fn readers(tx: &Tx, accounts: &[Uuid]) -> Result<Vec<Reader>, Fault> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let rows = account::Entity::find()
        .filter(account::Column::Status.eq("ACTIVE"))
        .filter(account::Column::Email.is_not_null())
        .filter(account::Column::Id.is_in(accounts.iter().copied()))
        .order_by_asc(account::Column::Id)
        .all(tx)
        .await?;
    let ring = tx.ctx().keys().await?;
    let open = |row: account::Model| {
        let email = ring.open("account", "email", row.id, &row.email.unwrap_or_default())?;
        Ok(Reader { id: row.id, email, lang: Lang::from_code(&row.lang) })
    };
    rows.into_iter().map(open).collect()
}

/// A supervisor, and the county whose cases are theirs; all cases of the city where there is none.
pub type Supervisor = (Reader, Option<String>);

/// The supervisors of the city and of its counties who can be written to.
pub async fn supervisors(tx: &Tx) -> Result<Vec<Supervisor>, Fault> {
    use role_assignment::Column;
    let today = tx.ctx().today();
    let in_force = Condition::any().add(Column::ValidUntil.is_null()).add(Column::ValidUntil.gte(today));
    let rows = role_assignment::Entity::find()
        .filter(Column::Role.eq(SUPERVISOR))
        .filter(in_force)
        .order_by_asc(Column::Id)
        .all(tx)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.account_id).collect();
    let readers = readers(tx, &ids).await?;
    let supervisor = |row: role_assignment::Model| {
        let reader = readers.iter().find(|reader| reader.id == row.account_id)?.clone();
        match ScopeKind::parse(&row.scope_kind)? {
            ScopeKind::City => Some((reader, None)),
            ScopeKind::County => Some((reader, Some(row.scope_key))),
            _ => None,
        }
    };
    Ok(rows.into_iter().filter_map(supervisor).collect())
}
