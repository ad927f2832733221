//! Words that are stored, spoken by the API and read by people (枚举): one place for the three spellings of each.

/// Makes an enum that GraphQL, the store and people each spell in their own way.
#[macro_export]
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:tt: $zh:literal / $en:literal),* $(,)? })*) => {
        $(
            $(#[$doc])*
            #[derive(
                Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
                ::async_graphql::Enum, ::sea_orm::EnumIter, ::sea_orm::DeriveActiveEnum, ::serde::Serialize, ::serde::Deserialize,
            )]
            #[sea_orm(rs_type = "String", db_type = "Text")]
            #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
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
                pub const fn title(self) -> $crate::Text {
                    match self { $(Self::$variant => $crate::Text::new($zh, $en)),* }
                }
            }
        )*
    };
}
