//! The list (清单): every chapter and plugin, alphabetical, by hand. A missing line is a missing feature that somebody
//! sees in review; nothing is discovered.

use async_graphql::{MergedObject, MergedSubscription};
use kernel::plugin::Manifest;

/// What each adds.
#[must_use]
pub fn manifests() -> Vec<Manifest> {
    vec![kernel::house::manifest(), markets::manifest(), oversight::manifest(), people::manifest()]
}

/// All root fields to read.
#[derive(MergedObject, Default)]
pub struct Query(
    kernel::house::HouseQuery,
    markets::MarketsQuery,
    oversight::OversightQuery,
    people::PeopleQuery,
);

/// All root fields to write.
#[derive(MergedObject, Default)]
pub struct Mutation(
    kernel::house::HouseMutation,
    markets::MarketsMutation,
    oversight::OversightMutation,
    people::PeopleMutation,
);

/// All root fields to watch.
#[derive(MergedSubscription, Default)]
pub struct Subscription(kernel::house::HouseSubscription);
