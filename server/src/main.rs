//! `yizhan`: the one binary. Reads its arguments and settings, and calls a command.

use std::process::ExitCode;

/// The default allocator of a small container holds on to what it frees; this one does not.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    yizhan::commands::run()
}
