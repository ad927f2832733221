//! The privacy notice (个人信息处理告知书, 个人信息保护法 art 17): written down in the repository, each version under its name, so
//! that a consent of years ago still says what was read.

use kernel::{Ctx, Lang};

/// A version of the notice (告知书版本).
pub(crate) struct Notice {
    /// Its name: the month from which it holds.
    pub(crate) version: &'static str,
    zh: &'static str,
    en: &'static str,
}

/// Every version there was, the newest first. A released one is never changed: a consent names it.
const ALL: [Notice; 1] =
    [Notice { version: "2026-11", zh: include_str!("notice/2026-11.zh.md"), en: include_str!("notice/2026-11.en.md") }];

/// The version that is shown from now on.
pub(crate) const fn current() -> &'static Notice {
    &ALL[0]
}

/// The name of that version (现行告知书版本): whoever signs in or registers says which one was shown.
#[must_use]
pub const fn in_force() -> &'static str {
    current().version
}

/// A version by its name.
pub(crate) fn of_version(version: &str) -> Option<&'static Notice> {
    ALL.iter().find(|notice| notice.version == version)
}

impl Notice {
    /// The text as it is shown in this city: who handles the data stands in it.
    pub(crate) fn text(&self, ctx: &Ctx) -> String {
        let tenant = ctx.tenant();
        let (text, city) = match ctx.lang() {
            Lang::Zh => (self.zh, &tenant.name_zh),
            Lang::En => (self.en, &tenant.name_en),
        };
        let hotline = tenant.hotline.as_deref().unwrap_or("12333");
        text.replace("{city}", city).replace("{hotline}", hotline)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_says_in_both_languages_who_why_what_how_long_and_which_rights() {
        for notice in &ALL {
            for (text, words) in [
                (notice.zh, ["处理者", "目的", "种类", "保存期限", "您的权利", "单独同意", "{city}", "{hotline}"]),
                (
                    notice.en,
                    [
                        "handles",
                        "purpose",
                        "kinds",
                        "how long",
                        "Your rights",
                        "separate consent",
                        "{city}",
                        "{hotline}",
                    ],
                ),
            ] {
                for word in words {
                    assert!(text.contains(word), "{}: {word}", notice.version);
                }
            }
            assert!(of_version(notice.version).is_some());
        }
        assert!(of_version("1999-01").is_none());
    }
}
