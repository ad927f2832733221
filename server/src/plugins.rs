//! The list (清单): every chapter and plugin, alphabetical, by hand. A missing line is a missing feature that somebody
//! sees in review; nothing is discovered.

use async_graphql::{MergedObject, MergedSubscription};
use kernel::Kernel;
use kernel::plugin::{Manifest, Plugin};

/// The chapters, which every tenant has.
#[must_use]
pub fn chapters() -> Vec<Manifest> {
    vec![kernel::house::manifest(), markets::manifest(), oversight::manifest(), people::manifest()]
}

/// The plugins, which tenants and markets switch on and off.
#[must_use]
pub fn plugins() -> Vec<Plugin> {
    Vec::new()
}

/// What all of them add: chapters, then plugins.
#[must_use]
pub fn manifests() -> Vec<Manifest> {
    let mut all = chapters();
    all.extend(plugins().into_iter().map(|p| p.manifest));
    all
}

/// What chapters tell each other once the house stands: where the objects of each are.
pub fn teach(kernel: &Kernel) {
    markets::teach(kernel);
}

/// All root fields to read.
#[derive(MergedObject, Default)]
pub struct Query(kernel::house::HouseQuery, markets::MarketsQuery, oversight::OversightQuery, people::PeopleQuery);

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
