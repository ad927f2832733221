//! The GraphQL kit (接口工具): what every thin resolver uses, so that ids, pages, refusals and faults look alike.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use async_graphql::connection::{
    Connection, CursorType, DefaultConnectionName, DefaultEdgeName, DisableNodesField, Edge, EmptyFields,
};
use async_graphql::{
    Context, Error, ErrorExtensions as _, ID, InputValueError, InputValueResult, OutputType, Scalar, ScalarType,
    SimpleObject, Value,
};
use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat, Utc};
use serde::Serialize;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::crypto::Key;
use crate::ctx::Ctx;
use crate::cursor::Cursor;
use crate::fault::{Fault, Stop};
use crate::ids::{self, GlobalId};
use crate::keys::KeyRing;
use crate::refusal::Refusal;

/// What a fallible nullable field returns: an error nulls this field and no other.
pub type Answer<T> = Option<Result<T, Error>>;

/// The context of the request, put there by the transport.
#[must_use]
pub fn ctx<'a>(gql: &Context<'a>) -> &'a Ctx {
    gql.data_unchecked::<Ctx>()
}

/// Has the caller's tenant this plugin on? For `visible` of a plugin's root fields, so that who asks for the schema does
/// not see what is off; what hides does not protect, and the gate refuses. Everything is seen where the SDL is written.
#[must_use]
pub fn is_switched_on(gql: &Context<'_>, plugin: &str) -> bool {
    gql.data_opt::<Ctx>().is_none_or(|ctx| crate::plugins::is_on(ctx.kernel(), &ctx.tenant().code, plugin))
}

/// A moment as callers read it: with the offset of Asia/Shanghai.
#[must_use]
pub fn moment(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    at.with_timezone(&crate::clock::shanghai())
}

/// A fault as a top-level error: its code, and nothing of its source.
#[must_use]
pub fn error(ctx: &Ctx, fault: &Fault) -> Error {
    if let Fault::Internal { action, .. } = fault {
        tracing::error!(action, cause = %fault.cause(), request_id = %ctx.request_id(), tenant = ctx.tenant().code, "a request failed");
    }
    let (code, request_id) = (fault.code(), ctx.request_id().to_string());
    Error::new(fault.text().get(ctx.lang())).extend_with(|_, extensions| {
        extensions.set("code", code);
        extensions.set("requestId", request_id);
    })
}

/// The same for `map_err` (转为接口错误).
pub fn fail(ctx: &Ctx) -> impl Fn(Fault) -> Error + '_ {
    |fault| error(ctx, &fault)
}

/// A query's answer: *not found* is null, every other fault an error.
pub fn found<T>(ctx: &Ctx, result: Result<T, Fault>) -> Answer<T> {
    match result {
        Ok(value) => Some(Ok(value)),
        Err(Fault::NotFound) => None,
        Err(fault) => Some(Err(error(ctx, &fault))),
    }
}

/// A mutation's answer: what was done, or the refusal as data, or a fault as an error.
pub fn answer<T, R, U>(
    ctx: &Ctx,
    result: Result<T, Stop<R>>,
    done: impl FnOnce(T) -> U,
    refused: impl FnOnce(R) -> U,
) -> Answer<U> {
    match result {
        Ok(value) => Some(Ok(done(value))),
        Err(Stop::Refused(refusal)) => Some(Ok(refused(refusal))),
        Err(Stop::Fault(fault)) => Some(Err(error(ctx, &fault))),
    }
}

/// The newest state of what a mutation was about, read where it was refused because somebody else was faster.
pub async fn current<T, R: Refusal, C>(
    done: &Result<T, Stop<R>>,
    read: impl Future<Output = Result<C, Fault>>,
) -> Option<C> {
    match done {
        Err(Stop::Refused(refusal)) if refusal.is_conflict() => read.await.ok(),
        _ => None,
    }
}

impl Ctx {
    /// The opaque id of a row of this tenant.
    #[must_use]
    pub fn gid(&self, kind: &str, id: Uuid) -> ID {
        ID(ids::encode(kind, &self.tenant().code, id))
    }

