//! Two entries turned out to be one citizen (个人用户合并): what the second entered is the first's from now on, so that its copy of what
//! is held says so and erasing finds it. What a citizen works at and acts for goes along in the chapter of people.

use kernel::{Ctx, Fault, Never, Stop};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::policy;
use crate::rows::posting::{self, Column};

/// Postings that `from` entered are `into`'s. Told twice it changes nothing more.
pub async fn follow_merger(ctx: &Ctx, into: Uuid, from: Uuid) -> Result<(), Fault> {
    let done: Result<(), Stop<Never>> = ctx
        .transact(&policy::KEEP, |tx| async move {
            tx.about("Citizen", into);
            let moved = posting::Entity::update_many()
                .col_expr(Column::PostedCitizen, Expr::value(into))
                .filter(Column::PostedCitizen.eq(from))
                .exec(&tx)
                .await?;
            tx.note("postings", moved.rows_affected);
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault)
}
