//! Tenants (租户): one city each, listed in the platform's store.

use std::collections::BTreeMap;
use std::sync::Arc;

use entities::{key_ring, tenant};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, Set, TryIntoModel as _,
};

use crate::checks::Phone;
use crate::ctx::{Actor, Ctx};
use crate::fault::{Fault, Never, Stop};
use crate::invalidate::{ALL, TENANTS};
use crate::kernel::Kernel;
use crate::policy::Action;
use crate::store::PLATFORM;
use crate::text::Lang;

/// Making a tenant (建立租户). The command line's alone.
pub static CREATE: Action = Action::new("tenant", "create", "建立租户", "Make a tenant");
/// Removing a tenant (删除租户). The command line's alone.
pub static REMOVE: Action = Action::new("tenant", "remove", "删除租户", "Remove a tenant");
/// Taking a tenant out of service, or back into it (变更租户状态). The command line's alone.
pub static SET_STATUS: Action = Action::new("tenant", "set_status", "变更租户状态", "Change a tenant's status");
/// Setting the hotline a tenant publishes (设置服务热线). The command line's alone.
pub static SET_HOTLINE: Action = Action::new("tenant", "set_hotline", "设置服务热线", "Set a tenant's hotline");
/// Lowering a tenant's limits (调低租户限额). The command line's alone.
pub static SET_LIMITS: Action = Action::new("tenant", "set_limits", "调低租户限额", "Lower a tenant's limits");

/// The status of a tenant that comes back from a backup: whoever was erased since is not erased again yet, so nobody is let
/// in and nothing is done.
pub(crate) const RESTORING: &str = "RESTORING";

/// Slugs that name something else in URLs.
const RESERVED: [&str; 9] = ["admin", "assets", "api", "health", "livez", "readyz", "metrics", "static", PLATFORM];

/// A tenant as requests see it (租户信息).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantInfo {
    /// GB/T 2260 code; `platform` for the province.
    pub code: String,
    /// Its name in URLs.
    pub slug: String,
    /// Its name in Chinese.
    pub name_zh: String,
    /// Its name in English.
    pub name_en: String,
    /// `ACTIVE`, `MAINTENANCE`, `RESTORING` or `SUSPENDED`.
    pub status: String,
    /// The hotline it publishes.
    pub hotline: Option<String>,
    /// What it lowers of the transport's limits, by name (限额); the transport knows the names.
    pub limits: BTreeMap<String, u64>,
}

impl TenantInfo {
    /// The province's own platform?
    #[must_use]
    pub fn is_platform(&self) -> bool {
        self.code == PLATFORM
    }

    pub(crate) fn platform() -> Self {
        Self {
            code: PLATFORM.to_owned(),
            slug: PLATFORM.to_owned(),
            name_zh: "省级平台".to_owned(),
            name_en: "Provincial platform".to_owned(),
            status: "ACTIVE".to_owned(),
            hotline: None,
            limits: BTreeMap::new(),
        }
    }
}

/// A tenant to be made (新建租户).
#[derive(Clone, Debug)]
pub struct NewTenant {
    /// GB/T 2260 code of the city.
    pub code: String,
    /// `^[a-z][a-z0-9-]{1,31}$`.
    pub slug: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Hotline, if it has one.
    pub hotline: Option<String>,
}

impl NewTenant {
    /// Refuses a code or slug that could not stand in a file name, a schema name or a URL.
    fn check(&self) -> Result<(), Fault> {
        let code = self.code.len() == 6 && self.code.bytes().all(|b| b.is_ascii_digit());
        let mut letters = self.slug.bytes();
        let slug = letters.next().is_some_and(|b| b.is_ascii_lowercase())
            && (2..=32).contains(&self.slug.len())
            && letters.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !RESERVED.contains(&self.slug.as_str());
        if !code {
            return Err(Fault::internal("make a tenant: its code is not the six digits of GB/T 2260"));
        }
        if !slug {
            return Err(Fault::internal("make a tenant: its slug is reserved, or not 2 to 32 of a-z, 0-9 and -"));
        }
        Ok(())
    }
}

