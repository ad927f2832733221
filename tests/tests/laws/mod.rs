//! The laws (规矩), one file each.

mod alone;
mod database;
mod dependencies;
mod documents;
mod erasing;
mod foundations;
mod golden;
mod lengths;
mod personal;
mod requirements;
mod resolvers;
mod sdl;
mod shape;
mod statements;
mod switches;
mod tenancy;
mod texts;
mod twice;
mod words;
