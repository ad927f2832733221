//! One-time codes (动态口令): TOTP of RFC 6238, six digits, a step of 30 seconds.
//!
//! Level-3 graded protection wants a second factor (等保2.0 身份鉴别 d). Authenticator apps know SHA-1; the
//! hash is kept beside the secret so that a hardware key with another hash can be enrolled. Seconds are
//! Unix time, given by the caller.

use data_encoding::BASE32_NOPAD;
use totp_rs::{Algorithm, Builder, Totp};

use super::hash::{NoEntropy, random_bytes};

/// Length of a step in seconds.
pub const STEP: u64 = 30;

/// The hash of a one-time code (动态口令散列算法).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum OtpHash {
    /// HMAC-SHA-1: what every authenticator app understands.
    #[default]
    Sha1,
    /// HMAC-SHA-256.
    Sha256,
    /// HMAC-SHA-512.
    Sha512,
}

impl OtpHash {
    const fn algorithm(self) -> Algorithm {
        match self {
            Self::Sha1 => Algorithm::SHA1,
            Self::Sha256 => Algorithm::SHA256,
            Self::Sha512 => Algorithm::SHA512,
        }
    }
}

/// A fresh secret of 160 bits (RFC 4226, 4 R6).
pub fn new_secret() -> Result<[u8; 20], NoEntropy> {
    random_bytes()
}

fn totp(secret: &[u8], hash: OtpHash) -> Totp {
    Builder::new()
        .with_algorithm(hash.algorithm())
        .with_digits(6)
        .with_skew(0)
        .with_step_duration(STEP)
        .with_secret(secret.to_vec())
        .build_noncompliant()
}

/// The code at a moment; for tests, and for handing out recovery.
pub fn code_at(secret: &[u8], hash: OtpHash, unix: u64) -> String {
    totp(secret, hash).generate(unix).to_string()
}

/// Checks a code against the present step and the one on either side. Returns the matched step, which the
/// caller stores and passes as `last_step` next time: a code of that step or an earlier one is not taken
/// again (RFC 6238, 5.2).
pub fn verify(secret: &[u8], hash: OtpHash, code: &str, unix: u64, last_step: Option<u64>) -> Option<u64> {
    let totp = totp(secret, hash);
    let now = unix / STEP;
    (now.saturating_sub(1)..=now.saturating_add(1))
        .filter(|step| last_step.is_none_or(|last| *step > last))
        .find(|step| step.checked_mul(STEP).is_some_and(|at| totp.check(code, at).is_some()))
}

/// The `otpauth://` URI that an authenticator app reads from a QR code. It holds the secret: show it once,
/// never log it.
pub fn enrolment_uri(secret: &[u8], hash: OtpHash, issuer: &str, account: &str) -> String {
    let (issuer, account) = (crate::maps::encode(issuer), crate::maps::encode(account));
    format!(
        "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}&algorithm={}&digits=6&period={STEP}",
        BASE32_NOPAD.encode(secret),
        hash.algorithm().as_str(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn the_codes_are_those_of_rfc_6238() {
        // The RFC prints eight digits; ours are the last six.
        for (unix, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(code_at(SECRET, OtpHash::Sha1, unix), code);
        }
        assert_eq!(code_at(b"12345678901234567890123456789012", OtpHash::Sha256, 59), "119246");
        let long = b"1234567890123456789012345678901234567890123456789012345678901234";
        assert_eq!(code_at(long, OtpHash::Sha512, 59), "693936");
    }

    #[test]
    fn a_clock_one_step_off_is_forgiven_and_two_are_not() {
        let code = code_at(SECRET, OtpHash::Sha1, 3000);
        for unix in [2970, 3000, 3029, 3030, 3059] {
            assert_eq!(verify(SECRET, OtpHash::Sha1, &code, unix, None), Some(100), "{unix}");
        }
        for unix in [2969, 3060] {
            assert_eq!(verify(SECRET, OtpHash::Sha1, &code, unix, None), None, "{unix}");
        }
    }

    #[test]
    fn a_code_is_taken_once() {
        let code = code_at(SECRET, OtpHash::Sha1, 3000);
        let step = verify(SECRET, OtpHash::Sha1, &code, 3000, None);
        assert_eq!(step, Some(100));
        assert_eq!(verify(SECRET, OtpHash::Sha1, &code, 3005, step), None);
        let next = code_at(SECRET, OtpHash::Sha1, 3030);
        assert_eq!(verify(SECRET, OtpHash::Sha1, &next, 3005, step), Some(101));
    }

    #[test]
    fn rubbish_is_no_code() {
        for code in ["", "28708", "2870820", "+87082", "abcdef", "２８７０８２"] {
            assert_eq!(verify(SECRET, OtpHash::Sha1, code, 59, None), None, "{code}");
        }
        assert_eq!(verify(SECRET, OtpHash::Sha1, "000000", u64::MAX, None), None);
    }

    #[test]
    fn the_enrolment_uri_carries_issuer_account_and_secret() {
        assert_eq!(
            enrolment_uri(SECRET, OtpHash::Sha1, "驿站", "li@example.com"),
            "otpauth://totp/%E9%A9%BF%E7%AB%99:li%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=%E9%A9%BF%E7%AB%99&algorithm=SHA1&digits=6&period=30"
        );
    }

    #[test]
    fn a_secret_has_160_bits_and_is_fresh() {
        assert_ne!(new_secret().unwrap(), new_secret().unwrap());
    }
}
