//! The house as it is put together by the server.

use kernel::plugin::Manifest;

/// What every chapter and plugin adds.
pub(crate) fn manifests() -> Vec<Manifest> {
    yizhan::plugins::manifests()
}

/// The merged schema's text, sorted.
pub(crate) fn sdl() -> String {
    yizhan::schema::sdl()
}
