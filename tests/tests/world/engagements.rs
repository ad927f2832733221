//! Engagements of the world (用工对接): of one posting of the city, each with a shift of its own, and all of the citizen who asks.

use ::hiring::kinds::{EngagementStatus, PayMethod, Side};
use ::hiring::rows::{conduct_point, engagement, posting, shift, talk, wage_line, wage_sheet, work_slip};
use chrono::Duration;
use entities::worker;
use kernel::fault::{Never, Stop};
use kernel::{Actor, Ctx, Fault, Pii, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, Set};
use serde_json::{Value, json};
use uuid::Uuid;

use super::make::{Made, Thing};
use super::{House, PLATFORM, SETTLE, Town, World};

/// When the shift of an engagement is.
#[derive(Clone, Copy)]
enum When {
    /// At hours that nothing else has.
    Ahead,
    /// Since an hour.
    Now,
    /// Yesterday.
    Over,
}

/// The state in which a field wants an engagement, and when its shift is.
fn state(field: &str) -> (EngagementStatus, When) {
    match field {
        "cancelEngagement" | "engagement" | "openContact" => (EngagementStatus::Confirmed, When::Ahead),
        "arriveByCode" | "engagementsToday" | "recordArrival" | "recordNoShow" => {
            (EngagementStatus::Confirmed, When::Now)
        }
        "correctNoShow" => (EngagementStatus::NoShow, When::Over),
        "completeEngagement" => (EngagementStatus::Arrived, When::Now),
        "confirmPay" | "disputeEngagement" | "myRecord" | "recordPayAnswer" | "saveWageSheet" | "settleDispute"
        | "unpaidWarnings" | "wageSheets" => (EngagementStatus::Completed, When::Over),
        _ => (EngagementStatus::Applied, When::Ahead),
    }
}

/// What stands in a form about an engagement.
pub(super) fn sample(of: &str, name: &str) -> Option<Value> {
    Some(match (of, name) {
        ("WageLineInput", "minutes") => json!(480),
        ("WageLineInput", "paidAt") => json!("2026-11-23T09:00:00+08:00"),
        ("WageLineInput", "dueFen" | "paidFen") | ("confirmPay" | "recordPayAnswer", "paidFen") => json!(20_000),
        ("appealPoint", "reason") => json!("当天堵车，已提前打过电话"),
        ("cancelEngagement", "reason") => json!("OTHER"),
        ("correctNoShow", "reason") => json!("考勤表上有本人签名"),
        ("arriveByCode", "code") => json!("0000"),
        ("disputeEngagement", "words") => json!("工时少记了一小时"),
        ("settleDispute", "words") => json!("双方当面说清，按原约定付钱"),
        ("quickHireFigures", "from") => json!("2026-11-01"),
        ("quickHireFigures", "to") => json!("2026-11-23"),
        ("safetyCard", "trade") => json!("4-02-05-01"),
        ("sendMessage", "text") => json!("请问在哪个门集合？"),
        ("verifyRecord", "number") => json!("20261123-00000000"),
        ("verifyRecord", "digest") => json!("0".repeat(64)),
        ("verifyRecord", "signature") => json!("AAAA"),
        // Nobody has set any.
        ("setHireRules", "version") => json!(0),
        ("HireRulesInput", "noShowPoints" | "fastLaneDays") => json!(3),
        ("HireRulesInput", "lateCancelPoints") => json!(1),
        ("HireRulesInput", "pointsDays" | "pointsLimit") => json!(90),
        ("HireRulesInput", "noShowMinutes" | "standbyMinutes" | "graceMinutes") => json!(15),
        ("HireRulesInput", "noticeHours" | "unpaidHours" | "completeHours") => json!(24),
        _ => return None,
    })
}

