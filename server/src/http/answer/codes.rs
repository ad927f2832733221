//! The codes of top-level errors and what they say in Chinese and English.

use async_graphql::{ErrorExtensionValues, Pos, ServerError};
use poem::http::StatusCode;

use super::super::ports::{FieldRefused, IdentityRefused, Language, RequestId, TenantRefused};
use super::super::shield::{Measure, Refused};

/// The code of a top-level error (错误代码). Refusals of operations are data and have their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// Malformed JSON, a syntax or validation error, a wrong method or content type.
    InvalidRequest,
    /// No valid credential where one is needed.
    Unauthenticated,
    /// Known, but not allowed.
    Forbidden,
    /// No such tenant, page or file.
    NotFound,
    /// Too many requests, or no free place.
    RateLimited,
    /// The document, the body or the answer is over a limit.
    CostExceeded,
    /// The field belongs to a plugin that is switched off here.
    PluginDisabled,
    /// The tenant is in maintenance, or the server is going down.
    Maintenance,
    /// The idempotency key came before, with another input.
    IdempotencyKeyReused,
    /// The execution took longer than allowed; what it saved stays saved.
    DeadlineExceeded,
    /// A fault of ours; the request id finds it in the log.
    Internal,
}

impl Code {
    /// Every code.
    pub const ALL: [Self; 11] = [
        Self::InvalidRequest,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::NotFound,
        Self::RateLimited,
        Self::CostExceeded,
        Self::PluginDisabled,
        Self::Maintenance,
        Self::IdempotencyKeyReused,
        Self::DeadlineExceeded,
        Self::Internal,
    ];

    /// The code as callers see it.
    pub fn name(self) -> &'static str {
        match self {
            Self::InvalidRequest => "INVALID_REQUEST",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::RateLimited => "RATE_LIMITED",
            Self::CostExceeded => "COST_EXCEEDED",
            Self::PluginDisabled => "PLUGIN_DISABLED",
            Self::Maintenance => "MAINTENANCE",
            Self::IdempotencyKeyReused => "IDEMPOTENCY_KEY_REUSED",
            Self::DeadlineExceeded => "DEADLINE_EXCEEDED",
            Self::Internal => "INTERNAL",
        }
    }

    /// The code of this name, if it is one of ours.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.name() == name)
    }
}

/// A request that is answered without being executed (请求被拒).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Its code.
    pub code: Code,
    /// The HTTP status.
    pub status: StatusCode,
    /// What to say in Chinese.
    pub zh: String,
    /// What to say in English.
    pub en: String,
    /// Seconds until a retry makes sense.
    pub retry_after: Option<u32>,
    /// The limit that was passed: name, allowed, found.
    pub over: Option<(&'static str, u64, u64)>,
    /// Where in the document.
    pub locations: Vec<Pos>,
    /// Whether the request was well-formed GraphQL over HTTP: callers that accept only
    /// `application/json` then get 200, as the specification asks.
    pub well_formed: bool,
}

