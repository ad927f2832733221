//! The settings of text messages (短信设置).

use std::net::IpAddr;
use std::time::Duration;

use hyper::Uri;
use serde::{Deserialize, Serialize};

use super::rules::QUESTION_OPEN;
use crate::fault::Fault;

/// A secret has at least so many characters.
const SECRET: usize = 16;

/// Text messages (短信网关).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsConfig {
    /// What sends them.
    pub gateway: GatewayKind,
    /// Where the gateway takes them.
    pub url: String,
    /// What both sides sign with; never printed.
    #[serde(default, skip_serializing)]
    pub secret: Option<String>,
    /// The gateway has so long to answer (seconds).
    pub timeout_seconds: u64,
    /// They are deleted after so long (days).
    pub keep_days: i64,
}

/// What sends text messages (网关类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GatewayKind {
    /// Nothing does.
    None,
    /// A gateway that takes them over HTTP.
    Http,
    /// They stand on the message page of this machine.
    Page,
}

impl SmsConfig {
    /// What no type says.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        let short = self.secret.as_ref().is_some_and(|secret| secret.len() < SECRET);
        if short || (self.gateway == GatewayKind::Http && self.secret.is_none()) {
            return Err(Fault::internal("understand the settings: sms.secret has at least 16 characters"));
        }
        if self.gateway == GatewayKind::Http && self.address().is_none() {
            return Err(Fault::internal(
                "understand the settings: sms.url is the http or https address of the gateway",
            ));
        }
        if self.timeout_seconds == 0 || self.keep_days < QUESTION_OPEN.num_days() {
            return Err(Fault::internal(
                "understand the settings: sms.timeout_seconds is at least 1 and sms.keep_days at least 3",
            ));
        }
        Ok(())
    }

    /// How long the gateway has to answer.
    #[must_use]
    pub const fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout_seconds)
    }

    /// The gateway's host and port, if its address has them.
    #[must_use]
    pub fn address(&self) -> Option<(String, u16)> {
        let url: Uri = self.url.parse().ok()?;
        let usual = match url.scheme_str()? {
            "http" => 80,
            "https" => 443,
            _ => return None,
        };
        let host = url.host().filter(|host| !host.is_empty())?;
        Some((host.trim_matches(['[', ']']).to_owned(), url.port_u16().unwrap_or(usual)))
    }

    /// Why nobody may serve `public_url` with these settings: everybody who may open the page would read codes that are
    /// meant for somebody's telephone, and nobody's telephone would ring.
    #[must_use]
    pub fn must_not_serve(&self, public_url: &str) -> bool {
        self.gateway == GatewayKind::Page && !is_this_machine(public_url)
    }
}

/// Is it an address of this machine alone?
fn is_this_machine(url: &str) -> bool {
    let url: Option<Uri> = url.parse().ok();
    let host = url.as_ref().and_then(Uri::host).unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn read(text: &str) -> Result<Config, Fault> {
        Config::load(Some(text), std::iter::empty())
    }

    #[test]
    fn without_a_gateway_nothing_else_is_asked_for() {
        let sms = read("").expect("the defaults load").sms;
        assert_eq!((sms.gateway, sms.keep_days, sms.secret), (GatewayKind::None, 180, None));
    }

    #[test]
    fn a_gateway_has_an_address_and_a_secret_worth_the_name() {
        let with = |url: &str, secret: &str| {
            read(&format!("[sms]\ngateway = \"http\"\nurl = \"{url}\"\nsecret = \"{secret}\"")).map(|c| c.sms.address())
        };
        let long = "0123456789abcdef";
        let address = |host: &str, port| Some((host.to_owned(), port));
        assert_eq!(with("https://sms.example.cn/send", long).expect("good"), address("sms.example.cn", 443));
        assert_eq!(with("http://[::1]:9000/", long).expect("good"), address("::1", 9000));
        for (url, secret) in [("", long), ("sms.example.cn", long), ("ftp://sms.example.cn/", long)] {
            assert!(with(url, secret).is_err(), "{url}");
        }
        assert!(with("https://sms.example.cn/send", "short").is_err());
        assert!(read("[sms]\ngateway = \"http\"\nurl = \"https://sms.example.cn/\"").is_err());
        assert!(read("[sms]\ngateway = \"pigeon\"").is_err());
        assert!(read("[sms]\nkeep_days = 2").is_err());
        assert!(read("[sms]\ntimeout_seconds = 0").is_err());
    }

    #[test]
    fn the_message_page_is_for_this_machine() {
        let page = read("[sms]\ngateway = \"page\"").expect("good").sms;
        for here in ["http://127.0.0.1:8080", "http://localhost/", "http://[::1]:1"] {
            assert!(!page.must_not_serve(here), "{here}");
        }
        for elsewhere in ["https://ty.example.gov.cn", "http://192.0.2.7:9000", "nonsense", ""] {
            assert!(page.must_not_serve(elsewhere), "{elsewhere}");
        }
        assert!(!read("").expect("good").sms.must_not_serve("https://ty.example.gov.cn"));
    }

    #[test]
    fn a_secret_comes_from_the_environment_and_is_never_printed() {
        let env = [("YIZHAN_SMS__SECRET".to_owned(), "marker-0123456789".to_owned())];
        let config = Config::load(None, env.into_iter()).expect("loads");
        assert_eq!(config.sms.secret.as_deref(), Some("marker-0123456789"));
        assert!(!toml::to_string(&config).expect("it is written").contains("marker"));
    }
}
