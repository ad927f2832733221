//! Refusals (不予办理的答复): typed answers, one type per operation, with texts in both languages.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::text::Lang;

/// What every refusal can say of itself.
pub trait Refusal: Serialize + DeserializeOwned + std::fmt::Debug + Send + Sync + 'static {
    /// Its code, as in the GraphQL enum: `UNKNOWN_DIVISION`.
    fn code(&self) -> &'static str;
    /// The input field it is about, as a path: `address.division`.
    fn field(&self) -> Option<&str>;
    /// What is wrong and what to do next, in the caller's language.
    fn message(&self, lang: Lang) -> String;
    /// Was somebody else faster (版本冲突)? Then the answer shows the newest state.
    fn is_conflict(&self) -> bool {
        self.code() == "Conflict"
    }
}

impl Refusal for crate::fault::Never {
    fn code(&self) -> &'static str {
        match *self {}
    }
    fn field(&self) -> Option<&str> {
        match *self {}
    }
    fn message(&self, _: Lang) -> String {
        match *self {}
    }
}

/// Makes a refusal: the enum an operation returns, its GraphQL code enum, its GraphQL object and its texts.
///
/// ```
/// kernel::refusals! {
///     /// Why a market was not listed (不予列入名录).
///     pub ListMarket => ListMarketRefused, ListMarketRefusalCode {
///         /// The version is stale.
///         Conflict { current: i32 } @ "version":
///             "该市场已被他人修改（现为第{current}版），请刷新后再试。" /
///             "Someone else changed this market (now version {current}); reload and try again.",
///         /// It has no address.
///         NoAddress @ "address": "请先填写详细地址。" / "Enter the address first.",
///     }
/// }
/// ```
///
/// makes `enum ListMarket { Conflict { current: i32 }, NoAddress }`, `enum ListMarketRefusalCode` and
/// `struct ListMarketRefused { code, message, field }` with `ListMarketRefused::from_refusal(&refusal, lang)`.
/// Where the field is known only when it happens it is a parameter, a `String`, in brackets: `@ [at]`.
/// Parameters must implement `Display`, `Serialize` and `DeserializeOwned`; each may stand in one of the texts or in both.
#[macro_export]
macro_rules! refusals {
    (
        $(#[$doc:meta])*
        $vis:vis $name:ident => $object:ident, $codes:ident {
            $(
                $(#[$vdoc:meta])*
                $variant:ident $({ $($param:ident : $ty:ty),* $(,)? })? $(@ $field:tt)? : $zh:literal / $en:literal
            ),* $(,)?
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
        $vis enum $name {
            $(
                $(#[$vdoc])*
                $variant $({ $(#[doc = "A parameter of the text."] $param : $ty),* })?
            ),*
        }

        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, ::async_graphql::Enum)]
        $vis enum $codes {
            $( $(#[$vdoc])* $variant ),*
        }

        $(#[$doc])*
        #[derive(Clone, Debug, ::async_graphql::SimpleObject)]
        $vis struct $object {
            /// Why, as a code (原因代码).
            pub code: $codes,
            /// What is wrong and what to do next, in the caller's language (说明).
            pub message: String,
            /// The input field it is about, as a path (所涉字段).
            pub field: Option<String>,
        }

        impl $object {
            /// The refusal as the caller reads it.
            #[must_use]
            $vis fn from_refusal(refusal: &$name, lang: $crate::text::Lang) -> Self {
                use $crate::refusal::Refusal as _;
                let code = match refusal {
                    $( $name::$variant { .. } => $codes::$variant ),*
                };
                Self { code, message: refusal.message(lang), field: refusal.field().map(str::to_owned) }
            }
        }

        impl $crate::refusal::Refusal for $name {
            fn code(&self) -> &'static str {
                match self {
                    $( Self::$variant { .. } => stringify!($variant) ),*
                }
            }

            fn field(&self) -> Option<&str> {
                match self {
                    $(
                        Self::$variant $({ $($param),* })? => {
                            $($(let _ = $param;)*)?
                            $crate::refusals!(@field $($field)?)
                        }
                    ),*
                }
            }

            fn message(&self, lang: $crate::text::Lang) -> String {
                match self {
                    $(
                        Self::$variant $({ $($param),* })? => {
                            // A parameter may stand in one language only.
                            $($(let _ = $param;)*)?
                            match lang {
                                $crate::text::Lang::Zh => format!($zh),
                                $crate::text::Lang::En => format!($en),
                            }
                        }
                    ),*
                }
            }
        }
    };
    (@field $field:literal) => { Some($field) };
    (@field [$param:ident]) => { Some($param.as_str()) };
    (@field) => { None };
}

/// Makes refusals that show the newest state where somebody else was faster: the object that [`refusals!`](crate::refusals)
/// makes, and `current` beside it.
///
/// ```text
/// kernel::with_current! {
///     /// Why a zone was not saved (不予保存功能分区).
///     SaveZoneRefused(Zone) = SaveZone: SaveZoneReason, SaveZoneRefusalCode;
/// }
/// ```
#[macro_export]
macro_rules! with_current {
    ($($(#[$attribute:meta])* $name:ident($current:ty) = $refusal:ident: $reason:ident, $codes:ident;)*) => {
        $(
            $(#[$attribute])*
            #[derive(::async_graphql::SimpleObject)]
            pub struct $name {
                /// Why, as a code (原因代码).
                pub code: $codes,
                /// What is wrong and what to do next, in the caller's language (说明).
                pub message: String,
                /// The input field it is about, as a path (所涉字段).
                pub field: Option<String>,
                /// The newest state, for `CONFLICT` (最新内容).
                pub current: Option<$current>,
            }

            impl $name {
                pub(crate) fn of(refusal: &$refusal, lang: $crate::text::Lang, current: Option<$current>) -> Self {
                    let $reason { code, message, field } = $reason::from_refusal(refusal, lang);
                    Self { code, message, field, current }
                }
            }
        )*
    };
}
