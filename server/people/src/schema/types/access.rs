//! Why something is allowed or refused.

use async_graphql::SimpleObject;

/// Why an account may or may not do something (授权解释).
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct AccessExplanation {
    /// May it (是否允许)?
    pub allowed: bool,
    /// Why, in plain words (说明).
    pub reason: String,
    /// The line of policy that decided: role, class, object, act, effect (决定性策略).
    pub decided_by: Option<String>,
    /// The roles that hold there, by name (在此有效的角色).
    pub roles: Vec<String>,
}
