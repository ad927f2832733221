//! `yizhan config print|default`: the settings in force, or the commented default file.

use std::process::ExitCode;

use clap::Subcommand;
use kernel::config::{Config, DEFAULT_FILE};
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
    let shown = printable(&setting.config);
    match show {
        Show::Default => print!("{DEFAULT_FILE}"),
        Show::Print if setting.json => {
            println!("{}", serde_json::to_string_pretty(&shown).map_err(Fault::of("write the settings"))?);
        }
        Show::Print => print!("{}", toml::to_string_pretty(&shown).map_err(Fault::of("write the settings"))?),
    }
    Ok(ExitCode::SUCCESS)
}

/// The settings without what only the server may know.
fn printable(config: &Config) -> Config {
    let mut shown = config.clone();
    if let Some(token) = shown.http.get_mut("metrics_token")
        && token.as_str() != Some("")
    {
        *token = toml::Value::String("(set)".to_owned());
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_settings_show_the_transport_and_no_secret() {
        let env = [
            ("YIZHAN_HTTP__METRICS_TOKEN", "marker-1"),
            ("YIZHAN_MAIL__PASSWORD", "marker-2"),
            ("YIZHAN_HTTP__LIMITS__DEPTH", "7"),
        ];
        let config = Config::load(None, env.into_iter().map(|(n, v)| (n.to_owned(), v.to_owned()))).unwrap();
        let text = toml::to_string_pretty(&printable(&config)).unwrap();
        assert!(text.contains("[http.limits]") && text.contains("depth = 7"), "{text}");
        assert!(text.contains("metrics_token = \"(set)\"") && !text.contains("marker"), "{text}");
    }
}