impl Kernel {
    /// The tenant of this code or slug.
    pub async fn tenant(self: &Arc<Self>, code_or_slug: &str) -> Result<Option<Arc<TenantInfo>>, Fault> {
        if code_or_slug == PLATFORM {
            return Ok(Some(Arc::new(TenantInfo::platform())));
        }
        if let Some(found) = self.tenants.get(code_or_slug) {
            return Ok(Some(found));
        }
        let epoch = self.tenants.epoch(code_or_slug);
        let platform = self.platform_ctx().await?;
        let row = tenant::Entity::find()
            .filter(
                Condition::any().add(tenant::Column::Code.eq(code_or_slug)).add(tenant::Column::Slug.eq(code_or_slug)),
            )
            .one(&platform.scope())
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(self.tenants.keep(code_or_slug, epoch, Arc::new(self.known(row)))))
    }

    /// All tenants, by code.
    pub async fn all_tenants(self: &Arc<Self>) -> Result<Vec<TenantInfo>, Fault> {
        let platform = self.platform_ctx().await?;
        let rows = tenant::Entity::find().order_by_asc(tenant::Column::Code).all(&platform.scope()).await?;
        Ok(rows.into_iter().map(|row| self.known(row)).collect())
    }

    /// The codes of all stores: the platform's first.
    pub async fn tenant_codes(self: &Arc<Self>) -> Result<Vec<String>, Fault> {
        let mut codes = vec![PLATFORM.to_owned()];
        codes.extend(self.all_tenants().await?.into_iter().map(|t| t.code));
        Ok(codes)
    }

    /// Makes the platform's store if there is none, and brings it up to date.
    pub async fn ensure_platform(self: &Arc<Self>, admin_url: Option<&str>) -> Result<(), Fault> {
        self.make_store(PLATFORM, admin_url).await?;
        ensure_keys(&self.platform_ctx().await?).await
    }

    /// Brings the store of `code` up to date (升级租户), and tells every process, which then opens it anew.
    pub async fn migrate_tenant(self: &Arc<Self>, code: &str) -> Result<usize, Fault> {
        let applied = self.store.migrate(code).await?.len();
        if applied > 0 {
            self.stale_everywhere(code).await?;
        }
        Ok(applied)
    }

    /// Makes a store, or brings one up to date whose making was cut short.
    async fn make_store(&self, code: &str, admin_url: Option<&str>) -> Result<(), Fault> {
        if self.store.exists(code).await? {
            self.store.migrate(code).await.map(|_| ())
        } else {
            self.store.create(code, admin_url).await
        }
    }

    /// A line of the platform's list; from here on the store knows where that city is.
    fn known(&self, row: tenant::Model) -> TenantInfo {
        self.store.settle(&row.code, row.database_url.as_deref());
        info(row)
    }

    /// Makes a tenant: its store, its keys, its line in the platform. Cut short, it can be run again; a tenant that is
    /// listed already is left alone and the call fails.
    pub async fn create_tenant(self: &Arc<Self>, new: NewTenant, admin_url: Option<&str>) -> Result<(), Fault> {
        self.create_tenant_at(new, None, admin_url).await
    }

    /// As [`Kernel::create_tenant`], on a PostgreSQL server of its own, which `admin_url` reaches then
    /// (`postgres://host:port/database`, without a user).
    pub async fn create_tenant_at(
        self: &Arc<Self>,
        new: NewTenant,
        database_url: Option<&str>,
        admin_url: Option<&str>,
    ) -> Result<(), Fault> {
        new.check()?;
        let platform = self.platform_ctx().await?;
        let same = Condition::any().add(tenant::Column::Code.eq(&new.code)).add(tenant::Column::Slug.eq(&new.slug));
        if tenant::Entity::find().filter(same).one(&platform.scope()).await?.is_some() {
            return Err(Fault::internal("make a tenant: there is one with this code or slug"));
        }
        match database_url {
            Some(url) => self.store.settle_anew(&new.code, url)?,
            None => self.store.settle(&new.code, None),
        }
        self.make_store(&new.code, admin_url).await?;
        self.stale(&new.code, ALL);
        let code = new.code.clone();
        let row = tenant::ActiveModel {
            code: Set(new.code),
            slug: Set(new.slug),
            name_zh: Set(new.name_zh),
            name_en: Set(new.name_en),
            status: Set("ACTIVE".to_owned()),
            generation: Set(1),
            database_url: Set(database_url.map(str::to_owned)),
            hotline: Set(new.hotline),
            limits: Set(None),
            created_at: Set(platform.now()),
        };
        let info = Arc::new(info(row.clone().try_into_model()?));
        let request = platform.request_id();
        ensure_keys(&self.ctx_of(info, Actor::System("tenant"), Lang::Zh, request).await?).await?;
        // The line comes last: a tenant that is listed is whole.
        let noted = code.clone();
        let saved: Result<(), Stop<Never>> = platform
            .transact(&CREATE, |tx| async move {
                tx.note("code", noted);
                tenant::Entity::insert(row).exec_without_returning(&tx).await?;
                tx.invalidate(TENANTS);
                Ok(())
            })
            .await;
        saved.map_err(Stop::into_fault)?;
        // Whoever knew a city of this code before has its old keys and connections.
        self.stale_everywhere(&code).await?;
        self.wake.notify(&code);
        Ok(())
    }
}

async fn ensure_keys(ctx: &Ctx) -> Result<(), Fault> {
    match key_ring::Entity::find().one(&ctx.scope()).await? {
        Some(_) => Ok(()),
        None => ctx.create_keys().await,
    }
}

