//! The city.

use async_graphql::SimpleObject;

use crate::kernel::TenantInfo;

/// The province that the platform serves, where no city says it: 山西省.
const PROVINCE: &str = "140000";

/// A city (城市): a tenant of the platform, or the platform itself.
#[derive(Clone, Debug, SimpleObject)]
pub struct City {
    /// Its code in GB/T 2260, or `platform` (行政区划代码).
    code: String,
    /// Its name in URLs (网址名).
    slug: String,
    /// Its name in Chinese (中文名).
    name_zh: String,
    /// Its name in English (英文名).
    name_en: String,
    /// The code of its province (所属省代码).
    province_code: String,
    /// Is it the province's own platform (是否省级平台)?
    is_platform: bool,
    /// The hotline it publishes (服务热线).
    hotline: Option<String>,
}

impl From<&TenantInfo> for City {
    fn from(info: &TenantInfo) -> Self {
        let province = info.code.get(..2).filter(|_| !info.is_platform()).map(|two| format!("{two}0000"));
        Self {
            code: info.code.clone(),
            slug: info.slug.clone(),
            name_zh: info.name_zh.clone(),
            name_en: info.name_en.clone(),
            province_code: province.unwrap_or_else(|| PROVINCE.to_owned()),
            is_platform: info.is_platform(),
            hotline: info.hotline.clone(),
        }
    }
}
