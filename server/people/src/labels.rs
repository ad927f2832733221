//! Scopes in words (范围名称).

use kernel::divisions::Divisions;
use kernel::policy::ScopeKind;
use kernel::text::Text;
use kernel::Ctx;
use uuid::Uuid;

use crate::rules::scopes;

/// The key of a scope as clients know it: ids of markets and agencies are opaque.
pub(crate) fn key(ctx: &Ctx, kind: &str, key: &str) -> Option<String> {
    let opaque = |object: &str| key.parse::<Uuid>().ok().map(|id| ctx.gid(object, id).to_string());
    match ScopeKind::parse(kind)? {
        ScopeKind::City => None,
        ScopeKind::County | ScopeKind::Department => Some(key.to_owned()),
        ScopeKind::Market => opaque("Market"),
        ScopeKind::Agency => opaque("Agency"),
    }
}

/// A scope in words, in the caller's language.
pub(crate) fn label(ctx: &Ctx, kind: &str, key: &str) -> String {
    let lang = ctx.lang();
    // The end of an id tells two markets apart; their names belong to a later chapter.
    let short = |title: Text| format!("{} …{}", title.get(lang), key.get(key.len().saturating_sub(6)..).unwrap_or(key));
    match ScopeKind::parse(kind) {
        Some(ScopeKind::City) => match (ctx.tenant().is_platform(), lang) {
            (true, _) => Text::new("全省", "The province").get(lang).to_owned(),
            (false, kernel::Lang::Zh) => ctx.tenant().name_zh.clone(),
            (false, kernel::Lang::En) => ctx.tenant().name_en.clone(),
        },
        Some(ScopeKind::County) => {
            Divisions::standard().get(key).map_or_else(|| key.to_owned(), |division| division.name.clone())
        }
        Some(ScopeKind::Department) => {
            scopes::department(key).map_or_else(|| key.to_owned(), |d| d.title.get(lang).to_owned())
        }
        Some(ScopeKind::Market) => short(Text::new("市场", "Market")),
        Some(ScopeKind::Agency) => short(Text::new("机构", "Agency")),
        None => key.to_owned(),
    }
}