impl Refusal {
    /// A refusal with both texts.
    pub fn new(code: Code, status: StatusCode, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            code,
            status,
            zh: zh.into(),
            en: en.into(),
            retry_after: None,
            over: None,
            locations: Vec::new(),
            well_formed: false,
        }
    }

    /// The text in the caller's language.
    pub fn message(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }

    /// Asks the caller to wait.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Marks the request as well-formed GraphQL.
    #[must_use]
    pub fn well_formed(mut self) -> Self {
        self.well_formed = true;
        self
    }

    /// A malformed request.
    pub fn invalid(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(Code::InvalidRequest, StatusCode::BAD_REQUEST, zh, en)
    }

    /// A fault of ours.
    pub fn internal() -> Self {
        Self::new(
            Code::Internal,
            StatusCode::INTERNAL_SERVER_ERROR,
            "服务器内部错误，请凭请求编号联系管理员。",
            "The server failed. Report the request id to the administrator.",
        )
    }

    /// Too many requests in a bucket.
    pub fn rate_limited(seconds: u32) -> Self {
        Self::new(
            Code::RateLimited,
            StatusCode::TOO_MANY_REQUESTS,
            format!("请求过于频繁，请在{seconds}秒后重试。"),
            format!("Too many requests. Try again in {seconds} s."),
        )
        .retry_after(seconds)
    }

    /// No free place for an execution or a connection.
    pub fn busy() -> Self {
        Self::new(
            Code::RateLimited,
            StatusCode::SERVICE_UNAVAILABLE,
            "当前使用人数较多，请稍后重试。",
            "The service is busy. Try again shortly.",
        )
        .retry_after(1)
    }

    /// The server is going down.
    pub fn closing() -> Self {
        Self::new(
            Code::Maintenance,
            StatusCode::SERVICE_UNAVAILABLE,
            "服务器正在停机，请稍后重试。",
            "The server is shutting down. Try again shortly.",
        )
        .retry_after(5)
    }

    /// The execution did not end in time.
    pub fn deadline() -> Self {
        Self::new(
            Code::DeadlineExceeded,
            StatusCode::GATEWAY_TIMEOUT,
            "处理超时。若为提交操作，请用同一幂等键重试以确认结果。",
            "The request took too long. Repeat a change with the same idempotency key to learn \
             whether it was saved.",
        )
    }

    /// A page that is not ours sent our cookie along.
    pub fn forged() -> Self {
        Self::new(
            Code::Forbidden,
            StatusCode::FORBIDDEN,
            "使用会话 Cookie 的请求必须带有请求头 x-yizhan-csrf: 1。",
            "A request with the session cookie needs the header x-yizhan-csrf: 1.",
        )
    }

    /// Introspection by somebody who may not.
    pub fn introspection() -> Self {
        Self::new(
            Code::Forbidden,
            StatusCode::BAD_REQUEST,
            "未开放架构自省；需要 schema:read 权限，或使用随系统发布的 SDL 文件。",
            "Introspection is off. It needs the permission schema:read; the SDL is published with \
             the system.",
        )
        .well_formed()
    }

    /// A body, message or answer that is too large.
    pub fn too_large(what: (&'static str, &str, &str), allowed: usize) -> Self {
        let (name, zh, en) = what;
        let mut refusal = Self::new(
            Code::CostExceeded,
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("{zh}超过上限（{allowed} 字节）。"),
            format!("The {en} is larger than {allowed} bytes."),
        );
        refusal.over = Some((name, allowed as u64, 0));
        refusal
    }

    /// As a GraphQL error.
    pub(crate) fn error(&self, language: Language, request_id: RequestId) -> ServerError {
        let mut error = ServerError::new(self.message(language), None);
        error.locations.clone_from(&self.locations);
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", self.code.name());
        extensions.set("requestId", request_id.to_string());
        if let Some((limit, allowed, found)) = self.over {
            extensions.set("limit", limit);
            extensions.set("allowed", allowed);
            if found > 0 {
                extensions.set("found", found.min(u64::from(u32::MAX)));
            }
        }
        if let Some(seconds) = self.retry_after {
            extensions.set("retryAfter", seconds);
        }
        error.extensions = Some(extensions);
        error
    }
}

impl From<TenantRefused> for Refusal {
    fn from(refused: TenantRefused) -> Self {
        match refused {
            TenantRefused::Unknown => Self::new(
                Code::NotFound,
                StatusCode::NOT_FOUND,
                "没有这个城市，请检查网址。",
                "There is no such tenant. Check the address.",
            ),
            TenantRefused::Maintenance { retry_after } => Self::new(
                Code::Maintenance,
                StatusCode::SERVICE_UNAVAILABLE,
                "本市系统正在维护，请稍后重试。",
                "This tenant is in maintenance. Try again later.",
            )
            .retry_after(retry_after),
        }
    }
}

