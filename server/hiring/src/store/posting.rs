//! A posting's own row and its shifts (招聘信息行、班次): made from what was read, changed under its version.

use std::collections::{HashMap, HashSet};

use kernel::{Ctx, Fault, Tx};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait as _, Iterable as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select, SqlErr,
};
use uuid::Uuid;

use crate::kinds::PostingStatus;
use crate::rows::{engagement, posting, shift, taken_down_text};
use crate::rules::checking::{self, Read};
use crate::rules::describe::Described;
use crate::rules::shifts::{Changes, Kept, Shift};

/// Values of one statement; `SQLite` takes 32,766.
const VALUES: usize = 30_000;

/// Whose a posting is, and where it is published (归属).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Belongs {
    /// The hiring party.
    pub party: Uuid,
    /// The agency.
    pub agency: Option<Uuid>,
    /// The market.
    pub market: Option<Uuid>,
}

/// The columns that a form decides.
pub fn described(read: &Described) -> posting::ActiveModel {
    posting::ActiveModel {
        county: Set(read.county.clone()),
        kind: Set(read.kind),
        source: Set(read.source),
        engagement: Set(read.engagement),
        trade: Set(read.trade.clone()),
        title: Set(read.title.clone()),
        duties: Set(read.duties.clone()),
        conditions: Set(read.conditions.clone()),
        headcount: Set(read.headcount),
        wage_fen: Set(read.wage_fen),
        wage_unit: Set(read.wage_unit),
        pay_day: Set(read.pay_day),
        pay_text: Set(read.pay_text.clone()),
        wage_order: Set(read.wage_order()),
        place: Set(read.place.clone()),
        lat: Set(read.point.map(|(lat, _)| lat)),
        lng: Set(read.point.map(|(_, lng)| lng)),
        cover: Set(read.cover),
        needs_certificate: Set(read.needs_certificate),
        instant: Set(read.instant),
        priority: Set(read.priority),
        valid_from: Set(read.valid_from),
        valid_until: Set(read.valid_until),
        starts_at: Set(read.starts_at()),
        ends_at: Set(read.ends_at()),
        closes_at: Set(read.closes_at()),
        text_key: Set(checking::text_key(read)),
        ..posting::ActiveModel::default()
    }
}

/// A new row, a draft.
pub fn fresh(
    ctx: &Ctx,
    id: Uuid,
    belongs: Belongs,
    external: Option<String>,
    read: &Described,
) -> posting::ActiveModel {
    posting::ActiveModel {
        id: Set(id),
        version: Set(1),
        status: Set(PostingStatus::Draft),
        status_reason: Set(None),
        party_id: Set(belongs.party),
        agency_id: Set(belongs.agency),
        market_id: Set(belongs.market),
        external_id: Set(external),
        posted_by: Set(ctx.actor().account_id()),
        posted_citizen: Set(ctx.actor().citizen_id()),
        submitted_at: Set(None),
        reviewed_by: Set(None),
        remarks: Set(None),
        published_at: Set(None),
        last_confirmed_at: Set(ctx.now()),
        fresh_until: Set(ctx.now()),
        created_at: Set(ctx.now()),
        updated_at: Set(ctx.now()),
        ..described(read)
    }
}

/// Changes a row under its version; false when somebody was faster.
pub async fn change(tx: &Tx, row: &posting::Model, mut change: posting::ActiveModel) -> Result<bool, DbErr> {
    change.id = NotSet;
    change.version = Set(row.version + 1);
    change.updated_at = Set(tx.ctx().now());
    let mine = Condition::all().add(posting::Column::Id.eq(row.id)).add(posting::Column::Version.eq(row.version));
    let done = posting::Entity::update_many().set(change).filter(mine).exec(tx).await?;
    Ok(done.rows_affected == 1)
}

/// The shifts of a posting in the order of time, and what hangs on each; held, so that no place is taken until they are changed.
pub async fn kept(tx: &Tx, posting: Uuid) -> Result<Vec<Kept>, Fault> {
    let rows = in_order(&[posting]).lock(LockType::NoKeyUpdate).all(tx).await?;
    let used: HashSet<Uuid> = engagement::Entity::find()
        .select_only()
        .column(engagement::Column::ShiftId)
        .filter(engagement::Column::PostingId.eq(posting))
        .distinct()
        .into_tuple::<Uuid>()
        .all(tx)
        .await?
        .into_iter()
        .collect();
    let kept = |row: &shift::Model| Kept {
        id: row.id,
        shift: Shift::from(row),
        taken: row.taken,
        used: used.contains(&row.id),
    };
    Ok(rows.iter().map(kept).collect())
}