impl World {
    /// A thing of the hire, as this field wants it.
    pub(super) async fn of_the_hire(&self, house: &House, town: &Town, (kind, field): (&str, &str)) -> Thing {
        let town = self.at(town);
        let ctx = self.ctx(town, Actor::System("test")).await;
        let gid = |kind: &'static str, id: Uuid| (json!(ctx.gid(kind, id).to_string()), json!(1));
        Ok(match (kind, field) {
            ("Engagement", "acceptAgreement" | "exportWorkSlip") => {
                let hired = Box::pin(self.by_mutation(house, town, "hireWalkIn", None)).await?;
                self.over_age(&ctx, &hired.0).await;
                hired
            }
            ("Engagement", "messages") => gid("Engagement", self.oldest(house, town).await.id),
            ("Posting", _) => gid("Posting", self.hiring_posting(house, town).await.id),
            ("Shift", _) => {
                let posting = self.hiring_posting(house, town).await;
                gid("Shift", arrange(&ctx, |tx| async move { self.shift(&tx, &posting, When::Ahead).await }).await.id)
            }
            ("ConductPoint", _) => gid("ConductPoint", self.points(house, town).await),
            _ => gid("Engagement", self.engaged(house, town, field).await.id),
        })
    }

    /// What must stand before a field about engagements has something to show.
    pub(super) async fn ready_to_hire(&self, house: &House, town: &Town, field: &str, made: &mut Made<'_>) {
        let town = self.at(town);
        let ctx = self.ctx(town, Actor::System("test")).await;
        match field {
            "applyForShift" | "deleteMyRecord" | "exportMyRecord" => drop(self.citizens_worker(&ctx, town).await),
            "conductPoints" | "myConductPoints" => drop(self.points(house, town).await),
            // All are of one shift.
            "confirmGroup" => {
                let text = made.things["Engagement"].as_str().unwrap_or_default().to_owned();
                let id = ctx.parse_id("Engagement", &async_graphql::ID(text)).expect("an engagement of this city");
                let row = engagement::Entity::find_by_id(id).one(&ctx.scope()).await.expect("it is read");
                let shift = row.expect("it is there").shift_id;
                made.things.insert("Shift".to_owned(), json!(ctx.gid("Shift", shift).to_string()));
            }
            "messages" => self.spoke(house, town).await,
            // Lines stay: the sheet is saved again with the one that it has.
            "saveWageSheet" => {
                let text = made.things["WageSheet"].as_str().unwrap_or_default().to_owned();
                let id = ctx.parse_id("WageSheet", &async_graphql::ID(text)).expect("a sheet of this city");
                let line = wage_line::Entity::find().filter(wage_line::Column::SheetId.eq(id)).one(&ctx.scope()).await;
                let of = line.expect("it is read").expect("it is there").engagement_id;
                made.things.insert("Engagement".to_owned(), json!(ctx.gid("Engagement", of).to_string()));
            }
            "wageSheets" => {
                let row = self.engaged(house, town, field).await;
                arrange(&ctx, |tx| async move { sheet(&tx, &row).await }).await;
            }
            _ => drop(self.engaged(house, town, field).await),
        }
    }

    /// Engagements are cities' matters.
    fn at<'a>(&'a self, town: &'a Town) -> &'a Town {
        if town.code == PLATFORM { self.town(super::TAIYUAN) } else { town }
    }

    /// The worker that the citizen of the city is.
    async fn citizens_worker(&self, ctx: &Ctx, town: &Town) -> Uuid {
        let of = |caller: &&super::Caller| caller.actor.citizen_id().is_some();
        let citizen = town.callers.iter().find(of).and_then(|caller| caller.actor.citizen_id()).expect("a citizen");
        let known = worker::Entity::find().filter(worker::Column::CitizenId.eq(citizen)).one(&ctx.scope()).await;
        if let Some(row) = known.expect("workers are read") {
            return row.id;
        }
        let (id, now) = (ctx.new_id(), ctx.now());
        let row = worker::ActiveModel {
            id: Set(id),
            citizen_id: Set(citizen),
            version: Set(1),
            status: Set("ACTIVE".to_owned()),
            source: Set("SELF".to_owned()),
            name_masked: Set("李*".to_owned()),
            county: Set(super::fill::Things::county(&self.made(town)).to_owned()),
            radius_km: Set(10),
            hours: Set(15),
            steady_job: Set(false),
            training: Set(false),
            looking_until: Set(Some(now + Duration::days(7))),
            last_confirmed_at: Set(now),
            age_band: Set("ADULT".to_owned()),
            points: Set(0),
            places_given: Set(0),
            created_at: Set(now),
            updated_at: Set(now),
            ..Default::default()
        };
        arrange(ctx, |tx| async move {
            worker::Entity::insert(row).exec_without_returning(&tx).await?;
            Ok(id)
        })
        .await
    }

