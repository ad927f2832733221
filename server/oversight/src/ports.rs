//! What this chapter takes from others (外部接口), in one place.

use async_graphql::{Enum, InputValueError, InputValueResult, Scalar, ScalarType, SimpleObject, Value};
use chrono::{DateTime, FixedOffset, NaiveDate};
use entities::setting;
use kernel::{Ctx, Fault};
use markets::annex2::{AliasBasis, DirectoryRow, Nature};
use sea_orm::EntityTrait as _;

/// Operating nature (运营性质): exactly the three of annex 2 (晋人社厅发〔2022〕60号).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum OperatingNature {
    /// Public (公共).
    Public,
    /// Commercial (经营性).
    Commercial,
    /// Formed by itself (自形成).
    Spontaneous,
}

/// The format of a file (文件格式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
pub enum ExportFormat {
    /// A workbook (Excel 工作簿).
    Xlsx,
    /// Comma-separated text (CSV 文本).
    Csv,
    /// A printed page (PDF 打印页).
    Pdf,
}

/// A file to fetch (导出文件).
#[derive(Clone, Debug, SimpleObject)]
pub struct ExportedFile {
    /// Where to fetch it (下载地址).
    pub url: String,
    /// Its name (文件名).
    pub file_name: String,
    /// Until when it can be fetched (有效期).
    pub expires_at: DateTime<FixedOffset>,
}

/// A city (市).
#[derive(Clone, Debug, SimpleObject)]
pub struct City {
    /// GB/T 2260 code (区划代码).
    pub code: String,
    /// Its name in URLs (网址名).
    pub slug: String,
    /// Chinese name (中文名).
    pub name_zh: String,
    /// English name (英文名).
    pub name_en: String,
}

impl From<kernel::kernel::TenantInfo> for City {
    fn from(tenant: kernel::kernel::TenantInfo) -> Self {
        Self { code: tenant.code, slug: tenant.slug, name_zh: tenant.name_zh, name_en: tenant.name_en }
    }
}

/// A calendar day in Asia/Shanghai (日期), `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Date(pub NaiveDate);

/// A calendar day in Asia/Shanghai (日期), `YYYY-MM-DD`.
#[Scalar(name = "Date")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => text.parse().map(Self).map_err(|_| InputValueError::custom("a day is YYYY-MM-DD")),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A moment as people in China read it: RFC 3339 with +08:00.
#[must_use]
pub fn moment(at: DateTime<chrono::Utc>) -> DateTime<FixedOffset> {
    at.with_timezone(&kernel::clock::shanghai())
}

/// The rows of the directory as annex 2 wants them.
pub async fn form_rows(ctx: &Ctx) -> Result<Vec<DirectoryRow>, Fault> {
    let row = setting::Entity::find_by_id("ports.form_rows").one(&ctx.scope()).await?;
    let names: Vec<String> = match row {
        Some(row) => serde_json::from_value(row.value).map_err(Fault::of("read the rows"))?,
        None => Vec::new(),
    };
    let rows = names.into_iter().map(|name| DirectoryRow {
        address: format!("{name}路1号"),
        name,
        alias_basis: AliasBasis::Official,
        nature: Nature::Public,
        hours: Vec::new(),
        seeker_scale: None,
        trades: vec!["瓦工".to_owned(), "保洁".to_owned()],
        daily_successes: None,
    });
    Ok(rows.collect())
}
