//! Languages (语言) of what people read: Chinese first, English complete.

use serde::{Deserialize, Serialize};

/// The caller's language (语言).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Lang {
    /// Simplified Chinese (简体中文), the default.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Reads `Accept-Language`: the first of `zh…` and `en…` that it names, by quality.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        let mut best = (0.0_f32, Self::Zh);
        for part in header.split(',') {
            let mut pieces = part.trim().split(';');
            let tag = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
            let quality =
                pieces.find_map(|p| p.trim().strip_prefix("q=").and_then(|q| q.parse().ok())).unwrap_or(1.0_f32);
            let lang = match tag.as_str() {
                t if t.starts_with("zh") => Self::Zh,
                t if t.starts_with("en") => Self::En,
                _ => continue,
            };
            if quality > best.0 {
                best = (quality, lang);
            }
        }
        best.1
    }

    /// `zh` or `en`, as stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// From the stored code; anything but `en` is Chinese.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        if code == "en" { Self::En } else { Self::Zh }
    }
}

/// A text in both languages (双语文本).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Text {
    /// Both languages.
    #[must_use]
    pub const fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en }
    }

    /// The text in `lang`.
    #[must_use]
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// A text in both languages that is put together as the house runs (双语文本), Chinese first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// zh-CN.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Words {
    /// Pairs two texts.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The text in a language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// As one column holds both.
    #[must_use]
    pub fn stored(&self) -> String {
        serde_json::json!(self).to_string()
    }

    /// From that column.
    #[must_use]
    pub fn read(stored: &str) -> Self {
        serde_json::from_str(stored).unwrap_or_else(|_| Self::new(stored, stored))
    }
}

impl From<Text> for Words {
    fn from(text: Text) -> Self {
        Self::new(text.zh, text.en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_the_default_and_quality_decides() {
        assert_eq!(Lang::from_accept_language(""), Lang::Zh);
        assert_eq!(Lang::from_accept_language("fr"), Lang::Zh);
        assert_eq!(Lang::from_accept_language("en-GB,zh;q=0.8"), Lang::En);
        assert_eq!(Lang::from_accept_language("en;q=0.5,zh-CN;q=0.9"), Lang::Zh);
    }
}