    /// The oldest engagement of the city that is somebody's, or the first.
    async fn oldest(&self, house: &House, town: &Town) -> engagement::Model {
        let ctx = self.ctx(town, Actor::System("test")).await;
        let somebodys = engagement::Entity::find().filter(engagement::Column::WorkerId.is_not_null());
        let oldest = somebodys.order_by_asc(engagement::Column::Id).one(&ctx.scope()).await;
        match oldest.expect("engagements are read") {
            Some(row) => row,
            None => self.engaged(house, town, "").await,
        }
    }

    /// The posting that everything here is of: the first of the city at the market that stands.
    async fn hiring_posting(&self, house: &House, town: &Town) -> posting::Model {
        let ctx = self.ctx(town, Actor::System("test")).await;
        let of = engagement::Entity::find().order_by_asc(engagement::Column::Id).one(&ctx.scope()).await;
        let id = match of.expect("engagements are read") {
            Some(row) => row.posting_id,
            None => {
                Box::pin(self.standing_market(house, town)).await.expect("a market");
                self.posting(town).await
            }
        };
        let row = posting::Entity::find_by_id(id).one(&ctx.scope()).await.expect("postings are read");
        row.expect("it is there")
    }

    /// One more shift of a posting.
    async fn shift(&self, tx: &Tx, of: &posting::Model, when: When) -> Result<shift::Model, Fault> {
        let now = tx.ctx().now();
        let starts_at = match when {
            When::Ahead => now + Duration::days(2) + Duration::hours(10 * i64::from(self.next())),
            When::Now => now - Duration::hours(1),
            When::Over => now - Duration::days(1),
        };
        let position = shift::Entity::find().filter(shift::Column::PostingId.eq(of.id)).count(tx).await?;
        let row = shift::ActiveModel {
            id: Set(tx.ctx().new_id()),
            posting_id: Set(of.id),
            position: Set(i32::try_from(position).unwrap_or_default()),
            starts_at: Set(starts_at),
            ends_at: Set(starts_at + Duration::hours(8)),
            break_minutes: Set(60),
            headcount: Set(5),
            taken: Set(1),
            open: Set(true),
            edition: Set(1),
        };
        Ok(shift::Entity::insert(row).exec_with_returning(tx).await?)
    }

    /// An engagement of the citizen, in the state in which a field wants it.
    async fn engaged(&self, house: &House, town: &Town, field: &str) -> engagement::Model {
        let ctx = self.ctx(town, Actor::System("test")).await;
        let posting = self.hiring_posting(house, town).await;
        let worker = self.citizens_worker(&ctx, town).await;
        let (status, when) = state(field);
        arrange(&ctx, |tx| async move {
            let shift = self.shift(&tx, &posting, when).await?;
            let row = row(tx.ctx(), &posting, &shift, (worker, status));
            let disputed = (field == "settleDispute").then_some(Side::Worker);
            let row = engagement::ActiveModel {
                disputed_by: Set(disputed),
                disputed_at: Set(disputed.map(|_| tx.ctx().now())),
                warned_at: Set((field == "unpaidWarnings").then(|| tx.ctx().now())),
                ..row
            };
            Ok(engagement::Entity::insert(row).exec_with_returning(&tx).await?)
        })
        .await
    }

    /// Points of the citizen for an engagement of its own.
    async fn points(&self, house: &House, town: &Town) -> Uuid {
        let row = self.engaged(house, town, "").await;
        let ctx = self.ctx(town, Actor::System("test")).await;
        let point = conduct_point::ActiveModel {
            id: Set(ctx.new_id()),
            worker_id: Set(row.worker_id.expect("it is somebody's")),
            engagement_id: Set(row.id),
            points: Set(1),
            reason: Set("LATE_CANCEL".to_owned()),
            given_on: Set(ctx.today()),
            expires_on: Set(ctx.today() + chrono::Days::new(90)),
            ..Default::default()
        };
        let insert = |tx| async move { Ok(conduct_point::Entity::insert(point).exec_with_returning(&tx).await?.id) };
        arrange(&ctx, insert).await
    }

    /// One more message about the oldest engagement.
    async fn spoke(&self, house: &House, town: &Town) {
        let ctx = self.ctx(town, Actor::System("test")).await;
        let about = self.oldest(house, town).await.id;
        arrange(&ctx, |tx| async move { said(&tx, about, "请问在哪个门集合？").await }).await;
    }

