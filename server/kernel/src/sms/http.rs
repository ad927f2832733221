//! A gateway over HTTP (短信网关接口): one signed POST a message, on a connection of its own, within a time.
//!
//! Spoken with hyper: see the workspace's manifest for why not with a client that brings its own TLS.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::rt::{Read, Write};
use hyper::{Request, StatusCode, Uri, header};
use hyper_util::rt::TokioIo;
use serde::{Deserialize, Serialize};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::gateway::{NotTaken, Outgoing, SmsGateway};
use super::settings::SmsConfig;
use super::sign::{Purpose, SIGNATURE, TIMESTAMP, signature};

/// No answer of a gateway is longer.
const LONGEST: usize = 16 * 1024;
/// Nor is what it calls a message.
const LONGEST_RECEIPT: usize = 200;

/// A gateway that takes messages at an address.
pub(super) struct HttpGateway {
    address: (String, u16),
    authority: String,
    path: String,
    secret: String,
    timeout: Duration,
    /// For `https`.
    tls: Option<(TlsConnector, ServerName<'static>)>,
}

#[derive(Serialize)]
struct Body<'a> {
    id: &'a str,
    city: &'a str,
    number: &'a str,
    text: &'a str,
}

#[derive(Deserialize)]
struct Taken {
    receipt: String,
}

fn tls(host: &str) -> Option<(TlsConnector, ServerName<'static>)> {
    let roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().ok()?.with_root_certificates(roots).with_no_client_auth();
    Some((TlsConnector::from(Arc::new(config)), ServerName::try_from(host.to_owned()).ok()?))
}

impl HttpGateway {
    /// The gateway that the settings describe, if they do.
    pub(super) fn new(config: &SmsConfig) -> Option<Self> {
        let url: Uri = config.url.parse().ok()?;
        let address = config.address()?;
        let tls = if url.scheme_str() == Some("https") { Some(tls(&address.0)?) } else { None };
        Some(Self {
            address,
            authority: url.authority()?.as_str().rsplit('@').next()?.to_owned(),
            path: url.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            secret: config.secret.clone()?,
            timeout: config.timeout(),
            tls,
        })
    }

    fn request(&self, message: &Outgoing<'_>) -> Option<Request<Full<Bytes>>> {
        let (number, text) = (message.number.expose().as_str(), message.text.expose().as_str());
        let body = serde_json::to_vec(&Body { id: &message.id, city: message.city, number, text }).ok()?;
        let at = message.at.to_string();
        let signed = signature(&self.secret, Purpose::Send, message.city, &at, &body).ok()?;
        Request::post(&self.path)
            .header(header::HOST, &self.authority)
            .header(header::CONTENT_TYPE, "application/json; charset=utf-8")
            .header(header::ACCEPT, "application/json")
            .header(header::CONNECTION, "close")
            .header(TIMESTAMP, at)
            .header(SIGNATURE, signed)
            .body(Full::new(Bytes::from(body)))
            .ok()
    }

    async fn ask(&self, request: Request<Full<Bytes>>) -> Result<(StatusCode, Bytes), NotTaken> {
        let (host, port) = &self.address;
        let stream = TcpStream::connect((host.as_str(), *port)).await.map_err(|_| unreachable())?;
        match &self.tls {
            None => converse(TokioIo::new(stream), request).await,
            Some((tls, name)) => {
                let stream = tls.connect(name.clone(), stream).await.map_err(|_| unreachable())?;
                converse(TokioIo::new(stream), request).await
            }
        }
    }
}

fn unreachable() -> NotTaken {
    NotTaken::later("连接不上短信网关。", "The gateway could not be reached.")
}

/// Asks on this connection, which ends with it.
async fn converse<T: Read + Write + Unpin + Send + 'static>(
    stream: T,
    request: Request<Full<Bytes>>,
) -> Result<(StatusCode, Bytes), NotTaken> {
    let broke_off = || NotTaken::later("短信网关中断了连接。", "The gateway broke off.");
    let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await.map_err(|_| broke_off())?;
    let asking = async move {
        let answer = sender.send_request(request).await.map_err(|_| broke_off())?;
        let status = answer.status();
        let body = Limited::new(answer.into_body(), LONGEST).collect().await.map_err(|_| broke_off())?;
        Ok((status, body.to_bytes()))
    };
    let (mut asking, connection) = (pin!(asking), pin!(connection));
    tokio::select! {
        answer = &mut asking => answer,
        // What was read before it ended is there still.
        _ = connection => asking.await,
    }
}

