//! What an appeal against points is about (记分申诉事项): where it is handled, who must not decide it, and what a decision does: the points
//! are lifted; or, where the worker was there, the no-show itself is put right.

use std::collections::HashMap;
use std::sync::Arc;

use cases::{CaseDecision, CaseKind, DeadlineRule, Matter, OpenCaseFile, async_trait};
use kernel::calendar::DayCount;
use kernel::refusal::Refusal as _;
use kernel::{Ctx, Fault, Kernel, Lang, Place, Stop, Text, Tx, Words, subjects};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::kinds::PointReason;
use super::operations::correct_no_show::{CorrectNoShow, correct};
use super::store::{deal, points, workers};
use crate::policy;
use crate::rows::conduct_point::{Column, Entity, Model};
use crate::store::visible;

/// The code of the kind of case.
pub const KIND: &str = "NO_SHOW_APPEAL";
/// What points are called in global ids.
pub const SUBJECT: &str = "ConductPoint";

struct Points;

#[async_trait]
impl Matter for Points {
    async fn place(&self, tx: &Tx, subject: Uuid) -> Result<Place, Fault> {
        let point = Entity::find_by_id(subject).one(tx).await?.ok_or(Fault::NotFound)?;
        let deal = deal::read(tx, point.engagement_id).await?;
        visible::place_of(tx, &deal.posting).await
    }

    async fn contested(&self, tx: &Tx, subject: Uuid) -> Result<Option<Uuid>, Fault> {
        // The worker let go of them meanwhile: nobody's decision is contested any more, and the case can still be closed.
        Ok(Entity::find_by_id(subject).one(tx).await?.and_then(|point| point.given_by))
    }

    async fn decide(&self, tx: &Tx, case: &OpenCaseFile, decision: CaseDecision) -> Result<Result<(), Words>, Fault> {
        if decision == CaseDecision::Dismissed {
            return Ok(Ok(()));
        }
        let correcting = decision == CaseDecision::Corrected;
        let Some(point) = Entity::find_by_id(case.subject).one(tx).await? else {
            // The worker let go of it: there is nothing to lift, and nobody to put right.
            return Ok(if correcting { Err(words(&CorrectNoShow::WorkerGone)) } else { Ok(()) });
        };
        workers::held(tx, &[point.worker_id]).await?;
        if !correcting {
            points::lift(tx, (point.worker_id, point.engagement_id)).await?;
            return Ok(Ok(()));
        }
        tx.note("engagement", point.engagement_id.to_string());
        let deal = deal::held(tx, point.engagement_id).await?;
        match correct(tx, &deal).await {
            Ok(()) => Ok(Ok(())),
            Err(Stop::Refused(why)) => Ok(Err(words(&why))),
            Err(Stop::Fault(fault)) => Err(fault),
        }
    }
}

/// A refusal in both languages.
fn words(why: &CorrectNoShow) -> Words {
    Words::new(why.message(Lang::Zh), why.message(Lang::En))
}

/// Declares the kind of case, and says what points are called; once, when the house is opened.
pub fn teach(kernel: &Kernel) {
    cases::teach(
        kernel,
        CaseKind {
            code: KIND,
            title: Text::new("履约记分申诉", "Appeal against points"),
            prefix: "SS",
            subject: SUBJECT,
            deadline: DeadlineRule {
                version: "points/1",
                value: 5,
                count: DayCount::Working,
                law: Text::new("本市零工市场用工规则", "The city's rules of the hire"),
                article: Text::new("记分申诉", "Appeals"),
            },
            handled_by: &policy::POINTS,
            decisions: &[CaseDecision::Upheld, CaseDecision::Corrected, CaseDecision::Dismissed],
            repeatable: false,
            matter: Arc::new(Points),
        },
    );
    let titles: subjects::Titles = Arc::new(|ctx, ids| Box::pin(async move { titles(&ctx, ids).await }));
    subjects::teach(kernel, SUBJECT, titles);
}

async fn titles(ctx: &Ctx, ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>, Fault> {
    let rows = Entity::find().filter(Column::Id.is_in(ids)).all(&ctx.scope()).await?;
    let title = |row: &Model| {
        let reason = PointReason::from_code(&row.reason).map_or("", |reason| reason.title().get(ctx.lang()));
        format!("{reason} {}", row.given_on)
    };
    Ok(rows.iter().map(|row| (row.id, title(row))).collect())
}
