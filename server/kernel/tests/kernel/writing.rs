//! A write like any other: one setting, by its name.

use kernel::{Ctx, Never, Stop};
use serde_json::json;

use crate::support::{WRITE, put};

/// Writes the setting of this name.
pub(crate) async fn write(ctx: &Ctx, name: &str) {
    let name = name.to_owned();
    let done: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            put(&tx, &name, json!(1)).await?;
            Ok(())
        })
        .await;
    done.unwrap();
}
