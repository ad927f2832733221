//! Introspection (架构自省): off for strangers, on for `schema:read`.
//!
//! Who may introspect is freed from the depth limit for pure introspection documents, because the
//! standard query nests fifteen fields; everything else still holds. Suggestions ("Did you mean")
//! would give the schema away field by field, so the schema is built with `disable_suggestions`;
//! a test of this crate shows what they would say and that they are gone.

use super::shield::Refused;

/// Refuses a document that asks for the schema when its sender may not.
pub(crate) fn check(introspects: bool, allowed: bool) -> Result<(), Refused> {
    if introspects && !allowed { Err(Refused::Introspection) } else { Ok(()) }
}

/// Whether a document may be as deep as the tools make it.
pub(crate) fn frees_from_depth(introspects_only: bool, allowed: bool) -> bool {
    introspects_only && allowed
}
