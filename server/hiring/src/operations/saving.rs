//! Writing a posting down (登记与修改): what entering, amending, repeating and a feed share.

use kernel::refusal::Refusal as _;
use kernel::{Fault, Lang, Stop, Tx, Words};
use sea_orm::ActiveValue::Set;
use sea_orm::{EntityTrait as _, SqlErr};
use uuid::Uuid;

use super::publishing::{Text, Unfit, way};
use crate::events::{PostingAmended, PostingChanged, PostingFilled, PostingWithdrawn};
use crate::kinds::PostingStatus;
use crate::rows::{posting, shift};
use crate::rules::checking::{self, Read};
use crate::rules::describe::Described;
use crate::rules::flaw::Flaw;
use crate::rules::lane::Lane;
use crate::rules::lifecycle::is_shown;
use crate::rules::shifts::{self, Fixed, Kept};
use crate::store::place::Ground;
use crate::store::{history, posting as rows, public, settings};

/// Why a new posting was not written down (不予登记).
#[derive(Clone, Debug, PartialEq)]
pub enum Unentered {
    /// The form has flaws.
    Flawed(Vec<Flaw>),
    /// It may not be seen so.
    Unfit(Unfit),
}

/// Why a posting was not written down that is known by its version or its number (不予保存).
#[derive(Clone, Debug, PartialEq)]
pub enum Unsaved {
    /// As a new one is not.
    Unentered(Unentered),
    /// What was agreed with somebody would change.
    TermsFixed,
    /// A shift that somebody applied for would go.
    ShiftInUse,
    /// A shift would have fewer places than are taken.
    PlacesTaken(i32),
    /// Somebody was faster.
    Conflict(i32),
}

impl From<Fixed> for Unsaved {
    fn from(fixed: Fixed) -> Self {
        match fixed {
            Fixed::Used => Self::ShiftInUse,
            Fixed::Taken { taken } => Self::PlacesTaken(taken),
        }
    }
}

/// All flaws in a sentence of each language (一次性告知).
pub(super) fn told(flaws: &[Flaw]) -> Words {
    let all = |lang, between: &str| flaws.iter().map(|flaw| flaw.message(lang)).collect::<Vec<_>>().join(between);
    Words::new(all(Lang::Zh, ""), all(Lang::En, " "))
}

/// Stops an operation for one of these reasons.
pub(super) fn stop<R>(why: impl Into<R>) -> Stop<R> {
    Stop::Refused(why.into())
}

/// What of a form is looked at before it is seen.
pub(super) fn text_of<'a>(read: &'a Described, key: &'a str) -> Text<'a> {
    Text { read: Read::from(read), key, county: &read.county }
}

/// Enters a new posting, as a draft; its id.
pub(super) async fn enter(tx: &Tx, ground: &Ground, read: &Described, kind: &str) -> Result<Uuid, Fault> {
    enter_as(tx, ground, read, None, kind).await?.ok_or(Fault::internal("enter a posting without a number"))
}

/// Enters a new posting under a number of the agency, if it has one; its id. Two may enter one number at one moment: the table takes
/// the first, and nothing is entered by the second.
pub(super) async fn enter_as(
    tx: &Tx,
    ground: &Ground,
    read: &Described,
    external: Option<String>,
    kind: &str,
) -> Result<Option<Uuid>, Fault> {
    let ctx = tx.ctx();
    let id = ctx.new_id();
    tx.about("Posting", id);
    let row = rows::fresh(ctx, id, ground.belongs(), external, read);
    let entered = posting::Entity::insert(row).exec_without_returning(tx).await;
    if let Err(error) = entered {
        let twice = matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)));
        return if twice { Ok(None) } else { Err(error.into()) };
    }
    rows::insert::<shift::Entity>(tx, rows::new_shifts(ctx, id, &read.shifts, false)).await?;
    history::write(tx, id, kind, None);
    Ok(Some(id))
}

/// Amends a posting. One that is seen stays so where its party may publish at once; else it is looked at again first, and is out
/// of sight until then.
pub(super) async fn amend<R: From<Unsaved>>(
    tx: &Tx,
    row: &posting::Model,
    ground: &Ground,
    read: &Described,
    kept: &[Kept],
) -> Result<(), Stop<R>> {
    let changes = shifts::changes(&read.shifts, kept).map_err(|fixed| stop(Unsaved::from(fixed)))?;
    let terms = terms_change(row, read) || changes.break_changes(kept);
    if terms && row.published_at.is_some() && public::has_agreed(tx, row.id).await? {
        return Err(stop(Unsaved::TermsFixed));
    }
    let lane = if is_shown(row.status) {
        let key = checking::text_key(read);
        let way = way(tx, ground, &text_of(read, &key)).await?;
        Some(way.map_err(|unfit| stop(Unsaved::Unentered(Unentered::Unfit(unfit))))?)
    } else {
        None
    };
    let change = next(tx, row, lane, rows::described(read)).await?;
    let change = posting::ActiveModel {
        agency_id: Set(ground.belongs().agency),
        market_id: Set(ground.belongs().market),
        ..change
    };
    if !rows::change(tx, row, change).await? {
        return Err(stop(Unsaved::Conflict(row.version + 1)));
    }
    if !rows::change_shifts(tx, row.id, &changes, lane == Some(Lane::AtOnce)).await? {
        return Err(stop(Unsaved::ShiftInUse));
    }
    history::write(tx, row.id, "amended", None);
    match lane {
        Some(Lane::AtOnce) => {
            tx.announce(&PostingAmended { id: row.id })?;
            if terms || words_change(row, read) {
                tx.announce(&PostingChanged { id: row.id, at: tx.ctx().now() })?;
            }
            public::settle(tx, row.id, PostingStatus::Filled, "filled", &PostingFilled { id: row.id }).await?;
        }
        Some(Lane::Review) => {
            public::open_shifts(tx, &[row.id], false).await?;
            tx.announce(&PostingWithdrawn { id: row.id, cancel_confirmed: false })?;
        }
        None => {}
    }
    Ok(())
}

