//! What the gateway for text messages brings, in the words in which the transport hands it on.

/// Something the gateway brings (短信网关来件). Nothing of it is believed yet.
pub struct SmsReport {
    /// An answer of somebody, or what became of a message.
    pub kind: SmsReportKind,
    /// When it says it was signed.
    pub timestamp: String,
    /// Its signature.
    pub signature: String,
    /// Its body, of which every byte is signed.
    pub body: Vec<u8>,
}

/// What it is (来件类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmsReportKind {
    /// A message that somebody sent.
    Reply,
    /// What became of a message that the house sent.
    Receipt,
}

/// Why it is not taken in (不予接收).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmsRefused {
    /// No gateway can be believed here.
    NotSet,
    /// The signature is not valid.
    Forged,
    /// It was signed too long ago, or too far ahead.
    Stale,
    /// It is not of the form that was agreed.
    Malformed,
    /// It came before.
    Repeated,
    /// It is about a message that nobody knows.
    Unknown,
    /// The store failed.
    Fault,
}
