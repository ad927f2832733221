//! Scopes in words (范围名称).

use std::collections::HashMap;
use std::sync::Arc;

use entities::role_assignment;
use kernel::divisions::Divisions;
use kernel::policy::ScopeKind;
use kernel::text::Text;
use kernel::{Ctx, Fault, places};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::rules::scopes;
use crate::schema::types::ScopeChoice;

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

/// The scopes of one answer (一次回答中的范围): the names that other chapters know are asked for together, and once.
#[derive(Debug)]
pub(crate) struct Scopes {
    markets: Vec<Uuid>,
    agencies: Vec<Uuid>,
    names: OnceCell<HashMap<Uuid, String>>,
}

impl Scopes {
    /// Of their kinds and keys, as they are kept.
    pub(crate) fn of<'a>(scopes: impl IntoIterator<Item = (&'a str, &'a str)>) -> Arc<Self> {
        let mut all = Self { markets: Vec::new(), agencies: Vec::new(), names: OnceCell::new() };
        for (kind, key) in scopes {
            let Ok(id) = key.parse() else { continue };
            match ScopeKind::parse(kind) {
                Some(ScopeKind::Market) => all.markets.push(id),
                Some(ScopeKind::Agency) => all.agencies.push(id),
                _ => {}
            }
        }
        Arc::new(all)
    }

    /// Of roles that are held.
    pub(crate) fn of_roles<'a>(roles: impl IntoIterator<Item = &'a role_assignment::Model>) -> Arc<Self> {
        Self::of(roles.into_iter().map(|role| (role.scope_kind.as_str(), role.scope_key.as_str())))
    }

    /// One of them in words, in the caller's language.
    pub(crate) async fn label(&self, ctx: &Ctx, kind: &str, key: &str) -> Result<String, Fault> {
        let names = match ScopeKind::parse(kind) {
            Some(ScopeKind::Market | ScopeKind::Agency) => Some(self.names.get_or_try_init(|| self.read(ctx)).await?),
            _ => None,
        };
        let name = names.zip(key.parse().ok()).and_then(|(names, id)| names.get(&id));
        Ok(label(ctx, kind, key, name))
    }

    async fn read(&self, ctx: &Ctx) -> Result<HashMap<Uuid, String>, Fault> {
        let mut names = places::names(ctx, "Market", self.markets.clone()).await?;
        names.extend(places::names(ctx, "Agency", self.agencies.clone()).await?);
        Ok(names)
    }
}

/// Markets and agencies offered at once.
const OFFERED: u64 = 20;

/// What a role can be assigned at, of a kind: each with its key as clients know it.
pub(crate) async fn choices(ctx: &Ctx, kind: ScopeKind, part: &str) -> Result<Vec<ScopeChoice>, Fault> {
    let objects = async |object: &str| {
        let found = places::find(ctx, object, part, OFFERED).await?;
        Ok(found.into_iter().map(|(id, label)| ScopeChoice { key: ctx.gid(object, id).to_string(), label }).collect())
    };
    let named = |(key, label): (String, String)| label.contains(part.trim()).then_some(ScopeChoice { key, label });
    match kind {
        ScopeKind::City => Ok(Vec::new()),
        ScopeKind::County => {
            let counties = Divisions::standard().children(&ctx.tenant().code).into_iter();
            Ok(counties.map(|one| (one.code.clone(), one.name.clone())).filter_map(named).collect())
        }
        ScopeKind::Department => {
            let all = scopes::DEPARTMENTS.iter().map(|d| (d.name.to_owned(), d.title.get(ctx.lang()).to_owned()));
            Ok(all.filter_map(named).collect())
        }
        ScopeKind::Market => objects("Market").await,
        ScopeKind::Agency => objects("Agency").await,
    }
}

fn label(ctx: &Ctx, kind: &str, key: &str, name: Option<&String>) -> String {
    let lang = ctx.lang();
    // What nobody names is told apart by the end of its id.
    let named = |title: Text| match name {
        Some(name) => name.clone(),
        None => format!("{} …{}", title.get(lang), key.get(key.len().saturating_sub(6)..).unwrap_or(key)),
    };
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
        Some(ScopeKind::Market) => named(Text::new("市场", "Market")),
        Some(ScopeKind::Agency) => named(Text::new("机构", "Agency")),
        None => key.to_owned(),
    }
}
