//! The gateway (短信网关): what hands a message to the telephone network.

use std::sync::Arc;

use async_trait::async_trait;

use super::http::HttpGateway;
use super::settings::{GatewayKind, SmsConfig};
use crate::kernel::Kernel;
use crate::pii::Pii;
use crate::text::{Text, Words};

/// A message as a gateway gets it (外发短信).
pub struct Outgoing<'a> {
    /// Its id at the gateway. The same id again is the same message, which goes once.
    pub id: String,
    /// The city that sends it, by its slug.
    pub city: &'a str,
    /// When it is handed over, in seconds since 1970.
    pub at: i64,
    /// The number, E.164.
    pub number: &'a Pii<String>,
    /// The text.
    pub text: &'a Pii<String>,
}

/// Why a gateway did not take a message, without any number in it (未受理原因).
#[derive(Debug)]
pub enum NotTaken {
    /// It may take it later.
    Later(Words),
    /// It never will.
    Refused(Words),
}

impl NotTaken {
    pub(super) fn later(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Later(Words::new(zh, en))
    }

    pub(super) fn refused(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Refused(Words::new(zh, en))
    }
}

/// Hands messages to the telephone network (短信网关).
#[async_trait]
pub trait SmsGateway: Send + Sync {
    /// Takes a message, and says what the gateway calls it: so it will report what became of it.
    async fn send(&self, message: &Outgoing<'_>) -> Result<String, NotTaken>;
}

/// The development adapter (开发用网关): messages stand on the page of letters, and go nowhere.
struct OnThePage;

#[async_trait]
impl SmsGateway for OnThePage {
    async fn send(&self, message: &Outgoing<'_>) -> Result<String, NotTaken> {
        Ok(message.id.clone())
    }
}

/// Where there is none, or none that can be used (网关不可用): why.
struct Unusable(Text);

const NONE: Text = Text::new(
    "未设置短信网关，短信未发出；设置后可重发。",
    "No gateway for text messages is set, so it did not go; send it again once there is one.",
);
const BROKEN: Text = Text::new(
    "设置中的短信网关不可用，短信未发出；更正后可重发。",
    "The gateway in the settings cannot be used, so it did not go; send it again once they are right.",
);

#[async_trait]
impl SmsGateway for Unusable {
    async fn send(&self, _: &Outgoing<'_>) -> Result<String, NotTaken> {
        Err(NotTaken::Refused(self.0.into()))
    }
}

fn choose(config: &SmsConfig) -> Arc<dyn SmsGateway> {
    match config.gateway {
        GatewayKind::None => Arc::new(Unusable(NONE)),
        GatewayKind::Page => Arc::new(OnThePage),
        GatewayKind::Http => match HttpGateway::new(config) {
            Some(http) => Arc::new(http),
            None => Arc::new(Unusable(BROKEN)),
        },
    }
}

/// The gateway that the settings name, kept for the life of the process.
struct Chosen(Arc<dyn SmsGateway>);

/// The gateway of this process.
pub(super) fn of(kernel: &Kernel) -> Arc<dyn SmsGateway> {
    Arc::clone(&kernel.part(|kernel| Chosen(choose(&kernel.config.sms))).0)
}
