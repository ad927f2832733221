//! The life of a case (办件流程): RECEIVED → ACCEPTED → DECIDED, or WITHDRAWN from either of the first two. 首问负责: whoever takes
//! it first owns it, until somebody who was offered it accepts.

use uuid::Uuid;

use crate::kinds::{CaseDecision, CaseStatus};

/// A case as far as its life goes (办件状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// Its state.
    pub status: CaseStatus,
    /// Whose it is.
    pub owner: Option<Uuid>,
    /// To whom it was offered.
    pub offered_to: Option<Uuid>,
}

/// Why a step is not taken (不能办理的原因).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hitch {
    /// It was decided or withdrawn.
    Closed,
    /// It is the actor's already.
    Yours,
    /// It is somebody else's, who works on it.
    Taken,
    /// It is not the actor's.
    NotOwner,
    /// It was not offered to the actor.
    NotOffered,
    /// It cannot be handed over to its owner.
    ToYourself,
    /// The kind of case knows no such decision.
    NotAllowed,
    /// The actor made what is contested.
    OwnDecision,
    /// The actor asked for it.
    OwnRequest,
}

/// Is something left to do?
#[must_use]
pub const fn is_open(status: CaseStatus) -> bool {
    matches!(status, CaseStatus::Received | CaseStatus::Accepted)
}

fn open(life: Life) -> Result<(), Hitch> {
    if is_open(life.status) { Ok(()) } else { Err(Hitch::Closed) }
}

fn own(life: Life, me: Uuid) -> Result<(), Hitch> {
    open(life)?;
    if life.owner == Some(me) { Ok(()) } else { Err(Hitch::NotOwner) }
}

/// May `me` take it? What is somebody's stays theirs as long as they can work on it.
pub fn take(life: Life, me: Uuid, owner_works: bool) -> Result<(), Hitch> {
    open(life)?;
    match life.owner {
        Some(owner) if owner == me => Err(Hitch::Yours),
        Some(_) if owner_works => Err(Hitch::Taken),
        _ => Ok(()),
    }
}

/// May `me` offer it to `to`?
pub fn hand_over(life: Life, me: Uuid, to: Uuid) -> Result<(), Hitch> {
    own(life, me)?;
    if to == me { Err(Hitch::ToYourself) } else { Ok(()) }
}

/// May `me` accept it?
pub fn accept(life: Life, me: Uuid) -> Result<(), Hitch> {
    open(life)?;
    if life.offered_to == Some(me) { Ok(()) } else { Err(Hitch::NotOffered) }
}

/// May `me` decide it so?
pub fn decide(life: Life, me: Uuid, decision: CaseDecision, allowed: &[CaseDecision]) -> Result<(), Hitch> {
    own(life, me)?;
    if allowed.contains(&decision) { Ok(()) } else { Err(Hitch::NotAllowed) }
}

/// Whoever made what is contested does not decide about it, nor does whoever asked for it on somebody's behalf (回避).
pub fn stand_back(me: Uuid, contested: Option<Uuid>, asked: Option<Uuid>) -> Result<(), Hitch> {
    if contested == Some(me) {
        return Err(Hitch::OwnDecision);
    }
    if asked == Some(me) { Err(Hitch::OwnRequest) } else { Ok(()) }
}

/// May it be taken back?
pub fn withdraw(life: Life) -> Result<(), Hitch> {
    open(life)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: Uuid = Uuid::from_u128(1);
    const WANG: Uuid = Uuid::from_u128(2);

    fn life(status: CaseStatus, owner: Option<Uuid>, offered_to: Option<Uuid>) -> Life {
        Life { status, owner, offered_to }
    }

    #[test]
    fn the_first_who_takes_it_owns_it_while_that_person_works() {
        let fresh = life(CaseStatus::Received, None, None);
        assert_eq!(take(fresh, ME, false), Ok(()));
        let wangs = life(CaseStatus::Accepted, Some(WANG), None);
        assert_eq!(take(wangs, ME, true), Err(Hitch::Taken));
        assert_eq!(take(wangs, ME, false), Ok(()), "its owner left");
        assert_eq!(take(wangs, WANG, true), Err(Hitch::Yours));
    }

    #[test]
    fn only_the_owner_offers_it_and_only_whoever_was_offered_it_accepts() {
        let mine = life(CaseStatus::Accepted, Some(ME), None);
        assert_eq!(hand_over(mine, ME, WANG), Ok(()));
        assert_eq!(hand_over(mine, ME, ME), Err(Hitch::ToYourself));
        assert_eq!(hand_over(mine, WANG, ME), Err(Hitch::NotOwner));
        assert_eq!(accept(mine, WANG), Err(Hitch::NotOffered));
        let offered = life(CaseStatus::Accepted, Some(ME), Some(WANG));
        assert_eq!(accept(offered, WANG), Ok(()));
        assert_eq!(accept(offered, ME), Err(Hitch::NotOffered));
    }

    #[test]
    fn only_the_owner_decides_never_about_a_decision_of_their_own_and_only_what_the_kind_knows() {
        let (mine, all) =
            (life(CaseStatus::Accepted, Some(ME), Some(WANG)), [CaseDecision::Upheld, CaseDecision::Dismissed]);
        let upheld = CaseDecision::Upheld;
        assert_eq!(decide(mine, ME, upheld, &all), Ok(()), "an offer that nobody accepted changes nothing");
        assert_eq!(decide(mine, WANG, upheld, &all), Err(Hitch::NotOwner));
        assert_eq!(decide(mine, ME, upheld, &[CaseDecision::Dismissed]), Err(Hitch::NotAllowed));
        assert_eq!(decide(life(CaseStatus::Received, None, None), ME, upheld, &all), Err(Hitch::NotOwner));
        assert_eq!(stand_back(ME, Some(ME), None), Err(Hitch::OwnDecision));
        assert_eq!(stand_back(ME, None, Some(ME)), Err(Hitch::OwnRequest));
        assert_eq!([stand_back(ME, Some(WANG), Some(WANG)), stand_back(ME, None, None)], [Ok(()), Ok(())]);
    }

    #[test]
    fn what_is_closed_stays_as_it_is() {
        for status in [CaseStatus::Decided, CaseStatus::Withdrawn] {
            let closed = life(status, Some(ME), Some(ME));
            assert_eq!(take(closed, ME, true), Err(Hitch::Closed));
            assert_eq!(hand_over(closed, ME, WANG), Err(Hitch::Closed));
            assert_eq!(accept(closed, ME), Err(Hitch::Closed));
            assert_eq!(decide(closed, ME, CaseDecision::Upheld, &[CaseDecision::Upheld]), Err(Hitch::Closed));
            assert_eq!(withdraw(closed), Err(Hitch::Closed));
        }
        assert_eq!(withdraw(life(CaseStatus::Received, None, None)), Ok(()));
        assert_eq!(withdraw(life(CaseStatus::Accepted, Some(ME), None)), Ok(()));
    }
}
