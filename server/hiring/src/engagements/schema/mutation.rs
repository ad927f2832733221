//! All mutations of the hire (变更).

use async_graphql::MergedObject;

use super::mutation_course::CourseMutation;
use super::mutation_hire::HireMutation;
use super::mutation_own::TalkMutation;
use super::mutation_pay::PayMutation;

/// The mutations of the hire.
#[derive(Debug, Default, MergedObject)]
pub struct EngagementsMutation(TalkMutation, PayMutation, CourseMutation, HireMutation);
