//! The merged schema (接口模式).

use async_graphql::Schema;

use crate::plugins::{Mutation, Query, Subscription};

/// The schema of the house.
pub type HouseSchema = Schema<Query, Mutation, Subscription>;

/// Builds it. No connection ever goes into its data: what is there, every resolver can reach.
#[must_use]
pub fn build() -> HouseSchema {
    Schema::build(Query::default(), Mutation::default(), Subscription::default()).disable_suggestions().finish()
}

/// Its text, as committed in `tests/golden/schema.graphql`.
#[must_use]
pub fn sdl() -> String {
    build().sdl_with_options(async_graphql::SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items())
}