/// The state after it was amended.
async fn next(
    tx: &Tx,
    row: &posting::Model,
    lane: Option<Lane>,
    change: posting::ActiveModel,
) -> Result<posting::ActiveModel, Fault> {
    let now = tx.ctx().now();
    Ok(match (lane, row.status) {
        (Some(Lane::AtOnce), _) => posting::ActiveModel {
            status: Set(PostingStatus::Published),
            submitted_at: Set(Some(now)),
            reviewed_by: Set(None),
            last_confirmed_at: Set(now),
            fresh_until: Set(settings::figures(tx).await?.fresh_until(now)),
            ..change
        },
        (Some(Lane::Review), _) => posting::ActiveModel {
            status: Set(PostingStatus::InReview),
            submitted_at: Set(Some(now)),
            reviewed_by: Set(None),
            ..change
        },
        // Whoever changes what waits for review hands it in again.
        (None, PostingStatus::InReview) => {
            posting::ActiveModel { status: Set(PostingStatus::Draft), submitted_at: Set(None), ..change }
        }
        (None, _) => change,
    })
}

/// Does anything change that the two sides agree on?
fn terms_change(row: &posting::Model, read: &Described) -> bool {
    let before = (row.kind, row.engagement, row.wage_fen, row.wage_unit, row.pay_day, row.cover);
    let after = (read.kind, read.engagement, read.wage_fen, read.wage_unit, read.pay_day, read.cover);
    before != after || row.trade != read.trade || row.place != read.place || row.county != read.county
}

/// Does anything change that whoever applied has read?
fn words_change(row: &posting::Model, read: &Described) -> bool {
    row.title != read.title || row.duties != read.duties || row.conditions != read.conditions
}

/// Makes a refusal with the reasons for which no new posting is written down, those for which none is seen, and the operation's own.
macro_rules! refusals_of_entering {
    ($(#[$doc:meta])* pub $name:ident => $object:ident, $codes:ident { $($own:tt)* }) => {
        crate::operations::publishing::refusals_of_publishing! {
            $(#[$doc])*
            pub $name => $object, $codes {
                /// The form has flaws: all of them are told.
                Flawed { flaws: Vec<crate::rules::flaw::Flaw>, zh: String, en: String } @ "input": "{zh}" / "{en}",
                $($own)*
            }
        }

        impl From<crate::operations::saving::Unentered> for $name {
            fn from(why: crate::operations::saving::Unentered) -> Self {
                use crate::operations::saving::{Unentered, told};
                match why {
                    Unentered::Flawed(flaws) => {
                        let words = told(&flaws);
                        Self::Flawed { flaws, zh: words.zh, en: words.en }
                    }
                    Unentered::Unfit(unfit) => unfit.into(),
                }
            }
        }

        impl $name {
            /// What is wrong with the form, where that is the reason.
            #[must_use]
            pub fn flaws(&self) -> &[crate::rules::flaw::Flaw] {
                match self {
                    Self::Flawed { flaws, .. } => flaws,
                    _ => &[],
                }
            }
        }
    };
}
pub(crate) use refusals_of_entering;

/// Makes a refusal of the same for what is entered or amended.
macro_rules! refusals_of_saving {
    ($(#[$doc:meta])* pub $name:ident => $object:ident, $codes:ident { $($own:tt)* }) => {
        crate::operations::saving::refusals_of_entering! {
            $(#[$doc])*
            pub $name => $object, $codes {
                /// Someone else changed it.
                Conflict { current: i32 } @ "version":
                    "该信息已被他人修改（现为第 {current} 版），请核对最新内容后再保存。" /
                    "Someone else changed this posting (now version {current}); look at the newest state and save again.",
                /// What was agreed with somebody does not change.
                TermsFixed @ "input":
                    "已有人谈妥或确认，工种、报酬、结算、地点、班中休息和保障不能再改；如需变更，请撤回后重新发布。" /
                    "Somebody agreed to this: trade, wage, pay day, place, breaks and cover stay as they are. Withdraw it and publish anew to change them.",
                /// A shift that somebody applied for stays.
                ShiftInUse @ "input.shifts":
                    "已有人报名的班次不能删除或改时间；可将人数改为已录用人数。" /
                    "A shift that somebody applied for stays at its time; lower its places to those taken instead.",
                /// Places that are taken stay.
                PlacesTaken { taken: i32 } @ "input.shifts":
                    "该班次已录用 {taken} 人，人数不能更少。" / "{taken} places of this shift are taken; it cannot have fewer.",
                $($own)*
            }
        }

        impl From<crate::operations::saving::Unsaved> for $name {
            fn from(why: crate::operations::saving::Unsaved) -> Self {
                use crate::operations::saving::Unsaved;
                match why {
                    Unsaved::Unentered(why) => why.into(),
                    Unsaved::TermsFixed => Self::TermsFixed,
                    Unsaved::ShiftInUse => Self::ShiftInUse,
                    Unsaved::PlacesTaken(taken) => Self::PlacesTaken { taken },
                    Unsaved::Conflict(current) => Self::Conflict { current },
                }
            }
        }
    };
}
pub(crate) use refusals_of_saving;
