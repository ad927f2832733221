//! Registrations that wait to be decided (审核): one at a time for a party, and what became of the earlier ones.

use chrono::{DateTime, Duration, Utc};
use kernel::{Fault, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use crate::parties::kinds::PartyDecision;
use crate::parties::rows::party_review::{self, Column};

/// Opens a review of the party: from now on its minutes are counted.
pub async fn open(tx: &Tx, party: Uuid) -> Result<(), Fault> {
    let (ctx, now) = (tx.ctx(), tx.ctx().now());
    let minutes = i64::from(ctx.kernel().config.parties.review_minutes);
    let row = party_review::ActiveModel {
        id: Set(ctx.new_id()),
        party_id: Set(party),
        opened_at: Set(now),
        due_at: Set(now + Duration::minutes(minutes)),
        waits: Set(true),
        decided_at: Set(None),
        decision: Set(None),
        decided_by: Set(None),
        organ: Set(None),
        missing: Set(None),
        remarks: Set(None),
    };
    party_review::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// How a review ends.
pub struct Decided {
    /// What became of it.
    pub decision: PartyDecision,
    /// In whose name, as it is stored.
    pub organ: Option<String>,
    /// The codes of the steps that were missing.
    pub missing: Option<String>,
    /// What else was said.
    pub remarks: Option<String>,
}

impl Decided {
    /// So, without a word.
    pub const fn simply(decision: PartyDecision) -> Self {
        Self { decision, organ: None, missing: None, remarks: None }
    }
}

/// Decides the open review of the party; where none is open, as one that was opened and decided at once.
pub async fn decide(tx: &Tx, party: Uuid, how: Decided) -> Result<(), Fault> {
    if opened(tx, party).await?.is_none() {
        open(tx, party).await?;
    }
    let ctx = tx.ctx();
    let change = party_review::ActiveModel {
        waits: Set(false),
        decided_at: Set(Some(ctx.now())),
        decision: Set(Some(how.decision)),
        decided_by: Set(ctx.actor().account_id()),
        organ: Set(how.organ),
        missing: Set(how.missing),
        remarks: Set(how.remarks),
        ..party_review::ActiveModel::default()
    };
    party_review::Entity::update_many()
        .set(change)
        .filter(Column::PartyId.eq(party))
        .filter(Column::Waits.eq(true))
        .exec(tx)
        .await?;
    Ok(())
}

/// Since when the party waits, if it does.
pub async fn opened(db: &impl ConnectionTrait, party: Uuid) -> Result<Option<DateTime<Utc>>, Fault> {
    let of = party_review::Entity::find().filter(Column::PartyId.eq(party)).filter(Column::Waits.eq(true));
    Ok(of.one(db).await?.map(|row| row.opened_at))
}

/// Was the party told what is missing before, since it was last verified or closed?
pub async fn was_told(db: &impl ConnectionTrait, party: Uuid) -> Result<bool, Fault> {
    let last = party_review::Entity::find()
        .filter(Column::PartyId.eq(party))
        .filter(Column::Waits.eq(false))
        .order_by_desc(Column::Id)
        .one(db)
        .await?;
    Ok(last.is_some_and(|row| row.decision == Some(PartyDecision::Rejected)))
}
