//! The gateway for text messages (短信网关来件): `POST /{tenant}/sms/reply` brings what somebody sent, `POST
//! /{tenant}/sms/receipt` what became of a message. Both are signed; the house says whether they are believed.

use std::sync::Arc;

use poem::http::{HeaderMap, Method, StatusCode};
use poem::{Request, Response};

use super::answer::{Code, Refusal};
use super::caller::{Caller, Visit};
use super::gate::Gate;
use super::ports::{House, SmsRefused, SmsReport, SmsReportKind};
use super::unbroken::Unbroken;
use super::{body, negotiate, reply};

/// Text messages are short.
const LONGEST: usize = 16 * 1024;

/// Every method on an address of the gateway.
pub(crate) async fn handle<H: House>(
    gate: Arc<Gate<H>>,
    slug: &str,
    kind: SmsReportKind,
    request: Request,
) -> Response {
    let caller = Caller::of(&gate, &request);
    if *request.method() != Method::POST {
        return reply::method_not_allowed("POST", &caller);
    }
    if !negotiate::body_is_json(request.headers()) {
        let refusal = Refusal::new(
            Code::InvalidRequest,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "请求的 Content-Type 必须为 application/json（UTF-8）。",
            "The Content-Type must be application/json in UTF-8.",
        );
        return reply::refuse(&refusal, &caller);
    }
    match take(gate, slug, kind, caller.clone(), request).await {
        Ok(()) => reply::json(StatusCode::OK, br#"{"taken":true}"#.to_vec(), caller.language),
        Err(refusal) => reply::refuse(&refusal, &caller),
    }
}

async fn take<H: House>(
    gate: Arc<Gate<H>>,
    slug: &str,
    kind: SmsReportKind,
    caller: Caller,
    mut request: Request,
) -> Result<(), Refusal> {
    let visit = Visit::begin(gate, slug, caller).await?;
    let headers = request.headers().clone();
    let limits = &visit.desk.limits;
    let bytes = body::read(request.take_body(), &headers, LONGEST.min(limits.body_bytes), limits.body_time()).await?;
    let said = |name: &str| header(&headers, name).unwrap_or_default().to_owned();
    let (timestamp, signature) = (said(kernel::sms::TIMESTAMP), said(kernel::sms::SIGNATURE));
    let report = SmsReport { kind, timestamp, signature, body: bytes };
    let tasks = visit.gate.tasks.clone();
    // What was taken in stays, whether or not the gateway hears of it.
    let taking =
        Unbroken::new(
            &tasks,
            async move { visit.gate.house.receive_sms(&visit.tenant, visit.caller.id, report).await },
        );
    Ok(taking.await.unwrap_or(Err(SmsRefused::Fault))?)
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

impl From<SmsRefused> for Refusal {
    fn from(refused: SmsRefused) -> Self {
        let (code, status, zh, en) = match refused {
            SmsRefused::NotSet => (
                Code::NotFound,
                StatusCode::NOT_FOUND,
                "本平台未设置短信网关密钥，不接收上行短信和回执。",
                "No secret for a gateway is set here; messages and reports are not taken in.",
            ),
            SmsRefused::Forged => (Code::Forbidden, StatusCode::FORBIDDEN, "签名无效。", "The signature is not valid."),
            SmsRefused::Stale => (
                Code::Forbidden,
                StatusCode::FORBIDDEN,
                "签名时间与本机时间相差超过五分钟，请校准时钟后重新签名。",
                "It was signed more than five minutes from now. Set the clock and sign again.",
            ),
            SmsRefused::Malformed => (
                Code::InvalidRequest,
                StatusCode::BAD_REQUEST,
                "内容不符合约定的格式。",
                "It is not of the form that was agreed.",
            ),
            SmsRefused::Repeated => (
                Code::InvalidRequest,
                StatusCode::CONFLICT,
                "该短信已接收，不再重复处理。",
                "This message was taken in before.",
            ),
            SmsRefused::Unknown => (
                Code::NotFound,
                StatusCode::NOT_FOUND,
                "没有此回执号对应的短信，请稍后重发回执。",
                "No message has this receipt. Report it again later.",
            ),
            SmsRefused::Fault => return Self::internal(),
        };
        Self::new(code, status, zh, en)
    }
}