/// What an answer says: its status alone, for a gateway's words may repeat the number.
fn understood(status: StatusCode, body: &[u8]) -> Result<String, NotTaken> {
    let code = status.as_u16();
    if status.is_success() {
        let taken = serde_json::from_slice::<Taken>(body).ok();
        let receipt = taken.map(|taken| taken.receipt).filter(|receipt| (1..=LONGEST_RECEIPT).contains(&receipt.len()));
        // It may have gone, and may not: it is not sent twice on that account.
        return receipt.ok_or_else(|| {
            NotTaken::refused(
                format!("短信网关答复 {code}，但没有回执号，无法确认是否发出。"),
                format!("The gateway answered {code} without a receipt; nobody knows whether it went."),
            )
        });
    }
    let again = status.is_server_error() || matches!(code, 408 | 425 | 429);
    let (zh, en) = (format!("短信网关答复 {code}。"), format!("The gateway answered {code}."));
    Err(if again { NotTaken::later(zh, en) } else { NotTaken::refused(zh, en) })
}

#[async_trait]
impl SmsGateway for HttpGateway {
    async fn send(&self, message: &Outgoing<'_>) -> Result<String, NotTaken> {
        let request = self.request(message).ok_or_else(|| {
            NotTaken::refused("短信请求未能生成。", "The request to the gateway could not be written.")
        })?;
        let (status, body) = tokio::time::timeout(self.timeout, self.ask(request))
            .await
            .map_err(|_| NotTaken::later("短信网关没有按时答复。", "The gateway did not answer in time."))??;
        understood(status, &body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn ended(status: u16, body: &str) -> Result<String, (bool, String)> {
        understood(StatusCode::from_u16(status).unwrap(), body.as_bytes()).map_err(|e| match e {
            NotTaken::Later(words) => (true, words.en),
            NotTaken::Refused(words) => (false, words.en),
        })
    }

    #[test]
    fn a_gateway_takes_refuses_or_puts_off_and_its_words_are_not_repeated() {
        assert_eq!(ended(200, r#"{"receipt":"r-1","more":1}"#), Ok("r-1".to_owned()));
        assert_eq!(ended(202, r#"{"receipt":"r-1"}"#), Ok("r-1".to_owned()));
        for status in [400, 401, 404, 422, 301] {
            let said = (false, format!("The gateway answered {status}."));
            assert_eq!(ended(status, "no such number 13800001234"), Err(said));
        }
        for status in [408, 425, 429, 500, 503] {
            assert_eq!(ended(status, ""), Err((true, format!("The gateway answered {status}."))));
        }
    }

    #[test]
    fn an_answer_without_a_receipt_is_not_taken_for_one_and_sends_nothing_twice() {
        let long = format!(r#"{{"receipt":"{}"}}"#, "x".repeat(201));
        for body in ["", "ok", "{}", r#"{"receipt":""}"#, r#"{"receipt":7}"#, &long] {
            assert!(matches!(ended(200, body), Err((false, _))), "{body}");
        }
    }

    #[test]
    fn a_gateway_behind_tls_is_checked_by_name_and_asked_at_its_path() {
        let settings = |url: &str| {
            let text = format!("[sms]\ngateway = \"http\"\nurl = \"{url}\"\nsecret = \"0123456789abcdef\"");
            Config::load(Some(&text), std::iter::empty()).unwrap().sms
        };
        let far = HttpGateway::new(&settings("https://sms.example.cn:8443/v2/send?app=1")).unwrap();
        assert_eq!((far.authority.as_str(), far.path.as_str()), ("sms.example.cn:8443", "/v2/send?app=1"));
        assert!(far.tls.is_some());
        assert!(HttpGateway::new(&settings("http://127.0.0.1:9000")).unwrap().tls.is_none());
    }
}