fn in_order(postings: &[Uuid]) -> Select<shift::Entity> {
    shift::Entity::find()
        .filter(shift::Column::PostingId.is_in(postings.iter().copied()))
        .order_by_asc(shift::Column::StartsAt)
        .order_by_asc(shift::Column::EndsAt)
        .order_by_asc(shift::Column::Id)
}

/// The shifts of some postings, in the order of time.
pub async fn shifts_of(
    db: &impl ConnectionTrait,
    postings: &[Uuid],
) -> Result<HashMap<Uuid, Vec<shift::Model>>, Fault> {
    let rows = in_order(postings).all(db).await?;
    let mut grouped: HashMap<Uuid, Vec<shift::Model>> = HashMap::new();
    for row in rows {
        grouped.entry(row.posting_id).or_default().push(row);
    }
    Ok(grouped)
}

impl From<&shift::Model> for Shift {
    fn from(row: &shift::Model) -> Self {
        Self {
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            break_minutes: row.break_minutes,
            headcount: row.headcount,
        }
    }
}

/// Rows of new shifts.
pub fn new_shifts(ctx: &Ctx, posting: Uuid, shifts: &[Shift], open: bool) -> Vec<shift::ActiveModel> {
    let row = |(shift, position): (&Shift, i32)| shift::ActiveModel {
        id: Set(ctx.new_id()),
        posting_id: Set(posting),
        position: Set(position),
        starts_at: Set(shift.starts_at),
        ends_at: Set(shift.ends_at),
        break_minutes: Set(shift.break_minutes),
        headcount: Set(shift.headcount),
        taken: Set(0),
        open: Set(open),
        edition: Set(1),
    };
    shifts.iter().zip(0..).map(row).collect()
}

/// Writes what becomes of the shifts of a posting that is amended; false where one that would go was applied for meanwhile. Whoever
/// read the posting before takes no place of it by that.
pub async fn change_shifts(tx: &Tx, posting: Uuid, changes: &Changes, open: bool) -> Result<bool, Fault> {
    shift::Entity::update_many()
        .col_expr(shift::Column::Edition, Expr::col(shift::Column::Edition).add(1))
        .filter(shift::Column::PostingId.eq(posting))
        .exec(tx)
        .await?;
    for (id, shift) in &changes.changed {
        let change = shift::ActiveModel {
            headcount: Set(shift.headcount),
            break_minutes: Set(shift.break_minutes),
            ..shift::ActiveModel::default()
        };
        shift::Entity::update_many().set(change).filter(shift::Column::Id.eq(*id)).exec(tx).await?;
    }
    if !changes.removed.is_empty() {
        let gone = shift::Column::Id.is_in(changes.removed.iter().copied());
        let removed = shift::Entity::delete_many().filter(gone).exec(tx).await;
        if let Err(error) = removed {
            let used = matches!(error.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_)));
            return if used { Ok(false) } else { Err(error.into()) };
        }
    }
    insert::<shift::Entity>(tx, new_shifts(tx.ctx(), posting, &changes.added, open)).await?;
    Ok(true)
}

/// Inserts many rows in as few statements as the back ends take; none where there are none.
pub async fn insert<E>(tx: &Tx, rows: Vec<E::ActiveModel>) -> Result<(), Fault>
where
    E: EntityTrait,
    E::ActiveModel: sea_orm::ActiveModelTrait<Entity = E>,
{
    let at_once = (VALUES / E::Column::iter().count().max(1)).max(1);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<_> = rows.by_ref().take(at_once).collect();
        E::insert_many(some).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Those of these texts that were taken down and not lifted since.
pub async fn taken_down(db: &impl ConnectionTrait, keys: Vec<String>) -> Result<HashSet<String>, Fault> {
    let found: Vec<String> = taken_down_text::Entity::find()
        .select_only()
        .column(taken_down_text::Column::TextKey)
        .filter(taken_down_text::Column::TextKey.is_in(keys))
        .filter(taken_down_text::Column::LiftedAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

/// What the linter reads of a stored posting.
#[must_use]
pub fn read<'a>(row: &'a posting::Model, shifts: &[shift::Model]) -> Read<'a> {
    Read {
        title: &row.title,
        duties: &row.duties,
        conditions: row.conditions.as_deref(),
        place: &row.place,
        pay_text: row.pay_text.as_deref(),
        engagement: row.engagement,
        wage_fen: row.wage_fen,
        wage_unit: row.wage_unit,
        pay_day: row.pay_day,
        shifts: shifts.iter().map(Shift::from).collect(),
        hazardous: kernel::trades::Trades::standard().needs_certificate(&row.trade),
    }
}
