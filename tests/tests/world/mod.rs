//! A world to ask laws of (法则世界): first of all the interface, as others read it.

pub(crate) mod sdl;