    /// The slip of somebody who was hired carries the agreement on over-age work.
    async fn over_age(&self, ctx: &Ctx, hired: &Value) {
        let text = hired.as_str().unwrap_or_default().to_owned();
        let id = ctx.parse_id("Engagement", &async_graphql::ID(text)).expect("an engagement of this city");
        arrange(ctx, |tx| async move {
            work_slip::Entity::update_many()
                .col_expr(work_slip::Column::OverAgeAgreement, Expr::value(true))
                .filter(work_slip::Column::EngagementId.eq(id))
                .exec(&tx)
                .await?;
            Ok(())
        })
        .await;
    }
}

/// Writes rows of which no law is about.
pub(crate) async fn arrange<T, F, Fut>(ctx: &Ctx, change: F) -> T
where
    F: FnOnce(Tx) -> Fut,
    Fut: Future<Output = Result<T, Fault>>,
{
    let done: Result<T, Stop<Never>> = ctx.transact(&SETTLE, |tx| async move { Ok(change(tx).await?) }).await;
    done.map_err(Stop::into_fault).expect("it is arranged")
}

/// An engagement of a worker for a shift, in this state.
fn row(
    ctx: &Ctx,
    posting: &posting::Model,
    shift: &shift::Model,
    (worker, status): (Uuid, EngagementStatus),
) -> engagement::ActiveModel {
    let since = shift.starts_at.min(ctx.now());
    let done = (status == EngagementStatus::Completed).then_some(shift.ends_at);
    engagement::ActiveModel {
        id: Set(ctx.new_id()),
        version: Set(1),
        posting_id: Set(posting.id),
        shift_id: Set(shift.id),
        worker_id: Set(Some(worker)),
        party_id: Set(posting.party_id),
        market_id: Set(posting.market_id),
        status: Set(status),
        starts_at: Set(shift.starts_at),
        ends_at: Set(shift.ends_at),
        entered_by: Set(Side::Worker),
        age_band: Set("ADULT".to_owned()),
        wage_fen: Set(posting.wage_fen),
        wage_unit: Set(posting.wage_unit),
        pay_day: Set(posting.pay_day),
        applied_at: Set(since),
        confirmed_at: Set((status != EngagementStatus::Applied).then_some(since)),
        completed_at: Set(done),
        pay_due_at: Set(done),
        ended_at: Set((status == EngagementStatus::NoShow).then_some(since)),
        late: Set(false),
        arrival_tries: Set(0),
        ..Default::default()
    }
}

/// A message of the worker.
async fn said(tx: &Tx, engagement: Uuid, words: &str) -> Result<(), Fault> {
    let (ctx, id) = (tx.ctx(), tx.ctx().new_id());
    let row = talk::ActiveModel {
        id: Set(id),
        engagement_id: Set(engagement),
        side: Set(Side::Worker),
        words: Set(ctx.keys().await?.seal("talk", "words", id, &Pii::from(words))?),
        at: Set(ctx.now()),
        read_at: Set(None),
    };
    talk::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// A wage sheet with a line for an engagement.
async fn sheet(tx: &Tx, of: &engagement::Model) -> Result<(), Fault> {
    let (ctx, id, line) = (tx.ctx(), tx.ctx().new_id(), tx.ctx().new_id());
    let sheet = wage_sheet::ActiveModel {
        id: Set(id),
        version: Set(1),
        party_id: Set(of.party_id),
        posting_id: Set(of.posting_id),
        made_at: Set(ctx.now()),
        made_by: Set(None),
        keep_until: Set(ctx.today() + chrono::Months::new(36)),
    };
    wage_sheet::Entity::insert(sheet).exec_without_returning(tx).await?;
    let line = wage_line::ActiveModel {
        id: Set(line),
        sheet_id: Set(id),
        engagement_id: Set(of.id),
        worker_name: Set(ctx.keys().await?.seal("wage_line", "worker_name", line, &Pii::from("李建国"))?),
        minutes: Set(420),
        due_fen: Set(20_000),
        deduction_fen: Set(0),
        paid_fen: Set(20_000),
        paid_at: Set(ctx.now()),
        method: Set(PayMethod::Cash),
        ..Default::default()
    };
    wage_line::Entity::insert(line).exec_without_returning(tx).await?;
    Ok(())
}
