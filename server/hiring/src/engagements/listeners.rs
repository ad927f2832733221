//! What the hire listens to (监听): its own events, to tell people by text message; and what people answer.

use kernel::outbox::Listener;
use kernel::sms::SmsReceived;

use super::events::{
    EngagementApplied, EngagementCancelled, EngagementConfirmed, EngagementCorrected, EngagementDeclined,
    EngagementNoShow, EngagementSettled, EngagementTalked, GroupConfirmed,
};
use super::operations::hear::hear;
use super::operations::keep::cancel_gone;
use super::operations::tell::{News, tell};
use super::operations::tell_change::{tell_change, tell_lapsed};
use crate::events::{PostingChanged, PostingClosed, PostingExpired, PostingTakenDown, PostingWithdrawn};

/// The listeners.
#[must_use]
pub fn all() -> Vec<Listener> {
    let heard = Listener::new::<SmsReceived, _, _>("engagement.hear", |ctx, heard: SmsReceived| async move {
        hear(&ctx, heard).await
    });
    let mut all = steps();
    all.extend(postings());
    all.push(heard);
    all
}

/// What becomes of one engagement is told.
fn steps() -> Vec<Listener> {
    vec![
        Listener::new::<EngagementApplied, _, _>(
            "engagement.tell_applied",
            |ctx, event: EngagementApplied| async move { tell(&ctx, event.id, News::Applied).await },
        ),
        Listener::new::<EngagementConfirmed, _, _>(
            "engagement.tell_confirmed",
            |ctx, event: EngagementConfirmed| async move { tell(&ctx, event.id, News::Confirmed(event.promoted)).await },
        ),
        Listener::new::<GroupConfirmed, _, _>("engagement.tell_group", |ctx, event: GroupConfirmed| async move {
            tell(&ctx, event.id, News::Group).await
        }),
        Listener::new::<EngagementCancelled, _, _>(
            "engagement.tell_cancelled",
            |ctx, event: EngagementCancelled| async move { tell(&ctx, event.id, News::Cancelled(event.by_party)).await },
        ),
        Listener::new::<EngagementDeclined, _, _>(
            "engagement.tell_declined",
            |ctx, event: EngagementDeclined| async move { tell(&ctx, event.id, News::Declined).await },
        ),
        Listener::new::<EngagementNoShow, _, _>("engagement.tell_no_show", |ctx, event: EngagementNoShow| async move {
            tell(&ctx, event.id, News::NoShow).await
        }),
        Listener::new::<EngagementSettled, _, _>(
            "engagement.tell_settled",
            |ctx, event: EngagementSettled| async move { tell(&ctx, event.id, News::Settled).await },
        ),
        Listener::new::<EngagementCorrected, _, _>(
            "engagement.tell_corrected",
            |ctx, event: EngagementCorrected| async move { tell(&ctx, event.id, News::Corrected).await },
        ),
        Listener::new::<EngagementTalked, _, _>("engagement.tell_written", |ctx, event: EngagementTalked| async move {
            tell(&ctx, event.id, News::Written(event.by_party)).await
        }),
    ]
}

/// What becomes of a posting is told to those who have a place of it, or wait for one.
fn postings() -> Vec<Listener> {
    vec![
        Listener::new::<PostingClosed, _, _>("engagement.posting_closed", |ctx, event: PostingClosed| async move {
            tell_lapsed(&ctx, event.id).await
        }),
        Listener::new::<PostingExpired, _, _>("engagement.posting_expired", |ctx, event: PostingExpired| async move {
            tell_lapsed(&ctx, event.id).await
        }),
        Listener::new::<PostingChanged, _, _>("engagement.posting_changed", |ctx, event: PostingChanged| async move {
            tell_change(&ctx, event.id, event.at).await
        }),
        Listener::new::<PostingWithdrawn, _, _>(
            "engagement.posting_withdrawn",
            |ctx, event: PostingWithdrawn| async move {
                tell_lapsed(&ctx, event.id).await?;
                if event.cancel_confirmed { cancel_gone(&ctx, Some(event.id)).await.map(drop) } else { Ok(()) }
            },
        ),
        Listener::new::<PostingTakenDown, _, _>(
            "engagement.posting_taken_down",
            |ctx, event: PostingTakenDown| async move {
                tell_lapsed(&ctx, event.id).await?;
                cancel_gone(&ctx, Some(event.id)).await.map(drop)
            },
        ),
    ]
}
