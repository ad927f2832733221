//! Signatures between the house and its gateway (网关签名): HMAC-SHA-256 over moment, purpose, city and body, so that what was
//! signed for one of them proves nothing in another.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::fault::Fault;

/// The header that says when it was signed, in seconds.
pub const TIMESTAMP: &str = "x-sms-timestamp";
/// The header that carries the signature.
pub const SIGNATURE: &str = "x-sms-signature";
/// What is signed is believed so long, before and after, in seconds.
pub const WINDOW: u64 = 300;

const VERSION: &str = "v1=";

/// What is signed (签名用途).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A message that the house sends.
    Send,
    /// A message that somebody sent to it.
    Reply,
    /// What became of one that it sent.
    Receipt,
}

impl Purpose {
    /// As it is signed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Reply => "reply",
            Self::Receipt => "receipt",
        }
    }
}

/// Why a signature is not believed (签名无效).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Not by whoever has the secret, or not for this.
    Forged,
    /// Signed too long ago, or too far ahead.
    Stale,
}

fn mac(secret: &str, purpose: Purpose, city: &str, timestamp: &str, body: &[u8]) -> Result<Hmac<Sha256>, Fault> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(Fault::of("sign a text message"))?;
    mac.update(format!("{timestamp}.{}.{city}.", purpose.name()).as_bytes());
    mac.update(body);
    Ok(mac)
}

/// The signature of a body as its header carries it.
pub fn signature(secret: &str, purpose: Purpose, city: &str, timestamp: &str, body: &[u8]) -> Result<String, Fault> {
    let code = mac(secret, purpose, city, timestamp, body)?.finalize().into_bytes();
    Ok(format!("{VERSION}{}", HEXLOWER.encode(&code)))
}

/// Who asks to be believed: what the headers say, and the city it came to.
pub(super) struct Signed<'a> {
    pub(super) purpose: Purpose,
    pub(super) city: &'a str,
    pub(super) timestamp: &'a str,
    pub(super) signature: &'a str,
}

/// Is it signed, and just now (seconds since 1970)? `Ok(None)` says that it is.
pub(super) fn doubt(secret: &str, signed: &Signed<'_>, body: &[u8], now: i64) -> Result<Option<Doubt>, Fault> {
    let code = signed.signature.strip_prefix(VERSION).and_then(|hex| HEXLOWER.decode(hex.as_bytes()).ok());
    let mac = mac(secret, signed.purpose, signed.city, signed.timestamp, body)?;
    // Compared in constant time; whoever has no signature learns nothing of the clock.
    if code.is_none_or(|code| mac.verify_slice(&code).is_err()) {
        return Ok(Some(Doubt::Forged));
    }
    let at: Option<i64> = signed.timestamp.parse().ok();
    Ok(if at.is_some_and(|at| at.abs_diff(now) <= WINDOW) { None } else { Some(Doubt::Stale) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "0123456789abcdef";
    const NOW: i64 = 1_772_416_800;

    fn asked(purpose: Purpose, city: &str, timestamp: &str, signature: &str, body: &[u8]) -> Option<Doubt> {
        doubt(SECRET, &Signed { purpose, city, timestamp, signature }, body, NOW).unwrap()
    }

    #[test]
    fn the_signature_is_the_hmac_of_the_line_that_the_settings_describe() {
        let signed = signature(SECRET, Purpose::Reply, "taiyuan", "1772416800", b"{}").unwrap();
        let mut by_hand = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
        by_hand.update(b"1772416800.reply.taiyuan.{}");
        assert_eq!(signed, format!("v1={}", HEXLOWER.encode(&by_hand.finalize().into_bytes())));
    }

    #[test]
    fn what_is_signed_for_one_purpose_city_moment_or_body_proves_nothing_for_another() {
        let signed = signature(SECRET, Purpose::Reply, "taiyuan", "1772416800", b"{}").unwrap();
        assert_eq!(asked(Purpose::Reply, "taiyuan", "1772416800", &signed, b"{}"), None);
        for (purpose, city, timestamp, body) in [
            (Purpose::Receipt, "taiyuan", "1772416800", b"{}".as_slice()),
            (Purpose::Send, "taiyuan", "1772416800", b"{}"),
            (Purpose::Reply, "datong", "1772416800", b"{}"),
            (Purpose::Reply, "taiyuan", "1772416801", b"{}"),
            (Purpose::Reply, "taiyuan", "1772416800", b"{ }"),
        ] {
            assert_eq!(asked(purpose, city, timestamp, &signed, body), Some(Doubt::Forged));
        }
        for other in ["", "v1=", "v1=00", "v2=00", &signed[..signed.len() - 2], &signed.replace("v1=", "")] {
            assert_eq!(asked(Purpose::Reply, "taiyuan", "1772416800", other, b"{}"), Some(Doubt::Forged), "{other}");
        }
        let foreign = signature("another secret!!", Purpose::Reply, "taiyuan", "1772416800", b"{}").unwrap();
        assert_eq!(asked(Purpose::Reply, "taiyuan", "1772416800", &foreign, b"{}"), Some(Doubt::Forged));
    }

    #[test]
    fn a_signature_is_believed_for_five_minutes() {
        for (at, believed) in [(NOW - 300, true), (NOW + 300, true), (NOW - 301, false), (NOW + 301, false)] {
            let timestamp = at.to_string();
            let signed = signature(SECRET, Purpose::Receipt, "taiyuan", &timestamp, b"{}").unwrap();
            let doubt = asked(Purpose::Receipt, "taiyuan", &timestamp, &signed, b"{}");
            assert_eq!(doubt, (!believed).then_some(Doubt::Stale), "{at}");
        }
        let signed = signature(SECRET, Purpose::Receipt, "taiyuan", "soon", b"{}").unwrap();
        assert_eq!(asked(Purpose::Receipt, "taiyuan", "soon", &signed, b"{}"), Some(Doubt::Stale));
    }
}
