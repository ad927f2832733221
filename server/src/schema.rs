//! The merged schema (接口模式).

use async_graphql::{Schema, ValidationMode};

use crate::plugins::{Mutation, Query, Subscription};

/// The schema of the house.
pub type HouseSchema = Schema<Query, Mutation, Subscription>;

/// Builds it. No connection ever goes into its data: what is there, every resolver can reach.
#[must_use]
pub fn build() -> HouseSchema {
    Schema::build(Query::default(), Mutation::default(), Subscription::default()).disable_suggestions().finish()
}

/// The same for documents that were validated before and do not ask about the schema: it does not ask again whether they fit.
/// It stands for a federated one, because one that is not looks through all its types at every root field for a sign that
/// it is; no document with the fields that this adds was ever valid.
#[must_use]
pub fn build_for_valid() -> HouseSchema {
    let schema = Schema::build(Query::default(), Mutation::default(), Subscription::default());
    schema.disable_suggestions().enable_federation().validation_mode(ValidationMode::Fast).finish()
}

/// Its text, as committed in `tests/golden/schema.graphql`.
#[must_use]
pub fn sdl() -> String {
    build()
        .sdl_with_options(async_graphql::SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items())
}
