//! A shift on offer (可报名班次): with its posting and its hiring party, in one statement.

use chrono::{DateTime, NaiveDate, Utc};
use entities::{hiring_party, party_member};
use kernel::policy::{Action, Place};
use kernel::{Actor, Ctx, Fault, Tx};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, FromQueryResult, JoinType, QueryFilter as _,
    QueryResult, QuerySelect as _, Select,
};
use uuid::Uuid;

use super::deal::{columns, on, some_columns};
use super::doors;
use crate::engagements::rules::eligible::Offered;
use crate::kinds::{AccidentCover, EngagementType, PayDay, PostingStatus, Side, WageUnit};
use crate::rows::{posting, shift};
use crate::store::visible;

some_columns! {
    /// What the hire asks of a posting (岗位要素).
    pub struct Work of posting {
        /// Its id.
        pub id: Uuid = Id,
        /// The hiring party.
        pub party_id: Uuid = PartyId,
        /// The market.
        pub market_id: Option<Uuid> = MarketId,
        /// The agency that publishes it.
        pub agency_id: Option<Uuid> = AgencyId,
        /// County of the work.
        pub county: String = County,
        /// Its state.
        pub status: PostingStatus = Status,
        /// Its first day.
        pub valid_from: NaiveDate = ValidFrom,
        /// Its last day.
        pub valid_until: NaiveDate = ValidUntil,
        /// Until when it counts as fresh.
        pub fresh_until: DateTime<Utc> = FreshUntil,
        /// The trade.
        pub trade: String = Trade,
        /// What is wanted.
        pub title: String = Title,
        /// What is to be done.
        pub duties: String = Duties,
        /// Where.
        pub place: String = Place,
        /// Engagement type.
        pub engagement: EngagementType = Engagement,
        /// Places of all its shifts together.
        pub headcount: i32 = Headcount,
        /// The wage in fen.
        pub wage_fen: i64 = WageFen,
        /// For what.
        pub wage_unit: WageUnit = WageUnit,
        /// When it is paid.
        pub pay_day: PayDay = PayDay,
        /// Who bears an accident.
        pub cover: AccidentCover = Cover,
        /// Confirms whoever applies.
        pub instant: bool = Instant,
        /// Asks for a certificate.
        pub needs_certificate: bool = NeedsCertificate,
    }
}

some_columns! {
    /// What the hire asks of a hiring party (用工主体要素).
    pub struct Hirer of hiring_party {
        /// Its kind.
        pub kind: String = Kind,
        /// Its state.
        pub status: String = Status,
    }
}

/// A shift and what it stands on.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The shift.
    pub shift: shift::Model,
    /// Its posting.
    pub posting: Work,
    /// The hiring party.
    pub party: Hirer,
    /// Does the citizen who asks act for the hiring party?
    pub own: bool,
}

impl FromQueryResult for Offer {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            shift: shift::Model::from_query_result(row, "s_")?,
            posting: Work::from_query_result(row, "p_")?,
            party: Hirer::from_query_result(row, "h_")?,
            own: row.try_get::<Option<Uuid>>("", "own_member")?.is_some(),
        })
    }
}

impl Offer {
    /// What the rules ask of it.
    #[must_use]
    pub fn offered(&self) -> Offered {
        Offered {
            status: self.posting.status,
            valid_from: self.posting.valid_from,
            valid_until: self.posting.valid_until,
            fresh_until: self.posting.fresh_until,
            open: self.shift.open,
            starts_at: self.shift.starts_at,
            ends_at: self.shift.ends_at,
            verified: self.party.status == "VERIFIED",
            hazardous: people::kept_from_minors(&self.posting.trade).is_some(),
        }
    }

    /// Can a place be taken without holding anything: is one left, and if it is the last of the shift, the last of the posting?
    #[must_use]
    pub fn is_plain(&self) -> bool {
        let after = self.shift.taken + 1;
        let last = self.posting.status == PostingStatus::Published && self.posting.headcount == self.shift.headcount;
        after < self.shift.headcount || (after == self.shift.headcount && last)
    }

