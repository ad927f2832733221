//! Rows of a return (名录行), page by page.

use std::sync::Arc;

use async_graphql::{Error, SimpleObject};
use kernel::Ctx;
use kernel::gql::{self, Page, Paging};
use markets::annex2::Nature;

use crate::form::Line;
use crate::queries::pages::{LinePages, Snapshot};
use markets::OperatingNature;

/// A row of the return (名录行), as annex 2 of 晋人社厅发〔2022〕60号 prints it.
#[derive(Clone, Debug, SimpleObject)]
pub struct ReturnRow {
    /// Number on the form, from 1 (序号).
    pub serial: i32,
    /// Name of the market (零工市场名称).
    pub name: String,
    /// Operating nature (运营性质).
    pub nature: OperatingNature,
    /// Opening hours (运行时间).
    pub hours_text: String,
    /// Address (详细地址).
    pub address: String,
    /// Number of seekers (求职人员规模), empty where nobody counted.
    pub seeker_scale: String,
    /// Main trades (主要招聘工种).
    pub trades: String,
    /// Daily average of people hired (日均招聘成功人数), empty where nobody counted.
    pub daily_successes: String,
}

impl From<Line> for ReturnRow {
    fn from(line: Line) -> Self {
        Self {
            serial: line.serial,
            name: line.name,
            nature: match line.nature {
                Nature::Public => OperatingNature::Public,
                Nature::Commercial => OperatingNature::Commercial,
                Nature::Spontaneous => OperatingNature::Spontaneous,
            },
            hours_text: line.hours_text,
            address: line.address,
            seeker_scale: line.seeker_scale,
            trades: line.trades,
            daily_successes: line.daily_successes,
        }
    }
}

/// The rows of all returns of one answer.
pub(super) type Pages = Arc<LinePages>;

pub(super) fn pages(ctx: &Ctx, snapshots: Vec<Snapshot>) -> Pages {
    Arc::new(LinePages::of(ctx, snapshots))
}

/// A page of a snapshot's rows.
pub(super) async fn page(
    ctx: &Ctx,
    pages: &Pages,
    ((id, version_no), row_count): (Snapshot, i32),
    first: Option<i32>,
    after: Option<String>,
) -> Result<Page<ReturnRow>, Error> {
    let paging = Paging::read(ctx, first, after, &format!("return-rows:serial:{id}:{version_no}")).await?;
    let after = paging.after.as_ref().and_then(|key| key.first()).and_then(|serial| serial.parse().ok()).unwrap_or(0);
    let limit = i32::try_from(paging.limit()).unwrap_or(i32::MAX);
    let lines = pages.page((id, version_no), after, limit).await.map_err(gql::fail(ctx))?;
    let rows = lines.into_iter().map(|line| (vec![line.serial.to_string()], ReturnRow::from(line))).collect();
    paging.page(ctx, rows, Some(i64::from(row_count))).await
}
