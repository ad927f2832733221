//! `yizhan config print|default`: the settings in force, or the commented default file.

use std::process::ExitCode;

use clap::Subcommand;
use kernel::config::DEFAULT_FILE;
use kernel::fault::Fault;

use super::Setting;

/// What to show.
#[derive(Subcommand)]
pub(crate) enum Show {
    /// The settings in force; secrets are left out.
    Print,
    /// The default file, commented.
    Default,
}

pub(super) fn run(setting: &Setting, show: Show) -> Result<ExitCode, Fault> {
    match show {
        Show::Default => print!("{DEFAULT_FILE}"),
        Show::Print if setting.json => {
            let text = serde_json::to_string_pretty(&setting.config).map_err(Fault::of("write the settings"))?;
            println!("{text}");
        }
        Show::Print => print!("{}", toml::to_string_pretty(&setting.config).map_err(Fault::of("write the settings"))?),
    }
    Ok(ExitCode::SUCCESS)
}
