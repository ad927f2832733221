//! Words with a code (枚举): enums that GraphQL, the store and people each spell in their own way.

/// Makes enums whose values have a code, as GraphQL and the store spell it, and a name for people in both languages.
///
/// ```
/// kernel::kinds! {
///     /// Operating nature (运营性质).
///     Nature {
///         /// Public (公共).
///         Public = "PUBLIC": "公共" / "public",
///         /// Commercial (经营性).
///         Commercial = "COMMERCIAL": "经营性" / "commercial",
///     }
/// }
/// assert_eq!(Nature::from_code("PUBLIC"), Some(Nature::Public));
/// assert_eq!(Nature::Commercial.code(), "COMMERCIAL");
/// ```
#[macro_export]
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:tt: $zh:literal / $en:literal),* $(,)? })*) => {
        $(
            #[derive(
                Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ::async_graphql::Enum, ::sea_orm::EnumIter,
                ::sea_orm::DeriveActiveEnum, ::serde::Serialize, ::serde::Deserialize,
            )]
            #[sea_orm(rs_type = "String", db_type = "Text")]
            #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
            $(#[$doc])*
            pub enum $name {
                $($(#[$vdoc])* #[sea_orm(string_value = $code)] $variant),*
            }

            impl $name {
                /// All of them, in the order of the forms.
                pub const ALL: [Self; [$($code),*].len()] = [$(Self::$variant),*];

                /// From the code.
                #[must_use]
                pub fn from_code(code: &str) -> Option<Self> {
                    Self::ALL.into_iter().find(|kind| kind.code() == code)
                }

                /// As GraphQL and the store spell it.
                #[must_use]
                pub const fn code(self) -> &'static str {
                    match self { $(Self::$variant => $code),* }
                }

                /// Its name for people.
                #[must_use]
                pub const fn title(self) -> $crate::text::Text {
                    match self { $(Self::$variant => $crate::text::Text::new($zh, $en)),* }
                }
            }
        )*
    };
}