    /// Reads an id; malformed, of another kind or of another tenant is *not found*, the last a security event.
    pub fn parse_id(&self, kind: &'static str, id: &ID) -> Result<Uuid, Fault> {
        let id = GlobalId::decode(id.as_str()).ok_or(Fault::NotFound)?;
        if self.owns(&id) && id.kind == kind { Ok(id.id) } else { Err(Fault::NotFound) }
    }

    /// Is it an id of this tenant? Another's is a security event, of whatever kind it is.
    #[must_use]
    pub fn owns(&self, id: &GlobalId) -> bool {
        let own = id.tenant == self.tenant().code;
        if !own {
            tracing::warn!(
                target: "security",
                tenant = self.tenant().code,
                foreign = id.tenant,
                request_id = %self.request_id(),
                "an id of another tenant was presented"
            );
        }
        own
    }
}

/// What a connection has besides its edges.
#[derive(SimpleObject, Debug)]
pub struct Total {
    /// How many there are in all, where it was asked for and is cheap enough to count (总数).
    pub total_count: Option<i64>,
}

/// What the cursors of one page share.
struct Sealer {
    ring: Arc<KeyRing>,
    key: OnceLock<Zeroizing<Key>>,
    tenant: String,
    sort: String,
}

/// Where a row stands in its list (排序键): the values it is sorted by. They become text when somebody asks for the cursor.
#[derive(Clone, Debug)]
pub enum RowKey {
    /// The values as text.
    Parts(Vec<String>),
    /// A moment, then the id.
    Moment(DateTime<Utc>, Uuid),
    /// A number, then the id.
    Number(i64, Uuid),
}

impl RowKey {
    fn parts(&self) -> Cow<'_, [String]> {
        match self {
            Self::Parts(parts) => Cow::Borrowed(parts),
            Self::Moment(at, id) => Cow::Owned(vec![at.to_rfc3339_opts(SecondsFormat::Micros, true), id.to_string()]),
            Self::Number(number, id) => Cow::Owned(vec![number.to_string(), id.to_string()]),
        }
    }
}

impl From<Vec<String>> for RowKey {
    fn from(parts: Vec<String>) -> Self {
        Self::Parts(parts)
    }
}

/// The cursor of a row (游标), sealed when somebody asks for it: most callers ask for the last of a page or none.
pub struct RowCursor {
    sealer: Arc<Sealer>,
    key: RowKey,
}

impl CursorType for RowCursor {
    type Error = &'static str;

    /// Cursors are opened by [`Paging::read`], which knows the tenant and the list.
    fn decode_cursor(_: &str) -> Result<Self, Self::Error> {
        Err("a cursor is opened by its list")
    }

    fn encode_cursor(&self) -> String {
        let sealer = &self.sealer;
        let key = sealer.key.get_or_init(|| sealer.ring.link_key());
        Cursor::seal(key, &sealer.tenant, &sealer.sort, &self.key.parts())
    }
}

/// A page of a list (分页).
pub type Page<T> =
    Connection<RowCursor, T, Total, EmptyFields, DefaultConnectionName, DefaultEdgeName, DisableNodesField>;

/// Was the count of all rows of a list asked for (是否查询总数)?
#[must_use]
pub fn counts(gql: &Context<'_>) -> bool {
    gql.look_ahead().field("totalCount").exists()
}

/// What names a list with its order and filter (列表名), so that a cursor of another is refused. Cursors hold a MAC over it, not
/// the words themselves.
#[must_use]
pub fn list_name(list: &str, of: &impl Serialize) -> String {
    let mut name = list.as_bytes().to_vec();
    name.push(b':');
    // Filters are made of texts and numbers, which can always be written down.
    let written = serde_json::to_writer(&mut name, of);
    debug_assert!(written.is_ok(), "a filter that cannot be written down");
    String::from_utf8(name).unwrap_or_default()
}

/// Where a page begins and how long it is.
#[derive(Clone, Debug)]
pub struct Paging {
    /// Rows wanted, 1–100, and no more than the tenant puts on a page.
    pub first: u64,
    /// The key after which it begins.
    pub after: Option<Vec<String>>,
    sort: String,
}

impl Paging {
    /// Rows on a page unless said otherwise.
    pub const DEFAULT: u64 = 20;
    /// Rows on a page at most.
    pub const MOST: u64 = 100;

