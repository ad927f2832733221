//! What confirming and hiring share (录用的共同部分): one worker or fifty, all or none.

use std::collections::HashSet;

use kernel::clock::day_of;
use kernel::{Ctx, Fault, Tx};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::engagements::rules::eligible::{Bar, Until};
use crate::engagements::store::offer::{self, Offer};
use crate::engagements::store::workers::{self, Held};
use crate::engagements::store::{doors, places};

/// So many are confirmed together at most.
pub const GROUP: usize = 50;

/// Why workers do not get places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// Nobody does.
    Offer(Bar),
    /// The licence of the agency is not in force.
    Licence,
    /// These do not: for this reason.
    Workers(Why, Vec<Uuid>),
    /// There are not so many places left.
    Full,
}

/// Why a worker does not get a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Not in use.
    Gone,
    /// Too young.
    UnderAge,
    /// No certificate.
    Certificate,
    /// A place at the same hours.
    Overlapping,
    /// An engagement of this shift already.
    Duplicate,
    /// Not looking for work today, and entered by the hiring party.
    NotLooking,
}

/// What is asked of workers beside what is asked of all.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// They applied for this shift themselves.
    pub applied: bool,
    /// Somebody at the counter looked at their certificates.
    pub certificate_seen: bool,
    /// They must be looking for work: the hiring party enters them.
    pub looking: bool,
}

/// Is the licence of the agency that published it in force? What no agency published needs none.
pub async fn is_licensed(ctx: &Ctx, db: &impl ConnectionTrait, offer: &Offer) -> Result<bool, Fault> {
    doors::licence_ok(ctx, db, offer.posting.agency_id).await
}

/// Takes places for these workers, whom the transaction holds: all of them, or none and why. What is given back is the offer by
/// which it was decided: what was amended meanwhile is decided anew.
pub async fn take(
    tx: &Tx,
    mut offer: Offer,
    held: &[Held],
    wanted: &[Uuid],
    asked: Asked,
) -> Result<Result<Offer, Blocked>, Fault> {
    let places = i32::try_from(wanted.len()).map_err(Fault::of("count places"))?;
    loop {
        if let Some(blocked) = barred(tx, &offer, held, wanted, asked).await? {
            return Ok(Err(blocked));
        }
        if places::take(tx, &offer.shift, places).await? {
            workers::given(tx, wanted).await?;
            return Ok(Ok(offer));
        }
        let Some(newer) = offer::amended(tx, &offer).await? else { return Ok(Err(Blocked::Full)) };
        offer = newer;
    }
}

/// What stands in the way of places for these workers, but that none is left.
async fn barred(
    tx: &Tx,
    offer: &Offer,
    held: &[Held],
    wanted: &[Uuid],
    asked: Asked,
) -> Result<Option<Blocked>, Fault> {
    let ctx = tx.ctx();
    if let Some(bar) = offer.offered().bar(ctx.today(), ctx.now(), Until::End) {
        return Ok(Some(Blocked::Offer(bar)));
    }
    if !is_licensed(ctx, tx, offer).await? {
        return Ok(Some(Blocked::Licence));
    }
    Ok(unfit(tx, offer, held, wanted, asked).await?.map(|(why, who)| Blocked::Workers(why, who)))
}

async fn unfit(
    tx: &Tx,
    offer: &Offer,
    held: &[Held],
    wanted: &[Uuid],
    asked: Asked,
) -> Result<Option<(Why, Vec<Uuid>)>, Fault> {
    let offered = offer.offered();
    let barred = |bar: Bar| -> Vec<Uuid> {
        held.iter().filter(|one| one.seeker(None, false).bar(&offered) == Some(bar)).map(|one| one.row.id).collect()
    };
    let known: HashSet<Uuid> = held.iter().map(|one| one.row.id).collect();
    if wanted.iter().any(|id| !known.contains(id)) {
        return Err(Fault::NotFound);
    }
    let now = tx.ctx().now();
    let idle = held.iter().filter(|one| asked.looking && one.row.looking_until.is_none_or(|until| until <= now));
    let idle: Vec<Uuid> = idle.map(|one| one.row.id).collect();
    let uncertified = if offer.needs_certificate() && !asked.certificate_seen {
        let day = day_of(offer.shift.starts_at);
        doors::without_certificate(tx.ctx(), tx, wanted, &offer.posting.trade, day).await?
    } else {
        Vec::new()
    };
    let found = workers::standing(tx, wanted, offer.shift.id, offer.shift.starts_at, offer.shift.ends_at).await?;
    let twice = if asked.applied { Vec::new() } else { found.applied.into_iter().collect() };
    let all = [
        (Why::Gone, barred(Bar::Blocked)),
        (Why::UnderAge, barred(Bar::UnderAge)),
        (Why::NotLooking, idle),
        (Why::Certificate, uncertified),
        (Why::Duplicate, twice),
        (Why::Overlapping, found.busy.into_iter().collect()),
    ];
    Ok(all.into_iter().find(|(_, who)| !who.is_empty()))
}

/// The masked names of these workers, for whoever must do without them: 张*、李*.
#[must_use]
pub fn names(held: &[Held], who: &[Uuid]) -> String {
    let mut names: Vec<&str> =
        held.iter().filter(|one| who.contains(&one.row.id)).map(|one| one.row.name_masked.as_str()).collect();
    names.sort_unstable();
    if names.is_empty() { format!("{}", who.len()) } else { names.join("、") }
}

/// Says why in the words of an operation: its refusal has these variants.
macro_rules! refused_as_blocked {
    ($refusal:ident) => {
        impl $refusal {
            /// The refusal, with the masked names of those it is about.
            fn of(blocked: &$crate::engagements::operations::hiring::Blocked, held: &[Held]) -> Self {
                use $crate::engagements::operations::hiring::{Blocked, Why, names};
                use $crate::engagements::rules::eligible::Bar;
                match blocked {
                    Blocked::Offer(Bar::NotPublished) => Self::NotPublished,
                    Blocked::Offer(Bar::Expired) => Self::Expired,
                    Blocked::Offer(Bar::NotVerified) => Self::NotVerified,
                    Blocked::Offer(_) => Self::Closed,
                    Blocked::Licence => Self::LicenceInvalid,
                    Blocked::Full => Self::Full,
                    Blocked::Workers(why, who) => {
                        let names = names(held, who);
                        match why {
                            Why::Gone => Self::WorkerGone { names },
                            Why::UnderAge => Self::UnderAge { names },
                            Why::Certificate => Self::CertificateMissing { names },
                            Why::Overlapping => Self::Overlapping { names },
                            Why::Duplicate => Self::DuplicateApplication { names },
                            Why::NotLooking => Self::NotLooking { names },
                        }
                    }
                }
            }
        }
    };
}
pub(super) use refused_as_blocked;
