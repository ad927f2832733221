//! Who registers as a party (登记主体): a unit, or a person with the citizen behind it.

use entities::citizen;
use kernel::keys::KeyRing;
use kernel::{Fault, Pii, Stop, Tx};
use uuid::Uuid;

use crate::parties::kinds::PartyKind;
use crate::parties::rules::registration::{self, Called, Flaw, Identity, Unit};
use crate::parties::store::citizens;

/// Who has others work, as it was typed (主体信息).
#[derive(Clone, Debug)]
pub enum Who {
    /// A unit with a code.
    Unit {
        /// What kind of unit.
        kind: PartyKind,
        /// Its name.
        name: String,
        /// Its unified social credit code.
        uscc: Option<String>,
    },
    /// A person.
    Person {
        /// What kind.
        kind: PartyKind,
        /// Name; the citizen's own where nothing is given.
        name: Option<Pii<String>>,
        /// Citizen number; the citizen's own where nothing is given.
        id_number: Option<Pii<String>>,
    },
}

impl Who {
    /// Of what kind it is.
    pub const fn kind(&self) -> PartyKind {
        match self {
            Self::Unit { kind, .. } | Self::Person { kind, .. } => *kind,
        }
    }
}

/// Why a person was not taken.
pub(super) enum Untaken {
    /// What was typed is wrong.
    Flaw(Flaw),
    /// The number belongs to somebody of another name, or the name to somebody with another number.
    Mismatch,
    /// That citizen may not act.
    Blocked,
    /// It failed.
    Fault(Fault),
}

impl From<Flaw> for Untaken {
    fn from(flaw: Flaw) -> Self {
        Self::Flaw(flaw)
    }
}

impl From<Fault> for Untaken {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Who is behind a party.
pub(super) enum Behind {
    /// A unit.
    Unit(Unit),
    /// A citizen, with the name as the card says.
    Person {
        /// The citizen, held.
        citizen: Uuid,
        /// The name.
        name: Pii<String>,
    },
}

/// The citizen who acts, opened.
pub(super) struct Myself {
    pub(super) row: citizen::Model,
    pub(super) name: Option<Pii<String>>,
    pub(super) phone: Option<Pii<String>>,
}

impl Myself {
    /// The citizen of the request, held; none where it is somebody else who acts.
    pub(super) async fn of(tx: &Tx, ring: &KeyRing) -> Result<Option<Self>, Fault> {
        let Some(id) = tx.ctx().actor().citizen_id() else { return Ok(None) };
        let row = citizens::held(tx, id).await?;
        let (name, phone) = (citizens::name(ring, &row)?, citizens::phone(ring, &row)?);
        Ok(Some(Self { row, name, phone }))
    }
}

/// Reads who it is, and finds or enters the citizen behind a person.
pub(super) async fn behind(tx: &Tx, ring: &KeyRing, who: &Who, me: Option<&Myself>) -> Result<Behind, Untaken> {
    match who {
        Who::Unit { kind, name, uscc } => Ok(Behind::Unit(registration::unit(*kind, name, uscc.as_deref())?)),
        Who::Person { name, id_number, .. } => {
            let (citizen, identity) = match me {
                Some(me) => of_myself(tx, ring, me, name.as_ref(), id_number.as_ref()).await?,
                None => at_the_counter(tx, ring, name.as_ref(), id_number.as_ref()).await?,
            };
            Ok(Behind::Person { citizen, name: identity.name })
        }
    }
}

/// A citizen registers as itself: what it said of itself before cannot be said otherwise here.
async fn of_myself(
    tx: &Tx,
    ring: &KeyRing,
    me: &Myself,
    name: Option<&Pii<String>>,
    id_number: Option<&Pii<String>>,
) -> Result<(Uuid, Identity), Untaken> {
    let known = citizens::id_number(ring, &me.row)?;
    let given = |typed: Option<&Pii<String>>, known: Option<&Pii<String>>| {
        typed.filter(|typed| !typed.is_blank()).or(known).cloned()
    };
    let name = given(name, me.name.as_ref()).ok_or(Flaw::Name)?;
    let id_number = given(id_number, known.as_ref()).ok_or(Flaw::NoIdNumber)?;
    let identity = registration::identity(&name, &id_number, tx.ctx().today())?;
    let differs = |known: Option<&Pii<String>>, said: &Pii<String>| known.is_some_and(|known| known != said);
    if differs(known.as_ref(), &identity.id_number) || differs(me.name.as_ref(), &identity.name) {
        return Err(Untaken::Mismatch);
    }
    if known.is_none() || me.name.is_none() {
        // The number may be somebody else's, who came to a counter once: that is settled there.
        let other = citizens::of_identity(tx, ring, &identity.id_number).await?;
        if other.is_some_and(|other| other.id != me.row.id) {
            return Err(Untaken::Mismatch);
        }
        citizens::identify(tx, ring, &me.row, &identity).await?;
    }
    Ok((me.row.id, identity))
}

/// Somebody shows a card at a counter.
async fn at_the_counter(
    tx: &Tx,
    ring: &KeyRing,
    name: Option<&Pii<String>>,
    id_number: Option<&Pii<String>>,
) -> Result<(Uuid, Identity), Untaken> {
    let (name, id_number) = (name.ok_or(Flaw::Name)?, id_number.ok_or(Flaw::NoIdNumber)?);
    let identity = registration::identity(name, id_number, tx.ctx().today())?;
    let Some(row) = citizens::of_identity(tx, ring, &identity.id_number).await? else {
        return Ok((citizens::enter(tx, ring, &identity).await?, identity));
    };
    if row.status != "ACTIVE" {
        return Err(Untaken::Blocked);
    }
    match citizens::name(ring, &row)? {
        Some(known) if known != identity.name => Err(Untaken::Mismatch),
        Some(_) => Ok((row.id, identity)),
        None => {
            citizens::identify(tx, ring, &row, &identity).await?;
            Ok((row.id, identity))
        }
    }
}

/// Whom one asks for, and at which number: as typed, else the person itself.
pub(super) fn contact(
    name: Option<&Pii<String>>,
    phone: Option<&Pii<String>>,
    behind: &Behind,
    me: Option<&Myself>,
) -> Result<(Pii<String>, Called), Flaw> {
    let own_name = match behind {
        Behind::Person { name, .. } => Some(name),
        Behind::Unit(_) => me.and_then(|me| me.name.as_ref()),
    };
    let typed = |value: Option<&Pii<String>>| value.filter(|value| !value.is_blank()).cloned();
    let name = typed(name).or_else(|| own_name.cloned()).ok_or(Flaw::ContactName)?;
    let phone = typed(phone).or_else(|| me.and_then(|me| me.phone.clone())).ok_or(Flaw::Phone)?;
    Ok((registration::contact_name(&name)?, registration::phone(&phone)?))
}

/// An untaken person as a refusal of the operation, or its fault.
pub(super) fn stop<R>(untaken: Untaken, refusal: impl FnOnce(Untaken) -> R) -> Stop<R> {
    match untaken {
        Untaken::Fault(fault) => Stop::Fault(fault),
        other => Stop::Refused(refusal(other)),
    }
}
