//! A city as everybody sees it.

use async_graphql::SimpleObject;
use kernel::divisions::{Divisions, Level};
use kernel::kernel::TenantInfo;

/// A city, or the province's platform (租户).
#[derive(Clone, Debug, SimpleObject)]
pub struct City {
    /// GB/T 2260 code; `platform` for the province (代码).
    pub code: String,
    /// Its name in URLs (网址名).
    pub slug: String,
    /// Chinese name (中文名称).
    pub name_zh: String,
    /// English name (英文名称).
    pub name_en: String,
    /// GB/T 2260 code of its province (所属省份代码).
    pub province_code: String,
    /// Is it the province's platform (是否省级平台)?
    pub is_platform: bool,
    /// The hotline it publishes (服务热线).
    pub hotline: Option<String>,
}

impl From<&TenantInfo> for City {
    fn from(tenant: &TenantInfo) -> Self {
        let province = Divisions::standard().at_level(Level::Province).next().map(|d| d.code.clone());
        Self {
            code: tenant.code.clone(),
            slug: tenant.slug.clone(),
            name_zh: tenant.name_zh.clone(),
            name_en: tenant.name_en.clone(),
            province_code: province.unwrap_or_default(),
            is_platform: tenant.is_platform(),
            hotline: tenant.hotline.clone(),
        }
    }
}
