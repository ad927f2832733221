//! `yizhan schema`: the SDL on standard output.

use std::process::ExitCode;

use kernel::fault::Fault;

#[expect(clippy::unnecessary_wraps, reason = "every command answers alike")]
pub(super) fn run() -> Result<ExitCode, Fault> {
    print!("{}", crate::schema::sdl());
    Ok(ExitCode::SUCCESS)
}