    /// Reads the arguments of a list. A tenant that lowered the limit gives shorter pages; it refuses nobody who asks for
    /// a size that other tenants give. `sort` names list, order and filter (see [`list_name`]).
    pub async fn read(ctx: &Ctx, first: Option<i32>, after: Option<String>, sort: &str) -> Result<Self, Error> {
        let first = read_first(ctx, first, Self::DEFAULT)?.min(ctx.page_rows());
        let after = match after {
            None => None,
            Some(text) => {
                let key = ctx.keys().await.map_err(fail(ctx))?.link_key();
                let parts = Cursor::open(&key, &ctx.tenant().code, sort, &text).map_err(|_| {
                    invalid(
                        ctx,
                        "after",
                        "游标无效，请从第一页重新开始。",
                        "The cursor is not valid here; start from the first page.",
                    )
                })?;
                Some(parts)
            }
        };
        Ok(Self { first, after, sort: sort.to_owned() })
    }

    /// How many rows to fetch: one more than wanted tells whether there is a next page.
    #[must_use]
    pub const fn limit(&self) -> u64 {
        self.first + 1
    }

    /// Makes the page of `rows`, each with its key, of which at most [`Paging::limit`] were fetched.
    pub async fn page<T: OutputType>(
        &self,
        ctx: &Ctx,
        rows: Vec<(impl Into<RowKey>, T)>,
        total_count: Option<i64>,
    ) -> Result<Page<T>, Error> {
        let wanted = usize::try_from(self.first).unwrap_or(usize::MAX);
        let more = rows.len() > wanted;
        let ring = ctx.keys().await.map_err(fail(ctx))?;
        let (tenant, sort) = (ctx.tenant().code.clone(), self.sort.clone());
        let sealer = Arc::new(Sealer { ring, key: OnceLock::new(), tenant, sort });
        let mut page = Page::with_additional_fields(self.after.is_some(), more, Total { total_count });
        page.edges.extend(
            rows.into_iter()
                .take(wanted)
                .map(|(key, node)| Edge::new(RowCursor { sealer: Arc::clone(&sealer), key: key.into() }, node)),
        );
        Ok(page)
    }
}

/// An argument of a query that no answer fits (查询参数有误): says what is wrong, in the caller's language, and which argument
/// it is as a path, `filter.division`. A mutation refuses with data instead.
pub fn invalid_argument(argument: &str, text: impl Into<String>) -> Error {
    Error::new(text).extend_with(|_, extensions| {
        extensions.set("code", "INVALID_REQUEST");
        extensions.set("argument", argument);
    })
}

/// As [`invalid_argument`], in both languages.
fn invalid(ctx: &Ctx, argument: &str, zh: &'static str, en: &'static str) -> Error {
    invalid_argument(argument, if ctx.lang() == crate::Lang::Zh { zh } else { en })
}

/// How many of a list that has no pages: 1–100, `usual` where nothing is said.
pub fn read_first(ctx: &Ctx, first: Option<i32>, usual: u64) -> Result<u64, Error> {
    match first.map(u64::try_from) {
        None => Ok(usual),
        Some(Ok(n)) if (1..=Paging::MOST).contains(&n) => Ok(n),
        Some(_) => Err(invalid(ctx, "first", "first 必须在 1 到 100 之间。", "first must be from 1 to 100.")),
    }
}

/// A calendar day in Asia/Shanghai (日期), `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Date(pub NaiveDate);

/// A calendar day in Asia/Shanghai (日期), `YYYY-MM-DD`.
#[Scalar(name = "Date")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => text.parse().map(Self).map_err(|_| InputValueError::custom("a day is YYYY-MM-DD")),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        Self(day)
    }
}

/// An exported file (导出文件).
#[derive(Clone, Debug, SimpleObject)]
pub struct ExportedFile {
    /// The path to GET (下载地址).
    pub url: String,
    /// The name under which to save it (文件名).
    pub file_name: String,
    /// Until when the address is good (有效期至).
    pub expires_at: DateTime<FixedOffset>,
}

impl From<crate::blob::DownloadLink> for ExportedFile {
    fn from(link: crate::blob::DownloadLink) -> Self {
        Self { url: link.url, file_name: link.file_name, expires_at: moment(link.expires_at) }
    }
}
