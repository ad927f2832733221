//! Which way a posting goes (发布通道): at once, or through review (人社部发〔2022〕38号 二 零工信息快速发布通道).

use chrono::NaiveDate;
use entities::hiring_party;
use kernel::Text;

/// States of a hiring party as they are stored.
const VERIFIED: &str = "VERIFIED";
const PENDING: &str = "PENDING";

/// How far a hiring party is trusted (用工主体核验情况).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Verified, with a signed pledge, and in the fast lane.
    Fast,
    /// Verified.
    Verified,
    /// Verified, and without the fast lane for a while, for what it did.
    Slowed,
    /// Registered, and not verified yet.
    Waiting,
    /// It may not hire now, and why.
    Barred(Text),
}

impl Trust {
    /// Of a party on a day.
    #[must_use]
    pub fn of(party: &hiring_party::Model, today: NaiveDate) -> Self {
        let lost = party.fast_lane_lost_until.is_some_and(|until| until >= today);
        let pledged = party.pledge_version.as_deref() == Some(people::pledge_in_force());
        match party.status.as_str() {
            VERIFIED if lost => Self::Slowed,
            VERIFIED if party.fast_lane && pledged => Self::Fast,
            VERIFIED => Self::Verified,
            PENDING => Self::Waiting,
            "REJECTED" => Self::Barred(Text::new("核验被退回", "it was sent back when it was verified")),
            "CLOSED" => Self::Barred(Text::new("已注销", "it is closed")),
            // What this version does not know is suspended.
            _ => Self::Barred(Text::new("已暂停用工", "it is suspended")),
        }
    }
}

/// How good the licence is that postings of an agency rest on (人力资源服务许可证).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Licence {
    /// No agency is in it.
    NotNeeded,
    /// It is good.
    Good,
    /// It is not, and why.
    Bad(Text),
}

/// The way a posting goes (发布通道).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// At once; it is looked at afterwards.
    AtOnce,
    /// Through review.
    Review,
}

/// Why it goes no way at all (不能发布).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The hiring party may not hire now.
    Barred(Text),
    /// It must be verified first.
    NotVerified,
    /// The agency's licence is not good.
    Licence(Text),
}

/// Who hands a posting in (提交人).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Whoever publishes by right: a licensed operator.
    Right,
    /// The hiring party, or staff.
    Other,
    /// Volunteers, who propose: somebody else looks at it, whoever it is for.
    Volunteers,
}

/// Which way a posting of this party goes, handed in by one of these.
pub fn lane(trust: Trust, licence: &Licence, by: By) -> Result<Lane, Stopped> {
    if let Licence::Bad(why) = licence {
        return Err(Stopped::Licence(*why));
    }
    match (trust, by) {
        (Trust::Barred(why), _) => Err(Stopped::Barred(why)),
        // Whoever publishes by right has looked at the party first (人力资源市场暂行条例 art 26).
        (Trust::Waiting, By::Right) => Err(Stopped::NotVerified),
        (Trust::Fast, By::Right | By::Other) | (Trust::Verified, By::Right) => Ok(Lane::AtOnce),
        // What a party lost for what it did, no licence gives back.
        (Trust::Slowed, By::Right) | (_, By::Other | By::Volunteers) => Ok(Lane::Review),
    }
}

/// May a reviewer let it out?
pub fn reviewed(trust: Trust, licence: &Licence) -> Result<(), Stopped> {
    match (trust, licence) {
        (_, Licence::Bad(why)) => Err(Stopped::Licence(*why)),
        (Trust::Barred(why), _) => Err(Stopped::Barred(why)),
        (Trust::Waiting, _) => Err(Stopped::NotVerified),
        (Trust::Fast | Trust::Verified | Trust::Slowed, _) => Ok(()),
    }
}

/// Makes an operation's refusals of these reasons: `NotVerified`, `PartyBarred` and `LicenceInvalid`, whose texts stand with
/// each.
macro_rules! refused_as_stopped {
    ($($refusal:ident),+ $(,)?) => {
        $(
            impl From<$crate::rules::lane::Stopped> for $refusal {
                fn from(stopped: $crate::rules::lane::Stopped) -> Self {
                    use $crate::rules::lane::Stopped;
                    let said = |text: kernel::Text| (text.zh.to_owned(), text.en.to_owned());
                    match stopped {
                        Stopped::NotVerified => Self::NotVerified,
                        Stopped::Barred(why) => {
                            let (zh, en) = said(why);
                            Self::PartyBarred { zh, en }
                        }
                        Stopped::Licence(why) => {
                            let (zh, en) = said(why);
                            Self::LicenceInvalid { zh, en }
                        }
                    }
                }
            }
        )+
    };
}
pub(crate) use refused_as_stopped;

#[cfg(test)]
mod tests {
    use super::*;

    const BARRED: Trust = Trust::Barred(Text::new("已暂停用工", "it is suspended"));
    const LOST: Text = Text::new("许可证已到期", "the licence ran out");

    #[test]
    fn a_party_of_the_fast_lane_is_published_at_once_and_others_are_reviewed() {
        assert_eq!(lane(Trust::Fast, &Licence::NotNeeded, By::Other), Ok(Lane::AtOnce));
        for trust in [Trust::Verified, Trust::Slowed, Trust::Waiting] {
            assert_eq!(lane(trust, &Licence::NotNeeded, By::Other), Ok(Lane::Review));
        }
        for trust in [Trust::Fast, Trust::Verified, Trust::Slowed, Trust::Waiting] {
            assert_eq!(lane(trust, &Licence::NotNeeded, By::Volunteers), Ok(Lane::Review), "volunteers propose");
        }
    }

    #[test]
    fn who_publishes_under_a_licence_does_so_for_those_it_looked_at() {
        assert_eq!(lane(Trust::Verified, &Licence::Good, By::Right), Ok(Lane::AtOnce));
        assert_eq!(lane(Trust::Waiting, &Licence::Good, By::Right), Err(Stopped::NotVerified));
    }

    #[test]
    fn a_licence_does_not_give_back_the_lane_that_a_party_lost() {
        assert_eq!(lane(Trust::Slowed, &Licence::Good, By::Right), Ok(Lane::Review));
        assert_eq!(reviewed(Trust::Slowed, &Licence::Good), Ok(()));
    }

    #[test]
    fn a_licence_that_is_not_good_stops_everything_at_once() {
        for trust in [Trust::Fast, Trust::Verified, Trust::Slowed, Trust::Waiting, BARRED] {
            assert_eq!(lane(trust, &Licence::Bad(LOST), By::Right), Err(Stopped::Licence(LOST)));
            assert_eq!(reviewed(trust, &Licence::Bad(LOST)), Err(Stopped::Licence(LOST)));
        }
    }

    #[test]
    fn nobody_hires_for_a_party_that_is_barred_and_no_reviewer_lets_an_unverified_one_out() {
        assert!(matches!(lane(BARRED, &Licence::NotNeeded, By::Right), Err(Stopped::Barred(_))));
        assert_eq!(reviewed(Trust::Waiting, &Licence::NotNeeded), Err(Stopped::NotVerified));
        assert_eq!(reviewed(Trust::Verified, &Licence::Good), Ok(()));
    }
}