impl From<IdentityRefused> for Refusal {
    fn from(refused: IdentityRefused) -> Self {
        match refused {
            IdentityRefused::Unauthenticated => Self::new(
                Code::Unauthenticated,
                StatusCode::UNAUTHORIZED,
                "登录已失效，请重新登录。",
                "The session is not valid. Sign in again.",
            ),
            IdentityRefused::WrongTenant => Self::new(
                Code::Forbidden,
                StatusCode::MISDIRECTED_REQUEST,
                "凭据不属于本市，请使用对应城市的网址。",
                "The token belongs to another tenant. Use that tenant's address.",
            ),
            IdentityRefused::OriginNotAllowed => Self::new(
                Code::Forbidden,
                StatusCode::FORBIDDEN,
                "不允许从该网站调用，请在接口密钥中登记来源。",
                "Calls from this origin are not allowed. Add the origin to the API key.",
            ),
            IdentityRefused::Unavailable => Self::new(
                Code::Maintenance,
                StatusCode::SERVICE_UNAVAILABLE,
                "暂时无法核对登录状态，您仍处于登录状态，请稍后重试。",
                "Who you are cannot be looked up at this moment. You are still signed in; try again shortly.",
            )
            .retry_after(10),
        }
    }
}

impl From<FieldRefused> for Refusal {
    fn from(refused: FieldRefused) -> Self {
        Self::new(
            Code::PluginDisabled,
            StatusCode::BAD_REQUEST,
            format!("本市未启用“{}”。", refused.title_zh),
            format!("“{}” is not enabled for this tenant.", refused.title_en),
        )
        .well_formed()
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Over { measure, allowed, found } => over(measure, allowed, found),
            Refused::UnterminatedString => {
                Self::invalid("查询中的字符串没有结束。", "A string in the document never ends.").well_formed()
            }
            Refused::Cycle(fragment) => Self::invalid(
                format!("片段 {fragment} 引用了自身。"),
                format!("The fragment {fragment} spreads itself."),
            )
            .well_formed(),
            Refused::Introspection => Self::introspection(),
            Refused::Syntax(error) => {
                let mut refusal = Self::invalid(
                    format!("查询语法错误：{}", error.message),
                    format!("Syntax error: {}", error.message),
                )
                .well_formed();
                refusal.locations = error.locations;
                refusal
            }
        }
    }
}

/// A document over a limit, with what to do about it.
fn over(measure: Measure, allowed: u64, found: u64) -> Refusal {
    let (zh, en) = match measure {
        Measure::QueryBytes => ("查询文本过长", "The document is too long"),
        Measure::Openers => ("查询中的括号过多", "The document has too many brackets"),
        Measure::Nesting => ("括号嵌套过深", "Brackets nest too deeply"),
        Measure::Operations => ("一次请求中的操作过多", "The document has too many operations"),
        Measure::Fragments => ("片段过多", "The document has too many fragments"),
        Measure::Depth => ("字段嵌套过深", "Fields nest too deeply"),
        Measure::Hops => ("选择集嵌套过深", "Selections nest too deeply"),
        Measure::Nodes => ("查询展开后字段过多", "The expanded document has too many fields"),
        Measure::Aliases => ("别名过多", "The document has too many aliases"),
        Measure::Directives => ("指令过多", "The document has too many directives"),
        Measure::MutationFields => ("一次请求中的变更过多", "The operation has too many root mutation fields"),
        Measure::SubscriptionFields => ("一个订阅只能有一个根字段", "A subscription has exactly one root field"),
        Measure::Cost => (
            "查询可能返回的数据过多，请减小每页条数或嵌套",
            "The query may bring back too much; ask for smaller or fewer nested pages",
        ),
        Measure::ListItems => ("列表元素过多", "A list has too many elements"),
    };
    let mut refusal = Refusal::new(
        Code::CostExceeded,
        StatusCode::BAD_REQUEST,
        format!("{zh}（上限 {allowed}），请拆分请求。"),
        format!("{en} (limit {allowed}). Split the request."),
    )
    .well_formed();
    refusal.over = Some((measure.name(), allowed, found));
    refusal
}
