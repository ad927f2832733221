//! Attempts to prove a password (登录尝试): counted before it is looked at, given back when it was right.

use entities::account;
use kernel::fault::{Fault, Never, Stop};
use kernel::{Ctx, Pii, Tx};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _, Set};
use uuid::Uuid;

use super::shared;
use crate::rows::sign_in_failure::{Column, Entity, Model};
use crate::rules::lockout::{self, Blocked, Tally};
use crate::source::Source;
use crate::{mail, queries};

/// Counts for the account as a whole stand under this source.
const ACCOUNT: &[u8] = b"";
/// Wrong codes behind the right password stand under this one.
const CODES: &[u8] = b"code";

/// An attempt that was taken.
pub(crate) struct Attempt {
    account: Vec<u8>,
    source: Vec<u8>,
    /// The account is under attack and this network is strange to it: a one-time code comes before the password.
    pub(crate) code_first: bool,
    /// Until when the network is closed to those without a one-time code: the owner used it before, and whoever guesses
    /// there must not keep the owner out. Such an attempt is not counted.
    pub(crate) closed: Option<Blocked>,
}

/// Takes an attempt, or says until when none is looked at. `with_code`: a one-time code was shown beside the password.
pub(crate) async fn take(
    ctx: &Ctx,
    username: &str,
    source: &Source,
    with_code: bool,
) -> Result<Result<Attempt, Blocked>, Fault> {
    let ring = ctx.keys().await?;
    let account = ring.blind("sign_in_failure.account", &Pii::new(username));
    let network = ring.blind("sign_in_failure.source", &Pii::new(&source.network));
    let now = ctx.now();
    let known = queries::is_known_network(ctx, username, &source.network).await?;
    let taken: Result<(Option<Tally>, Option<Tally>), Stop<Refused>> = ctx
        .quietly(|tx| {
            let (account, network) = (account.clone(), network.clone());
            async move {
                let before = raise(&tx, &account, &network).await?;
                let tally = lockout::take(before.tally, now).map_err(|blocked| Stop::Refused(Refused(blocked.0)))?;
                put(&tx, before.id, tally).await?;
                let whole = raise(&tx, &account, ACCOUNT).await?;
                put(&tx, whole.id, lockout::count(whole.tally, now)).await?;
                let codes = find(&tx, &account, CODES).await?.map(|row| tally_of(&row));
                Ok((whole.tally, codes))
            }
        })
        .await;
    match taken {
        Ok((_, Some(codes))) if !known && codes.has_passed(lockout::WRONG_CODES, now) => {
            Ok(Err(Blocked(codes.first_at + chrono::Duration::hours(lockout::MEMORY_HOURS))))
        }
        Ok((whole, _)) => {
            let code_first = !known && whole.is_some_and(|tally| tally.has_passed(lockout::ALARM, now));
            Ok(Ok(Attempt { account, source: network, code_first, closed: None }))
        }
        Err(Stop::Refused(Refused(until))) if known && with_code => {
            Ok(Ok(Attempt { account, source: network, code_first: true, closed: Some(Blocked(until)) }))
        }
        Err(Stop::Refused(Refused(until))) => Ok(Err(Blocked(until))),
        Err(Stop::Fault(fault)) => Err(fault),
    }
}

/// Why no attempt was taken; never leaves this file.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Refused(chrono::DateTime<chrono::Utc>);

impl kernel::refusal::Refusal for Refused {
    fn code(&self) -> &'static str {
        "Blocked"
    }
    fn field(&self) -> Option<&str> {
        None
    }
    fn message(&self, _: kernel::Lang) -> String {
        self.code().to_owned()
    }
}

impl Attempt {
    /// It was right: the network's failures are forgotten, and the account has one less.
    pub(crate) async fn forgive(&self, tx: &Tx) -> Result<(), Fault> {
        Entity::delete_many()
            .filter(Column::AccountIndex.eq(self.account.clone()))
            .filter(Column::SourceIndex.eq(self.source.clone()))
            .exec(tx)
            .await?;
        self.lower(tx, ACCOUNT).await
    }

