//! Hiring (用工对接): from a posting at dawn to a paid day's work.
//!
//! Begin with README.md; this file is the manifest and the front door.

pub mod channels;
pub mod engagements;
pub mod events;
pub mod forms;
pub mod imports;
pub mod jobs;
pub mod kinds;
pub mod migrations;
pub mod operations;
pub mod personal;
pub mod policy;
pub mod queries;
pub mod rows;
pub mod rules;
pub mod schema;
pub mod store;
#[doc(hidden)]
pub mod testing;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use async_graphql::MergedObject;
use kernel::outbox::Listener;
use kernel::plugin::Manifest;
use kernel::{Ctx, Fault, Kernel, Text};
use people::{CitizensMerged, LicenceChanged, PartyClosed, PartySuspended, PartyVerificationLost};
use uuid::Uuid;

pub use channels::operations::add_channel::add_channel;
pub use channels::operations::forget_city::forget_city;
pub use channels::operations::plan_deliveries::plan_deliveries;
pub use channels::operations::print_list::print_list;
pub use channels::operations::save_channel::save_channel;
pub use channels::queries::feed;
pub use channels::screen::hall_screen;
pub use engagements::forms::WageLine;
pub use engagements::kinds::CancelReason;
pub use engagements::operations::accept_agreement::accept_agreement;
pub use engagements::operations::agree::agree_engagement;
pub use engagements::operations::appeal_point::appeal_point;
pub use engagements::operations::apply::apply_for_shift;
pub use engagements::operations::cancel::cancel_engagement;
pub use engagements::operations::complete::complete_engagement;
pub use engagements::operations::confirm::confirm_engagement;
pub use engagements::operations::confirm_group::confirm_group;
pub use engagements::operations::confirm_pay::confirm_pay;
pub use engagements::operations::decline::decline_engagement;
pub use engagements::operations::dispute::dispute_engagement;
pub use engagements::operations::hire::{hire_group, hire_walk_in};
pub use engagements::operations::mark_contacted::mark_contacted;
pub use engagements::operations::record_arrival::record_arrival;
pub use engagements::operations::record_no_show::record_no_show;
pub use engagements::operations::record_pay::record_pay_answer;
pub use engagements::operations::save_wage_sheet::{Which as SheetWhich, save_wage_sheet};
pub use engagements::operations::send_message::send_message;
pub use engagements::queries::points::mine as my_points;
pub use engagements::schema::engagement::Engagement;
pub use engagements::schema::query::StaffQuery as EngagementQuery;
pub use events::{
    PostingAmended, PostingClosed, PostingExpired, PostingFilled, PostingPublished, PostingTakenDown, PostingWithdrawn,
    PostingsImported,
};
pub use forms::{MinimumWageInput, PostingFiguresInput, PostingInput, ReviewRemarkInput, ShiftInput};
pub use operations::close_posting::close_posting;
pub use operations::confirm_posting::confirm_posting;
pub use operations::fill_posting::{posting_filled, posting_free};
pub use operations::follow_merger::follow_merger;
pub use operations::repeat_posting::repeat_posting;
pub use operations::review_posting::review_posting;
pub use operations::save_favourite::save_favourite;
pub use operations::save_posting::save_posting;
pub use operations::save_template::save_template;
pub use operations::seed_postings::{MadeUpPostings, seed_postings};
pub use operations::stop_party::stop_party;
pub use operations::submit_posting::submit_posting;
pub use operations::take_down_posting::take_down_posting;
pub use operations::upsert_posting::upsert_posting;
pub use operations::withdraw_posting::withdraw_posting;
pub use queries::lookup::{count, engagement_version_of, shifts_of, version_of};
pub use schema::posting::Posting;
pub use schema::query::PostingQuery;

/// What is read of hiring (查询). The last are looked at first.
#[derive(Debug, Default, MergedObject)]
pub struct HiringQuery(
    channels::schema::query::ChannelsQuery,
    engagements::schema::query::EngagementsQuery,
    schema::query::PostingsQuery,
);

/// What is done in hiring (变更).
#[derive(Debug, Default, MergedObject)]
pub struct HiringMutation(
    channels::schema::mutation::ChannelsMutation,
    schema::mutation::PostingsMutation,
    engagements::schema::mutation::EngagementsMutation,
);

/// Channels hear of everything that changes what is to be seen of a posting, and postings of parties that may not hire any
/// more (监听).
fn listeners() -> Vec<Listener> {
    vec![
        Listener::new::<PostingPublished, _, _>("hiring.channels.published", |ctx, e| plan(ctx, e.id)),
        Listener::new::<PostingAmended, _, _>("hiring.channels.amended", |ctx, e| plan(ctx, e.id)),
        Listener::new::<PostingWithdrawn, _, _>("hiring.channels.withdrawn", |ctx, e| plan(ctx, e.id)),
        Listener::new::<PostingClosed, _, _>("hiring.channels.closed", |ctx, e| plan(ctx, e.id)),
        Listener::new::<PostingExpired, _, _>("hiring.channels.expired", |ctx, e| plan(ctx, e.id)),
        Listener::new::<PostingTakenDown, _, _>("hiring.channels.taken_down", |ctx, e| plan(ctx, e.id)),
        Listener::new::<PostingFilled, _, _>("hiring.channels.filled", |ctx, e| plan(ctx, e.id)),
        Listener::new::<LicenceChanged, _, _>("hiring.channels.licence", |ctx, e| licence(ctx, e.id)),
        Listener::new::<PartySuspended, _, _>("hiring.party_suspended", |ctx, e| stop(ctx, e.party)),
        Listener::new::<PartyVerificationLost, _, _>("hiring.party_doubted", |ctx, e| stop(ctx, e.party)),
        Listener::new::<PartyClosed, _, _>("hiring.party_closed", |ctx, e| stop(ctx, e.party)),
        Listener::new::<CitizensMerged, _, _>("hiring.citizen_merged", merged),
    ]
}

async fn plan(ctx: Ctx, posting: Uuid) -> Result<(), Fault> {
    plan_deliveries(&ctx, posting).await
}

async fn licence(ctx: Ctx, agency: Uuid) -> Result<(), Fault> {
    channels::operations::plan_deliveries::plan_agency(&ctx, agency).await
}

async fn merged(ctx: Ctx, e: CitizensMerged) -> Result<(), Fault> {
    follow_merger(&ctx, e.into, e.from).await
}

async fn stop(ctx: Ctx, party: Uuid) -> Result<(), Fault> {
    stop_party(&ctx, party).await
}

/// What this chapter adds to the house (清单).
#[must_use]
pub fn manifest() -> Manifest {
    let jobs = [channels::jobs::kinds(), jobs::kinds(), engagements::jobs::kinds()];
    let listeners = [listeners(), engagements::listeners::all()];
    Manifest {
        name: "hiring",
        title: Text::new("用工对接", "Hiring"),
        switchable: false,
        root_fields: &[],
        migrations: vec![migrations::SET, migrations::PLATFORM_SET],
        actions: policy::ACTIONS,
        grants: policy::GRANTS,
        jobs: jobs.into_iter().flatten().collect(),
        listeners: listeners.into_iter().flatten().collect(),
        personal: Some(Arc::new(personal::OfHiring)),
    }
}

/// What the chapter tells the others once the house stands: the kinds of case that it opens.
pub fn teach(kernel: &Kernel) {
    engagements::appeal::teach(kernel);
}