    /// Does the work ask for a certificate of special operations?
    #[must_use]
    pub fn needs_certificate(&self) -> bool {
        self.posting.needs_certificate || kernel::trades::Trades::standard().needs_certificate(&self.posting.trade)
    }
}

/// A shift on offer, or *not found*.
pub async fn load(db: &impl ConnectionTrait, ctx: &Ctx, shift: Uuid) -> Result<Offer, Fault> {
    let citizen = ctx.actor().citizen_id().unwrap_or_default();
    selected(citizen, shift).into_model::<Offer>().one(db).await?.ok_or(Fault::NotFound)
}

/// The offer as it is now, where its posting was amended since it was read.
pub async fn amended(tx: &Tx, seen: &Offer) -> Result<Option<Offer>, Fault> {
    let now = load(tx, tx.ctx(), seen.shift.id).await?;
    Ok(Some(now).filter(|now| now.shift.edition != seen.shift.edition))
}

/// The statement that reads one, for a citizen who may act for its hiring party.
pub(super) fn selected(citizen: Uuid, shift: Uuid) -> Select<shift::Entity> {
    use shift::Column as Of;
    let posting = on::<shift::Entity, posting::Entity>(Of::PostingId, posting::Column::Id);
    let party = on::<posting::Entity, hiring_party::Entity>(posting::Column::PartyId, hiring_party::Column::Id);
    let member = on::<posting::Entity, party_member::Entity>(posting::Column::PartyId, party_member::Column::PartyId)
        .on_condition(move |_, _| {
            use party_member::Column as Member;
            Condition::all().add(Member::CitizenId.eq(citizen)).add(Member::EndedAt.is_null())
        });
    let query = shift::Entity::find()
        .select_only()
        .join(JoinType::InnerJoin, posting)
        .join(JoinType::InnerJoin, party)
        .join(JoinType::LeftJoin, member)
        .column_as(party_member::Column::Id, "own_member")
        .filter(Of::Id.eq(shift));
    let query = columns::<_, shift::Entity>(query, "s_");
    Hirer::columns(Work::columns(query, "p_"), "h_")
}

/// Who the actor is to a posting: the staff of its market who may do `action`, or somebody who acts for its hiring party;
/// *not found* for others.
pub async fn side_of(db: &impl ConnectionTrait, ctx: &Ctx, action: &Action, row: &Work) -> Result<Side, Fault> {
    match ctx.actor() {
        Actor::Anonymous => Err(Fault::Unauthenticated),
        Actor::Citizen(_) => {
            if !doors::acts_for(ctx, db, row.party_id).await? {
                return Err(Fault::NotFound);
            }
            ctx.require(action, &Place::city()).await?;
            Ok(Side::Party)
        }
        Actor::Account(_) | Actor::System(_) => {
            let place = visible::place_at(db, &row.county, row.market_id, row.agency_id).await?;
            if ctx.reach_by_class(action).await?.holds(&place) { Ok(Side::Staff) } else { Err(Fault::NotFound) }
        }
    }
}

/// A posting, and which side the actor who may do `action` to it is.
pub async fn posting_for(tx: &Tx, action: &Action, id: Uuid) -> Result<(posting::Model, Side), Fault> {
    let row = posting::Entity::find_by_id(id).one(tx).await?.ok_or(Fault::NotFound)?;
    tx.about("Posting", id);
    let side = side_of(tx, tx.ctx(), action, &Work::from(&row)).await?;
    Ok((row, side))
}

/// Loads a shift, and lets the actor do `action` to it; says which side it is.
pub async fn load_for(tx: &Tx, action: &Action, shift: Uuid) -> Result<(Offer, Side), Fault> {
    let offer = load(tx, tx.ctx(), shift).await?;
    tx.about("Shift", shift);
    let side = side_of(tx, tx.ctx(), action, &offer.posting).await?;
    Ok((offer, side))
}