    /// It was neither right nor wrong: as if it had not been made.
    pub(crate) async fn give_back(&self, ctx: &Ctx) -> Result<(), Fault> {
        if self.closed.is_some() {
            return Ok(());
        }
        let given: Result<(), Stop<Never>> = ctx
            .quietly(|tx| async move {
                self.lower(&tx, &self.source).await?;
                Ok(self.lower(&tx, ACCOUNT).await?)
            })
            .await;
        given.map_err(Stop::into_fault)
    }

    /// The password was right and the code was wrong. When that has happened too often, the owner hears of it.
    pub(crate) async fn count_wrong_code(&self, ctx: &Ctx, owner: &account::Model) -> Result<(), Fault> {
        let counted: Result<(), Stop<Never>> = ctx
            .quietly(|tx| async move {
                let before = raise(&tx, &self.account, CODES).await?;
                let tally = lockout::count(before.tally, tx.ctx().now());
                put(&tx, before.id, tally).await?;
                if tally.failures == lockout::WRONG_CODES {
                    shared::write_to(&tx, owner, mail::codes_guessed).await?;
                }
                Ok(())
            })
            .await;
        counted.map_err(Stop::into_fault)
    }

    async fn lower(&self, tx: &Tx, source: &[u8]) -> Result<(), Fault> {
        let Some(row) = find(tx, &self.account, source).await? else { return Ok(()) };
        if let Some(tally) = lockout::give_back(tally_of(&row)) {
            return put(tx, row.id, tally).await;
        }
        Entity::delete_by_id(row.id).exec(tx).await?;
        Ok(())
    }
}

/// A row that is locked, and what it said before it was raised.
struct Raised {
    id: Uuid,
    tally: Option<Tally>,
}

/// Raises a count by one and so takes the row's lock: two attempts at the same moment are two.
async fn raise(tx: &Tx, account: &[u8], source: &[u8]) -> Result<Raised, Fault> {
    let now = tx.ctx().now();
    let fresh = crate::rows::sign_in_failure::ActiveModel {
        id: Set(tx.ctx().new_id()),
        account_index: Set(account.to_vec()),
        source_index: Set(source.to_vec()),
        failures: Set(1),
        first_at: Set(now),
        last_at: Set(now),
        blocked_until: Set(None),
    };
    let one_more = OnConflict::columns([Column::AccountIndex, Column::SourceIndex])
        .value(Column::Failures, Expr::col((Entity, Column::Failures)).add(1))
        .to_owned();
    Entity::insert(fresh).on_conflict(one_more).exec_without_returning(tx).await?;
    let row = find(tx, account, source).await?.ok_or(Fault::internal("find a count that was just raised"))?;
    let tally = (row.failures > 1).then(|| Tally { failures: row.failures - 1, ..tally_of(&row) });
    Ok(Raised { id: row.id, tally })
}

async fn find(tx: &Tx, account: &[u8], source: &[u8]) -> Result<Option<Model>, Fault> {
    let row = Entity::find()
        .filter(Column::AccountIndex.eq(account.to_vec()))
        .filter(Column::SourceIndex.eq(source.to_vec()))
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(row)
}

async fn put(tx: &Tx, id: Uuid, tally: Tally) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::Failures, Expr::value(tally.failures))
        .col_expr(Column::FirstAt, Expr::value(tally.first_at))
        .col_expr(Column::LastAt, Expr::value(tally.last_at))
        .col_expr(Column::BlockedUntil, Expr::value(tally.blocked_until))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

fn tally_of(row: &Model) -> Tally {
    Tally { failures: row.failures, first_at: row.first_at, last_at: row.last_at, blocked_until: row.blocked_until }
}
