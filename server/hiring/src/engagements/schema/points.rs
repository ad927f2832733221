//! Points as callers see them (履约记分): the worker, and whoever decides an appeal.

use std::collections::HashMap;

use async_graphql::{ID, SimpleObject};
use cases::{CaseDecision, CaseStatus, Standing};
use chrono::{DateTime, FixedOffset};
use kernel::gql::{Date, moment};
use kernel::{Ctx, Fault};
use uuid::Uuid;

use crate::engagements::appeal::SUBJECT;
use crate::engagements::kinds::PointReason;
use crate::engagements::queries::points::{self, Point};

/// Points for a no-show or a late cancellation (履约记分): they expire and can be appealed; nobody is ranked by them.
#[derive(Clone, Debug, SimpleObject)]
pub struct ConductPoint {
    /// Its id (标识).
    id: ID,
    /// The engagement (用工对接).
    engagement_id: ID,
    /// The worker, masked (零工姓名，脱敏).
    worker_name: String,
    /// How many (分值).
    points: i32,
    /// For what (原因).
    reason: Option<PointReason>,
    /// When they were given (记分日期).
    given_on: Date,
    /// The last day they count (有效期至).
    expires_on: Date,
    /// Do they count today (有效)?
    in_force: bool,
    /// When an appeal, or whoever put the no-show right, lifted them (撤销时间).
    lifted_at: Option<DateTime<FixedOffset>>,
    /// The appeal, a case (申诉办件).
    appeal_id: Option<ID>,
    /// The reference number of the appeal (申诉编号).
    appeal_reference: Option<String>,
    /// How far the appeal is (申诉状态).
    appeal_status: Option<CaseStatus>,
    /// By when it is decided (申诉办理期限).
    appeal_due_on: Option<Date>,
    /// What was decided (申诉结果).
    appeal_decision: Option<CaseDecision>,
}

impl ConductPoint {
    /// Points with how far appeals against them are: one statement for all.
    pub async fn all(ctx: &Ctx, rows: Vec<Point>) -> Result<Vec<Self>, Fault> {
        let ids: Vec<Uuid> =
            rows.iter().filter(|point| point.row.case_id.is_some()).map(|point| point.row.id).collect();
        let mut appeals: HashMap<Uuid, Standing> = points::appeals(ctx, &ids).await?;
        Ok(rows.into_iter().map(|point| Self::of(ctx, appeals.remove(&point.row.id), point)).collect())
    }

    /// One of them.
    pub async fn at(ctx: &Ctx, id: Uuid) -> Result<Self, Fault> {
        let point = points::one(ctx, id).await?;
        Self::all(ctx, vec![point]).await?.pop().ok_or(Fault::NotFound)
    }

    fn of(ctx: &Ctx, appeal: Option<Standing>, Point { row, worker_name }: Point) -> Self {
        Self {
            id: ctx.gid(SUBJECT, row.id),
            engagement_id: ctx.gid("Engagement", row.engagement_id),
            worker_name,
            points: row.points,
            reason: PointReason::from_code(&row.reason),
            given_on: row.given_on.into(),
            expires_on: row.expires_on.into(),
            in_force: row.lifted_at.is_none() && row.expires_on >= ctx.today(),
            lifted_at: row.lifted_at.map(moment),
            appeal_id: row.case_id.map(|id| ctx.gid("Case", id)),
            appeal_reference: appeal.as_ref().map(|appeal| appeal.reference.clone()),
            appeal_status: appeal.as_ref().map(|appeal| appeal.status),
            appeal_due_on: appeal.as_ref().map(|appeal| appeal.due_on.into()),
            appeal_decision: appeal.and_then(|appeal| appeal.decision),
        }
    }
}
