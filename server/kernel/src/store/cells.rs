//! Values of rows as both back ends hold them, and as a backup carries them: typed, one way each.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use migrations::ColumnType;
use sea_orm::{QueryResult, Value};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::fault::Fault;

/// The value in a column of a row, as JSON: uuid, text, moment, day, double and document as text, bytes in base64.
/// A document is the text of itself, so that a JSON `null` is not an absent one.
pub(super) fn read(row: &QueryResult, index: usize, kind: ColumnType) -> Result<Json, Fault> {
    let json = match kind {
        ColumnType::Uuid => row.try_get_by_index::<Option<Uuid>>(index)?.map(|v| v.to_string().into()),
        ColumnType::Text => row.try_get_by_index::<Option<String>>(index)?.map(Json::from),
        ColumnType::Int => row.try_get_by_index::<Option<i32>>(index)?.map(Json::from),
        ColumnType::BigInt => row.try_get_by_index::<Option<i64>>(index)?.map(Json::from),
        ColumnType::Bool => row.try_get_by_index::<Option<bool>>(index)?.map(Json::from),
        ColumnType::Moment => row
            .try_get_by_index::<Option<DateTime<Utc>>>(index)?
            .map(|v| v.to_rfc3339_opts(SecondsFormat::Micros, true).into()),
        ColumnType::Date => row.try_get_by_index::<Option<NaiveDate>>(index)?.map(|v| v.to_string().into()),
        ColumnType::Bytes => row.try_get_by_index::<Option<Vec<u8>>>(index)?.map(|v| BASE64.encode(v).into()),
        ColumnType::Json => row.try_get_by_index::<Option<Json>>(index)?.map(|v| v.to_string().into()),
        // The shortest text that reads back as the same double.
        ColumnType::Float => row.try_get_by_index::<Option<f64>>(index)?.map(|v| format!("{v:?}").into()),
    };
    Ok(json.unwrap_or(Json::Null))
}

/// The value that [`read`] gave, to be bound.
pub(super) fn bind(json: &Json, kind: ColumnType) -> Result<Value, Fault> {
    if json.is_null() {
        return Ok(absent(kind));
    }
    value(json, kind).ok_or(Fault::internal("read a value of a backup: it is not of its column's type"))
}

fn absent(kind: ColumnType) -> Value {
    match kind {
        ColumnType::Uuid => None::<Uuid>.into(),
        ColumnType::Text => None::<String>.into(),
        ColumnType::Int => None::<i32>.into(),
        ColumnType::BigInt => None::<i64>.into(),
        ColumnType::Bool => None::<bool>.into(),
        ColumnType::Moment => None::<DateTime<Utc>>.into(),
        ColumnType::Date => None::<NaiveDate>.into(),
        ColumnType::Bytes => None::<Vec<u8>>.into(),
        ColumnType::Json => None::<Json>.into(),
        ColumnType::Float => None::<f64>.into(),
    }
}

fn value(json: &Json, kind: ColumnType) -> Option<Value> {
    Some(match kind {
        ColumnType::Uuid => json.as_str()?.parse::<Uuid>().ok()?.into(),
        ColumnType::Text => json.as_str()?.into(),
        ColumnType::Int => i32::try_from(json.as_i64()?).ok()?.into(),
        ColumnType::BigInt => json.as_i64()?.into(),
        ColumnType::Bool => json.as_bool()?.into(),
        ColumnType::Moment => DateTime::parse_from_rfc3339(json.as_str()?).ok()?.to_utc().into(),
        ColumnType::Date => json.as_str()?.parse::<NaiveDate>().ok()?.into(),
        ColumnType::Bytes => BASE64.decode(json.as_str()?).ok()?.into(),
        ColumnType::Json => serde_json::from_str::<Json>(json.as_str()?).ok()?.into(),
        ColumnType::Float => json.as_str()?.parse::<f64>().ok()?.into(),
    })
}