fn info(row: tenant::Model) -> TenantInfo {
    TenantInfo {
        code: row.code,
        slug: row.slug,
        name_zh: row.name_zh,
        name_en: row.name_en,
        status: row.status,
        hotline: row.hotline,
        limits: row.limits.and_then(|limits| serde_json::from_value(limits).ok()).unwrap_or_default(),
    }
}

impl Kernel {
    /// Sets a tenant's status: `ACTIVE`, `MAINTENANCE` or `SUSPENDED`.
    pub async fn set_tenant_status(self: &Arc<Self>, code: &str, status: &'static str) -> Result<(), Fault> {
        let platform = self.platform_ctx().await?;
        let row = tenant::Entity::find_by_id(code).one(&platform.scope()).await?;
        if row.is_none_or(|row| row.status == status) {
            return Ok(());
        }
        amend(&platform, &SET_STATUS, code, (tenant::Column::Status, "status"), status.into()).await
    }

    /// Sets the hotline that a tenant publishes (设置服务热线), or none.
    pub async fn set_tenant_hotline(self: &Arc<Self>, code: &str, hotline: Option<&Phone>) -> Result<(), Fault> {
        let platform = self.platform_ctx().await?;
        let printed = hotline.map(Phone::display);
        amend(&platform, &SET_HOTLINE, code, (tenant::Column::Hotline, "hotline"), printed.into()).await
    }

    /// Lowers limits of a tenant (调低租户限额): all that it lowers from now on, by name. Every process heeds it with the
    /// next request. The names are the transport's to check.
    pub async fn set_tenant_limits(self: &Arc<Self>, code: &str, limits: &BTreeMap<String, u64>) -> Result<(), Fault> {
        let platform = self.platform_ctx().await?;
        let limits = serde_json::to_value(limits).map_err(Fault::of("write the limits of a tenant"))?;
        amend(&platform, &SET_LIMITS, code, (tenant::Column::Limits, "limits"), limits).await
    }

    /// Removes a tenant: its line first, so that nobody finds it half gone, then its store. Who was erased in it stays
    /// remembered: a backup of it may come back.
    pub async fn remove_tenant(self: &Arc<Self>, code: &str, admin_url: Option<&str>) -> Result<(), Fault> {
        let key = code.to_owned();
        crate::personal::erasures::gather(self, code).await;
        // Where its store is stands in its line.
        self.tenant(code).await?;
        let saved: Result<(), Stop<Never>> = self
            .platform_ctx()
            .await?
            .transact(&REMOVE, |tx| async move {
                tx.note("code", key.as_str());
                tenant::Entity::delete_many().filter(tenant::Column::Code.eq(key)).exec(&tx).await?;
                tx.invalidate(TENANTS);
                Ok(())
            })
            .await;
        saved.map_err(Stop::into_fault)?;
        // Closed to the end before it is forgotten: a file that is still closing would take that of a city made anew along.
        self.store.close(code).await?;
        self.stale_everywhere(code).await?;
        // What its checkpoints vouch for is gone; a city of this code that comes later begins a chain of its own.
        crate::audit::set_aside(self, code).await?;
        self.store.remove(code, admin_url).await?;
        self.stale_everywhere(code).await
    }
}

/// Sets one column of a tenant's line, and says so in the audit of the platform.
async fn amend(
    platform: &Ctx,
    action: &'static Action,
    code: &str,
    (column, named): (tenant::Column, &'static str),
    value: serde_json::Value,
) -> Result<(), Fault> {
    let code = code.to_owned();
    let saved: Result<(), Stop<Never>> = platform
        .transact(action, |tx| async move {
            tx.note("code", code.as_str());
            tx.note(named, value.clone());
            let value = match value {
                serde_json::Value::String(text) => sea_orm::Value::from(text),
                serde_json::Value::Null => sea_orm::Value::String(None),
                json => sea_orm::Value::from(json),
            };
            tenant::Entity::update_many()
                .col_expr(column, Expr::value(value))
                .filter(tenant::Column::Code.eq(code))
                .exec(&tx)
                .await?;
            tx.invalidate(TENANTS);
            Ok(())
        })
        .await;
    saved.map_err(Stop::into_fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(code: &str, slug: &str) -> Result<(), Fault> {
        NewTenant {
            code: code.to_owned(),
            slug: slug.to_owned(),
            name_zh: String::new(),
            name_en: String::new(),
            hotline: None,
        }
        .check()
    }

    #[test]
    fn a_code_or_slug_that_could_not_stand_in_a_path_is_refused() {
        assert!(named("140100", "taiyuan").is_ok());
        for code in ["", "14010", "1401000", "14010x", "../../1", "platform"] {
            assert!(named(code, "taiyuan").is_err(), "{code}");
        }
        for slug in ["", "t", "Taiyuan", "1st", "tai yuan", "../x", "platform", "admin", &"x".repeat(33)] {
            assert!(named("140100", slug).is_err(), "{slug}");
        }
    }
}
