//! Builders for tests (测试工具): a kind of case that appeals against points, its points, and a house to have them in. The
//! laws of the whole house use the same kind, as long as they ask about the engine and not about a chapter that opens cases.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use entities::setting;
use kernel::calendar::DayCount;
use kernel::ctx::{AccountActor, Via};
use kernel::personal::async_trait;
use kernel::policy::Held;
use kernel::{Action, Actor, Ctx, Fault, Kernel, Lang, Pii, Place, Stop, Text, Tx, Words, subjects};
use people::NewRole;
use people::testing::{House, TAIYUAN};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};
use serde_json::json;
use uuid::Uuid;

use crate::case_kind::{CaseKind, DeadlineRule, Matter, OpenCaseFile, teach as declare};
use crate::kinds::{CaseDecision, Opener};
use crate::operations::open::{NewCase, OpenCase, open};
use crate::policy;

/// The code of the kind of these tests.
pub const APPEAL: &str = "POINT_APPEAL";
/// A county of Taiyuan.
pub const XIAODIAN: &str = "140105";

/// What the tests do themselves.
pub static MAKE: Action = Action::new("test", "make", "建立测试数据", "Make the test's data");

/// A point that somebody got, kept as a setting: the simplest thing that can be appealed against and undone.
struct Points;

fn name(point: Uuid) -> String {
    format!("test.point:{point}")
}

async fn find(tx: &Tx, point: Uuid) -> Result<setting::Model, Fault> {
    setting::Entity::find_by_id(name(point)).one(tx).await?.ok_or(Fault::NotFound)
}

#[async_trait]
impl Matter for Points {
    async fn place(&self, tx: &Tx, subject: Uuid) -> Result<Place, Fault> {
        let point = find(tx, subject).await?;
        let county = point.value["county"].as_str().map(str::to_owned);
        Ok(Place { county, ..Place::city() })
    }

    async fn contested(&self, tx: &Tx, subject: Uuid) -> Result<Option<Uuid>, Fault> {
        Ok(find(tx, subject).await?.changed_by)
    }

    async fn decide(&self, tx: &Tx, case: &OpenCaseFile, decision: CaseDecision) -> Result<Result<(), Words>, Fault> {
        let point = find(tx, case.subject).await?;
        if point.value["stuck"] == true {
            return Err(Fault::internal("take back a point that cannot be taken back"));
        }
        if decision == CaseDecision::Upheld {
            setting::Entity::delete_by_id(name(case.subject)).exec(tx).await?;
        }
        Ok(Ok(()))
    }
}

/// A kind of case that appeals against points: five working days, decided once.
#[must_use]
pub fn appeal() -> CaseKind {
    CaseKind {
        code: APPEAL,
        title: Text::new("记分申诉", "Appeal against a point"),
        prefix: "SS",
        subject: "Point",
        deadline: DeadlineRule {
            version: "appeal/1",
            value: 5,
            count: DayCount::Working,
            law: Text::new("零工市场申诉办理规则", "Rules on appeals of odd-job markets"),
            article: Text::new("第六条", "art 6"),
        },
        handled_by: &policy::TAKE,
        decisions: &[CaseDecision::Upheld, CaseDecision::Dismissed],
        repeatable: false,
        matter: Arc::new(Points),
    }
}

/// Declares the kind, and what points are called; once, when the house is opened.
pub fn teach(kernel: &Kernel) {
    declare(kernel, appeal());
    let titles: subjects::Titles = Arc::new(|ctx, ids| Box::pin(async move { titles(&ctx, ids).await }));
    subjects::teach(kernel, "Point", titles);
}

async fn titles(ctx: &Ctx, ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>, Fault> {
    let names = ids.iter().map(|id| name(*id));
    let rows = setting::Entity::find().filter(setting::Column::Name.is_in(names)).all(&ctx.scope()).await?;
    let there = |id: &Uuid| rows.iter().any(|row| row.name == name(*id));
    let title = Text::new("未到岗记分", "Point for a no-show").get(ctx.lang());
    Ok(ids.into_iter().filter(there).map(|id| (id, title.to_owned())).collect())
}

/// Gives somebody a point in a county; `by` is the official who did, where one did.
pub async fn give_point(tx: &Tx, county: Option<&str>, by: Option<Uuid>, stuck: bool) -> Result<Uuid, Fault> {
    let id = tx.ctx().new_id();
    let row = setting::ActiveModel {
        name: Set(name(id)),
        value: Set(json!({ "county": county, "stuck": stuck })),
        changed_at: Set(tx.ctx().now()),
        changed_by: Set(by),
    };
    setting::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(id)
}

/// Is the point still there?
pub async fn has_point(ctx: &Ctx, point: Uuid) -> Result<bool, Fault> {
    Ok(setting::Entity::find_by_id(name(point)).one(&ctx.scope()).await?.is_some())
}

/// Gives a point and appeals against it at once; the case and the point.
pub async fn appealed(ctx: &Ctx, county: Option<&str>, by: Opener, reason: &str) -> Result<(Uuid, Uuid), Fault> {
    let (county, reason) = (county.map(str::to_owned), Pii::from(reason));
    let done: Result<(Uuid, Uuid), Stop<OpenCase>> = ctx
        .transact(&MAKE, |tx| async move {
            let subject = give_point(&tx, county.as_deref(), None, false).await?;
            let new = NewCase { kind: APPEAL, subject, opened_by: by, citizen: None, reason };
            let opened = open(&tx, new).await?;
            Ok((opened.id, subject))
        })
        .await;
    done.map_err(Stop::into_fault)
}

/// A house with this chapter, in which cases of the kind above can be opened.
pub async fn house(dir: &Path) -> Result<House, Fault> {
    let house = House::with(dir, vec![markets::manifest(), crate::manifest()], |config| {
        config.people.staff_totp = false;
    })
    .await?;
    teach(&house.kernel);
    Ok(house)
}

/// Somebody with an account and this role, at a screen.
pub async fn person(house: &House, username: &str, role: Option<NewRole>) -> Result<Ctx, Fault> {
    let held: Vec<Held> = role
        .iter()
        .map(|new| Held { role: new.role.to_owned(), kind: new.kind, key: new.key.clone(), until: None })
        .collect();
    let id = house.account(TAIYUAN, username, role.into_iter().collect()).await?;
    let account = AccountActor {
        id,
        username: username.to_owned(),
        held: held.into(),
        via: Via::Session(Uuid::nil()),
        restricted: false,
    };
    house.kernel.ctx(TAIYUAN, Actor::Account(account), Lang::Zh).await
}
